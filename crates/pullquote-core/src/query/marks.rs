//! What stands in a message and says nothing: what Discord shows as a mention, a time or an emoji, links to its messages and to
//! pictures in it, and the number in front of a list. And what is only attached to it: blocks of code, lines of another message.

use crate::text::Span;

/// The marks of a message, in order.
pub(super) fn marks(question: &str) -> Vec<Span> {
    let mut marks: Vec<Span> = list_number(question).into_iter().collect();
    let mut at = 0;
    while let Some((skipped, rest)) = question.get(at..).and_then(split_at_mark) {
        let start = at + skipped.len();
        let before = question.get(..start).unwrap_or_default();
        let is_inside_word = before.ends_with(|it: char| it.is_alphanumeric() || it == ':');
        let mark = match rest.strip_prefix('<') {
            Some(inner) => pointed(inner).map(|length| (start, length)),
            None if rest.starts_with("://") => {
                link(before, rest).map(|(scheme, length)| (start - scheme, scheme + length))
            }
            None if is_inside_word => None,
            None => shortcode(rest).map(|length| (start, length)),
        };
        at = match mark {
            Some((start, length)) => {
                marks.push(Span::new(start, start + length));
                start + length
            }
            None => start + 1,
        };
    }
    marks
}

/// What is attached to a message: blocks of code, such as a log, and lines of another message.
pub(super) fn attachments(message: &str) -> Vec<Span> {
    const FENCE: &str = "```";
    let mut found: Vec<Span> = Vec::new();
    let (mut at, mut open) = (0, None);
    for line in message.split_inclusive('\n') {
        let (start, end) = (at, at + line.len());
        at = end;
        for (fence, _) in line.match_indices(FENCE) {
            open = match open {
                Some(from) => {
                    found.push(Span::new(from, start + fence + FENCE.len()));
                    None
                }
                None => Some(start + fence),
            };
        }
        if open.is_none() && line.trim_start().starts_with("> ") {
            found.push(Span::new(start, end));
        }
    }
    found.extend(open.map(|from| Span::new(from, message.len())));
    found
}

/// Splits before the first character that may begin a mark, or is inside one.
fn split_at_mark(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(text.find(['<', ':'])?)
}

/// The length of a mark in angle brackets, `inner` being what follows the first.
fn pointed(inner: &str) -> Option<usize> {
    let (inside, _) = inner.split_once('>')?;
    let begins = ["@", "#", ":", "a:", "t:"]
        .iter()
        .any(|begin| inside.starts_with(begin));
    let is_mark = begins
        && inside.bytes().any(|byte| byte.is_ascii_digit())
        && !inside.contains(char::is_whitespace);
    is_mark.then_some(inside.len() + 2)
}

/// The length of the name of an emoji between colons at the start of `rest`.
fn shortcode(rest: &str) -> Option<usize> {
    let (name, _) = rest.strip_prefix(':')?.split_once(':')?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
    let is_mark = name.len() > 1
        && name.bytes().all(is_name)
        && name.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_mark.then_some(name.len() + 2)
}

/// The lengths of the scheme at the end of `before`, and of the rest of a link to a message or picture, which begins with `://`.
/// Other links may name what is asked about.
fn link(before: &str, rest: &str) -> Option<(usize, usize)> {
    const ADDRESSES: &[&str] = &[
        "discord.com/channels/",
        "ptb.discord.com/channels/",
        "canary.discord.com/channels/",
        "cdn.discordapp.com/",
        "media.discordapp.net/",
        "i.imgur.com/",
        "tenor.com/",
    ];
    let scheme = ["https", "http"]
        .into_iter()
        .find(|it| before.ends_with(it))?;
    let address = rest.strip_prefix("://")?;
    if !ADDRESSES.iter().any(|it| address.starts_with(it)) {
        return None;
    }
    let length = rest.find(|letter: char| letter.is_whitespace() || matches!(letter, '>' | ')'));
    Some((scheme.len(), length.unwrap_or(rest.len())))
}

/// The number in front of a list: `1. How ...?`
fn list_number(question: &str) -> Option<Span> {
    let start = question.len() - question.trim_start().len();
    let rest = question.get(start..)?;
    let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
    let after = rest.get(digits..)?;
    let is_number =
        (1..=2).contains(&digits) && (after.starts_with(". ") || after.starts_with(") "));
    is_number.then(|| Span::new(start, start + digits + 1))
}

/// Whether a character is a symbol such as an emoji; of East Asian punctuation, too.
pub(super) fn is_symbol(letter: char) -> bool {
    letter > '\u{2190}' && !letter.is_alphanumeric()
}

/// Whether a character is a symbol such as an emoji, and no punctuation.
pub(crate) fn is_emoji(letter: char) -> bool {
    let is_east_asian = matches!(letter, '\u{3000}'..='\u{303F}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}');
    is_symbol(letter) && !is_east_asian
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_what_says_nothing() {
        for (question, expected) in [
            (
                "<@12> hi <:sob:34>, <t:56:R>",
                &["<@12>", "<:sob:34>", "<t:56:R>"][..],
            ),
            (":sob: at 10:30: no", &[":sob:"]),
            ("1. How?", &["1."]),
            ("12) How?", &["12)"]),
            ("1.5 is old. 3. Why?", &[]),
            (
                "See https://discord.com/channels/1/2 (https://i.imgur.com/a.png)",
                &[
                    "https://discord.com/channels/1/2",
                    "https://i.imgur.com/a.png",
                ],
            ),
            ("https://a.example/discord.com/channels/ :x", &[]),
            ("std::map::insert or foo:java:bar", &[]),
            ("Vec<String> a<b>c ://discord.com/channels/1", &[]),
        ] {
            let found = marks(question);
            let found: Vec<&str> = found.iter().map(|span| span.of(question)).collect();
            assert_eq!(found, expected, "{question}");
        }
    }
}
