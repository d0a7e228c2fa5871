//! Reads and parses the files of the knowledge folder.

use crate::file_reader::FileReader;
use crate::fingerprint::Fingerprint;
use crate::knowledge_folder::KnowledgeFolder;
use crate::limits::Limits;
use crate::loaded_file::LoadedFile;
use crate::previous_load::PreviousLoad;
use crate::progress::Progress;
use crate::report::FileReport;
use crate::walk::FoundFile;
use pullquote_core::article::ParsedDocument;
use std::fs::Metadata;
use std::io::{self, Read};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Threads that read files, at most. Each may need memory for a large file.
const MAX_THREADS: usize = 8;

/// What is needed to read files.
pub(crate) struct Reading<'a> {
    reader: &'a dyn FileReader,
    previous: &'a PreviousLoad<'a>,
    limits: &'a Limits,
    /// When the load began.
    start: Instant,
    /// Length of the text of all articles so far.
    bytes: AtomicU64,
    out_of_time: AtomicBool,
}

impl<'a> Reading<'a> {
    /// Begins a load.
    pub(crate) fn new(
        reader: &'a dyn FileReader,
        previous: &'a PreviousLoad<'a>,
        limits: &'a Limits,
    ) -> Self {
        Self {
            reader,
            previous,
            limits,
            start: Instant::now(),
            bytes: AtomicU64::new(0),
            out_of_time: AtomicBool::new(false),
        }
    }

    /// Whether the time was up before all files were read.
    pub(crate) fn is_out_of_time(&self) -> bool {
        self.out_of_time.load(Ordering::Relaxed)
    }
}

/// Reads and parses all files that have changed since the previous load. The result is in the order of `files`.
pub(crate) fn read_all(files: &[FoundFile<'_>], reading: &Reading<'_>) -> Vec<LoadedFile> {
    let threads = std::thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(MAX_THREADS);
    let next = AtomicUsize::new(0);
    let progress = Progress::of(files.len());
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else {
                return done;
            };
            progress.log(at, &file.path);
            done.push((at, reading.file(file)));
        }
    };
    let mut done: Vec<(usize, LoadedFile)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads.min(files.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut done = work();
        for worker in workers {
            done.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, file)| file).collect()
}

impl Reading<'_> {
    fn file(&self, file: &FoundFile<'_>) -> LoadedFile {
        let metadata = file.shelf.folder.metadata(&file.real).ok();
        let now = metadata.as_ref().and_then(Fingerprint::of);
        let unchanged = self.previous.unchanged(&file.path, now);
        let loaded = match unchanged.filter(|loaded| loaded.is_from(file.address())) {
            Some(unchanged) => unchanged,
            None => self.read(file),
        };
        if let Some(article) = &loaded.article {
            let length = article.text.len() as u64;
            self.bytes.fetch_add(length, Ordering::Relaxed);
        }
        loaded
    }

    /// Reads a file that is new or has changed.
    fn read(&self, file: &FoundFile<'_>) -> LoadedFile {
        let path = file.path.clone();
        // Files are started in the order of their paths. Once those before this one have more text than is allowed, it
        // would be refused anyway, so it is not read.
        if self.bytes.load(Ordering::Relaxed) > self.limits.total_bytes {
            return LoadedFile::failed(path, self.limits.too_much_text());
        }
        let loaded = match self.document(file) {
            Ok((mut document, fingerprint)) => {
                if let Some(address) = file.address() {
                    document.meta.set_source(address.to_owned());
                }
                self.to_article(&path, document, fingerprint)
            }
            Err(message) => LoadedFile::failed(path, message),
        };
        self.previous.keep_article(loaded)
    }

    /// Reads and parses a file. The error is a message for the user, about something that may be over the next time.
    fn document(
        &self,
        file: &FoundFile<'_>,
    ) -> Result<(ParsedDocument, Option<Fingerprint>), String> {
        let limit = self.limits.time.unwrap_or(Duration::MAX);
        if self.start.elapsed() > limit {
            self.out_of_time.store(true, Ordering::Relaxed);
            return Err(format!(
                "not read yet, because the files before it took more than {} s: wait, or remove slow files",
                limit.as_secs()
            ));
        }
        let (bytes, metadata) = read_bytes(&file.shelf.folder, &file.real, self.limits.file_bytes)?;
        // Before parsing, which takes time: a change meanwhile must not be taken for this version.
        let fingerprint = Fingerprint::of(&metadata);
        let document = self.reader.read(&file.path, &bytes)?;
        Ok((document, fingerprint))
    }

    fn to_article(
        &self,
        path: &str,
        document: ParsedDocument,
        fingerprint: Option<Fingerprint>,
    ) -> LoadedFile {
        let mut document = self.limits.bounded(document);
        let mut report = FileReport::of(path, &mut document);
        let article = report.article_in(document);
        LoadedFile {
            article,
            report,
            fingerprint,
        }
    }
}

/// Reads a file. If it changes meanwhile, reading is tried once more; the error is a message for the user.
fn read_bytes(
    folder: &KnowledgeFolder,
    path: &Path,
    limit: u64,
) -> Result<(Vec<u8>, Metadata), String> {
    let message = |error: io::Error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "permission denied: give the user that runs the bot read access to it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    };
    let state = |metadata: &Metadata| (metadata.len(), metadata.modified().ok());
    for _ in 0..2 {
        let (mut file, before) = folder.file(path).map_err(message)?;
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
            .map_err(message)?;
        let after = folder.metadata(path).map_err(message)?;
        if state(&before) == state(&after) && bytes.len() as u64 == after.len() {
            return Ok((bytes, after));
        }
    }
    Err("changed while it was being read: wait until it is saved".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_read_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(dir.path()).unwrap();
        let path = root.join("a.txt");
        fs::write(&path, "Words.").unwrap();
        let folder = KnowledgeFolder::open(root).unwrap();
        let check = |limit, expected: Result<&[u8], &str>| {
            let found = read_bytes(&folder, Path::new("a.txt"), limit).map(|(bytes, _)| bytes);
            match (found, expected) {
                (Ok(bytes), Ok(expected)) => assert_eq!(bytes, expected),
                (Err(message), Err(part)) => assert!(message.contains(part), "{message}"),
                (found, _) => panic!("{found:?}"),
            }
        };
        check(6, Ok(b"Words."));
        check(5, Err("larger than"));
        fs::remove_file(&path).unwrap();
        check(6, Err("cannot be read"));
    }
}
