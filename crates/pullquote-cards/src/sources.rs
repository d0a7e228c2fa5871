//! Sources of a server: where articles come from that are looked at again. Plain data; the shell keeps them.

use super::{Gate, SourceKey};

/// Sources that a server may have.
pub const MAX_SOURCES: usize = 10;
/// Articles that all sources of a server may have together.
pub const MAX_SOURCE_PAGES: usize = 500;

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// One page.
    Page,
    /// The list of the pages of a site.
    Sitemap,
    /// The newest pages of a site.
    Feed,
    /// A Git repository.
    Repository,
    /// A forum of the server.
    Forum,
}

/// What a manager wants to see or do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceEffect {
    /// Show a source.
    Open(SourceKey),
    /// Look at it now.
    Sync(SourceKey),
    /// Let only some members see its articles, or all.
    Gate {
        /// The source.
        source: SourceKey,
        /// Who may see them.
        gate: Gate,
    },
    /// Remove it with its articles.
    Remove(SourceKey),
    /// Bring it back with its articles.
    Restore {
        /// The source.
        source: SourceKey,
        /// When it was removed, in seconds since 1970.
        removed_at: u64,
    },
}

impl SourceEffect {
    /// Whether it changes nothing.
    pub(crate) fn only_shows(&self) -> bool {
        match self {
            Self::Open(_) => true,
            Self::Sync(_) | Self::Gate { .. } | Self::Remove(_) | Self::Restore { .. } => false,
        }
    }
}

/// What came of a [`SourceEffect`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceOutcome {
    /// The source; `None` if it is gone.
    Shown(Option<Box<OwnSource>>),
    /// The source, of which was chosen who may see its articles; `None` if it is gone.
    Gated(Option<Box<OwnSource>>),
    /// When it was removed, in seconds since 1970; `None` if it is gone.
    Removed(SourceKey, Option<u64>),
    /// Whether it is back; not if that comes too late.
    Restored(bool),
}

/// The source of an addition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedSource {
    /// What it is.
    pub kind: SourceKind,
    /// Its address; the id of a forum.
    pub place: String,
    /// Pages that are read once it is added.
    pub later: usize,
    /// Who may see its articles: for a forum that not everyone can see, those who can.
    pub gate: Gate,
}

/// A source of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSource {
    /// Names it.
    pub key: SourceKey,
    /// What it is.
    pub kind: SourceKind,
    /// Its address; the id of a forum.
    pub place: String,
    /// Articles that it has.
    pub articles: usize,
    /// Pages of the list that are still to be read.
    pub later: usize,
    /// Pages at the last look that were new or had changed, were as before, were left out, and were gone.
    pub changes: [usize; 4],
    /// Pages that were left out, each with the reason, in English.
    pub skipped: Vec<(String, String)>,
    /// Seconds since the last look; `None` if there was none.
    pub looked: Option<u64>,
    /// Seconds until the next one.
    pub next: u64,
    /// Why the last look has failed, in English.
    pub failure: Option<String>,
    /// Whether it is being looked at, or will be at once.
    pub is_syncing: bool,
    /// Who may see its articles.
    pub gate: Gate,
    /// Whether managers have chosen that. Otherwise, everyone may, and of a forum those who can see it.
    pub is_gate_chosen: bool,
}
