//! Marks inside a line of Markdown.

use super::footnotes::Footnotes;
use super::marks::Marks;
use super::{attributes, formulas, tags, templates};
use crate::links;
use std::collections::HashSet;

/// What is known of the file that a line is from.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) components: HashSet<&'a str>,
    pub(super) notes: Footnotes<'a>,
    pub(super) marks: Marks,
    /// Whether formulas are kept as they are.
    pub(super) has_formulas: bool,
}

/// What was left out of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// Names of components without text between their tags.
    pub(super) components: Vec<String>,
    /// Embeds, template tags and comments: the text, and the reason.
    pub(super) other: Vec<(String, &'static str)>,
}

/// The line as `CommonMark`. Code and formulas in it are unchanged.
pub(super) fn rewrite(line: &str, context: &mut Context<'_>, left_out: &mut LeftOut) -> String {
    const MARKS: &[char] = &['<', '[', '!', '{', '^', '=', '%', '`', '\\', '$', ':'];
    let line = without_block_id(line);
    let edited = line.contains('[').then(|| context.marks.strip(line));
    let line = edited.as_deref().unwrap_or(line);
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    // Where a mark is known not to end before the end of the line, it is not looked for again.
    let mut unclosed = HashSet::new();
    while let Some(at) = rest.find(MARKS) {
        let (before, mark) = rest.split_at(at);
        kept.push_str(before);
        let mut take = |length: usize| rest = mark.get(length..).unwrap_or_default();
        if let Some(length) = formulas::length(mark).filter(|_| context.has_formulas) {
            let formula = mark.get(..length).unwrap_or_default();
            kept.push_str(&formulas::escaped(formula));
            take(length);
            continue;
        }
        if let Some(length) = escaped_id(mark, &kept) {
            take(length);
            continue;
        }
        if mark.starts_with('\\') {
            let length = mark.chars().take(2).map(char::len_utf8).sum();
            kept.push_str(mark.get(..length).unwrap_or_default());
            take(length);
            continue;
        }
        if mark.starts_with('`') {
            let length = code_span(mark, &mut unclosed);
            kept.push_str(mark.get(..length).unwrap_or_default());
            take(length);
            continue;
        }
        let replaced = replace(mark, &kept, context, left_out, &mut unclosed);
        let (length, text) = replaced.unwrap_or_else(|| (1, mark.chars().take(1).collect()));
        let is_note = mark.starts_with("[^") || mark.starts_with("^[");
        if is_note && (text.is_empty() || text.starts_with(' ')) {
            // It may stand behind a space.
            kept.truncate(kept.trim_end_matches(' ').len());
        }
        kept.push_str(&text);
        take(length);
    }
    kept.push_str(rest);
    kept
}

/// Length of the code span with which a text begins; of its backticks only if it does not end.
fn code_span(text: &str, unclosed: &mut HashSet<String>) -> usize {
    let inner = text.trim_start_matches('`');
    let fence = text.len() - inner.len();
    let marks = "`".repeat(fence);
    if unclosed.contains(&marks) {
        return fence;
    }
    let mut at = 0;
    while let Some(found) = inner.get(at..).and_then(|rest| rest.find('`')) {
        let start = at + found;
        let run = inner.get(start..).unwrap_or_default();
        let length = run.len() - run.trim_start_matches('`').len();
        if length == fence {
            return fence + start + length;
        }
        at = start + length;
    }
    unclosed.insert(marks);
    fence
}

/// The replacement for a mark with which a text begins: its length, and what to write instead.
fn replace(
    mark: &str,
    before: &str,
    context: &mut Context<'_>,
    left_out: &mut LeftOut,
    unclosed: &mut HashSet<String>,
) -> Option<(usize, String)> {
    let gone = |length: usize| Some((length, String::new()));
    let mut between = |open: &str, close: &str| {
        let inner = mark.strip_prefix(open)?;
        if unclosed.contains(close) {
            return None;
        }
        let end = inner.find(close);
        if end.is_none() {
            unclosed.insert(close.to_owned());
        }
        Some((inner.get(..end?)?, open.len() + end? + close.len()))
    };
    match mark.as_bytes().first()? {
        // Discord's link to a page of the server. It would be an address for `CommonMark`.
        b'<' if mark.starts_with("<id:") => Some((1, "\\<".to_owned())),
        b'<' => {
            if unclosed.contains("<") {
                return None;
            }
            let tag = tags::parse(mark);
            if tag == Err(tags::NoTag::Unclosed) {
                unclosed.insert("<".to_owned());
            }
            component(&tag.ok()?, mark, before, context, left_out)
        }
        b'!' => {
            let (target, length) = between("![[", "]]")?;
            let embed = format!("![[{target}]]");
            left_out.other.push((embed, "embedded file"));
            gone(length)
        }
        b'[' => {
            if let Some((target, length)) = between("[[", "]]") {
                let is_link = mark.get(length..).is_some_and(|rest| rest.starts_with('('));
                return wiki_link(target)
                    .filter(|_| !is_link)
                    .map(|text| (length, text));
            }
            context.notes.replace(mark, before.chars().next_back())
        }
        b'^' => tight(between("^^", "^^"), '^')
            .or_else(|| context.notes.replace(mark, before.chars().next_back())),
        b'=' => tight(between("==", "=="), '='),
        b'%' => {
            let (text, length) = between("%%", "%%")?;
            left_out.other.push((text.to_owned(), "comment"));
            gone(length)
        }
        b'{' if mark.starts_with("{++") => tight(between("{++", "++}"), '+'),
        b'{' => brace(mark, before, left_out),
        b':' => icon(mark, before),
        _ => None,
    }
}

/// The replacement for a tag of a component.
fn component(
    tag: &tags::Tag<'_>,
    mark: &str,
    before: &str,
    context: &Context<'_>,
    left_out: &mut LeftOut,
) -> Option<(usize, String)> {
    if !context.components.contains(tag.name) {
        return None;
    }
    let shown = tag.is_empty.then(|| shown(tag, before, mark));
    if shown == Some(None) {
        left_out.components.push(tag.name.to_owned());
    }
    Some((tag.length, shown.flatten().unwrap_or_default()))
}

/// What a component shows, if there is text around it: apart from that.
fn shown(tag: &tags::Tag<'_>, before: &str, mark: &str) -> Option<String> {
    let after = mark.get(tag.length..).unwrap_or_default();
    if before.trim().is_empty() && after.trim().is_empty() {
        return None;
    }
    let space = |touches: bool| if touches { " " } else { "" };
    let left = space(before.ends_with(char::is_alphanumeric));
    let right = space(after.starts_with(char::is_alphanumeric));
    let shown = tags::shown(tag.attributes)?;
    Some(format!("{left}{shown}{right}"))
}

/// The text between two marks, and its length with them, if it touches both and does not contain a mark itself.
fn tight(between: Option<(&str, usize)>, mark: char) -> Option<(usize, String)> {
    let (text, length) = between?;
    let is_tight = !text.is_empty() && !text.contains(mark) && text.trim() == text;
    is_tight.then(|| (length, text.to_owned()))
}

/// Length of the id of a heading as `Docusaurus` escapes it, such as `\\{#fares}`, with which a text begins.
fn escaped_id(mark: &str, before: &str) -> Option<usize> {
    let id = mark.strip_prefix('\\')?;
    let length = attributes::length(id).filter(|_| is_heading(before))?;
    let ends = id.get(length..)?.trim().is_empty();
    ends.then_some(1 + length)
}

fn is_heading(before: &str) -> bool {
    before.trim_start().starts_with('#')
}

/// An icon, which is left out, or an emoji.
fn icon(mark: &str, before: &str) -> Option<(usize, String)> {
    let icon = icon_length(mark, before).map(|length| (length, String::new()));
    icon.or_else(|| emoji(mark, before))
}

/// Length of an icon as Material for `MkDocs` writes it, such as `:material-file:` or `:pencil:{ .lg }`, with the space that
/// would be doubled without it.
fn icon_length(mark: &str, before: &str) -> Option<usize> {
    const SETS: &[&str] = &[
        "material-",
        "fontawesome-",
        "octicons-",
        "simple-",
        "lucide-",
    ];
    let inner = mark.get(1..)?;
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    let end = inner
        .find(|letter| !is_name(letter))
        .filter(|end| *end > 0)?;
    let rest = inner.get(end..)?.strip_prefix(':')?;
    let length = end + 2;
    let attributes = attributes::length(rest).unwrap_or(0);
    if attributes == 0 && !SETS.iter().any(|set| inner.starts_with(set)) {
        return None;
    }
    let is_spaced = before.is_empty() || before.ends_with(' ');
    let spaces = rest.get(attributes..)?.starts_with(' ') && is_spaced;
    Some(length + attributes + usize::from(spaces))
}

/// The length of an emoji as GitHub writes it, such as `:tada:`, and the emoji. Other words between colons are text.
fn emoji(mark: &str, before: &str) -> Option<(usize, String)> {
    let inner = mark.get(1..)?;
    let is_name =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '+');
    let end = inner.find(|letter| !is_name(letter))?;
    let (name, rest) = inner.split_at_checked(end)?;
    let is_alone = !before.ends_with(char::is_alphanumeric)
        && !rest.strip_prefix(':')?.starts_with(char::is_alphanumeric);
    let emoji = crate::emoji::emoji(name).filter(|_| is_alone)?;
    Some((end + 2, emoji.to_owned()))
}

/// What replaces a mark that begins with a brace.
fn brace(mark: &str, before: &str, left_out: &mut LeftOut) -> Option<(usize, String)> {
    if let Some(tag) = templates::parse(mark) {
        let text = tag.content().unwrap_or_default().to_owned();
        let tag_text = mark.get(..tag.length)?.to_owned();
        left_out.other.push((tag_text, "template tag"));
        return Some((tag.length, text));
    }
    if let Some((length, output)) = templates::output(mark) {
        return is_address(before).then(|| (length, output.unwrap_or(links::UNKNOWN).to_owned()));
    }
    if let Some(role) = role(mark) {
        return Some(role);
    }
    if let Some(comment) = mark.strip_prefix("{/*") {
        let comment = super::start(comment);
        let end = comment.find("*/}")?;
        left_out
            .other
            .push((comment.get(..end)?.to_owned(), "comment"));
        return Some((end + 6, String::new()));
    }
    for space in ["{\" \"}", "{' '}"] {
        if mark.starts_with(space) {
            return Some((space.len(), " ".to_owned()));
        }
    }
    let in_heading = is_heading(before);
    let id = || attributes::id_length(mark).filter(|_| in_heading && before.ends_with("  "));
    let length = attributes::length(mark).or_else(id)?;
    let marked = before.trim_end().ends_with([')', ']', '`', '*', '_']);
    let is_named = mark.starts_with("{#") || mark.starts_with("{.");
    let ends = is_named && before.ends_with(' ') && mark.get(length..)?.trim().is_empty();
    (marked || in_heading || ends).then(|| (length, String::new()))
}

/// Whether what follows is in the address of a link.
fn is_address(before: &str) -> bool {
    let address = super::end(before).rsplit_once("](");
    address.is_some_and(|(_, it)| !it.contains([')', ' ']))
}

/// What `MyST` writes for a role of reStructuredText, such as `` {term}`a boat <boat>` ``: its length, and its text.
fn role(mark: &str) -> Option<(usize, String)> {
    const CODE: &[&str] = &["code", "command", "envvar", "file", "kbd", "option", "samp"];
    let (name, rest) = super::start(mark.strip_prefix('{')?).split_once('}')?;
    let is_letter = |letter: char| letter.is_ascii_lowercase() || "-:".contains(letter);
    let text = rest
        .strip_prefix('`')
        .filter(|text| !text.starts_with('`'))?;
    let text = text.split_once('`')?.0;
    if name.is_empty() || !name.chars().all(is_letter) {
        return None;
    }
    let length = "{}``".len() + name.len() + text.len();
    if CODE.contains(&name) {
        return Some((length, format!("`{text}`")));
    }
    let shown = text.strip_suffix('>').and_then(|it| it.rsplit_once('<'));
    let shown = shown.map_or(text, |(shown, _)| shown.trim_end());
    let shown = if shown.is_empty() { text } else { shown };
    Some((length, shown.to_owned()))
}

/// The text of `[[target]]`, `[[target|text]]` or `[[target#section]]`, or of `[[text|target]]` as the wikis of GitHub write
/// it; `None` if it is not a link.
fn wiki_link(inner: &str) -> Option<String> {
    let spaced = inner.starts_with(char::is_whitespace) || inner.contains(['[', ']']);
    if spaced || inner.is_empty() {
        return None;
    }
    let text = match inner.split_once('|') {
        Some((text, target)) if is_page(target) && !is_page(text) => text.to_owned(),
        Some((_, text)) if !text.trim().is_empty() => text.trim_start_matches('\\').to_owned(),
        _ => {
            let target = inner.trim_end_matches(['|', '\\']);
            let target = target.split("#^").next().unwrap_or(target);
            target.trim_start_matches('#').replace('#', " › ")
        }
    };
    Some(text)
}

/// Whether a text is written like the name or path of a page rather than in words.
fn is_page(text: &str) -> bool {
    !text.contains(char::is_whitespace) && text.contains(['-', '_', '/', '#'])
}

/// The line without the id that Obsidian puts behind a block, such as ` ^a1b2c3`.
fn without_block_id(line: &str) -> &str {
    let Some((text, id)) = line.trim_end().rsplit_once('^') else {
        return line;
    };
    let letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let is_id = id.len() >= 2 && id.chars().all(letter) && id.contains(char::is_alphabetic);
    if is_id && (text.is_empty() || text.ends_with([' ', '\t'])) {
        text.trim_end()
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(line: &str) -> (String, LeftOut) {
        let file = format!("{line}\n\n<Badge/> [^1]\n\n[^1]: Not on Mondays.\n");
        let lines: Vec<&str> = file.lines().collect();
        let mut context = Context {
            components: tags::components(&file),
            notes: Footnotes::of(&lines),
            marks: Marks::of(&file),
            has_formulas: true,
        };
        let mut left_out = LeftOut::default();
        (rewrite(line, &mut context, &mut left_out), left_out)
    }

    #[test]
    fn marks_inside_lines() {
        let check = |line: &str, expected: &str| assert_eq!(rewritten(line).0, expected, "{line}");
        check("See [[Notes/Ferry|the ferry]].", "See the ferry.");
        check("See [[the ferry|Ferry-times]].", "See the ferry.");
        check("See [[printing|lab/printing]].", "See printing.");
        check(
            "See [[Ferry#Fares]] and [[Ferry]].",
            "See Ferry › Fares and Ferry.",
        );
        check(
            "if [[ -f x ]] or [[1, 2], [3]]",
            "if [[ -f x ]] or [[1, 2], [3]]",
        );
        check("[[text]](http://x)", "[[text]](http://x)");
        check("Before ![[map.png|300]] after", "Before  after");
        check("A fact. ^a1b2c3", "A fact.");
        check("x ^2", "x ^2");
        check("## Fares {#fares .wide}", "## Fares ");
        check("## Fares    {the-fares}", "## Fares    ");
        check("## GET /fares/{id}", "## GET /fares/{id}");
        check("## Sets such as {a}", "## Sets such as {a}");
        check("## Fares \\{#fares}", "## Fares ");
        check("Fares \\{#fares}", "Fares \\{#fares}");
        check("- Rain or shine {#rain}", "- Rain or shine ");
        check("> No dogs {.is-info}", "> No dogs ");
        check("a{.b} and {.b} c", "a{.b} and {.b} c");
        check("A {term}`boat <Boat>` or {doc}`ferry`", "A boat or ferry");
        check(
            "Type {kbd}`q`, {py:func}`a.b`, {x}``y``",
            "Type `q`, a.b, {x}``y``",
        );
        check("^^Very^^ {++low++}, a ^^ b, x^2", "Very low, a ^^ b, x^2");
        check("Go :question:{ title=\"no\" } on", "Go on");
        check("[a]({{ \"b.html#c\" | url }})", "[a](b.html#c)");
        check("[a]({{ site.url }}/b)", "[a](/b)");
        check("[a](https://b/{{ c }}/d)", "[a](https://b/\u{FFFC}/d)");
        check("![A map](m.png){ width=500 }", "![A map](m.png)");
        check("the set {a, b} and {x=1}", "the set {a, b} and {x=1}");
        check("It is ==very== low, a == b", "It is very low, a == b");
        check("Daily [^1], [^2].", "Daily (Not on Mondays),.");
        check("New <Badge text=\"x\"/>in <VERSION>", "New x in <VERSION>");
        check(
            "`<Badge/> [[x]]` and ``a ` {%b%}``",
            "`<Badge/> [[x]]` and ``a ` {%b%}``",
        );
        check("a ` b [[x]]", "a ` b x");
        check("\\[[x]] {/* no */}{\" \"}%%no%%y", "\\[[x]]  y");
        check("{{#include a.rs}}{{ page.x }}", "{{ page.x }}");
        check("50% of 100%%", "50% of 100%%");
        check(
            "- :material-file: Go :octicons-arrow-24:{ .lg } on :simple-x:",
            "- Go on ",
        );
        check("12:material-1: a :simple b: :-)", "12 a :simple b: :-)");
        check(
            ":tada: Done :+1:, not a:100:b, :nothing: or `:tada:` at 7:30:00",
            "🎉 Done 👍, not a:100:b, :nothing: or `:tada:` at 7:30:00",
        );
        check("Is $a[[1]]_*$ set?", r"Is \$a\[\[1\]\]\_\*\$ set?");
        check("It is $5 or *$6*.", "It is $5 or *$6*.");
    }

    #[test]
    fn components_show_the_text_in_their_attributes() {
        let shown = rewritten(
            "Open <Path path=\"Settings > Users\" />, <Badge type=\"tip\" text=\"On\"/><Path/>.",
        );
        assert_eq!(shown.0, "Open Settings > Users, On.");
    }

    #[test]
    fn what_is_left_out_is_told() {
        let (_, left_out) = rewritten("<Badge/>![[a.png]] {% include b.html %}");
        assert_eq!(left_out.components, ["Badge"]);
        let reasons: Vec<&str> = left_out.other.iter().map(|(_, reason)| *reason).collect();
        assert_eq!(reasons, ["embedded file", "template tag"]);
    }
}
