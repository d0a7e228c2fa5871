//! One file after the other: read and parsed, or known from before.

use super::before::{Before, Stamp};
use super::walk::Found;
use super::{FileReport, Limits};
use pullquote_core::article::{Article, Problem};
use pullquote_readers::read;
use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A file as read and parsed.
pub(super) struct Parsed {
    pub(super) article: Option<Article>,
    pub(super) report: FileReport,
    /// The file that it was, if it can be known again.
    pub(super) stamp: Option<Stamp>,
}

impl Parsed {
    fn failed(path: String, message: String, stamp: Option<Stamp>) -> Self {
        Self {
            article: None,
            report: FileReport::without_article(path, Problem::error(message)),
            stamp,
        }
    }
}

/// Reads and parses the files, but for those that are as they were `before`, on as many threads as there are cores; results come in the files' order.
pub(super) fn parse_all(files: &[Found], before: &Before<'_>, limits: &Limits) -> Vec<Parsed> {
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
            done.push((at, parse(file, before, limits)));
        }
    };
    let mut done: Vec<(usize, Parsed)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads.min(files.len()))
            .map(|_| scope.spawn(work))
            .collect();
        let mut done = work();
        for worker in workers {
            done.extend(worker.join().unwrap_or_else(|fault| resume_unwind(fault)));
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, parsed)| parsed).collect()
}

fn parse(file: &Found, before: &Before<'_>, limits: &Limits) -> Parsed {
    let path = file.path.clone();
    let now = fs::metadata(&file.on_disk).ok();
    let now = now.as_ref().and_then(Stamp::of);
    if let Some(same) = before.unchanged(&path, now) {
        return same;
    }
    let (bytes, stamp) = match read_whole(&file.on_disk, limits.file_bytes) {
        Ok((bytes, metadata)) => (bytes, Stamp::of(&metadata)),
        Err(message) => return Parsed::failed(path, message, None).or_before(before),
    };
    let mut reading = read(&path, &bytes);
    let dropped = std::mem::take(&mut reading.dropped);
    let problems = std::mem::take(&mut reading.problems);
    let usable = !problems.iter().any(Problem::is_error);
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
    let parsed = Parsed {
        article,
        report,
        stamp,
    };
    parsed.or_before(before)
}

/// The bytes of a file that did not change while it was read; tried twice.
fn read_whole(path: &Path, limit: u64) -> Result<(Vec<u8>, Metadata), String> {
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
            return Ok((bytes, after));
        }
    }
    Err("changed while it was being read: try again when it is saved".to_owned())
}
