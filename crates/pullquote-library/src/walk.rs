//! Finds the files of the knowledge folder.

use crate::error::LoadError;
use crate::limits::Limits;
use crate::report::FileReport;
use crate::unsupported_files::UnsupportedFiles;
use pullquote_core::article::{Problem, file_stem};
use pullquote_readers::Format;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file that is to be read.
#[derive(Debug)]
pub(crate) struct FoundFile {
    /// Path relative to the folder, with `/` between its parts on every operating system.
    pub(crate) path: String,
    /// Where the file really is: relative to the folder, without links.
    pub(crate) real: PathBuf,
}

/// The result of a walk.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// The files to read, in the order of their paths.
    pub(crate) files: Vec<FoundFile>,
    /// Reports on the files and folders that are not read.
    pub(crate) reports: Vec<FileReport>,
}

/// Lists every file in a folder and its subfolders. `root` is the canonical path of `dir`, which errors name.
pub(crate) fn walk(dir: &Path, root: &Path, limits: &Limits) -> Result<Listing, LoadError> {
    let mut walk = Walk {
        dir,
        root,
        limits,
        listing: Listing::default(),
        unsupported: UnsupportedFiles::default(),
        visited: HashSet::new(),
    };
    walk.folder(root, String::new(), 0)?;
    let mut listing = walk.listing;
    listing.reports.extend(walk.unsupported.reports());
    listing.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(listing)
}

struct Walk<'a> {
    dir: &'a Path,
    root: &'a Path,
    limits: &'a Limits,
    listing: Listing,
    unsupported: UnsupportedFiles,
    /// Canonical paths of files and folders: links can form cycles or lead to a file that was found already.
    visited: HashSet<PathBuf>,
}

impl Walk<'_> {
    /// `path` is the folder's path relative to the root: empty for the root itself, which is the only folder that must
    /// be readable.
    fn folder(&mut self, on_disk: &Path, path: String, depth: usize) -> Result<(), LoadError> {
        let entries = fs::read_dir(on_disk).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(source) if path.is_empty() => {
                return Err(LoadError::Unreadable {
                    path: self.dir.to_owned(),
                    source,
                });
            }
            Err(error) => {
                self.refuse(path, format!("cannot read the folder: {error}"));
                return Ok(());
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                let name = entry.file_name().to_string_lossy().into_owned();
                self.refuse(
                    join(&path, &name),
                    "the file's name is not valid Unicode: rename it",
                );
                continue;
            };
            if name.starts_with('.') || file_stem(&name).eq_ignore_ascii_case("readme") {
                continue;
            }
            self.entry(&entry.path(), join(&path, &name), depth)?;
        }
        Ok(())
    }

    fn entry(&mut self, on_disk: &Path, path: String, depth: usize) -> Result<(), LoadError> {
        let Ok(real) = fs::canonicalize(on_disk) else {
            self.refuse(
                path,
                "a broken link, or a file that cannot be read: fix or delete it",
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
            return self.subfolder(on_disk, &real, path, depth);
        }
        if !kind.is_file() {
            self.refuse(path, "not a regular file, so it is not opened: delete it");
        } else if Format::of_path(&path).is_none() {
            self.unsupported.add(path);
        } else if let Ok(inside) = real.strip_prefix(self.root)
            && self.visited.insert(real.clone())
        {
            let real = inside.to_owned();
            self.listing.files.push(FoundFile { path, real });
            if self.listing.files.len() > self.limits.files {
                return Err(LoadError::TooManyFiles {
                    path: self.dir.to_owned(),
                    limit: self.limits.files,
                });
            }
        }
        Ok(())
    }

    fn subfolder(
        &mut self,
        on_disk: &Path,
        real: &Path,
        path: String,
        depth: usize,
    ) -> Result<(), LoadError> {
        let limit = self.limits.depth;
        if depth >= limit {
            self.refuse(
                path,
                format!("folders are nested more than {limit} deep: move the files up"),
            );
            return Ok(());
        }
        let links_to_parent = on_disk.is_symlink() && self.root.starts_with(real);
        if links_to_parent || !self.visited.insert(real.to_owned()) {
            return Ok(());
        }
        self.folder(real, path, depth + 1)
    }

    /// Reports a file or folder that cannot be used.
    fn refuse(&mut self, path: String, message: impl Into<String>) {
        self.report(path, Problem::error(message));
    }

    fn report(&mut self, path: String, problem: Problem) {
        let report = FileReport::without_article(path, problem);
        self.listing.reports.push(report);
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the paths found in a folder with these files, and the paths reported. Holds on every operating system,
    /// whatever separates its paths and whether or not it distinguishes case.
    fn check(files: &[&[&str]], found: &[&str], reported: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for parts in files {
            let path = folder.path().join(parts.iter().collect::<PathBuf>());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "Words.").unwrap();
        }
        // Not canonical, as paths on the command line often are.
        let dir = folder.path().join(".").join("");
        let root = fs::canonicalize(&dir).unwrap();
        let listing = walk(&dir, &root, &Limits::default()).unwrap();
        let paths: Vec<&str> = listing.files.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, found);
        let paths: Vec<&str> = listing.reports.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, reported);
        for file in &listing.files {
            let text = fs::read_to_string(root.join(&file.real)).unwrap();
            assert_eq!(text, "Words.");
        }
    }

    #[test]
    fn paths_have_slashes_on_every_operating_system() {
        check(
            &[&["z.md"], &["a", "b", "c.TXT"], &["a", "d.Html"]],
            &["a/b/c.TXT", "a/d.Html", "z.md"],
            &[],
        );
    }

    #[test]
    fn files_to_ignore_and_files_to_report() {
        check(
            &[
                &["ReadMe.MD"],
                &["sub", "README"],
                &[".hidden.md"],
                &[".git", "a.md"],
                &["photo.jpg"],
            ],
            &[],
            &["photo.jpg"],
        );
    }
}
