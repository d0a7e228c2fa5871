//! What a look at a source has found.

use super::error::SyncError;
use pullquote_sources::{Validators, Version};
use std::collections::BTreeMap;
use std::time::Duration;

/// Why a page was not read that will be the next time.
pub const NOT_ASKED: &str = "not asked for this time";

/// What a look has found.
#[derive(Debug, Default)]
pub struct Look {
    /// The pages that were looked at, by id.
    pub pages: BTreeMap<String, Seen>,
    /// Whether all pages that there are were listed: the others are gone.
    pub complete: bool,
    /// Whether only the newest pages were listed: the others are as they were.
    pub is_newest: bool,
    /// By which the archive is recognized as unchanged.
    pub archive: Validators,
    /// Why the look ended early, and how long the site wants to be left alone.
    pub ended: Option<(String, Option<Duration>)>,
}

/// How much a look may read.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Pages that the source may have.
    pub pages: usize,
    /// Pages that this look may ask for.
    pub asked: usize,
    /// Bytes of a page.
    pub page_bytes: u64,
    /// Bytes of all pages.
    pub bytes: u64,
    /// Bytes of an archive.
    pub archive_bytes: u64,
    /// How long a look may take. What was not asked for by then is the next time.
    pub time: Duration,
}

impl Bounds {
    /// Why further pages are left out.
    pub fn too_many(&self) -> String {
        format!("there are more than {} pages", self.pages)
    }

    /// Why a page that leads over the bytes of all pages is left out.
    pub fn too_much(&self) -> String {
        format!("all pages together are larger than {} MB", self.bytes >> 20)
    }
}

/// Why a page of more than so many bytes is left out.
pub fn too_large(limit: u64) -> String {
    format!("it is larger than {} MB", limit >> 20)
}

/// What was seen of a page.
#[derive(Debug)]
pub enum Seen {
    /// It is new or has changed: its copy is waiting to be put into its place.
    New(NewPage),
    /// It is as it was. What is known of it may have to be renewed.
    Same(Renewed),
    /// It cannot be used, for this reason.
    Skipped(String),
    /// It cannot be used any more, for this reason: what was read of it before goes.
    Unusable(String),
    /// It is no longer there.
    Gone,
}

/// A page that is new or has changed.
#[derive(Debug)]
pub struct NewPage {
    /// Its copy, relative to the folder of the source.
    pub file: String,
    /// The address that quotes link to.
    pub address: Option<String>,
    /// The version of its content.
    pub version: Version,
    /// By which the server recognizes it as unchanged.
    pub validators: Validators,
}

/// What is new of a page whose content is not; `None` where nothing is.
#[derive(Debug, Default)]
pub struct Renewed {
    /// The address that quotes link to.
    pub address: Option<String>,
    /// By which the server recognizes it as unchanged.
    pub validators: Option<Validators>,
}

impl Look {
    /// Leaves out the page whose copy is waiting in a file.
    pub fn leave_out(&mut self, file: &str, reason: &str) {
        let mut pages = self.pages.values_mut();
        let is_it = |seen: &&mut Seen| matches!(seen, Seen::New(page) if page.file == file);
        if let Some(seen) = pages.find(is_it) {
            *seen = Seen::Skipped(reason.to_owned());
        }
    }

    /// Why nothing has changed if no page of it can be used; `Ok` if one can.
    ///
    /// # Errors
    ///
    /// [`SyncError::Nothing`], or what has ended the look.
    pub fn checked(self) -> Result<Self, SyncError> {
        if self.found_any() {
            return Ok(self);
        }
        Err(match (&self.ended, self.first_problem()) {
            (Some((reason, wait)), _) => SyncError::Fetch(reason.clone(), *wait),
            (None, Some(reason)) => SyncError::Nothing(reason.to_owned()),
            (None, None) => SyncError::Nothing("there is none".to_owned()),
        })
    }

    /// Whether there is any page that can be used.
    fn found_any(&self) -> bool {
        let mut pages = self.pages.values();
        pages.any(|page| matches!(page, Seen::New(_) | Seen::Same(_)))
    }

    /// Why the first page that cannot be used cannot.
    fn first_problem(&self) -> Option<&str> {
        let mut pages = self.pages.values();
        pages.find_map(|page| match page {
            Seen::Skipped(reason) | Seen::Unusable(reason) => Some(reason.as_str()),
            Seen::Gone => Some("it is no longer there"),
            _ => None,
        })
    }
}
