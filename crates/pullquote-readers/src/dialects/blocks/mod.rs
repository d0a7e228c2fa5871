//! Goes through a Markdown file line by line, and finds where pieces, code, HTML and asides begin and end.
//!
//! - `skipped`: lines that are left out
//! - `code`: code blocks, formulas, and boxes in the form of a code block
//! - `html`: lines of HTML
//! - `aside_lines`: lines that begin or end an aside; `asides`: the asides that are open
//! - `text`: all other lines, with the tags in them; `pieces`: the pieces that lines become
//! - `numbered`: the numbers of list items

mod aside_lines;
mod asides;
mod code;
mod html;
mod numbered;
mod pieces;
mod skipped;
mod text;

use super::footnotes::Footnotes;
use super::inline::Context;
use super::marks::Marks;
use super::{Piece, Split, tags, templates};
use crate::line::indent;
use asides::Aside;
use code::is_fence;
use std::collections::HashSet;

/// Spaces before a quote in `CommonMark`, at most.
const MAX_QUOTE_INDENT: usize = 3;

pub(super) struct Splitter<'a> {
    /// All lines of the file.
    lines: Vec<&'a str>,
    /// Index of the next line.
    at: usize,
    context: Context<'a>,
    /// Names of the template tags that have an end tag.
    closed: HashSet<&'a str>,
    /// Ends of regions that do not occur in the rest of the file, so that they are searched for once only.
    unclosed: HashSet<String>,
    split: Split,
    /// The piece that the next line continues.
    open: Option<Piece>,
    /// The open asides, the innermost last.
    asides: Vec<Aside>,
    /// The last heading outside all asides, with its markup.
    heading: String,
    /// The summary of a section, from `<summary>` on.
    summary: Option<(u32, String)>,
    /// What is to stand in front of the first line of the innermost aside.
    label: Option<String>,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(text: &'a str, body: usize) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let skipped = text.get(..body);
        let notes = Footnotes::of(&lines);
        let context = Context {
            components: tags::components(text),
            notes,
            marks: Marks::of(text),
            has_formulas: true,
        };
        Self {
            at: skipped.map_or(0, |it| it.matches('\n').count()),
            lines,
            context,
            closed: templates::closed(text),
            unclosed: HashSet::new(),
            split: Split::default(),
            open: None,
            asides: Vec::new(),
            heading: String::new(),
            summary: None,
            label: None,
        }
    }

    pub(super) fn without_formulas(mut self) -> Self {
        self.context.has_formulas = false;
        self
    }

    pub(super) fn run(mut self) -> Split {
        while self.at < self.lines.len() {
            self.step();
        }
        self.end_summary();
        self.close(0);
        numbered::count(&mut self.split.parts);
        self.split
    }

    fn number(&self) -> u32 {
        self.at as u32 + 1
    }

    /// Reads one or more lines.
    fn step(&mut self) {
        let Some(&line) = self.lines.get(self.at) else {
            return;
        };
        if line.trim().is_empty() {
            self.end_piece();
            self.end_summary();
            self.close_where(|aside| *aside == Aside::Quote);
            self.at += 1;
            return;
        }
        self.close_left_asides(line);
        let line = self.without_indent(line);
        let start = line.trim_start();
        // Below the item of a list, a quote may be indented further than `CommonMark` lets one be by itself.
        let line = match indent(line).checked_sub(MAX_QUOTE_INDENT) {
            Some(deeper) if self.open.is_none() && start.starts_with("> ") => {
                unindented(line, deeper)
            }
            _ => line,
        };
        let number = self.number();
        if self.context.notes.contains(self.at) {
            self.at += 1;
        } else if self.context.marks.is_comment(number) {
            self.drop(start, "comment");
            self.at += 1;
        } else if is_fence(start) {
            self.code(line);
        } else if start.starts_with("{% highlight") && self.closed.contains("highlight") {
            self.highlighted(start);
        } else if !self.formula() && !self.skipped(start) && !self.aside_line(line) {
            if start.starts_with('#') && self.asides.is_empty() {
                line.clone_into(&mut self.heading);
            }
            self.text_line(line);
        }
    }

    /// Index of the line that contains `end`: this one, behind its first two characters, or a later one.
    fn find(&mut self, end: &str) -> Option<usize> {
        if self.unclosed.contains(end) {
            return None;
        }
        let lines = self.lines.iter().enumerate().skip(self.at);
        let found = lines
            .map(|(at, line)| {
                (
                    at,
                    if at == self.at {
                        line.trim_start().get(2..).unwrap_or_default()
                    } else {
                        line
                    },
                )
            })
            .find(|(_, line)| line.contains(end));
        if found.is_none() {
            self.unclosed.insert(end.to_owned());
        }
        found.map(|(at, _)| at)
    }
}

/// The line without up to `count` characters of indentation.
fn unindented(line: &str, count: usize) -> &str {
    line.get(indent(line).min(count)..).unwrap_or(line)
}
