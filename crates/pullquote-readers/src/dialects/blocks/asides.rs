//! The asides that are open: how they begin, what their headings are, and when they end.

use super::{Splitter, unindented};
use crate::dialects::inline::{self, LeftOut};
use crate::dialects::{Part, Piece, admonitions};
use crate::line::indent;

/// Asides inside each other, at most. Deeper ones are read as if they were not there.
const MAX_DEPTH: usize = 32;
/// Longest heading that is repeated in the headings of boxes below it, in bytes.
const MAX_SECTION: usize = 120;

/// What an open aside was opened by, which says how it ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// Indentation of the opening, and of its content once it is known.
    Indented(usize, Option<usize>),
    /// Tabs of `MkDocs` behind each other, with this indentation.
    Tabs(usize),
    Colons(usize),
    Quote,
    /// Name of the element or component.
    Tag(String),
    /// Name of the template tag.
    Template(String),
    /// A definition below its term.
    Definition,
}

impl<'a> Splitter<'a> {
    pub(super) fn begin(&mut self, aside: Aside, title: Option<&str>, label: Option<String>) {
        self.end_piece();
        self.end_label();
        if aside == Aside::Quote {
            self.close_where(|open| *open == Aside::Quote);
        }
        if self.asides.len() >= MAX_DEPTH {
            return;
        }
        let number = self.number();
        self.split.parts.push(Part::AsideStart(number));
        self.asides.push(aside);
        match title {
            Some(title) => self.title(number, title),
            None => self.label = label,
        }
    }

    /// Begins a tab. Its label is a paragraph of the section that it is in.
    pub(super) fn begin_tab(&mut self, aside: Aside, label: Option<&str>) {
        self.begin(aside, None, None);
        let label = label.unwrap_or_default().trim_matches(['*', ' ']);
        if !label.is_empty() {
            self.push_text(&format!("**{label}**"));
            self.end_piece();
        }
    }

    /// Adds the heading of an aside. It names the section that the aside is in, unless it is a question.
    pub(super) fn title(&mut self, number: u32, title: &str) {
        let mut left_out = LeftOut::default();
        let mut read = |text: &str| inline::rewrite(text, &mut self.context, &mut left_out);
        let (heading, title) = (read(&self.heading), read(title));
        let section = heading.trim_start_matches('#').trim();
        let level = heading.len() - heading.trim_start_matches('#').len();
        // Many tabs below one heading must not repeat a long text.
        let alone =
            level < 2 || section.len() > MAX_SECTION || title.trim_end().ends_with(['?', '？']);
        let title = if alone {
            format!("#### {}", title.trim())
        } else {
            format!("#### {section} › {}", title.trim())
        };
        let heading = Piece::new(number, title);
        self.split.parts.push(Part::Text(heading));
    }

    /// Closes the asides from this one on.
    pub(super) fn close(&mut self, from: usize) {
        self.end_piece();
        self.label = None;
        let last = self.at.max(1) as u32;
        for _ in self.asides.drain(from..) {
            self.split.parts.push(Part::AsideEnd(last));
        }
    }

    /// Closes the outermost aside of a kind, and all in it.
    pub(super) fn close_where(&mut self, is_kind: impl Fn(&Aside) -> bool) {
        if let Some(from) = self.asides.iter().position(is_kind) {
            self.close(from);
        }
    }

    /// Closes the innermost aside of a kind, and all in it.
    pub(super) fn close_last(&mut self, is_kind: impl Fn(&Aside) -> bool) {
        if let Some(from) = self.asides.iter().rposition(is_kind) {
            self.close(from);
        }
    }

    /// Closes the asides to which a line no longer belongs.
    pub(super) fn close_left_asides(&mut self, line: &str) {
        let indent = indent(line);
        let begins_tab = || admonitions::opening(line.trim()).is_some_and(|it| it.is_tab);
        let continues_definition = indent > 0 || line.starts_with(':') || self.open.is_some();
        self.close_where(|aside| match aside {
            Aside::Indented(outside, _) => indent <= *outside,
            Aside::Tabs(outside) => indent < *outside || indent == *outside && !begins_tab(),
            Aside::Quote => !line.trim_start().starts_with('>'),
            Aside::Definition => !continues_definition,
            _ => false,
        });
    }

    /// The line without the indentation of the asides around it.
    pub(super) fn without_indent(&mut self, line: &'a str) -> &'a str {
        let indented = self.asides.iter_mut().rev().find_map(|aside| match aside {
            Aside::Indented(_, inside) => Some(inside),
            _ => None,
        });
        let Some(inside) = indented else {
            return line;
        };
        let inside = *inside.get_or_insert_with(|| indent(line));
        unindented(line, inside)
    }
}
