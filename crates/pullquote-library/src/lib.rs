//! The knowledge folder on disk -> articles, with a report on every file.
//!
//! Files are taken in the order of their paths; what is read is the same whatever order the disk gives.
//! One bad file never stops the rest.
//!
//! - `walk.rs`: which files there are; `files.rs`: each read and parsed
//! - `before.rs`: which of them are known from the time before
//! - `model.rs`: the host's sentence model, from a folder of its own (`no_model.rs` without the feature);
//!   `vectors.rs`: what it has seen, in a file; `embed.rs`: when it is shown what
//! - `handle.rs`: the articles that answer now, and how others take their place; `watch.rs`: when

mod before;
mod engine_handle;
mod files;
mod walk;
mod watch;

pub use engine_handle::{EngineHandle, OpenError};
pub use watch::{Watch, tell, watch};

use before::{Before, Stamp};
use files::{Parsed, parse_all};
use pullquote_core::article::{Article, Dropped, Problem, file_stem};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::hash::BuildHasher;
use std::io;
use std::path::{Path, PathBuf};
use walk::Walk;

/// What is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Files in the folder.
    pub files: usize,
    /// Bytes of all files together.
    pub total_bytes: u64,
    /// Folders inside folders.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 20 << 20,
            files: 50_000,
            total_bytes: 1 << 30,
            depth: 32,
        }
    }
}

/// A folder of articles.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// What can be asked, by path.
    pub articles: Vec<Article>,
    /// Every file that was looked at, by path.
    pub reports: Vec<FileReport>,
    /// By what files are known again, by path.
    stamps: BTreeMap<String, Stamp>,
}

/// What came of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// Path below the folder, with `/` between its parts.
    pub path: String,
    /// Name of the article that it became, if it did.
    pub article: Option<String>,
    /// Paragraphs of that article.
    pub paragraphs: usize,
    /// What was left out of it.
    pub dropped: Vec<Dropped>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

/// Why a folder cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is none.
    #[error(
        "there is no knowledge folder at `{0}`: create it and put articles in, or name another with --knowledge DIR"
    )]
    Missing(PathBuf),
    /// It is a file.
    #[error("`{0}` is not a folder: name the folder that holds the articles with --knowledge DIR")]
    NotAFolder(PathBuf),
    /// The system refuses.
    #[error(
        "cannot read the knowledge folder `{path}`: give the user that runs the bot read access to it"
    )]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// It holds more files than [`Limits::files`].
    #[error("more than {limit} files in `{path}`: is this the right folder?")]
    TooManyFiles {
        /// The folder.
        path: PathBuf,
        /// How many are read at most.
        limit: usize,
    },
}

impl Library {
    /// Whether any file could not be used.
    pub fn has_errors(&self) -> bool {
        self.reports.iter().any(|report| report.error().is_some())
    }
}

/// Reads every article in a folder and the folders in it. Hidden files, files named README and links
/// that lead out of the folder are passed over.
///
/// # Errors
///
/// When the folder itself cannot be read. What is wrong with single files is in their reports.
pub fn load(dir: &Path, limits: &Limits) -> Result<Library, LoadError> {
    load_after(dir, limits, &Before::NOTHING)
}

/// The same, when something is known from before: files that have not changed are not read again.
fn load_after(dir: &Path, limits: &Limits, before: &Before<'_>) -> Result<Library, LoadError> {
    let root = match fs::canonicalize(dir) {
        Ok(root) if root.is_dir() => root,
        Ok(_) => return Err(LoadError::NotAFolder(dir.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(LoadError::Missing(dir.to_owned()));
        }
        Err(source) => {
            return Err(LoadError::Unreadable {
                path: dir.to_owned(),
                source,
            });
        }
    };
    let Walk { files, reports, .. } = Walk::through(&root, limits)?;
    let mut parsed = parse_all(&files, before, limits);
    parsed.extend(before.lost(&reports));
    Ok(gather(parsed, reports, limits))
}

impl FileReport {
    /// Why the file cannot be used, if it cannot.
    pub fn error(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.is_error())
    }

    fn without_article(path: String, problem: Problem) -> Self {
        Self {
            path,
            article: None,
            paragraphs: 0,
            dropped: Vec::new(),
            problems: vec![problem],
        }
    }
}

/// Puts articles and reports together; of two articles with one name the second by path has its path for a name.
fn gather(mut parsed: Vec<Parsed>, mut reports: Vec<FileReport>, limits: &Limits) -> Library {
    parsed.sort_by(|a, b| a.report.path.cmp(&b.report.path));
    let mut articles: Vec<Article> = Vec::new();
    let mut names: HashMap<String, String> = HashMap::new();
    let mut texts: HashMap<u64, String> = HashMap::new();
    let hash = |text: &str| rustc_hash::FxBuildHasher.hash_one(text);
    let mut stamps = BTreeMap::new();
    let mut bytes = 0_u64;
    for mut file in parsed {
        if let Some(mut article) = file.article {
            bytes += article.text.len() as u64;
            let known = file.report.problems.len();
            if let Some(other) = names.get(&article.name) {
                without_ending(&article.path).clone_into(&mut article.name);
                file.report.article = Some(article.name.clone());
                file.report.problems.push(Problem::warning(
                    None,
                    format!(
                        "has the same name as `{other}`, so it is asked as `{}`",
                        article.name
                    ),
                ));
            }
            if let Some(other) = texts.get(&hash(&article.text)) {
                let message = format!("holds the same text as `{other}`: one of them is enough");
                file.report.problems.push(Problem::warning(None, message));
            }
            if file.report.problems.len() > known {
                // Next time others may be there: it is looked at again.
                file.stamp = None;
            }
            let refused = if let Some(other) = names.get(&article.name) {
                Some(format!(
                    "has the same name as `{other}`, which was taken: rename one of them"
                ))
            } else if bytes > limits.total_bytes {
                Some(format!(
                    "all articles together are larger than {} MB: this one was left out",
                    limits.total_bytes >> 20
                ))
            } else {
                names.insert(article.name.clone(), article.path.clone());
                texts.insert(hash(&article.text), article.path.clone());
                articles.push(article);
                None
            };
            if let Some(message) = refused {
                file.stamp = None;
                file.report =
                    FileReport::without_article(file.report.path, Problem::error(message));
            }
        }
        if let Some(stamp) = file.stamp {
            stamps.insert(file.report.path.clone(), stamp);
        }
        reports.push(file.report);
    }
    reports.sort_by(|a, b| a.path.cmp(&b.path));
    Library {
        articles,
        reports,
        stamps,
    }
}

/// `dir/faq.md` -> `dir/faq`.
fn without_ending(path: &str) -> &str {
    let ending = path.len() - path.rsplit('/').next().unwrap_or(path).len() + file_stem(path).len();
    path.get(..ending).unwrap_or(path)
}
