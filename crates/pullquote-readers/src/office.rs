//! Collects the paragraphs of an office file: headings, text, lists and tables, with links and notes in them. They are
//! counted, because such files have no lines.

use crate::dialects::{in_parentheses, is_short};
use pullquote_core::article::{
    Block, BlockKind, Dropped, LineRange, Mark, MarkKind, Numbering, ParagraphKind, ParsedDocument,
};
use pullquote_core::text::Span;
use std::collections::HashMap;

/// What an item of a list without numbers begins with.
const BULLET: &str = "- ";
/// Indentation of the items of a nested list, for each level, as in Markdown.
const NESTED: &str = "  ";
/// Levels that are indented. No list is nested deeper for its readers.
const DEEPEST: usize = 8;

/// Kind of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Title,
    Heading(u8),
    Item(Item),
}

/// What a list item begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Item {
    /// Lists that it is in, besides its own.
    pub(crate) level: usize,
    /// `None` for a bullet.
    pub(crate) number: Option<u32>,
    /// How the number is written.
    pub(crate) style: NumberStyle,
}

/// How the numbers of a list are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum NumberStyle {
    #[default]
    Decimal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
}

impl NumberStyle {
    fn shown(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::LowerLetter => letters(number),
            Self::UpperLetter => letters(number).to_uppercase(),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).to_uppercase(),
        }
    }
}

/// A number as office programs write it in letters: after `z` come `aa` and `bb`.
fn letters(number: u32) -> String {
    let at = number.saturating_sub(1);
    let letter = char::from_u32(u32::from(b'a') + at % 26).unwrap_or('a');
    // None of these has more than a few rounds of the alphabet.
    let count = (at / 26 + 1).min(8);
    std::iter::repeat_n(letter, count as usize).collect()
}

/// A number in Roman numerals; those that would be long stay as they are.
fn roman(number: u32) -> String {
    const NUMERALS: &[(u32, &str)] = &[
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if number >= 400 {
        return number.to_string();
    }
    let mut left = number;
    let mut shown = String::new();
    for (value, numeral) in NUMERALS {
        while left >= *value {
            shown.push_str(numeral);
            left -= value;
        }
    }
    shown
}

impl Item {
    fn marker(self) -> String {
        let indent = NESTED.repeat(self.level.min(DEEPEST));
        match self.number {
            Some(number) => format!("{indent}{}. ", self.style.shown(number)),
            None => format!("{indent}{BULLET}"),
        }
    }
}

/// Counts the items of numbered lists.
#[derive(Debug, Default)]
pub(crate) struct Counts(HashMap<String, Vec<u32>>);

impl Counts {
    /// The number of the next item of a list on a level. Lists inside the item begin again.
    pub(crate) fn next(&mut self, list: &str, level: usize) -> u32 {
        let levels = self.0.entry(list.to_owned()).or_default();
        let level = level.min(DEEPEST);
        levels.resize(level + 1, 0);
        levels[level] = levels[level].saturating_add(1);
        levels[level]
    }

    /// Begins a list again.
    pub(crate) fn restart(&mut self, list: &str) {
        self.0.remove(list);
    }
}

/// Text with marks.
#[derive(Debug, Default)]
struct Text {
    text: String,
    marks: Vec<Mark>,
}

impl Text {
    /// Appends text, with white space of any length as one space.
    fn push(&mut self, text: &str) {
        for letter in text.chars() {
            if !letter.is_whitespace() {
                if !letter.is_control() {
                    self.text.push(letter);
                }
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn end_line(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Appends another text behind a separator, which is left out at the start.
    fn append(&mut self, separator: &str, other: &Self) {
        if !self.text.is_empty() {
            self.text.push_str(separator);
        }
        self.append_directly(other);
    }

    fn append_directly(&mut self, other: &Self) {
        let whole = Span::whole(&other.text);
        let moved = Mark::moved(&other.marks, &other.text, whole, self.text.len());
        self.marks.extend(moved);
        self.text.push_str(&other.text);
    }

    /// The text behind a prefix.
    fn behind(&self, prefix: &str) -> Self {
        let mut text = Self {
            text: prefix.to_owned(),
            marks: Vec::new(),
        };
        text.append_directly(self);
        text
    }
}

/// An open paragraph.
#[derive(Debug)]
struct Open {
    kind: Kind,
    text: Text,
    /// Where in the text the open link begins, and its address.
    link: Option<(usize, String)>,
}

impl Open {
    fn end_link(&mut self) {
        let Some((start, address)) = self.link.take() else {
            return;
        };
        let text = &self.text.text;
        let span = Span::new(start, text.len()).trimmed(text);
        if !span.is_empty() {
            let kind = MarkKind::Link(address);
            self.text.marks.push(Mark { span, kind });
        }
    }
}

/// Collects paragraphs.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    blocks: Vec<Block>,
    dropped: Vec<Dropped>,
    /// Notes that are too long to be put into the text.
    notes: Vec<String>,
    /// Number of the last paragraph.
    number: u32,
    /// The open paragraphs: one in a text box is inside another.
    open: Vec<Open>,
    /// Finished rows of the open table.
    rows: Vec<Vec<Text>>,
    /// Open tables: those inside a cell are text of that cell.
    tables: usize,
    /// Number of the first paragraph of the open table.
    table_from: u32,
}

impl Paragraphs {
    pub(crate) fn start(&mut self, kind: Kind) {
        self.open.push(Open {
            kind,
            text: Text::default(),
            link: None,
        });
    }

    pub(crate) fn set_kind(&mut self, kind: Kind) {
        if let Some(open) = self.open.last_mut() {
            open.kind = kind;
        }
    }

    /// Makes the open paragraph a list item, unless it is a heading: those can be numbered too.
    pub(crate) fn set_item(&mut self, item: impl FnOnce() -> Item) {
        let open = self.open.last_mut();
        let is_item = |open: &&mut Open| matches!(open.kind, Kind::Text | Kind::Item(_));
        if let Some(open) = open.filter(is_item) {
            open.kind = Kind::Item(item());
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push(text);
        }
    }

    /// A line break that the author wants: kept in paragraphs, a space in headings, lists and tables, in which a line
    /// is an item or a row.
    pub(crate) fn line_break(&mut self) {
        let is_cell = self.tables > 0;
        match self.open.last_mut() {
            Some(open) if open.kind == Kind::Text && open.link.is_none() && !is_cell => {
                open.text.end_line();
            }
            _ => self.text(" "),
        }
    }

    /// Begins a link; without an address, its text has no mark.
    pub(crate) fn start_link(&mut self, address: Option<&str>) {
        if let Some(open) = self.open.last_mut() {
            open.end_link();
            let start = open.text.text.len();
            open.link = address.map(|address| (start, address.to_owned()));
        }
    }

    pub(crate) fn end_link(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.end_link();
        }
    }

    /// A footnote or endnote that is referred to here. As in Markdown, a short one is put into the text, and a long one
    /// becomes a paragraph: here behind all others.
    pub(crate) fn note(&mut self, note: &str) {
        let note = squeezed(note);
        if note.is_empty() {
            return;
        }
        if is_short(&note) {
            let open = self.open.last();
            let before = open.and_then(|open| open.text.text.trim_end().chars().next_back());
            self.text(&in_parentheses(&note, before));
        } else {
            self.notes.push(note);
        }
    }

    /// The text of the open paragraph, which is not one of the document: a note or a comment.
    pub(crate) fn take(&mut self) -> String {
        let open = self.open.pop();
        open.map_or_else(String::new, |open| open.text.text)
    }

    /// A comment on the text here, which is left out.
    pub(crate) fn comment(&mut self, comment: &str) {
        let text = squeezed(comment);
        if !text.is_empty() {
            let number = self.number + 1;
            self.dropped.push(Dropped {
                lines: range(number, number),
                text,
                reason: "comment".to_owned(),
            });
        }
    }

    pub(crate) fn end(&mut self) {
        let Some(mut open) = self.open.pop() else {
            return;
        };
        open.end_link();
        let Open { kind, mut text, .. } = open;
        text.text.truncate(text.text.trim_end().len());
        if text.text.is_empty() {
            return;
        }
        self.number += 1;
        if self.tables > 0 {
            if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
                cell.append(" ", &text);
            }
            return;
        }
        let number = self.number;
        let list = BlockKind::Paragraph(ParagraphKind::List);
        let begins = |item: Item| item.level == 0 && item.number == Some(1);
        let begins = matches!(kind, Kind::Item(item) if begins(item));
        let above = self.blocks.last_mut();
        let above =
            above.filter(|block| block.kind == list && block.lines.last + 1 == number && !begins);
        let (kind, text) = match kind {
            Kind::Text => (BlockKind::Paragraph(ParagraphKind::Body), text),
            Kind::Title => (BlockKind::Title, text),
            Kind::Heading(level) => (BlockKind::Heading(level.clamp(1, 6)), text),
            Kind::Item(item) => {
                let marker = item.marker();
                let marker = match &above {
                    Some(_) => marker.as_str(),
                    None => marker.trim_start(),
                };
                (list, text.behind(marker))
            }
        };
        if let Some(above) = above.filter(|_| kind == list) {
            let mut whole = Text {
                text: std::mem::take(&mut above.text),
                marks: std::mem::take(&mut above.marks),
            };
            whole.append("\n", &text);
            above.text = whole.text;
            above.marks = whole.marks;
            above.lines.last = number;
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
            row.push(Text::default());
        }
    }

    /// Removes an empty last cell, where a cell was started behind each.
    pub(crate) fn end_row(&mut self) {
        if let Some(row) = self.rows.last_mut().filter(|_| self.tables == 1) {
            row.pop_if(|cell| cell.text.is_empty());
        }
    }

    pub(crate) fn end_table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables > 0 {
            return;
        }
        let mut rows = std::mem::take(&mut self.rows);
        rows.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
        // A table of one cell is a frame around text.
        let is_frame = rows.len() == 1 && rows[0].len() == 1;
        let kind = if is_frame {
            ParagraphKind::Body
        } else {
            ParagraphKind::Table
        };
        let mut table = Text::default();
        for row in rows {
            let mut cells = row.into_iter();
            let mut line = cells.next().unwrap_or_default();
            for cell in cells {
                line.append_directly(&cell.behind(" | "));
            }
            table.append("\n", &line);
        }
        if !table.text.is_empty() {
            self.push(BlockKind::Paragraph(kind), table, self.table_from);
        }
    }

    fn push(&mut self, kind: BlockKind, text: Text, first: u32) {
        self.blocks.push(Block {
            marks: text.marks,
            ..Block::new(kind, text.text, range(first, self.number.max(first)))
        });
    }

    /// The document. Without a title, the first heading of the first level is it. A list of one item is text.
    pub(crate) fn finish(mut self) -> ParsedDocument {
        let has_title = self
            .blocks
            .iter()
            .any(|block| block.kind == BlockKind::Title);
        let first = |block: &&mut Block| block.kind == BlockKind::Heading(1);
        if let Some(heading) = self.blocks.iter_mut().find(first).filter(|_| !has_title) {
            heading.kind = BlockKind::Title;
        }
        let list = BlockKind::Paragraph(ParagraphKind::List);
        let body = BlockKind::Paragraph(ParagraphKind::Body);
        for block in &mut self.blocks {
            if block.kind == list && !block.text.contains('\n') {
                block.kind = body;
                // A number stays: it may be a step.
                let bare = block.text.strip_prefix(BULLET);
                let bare = bare.unwrap_or(&block.text);
                let item = Span::new(block.text.len() - bare.len(), block.text.len());
                block.marks = Mark::moved(&block.marks, &block.text, item, 0).collect();
                block.text.drain(..item.start as usize);
            }
        }
        for text in std::mem::take(&mut self.notes) {
            self.number += 1;
            let marks = Vec::new();
            self.push(body, Text { text, marks }, self.number);
        }
        ParsedDocument {
            blocks: self.blocks,
            dropped: self.dropped,
            numbering: Numbering::Paragraphs,
            ..ParsedDocument::default()
        }
    }
}

fn range(first: u32, last: u32) -> LineRange {
    LineRange { first, last }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::NumberStyle;

    #[test]
    fn numbers_are_written_as_office_programs_do() {
        let shown = |style: NumberStyle| {
            [1, 4, 9, 26, 28]
                .map(|number| style.shown(number))
                .join(" ")
        };
        assert_eq!(shown(NumberStyle::Decimal), "1 4 9 26 28");
        assert_eq!(shown(NumberStyle::LowerLetter), "a d i z bb");
        assert_eq!(shown(NumberStyle::UpperRoman), "I IV IX XXVI XXVIII");
        assert_eq!(NumberStyle::LowerRoman.shown(2026), "2026");
    }
}
