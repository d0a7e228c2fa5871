//! Rows of a table file: each is an entry under the heads of the columns, or a question with its answer.

use crate::questions;
use pullquote_core::article::{
    Block, BlockKind, LineRange, Mark, MarkKind, ParagraphKind, ParsedDocument,
};
use pullquote_core::text::Span;

/// The number of a row, and its cells.
pub(crate) type Row = (u32, Vec<Cell>);

/// A cell of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// The address that the whole cell leads to.
    pub(crate) link: Option<String>,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            link: None,
        }
    }
}

impl Cell {
    /// The cell without space at the ends of its lines.
    fn tidied(self) -> Self {
        let shown = self
            .text
            .replace(|it: char| it.is_control() && it != '\n', " ");
        let lines: Vec<&str> = shown.lines().map(str::trim).collect();
        let text = lines.join("\n").trim().to_owned();
        Self { text, ..self }
    }

    /// The link as a mark on a text that is the cell's, or a part of it.
    fn mark(&self, span: Span) -> Option<Mark> {
        let link = self.link.clone()?;
        let kind = MarkKind::Link(link);
        (!span.is_empty()).then_some(Mark { span, kind })
    }
}

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
        let cells = cells.into_iter().map(Cell::tidied);
        (number, cells.collect::<Vec<Cell>>())
    });
    let mut rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.text.is_empty()));
    let Some((first, heads)) = rows.next() else {
        return Some(Vec::new());
    };
    let mut blocks = Vec::new();
    let filled = heads.iter().filter(|head| !head.text.is_empty());
    let short = heads
        .iter()
        .all(|head| head.text.chars().count() <= MAX_HEAD);
    if filled.count() < 2 || !short {
        let all = std::iter::once((first, heads)).chain(rows);
        for (number, cells) in all {
            for cell in cells.iter().filter(|cell| !cell.text.is_empty()) {
                blocks.push(block(ParagraphKind::Body, cell, cell.text.clone(), number));
            }
        }
        return Some(blocks);
    }
    let asked = questions::columns(heads.iter().map(|head| head.text.as_str()));
    let mut length = 0;
    for (number, cells) in rows {
        let first_new = blocks.len();
        let cell = |at: usize| cells.get(at).filter(|cell| !cell.text.is_empty());
        if let Some((question, answer)) = asked {
            if let (Some(question), Some(answer)) = (cell(question), cell(answer)) {
                let text = question.text.replace('\n', " ");
                blocks.push(block(ParagraphKind::Question, question, text, number));
                for part in answer.text.split("\n\n") {
                    let text = part.replace('\n', " ");
                    blocks.push(block(ParagraphKind::Body, answer, text, number));
                }
            }
        } else {
            let name = name(&cells);
            let name = name.map(|name| Block::new(BlockKind::Heading(6), name, range(number)));
            blocks.extend(name.into_iter().chain(entry(&heads, &cells, number)));
        }
        let added = blocks.iter().skip(first_new);
        length += added.map(|block| block.text.len()).sum::<usize>();
        if length > MAX_TEXT {
            return None;
        }
    }
    Some(blocks)
}

/// What a row is about: its first cell with a word, if that is short. Numbers and dates come before the name in many tables.
fn name(cells: &[Cell]) -> Option<String> {
    let mut names = cells.iter().map(|cell| cell.text.as_str());
    let name = names.find(|text| text.contains(char::is_alphabetic))?;
    (name.chars().count() <= MAX_HEAD).then(|| name.replace('\n', " "))
}

/// A row as a line per cell, each with the head of its column.
fn entry(heads: &[Cell], cells: &[Cell], number: u32) -> Option<Block> {
    let mut text = String::new();
    let mut marks = Vec::new();
    let filled = cells.iter().enumerate();
    for (at, cell) in filled.filter(|(_, cell)| !cell.text.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        let head = heads.get(at).filter(|head| !head.text.is_empty());
        if let Some(head) = head {
            text.push_str(head.text.trim_end_matches(':'));
            text.push_str(": ");
        }
        let start = text.len();
        text.push_str(&cell.text.replace('\n', " "));
        marks.extend(cell.mark(Span::new(start, text.len())));
    }
    let kind = BlockKind::Paragraph(ParagraphKind::List);
    (!text.is_empty()).then(|| Block {
        marks,
        ..Block::new(kind, text, range(number))
    })
}

/// A paragraph with a cell's text, or a part of it.
fn block(kind: ParagraphKind, cell: &Cell, text: String, number: u32) -> Block {
    let marks = cell.mark(Span::whole(&text)).into_iter().collect();
    Block {
        marks,
        ..Block::new(BlockKind::Paragraph(kind), text, range(number))
    }
}

fn range(number: u32) -> LineRange {
    LineRange {
        first: number,
        last: number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the blocks of rows, whose cells are separated by `|`.
    fn check(rows: &[&str], expected: &[&str]) {
        let rows = rows
            .iter()
            .map(|row| row.split('|').map(Cell::from).collect());
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
            &[
                "3 Quay",
                "3 Stop: Quay/Fare: 2 euros/x",
                "4 Isle",
                "4 Stop: Isle",
            ],
        );
        check(
            &["No.|Note", "1|2", &format!("2|{}", "long ".repeat(17))],
            &[
                "2 No.: 1/Note: 2",
                &format!("3 No.: 2/Note: {}", "long ".repeat(17).trim()),
            ],
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
    fn links_of_cells() {
        let linked = |text: &str| Cell {
            link: Some("https://a.example/".to_owned()),
            ..Cell::from(text)
        };
        let check = |rows: [Vec<Cell>; 2], expected: &[&str]| {
            let blocks = blocks((1..).zip(rows)).unwrap();
            let marks = blocks.iter().flat_map(|block| {
                let marks = block.marks.iter();
                marks.map(|mark| mark.span.of(&block.text))
            });
            assert_eq!(marks.collect::<Vec<_>>(), expected);
        };
        let heads = |all: [&str; 2]| all.map(Cell::from).to_vec();
        check(
            [
                heads(["Stop", "Fares:"]),
                vec![" Quay".into(), linked(" see\nhere ")],
            ],
            &["see here"],
        );
        check(
            [
                heads(["Question", "Answer"]),
                vec!["Far?".into(), linked("No.\n\nOr yes.")],
            ],
            &["No.", "Or yes."],
        );
        check(
            [vec![linked("One column")], vec![linked(" ")]],
            &["One column"],
        );
    }

    #[test]
    fn repeated_heads_are_bounded() {
        let wide = |cell: &str| vec![Cell::from(cell); 100];
        let head = std::iter::once((1, wide(&"x".repeat(MAX_HEAD))));
        let rows = (2..7_000).map(|number| (number, wide("a")));
        assert_eq!(blocks(head.chain(rows)), None);
    }
}
