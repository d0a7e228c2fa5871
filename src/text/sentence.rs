//! Sentence bounds.

use super::{Language, Span};
use unicode_segmentation::UnicodeSegmentation;

/// The sentences of one paragraph, in order, without the white space between them.
pub fn sentences(paragraph: &str, _language: Option<Language>) -> Vec<Span> {
    paragraph
        .split_sentence_bound_indices()
        .map(|(start, text)| Span::new(start, start + text.len()).trimmed(paragraph))
        .filter(|span| !span.is_empty())
        .collect()
}
