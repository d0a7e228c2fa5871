//! What is known of the folder from the time before: which files are the same, and what those were that cannot
//! be read now.

use super::files::Parsed;
use super::{FileReport, Library};
use pullquote_core::article::Article;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// A file system may tell times in steps of two seconds: a file that is younger than that when it is read may
/// change again, and look the same.
const SETTLED: Duration = Duration::from_secs(2);

/// By what a file is known again without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: SystemTime,
    /// The file itself and when anything about it changed, where the system tells: a file that was moved here
    /// keeps its old time.
    #[cfg(unix)]
    changed: (u64, i64, i64),
}

impl Stamp {
    /// The stamp of a file, unless it is too young to be known by one.
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        let modified = metadata.modified().ok()?;
        let age = modified.elapsed().ok()?;
        (age > SETTLED).then_some(Self {
            bytes: metadata.len(),
            modified,
            #[cfg(unix)]
            changed: (metadata.ino(), metadata.ctime(), metadata.ctime_nsec()),
        })
    }
}

/// The folder as it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'a> {
    /// The articles that answer, by path.
    articles: &'a [Article],
    files: Option<&'a Files>,
}

/// What came of each file, by path.
#[derive(Debug, Default)]
pub(super) struct Files(BTreeMap<String, (FileReport, Option<Stamp>)>);

impl Files {
    pub(super) fn of(library: &Library) -> Self {
        let stamped = |report: &FileReport| {
            let stamp = library.stamps.get(&report.path).copied();
            (report.path.clone(), (report.clone(), stamp))
        };
        Self(library.reports.iter().map(stamped).collect())
    }
}

impl<'a> Before<'a> {
    /// Nothing.
    pub(super) const NOTHING: Self = Self {
        articles: &[],
        files: None,
    };

    /// `articles` come by path.
    pub(super) fn new(articles: &'a [Article], files: &'a Files) -> Self {
        let files = Some(files);
        Self { articles, files }
    }

    fn article(&self, path: &str) -> Option<&'a Article> {
        let at = self
            .articles
            .binary_search_by(|article| article.path.as_str().cmp(path));
        self.articles.get(at.ok()?)
    }

    /// What came of a file, if it is the same still.
    pub(super) fn unchanged(&self, path: &str, now: Option<Stamp>) -> Option<Parsed> {
        let (report, stamp) = self.files?.0.get(path)?;
        if now.is_none() || *stamp != now {
            return None;
        }
        Some(Parsed {
            article: self.article(path).cloned(),
            report: report.clone(),
            stamp: now,
        })
    }

    /// The articles of files that could not be reached this time: they, or a folder above them, may not be
    /// read any more. A file that is not there any more is another thing.
    pub(super) fn lost(&self, reports: &[FileReport]) -> Vec<Parsed> {
        let failed = |report: &&FileReport| report.error().is_some();
        let below = |report: &FileReport| {
            let folder = report.path.clone();
            let inside = move |article: &&'a Article| {
                let rest = article.path.strip_prefix(&folder);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let report = report.clone();
            let kept = self.articles.iter().filter(inside);
            kept.map(move |article| Parsed {
                report: FileReport {
                    path: article.path.clone(),
                    ..report.clone()
                },
                article: Some(article.clone()),
                stamp: None,
            })
        };
        reports.iter().filter(failed).flat_map(below).collect()
    }
}

impl Parsed {
    /// A file that cannot be used keeps the article that it was: it may be half written.
    pub(super) fn or_before(mut self, before: &Before<'_>) -> Self {
        if self.article.is_none() && self.report.error().is_some() {
            self.article = before.article(&self.report.path).cloned();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Stamp;
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_file_is_known_again_until_it_is_touched() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        let stamp = || Stamp::of(&fs::metadata(&path).unwrap());
        let age = |seconds| {
            let file = File::options().append(true).open(&path).unwrap();
            let time = SystemTime::now() - Duration::from_secs(seconds);
            file.set_modified(time).unwrap();
        };
        fs::write(&path, "one").unwrap();
        assert!(stamp().is_none(), "too young to tell");
        age(60);
        let first = stamp();
        assert!(first.is_some() && stamp() == first);
        fs::write(&path, "two").unwrap();
        age(90);
        assert!(stamp().is_some() && stamp() != first);
    }
}
