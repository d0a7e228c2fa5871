//! The pieces that lines of text become, and the label that stands in front of the first line of a box.

use super::Splitter;
use crate::dialects::inline::{self, LeftOut};
use crate::dialects::{Part, Piece, admonitions};

impl Splitter<'_> {
    /// Adds a line of Markdown, without marks of dialects.
    pub(super) fn push_text(&mut self, text: &str) {
        let mut left_out = LeftOut::default();
        let text = inline::rewrite(text, &mut self.context, &mut left_out);
        for name in left_out.components {
            *self.split.components.entry(name).or_default() += 1;
        }
        for (text, reason) in left_out.other {
            self.drop(&text, reason);
        }
        if text.trim().is_empty() {
            self.end_piece();
        } else {
            self.push(text);
        }
    }

    pub(super) fn push(&mut self, text: String) {
        let number = self.number();
        let text = self.labelled(text);
        match &mut self.open {
            Some(piece) => piece.push(number, text),
            None => self.open = Some(Piece::new(number, text)),
        }
    }

    /// A line, with the label of its box if it is the first one.
    pub(super) fn labelled(&mut self, text: String) -> String {
        let label = self.label.as_deref();
        if let Some(labelled) = label.and_then(|label| admonitions::labelled(label, &text)) {
            self.label = None;
            return labelled;
        }
        if !text.trim_matches(['>', ' ']).is_empty() {
            self.end_label();
        }
        text
    }

    /// The label of a box that begins with something else than a paragraph becomes one of its own.
    pub(super) fn end_label(&mut self) {
        if let Some(label) = self.label.take() {
            let number = self.number().min(self.lines.len() as u32);
            let piece = Piece::new(number, format!("**{label}:**"));
            self.split.parts.push(Part::Text(piece));
        }
    }

    pub(super) fn end_piece(&mut self) {
        self.split.parts.extend(self.open.take().map(Part::Text));
    }
}
