//! Discord's rendering of the Markdown that cards contain. A small parser plays Discord. It is stricter: it treats every
//! character that could be markup as markup, even where Discord would not.
//!
//! 1. Escaped text renders as the original, without control and bidirectional characters.
//! 2. A block renders as its run: the same words, bold, italic, links and code in the same places. So does text with any marks.
//! 3. A block that was cut fits the limit, is a prefix of the whole, and ends at a grapheme boundary.

use proptest::prelude::*;
use pullquote_cards::{Block, Inline, Run, limits, link_target, markdown};
use pullquote_core::article::{Mark, MarkKind};
use pullquote_core::text::{Span, safe};
use unicode_segmentation::UnicodeSegmentation;

/// A rendered character.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    letter: char,
    bold: bool,
    italic: bool,
    link: Option<String>,
    code: Option<CodeKind>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum CodeKind {
    Inline,
    Block(String),
}

impl Seen {
    fn plain(letter: char) -> Self {
        Self {
            letter,
            bold: false,
            italic: false,
            link: None,
            code: None,
        }
    }
}

/// Renders `written`, or returns the markup that was not escaped.
fn read(written: &str, line_mark: &str) -> Result<Vec<Seen>, String> {
    let mut seen = Vec::new();
    let mut bold = false;
    let mut fence: Option<(String, bool)> = None;
    for (number, line) in written.split('\n').enumerate() {
        let line = line
            .strip_prefix(line_mark)
            .ok_or_else(|| format!("no {line_mark:?} before {line:?}"))?;
        if let Some((language, has_lines)) = &mut fence {
            if line == "```" {
                fence = None;
                continue;
            }
            if line.contains("```") {
                return Err(format!("a fence in {line:?}"));
            }
            let code = |letter| Seen {
                code: Some(CodeKind::Block(language.clone())),
                ..Seen::plain(letter)
            };
            seen.extend(std::mem::replace(has_lines, true).then(|| code('\n')));
            seen.extend(line.chars().map(code));
            continue;
        }
        if number > 0 {
            seen.push(Seen::plain('\n'));
        }
        if let Some(language) = line.strip_prefix("```") {
            fence = Some((language.to_owned(), false));
            continue;
        }
        no_block(line)?;
        read_line(line, &mut bold, &mut seen)?;
        if bold {
            return Err(format!("bold does not end in {line:?}"));
        }
    }
    if fence.is_some() {
        return Err("a fence without end".to_owned());
    }
    Ok(seen)
}

/// Checks that a line is not a heading, list item or block quote.
fn no_block(line: &str) -> Result<(), String> {
    let head = line.trim_start();
    let number = head.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let numbered = number.len() < head.len() && number.starts_with('.');
    if head.starts_with(['#', '>', '-', '+']) || numbered {
        return Err(format!("a block begins with {head:?}"));
    }
    Ok(())
}

fn read_line(line: &str, bold: &mut bool, seen: &mut Vec<Seen>) -> Result<(), String> {
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("**") {
            *bold = !*bold;
            rest = after;
            continue;
        }
        if let Some(escaped) = rest
            .strip_prefix('\\')
            .and_then(|after| after.chars().next())
            .filter(char::is_ascii_punctuation)
        {
            seen.push(Seen {
                bold: *bold,
                ..Seen::plain(escaped)
            });
            rest = &rest[1 + escaped.len_utf8()..];
            continue;
        }
        if letter == '[' {
            rest = read_link(rest, *bold, seen)?;
            continue;
        }
        if letter == '_' {
            let before = line.strip_suffix(rest).unwrap_or_default();
            let (inner, after) = italic(before, &rest[1..]).ok_or("an underscore alone")?;
            let mut text = Vec::new();
            read_line(inner, bold, &mut text)?;
            seen.extend(text.into_iter().map(|one| Seen {
                italic: true,
                ..one
            }));
            rest = after;
            continue;
        }
        if letter == '`' {
            // Code that contains a backtick stands between two, set apart by spaces.
            let between_two = rest.strip_prefix("`` ");
            let split = match between_two {
                Some(inside) => inside.split_once(" ``"),
                None => rest[1..].split_once('`'),
            };
            let (code, after) = split.ok_or("code without end")?;
            let in_a_row = code.is_empty() || code.contains("``") || after.starts_with('`');
            if in_a_row || code.contains('`') != between_two.is_some() {
                return Err(format!("backticks in a row at {rest:?}"));
            }
            // Discord looks for the end of bold text first.
            if *bold && code.contains(['*', '\\']) {
                return Err(format!("bold ends in {code:?}"));
            }
            seen.extend(code.chars().map(|letter| Seen {
                bold: *bold,
                code: Some(CodeKind::Inline),
                ..Seen::plain(letter)
            }));
            rest = after;
            continue;
        }
        if let Some((url, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'))
            && url.starts_with("http")
            && url.contains("://")
            && link_target(url).is_some()
        {
            seen.extend(url.chars().map(|letter| Seen {
                bold: *bold,
                link: link_target(url),
                ..Seen::plain(letter)
            }));
            rest = after;
            continue;
        }
        if let Some(markup) = means(rest) {
            return Err(format!("{markup} at {rest:?}"));
        }
        seen.push(Seen {
            bold: *bold,
            ..Seen::plain(letter)
        });
        rest = &rest[letter.len_utf8()..];
    }
    Ok(())
}

/// What is between an underscore behind `before` and the next one, and what is behind that. In Discord these are borders of
/// words.
fn italic<'a>(before: &str, text: &'a str) -> Option<(&'a str, &'a str)> {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if letter == '_' && !escaped {
            let (inner, after) = (&text[..at], &text[at + 1..]);
            let fits = !inner.is_empty() && inner.trim() == inner;
            return Some((inner, after))
                .filter(|_| fits && !before.ends_with(is_word) && !after.starts_with(is_word));
        }
        escaped = letter == '\\' && !escaped;
    }
    None
}

/// `[label](address)`
fn read_link<'a>(text: &'a str, bold: bool, seen: &mut Vec<Seen>) -> Result<&'a str, String> {
    let mut end = None;
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if letter == ']' && !escaped {
            end = Some(at);
            break;
        }
        escaped = letter == '\\' && !escaped;
    }
    let end = end.ok_or("a link without end")?;
    let after = text[end + 1..]
        .strip_prefix('(')
        .ok_or("a bracket that is no link")?;
    let (url, after) = after.split_once(')').ok_or("an address without end")?;
    let mut label = Vec::new();
    let mut open = bold;
    read_line(&text[1..end], &mut open, &mut label)?;
    seen.extend(label.into_iter().map(|one| Seen {
        link: Some(url.to_owned()),
        ..one
    }));
    Ok(after)
}

/// The markup that an unescaped character begins, if any.
fn means(rest: &str) -> Option<&'static str> {
    let lower = rest.to_ascii_lowercase();
    let name_end = |text: &str| text.find(|c: char| !(c.is_alphanumeric() || "_+-".contains(c)));
    match rest.chars().next()? {
        '*' | '_' => Some("emphasis"),
        '~' => Some("strike"),
        '`' => Some("code"),
        '|' => Some("spoiler"),
        '<' => Some("a mention, emoji, time or address"),
        '[' | ']' => Some("a link"),
        '@' if rest.starts_with("@everyone") || rest.starts_with("@here") => Some("a ping"),
        ':' if rest.starts_with("://") => Some("an address"),
        ':' if name_end(&rest[1..])
            .is_some_and(|end| end > 0 && rest[1 + end..].starts_with(':')) =>
        {
            Some("an emoji")
        }
        'd' | 'D' => [
            "discord.gg/",
            "discord.com/invite",
            "discordapp.com/invite",
            "discord.gift/",
        ]
        .iter()
        .any(|invite| lower.starts_with(invite))
        .then_some("an invite"),
        _ => None,
    }
}

fn plain(text: &str) -> Vec<Seen> {
    text.chars().map(Seen::plain).collect()
}

/// What a reader can tell apart: no line break outside code, as one may be added around a block of code, and nothing
/// of whether white space is bold.
fn visible(seen: &[Seen]) -> Vec<Seen> {
    let mut seen = seen.to_vec();
    seen.retain(|one| one.letter != '\n' || one.code.is_some());
    for one in &mut seen {
        one.bold &= !one.letter.is_whitespace();
        one.italic &= !one.letter.is_whitespace();
    }
    seen
}

#[track_caller]
fn check_escape(text: &str) {
    let written = markdown::escape(text);
    assert_eq!(read(&written, ""), Ok(plain(&safe(text))), "{written:?}");
}

#[test]
fn reads_as_written() {
    for text in [
        "*a* **b** ***c*** _d_ __e__ snake_case ~~f~~ ||g|| `h` ```\ni\n```",
        "> quote\n>>> all\n# big\n## less\n### small\n-# tiny\n- item\n* item\n+ item\n1. first\n  12. twelfth",
        "<@1> <@!2> <@&3> <#4> @everyone @here <:kim:5> <a:kim:6> <t:1700000000:R> </ask:7> <id:guide>",
        "[click](https://evil.example) https://a_b.example/x_y_ <https://c.example> www.d.example",
        "discord.gg/abc DISCORD.GG/abc https://discord.com/invite/abc discordapp.com/invite/x discord.gift/y",
        ":smile: 12:30:45 a: b :c :+1: ¯\\_(ツ)_/¯ \\* \\\\ C:\\dir\\",
        "3.5 percent and 1,000. U.S. - really? #1",
        "\u{202e}turned\u{202c} \u{7} bell\r\n",
        "",
    ] {
        check_escape(text);
    }
}

#[test]
fn ordinary_text_is_left_alone() {
    let text =
        "Juche, the idea at the heart of the Kim family's rule (1955-1994), means: self-reliance.";
    assert_eq!(markdown::escape(text), text);
}

#[test]
fn the_parser_detects_unescaped_markup() {
    assert_ne!(read("`a`", ""), Ok(plain("`a`")));
    for text in [
        "*a*",
        "_a",
        "_a_b",
        "# a",
        "- a",
        "1. a",
        "<@1>",
        "@everyone",
        "https://a.example",
        ":smile:",
        "discord.gg/x",
        "||a||",
        "[a",
        "`a",
        "`a``b`",
        "```\na",
        "```\na\n```b",
    ] {
        assert!(read(text, "").is_err(), "{text}");
    }
}

#[test]
fn link_targets_are_valid_urls() {
    let check = |url: &str, expect: Option<&str>| {
        assert_eq!(link_target(url).as_deref(), expect, "{url}");
    };
    check(
        "https://a.example/x?y=1#z",
        Some("https://a.example/x?y=1#z"),
    );
    check("http://a.example/(x)", Some("http://a.example/%28x%29"));
    for bad in [
        "javascript:alert(1)",
        "ftp://a.example",
        "https://",
        "https:///x",
        "https://a b.example",
        "https://user@a.example",
        "https://a.example/\u{202e}x",
        "https://a.example/\nx",
        "",
    ] {
        check(bad, None);
    }
    check(&format!("https://a.example/{}", "x".repeat(600)), None);
}

/// Text full of Discord's markup.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "*", "**", "_", "__", "~~", "||", "`", "```", ">", ">>> ", "#", "# ", "-# ", "- ", "+ ", "1. ", "1",
            ".", "[", "](", ")", "<", "@1>", "<@1>", "@", "everyone", "here", ":", "smile", "://", "https",
            "discord", ".gg/", ".com/invite/x", "\\", "\n", " ", "\t", "<t:1:R>", "<:a:1>", "\u{202e}", "\u{7}",
            "word", "naïve", "नमस्ते", "👩‍👩‍👧", "e\u{301}", "다", ". ", "? ", "。",
        ]).prop_map(str::to_owned),
        1 => ".{0,5}",
        1 => "[a-z ]{1,12}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn run() -> impl Strategy<Value = Run> {
    let part = (0..4_u8, hostile());
    prop::collection::vec(part, 0..6).prop_map(|parts| {
        parts
            .into_iter()
            .fold(Run::default(), |run, (kind, text)| match kind {
                0 => run.bold(&text),
                1 => run.link(&text, Some("https://a.example/(x)_y_")),
                _ => run.and(&text),
            })
    })
}

/// A run of an article's text with marks that may overlap and reach out of each other.
fn marked_run() -> impl Strategy<Value = Run> {
    let kind = prop_oneof![
        Just(MarkKind::Bold),
        Just(MarkKind::Italic),
        Just(MarkKind::Code),
        Just(MarkKind::Link("https://a.example/(x)_y_".to_owned())),
        Just(MarkKind::Link("https://a.example/**".to_owned())),
        Just(MarkKind::Link("javascript:x".to_owned())),
        Just(MarkKind::Fence(None)),
        Just(MarkKind::Fence(Some("c++".to_owned()))),
        Just(MarkKind::Fence(Some("x`\n y".to_owned()))),
    ];
    let place = || (0..200_usize, 0..60_usize);
    let marks = prop::collection::vec((place(), kind), 0..6);
    let highlights = prop::collection::vec(place(), 0..3);
    (hostile(), marks, place(), highlights).prop_map(|(text, marks, part, highlights)| {
        let span = |(start, length): (usize, usize)| {
            let at = |byte: usize| text.floor_char_boundary(byte.min(text.len()));
            Span::new(at(start), at(start + length))
        };
        let mut marks: Vec<Mark> = marks
            .into_iter()
            .map(|(place, kind)| Mark {
                span: span(place),
                kind,
            })
            .collect();
        Mark::sort(&mut marks);
        let mut highlights: Vec<Span> = highlights.into_iter().map(span).collect();
        highlights.sort_unstable();
        let part = span(part);
        let run = Run::default().marked(&text, &marks, part, &highlights);
        assert_eq!(run.text(), part.of(&text), "no letter is lost");
        run
    })
}

/// The expected rendering of a run. Bold lines have no white space at their ends, and labels have no line breaks.
fn expected(run: &Run) -> Vec<Seen> {
    let mut all = Vec::new();
    for part in run.parts() {
        match part {
            Inline::Text(text) => all.extend(plain(&safe(text))),
            Inline::Bold(text) => {
                for (at, line) in safe(text).split('\n').enumerate() {
                    if at > 0 {
                        all.extend(plain("\n"));
                    }
                    let start = line.len() - line.trim_start().len();
                    let end = start + line.trim().len();
                    all.extend(line.char_indices().map(|(at, letter)| Seen {
                        bold: (start..end).contains(&at),
                        ..Seen::plain(letter)
                    }));
                }
            }
            Inline::Italic { text, bold } => {
                all.extend(safe(text).chars().map(|letter| Seen {
                    bold: *bold,
                    italic: true,
                    ..Seen::plain(letter)
                }));
            }
            Inline::Link { label, url, bold } => {
                let label = if label.contains("://") {
                    label.clone()
                } else {
                    limits::one_line(label)
                };
                all.extend(label.chars().map(|letter| Seen {
                    bold: *bold,
                    link: Some(url.clone()),
                    ..Seen::plain(letter)
                }));
            }
            Inline::Code { text, bold } => {
                all.extend(safe(text).chars().map(|letter| Seen {
                    bold: *bold,
                    code: Some(CodeKind::Inline),
                    ..Seen::plain(letter)
                }));
            }
            Inline::Fence { code, language } => {
                if all
                    .last()
                    .is_some_and(|seen: &Seen| seen.letter != '\n' || seen.code.is_some())
                {
                    all.push(Seen::plain('\n'));
                }
                let kind = CodeKind::Block(language.clone().unwrap_or_default());
                all.extend(safe(code).chars().map(|letter| Seen {
                    code: Some(kind.clone()),
                    ..Seen::plain(letter)
                }));
            }
            Inline::Member(_) | Inline::Channel(_) | Inline::Role(_) | Inline::Command { .. } => {}
        }
    }
    all
}

#[test]
fn marks_arrive_in_a_quote() {
    let text = "See fares, then:\n\ncd `x`\n\ngo\n\nand y at http://b.example/_, not now.";
    let mark = |part: &str, kind| {
        let start = text.find(part).expect("a part of the text");
        let span = Span::new(start, start + part.len());
        Mark { span, kind }
    };
    let marks = [
        mark("fares", MarkKind::Link("https://a.example/f".to_owned())),
        mark("cd `x`\n\ngo", MarkKind::Fence(Some("sh".to_owned()))),
        mark("y", MarkKind::Code),
        mark("not", MarkKind::Italic),
        // Discord has no italic parts of words.
        mark("w.", MarkKind::Italic),
    ];
    let best = [Span::new(0, 16)];
    let run = Run::default().marked(text, &marks, Span::whole(text), &best);
    assert_eq!(
        markdown::block(&Block::Quote(run)),
        "> **See [fares](https://a.example/f), then:**\n> \n> ```sh\n> cd `x`\n> \n> go\n> ```\n> \n\
         > and `y` at <http://b.example/_>, _not_ now."
    );
}

proptest! {
    #[test]
    fn any_marked_text_reads_as_its_run(run in marked_run(), limit in 0..300_usize) {
        let quote = Block::Quote(run.clone());
        let written = markdown::block(&quote);
        let expected = expected(&run);
        let seen = read(&written, "> ").map(|seen| visible(&seen));
        prop_assert_eq!(seen, Ok(visible(&expected)), "{}", written);
        if let Some(cut) = quote.cut(limit) {
            let written = markdown::block(&cut);
            prop_assert!(limits::length(&written) <= limit);
            prop_assert!(read(&written, "> ").is_ok(), "{}", written);
        }
    }

    #[test]
    fn any_text_reads_as_written(text in hostile()) {
        check_escape(&text);
        prop_assert_eq!(markdown::unescape(&markdown::escape(&text)), safe(&text));
    }

    #[test]
    fn any_paragraph_reads_as_its_run(run in run()) {
        let written = markdown::block(&Block::Paragraph(run.clone()));
        prop_assert_eq!(read(&written, ""), Ok(expected(&run)), "{}", written);
    }

    #[test]
    fn any_quote_reads_as_its_run(run in run()) {
        let written = markdown::block(&Block::Quote(run.clone()));
        prop_assert_eq!(read(&written, "> "), Ok(expected(&run)), "{}", written);
    }

    #[test]
    fn cut_text_fits_and_ends_at_a_grapheme_boundary(run in run(), limit in 0..300_usize) {
        let block = Block::Quote(run);
        let whole = block.run().text();
        if let Some(cut) = block.clone().cut(limit) {
            prop_assert!(limits::length(&markdown::block(&cut)) <= limit);
            if cut != block {
                let text = cut.run().text();
                let kept = text.strip_suffix('…').expect("cut text ends with an ellipsis").trim_end();
                prop_assert!(whole.starts_with(kept));
                let bounds: Vec<usize> = whole.grapheme_indices(true).map(|(at, _)| at).collect();
                let after = Span::new(kept.len(), whole.len()).of(&whole);
                let at_bound = after.is_empty() || bounds.contains(&kept.len()) || after.starts_with(char::is_whitespace);
                prop_assert!(at_bound, "{:?} of {:?}", kept, whole);
            }
        }
    }
}
