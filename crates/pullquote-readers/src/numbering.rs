//! What the numbers of a document count: lines of the file where these help to find a place, else paragraphs.

use pullquote_core::article::{LineRange, Numbering, ParsedDocument};
use std::collections::HashSet;

/// Paragraphs on a line, on average, from which on lines are of no use.
const CROWDED: usize = 4;

/// Counts paragraphs if the file has most of its text on a few lines, as programs export it.
pub(crate) fn count_if_crowded(document: &mut ParsedDocument) {
    let texts = document.blocks.iter().filter(|it| !it.text.is_empty());
    let lines: HashSet<u32> = texts.clone().map(|it| it.lines.first).collect();
    let count = texts.count();
    if count >= CROWDED && count >= lines.len() * CROWDED {
        count_paragraphs(document);
    }
}

/// Counts paragraphs.
pub(crate) fn count_paragraphs(document: &mut ParsedDocument) {
    document.numbering = Numbering::Paragraphs;
    let mut last = 0;
    for block in &mut document.blocks {
        let has_text = !block.text.is_empty();
        last += u32::from(has_text);
        let number = if has_text { last } else { last + 1 };
        block.lines = LineRange {
            first: number,
            last: number,
        };
    }
}
