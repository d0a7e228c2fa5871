//! Why a source cannot be read.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

/// Why a source cannot be read. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// What is at its place is not what it should be.
    #[error("{0}")]
    Place(&'static str),
    /// Its list or archive cannot be fetched, and how long it is to be left alone.
    #[error("{0}")]
    Fetch(String, Option<Duration>),
    /// Its archive is larger than so many bytes.
    #[error("it is larger than {} MB", .0 >> 20)]
    TooLarge(u64),
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
