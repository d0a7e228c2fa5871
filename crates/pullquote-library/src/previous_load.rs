//! What is known from the previous load: unchanged files need not be read again, and files that cannot be read any more
//! keep their articles.

use crate::FileReport;
use crate::fingerprint::Fingerprint;
use crate::library::Library;
use crate::loaded_file::LoadedFile;
use pullquote_core::article::Article;
use std::collections::BTreeMap;
use std::mem::take;
use std::sync::Arc;

/// What is known of the files of a load.
#[derive(Debug, Default)]
pub(crate) struct FileRecords {
    /// The reports, in the order of their paths.
    pub(crate) reports: Arc<Vec<FileReport>>,
    /// Of the files that need not be read again while they are unchanged, by path.
    fingerprints: BTreeMap<String, Fingerprint>,
    /// Whether the time was up before all files were read.
    pub(crate) out_of_time: bool,
}

impl FileRecords {
    /// Takes everything but the articles out of a library.
    pub(crate) fn of(library: &mut Library) -> Self {
        Self {
            reports: Arc::new(take(&mut library.reports)),
            fingerprints: take(&mut library.fingerprints),
            out_of_time: library.out_of_time,
        }
    }

    fn report(&self, path: &str) -> Option<&FileReport> {
        let at = self
            .reports
            .binary_search_by(|report| report.path.as_str().cmp(path));
        self.reports.get(at.ok()?)
    }
}

/// The state after the previous load.
#[derive(Debug, Clone)]
pub(crate) struct PreviousLoad<'a> {
    /// The articles, in the order of their paths.
    articles: Vec<&'a Article>,
    files: Option<&'a FileRecords>,
}

impl<'a> PreviousLoad<'a> {
    /// There was no previous load.
    pub(crate) const NONE: Self = Self {
        articles: Vec::new(),
        files: None,
    };

    /// `articles` must be in the order of their paths.
    pub(crate) fn new(articles: Vec<&'a Article>, files: &'a FileRecords) -> Self {
        let files = Some(files);
        Self { articles, files }
    }

    fn article(&self, path: &str) -> Option<&'a Article> {
        let at = self
            .articles
            .binary_search_by(|article| article.path.as_str().cmp(path));
        self.articles.get(at.ok()?).copied()
    }

    /// The previous result for a file, if its fingerprint is still the same.
    pub(crate) fn unchanged(&self, path: &str, now: Option<Fingerprint>) -> Option<LoadedFile> {
        let files = self.files?;
        if now.is_none() || files.fingerprints.get(path).copied() != now {
            return None;
        }
        Some(LoadedFile {
            article: self.article(path).cloned(),
            report: files.report(path)?.clone(),
            fingerprint: now,
        })
    }

    /// Keeps the previous article of a file that cannot be used now: it may be half written.
    pub(crate) fn keep_article(&self, mut file: LoadedFile) -> LoadedFile {
        if file.article.is_none() && file.report.error().is_some() {
            file.article = self.article(&file.report.path).cloned();
        }
        file
    }

    /// The previous articles of the files and folders that could not be read this time, according to `reports`. Files
    /// that no longer exist have no report, so their articles are not among them.
    pub(crate) fn unreachable(&self, reports: &[FileReport]) -> Vec<LoadedFile> {
        let failed = reports.iter().filter(|report| report.error().is_some());
        let kept = failed.flat_map(|report| {
            let articles = self.articles.iter().copied();
            let articles = articles.filter(|article| is_within(&article.path, &report.path));
            articles.map(|article| LoadedFile {
                report: FileReport {
                    path: article.path.clone(),
                    ..report.clone()
                },
                article: Some(article.clone()),
                fingerprint: None,
            })
        });
        kept.collect()
    }
}

/// Whether a path is that of a folder or of something in it. The folder's may end with a slash.
fn is_within(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_within_a_folder() {
        let check =
            |path, folder, expected| assert_eq!(is_within(path, folder), expected, "{path}");
        check("rules", "rules", true);
        check("rules/pool.md", "rules", true);
        check("rules/pool.md", "rules/", true);
        check("rules/a/b.md", "rules", true);
        check("rules.md", "rules", false);
        check("old/rules/pool.md", "rules", false);
    }
}
