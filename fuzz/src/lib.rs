//! What the targets share.

use pullquote_core::article::{Article, ParsedDocument};

/// The markup that is rewritten to Markdown: names of formats, each with an extension.
pub const MARKUP: [(&str, &str); 3] = [
    ("MediaWiki", "wiki"),
    ("reStructuredText", "rst"),
    ("AsciiDoc", "adoc"),
];

/// Checks that the lines of a document exist, and the sentences of the article that it becomes.
///
/// # Panics
///
/// If one does not.
pub fn check(name: &str, document: ParsedDocument) {
    for block in &document.blocks {
        assert!(1 <= block.lines.first && block.lines.first <= block.lines.last);
    }
    if let Some(article) = Article::new(name, document) {
        for sentence in &article.sentences {
            assert!(!sentence.of(&article.text).is_empty());
        }
    }
}
