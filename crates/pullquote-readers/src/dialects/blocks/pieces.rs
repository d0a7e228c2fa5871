//! The pieces that lines of text become, and the label that stands in front of the first line of a box.

use super::Splitter;
use crate::dialects::inline::{self, LeftOut};
use crate::dialects::{Part, Piece, admonitions};

/// What Discord shows small.
const SUBTEXT: &str = "-# ";
/// What keeps a line break in `CommonMark`.
const BREAK: &str = "  ";

/// Whether a line begins with a sign that people write in front of items, and that is none for `CommonMark`: `• one`, `1️⃣ one`.
fn is_sign(line: &str) -> bool {
    const SIGNS: &[char] = &[
        '•', '‣', '◦', '▪', '●', '○', '➤', '➜', '▸', '►', '▶', '→', '🔟',
    ];
    let line = line.trim_start_matches(['>', ' ', '\t']);
    let keycap = line
        .strip_prefix(|letter: char| letter.is_ascii_digit())
        .map(|rest| rest.trim_start_matches('\u{fe0f}'));
    let sign = line
        .strip_prefix(SIGNS)
        .map(|rest| rest.trim_start_matches('\u{fe0f}'));
    sign.is_some_and(|rest| rest.starts_with(char::is_whitespace))
        || keycap.is_some_and(|rest| rest.starts_with('\u{20e3}'))
}

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
        let small = text.trim_start().strip_prefix(SUBTEXT).map(str::to_owned);
        let breaks = small.is_some() || is_sign(&text);
        let text = small.unwrap_or(text);
        match &mut self.open {
            Some(piece) => {
                if let Some((_, above)) = piece.lines.last_mut().filter(|_| breaks) {
                    above.push_str(BREAK);
                }
                piece.push(number, text);
            }
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
