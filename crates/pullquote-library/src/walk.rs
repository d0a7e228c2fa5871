//! The files of the knowledge folder, found.

use super::{FileReport, Limits, LoadError};
use pullquote_core::article::{Problem, file_stem};
use pullquote_readers::Format;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file that should be read.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: String,
    pub(super) on_disk: PathBuf,
}

/// Goes through the folders.
pub(super) struct Walk<'a> {
    root: &'a Path,
    limits: &'a Limits,
    /// What should be read.
    pub(super) files: Vec<Found>,
    /// What was passed over, with the reason.
    pub(super) reports: Vec<FileReport>,
    /// Folders and files that were seen: links may lead in circles, or to a file that is here already.
    seen: HashSet<PathBuf>,
}

impl<'a> Walk<'a> {
    /// Every file in the folder `root` and below.
    pub(super) fn through(root: &'a Path, limits: &'a Limits) -> Result<Self, LoadError> {
        let mut walk = Self {
            root,
            limits,
            files: Vec::new(),
            reports: Vec::new(),
            seen: HashSet::new(),
        };
        walk.folder(root, String::new(), 0)?;
        walk.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(walk)
    }

    fn folder(&mut self, dir: &Path, below: String, depth: usize) -> Result<(), LoadError> {
        let unreadable = |source| LoadError::Unreadable {
            path: dir.to_owned(),
            source,
        };
        let entries = fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) if below.is_empty() => return Err(unreadable(error)),
            Err(error) => {
                self.refuse(below, format!("the folder cannot be read: {error}"));
                return Ok(());
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                let name = entry.file_name().to_string_lossy().into_owned();
                self.refuse(
                    join(&below, &name),
                    "the file's name is not valid UTF-8: rename it",
                );
                continue;
            };
            if name.starts_with('.') || file_stem(&name).eq_ignore_ascii_case("readme") {
                continue;
            }
            self.entry(&entry.path(), join(&below, &name), depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, on_disk: &Path, path: String, depth: usize) -> Result<(), LoadError> {
        let Ok(real) = fs::canonicalize(on_disk) else {
            self.refuse(
                path,
                "the link leads nowhere, or the file may not be read: mend or delete it",
            );
            return Ok(());
        };
        if !real.starts_with(self.root) {
            return Ok(());
        }
        let kind = match fs::metadata(&real) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => {
                self.refuse(path, format!("cannot be read: {error}"));
                return Ok(());
            }
        };
        if kind.is_dir() {
            if depth >= self.limits.depth {
                self.refuse(
                    path,
                    format!("folders are nested more than {} deep", self.limits.depth),
                );
            } else if (!on_disk.is_symlink() || !self.root.starts_with(&real))
                && self.seen.insert(real.clone())
            {
                self.folder(&real, path, depth + 1)?;
            }
        } else if !kind.is_file() {
            self.refuse(path, "this is no ordinary file and was not opened");
        } else if Format::of_path(&path).is_none() {
            let message =
                "this kind of file is not read: save the article as .txt, .md, .html or .pdf";
            self.report(path, Problem::warning(None, message));
        } else if self.seen.insert(real) {
            self.files.push(Found {
                path,
                on_disk: on_disk.to_owned(),
            });
            if self.files.len() > self.limits.files {
                let (path, limit) = (self.root.to_owned(), self.limits.files);
                return Err(LoadError::TooManyFiles { path, limit });
            }
        }
        Ok(())
    }

    fn refuse(&mut self, path: String, message: impl Into<String>) {
        self.report(path, Problem::error(message));
    }

    fn report(&mut self, path: String, problem: Problem) {
        self.reports
            .push(FileReport::without_article(path, problem));
    }
}

fn join(below: &str, name: &str) -> String {
    if below.is_empty() {
        name.to_owned()
    } else {
        format!("{below}/{name}")
    }
}
