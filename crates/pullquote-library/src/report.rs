//! The report on a file of the knowledge folder.

use pullquote_core::article::{Article, Dropped, Numbering, ParsedDocument, Problem};
use std::mem::take;

/// The result of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Path relative to the folder, with `/` between its parts on every operating system. A folder that cannot be used has a report,
    /// too: its path ends with `/`.
    pub path: String,
    /// Name of the article; `None` if the file cannot be used.
    pub article: Option<String>,
    /// Number of paragraphs of the article.
    pub paragraphs: usize,
    /// Text that was left out of the article.
    pub dropped: Vec<Dropped>,
    /// What the numbers of `dropped` count.
    pub numbering: Numbering,
    /// Errors and warnings.
    pub problems: Vec<Problem>,
    /// Keys of the front matter that mean nothing to Pullquote.
    pub unused_keys: Vec<String>,
}

impl FileReport {
    /// Whether this is the report on a folder.
    pub fn is_folder(&self) -> bool {
        self.path.ends_with('/')
    }

    /// Why the file cannot be used; `None` if it can.
    pub fn error(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.is_error())
    }

    /// The report on a file that was read. Takes out of the document what is of interest for its author only.
    pub(crate) fn of(path: &str, document: &mut ParsedDocument) -> Self {
        Self {
            path: path.to_owned(),
            article: None,
            paragraphs: 0,
            dropped: take(&mut document.dropped),
            numbering: document.numbering,
            problems: take(&mut document.problems),
            unused_keys: take(&mut document.unused_keys),
        }
    }

    /// The article in the document, which the report is completed with; `None` if the file cannot be used.
    pub(crate) fn article_in(&mut self, document: ParsedDocument) -> Option<Article> {
        if self.error().is_some() {
            return None;
        }
        let article = Article::new(&self.path, document)?;
        self.article = Some(article.name.clone());
        self.paragraphs = article.paragraphs.len();
        Some(article)
    }

    /// The report on a file or folder that is not used.
    pub(crate) fn without_article(path: String, problem: Problem) -> Self {
        Self {
            path,
            article: None,
            paragraphs: 0,
            dropped: Vec::new(),
            numbering: Numbering::default(),
            problems: vec![problem],
            unused_keys: Vec::new(),
        }
    }
}
