//! One look at a source, and what it changes.

use super::copies::{Copies, record};
use super::look::Look;
use super::{archive, recorded, site};
use crate::fetch::Fetcher;
use pullquote_library::Folders;
use pullquote_sources::{Kind, Record, Source, State, settings};
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The file that is locked during a look, so that no two processes ask the same sites or write the same copies.
const LOCK: &str = ".lock";

/// Looks at the sources of a knowledge folder.
#[derive(Debug)]
pub struct Syncing {
    folders: Folders,
    /// The folder with the copies.
    copies: PathBuf,
    fetcher: Fetcher,
}

/// Why a source cannot be read. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// What is at its place is not what it should be.
    #[error("{0}")]
    Place(&'static str),
    /// Its list or archive cannot be fetched, and how long it is to be left alone.
    #[error("{0}")]
    Fetch(String, Option<Duration>),
    /// Its file cannot be read.
    #[error("cannot read `{}`", .0.display())]
    File(PathBuf, #[source] io::Error),
    /// None of its pages can be used.
    #[error("no page can be used: {0}")]
    Nothing(String),
    /// The copies cannot be written.
    #[error("cannot write the copies of its pages")]
    Copies(#[source] io::Error),
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

    /// The sources of the folder, in their order.
    ///
    /// # Errors
    ///
    /// If their file cannot be read.
    pub fn sources(&self) -> io::Result<Vec<Source>> {
        match fs::read_to_string(self.folders.sources_file()) {
            Ok(text) => settings::read(&text).map_err(io::Error::other),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
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
        let copies = Copies::open(folder, &source.place).map_err(SyncError::Copies)?;
        let look = self.look(source, &copies).await;
        let look = look.and_then(|look| {
            if look.found_any() {
                Ok(look)
            } else {
                Err(nothing(&look))
            }
        });
        match look {
            Ok(look) => {
                let record = recorded(&copies.record, &look);
                copies.finish(&record).map_err(SyncError::Copies)?;
                Ok(record)
            }
            Err(error) => {
                let mut record = copies.record.clone();
                let wait = match &error {
                    SyncError::Fetch(_, wait) => *wait,
                    _ => None,
                };
                has_failed(&mut record, chain(&error), wait);
                copies.give_up(&record).map_err(SyncError::Copies)?;
                Err(error)
            }
        }
    }

    async fn look(&self, source: &Source, copies: &Copies) -> Result<Look, SyncError> {
        match source.kind {
            Kind::Repository => archive::repository(source, &self.fetcher, copies).await,
            Kind::Export => {
                let file = self.folders.sources_file();
                let beside = file.parent().unwrap_or(Path::new(""));
                archive::export(source, beside, copies)
            }
            _ => site::look(source, &self.fetcher, copies).await,
        }
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

/// Why a look at which nothing was found has failed.
fn nothing(look: &Look) -> SyncError {
    match (&look.ended, look.first_problem()) {
        (Some((reason, wait)), _) => SyncError::Fetch(reason.clone(), *wait),
        (None, Some(reason)) => SyncError::Nothing(reason.to_owned()),
        (None, None) => SyncError::Nothing("there is none".to_owned()),
    }
}

fn has_failed(record: &mut Record, reason: String, wait: Option<Duration>) {
    record.looked_at = now();
    record.failures += 1;
    record.failure = Some(reason);
    record.wait_for(wait);
}

/// An error with its causes.
fn chain(error: &SyncError) -> String {
    let source = std::error::Error::source(error);
    source.map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
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
