//! One look at a source, and what it changes.

use super::copies::{Copies, FolderCopies, record};
use super::error::SyncError;
use super::look::{Bounds, Look};
use super::{archive, recorded, site};
use crate::fetch::Fetcher;
use crate::telemetry::error_chain;
use pullquote_library::Folders;
use pullquote_sources::{Kind, Record, Source, State};
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The file that is locked during a look, so that no two processes ask the same sites or write the same copies.
const LOCK: &str = ".lock";

/// How much a look at a source of the operator may read.
const BOUNDS: Bounds = Bounds {
    pages: 5_000,
    asked: usize::MAX,
    page_bytes: 20 << 20,
    bytes: 200 << 20,
    archive_bytes: 100 << 20,
    time: Duration::from_hours(3),
};

/// Looks at the sources of a knowledge folder.
#[derive(Debug)]
pub struct Syncing {
    folders: Folders,
    /// The folder with the copies.
    copies: PathBuf,
    fetcher: Fetcher,
}

/// Another process looks at sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("another process is reading sources: try again when it is done")]
pub struct Busy;

/// What a look has changed, as numbers of pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// New or changed.
    pub taken: usize,
    /// As they were.
    pub unchanged: usize,
    /// Not used, or left as they were.
    pub skipped: usize,
    /// No longer there.
    pub gone: usize,
}

impl Changes {
    /// The states of the pages of a record.
    pub fn of(record: &Record) -> Self {
        let mut changes = Self::default();
        for page in record.pages.values() {
            *match page.state {
                State::Taken => &mut changes.taken,
                State::Unchanged => &mut changes.unchanged,
                State::Skipped(_) => &mut changes.skipped,
                State::Gone => &mut changes.gone,
            } += 1;
        }
        changes
    }

    /// Whether the articles are others.
    pub fn is_any(self) -> bool {
        self.taken + self.gone > 0
    }
}

impl fmt::Display for Changes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            taken,
            unchanged,
            skipped,
            gone,
        } = self;
        write!(
            out,
            "{taken} taken, {unchanged} unchanged, {skipped} skipped, {gone} gone"
        )
    }
}

/// The time, in seconds since 1970.
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

impl Syncing {
    /// Of a knowledge folder; `None` if there is no place for copies.
    pub fn new(folders: Folders, fetcher: Fetcher) -> Option<Self> {
        let copies = folders.copies.clone()?;
        Some(Self {
            folders,
            copies,
            fetcher,
        })
    }

    /// The same with another fetcher.
    #[must_use]
    pub fn with_fetcher(&self, fetcher: Fetcher) -> Self {
        Self {
            folders: self.folders.clone(),
            copies: self.copies.clone(),
            fetcher,
        }
    }

    /// The sources of the folder, in their order.
    ///
    /// # Errors
    ///
    /// If their file cannot be read.
    pub fn sources(&self) -> io::Result<Vec<Source>> {
        self.folders.sources()
    }

    /// What is known of a source.
    pub fn record(&self, source: &Source) -> Record {
        record(&self.copies.join(&source.name))
    }

    /// Keeps other processes from looking at sources until it is dropped.
    ///
    /// # Errors
    ///
    /// If one is at it.
    pub fn lock(&self) -> io::Result<Result<File, Busy>> {
        fs::create_dir_all(&self.copies)?;
        let file = File::create(self.copies.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Ok(file)),
            Err(TryLockError::WouldBlock) => Ok(Err(Busy)),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Looks at a source. Returns what is known of it then.
    ///
    /// # Errors
    ///
    /// If it cannot be read: the copies are as they were.
    pub async fn sync(&self, source: &Source) -> Result<Record, SyncError> {
        let folder = self.copies.join(&source.name);
        let copies = FolderCopies::open(folder, &source.place).map_err(SyncError::Copies)?;
        let copies = Arc::new(copies);
        let as_any: Arc<dyn Copies> = Arc::clone(&copies) as _;
        let look = match source.kind {
            Kind::Export => {
                let file = self.folders.sources_file();
                let beside = file.parent().unwrap_or(Path::new(""));
                archive::export(source, beside, &*as_any, &BOUNDS)
            }
            _ => look(source, &self.fetcher_for(source)?, &as_any, &BOUNDS).await,
        };
        let look = look.and_then(Look::checked);
        let record = after(copies.record(), &look);
        match look {
            Ok(_) => copies.finish(&record),
            Err(_) => copies.give_up(&record),
        }
        .map_err(SyncError::Copies)?;
        look.map(|_| record)
    }

    /// A fetcher that reaches a source of the operator's own network if they allow it.
    fn fetcher_for(&self, source: &Source) -> Result<Fetcher, SyncError> {
        if !source.private {
            return Ok(self.fetcher.clone());
        }
        let fetcher = self.fetcher.at_home(&source.place);
        fetcher.map_err(|_| SyncError::Place("there are no encrypted connections on this machine"))
    }

    /// Deletes the copies of a source.
    ///
    /// # Errors
    ///
    /// If they cannot be deleted.
    pub fn forget(&self, name: &str) -> io::Result<()> {
        match fs::remove_dir_all(self.copies.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

/// Looks at what is on the web.
///
/// # Errors
///
/// If it cannot be read.
pub async fn look(
    source: &Source,
    fetcher: &Fetcher,
    copies: &Arc<dyn Copies>,
    bounds: &Bounds,
) -> Result<Look, SyncError> {
    match source.kind {
        Kind::Repository => archive::repository(source, fetcher, copies, bounds).await,
        Kind::Page | Kind::Sitemap | Kind::Feed => {
            site::look(source, fetcher, &**copies, bounds).await
        }
        Kind::Export => Err(SyncError::Place("it is a file")),
        Kind::Forum => Err(SyncError::Place(
            "a forum can be a source of a server only: use `/knowledge forum` there",
        )),
    }
}

/// What is known after a look: what it has found, or why it has failed.
pub fn after(old: &Record, look: &Result<Look, SyncError>) -> Record {
    match look {
        Ok(look) => recorded(old, look),
        Err(error) => {
            let mut record = old.clone();
            let wait = match error {
                SyncError::Fetch(_, wait) => *wait,
                _ => None,
            };
            has_failed(&mut record, error_chain(error), wait);
            record
        }
    }
}

/// What is known after some pages were looked at. All others are as they were, and so is when all are looked at again.
pub fn after_part(old: &Record, look: &Look) -> Record {
    Record {
        pages: recorded::pages_after_part(old, look),
        ..old.clone()
    }
}

fn has_failed(record: &mut Record, reason: String, wait: Option<Duration>) {
    record.looked_at = now();
    record.failures += 1;
    record.failure = Some(reason);
    record.wait_for(wait);
}

/// What is known after a look.
fn recorded(old: &Record, look: &Look) -> Record {
    let mut record = Record {
        place: old.place.clone(),
        archive: look.archive.clone(),
        pages: recorded::pages(old, look),
        failures: old.failures,
        read_at: old.read_at,
        ..Record::default()
    };
    if let Some((reason, wait)) = &look.ended {
        has_failed(&mut record, reason.clone(), *wait);
    } else {
        record.failures = 0;
        record.looked_at = now();
        record.read_at = record.looked_at;
    }
    record
}
