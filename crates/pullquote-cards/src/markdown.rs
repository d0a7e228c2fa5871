//! Discord's notation: writes text with a shape (`rich.rs`) so that Discord shows it exactly as it reads.
//!
//! A backslash before a character takes its meaning away. Escaped are the characters that mean something
//! anywhere, and the others only where they would: `#` at the head of a line, the colon of an address or
//! an emoji's name, the full stop of an invite.

use super::rich::{Block, Inline, Run};
use pullquote_core::text::safe;
use std::fmt::Write as _;

/// Several blocks.
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

/// What stands between two blocks: an empty line, or none where they belong together.
pub fn separator(before: &Block, after: &Block) -> &'static str {
    match (before, after) {
        (Block::Item(_), Block::Item(_)) | (_, Block::Source(_) | Block::Small(_)) => "\n",
        _ => "\n\n",
    }
}

/// One block.
pub fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(run) => self::run(run),
        Block::Quote(run) => lines(&self::run(run), "> "),
        Block::Source(run) => format!("— {}", self::run(run)),
        Block::Item(run) => format!("- {}", one_line(&self::run(run))),
        Block::Small(run) => format!("-# {}", one_line(&self::run(run))),
    }
}

/// A run of text.
pub fn run(run: &Run) -> String {
    let mut out = String::new();
    for part in run.parts() {
        match part {
            Inline::Text(text) => escape_into(text, &mut out),
            Inline::Bold(text) => bold_into(text, &mut out),
            Inline::Link { label, url } => {
                out.push('[');
                escape_into(&super::limits::one_line(label), &mut out);
                let _ = write!(out, "]({url})");
            }
            Inline::Member(id) => {
                let _ = write!(out, "<@{id}>");
            }
        }
    }
    out
}

/// Plain text so that it reads as written.
pub fn escape(text: &str) -> String {
    let mut out = String::new();
    escape_into(text, &mut out);
    out
}

/// The text that [`escape`] was given.
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

/// An http(s) address in a form that can stand in a link; `None` for anything else.
pub fn link_target(url: &str) -> Option<String> {
    let url = url.trim();
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = !host.is_empty() && !host.contains(['@', '\\']);
    let odd = |letter: char| letter.is_whitespace() || letter.is_control();
    if !plain || url.contains(odd) || safe(url) != url || url.len() > super::limits::URL {
        return None;
    }
    let mut target = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            '(' => target.push_str("%28"),
            ')' => target.push_str("%29"),
            '<' => target.push_str("%3C"),
            '>' => target.push_str("%3E"),
            '"' => target.push_str("%22"),
            '\\' => target.push_str("%5C"),
            other => target.push(other),
        }
    }
    (super::limits::length(&target) <= super::limits::URL).then_some(target)
}

fn escape_into(text: &str, out: &mut String) {
    let text = safe(text);
    let mut line_head = out.is_empty() || out.ends_with('\n');
    let mut digits = false;
    for (at, letter) in text.char_indices() {
        let rest = || text.get(at + letter.len_utf8()..).unwrap_or_default();
        let means = match letter {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '>' | '[' | ']' => true,
            '#' | '-' | '+' => line_head,
            '.' => digits || is_in_invite(text.get(..at).unwrap_or_default(), rest()),
            ':' => rest().starts_with("//") || is_emoji_name(rest()),
            '@' => rest().starts_with("everyone") || rest().starts_with("here"),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(letter);
        digits = letter.is_ascii_digit() && (line_head || digits);
        line_head = letter == '\n' || line_head && letter.is_whitespace();
    }
}

/// `smile:` behind a colon.
fn is_emoji_name(rest: &str) -> bool {
    let ends = |letter: char| letter == ':' || letter.is_whitespace();
    let end = rest.find(ends).filter(|end| *end > 0);
    end.is_some_and(|end| rest.get(end..).is_some_and(|rest| rest.starts_with(':')))
}

/// The full stop of `discord.gg/...`, `discord.com/invite/...` and the like.
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

/// Each line of its own: bold does not reach over line ends.
fn bold_into(text: &str, out: &mut String) {
    let text = safe(text);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let inner = line.trim();
        let (before, after) = line.split_once(inner).unwrap_or((line, ""));
        escape_into(before, out);
        if !inner.is_empty() {
            out.push_str("**");
            escape_into(inner, out);
            out.push_str("**");
        }
        escape_into(after, out);
    }
}

fn lines(text: &str, mark: &str) -> String {
    let marked: Vec<String> = text
        .split('\n')
        .map(|line| format!("{mark}{line}"))
        .collect();
    marked.join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
