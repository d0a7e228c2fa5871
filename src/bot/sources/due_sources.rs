//! Sources of servers that are due.

use tokio::sync::Notify;

/// What the process needs to look at sources.
#[derive(Debug)]
pub(crate) struct DueSources {
    /// Names the process.
    pub(crate) process: u64,
    /// A source has become due.
    pub(crate) due: Notify,
}

impl DueSources {
    pub(crate) fn new() -> Self {
        Self {
            process: fastrand::u64(..),
            due: Notify::new(),
        }
    }

    /// Says that a source may have become due.
    pub(crate) fn wake(&self) {
        self.due.notify_one();
    }
}
