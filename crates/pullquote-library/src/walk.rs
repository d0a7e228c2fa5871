//! Finds the files of the knowledge folder.

use crate::error::LoadError;
use crate::folders::Shelf;
use crate::ignore_rules::IgnoreRules;
use crate::knowledge_folder::KnowledgeFolder;
use crate::limits::Limits;
use crate::passed_over::{self, IGNORE_FILE};
use crate::report::FileReport;
use crate::unsupported_files::UnsupportedFiles;
use pullquote_core::article::Problem;
use pullquote_readers::Format;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file that is to be read.
#[derive(Debug)]
pub(crate) struct FoundFile<'a> {
    pub(crate) shelf: &'a Shelf,
    /// Path relative to the knowledge folder, with `/` between its parts on every operating system.
    pub(crate) path: String,
    /// Where the file really is: relative to the folder, without links.
    pub(crate) real: PathBuf,
}

impl FoundFile<'_> {
    /// Where it comes from, if it is a copy.
    pub(crate) fn address(&self) -> Option<&str> {
        self.shelf.address(&self.path)
    }
}

/// The result of a walk.
#[derive(Debug, Default)]
pub(crate) struct Listing<'a> {
    /// The files to read, in the order of their paths.
    pub(crate) files: Vec<FoundFile<'a>>,
    /// Reports on the files and folders that are not read. The path of a folder ends with a slash.
    pub(crate) reports: Vec<FileReport>,
}

/// Lists every file in a folder and its subfolders. Errors name it as the caller did.
pub(crate) fn walk<'a>(shelf: &'a Shelf, limits: &'a Limits) -> Result<Listing<'a>, LoadError> {
    let root = &shelf.folder;
    let mut walk = Walk {
        dir: &shelf.dir,
        shelf,
        root,
        limits,
        listing: Listing::default(),
        unsupported: UnsupportedFiles::default(),
        rules: IgnoreRules::default(),
        visited: HashSet::new(),
    };
    walk.folder(root.root(), shelf.prefix.clone(), 0)?;
    let mut listing = walk.listing;
    listing.reports.extend(walk.unsupported.reports());
    listing.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(listing)
}

struct Walk<'a> {
    dir: &'a Path,
    shelf: &'a Shelf,
    root: &'a KnowledgeFolder,
    limits: &'a Limits,
    listing: Listing<'a>,
    unsupported: UnsupportedFiles,
    rules: IgnoreRules,
    /// Canonical paths of files and folders: links can form cycles or lead to a file that was found already.
    visited: HashSet<PathBuf>,
}

impl Walk<'_> {
    /// `on_disk` is the folder's canonical path, and `path` the one relative to the root: empty for the root itself, which
    /// is the only folder that must be readable.
    fn folder(&mut self, on_disk: &Path, path: String, depth: usize) -> Result<(), LoadError> {
        let entries = fs::read_dir(on_disk).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) if path.is_empty() => {
                return Err(LoadError::Unreadable {
                    path: self.dir.to_owned(),
                    error,
                });
            }
            Err(error) => {
                self.refuse(path + "/", format!("cannot read the folder: {error}"));
                return Ok(());
            }
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        let inside = on_disk.strip_prefix(self.root.root()).unwrap_or(on_disk);
        let problem = self.rules.enter(self.root, inside, &path);
        if let Some(message) = problem {
            self.warn(join(&path, IGNORE_FILE), message);
        }
        let files_before = self.listing.files.len();
        let mut readmes = Vec::new();
        for entry in entries {
            let Ok(name) = entry.file_name().into_string() else {
                let name = entry.file_name().to_string_lossy().into_owned();
                self.refuse(
                    join(&path, &name),
                    "the file's name is not valid Unicode: rename it",
                );
                continue;
            };
            if passed_over::is_hidden(&name) {
                continue;
            }
            if passed_over::is_called_readme(&name) && !entry.path().is_dir() {
                readmes.extend(passed_over::is_readme(&name).then_some((entry.path(), name)));
                continue;
            }
            self.entry(&entry.path(), join(&path, &name), depth)?;
        }
        for (on_disk, name) in readmes {
            let path = join(&path, &name);
            if self.listing.files.len() == files_before {
                self.entry(&on_disk, path, depth)?;
            } else if !self.rules.exclude(&path, false) {
                let message = "describes a folder with other articles, so it is not used: rename it to use it";
                self.warn(path, message);
            }
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
        let kind = match fs::metadata(&real) {
            Ok(metadata) => metadata.file_type(),
            Err(error) => {
                self.refuse(path, format!("cannot be read: {error}"));
                return Ok(());
            }
        };
        if self.rules.exclude(&path, kind.is_dir()) {
            return Ok(());
        }
        if !real.starts_with(self.root.root()) {
            let message =
                "is a link out of the folder, so it is not followed: put a copy in its place";
            let end = if kind.is_dir() { "/" } else { "" };
            self.warn(path + end, message);
            return Ok(());
        }
        if kind.is_dir() {
            return self.subfolder(on_disk, &real, path, depth);
        }
        if !kind.is_file() {
            self.refuse(path, "not a regular file, so it is not opened: delete it");
        } else if let Some(kind) = passed_over::kind(file_name(&path)) {
            let message = format!("is {kind} by its name, so it is not used: rename it to use it");
            self.warn(path, message);
        } else if Format::of_path(&path).is_none() {
            self.unsupported.add(path);
        } else if let Ok(inside) = real.strip_prefix(self.root.root())
            && self.visited.insert(real.clone())
        {
            let real = inside.to_owned();
            let found = FoundFile {
                shelf: self.shelf,
                path,
                real,
            };
            self.listing.files.push(found);
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
                path + "/",
                format!("folders are nested more than {limit} deep: move the files up"),
            );
            return Ok(());
        }
        let links_to_parent = on_disk.is_symlink() && self.root.root().starts_with(real);
        if links_to_parent || !self.visited.insert(real.to_owned()) {
            return Ok(());
        }
        self.folder(real, path, depth + 1)
    }

    /// Reports a file or folder that cannot be used.
    fn refuse(&mut self, path: String, message: impl Into<String>) {
        self.report(path, Problem::error(message));
    }

    /// Reports a file that is not used for a good reason.
    fn warn(&mut self, path: String, message: impl Into<String>) {
        self.report(path, Problem::warning(None, message));
    }

    fn report(&mut self, path: String, problem: Problem) {
        let report = FileReport::without_article(path, problem);
        self.listing.reports.push(report);
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
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
        let opened = Shelf::knowledge(&dir).unwrap();
        let limits = Limits::default();
        let listing = walk(&opened, &limits).unwrap();
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
                &["README"],
                &["a.md"],
                &["sub", "README"],
                &["readme", "b.md"],
                &[".hidden.md"],
                &[".git", "a.md"],
                &["photo.jpg"],
                &["_Sidebar.md"],
                &["LICENSE"],
            ],
            &["a.md", "readme/b.md"],
            &["LICENSE", "_Sidebar.md", "photo.jpg"],
        );
    }

    #[test]
    fn a_readme_is_used_if_it_is_all_there_is() {
        check(&[&["README.md"]], &["README.md"], &[]);
        check(
            &[&["README.md"], &["ferry", "ReadMe.MD"]],
            &["ferry/ReadMe.MD"],
            &["README.md"],
        );
        check(
            &[
                &["README.md"],
                &["a.md"],
                &["ferry", "fares.md"],
                &["ferry", "readme.txt"],
            ],
            &["a.md", "ferry/fares.md"],
            &["ferry/readme.txt", "README.md"],
        );
    }

    #[test]
    fn rules_exclude_files_and_folders() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        for path in [".pullquoteignore", "a.md", "b.md", "README.md", "old/c.md"] {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "b.md\nold/\nREADME.md\n").unwrap();
        }
        let opened = Shelf::knowledge(&root).unwrap();
        let limits = Limits::default();
        let listing = walk(&opened, &limits).unwrap();
        let paths: Vec<&str> = listing.files.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["a.md"]);
        assert!(listing.reports.is_empty());
    }
}
