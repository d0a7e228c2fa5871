//! Writes formatted text (`rich.rs`) in Discord's Markdown, escaped so that Discord shows it exactly.
//!
//! Characters that are markup everywhere are always escaped with a backslash. Others are escaped only where
//! they are markup: `#` at the start of a line, the colon of an address or an emoji name, the dot of an
//! invite link.
//!
//! ```
//! use pullquote_cards::limits::{cut_plain, length, one_line};
//! use pullquote_cards::markdown::{block, blocks, escape, separator, unescape};
//! use pullquote_cards::{Block, Run, link_target};
//!
//! let quote = Block::Quote(Run::new("It leaves at *seven*."));
//! let source = Block::Source(Run::new("harbour.md, line 3"));
//! assert_eq!(block(&quote), r"> It leaves at \*seven\*.");
//! // The source belongs to the quote.
//! assert_eq!(separator(&quote, &source), "\n");
//! let both = format!("{}\n{}", block(&quote), block(&source));
//! assert_eq!(blocks(&[quote.clone(), source]), both);
//!
//! // A block is cut so that its Markdown fits.
//! let cut = quote.cut(16).unwrap();
//! assert!(length(&block(&cut)) <= 16 && block(&cut).ends_with('…'));
//! assert_eq!(cut_plain("The ferry leaves at seven.", 17), "The ferry leaves…");
//! assert_eq!(unescape(&escape("#1 [a] *b*")), "#1 [a] *b*");
//! // Text and addresses of strangers.
//! assert_eq!(one_line("two\n lines\u{202e}"), "two lines");
//! assert_eq!(link_target("https://a.example/(b)").as_deref(), Some("https://a.example/%28b%29"));
//! assert_eq!(link_target("javascript:alert(1)"), None);
//! ```

use super::limits::one_line;
use super::rich::{Block, Inline, Run, is_address};
use pullquote_core::text::safe;
use std::fmt::Write as _;

/// Writes several blocks, with separators.
pub fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut before: Option<&Block> = None;
    for block in blocks {
        if let Some(before) = before {
            out.push_str(separator(before, block));
        }
        out.push_str(&self::block(block));
        before = Some(block);
    }
    out
}

/// The separator of two blocks: one line break if they belong together, otherwise an empty line.
pub fn separator(before: &Block, after: &Block) -> &'static str {
    match (before, after) {
        (Block::Item(_), Block::Item(_)) | (_, Block::Source(_) | Block::Small(_)) => "\n",
        _ => "\n\n",
    }
}

/// Writes one block.
pub fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(run) => self::run(run),
        Block::Quote(run) => lines(&self::run(run), "> "),
        Block::Source(run) => format!("— {}", self::run(run)),
        Block::Item(run) => format!("- {}", single_line(&self::run(run))),
        Block::Small(run) => format!("-# {}", single_line(&self::run(run))),
    }
}

/// Writes a run of text.
pub fn run(run: &Run) -> String {
    let mut out = String::new();
    let mut rest = run.parts();
    while let Some((part, after)) = rest.split_first() {
        let bold = rest.iter().take_while(|part| part.is_bold()).count();
        if bold > 0 {
            let (group, after) = rest.split_at(bold);
            bold_into(group, &mut out);
            rest = after;
            continue;
        }
        part_into(part, &mut out);
        if matches!(part, Inline::Fence { .. })
            && let Some(next) = after.first()
            && !next.text().is_some_and(|text| text.starts_with('\n'))
        {
            out.push('\n');
        }
        rest = after;
    }
    out
}

/// Writes a part as if it were not bold.
fn part_into(part: &Inline, out: &mut String) {
    match part {
        Inline::Text(text) | Inline::Bold(text) => escape_into(text, out),
        Inline::Italic { text, .. } => italic_into(text, out),
        // Discord accepts no label that is an address.
        Inline::Link { label, .. } if is_address(label) => {
            let _ = write!(out, "<{label}>");
        }
        Inline::Link { label, url, .. } => {
            out.push('[');
            escape_into(&one_line(label), out);
            let _ = write!(out, "]({url})");
        }
        Inline::Code { text, .. } => {
            out.push_str(&code(&safe(text)));
        }
        Inline::Fence { code, language } => {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
            let language = language.as_deref().unwrap_or_default();
            let _ = write!(out, "```{language}\n{}\n```", safe(code));
        }
        Inline::Command { name, id } => {
            let _ = write!(out, "</{name}:{id}>");
        }
        Inline::Member(id) => {
            let _ = write!(out, "<@{id}>");
        }
        Inline::Channel(id) => {
            let _ = write!(out, "<#{id}>");
        }
        Inline::Role(id) => {
            let _ = write!(out, "<@&{id}>");
        }
    }
}

/// Code inside a line, between two backticks each if it contains one. It contains no two in a row.
pub fn code(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// Escapes plain text so that Discord shows it as it is.
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    escape_into(text, &mut out);
    out
}

/// Reverses [`escape`].
pub fn unescape(escaped: &str) -> String {
    let mut out = String::with_capacity(escaped.len());
    let mut letters = escaped.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            other => out.push(other),
        }
    }
    out
}

fn escape_into(text: &str, out: &mut String) {
    let text = safe(text);
    // What has been written of the line may be white space only.
    let line = out.rsplit('\n').next().unwrap_or_default();
    let mut line_start = line.chars().all(char::is_whitespace);
    let mut digits = false;
    for (at, letter) in text.char_indices() {
        let rest = || text.get(at + letter.len_utf8()..).unwrap_or_default();
        let is_markup = match letter {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' => true,
            '#' | '-' | '+' => line_start,
            '.' => digits || is_in_invite(text.get(..at).unwrap_or_default(), rest()),
            ':' => rest().starts_with("//") || is_emoji_name(rest()),
            '@' => rest().starts_with("everyone") || rest().starts_with("here"),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(letter);
        digits = letter.is_ascii_digit() && (line_start || digits);
        line_start = letter == '\n' || line_start && letter.is_whitespace();
    }
}

/// Whether `rest`, the text behind a colon, continues an emoji name: `smile:`.
fn is_emoji_name(rest: &str) -> bool {
    let ends = |letter: char| letter == ':' || letter.is_whitespace();
    let end = rest.find(ends).filter(|end| *end > 0);
    end.is_some_and(|end| rest.get(end..).is_some_and(|rest| rest.starts_with(':')))
}

/// Whether the dot between `before` and `rest` is part of an invite link: `discord.gg/...`, `discord.com/invite/...`.
fn is_in_invite(before: &str, rest: &str) -> bool {
    let ends = |end: &str| {
        let start = before.len().checked_sub(end.len());
        let tail = start.and_then(|start| before.get(start..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    let starts = |start: &str| {
        let head = rest.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    (ends("discord") || ends("discordapp")) && ["gg", "com", "gift", "new"].into_iter().any(starts)
}

/// Writes bold parts in a row. Each line is marked separately, because bold ends at a line break, and without the white
/// space at its ends.
fn bold_into(parts: &[Inline], out: &mut String) {
    let mut written = String::new();
    for part in parts {
        part_into(part, &mut written);
    }
    for (at, line) in written.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        match line.trim() {
            "" => out.push_str(line),
            inner => {
                let (before, after) = line.split_once(inner).unwrap_or_default();
                let _ = write!(out, "{before}**{inner}**{after}");
            }
        }
    }
}

/// Writes italic text, line by line and without the white space at the ends of a line. Underscores are also read
/// beside the asterisks of bold text.
fn italic_into(text: &str, out: &mut String) {
    for (at, line) in safe(text).split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let inner = line.trim();
        let (before, after) = line.split_once(inner).unwrap_or_default();
        out.push_str(before);
        if !inner.is_empty() {
            // Two underscores in a row are underlined text.
            let goes_on = out.ends_with('_') && !out.ends_with("\\_");
            if goes_on {
                out.pop();
            } else {
                out.push('_');
            }
            escape_into(inner, out);
            out.push('_');
        }
        out.push_str(after);
    }
}

fn lines(text: &str, mark: &str) -> String {
    let marked: Vec<String> = text
        .split('\n')
        .map(|line| format!("{mark}{line}"))
        .collect();
    marked.join("\n")
}

fn single_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{escape, unescape};

    #[test]
    fn escapes_only_what_is_markup_in_its_place() {
        for (text, expect) in [
            ("# heading", "\\# heading"),
            ("C# is a language", "C# is a language"),
            ("1. first", "1\\. first"),
            ("version 1.5", "version 1.5"),
            ("2 * 3_000", "2 \\* 3\\_000"),
            ("see https://example.org", "see https\\://example.org"),
            ("at 12:30", "at 12:30"),
            (":smile: hi", "\\:smile: hi"),
            ("@everyone @bob", "\\@everyone @bob"),
            ("discord.gg/x", "discord\\.gg/x"),
        ] {
            assert_eq!(escape(text), expect);
            assert_eq!(unescape(expect), text);
        }
    }
}
