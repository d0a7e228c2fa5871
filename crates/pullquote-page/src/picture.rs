//! A message as Discord draws it, from the JSON that Discord gets. The page, the README's picture and the tests share this
//! drawing.

use maud::{Markup, html};
use serde_json::Value;

/// The style of a drawing, which stands in an element of the class `discord`.
pub const PICTURE_STYLE: &str = include_str!("picture.css");

/// What a member typed, and the message that the bot answers with, if it does.
///
/// ```
/// use pullquote_page::exchange;
/// use serde_json::json;
///
/// let body = json!({"embeds": [{"description": "> It leaves at **seven**.", "color": 3_066_993}], "components": []});
/// let picture = exchange("When does the ferry leave?", Some(&body)).into_string();
/// assert!(picture.contains("/ask question: When does the ferry leave?"));
/// assert!(picture.contains("It leaves at <b><bdi>seven</bdi></b>."));
/// ```
pub fn exchange(typed: &str, body: Option<&Value>) -> Markup {
    let command = if typed.starts_with('/') {
        typed.to_owned()
    } else {
        format!("/ask question: {typed}")
    };
    html! {
        div.message {
            div.face.member aria-hidden="true" { "M" }
            div.main { span.who { "Mia" } div { bdi { (command) } } }
        }
        @if let Some(body) = body { (message(body, None)) }
    }
}

/// A message of the bot, and the address of the picture that is attached to it. The JSON has that picture's description.
///
/// ```
/// use pullquote_page::message;
/// use serde_json::json;
///
/// let body = json!({"content": "Seven.", "attachments": [{"filename": "a.png", "description": "A ferry"}]});
/// let picture = message(&body, Some("data:image/png;base64,AA==")).into_string();
/// assert!(picture.contains("aria-label=\"A ferry\"") && picture.contains("<bdi>Seven.</bdi>"));
/// ```
pub fn message(body: &Value, picture: Option<&str>) -> Markup {
    html! {
        div.message {
            div.face.bot aria-hidden="true" { "“" }
            div.main {
                span.who { "Pullquote" } " " span.app { "APP" }
                @if let Some(content) = text(&body["content"]) { (self::body(content)) }
                @if let Some(address) = picture { (attached(&body["attachments"][0], address)) }
                @for shown in items(&body["embeds"]) { (embed(shown)) }
                @for row in items(&body["components"]) {
                    div.row { @for shown in items(&row["components"]) { (control(shown)) } }
                }
            }
        }
    }
}

/// A picture that is attached. Written as SVG, it can stand in XML, too.
fn attached(listed: &Value, address: &str) -> Markup {
    let description = text(&listed["description"]).unwrap_or_default();
    html! {
        svg.attached xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 360" role="img" aria-label=(description) {
            image href=(address) width="1200" height="360" {}
        }
    }
}

/// A form, from the JSON that opens it.
///
/// ```
/// use pullquote_page::form;
/// use serde_json::json;
///
/// let field = json!({"type": 18, "label": "Title", "component": {"type": 4, "style": 1, "value": "Ferry", "required": true}});
/// let picture = form(&json!({"title": "Write", "components": [field]})).into_string();
/// assert!(picture.contains("Title") && picture.contains("Ferry") && picture.contains("Submit"));
/// ```
pub fn form(data: &Value) -> Markup {
    html! {
        div.form {
            div.form-title { (text(&data["title"]).unwrap_or_default()) }
            @for field in items(&data["components"]) {
                div.label {
                    (text(&field["label"]).unwrap_or_default())
                    @if field["component"]["required"] == true { span.required aria-hidden="true" { " *" } }
                }
                @if let Some(description) = text(&field["description"]) { div.small { (description) } }
                (entry(&field["component"]))
            }
            div.row.submit { div.button.secondary { "Cancel" } div.button.primary { "Submit" } }
        }
    }
}

/// What is entered in a field of a form.
fn entry(shown: &Value) -> Markup {
    const TEXT: u64 = 4;
    const FILE: u64 = 19;
    match shown["type"].as_u64() {
        Some(TEXT) => {
            let class = if shown["style"] == 2 {
                "entry several"
            } else {
                "entry"
            };
            html! { div class=(class) { bdi { (text(&shown["value"]).unwrap_or_default()) } } }
        }
        Some(FILE) => html! { div.entry.file { "Drop files here, or browse" } },
        _ => html! { div.row { (control(shown)) } },
    }
}

/// A text that is not empty.
fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn embed(shown: &Value) -> Markup {
    let colour = shown["color"].as_u64().unwrap_or_default();
    html! {
        div class=(format!("embed c{colour:06x}")) {
            @if let Some(name) = text(&shown["author"]["name"]) { div.author { bdi { (name) } } }
            @if let Some(title) = text(&shown["title"]) { div.title { (inline(title)) } }
            @if let Some(description) = text(&shown["description"]) { (body(description)) }
            @if !items(&shown["fields"]).is_empty() {
                div.fields {
                    @for field in items(&shown["fields"]) {
                        div {
                            b { (inline(text(&field["name"]).unwrap_or_default())) }
                            span { (inline(text(&field["value"]).unwrap_or_default())) }
                        }
                    }
                }
            }
            @if let Some(footer) = text(&shown["footer"]["text"]) { div.footer { bdi { (footer) } } }
        }
    }
}

/// A button or a menu. It does nothing here.
fn control(shown: &Value) -> Markup {
    // Menus of options, members, roles and channels.
    if matches!(shown["type"].as_u64(), Some(3 | 5..=8)) {
        let placeholder = text(&shown["placeholder"]).unwrap_or("Make a selection");
        return html! { div.select { (placeholder) span aria-hidden="true" { "⌄" } } };
    }
    let style = match shown["style"].as_u64() {
        Some(1) => "primary",
        Some(3) => "success",
        Some(4) => "danger",
        _ => "secondary",
    };
    html! {
        div class=(format!("button {style}")) {
            (text(&shown["label"]).unwrap_or_default())
            @if shown["url"].is_string() { span aria-hidden="true" { " ↗" } }
        }
    }
}

/// Text with line marks: quotes, items, small print, headings, blocks of code.
fn body(text: &str) -> Markup {
    let mut lines = text.split('\n');
    let mut parts = Vec::new();
    while let Some(line) = lines.next() {
        let (class, rest) = kind(line);
        if rest
            .strip_prefix("```")
            .is_some_and(|rest| !rest.contains("```"))
        {
            let unmarked = |line: &str| line.strip_prefix("> ").unwrap_or(line).to_owned();
            let code: Vec<String> = lines
                .by_ref()
                .map(unmarked)
                .take_while(|line| line != "```")
                .collect();
            parts.push(html! { div class=(class) { pre tabindex="0" { (code.join("\n")) } } });
        } else {
            parts.push(html! {
                div class=(class) {
                    @if class == "item" { "• " }
                    (inline(rest))
                }
            });
        }
    }
    html! { div.body { @for part in parts { (part) } } }
}

/// The kind of a line, and what stands in it.
fn kind(line: &str) -> (&'static str, &str) {
    let marks = [
        ("> ", "quote"),
        ("- ", "item"),
        ("-# ", "small"),
        ("### ", "heading"),
    ];
    let found = marks
        .iter()
        .find_map(|(mark, class)| Some((*class, line.strip_prefix(mark)?)));
    found.unwrap_or((if line.is_empty() { "blank" } else { "line" }, line))
}

/// Discord's notation as far as the bot writes it: bold, italic, code, links, mentions, a backslash before a sign.
fn inline(text: &str) -> Markup {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        if let Some((part, end)) = marked(letter, rest, after) {
            parts.push(html! { (std::mem::take(&mut plain)) (part) });
            rest = end;
        } else if letter == '\\' {
            let mut letters = after.chars();
            plain.extend(letters.next());
            rest = letters.as_str();
        } else {
            plain.push(letter);
            rest = after;
        }
    }
    html! { bdi { @for part in parts { (part) } (plain) } }
}

/// What begins with a sign, and what follows it. `None` if it is only that sign.
fn marked<'a>(letter: char, rest: &'a str, after: &'a str) -> Option<(Markup, &'a str)> {
    match letter {
        '*' => {
            let (inner, end) = closing(rest.strip_prefix("**")?, "**")?;
            Some((html! { b { (inline(inner)) } }, end))
        }
        '_' => {
            let (inner, end) = closing(after, "_")?;
            Some((html! { i { (inline(inner)) } }, end))
        }
        '`' => {
            let (code, end) = after.split_once('`')?;
            Some((html! { code { (code) } }, end))
        }
        '[' => {
            let (label, end) = closing(after, "](")?;
            let (address, end) = end.split_once(')')?;
            Some((link(address.trim_matches(['<', '>']), &inline(label)), end))
        }
        '<' => {
            let (inside, end) = after.split_once('>')?;
            let digits =
                |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let name = if let Some(command) = inside.strip_prefix('/') {
                let (name, id) = command.split_once(':')?;
                digits(id).then(|| format!("/{name}"))
            } else if inside.starts_with("http") {
                return Some((link(inside, &html! { (inside) }), end));
            } else {
                let mentions = [("@&", "@role"), ("@", "@member"), ("#", "#channel")];
                let found = mentions
                    .iter()
                    .find(|(mark, _)| inside.strip_prefix(mark).is_some_and(digits));
                found.map(|(_, name)| (*name).to_owned())
            };
            Some((html! { span.mention { (name?) } }, end))
        }
        _ => None,
    }
}

/// The text before the next mark that has no backslash before it, and the text behind it.
fn closing<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        let rest = text.get(at..)?;
        if !escaped && at > 0 && rest.starts_with(mark) {
            return Some((text.get(..at)?, rest.strip_prefix(mark)?));
        }
        escaped = !escaped && letter == '\\';
    }
    None
}

/// A link to an address on the web. Others are shown without leading anywhere.
fn link(address: &str, label: &Markup) -> Markup {
    if !address.starts_with("https://") && !address.starts_with("http://") {
        return label.clone();
    }
    html! { a href=(address) rel="noopener noreferrer" { (label) } }
}

#[cfg(test)]
mod tests {
    use super::{PICTURE_STYLE, exchange, inline};
    use pullquote_cards::{Card, Format, Payload, Tone};
    use serde_json::json;

    #[test]
    fn discords_notation_is_drawn() {
        for (text, expected) in [
            ("a **b \\*c** d", "a <b><bdi>b *c</bdi></b> d"),
            (
                "[x \\] y](<https://a.example/?b&c>)",
                "<a href=\"https://a.example/?b&amp;c\" rel=\"noopener noreferrer\"><bdi>x ] y</bdi></a>",
            ),
            ("[x](javascript:alert(1))", "<bdi>x</bdi>)"),
            (
                "<@1> <@&2> <#3> </ask:4>",
                "<span class=\"mention\">@member</span> <span class=\"mention\">@role</span> \
             <span class=\"mention\">#channel</span> <span class=\"mention\">/ask</span>",
            ),
            (
                "`<b>` \\<b> 2 * 3 ** 4 [5",
                "<code>&lt;b&gt;</code> &lt;b&gt; 2 * 3 ** 4 [5",
            ),
            ("_a \\_b_ c", "<i><bdi>a _b</bdi></i> c"),
            ("<script>", "&lt;script&gt;"),
            ("\\", ""),
        ] {
            assert_eq!(
                inline(text).into_string(),
                format!("<bdi>{expected}</bdi>"),
                "{text}"
            );
        }
    }

    #[test]
    fn code_keeps_its_lines_and_quotes_their_mark() {
        let body = json!({"embeds": [{"description": "> one\n> ```rust\n> let a = **b**;\n> ```\n\n-# small\n- item"}]});
        let picture = exchange("/x", Some(&body)).into_string();
        assert!(
            picture.contains("<div class=\"quote\"><pre tabindex=\"0\">let a = **b**;</pre></div>"),
            "{picture}"
        );
        assert!(picture.contains("<div class=\"small\"><bdi>small</bdi></div>"));
        assert!(picture.contains("<div class=\"item\">• <bdi>item</bdi></div>"));
    }

    #[test]
    fn every_tone_has_its_colour() {
        for tone in [Tone::Plain, Tone::Sure, Tone::Unsure] {
            let card = Card::new(tone).paragraph("text");
            let body = Payload::message(&card, Format::Embed).body;
            let colour = body["embeds"][0]["color"].as_u64().unwrap();
            let rule = format!(".embed.c{colour:06x} {{ border-color: #{colour:06x}; }}");
            assert!(PICTURE_STYLE.contains(&rule), "{rule}");
        }
    }
}
