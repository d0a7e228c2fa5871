//! Rich text (RTF): recognized, so that its control words are never quoted, but not supported.

use pullquote_core::article::ParsedDocument;

/// Reports that the format is not supported.
pub(super) fn refuse(_: &[u8]) -> ParsedDocument {
    ParsedDocument::failed("rich text (RTF) is not supported: save the article as .txt")
}
