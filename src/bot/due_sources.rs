//! Sources of servers that are due.

use tokio::sync::Notify;

/// What the process needs to look at sources.
#[derive(Debug)]
pub(super) struct DueSources {
    /// Names the process.
    pub(super) process: u64,
    /// A source has become due.
    pub(super) due: Notify,
}

impl DueSources {
    pub(super) fn new() -> Self {
        Self {
            process: fastrand::u64(..),
            due: Notify::new(),
        }
    }

    /// Says that a source may have become due.
    pub(super) fn wake(&self) {
        self.due.notify_one();
    }
}
