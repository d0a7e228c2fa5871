//! The folders that contain articles: the knowledge folder, and the copies of what comes from its sources.

use crate::error::LoadError;
use crate::knowledge_folder::KnowledgeFolder;
use crate::report::FileReport;
use pullquote_core::article::Problem;
use pullquote_sources::{Record, SETTINGS_FILE, Source, settings};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the paths of copies begin, as if they were a folder of the knowledge folder.
const PREFIX: &str = "sources";

/// The folders that contain articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The knowledge folder.
    pub knowledge: PathBuf,
    /// The folder with the copies of the pages of sources: in it, one folder for each source. `None` to read no copies.
    pub copies: Option<PathBuf>,
}

impl From<&Path> for Folders {
    fn from(knowledge: &Path) -> Self {
        Self {
            knowledge: knowledge.to_owned(),
            copies: None,
        }
    }
}

impl Folders {
    /// The file with the sources of the knowledge folder: beside it.
    ///
    /// ```
    /// use pullquote_library::Folders;
    /// use std::path::Path;
    ///
    /// let folders = Folders::from(Path::new("bot/knowledge"));
    /// assert_eq!(folders.sources_file(), Path::new("bot/sources.toml"));
    /// ```
    pub fn sources_file(&self) -> PathBuf {
        match (self.knowledge.file_name(), self.knowledge.parent()) {
            (Some(_), Some(parent)) => parent.join(SETTINGS_FILE),
            _ => self.knowledge.join("..").join(SETTINGS_FILE),
        }
    }

    /// The text of that file; empty if there is none.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn sources_text(&self) -> io::Result<String> {
        match fs::read_to_string(self.sources_file()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            text => text,
        }
    }

    /// The sources of the knowledge folder, in their order.
    ///
    /// # Errors
    ///
    /// If their file cannot be read, or has a mistake.
    pub fn sources(&self) -> io::Result<Vec<Source>> {
        settings::read(&self.sources_text()?).map_err(io::Error::other)
    }
}

/// An open folder with articles.
#[derive(Debug)]
pub(crate) struct Shelf {
    /// The folder as the caller named it.
    pub(crate) dir: PathBuf,
    pub(crate) folder: KnowledgeFolder,
    /// What the paths of its files begin with; empty for the knowledge folder.
    pub(crate) prefix: String,
    /// Where its files come from, by path.
    addresses: BTreeMap<String, String>,
}

impl Shelf {
    /// Opens the knowledge folder.
    pub(crate) fn knowledge(dir: &Path) -> Result<Self, LoadError> {
        let unreadable = |error| LoadError::Unreadable {
            path: dir.to_owned(),
            error,
        };
        let root = match fs::canonicalize(dir) {
            Ok(root) if root.is_dir() => root,
            Ok(_) => return Err(LoadError::NotAFolder(dir.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(LoadError::Missing(dir.to_owned()));
            }
            Err(error) => return Err(unreadable(error)),
        };
        Ok(Self {
            dir: dir.to_owned(),
            folder: KnowledgeFolder::open(root).map_err(unreadable)?,
            prefix: String::new(),
            addresses: BTreeMap::new(),
        })
    }

    /// Opens the copies of all sources; all that are there, while their settings cannot be read. What cannot be opened is in the
    /// reports.
    pub(crate) fn copies(folders: &Folders) -> (Vec<Self>, Vec<FileReport>) {
        let Some(copies) = &folders.copies else {
            return (Vec::new(), Vec::new());
        };
        let mut reports = Vec::new();
        let names = match folders.sources() {
            Ok(sources) => sources.into_iter().map(|source| source.name).collect(),
            Err(error) => {
                let message = format!("`{SETTINGS_FILE}` cannot be used: {error}");
                reports.push(refused(format!("{PREFIX}/"), message));
                folders_in(copies)
            }
        };
        let mut shelves = Vec::new();
        for name in names {
            let prefix = format!("{PREFIX}/{name}");
            match Self::copy(copies.join(&name), prefix.clone()) {
                Ok(shelf) => shelves.push(shelf),
                // It was never read.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    reports.push(refused(prefix + "/", format!("cannot be read: {error}")));
                }
            }
        }
        (shelves, reports)
    }

    fn copy(dir: PathBuf, prefix: String) -> io::Result<Self> {
        let root = fs::canonicalize(&dir)?;
        let record = fs::read_to_string(root.join(Record::FILE)).unwrap_or_default();
        Ok(Self {
            dir,
            folder: KnowledgeFolder::open(root)?,
            prefix,
            addresses: Record::read(&record).addresses(),
        })
    }

    /// Where a file comes from, by its path with the prefix.
    pub(crate) fn address(&self, path: &str) -> Option<&str> {
        let inside = path.strip_prefix(&self.prefix)?.trim_start_matches('/');
        self.addresses.get(inside).map(String::as_str)
    }
}

/// The names of the folders in a folder, sorted.
fn folders_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let names = folders.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn refused(path: String, message: String) -> FileReport {
    FileReport::without_article(path, Problem::error(message))
}
