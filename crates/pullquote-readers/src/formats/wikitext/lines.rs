//! The lines of a page whose templates are resolved, with their numbers.

use super::escape::{BREAK, SKIPPED};
use pullquote_core::article::LineRange;

/// A line of the page.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Its number in the file, from 1.
    pub(super) number: u32,
    pub(super) text: String,
    /// Whether the page has a line end in front of it.
    pub(super) is_own: bool,
}

impl Line {
    pub(super) fn range(&self) -> LineRange {
        LineRange {
            first: self.number,
            last: self.number,
        }
    }
}

/// The lines of a page. `first` is the number of the first one.
pub(super) fn lines(text: &str, first: u32) -> Vec<Line> {
    let mut number = first;
    let mut is_own = true;
    let mut lines = Vec::new();
    for part in text.split_inclusive(['\n', BREAK]) {
        let shown = part.trim_end_matches(['\n', BREAK]);
        let above = shown.len() - shown.trim_start_matches([SKIPPED, ' ']).len();
        let count = |text: &str| text.matches(SKIPPED).count() as u32;
        let (above, text) = shown.split_at(above);
        // What is left out at the end of a page has no line below it.
        let above = if text.is_empty() { 0 } else { count(above) };
        lines.push(Line {
            number: number + above,
            text: shown.replace(SKIPPED, ""),
            is_own,
        });
        number += count(shown);
        is_own = part.ends_with('\n');
        number += u32::from(is_own);
    }
    lines
}
