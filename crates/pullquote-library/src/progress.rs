//! Says in the log how far a load has come, if it takes long.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tracing::info;

/// Time between two lines of the log.
const INTERVAL: Duration = Duration::from_secs(10);

/// The progress of a load.
#[derive(Debug)]
pub(crate) struct Progress {
    files: usize,
    last: Mutex<Instant>,
}

impl Progress {
    /// The progress of a load of this many files.
    pub(crate) fn of(files: usize) -> Self {
        let last = Mutex::new(Instant::now());
        Self { files, last }
    }

    /// Says which file comes next, if nothing was said for a while.
    pub(crate) fn log(&self, done: usize, next: &str) {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() >= INTERVAL {
            *last = Instant::now();
            info!(
                "still reading files: {done} of {}, next `{next}`",
                self.files
            );
        }
    }
}
