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
    /// Whether its article comes from an address; one in the knowledge folder from wherever it says.
    pub(crate) fn is_from(&self, address: Option<&str>) -> bool {
        let source = self.article.as_ref().map(|it| it.meta.source.as_deref());
        address.is_none() || source.is_none_or(|source| source == address)
    }

    /// A file that cannot be used.
    pub(crate) fn failed(path: String, message: impl Into<String>) -> Self {
        Self {
            article: None,
            report: FileReport::without_article(path, Problem::error(message)),
            fingerprint: None,
        }
    }
}
