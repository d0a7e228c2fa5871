//! Work that a command needs done but cannot do: this crate has no files, no clock and no connection.
//!
//! A handler returns [`Reply::Perform`](super::Reply::Perform). The shell performs the effect and passes
//! its outcome to [`after`](super::after), which returns the card to show.

use super::Rating;
use pullquote_core::article::Changes;

/// Work for the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read the articles again and let the new ones answer.
    Reload,
    /// Count a rating of an answer.
    Rate(Rating),
}

/// What came of an [`Effect`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EffectOutcome {
    /// The articles that changed, or why the old ones stay. The card shows the reason to the operator.
    Reloaded(Result<Changes, String>),
    /// The rating is counted.
    Rated {
        /// Whether the answer helped.
        helpful: bool,
    },
}
