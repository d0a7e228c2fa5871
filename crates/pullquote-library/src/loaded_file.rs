//! A file of the knowledge folder after reading and parsing.

use crate::FileReport;
use crate::fingerprint::Fingerprint;
use pullquote_core::article::{Article, Problem};

/// A file after reading and parsing.
pub(crate) struct LoadedFile {
    pub(crate) article: Option<Article>,
    pub(crate) report: FileReport,
    /// `None` if the file must be read again on the next load.
    pub(crate) fingerprint: Option<Fingerprint>,
}

impl LoadedFile {
    /// A file that cannot be used.
    pub(crate) fn failed(path: String, message: impl Into<String>) -> Self {
        Self {
            article: None,
            report: FileReport::without_article(path, Problem::error(message)),
            fingerprint: None,
        }
    }
}
