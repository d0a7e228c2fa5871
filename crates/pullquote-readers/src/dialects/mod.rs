//! Dialects of Markdown. [`split`] splits a file into parts: pieces of plain `CommonMark`, code, HTML, and asides, which
//! are the boxes, tabs and sections that documentation tools and note-taking programs add to Markdown.
//!
//! What only steers such a tool is removed: imports and components of MDX, template tags, attributes, embeds. The text
//! between them is kept. Each construct is recognized by itself, so nobody has to say which tool a file is for.

mod admonitions;
mod attributes;
mod blocks;
mod footnotes;
mod formulas;
mod inline;
mod marks;
mod tags;
mod templates;

pub(crate) use admonitions::{is_tab, is_tab_set, label};
pub(crate) use footnotes::{in_parentheses, is_short};
pub(crate) use marks::Marks;
pub(crate) use tags::attribute;

use pullquote_core::article::{Dropped, LineRange};
use std::collections::BTreeMap;

/// A part of a Markdown file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    /// Adjacent lines of `CommonMark`.
    Text(Piece),
    /// A code block, without its fences, and its language.
    Code(Piece, Option<String>),
    /// Lines of HTML that begin with a block-level element.
    Html(Piece),
    /// An aside begins at this line.
    AsideStart(u32),
    /// The innermost aside ends at this line.
    AsideEnd(u32),
}

/// Adjacent lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Each line with its number in the file, from 1. One line of the file may have become several.
    pub(crate) lines: Vec<(u32, String)>,
    /// The lines of the file that the piece was made of.
    pub(crate) range: LineRange,
}

impl Piece {
    pub(crate) fn new(number: u32, line: String) -> Self {
        Self {
            lines: vec![(number, line)],
            range: line_range(number, number),
        }
    }

    pub(crate) fn push(&mut self, number: u32, line: String) {
        self.lines.push((number, line));
        self.range.last = number;
    }

    /// The lines, each ended by a line break.
    pub(crate) fn text(&self) -> String {
        let lines = self.lines.iter();
        lines.flat_map(|(_, line)| [line.as_str(), "\n"]).collect()
    }
}

/// A Markdown file in its parts.
#[derive(Debug, Default)]
pub(crate) struct Split {
    pub(crate) parts: Vec<Part>,
    pub(crate) dropped: Vec<Dropped>,
    /// The components of MDX without text between their tags, and how often each occurs.
    pub(crate) components: BTreeMap<String, usize>,
}

/// Splits the Markdown that begins at byte offset `body`.
pub(crate) fn split(text: &str, body: usize) -> Split {
    blocks::Splitter::new(text, body).run()
}

/// Splits Markdown that was converted from HTML: all of its punctuation is escaped, in formulas too.
pub(crate) fn split_converted(text: &str) -> Split {
    blocks::Splitter::new(text, 0).without_formulas().run()
}

/// How far a short mark reaches. A longer search would cost time quadratic in the length of the text.
const REACH: usize = 400;

/// The start of a text, in which a short mark must end.
fn start(text: &str) -> &str {
    text.get(..text.floor_char_boundary(REACH)).unwrap_or(text)
}

/// The end of a text, in which a short mark must begin.
fn end(text: &str) -> &str {
    let from = text.len().saturating_sub(REACH);
    text.get(text.ceil_char_boundary(from)..).unwrap_or(text)
}

fn line_range(first: u32, last: u32) -> LineRange {
    LineRange { first, last }
}
