//! Changes to articles that can be undone.

use crate::lock::lock;
use pullquote_library::Version;
use std::collections::VecDeque;
use std::sync::Mutex;
use tokio::sync::Semaphore;

/// Bytes of a text in the editor.
pub(super) const MAX_TEXT: usize = 1 << 20;
/// Changes that can be undone, and bytes of what they replaced.
const MAX_CHANGES: usize = 20;
const MAX_KEPT: usize = 64 << 20;

/// Changes of this run of the program that can be undone, the oldest first.
#[derive(Debug)]
pub(super) struct Edits {
    changes: Mutex<(u64, VecDeque<Change>)>,
    /// One file at a time is uploaded: it is kept in memory meanwhile.
    pub(super) uploading: Semaphore,
}

#[derive(Debug)]
pub(super) struct Change {
    number: u64,
    pub(super) path: String,
    /// What the file contained; `None` if it was new.
    pub(super) before: Option<Vec<u8>>,
    /// What it contains since then; `None` if it was deleted.
    pub(super) after: Version,
}

impl Default for Edits {
    fn default() -> Self {
        Self {
            changes: Mutex::default(),
            uploading: Semaphore::new(1),
        }
    }
}

impl Edits {
    pub(super) fn remember(&self, path: &str, before: Option<Vec<u8>>, after: Version) -> u64 {
        let mut changes = lock(&self.changes);
        changes.0 += 1;
        let number = changes.0;
        changes.1.push_back(Change {
            number,
            path: path.to_owned(),
            before,
            after,
        });
        let size = |change: &Change| change.before.as_ref().map_or(0, Vec::len);
        while changes.1.len() > MAX_CHANGES || changes.1.iter().map(size).sum::<usize>() > MAX_KEPT
        {
            changes.1.pop_front();
        }
        number
    }

    /// Takes a change out of the list.
    pub(super) fn take(&self, number: u64) -> Option<Change> {
        let mut changes = lock(&self.changes);
        let at = changes
            .1
            .iter()
            .position(|change| change.number == number)?;
        changes.1.remove(at)
    }

    /// Puts a change back that could not be undone now.
    pub(super) fn give_back(&self, change: Change) {
        let mut changes = lock(&self.changes);
        let at = changes.1.partition_point(|it| it.number < change.number);
        changes.1.insert(at, change);
    }

    /// The path of a change that can be undone.
    pub(super) fn path(&self, number: u64) -> Option<String> {
        let changes = lock(&self.changes);
        let change = changes.1.iter().find(|change| change.number == number)?;
        Some(change.path.clone())
    }
}
