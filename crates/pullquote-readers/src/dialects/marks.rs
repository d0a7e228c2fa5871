//! Marks that text copied from other programs carries: `[edit]` and `[41]` of Wikipedia, `[a]` of comments in Google
//! Docs.

use std::borrow::Cow;
use std::collections::HashSet;

/// What Wikipedia writes in brackets behind a heading, in several languages.
const EDIT: &[&str] = &[
    "edit",
    "edit source",
    "edit | edit source",
    "bearbeiten",
    "bearbeiten | quelltext bearbeiten",
    "modifier",
    "modifier | modifier le code",
    "editar",
    "editar | editar código",
    "editar | editar código-fonte",
    "modifica",
    "modifica | modifica wikitesto",
    "bewerken",
    "bewerken | brontekst bewerken",
    "edytuj",
    "edytuj | edytuj kod",
    "править",
    "править | править код",
    "編集",
    "编辑",
];
/// What Wikipedia writes in brackets behind a word.
const REMARKS: &[&str] = &[
    "citation needed",
    "clarification needed",
    "better source needed",
    "page needed",
    "dubious – discuss",
    "according to whom?",
    "by whom?",
    "who?",
    "when?",
    "where?",
    "which?",
    "update",
    "not verified in body",
];
/// From this many citations behind sentences on, numbers in brackets behind a word are citations as well.
const CERTAIN: usize = 3;

/// The marks of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Whether `word[1]` is a citation.
    cites: bool,
    /// Labels of the comments at the end of the file.
    comments: HashSet<String>,
    /// Number of the first line of comments, from 1.
    comments_from: Option<usize>,
}

impl Marks {
    pub(crate) fn of(text: &str) -> Self {
        let mut marks = Self::default();
        let mut numbers = HashSet::new();
        let mut attached = HashSet::new();
        let mut before = ' ';
        for (at, letter) in text.char_indices() {
            let previous = std::mem::replace(&mut before, letter);
            if letter != '[' || previous.is_whitespace() {
                continue;
            }
            let Some((label, _)) = bracketed(text.get(at..).unwrap_or_default()) else {
                continue;
            };
            if is_number(label) && (ends_clause(previous) || previous == ']') {
                numbers.insert(label);
            } else if is_letters(label) {
                attached.insert(label);
            }
        }
        marks.cites = numbers.len() >= CERTAIN;
        let comment = |line: &str| {
            let (label, length) = bracketed(line)?;
            let has_text = line
                .get(length..)?
                .starts_with(|it: char| !"(:".contains(it));
            (is_letters(label) && attached.contains(label) && has_text).then(|| label.to_owned())
        };
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate().rev() {
            if line.trim().is_empty() {
                continue;
            }
            let Some(label) = comment(line) else { break };
            marks.comments.insert(label);
            marks.comments_from = Some(at + 1);
        }
        marks
    }

    /// The text from byte offset `body` on without its marks, with every line on its place.
    pub(crate) fn strip_text(text: &str, body: usize) -> String {
        let marks = Self::of(text);
        let skipped = text.get(..body).map_or(0, |it| it.matches('\n').count());
        let mut kept = "\n".repeat(skipped);
        for (number, line) in
            (skipped as u32 + 1..).zip(text.get(body..).unwrap_or_default().lines())
        {
            if !marks.is_comment(number) {
                kept.push_str(&marks.strip(line));
            }
            kept.push('\n');
        }
        kept
    }

    /// Whether a line is one of the comments at the end of the file.
    pub(crate) fn is_comment(&self, number: u32) -> bool {
        self.comments_from
            .is_some_and(|first| first <= number as usize)
    }

    /// A line without its marks.
    pub(crate) fn strip<'a>(&self, line: &'a str) -> Cow<'a, str> {
        if !line.contains('[') {
            return Cow::Borrowed(line);
        }
        let mut kept = String::with_capacity(line.len());
        let mut rest = without_edit(line);
        while let Some(at) = rest.find('[') {
            let (before, mark) = rest.split_at(at);
            kept.push_str(before);
            // `\\[41\\]`, as exports write it.
            let unescaped = kept.strip_suffix('\\').map(str::len);
            let before = kept.get(..unescaped.unwrap_or(kept.len()));
            let length = self.length(mark, before.and_then(|it| it.chars().next_back()));
            if length == 0 {
                kept.push('[');
            } else if let Some(unescaped) = unescaped {
                kept.truncate(unescaped);
            }
            rest = mark.get(length.max(1)..).unwrap_or_default();
        }
        kept.push_str(rest);
        Cow::Owned(kept)
    }

    /// Length in bytes of the mark with which a text begins, behind a character; 0 for none.
    pub(super) fn length(&self, text: &str, before: Option<char>) -> usize {
        let Some(before) = before.filter(|it| !it.is_whitespace() && !"([{".contains(*it)) else {
            return 0;
        };
        let Some((label, length)) = bracketed(text) else {
            return 0;
        };
        let rest = text.get(length..).unwrap_or_default();
        let note = label.strip_prefix("note ").is_some_and(is_number);
        let remark = REMARKS.contains(&label.to_lowercase().as_str());
        let cites = is_number(label) && (self.cites || ends_clause(before));
        let comment = self.comments.contains(label);
        if !(note || remark || cites || comment) {
            return 0;
        }
        // `[41](#cite_note-41)`
        match rest.strip_prefix('(').and_then(|link| link.find(')')) {
            Some(end) if rest.starts_with("(#") => length + end + 2,
            Some(_) => 0,
            None => length,
        }
    }
}

/// A line without `[edit]` at its end.
fn without_edit(line: &str) -> &str {
    let trimmed = line.trim_end();
    let Some(start) = trimmed.strip_suffix(']').and_then(|it| it.rfind('[')) else {
        return line;
    };
    let inner = trimmed.get(start + 1..trimmed.len() - 1);
    let inner = inner.unwrap_or_default().trim().to_lowercase();
    let before = trimmed.get(..start).unwrap_or_default();
    // A sentence may end with a word in brackets; a heading has no full stop.
    let is_heading = !before.trim_end().ends_with(['.', ',', ';', ':']);
    if is_heading && EDIT.contains(&inner.as_str()) {
        before.trim_end()
    } else {
        line
    }
}

/// The label in brackets with which a text begins, perhaps escaped, and the length of both in bytes.
fn bracketed(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.bytes().take(40).position(|byte| byte == b']')?;
    Some((inner.get(..end)?.trim_end_matches('\\'), end + 2))
}

fn is_number(label: &str) -> bool {
    (1..=3).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_letters(label: &str) -> bool {
    (1..=2).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn ends_clause(letter: char) -> bool {
    ".,;:!?)\"”’»%。、".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let marks = Marks::of(text);
        let lines = (1..).zip(text.lines());
        let lines = lines.filter(|(number, _)| !marks.is_comment(*number));
        let lines: Vec<_> = lines.map(|(_, line)| marks.strip(line)).collect();
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn marks_of_wikipedia() {
        check(
            "History[edit]\nBuilt in 1850.[1][2] Closed, too.[3] It burned[4] down.[citation needed]",
            "History\nBuilt in 1850. Closed, too. It burned down.",
        );
        check("Name [Bearbeiten | Quelltext bearbeiten]", "Name");
        check(
            "See list[0] and [1] and [edit] it.",
            "See list[0] and [1] and [edit] it.",
        );
        check(
            "Built.[7](#cite_note-7) Old.[8](http://x)",
            "Built. Old.[8](http://x)",
        );
    }

    #[test]
    fn comments_of_google_docs() {
        check(
            "The fee is 5 euros[a] a day.\nOption [b] is free.\n\n[a]Is it still 5?\n",
            "The fee is 5 euros a day.\nOption [b] is free.\n",
        );
        check("Take option[a]\n\nThe end.", "Take option[a]\n\nThe end.");
    }
}
