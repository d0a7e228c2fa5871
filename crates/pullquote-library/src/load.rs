//! Loads a knowledge folder.

use crate::error::LoadError;
use crate::file_reader::{FileReader, InProcess};
use crate::folders::{Folders, Shelf};
use crate::library::Library;
use crate::limits::Limits;
use crate::loaded_file::LoadedFile;
use crate::previous_load::PreviousLoad;
use crate::read_files::{Reading, read_all};
use crate::report::FileReport;
use crate::walk::walk;
use pullquote_core::article::{Article, Problem, file_stem};
use rustc_hash::FxBuildHasher;
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::path::Path;

/// Reads every article in a folder and its subfolders, in this process. Hidden files, links that lead out of the folder,
/// and what `.pullquoteignore` lists are ignored.
///
/// # Errors
///
/// If the folder itself cannot be read or contains too many files. Problems with single files are in their reports.
pub fn load(dir: &Path, limits: &Limits) -> Result<Library, LoadError> {
    load_with(dir, limits, &InProcess)
}

/// [`load`], with another reader: files from strangers should be read in another process.
///
/// # Errors
///
/// As [`load`].
pub fn load_with(
    folders: impl Into<Folders>,
    limits: &Limits,
    reader: &dyn FileReader,
) -> Result<Library, LoadError> {
    load_after(&folders.into(), limits, reader, &PreviousLoad::NONE)
}

/// Loads folders again. Files that have not changed since the previous load are not read.
pub(crate) fn load_after(
    folders: &Folders,
    limits: &Limits,
    reader: &dyn FileReader,
    previous: &PreviousLoad<'_>,
) -> Result<Library, LoadError> {
    let mut shelves = vec![Shelf::knowledge(&folders.knowledge)?];
    let (copies, mut reports) = Shelf::copies(folders);
    shelves.extend(copies);
    let mut files = Vec::new();
    for shelf in &shelves {
        let listing = walk(shelf, limits)?;
        files.extend(listing.files);
        reports.extend(listing.reports);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let reading = Reading::new(reader, previous, limits);
    let mut loaded = read_all(&files, &reading);
    let out_of_time = reading.is_out_of_time();
    loaded.extend(previous.unreachable(&reports));
    loaded.sort_by(|a, b| a.report.path.cmp(&b.report.path));
    let mut collector = Collector::new(limits);
    collector.library.reports = reports;
    collector.library.out_of_time = out_of_time;
    for file in loaded {
        collector.add(file);
    }
    Ok(collector.finish())
}

/// Collects articles and reports. Files must be added in the order of their paths: of two articles with the same name,
/// the second is named after its path, and if that is the name of another one, too, after its path with the extension.
struct Collector<'a> {
    library: Library,
    limits: &'a Limits,
    /// Paths of the articles, by name.
    names: HashMap<String, String>,
    /// Paths of the articles, by the hash of the text.
    texts: HashMap<u64, String>,
    /// Length of the text of all articles.
    bytes: u64,
}

impl<'a> Collector<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            library: Library::default(),
            limits,
            names: HashMap::new(),
            texts: HashMap::new(),
            bytes: 0,
        }
    }

    fn add(&mut self, mut file: LoadedFile) {
        if let Some(mut article) = file.article.take() {
            self.bytes += article.text.len() as u64;
            let text = FxBuildHasher.hash_one(&article.text);
            let problems = file.report.problems.len();
            self.resolve_name(&mut article, &mut file.report);
            self.warn_about_copy(text, &mut file.report);
            if file.report.problems.len() > problems {
                // The warning is about another file. It must be examined again on the next load.
                file.fingerprint = None;
            }
            if let Some(message) = self.refusal(&article) {
                file = LoadedFile::failed(file.report.path, message);
            } else {
                self.names
                    .insert(article.name.clone(), article.path.clone());
                self.texts.insert(text, article.path.clone());
                self.library.articles.push(article);
            }
        }
        let path = file.report.path.clone();
        let fingerprint = file.fingerprint.map(|fingerprint| (path, fingerprint));
        self.library.fingerprints.extend(fingerprint);
        self.library.reports.push(file.report);
    }

    /// Names an article after its path if another article has its name.
    fn resolve_name(&self, article: &mut Article, report: &mut FileReport) {
        let Some(other) = self.names.get(&article.name) else {
            return;
        };
        let path = without_extension(&article.path);
        let is_taken = self.names.contains_key(path);
        let name = if is_taken {
            article.path.as_str()
        } else {
            path
        }
        .to_owned();
        article.name.clone_from(&name);
        report.article = Some(name.clone());
        let message = format!("has the same name as `{other}`, so its article is called `{name}`");
        report.problems.push(Problem::warning(None, message));
    }

    fn warn_about_copy(&self, text: u64, report: &mut FileReport) {
        if let Some(other) = self.texts.get(&text) {
            let message = format!("contains the same text as `{other}`: delete one of them");
            report.problems.push(Problem::warning(None, message));
        }
    }

    /// Why the article is not used; `None` if it is.
    fn refusal(&self, article: &Article) -> Option<String> {
        if let Some(other) = self.names.get(&article.name) {
            let message = format!("has the same name as `{other}`: rename one of them");
            return Some(message);
        }
        (self.bytes > self.limits.total_bytes).then(|| self.limits.too_much_text())
    }

    fn finish(mut self) -> Library {
        self.library.reports.sort_by(|a, b| a.path.cmp(&b.path));
        self.library
    }
}

/// `dir/faq.md` -> `dir/faq`.
fn without_extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let end = path.len() - name.len() + file_stem(path).len();
    path.get(..end).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn extensions_are_removed() {
        let check = |path, expected| assert_eq!(without_extension(path), expected);
        check("faq.md", "faq");
        check("dir.d/faq.en.md", "dir.d/faq.en");
        check("dir.d/LICENSE", "dir.d/LICENSE");
    }

    #[test]
    fn articles_of_the_same_name_are_all_used() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("guide")).unwrap();
        for path in ["guide/index.md", "guide/index.txt", "index.md", "index.txt"] {
            fs::write(folder.path().join(path), format!("Words of {path}.")).unwrap();
        }
        let library = load(folder.path(), &Limits::default()).unwrap();
        let names = library.articles.iter().map(|article| article.name.as_str());
        let expected = ["index", "guide/index", "index.md", "index.txt"];
        assert_eq!(names.collect::<Vec<_>>(), expected);
        let mut problems = library.reports.iter().flat_map(|report| &report.problems);
        assert!(problems.all(|problem| !problem.is_error()));
    }

    #[test]
    fn errors_name_the_folder_as_the_caller_did() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), "Words.").unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        // Canonicalization would remove the dots, and add `\\?\` on Windows.
        let dir = folder.path().join("sub").join("..");
        let limits = Limits {
            files: 0,
            ..Limits::default()
        };
        let LoadError::TooManyFiles { path, .. } = load(&dir, &limits).unwrap_err() else {
            panic!("another error");
        };
        assert_eq!(path, dir);
        let file = dir.join("a.txt");
        let LoadError::NotAFolder(path) = load(&file, &Limits::default()).unwrap_err() else {
            panic!("another error");
        };
        assert_eq!(path, file);
    }
}
