//! Footnotes: a short one is put in parentheses where it is referred to, so that a quote contains what it says.

use std::collections::{HashMap, HashSet};

/// Longest footnote that is put into the text, in bytes. A longer one stays a paragraph of its own.
const MAX_BYTES: usize = 400;

/// The short footnotes of a file.
#[derive(Debug, Default)]
pub(super) struct Footnotes<'a> {
    /// By label. Each is used once.
    notes: HashMap<&'a str, String>,
    /// Lines of the notes, as indices of lines of the file; in ascending order.
    lines: Vec<usize>,
}

impl<'a> Footnotes<'a> {
    pub(super) fn of(lines: &[&'a str]) -> Self {
        let mut found = Self::default();
        let text = lines.iter().filter(|line| definition(line).is_none());
        let references: HashSet<&str> = text.flat_map(|line| references(line)).collect();
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let first = at;
            at += 1;
            let Some((label, start)) = definition(line) else {
                continue;
            };
            let mut note = start.trim().to_owned();
            while let Some(line) = lines.get(at) {
                if line.trim().is_empty() || definition(line).is_some() {
                    break;
                }
                note.push(' ');
                note.push_str(line.trim());
                at += 1;
            }
            let more = lines.get(at).is_some_and(|line| line.trim().is_empty())
                && lines
                    .get(at + 1)
                    .is_some_and(|line| line.starts_with("    "));
            let note = note.trim_start().to_owned();
            let fits = !note.is_empty() && is_short(&note) && !more;
            if fits && references.contains(label) {
                found.notes.insert(label, note);
                found.lines.extend(first..at);
            }
        }
        found
    }

    /// Whether a line, by its index, is part of a note that is put into the text.
    pub(super) fn contains(&self, line: usize) -> bool {
        self.lines.binary_search(&line).is_ok()
    }

    /// Replaces the reference or the inline note with which a text begins: its length, and what to write instead.
    pub(super) fn replace(&mut self, text: &str, before: Option<char>) -> Option<(usize, String)> {
        let (note, length) = if let Some(inner) = text.strip_prefix("[^") {
            let end = super::start(inner).find(']')?;
            let label = inner.get(..end)?;
            if label.is_empty() || label.contains(char::is_whitespace) {
                return None;
            }
            let behind = inner.get(end + 1..)?;
            if before.is_none() && behind.starts_with(':') {
                // The definition of a note that stays where it is.
                let note = behind.trim_start_matches([':', ' ']);
                return Some((text.len() - note.len(), String::new()));
            }
            let note = self.notes.remove(label).unwrap_or_default();
            (note, end + 3)
        } else {
            let inner = text.strip_prefix("^[")?;
            let end = super::start(inner).find(']')?;
            (inner.get(..end)?.trim().to_owned(), end + 3)
        };
        if note.is_empty() {
            return Some((length, String::new()));
        }
        Some((length, in_parentheses(&note, before)))
    }
}

/// Whether a note is short enough to be put into the text.
pub(crate) fn is_short(note: &str) -> bool {
    note.len() <= MAX_BYTES
}

/// A note as it is put into the text behind the character `before`.
pub(crate) fn in_parentheses(note: &str, before: Option<char>) -> String {
    let ends_sentence = before.is_some_and(|letter| ".!?。".contains(letter));
    let note = if ends_sentence {
        note
    } else {
        note.trim_end_matches('.')
    };
    format!(" ({note})")
}

/// The labels of the footnotes that a line refers to.
fn references(line: &str) -> impl Iterator<Item = &str> {
    let parts = line.split("[^").skip(1);
    parts.filter_map(|part| Some(part.split_once(']')?.0))
}

/// The label and the text of `[^label]: text`.
fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, text) = line.strip_prefix("[^")?.split_once("]:")?;
    (!label.is_empty() && !label.contains(['[', ']'])).then_some((label, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_notes_are_put_into_the_text() {
        let long = "x".repeat(MAX_BYTES + 1);
        let file = format!("Fee[^a].\n\n[^a]: Not for\n  members.\n\n[^b]: {long}\n[^c]: Unused");
        let lines: Vec<&str> = file.lines().collect();
        let mut notes = Footnotes::of(&lines);
        let consumed: Vec<usize> = (0..lines.len()).filter(|at| notes.contains(*at)).collect();
        assert_eq!(consumed, [2, 3]);
        let mut check = |text: &str, before, expected: Option<(usize, &str)>| {
            let found = notes.replace(text, Some(before));
            let expected = expected.map(|(length, text)| (length, text.to_owned()));
            assert_eq!(found, expected, "{text}");
        };
        check("[^a].", 'e', Some((4, " (Not for members)")));
        check("[^a] again", 'e', Some((4, "")));
        check("[^b]", 'e', Some((4, "")));
        check("^[Or two.] x", '.', Some((10, " (Or two.)")));
        check("[^ a]", 'e', None);
        check("[x]", 'e', None);
        assert_eq!(notes.replace("[^b]: x", None), Some((6, String::new())));
    }
}
