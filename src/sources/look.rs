//! What a look at a source has found.

use pullquote_sources::{Validators, Version};
use std::collections::BTreeMap;
use std::time::Duration;

/// What a look has found.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// The pages that were looked at, by id.
    pub(super) pages: BTreeMap<String, Seen>,
    /// Whether all pages that there are were listed: the others are gone.
    pub(super) complete: bool,
    /// Whether only the newest pages were listed: the others are as they were.
    pub(super) is_newest: bool,
    /// By which the archive is recognized as unchanged.
    pub(super) archive: Validators,
    /// Why the look ended early, and how long the site wants to be left alone.
    pub(super) ended: Option<(String, Option<Duration>)>,
}

/// What was seen of a page.
#[derive(Debug)]
pub(super) enum Seen {
    /// It is new or has changed: its copy is waiting to be put into its place.
    New(NewPage),
    /// It is as it was. What is known of it may have to be renewed.
    Same(Renewed),
    /// It cannot be used, for this reason.
    Skipped(String),
    /// It is no longer there.
    Gone,
}

/// A page that is new or has changed.
#[derive(Debug)]
pub(super) struct NewPage {
    pub(super) file: String,
    pub(super) address: Option<String>,
    pub(super) version: Version,
    pub(super) validators: Validators,
}

/// What is new of a page whose content is not; `None` where nothing is.
#[derive(Debug, Default)]
pub(super) struct Renewed {
    pub(super) address: Option<String>,
    pub(super) validators: Option<Validators>,
}

impl Look {
    /// Whether there is any page that can be used.
    pub(super) fn found_any(&self) -> bool {
        let mut pages = self.pages.values();
        pages.any(|page| matches!(page, Seen::New(_) | Seen::Same(_)))
    }

    /// Why the first page that cannot be used cannot.
    pub(super) fn first_problem(&self) -> Option<&str> {
        let mut pages = self.pages.values();
        pages.find_map(|page| match page {
            Seen::Skipped(reason) => Some(reason.as_str()),
            Seen::Gone => Some("it is no longer there"),
            _ => None,
        })
    }
}
