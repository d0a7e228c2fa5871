//! Plain text -> blocks: lines joined to paragraphs, lists kept, and what a page leaves around an
//! article told apart from it by [`page`].

use super::chunks::{Chunk, chunks};
use super::page::{self, Element, Shape};
use super::questions::is_question;
use pullquote_core::article::{LineRange, ParsedDocument};

/// Longest line of hard-wrapped text.
const MAX_WRAP: usize = 120;
/// Shortest first line of hard-wrapped text: below, every line stands for itself.
const MIN_WRAP: usize = 40;

/// Reads plain text that begins at byte `body` of the file.
pub(super) fn read(text: &str, body: usize) -> ParsedDocument {
    let mut elements = Vec::new();
    for chunk in chunks(text, body, |_| None) {
        split(&chunk, &mut elements);
    }
    page::sort_out(elements)
}

/// The elements of a chunk: one paragraph if its lines were wrapped, a list, or each line by itself.
fn split(chunk: &Chunk<'_>, elements: &mut Vec<Element>) {
    let mut add = |text: String, lines: LineRange, shape: Shape| {
        elements.push(Element { text, lines, shape });
    };
    // Questions above their answer, however the answer's lines are broken.
    let answered = chunk.lines.len().saturating_sub(1);
    let asked = chunk.lines.iter().take(answered);
    let asked = asked.take_while(|line| is_question(line)).count();
    for (at, question) in chunk.lines.iter().take(asked).enumerate() {
        add(question.trim().to_owned(), chunk.range(at, at), Shape::Line);
    }
    let chunk = &Chunk {
        lines: chunk.lines.iter().skip(asked).copied().collect(),
        first: chunk.first + asked as u32,
    };
    let lines = &chunk.lines;
    if let [title, line] = lines.as_slice()
        && is_underline(line)
    {
        return add(title.trim().to_owned(), chunk.all(), Shape::Heading);
    }
    let joined = |separator: &str| {
        let trimmed: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
        trimmed.join(separator)
    };
    if lines.len() > 1 && lines.iter().all(|line| is_item(line)) {
        return add(joined("\n"), chunk.all(), Shape::List);
    }
    if lines.len() > 1 && is_wrapped(lines) {
        return add(joined(" "), chunk.all(), Shape::Paragraph);
    }
    for (at, line) in lines.iter().enumerate() {
        let marker = is_underline(line) && at > 0;
        if !marker {
            add(line.trim().to_owned(), chunk.range(at, at), Shape::Line);
        }
    }
}

/// Whether line ends are only where the page was full: lines of much the same length, the last one
/// apart.
fn is_wrapped(lines: &[&str]) -> bool {
    let length = |line: &&str| line.trim().chars().count();
    let Some((last, full)) = lines.split_last() else {
        return false;
    };
    let longest = full.iter().map(length).max().unwrap_or(0);
    let even = full
        .iter()
        .filter(|line| length(line) * 10 >= longest * 6)
        .count();
    let repeats = lines
        .windows(2)
        .any(|pair| pair[0].trim() == pair[1].trim());
    (MIN_WRAP..=MAX_WRAP).contains(&longest)
        && length(last) <= longest + 10
        && even * 3 >= full.len() * 2
        && !repeats
        && !lines.iter().all(|line| ends_sentence(line))
}

pub(super) fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']);
    line.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', '।', '؟'])
}

/// `- item`, `• item`, `3. item`, `b) item`.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix(['-', '*', '•', '–', '·', '‣', '▪', '○', '●'])
    {
        return rest.starts_with(char::is_whitespace);
    }
    let marker: String = line
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let rest = line.get(marker.len()..).unwrap_or_default();
    let numbered = marker.bytes().all(|byte| byte.is_ascii_digit()) || marker.len() == 1;
    (1..=3).contains(&marker.len())
        && numbered
        && (rest.starts_with(". ") || rest.starts_with(") "))
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && ["=", "-", "~", "*", "_"]
            .iter()
            .any(|mark| line.replace(mark, "").is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_questions_without_an_answer_between() {
        let page = "Page\n\n".to_owned() + &"Is this a question?\n".repeat(10_000) + "No.\n";
        let reading = read(&page, 0);
        let last = reading.blocks.last().unwrap();
        assert_eq!((last.text.as_str(), last.lines.first), ("No.", 10_003));
    }
}
