//! The articles of a knowledge folder.

use crate::FileReport;
use crate::fingerprint::Fingerprint;
use pullquote_core::article::Article;
use std::collections::BTreeMap;

/// The articles of a knowledge folder, and a report on each of its files.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The articles, in the order of their paths.
    pub articles: Vec<Article>,
    /// The reports on all files that were examined, in the order of their paths.
    pub reports: Vec<FileReport>,
    /// Fingerprints of the files that need not be read again while they are unchanged, by path.
    pub(crate) fingerprints: BTreeMap<String, Fingerprint>,
    /// Whether the time was up before all files were read.
    pub(crate) out_of_time: bool,
}

impl Library {
    /// Whether any file cannot be used.
    pub fn has_errors(&self) -> bool {
        self.reports.iter().any(|report| report.error().is_some())
    }
}
