//! The knowledge folder on disk -> articles, with a report on every file.
//!
//! Files are taken in the order of their paths; what is read is the same whatever order the disk gives.
//! One bad file never stops the rest.

use crate::article::{Article, Dropped, Format, Problem, Severity, file_stem, read};
use std::collections::HashMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

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
        self.reports
            .iter()
            .flat_map(|report| &report.problems)
            .any(|problem| problem.severity == Severity::Error)
    }
}

/// Reads every article in a folder and the folders in it. Hidden files, files named README and links
/// that lead out of the folder are passed over.
///
/// # Errors
///
/// When the folder itself cannot be read. What is wrong with single files is in their reports.
pub fn load(dir: &Path, limits: &Limits) -> Result<Library, LoadError> {
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
    let mut walk = Walk {
        root: &root,
        limits,
        files: Vec::new(),
        reports: Vec::new(),
        folders: Vec::new(),
    };
    walk.folder(&root, String::new(), 0)?;
    let Walk {
        mut files, reports, ..
    } = walk;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let parsed = parse_all(&files, limits);
    Ok(gather(&files, parsed, reports, limits))
}

/// A file that should be read.
#[derive(Debug)]
struct Found {
    path: String,
    on_disk: PathBuf,
}

/// Goes through the folders.
struct Walk<'a> {
    root: &'a Path,
    limits: &'a Limits,
    files: Vec<Found>,
    reports: Vec<FileReport>,
    /// Folders that were seen: links may lead in circles.
    folders: Vec<PathBuf>,
}

impl Walk<'_> {
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
            } else if !self.folders.contains(&real)
                && (!on_disk.is_symlink() || !self.root.starts_with(&real))
            {
                self.folders.push(real.clone());
                self.folder(&real, path, depth + 1)?;
            }
        } else if !kind.is_file() {
            self.refuse(path, "this is no ordinary file and was not opened");
        } else if Format::of_name(&path).is_none() {
            let message =
                "this kind of file is not read: save the article as .txt, .md, .html or .pdf";
            self.report(path, Problem::warning(None, message));
        } else {
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

impl FileReport {
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

fn join(below: &str, name: &str) -> String {
    if below.is_empty() {
        name.to_owned()
    } else {
        format!("{below}/{name}")
    }
}

/// A file as read and parsed.
type Parsed = (Option<Article>, FileReport);

/// Reads and parses the files on as many threads as there are cores; results come in the files' order.
fn parse_all(files: &[Found], limits: &Limits) -> Vec<Parsed> {
    let threads = std::thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(8);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else {
                return done;
            };
            done.push((at, parse(file, limits)));
        }
    };
    let mut done: Vec<(usize, Parsed)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads.min(files.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut done = work();
        for worker in workers {
            done.extend(worker.join().unwrap_or_default());
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, parsed)| parsed).collect()
}

fn parse(file: &Found, limits: &Limits) -> Parsed {
    let path = file.path.clone();
    let bytes = match read_whole(&file.on_disk, limits.file_bytes) {
        Ok(bytes) => bytes,
        Err(message) => {
            return (
                None,
                FileReport::without_article(path, Problem::error(message)),
            );
        }
    };
    let mut reading = read(&path, &bytes);
    let dropped = std::mem::take(&mut reading.dropped);
    let problems = std::mem::take(&mut reading.problems);
    let usable = problems
        .iter()
        .all(|problem| problem.severity != Severity::Error);
    let article = usable.then(|| Article::new(&path, reading)).flatten();
    let report = FileReport {
        path,
        article: article.as_ref().map(|article| article.name.clone()),
        paragraphs: article
            .as_ref()
            .map_or(0, |article| article.paragraphs.len()),
        dropped,
        problems,
    };
    (article, report)
}

/// The bytes of a file that did not change while it was read; tried twice.
fn read_whole(path: &Path, limit: u64) -> Result<Vec<u8>, String> {
    let cannot = |error: io::Error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "may not be read: give the bot read access to it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    };
    let stamp = |metadata: &Metadata| (metadata.len(), metadata.modified().ok());
    for _ in 0..2 {
        let mut file = File::open(path).map_err(cannot)?;
        let before = file.metadata().map_err(cannot)?;
        if before.len() > limit {
            return Err(format!(
                "is larger than {} MB: split it, or keep only the article's text",
                limit >> 20
            ));
        }
        let mut bytes = Vec::with_capacity(before.len() as usize);
        file.by_ref()
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(cannot)?;
        let after = fs::metadata(path).map_err(cannot)?;
        if stamp(&before) == stamp(&after) && bytes.len() as u64 == after.len() {
            return Ok(bytes);
        }
    }
    Err("changed while it was being read: try again when it is saved".to_owned())
}

/// Puts articles and reports together; of two articles with one name the first by path stays.
fn gather(
    files: &[Found],
    parsed: Vec<Parsed>,
    mut reports: Vec<FileReport>,
    limits: &Limits,
) -> Library {
    let mut articles: Vec<Article> = Vec::new();
    let mut names: HashMap<String, String> = HashMap::new();
    let mut bytes = 0_u64;
    for (file, (article, mut report)) in files.iter().zip(parsed) {
        if let Some(article) = article {
            bytes += article.text.len() as u64;
            if let Some(other) = names.get(&article.name) {
                let message =
                    format!("has the same name as `{other}`, which was taken: rename one of them");
                report = FileReport::without_article(report.path, Problem::error(message));
            } else if bytes > limits.total_bytes {
                let message = format!(
                    "all articles together are larger than {} MB: this one was left out",
                    limits.total_bytes >> 20
                );
                report = FileReport::without_article(report.path, Problem::error(message));
            } else {
                names.insert(article.name.clone(), file.path.clone());
                articles.push(article);
            }
        }
        reports.push(report);
    }
    reports.sort_by(|a, b| a.path.cmp(&b.path));
    Library { articles, reports }
}
