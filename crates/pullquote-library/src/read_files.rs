//! Reads and parses the files of the knowledge folder.

use crate::fingerprint::Fingerprint;
use crate::limits::Limits;
use crate::loaded_file::LoadedFile;
use crate::previous_load::PreviousLoad;
use crate::report::FileReport;
use crate::walk::FoundFile;
use pullquote_core::article::{Article, ParsedDocument, Problem};
use pullquote_readers::read;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Threads that read files, at most. Each may need memory for a large file.
const MAX_THREADS: usize = 8;

/// Reads and parses all files that have changed since the `previous` load. The result is in the order of `files`.
pub(crate) fn read_all(
    files: &[FoundFile],
    previous: &PreviousLoad<'_>,
    limits: &Limits,
) -> Vec<LoadedFile> {
    let threads = std::thread::available_parallelism()
        .map_or(1, std::num::NonZero::get)
        .min(MAX_THREADS);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else {
                return done;
            };
            done.push((at, read_file(file, previous, limits)));
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

fn read_file(file: &FoundFile, previous: &PreviousLoad<'_>, limits: &Limits) -> LoadedFile {
    let path = file.path.clone();
    let metadata = fs::metadata(&file.on_disk).ok();
    let now = metadata.as_ref().and_then(Fingerprint::of);
    if let Some(unchanged) = previous.unchanged(&path, now) {
        return unchanged;
    }
    let loaded = match read_bytes(&file.on_disk, limits.file_bytes) {
        Ok((bytes, metadata)) => {
            let document = read(&path, &bytes);
            to_article(path, document, Fingerprint::of(&metadata))
        }
        Err(message) => LoadedFile::failed(path, message),
    };
    previous.keep_article(loaded)
}

fn to_article(
    path: String,
    mut document: ParsedDocument,
    fingerprint: Option<Fingerprint>,
) -> LoadedFile {
    let dropped = std::mem::take(&mut document.dropped);
    let problems = std::mem::take(&mut document.problems);
    let unused_keys = std::mem::take(&mut document.unused_keys);
    let usable = !problems.iter().any(Problem::is_error);
    let article = usable.then(|| Article::new(&path, document)).flatten();
    let report = FileReport {
        path,
        article: article.as_ref().map(|article| article.name.clone()),
        paragraphs: article
            .as_ref()
            .map_or(0, |article| article.paragraphs.len()),
        dropped,
        problems,
        unused_keys,
    };
    LoadedFile {
        article,
        report,
        fingerprint,
    }
}

/// Reads a file. If it changes meanwhile, reading is tried once more; the error is a message for the user.
fn read_bytes(path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), String> {
    let message = |error: io::Error| match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "permission denied: give the user that runs the bot read access to it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    };
    let state = |metadata: &Metadata| (metadata.len(), metadata.modified().ok());
    for _ in 0..2 {
        let mut file = File::open(path).map_err(message)?;
        let before = file.metadata().map_err(message)?;
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
        let after = fs::metadata(path).map_err(message)?;
        if state(&before) == state(&after) && bytes.len() as u64 == after.len() {
            return Ok((bytes, after));
        }
    }
    Err("changed while it was being read: wait until it is saved".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "Words.").unwrap();
        let check = |limit, expected: Result<&[u8], &str>| {
            let found = read_bytes(&path, limit).map(|(bytes, _)| bytes);
            match (found, expected) {
                (Ok(bytes), Ok(expected)) => assert_eq!(bytes, expected),
                (Err(message), Err(part)) => assert!(message.contains(part), "{message}"),
                (found, _) => panic!("{found:?}"),
            }
        };
        check(6, Ok(b"Words."));
        check(5, Err("larger than"));
        fs::remove_file(&path).unwrap();
        let error = read_bytes(&path, 6).unwrap_err();
        assert!(error.starts_with("cannot be read"), "{error}");
    }
}
