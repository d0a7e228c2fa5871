//! Rows of a table file: each is an entry under the heads of the columns, or a question with its answer.

use crate::questions;
use pullquote_core::article::{Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};

/// The number of a row, and its cells.
pub(crate) type Row = (u32, Vec<String>);
/// Columns that are read, at most. No table that people write has text further to the right.
pub(crate) const MAX_COLUMNS: usize = 500;
/// Longest head of a column, in characters. A first row with longer cells has no heads.
const MAX_HEAD: usize = 80;

/// Text of a table, at most, in bytes: a short file can repeat long heads in each row.
const MAX_TEXT: usize = 50_000_000;

/// The result for a table with more text than is read.
pub(crate) fn too_large() -> ParsedDocument {
    ParsedDocument::failed("the table has more than 50 MB of text: split it into several files")
}

/// The blocks of a table; `None` if it is too large. Each row comes with its number.
pub(crate) fn blocks(rows: impl IntoIterator<Item = Row>) -> Option<Vec<Block>> {
    let rows = rows.into_iter().map(|(number, cells)| {
        let cells = cells.iter().map(|cell| tidied(cell));
        (number, cells.collect::<Vec<String>>())
    });
    let mut rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let Some((first, heads)) = rows.next() else {
        return Some(Vec::new());
    };
    let mut blocks = Vec::new();
    let filled = heads.iter().filter(|head| !head.is_empty());
    let short = heads.iter().all(|head| head.chars().count() <= MAX_HEAD);
    if filled.count() < 2 || !short {
        let all = std::iter::once((first, heads)).chain(rows);
        for (number, cells) in all {
            for cell in cells.iter().filter(|cell| !cell.is_empty()) {
                blocks.push(block(ParagraphKind::Body, cell.clone(), number));
            }
        }
        return Some(blocks);
    }
    let asked = questions::columns(heads.iter().map(String::as_str));
    let mut length = 0;
    for (number, cells) in rows {
        let first_new = blocks.len();
        let cell = |at: usize| cells.get(at).map_or("", String::as_str);
        match asked {
            Some((question, answer)) if !cell(question).is_empty() && !cell(answer).is_empty() => {
                let question = cell(question).replace('\n', " ");
                blocks.push(block(ParagraphKind::Question, question, number));
                for part in cell(answer).split("\n\n") {
                    blocks.push(block(ParagraphKind::Body, part.replace('\n', " "), number));
                }
            }
            Some(_) => {}
            None => {
                if let Some(text) = entry(&heads, &cells) {
                    blocks.push(block(ParagraphKind::List, text, number));
                }
            }
        }
        let added = blocks.iter().skip(first_new);
        length += added.map(|block| block.text.len()).sum::<usize>();
        if length > MAX_TEXT {
            return None;
        }
    }
    Some(blocks)
}

/// A row as a line per cell, each with the head of its column.
fn entry(heads: &[String], cells: &[String]) -> Option<String> {
    let lines = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty());
    let lines = lines.map(|(at, cell)| {
        let cell = cell.replace('\n', " ");
        match heads.get(at).filter(|head| !head.is_empty()) {
            Some(head) => format!("{}: {cell}", head.trim_end_matches(':')),
            None => cell,
        }
    });
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// A cell without space at the ends of its lines.
fn tidied(cell: &str) -> String {
    let shown = cell.replace(|it: char| it.is_control() && it != '\n', " ");
    let lines: Vec<&str> = shown.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}

fn block(kind: ParagraphKind, text: String, number: u32) -> Block {
    Block {
        kind: BlockKind::Paragraph(kind),
        text,
        lines: LineRange {
            first: number,
            last: number,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the blocks of rows, whose cells are separated by `|`.
    fn check(rows: &[&str], expected: &[&str]) {
        let rows = rows
            .iter()
            .map(|row| row.split('|').map(str::to_owned).collect());
        let found: Vec<String> = blocks((1..).zip(rows))
            .unwrap()
            .iter()
            .map(|block| format!("{} {}", block.lines.first, block.text.replace('\n', "/")))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn rows_are_entries_or_questions() {
        check(
            &["Stop|Fare:|", "", "Quay|2 euros|x", "Isle||"],
            &["3 Stop: Quay/Fare: 2 euros/x", "4 Stop: Isle"],
        );
        check(
            &[
                "No.|Question|Answer",
                "1|Is it\nfree?|Yes.\n\nOn Sundays.",
                "2|Far?|",
            ],
            &["2 Is it free?", "2 Yes.", "2 On Sundays."],
        );
        check(
            &["Only one column", "of text"],
            &["1 Only one column", "2 of text"],
        );
        check(&[""], &[]);
    }

    #[test]
    fn repeated_heads_are_bounded() {
        let wide = |cell: &str| vec![cell.to_owned(); 100];
        let head = std::iter::once((1, wide(&"x".repeat(MAX_HEAD))));
        let rows = (2..7_000).map(|number| (number, wide("a")));
        assert_eq!(blocks(head.chain(rows)), None);
    }
}
