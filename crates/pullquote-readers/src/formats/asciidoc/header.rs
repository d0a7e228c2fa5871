//! The header of a file: the lines directly below the title, which say who wrote the text and which revision it is, and the
//! attributes that stand for a text.

use crate::date;
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// Longest value of an attribute that is written out, in bytes, and how much is in a file.
const MAX_VALUE: usize = 200;
const MAX_REPLACED: usize = 1_000_000;

/// What the header says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) author: Option<String>,
    pub(super) date: Option<String>,
    /// Numbers of the lines that say so.
    pub(super) lines: Range<u32>,
}

impl Header {
    pub(super) fn of(text: &str) -> Self {
        let mut lines = (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.starts_with([':', '/']));
        let title = lines.find(|(_, line)| !line.trim().is_empty());
        if !title.is_some_and(|(_, line)| line.starts_with("= ")) {
            return Self::default();
        }
        let Some((number, author)) = lines
            .next()
            .and_then(|(number, it)| Some((number, names(it)?)))
        else {
            return Self::default();
        };
        let revision = lines.next().filter(|(_, line)| is_revision(line));
        Self {
            author: Some(author),
            date: revision.and_then(|(_, line)| date_of(line)),
            lines: number..revision.map_or(number, |(number, _)| number) + 1,
        }
    }
}

/// The names of authors, such as `Ann Lee <ann@ferry.example>; Bob Ray`.
fn names(line: &str) -> Option<String> {
    let name = |part: &str| {
        let (name, address) = part.split_once('<').unwrap_or((part, ""));
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_letter = |letter: char| letter.is_alphabetic() || "-'’._".contains(letter);
        let is_name = |word: &&str| {
            word.chars().all(is_letter) && !word.starts_with(|it: char| it.is_lowercase())
        };
        let count = if address.trim_end().ends_with('>') {
            1..=3
        } else {
            2..=3
        };
        let are_names = count.contains(&words.len()) && words.iter().all(is_name);
        are_names.then(|| words.join(" ").replace('_', " "))
    };
    let names: Option<Vec<String>> = line.split(';').map(name).collect();
    let names = names?.join(", ");
    (!line.trim_end().ends_with('.')).then_some(names)
}

/// Whether a line is a revision, such as `v1.0, 2024-05-01: first draft`.
fn is_revision(line: &str) -> bool {
    let number = line.strip_prefix(['v', 'V']).unwrap_or(line);
    number.starts_with(|letter: char| letter.is_ascii_digit())
}

/// The date in a revision. It has a year of four digits, which the number of a revision has not.
fn date_of(revision: &str) -> Option<String> {
    let date = revision.split_once(',').map_or(revision, |(_, date)| date);
    let date = date.split(": ").next().unwrap_or(date).trim();
    let is_year = |part: &str| part.len() == 4;
    let has_year = date.split(|it: char| !it.is_ascii_digit()).any(is_year);
    (has_year && date::is_possible(date)).then(|| date.to_owned())
}

/// The text with the attributes that it declares (`:version: 2`) in place of references to them (`{version}`), outside
/// of code. Every line stays on its place.
pub(super) fn with_attributes(text: &str, is_code: fn(&str) -> bool) -> Cow<'_, str> {
    if !text.lines().any(|line| attribute(line).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut values: HashMap<&str, &str> = HashMap::new();
    let mut left = MAX_REPLACED;
    let mut code = None;
    let mut kept = String::with_capacity(text.len());
    for line in text.lines() {
        let end = line.trim_end();
        if is_code(end) && code.is_none_or(|open| open == end) {
            code = code.xor(Some(end));
        }
        if let Some((name, value)) = attribute(line) {
            values.insert(name, value);
        }
        if code.is_some() {
            kept.push_str(line);
        } else {
            replace(line, &values, &mut left, &mut kept);
        }
        kept.push('\n');
    }
    Cow::Owned(kept)
}

/// The name and the value of `:name: value`.
fn attribute(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(": ")?;
    let is_letter = |letter: char| letter.is_alphanumeric() || "-_".contains(letter);
    let is_name = !name.is_empty() && name.chars().all(is_letter);
    let value = value.trim();
    (is_name && value.len() <= MAX_VALUE && !value.ends_with('\\')).then_some((name, value))
}

fn replace(line: &str, values: &HashMap<&str, &str>, left: &mut usize, kept: &mut String) {
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('{') {
        kept.push_str(before);
        // A name ends before the next brace that opens.
        let name = behind
            .find(['{', '}'])
            .and_then(|end| behind.split_at_checked(end));
        let value =
            name.and_then(|(name, after)| Some((values.get(name)?, after.strip_prefix('}')?)));
        rest = if let Some((value, after)) = value.filter(|(value, _)| value.len() <= *left) {
            *left -= value.len();
            kept.push_str(value);
            after
        } else {
            kept.push('{');
            behind
        };
    }
    kept.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_and_revisions() {
        let check = |text: &str, author: &str, date: &str, lines: Range<u32>| {
            let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            let (author, date) = (known(author), known(date));
            assert_eq!(
                Header::of(text),
                Header {
                    author,
                    date,
                    lines
                },
                "{text}"
            );
        };
        check(
            "// x\n= Ferry\n:toc:\nAnn Lee <a@b.example>; Bob Ray\nv1.0, 2024-05-01: x\n\nText",
            "Ann Lee, Bob Ray",
            "2024-05-01",
            4..6,
        );
        check("= Ferry\nAnn Lee\nv2\n", "Ann Lee", "", 2..4);
        check("= Ferry\nAnn <a@b.example>\nText", "Ann", "", 2..3);
        for text in [
            "= Ferry\nIt sails daily.\n2024",
            "= Ferry\n\nAnn Lee",
            "Ann Lee\nBob Ray",
            "= Ferry\nFares",
        ] {
            check(text, "", "", 0..0);
        }
    }

    #[test]
    fn attributes_are_replaced() {
        let text = ":v: 2\n:long: a \\\n {v}.{v} {w} {long} {{v}\n----\n{v}\n----\n:v: 3\n{v} {";
        let expected = ":v: 2\n:long: a \\\n 2.2 {w} {long} {2\n----\n{v}\n----\n:v: 3\n3 {\n";
        assert_eq!(with_attributes(text, |line| line == "----"), expected);
        let many = format!(":v: {}\n{}", "x".repeat(100), "{v}".repeat(20_000));
        assert!(with_attributes(&many, |_| false).len() < MAX_REPLACED + many.len());
    }
}
