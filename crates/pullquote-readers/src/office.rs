//! Collects the paragraphs of an office file: headings, text, lists and tables. Their numbers stand for line numbers,
//! which such files do not have.

use pullquote_core::article::{Block, BlockKind, LineRange, ParagraphKind};

/// Kind of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Title,
    Heading(u8),
    Item,
}

/// Collects paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    blocks: Vec<Block>,
    /// Number of the last paragraph.
    number: u32,
    /// Texts and kinds of the open paragraphs: one in a text box is inside another.
    open: Vec<(String, Kind)>,
    /// Finished rows of the open table.
    rows: Vec<Vec<String>>,
    /// Open tables: those inside a cell are text of that cell.
    tables: usize,
    /// Number of the first paragraph of the open table.
    table_from: u32,
}

impl Paragraphs {
    pub(crate) fn start(&mut self, kind: Kind) {
        self.open.push((String::new(), kind));
    }

    pub(crate) fn set_kind(&mut self, kind: Kind) {
        if let Some((_, open)) = self.open.last_mut() {
            *open = kind;
        }
    }

    /// Makes the open paragraph a list item, unless it is a heading: those can be numbered too.
    pub(crate) fn set_item(&mut self) {
        if let Some((_, kind @ Kind::Text)) = self.open.last_mut() {
            *kind = Kind::Item;
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        if let Some((open, _)) = self.open.last_mut() {
            let shown = |letter: &char| !letter.is_control() || letter.is_whitespace();
            open.extend(text.chars().filter(shown));
        }
    }

    pub(crate) fn end(&mut self) {
        let Some((text, kind)) = self.open.pop() else {
            return;
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return;
        }
        self.number += 1;
        if self.tables > 0 {
            if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
                if !cell.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&text);
            }
            return;
        }
        let number = self.number;
        let (kind, text) = match kind {
            Kind::Text => (BlockKind::Paragraph(ParagraphKind::Body), text),
            Kind::Title => (BlockKind::Title, text),
            Kind::Heading(level) => (BlockKind::Heading(level.clamp(1, 6)), text),
            Kind::Item => (
                BlockKind::Paragraph(ParagraphKind::List),
                format!("- {text}"),
            ),
        };
        let list = BlockKind::Paragraph(ParagraphKind::List);
        if let Some(last) = self.blocks.last_mut()
            && kind == list
            && last.kind == list
            && last.lines.last + 1 == number
        {
            last.text.push('\n');
            last.text.push_str(&text);
            last.lines.last = number;
            return;
        }
        self.push(kind, text, number);
    }

    pub(crate) fn start_table(&mut self) {
        self.tables += 1;
        if self.tables == 1 {
            self.table_from = self.number + 1;
        }
    }

    pub(crate) fn start_row(&mut self) {
        if self.tables == 1 {
            self.rows.push(Vec::new());
        }
    }

    pub(crate) fn start_cell(&mut self) {
        if self.tables == 1
            && let Some(row) = self.rows.last_mut()
        {
            row.push(String::new());
        }
    }

    /// Removes an empty last cell, where a cell was started behind each.
    pub(crate) fn end_row(&mut self) {
        if let Some(row) = self.rows.last_mut().filter(|_| self.tables == 1) {
            row.pop_if(|cell| cell.is_empty());
        }
    }

    pub(crate) fn end_table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables > 0 {
            return;
        }
        let rows = std::mem::take(&mut self.rows);
        let filled = rows
            .iter()
            .filter(|row| row.iter().any(|cell| !cell.is_empty()));
        let rows: Vec<String> = filled.map(|row| row.join(" | ")).collect();
        // A table of one cell is a frame around text.
        let is_frame = rows.len() == 1 && !rows[0].contains(" | ");
        let kind = if is_frame {
            ParagraphKind::Body
        } else {
            ParagraphKind::Table
        };
        if !rows.is_empty() {
            self.push(BlockKind::Paragraph(kind), rows.join("\n"), self.table_from);
        }
    }

    fn push(&mut self, kind: BlockKind, text: String, first: u32) {
        let lines = LineRange {
            first,
            last: self.number.max(first),
        };
        self.blocks.push(Block { kind, text, lines });
    }

    /// The blocks. Without a title, the first heading of the first level is it. A list of one item is text.
    pub(crate) fn finish(mut self) -> Vec<Block> {
        let has_title = self
            .blocks
            .iter()
            .any(|block| block.kind == BlockKind::Title);
        let first = |block: &&mut Block| block.kind == BlockKind::Heading(1);
        if let Some(heading) = self.blocks.iter_mut().find(first).filter(|_| !has_title) {
            heading.kind = BlockKind::Title;
        }
        let list = BlockKind::Paragraph(ParagraphKind::List);
        for block in &mut self.blocks {
            if block.kind == list && !block.text.contains('\n') {
                block.kind = BlockKind::Paragraph(ParagraphKind::Body);
                block.text.drain(..2);
            }
        }
        self.blocks
    }
}
