//! Limits on what is read from the knowledge folder.

use pullquote_core::article::{ParsedDocument, Problem};
use std::time::Duration;

/// Limits on what is read. A file beyond a limit is reported and not used; too many files are an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of one file, in bytes.
    pub file_bytes: u64,
    /// Number of files in the folder.
    pub files: usize,
    /// Length of all articles' text together, in bytes.
    pub total_bytes: u64,
    /// Nesting of folders.
    pub depth: usize,
    /// Paragraphs, headings and the like of one article. Each takes about 500 bytes of memory beside its text.
    pub blocks: usize,
    /// How long a load may take. Files that have not been read by then are read by the next one. `None` for as long as
    /// it takes.
    pub time: Option<Duration>,
}

impl Default for Limits {
    /// Files of 20 MB, 50,000 of them, 1 GB in total, 32 folders deep, 100,000 blocks in an article, and no deadline.
    fn default() -> Self {
        Self {
            file_bytes: 20 << 20,
            files: 50_000,
            total_bytes: 1 << 30,
            depth: 32,
            blocks: 100_000,
            time: None,
        }
    }
}

impl Limits {
    /// A document that keeps to the limit on blocks. One with too many is refused; of the lists for the author, the end
    /// is left out.
    pub fn bounded(&self, mut document: ParsedDocument) -> ParsedDocument {
        let limit = self.blocks;
        if document.blocks.len() > limit {
            return ParsedDocument::failed(format!(
                "contains more than {limit} paragraphs: split it"
            ));
        }
        document.dropped.truncate(limit);
        if document.problems.len() > limit {
            document.problems.retain(Problem::is_error);
        }
        document
    }

    /// The message for a file that would be too much in addition to those before it.
    pub(crate) fn too_much_text(&self) -> String {
        format!(
            "all articles together are larger than {} MB, so this one is not used: remove some",
            self.total_bytes >> 20
        )
    }
}
