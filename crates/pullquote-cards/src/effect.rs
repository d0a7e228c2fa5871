//! Work that a command needs done but cannot do: this crate has no files, no clock and no connection.
//!
//! A handler returns [`Reply::Perform`](super::Reply::Perform). The shell performs the effect and passes
//! its outcome to [`after`](super::after), which returns the card to show.

use super::insights::{InsightsEffect, InsightsOutcome};
use super::sources::{SourceEffect, SourceOutcome};
use super::teaching::{
    Addition, Confirmed, OwnArticles, OwnText, Prepared, Removed, TeachingError,
};
use super::{ArticleKey, Card, DraftKey, Gate, Rating, SettingChange, ShownSettings};
use pullquote_core::article::Changes;

/// Work for the shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Read the articles again and let the new ones answer.
    Reload,
    /// Count a rating of an answer.
    Rate(Rating),
    /// Post a question for the helpers.
    AskHelpers(HelpRequest),
    /// Set the tag that marks the forum post as solved, where the request was made.
    Solve,
    /// Read what a member wants to add to the articles of the server, and keep it until they confirm it.
    Prepare(Addition),
    /// Let what a member has confirmed answer.
    Confirm(DraftKey),
    /// Drop what a member does not want to add.
    Discard(DraftKey),
    /// Let only some members see an article of the server, or all.
    Gate {
        /// The key of its path.
        article: ArticleKey,
        /// Who may see it.
        gate: Gate,
    },
    /// Remove an article of the server.
    RemoveArticle {
        /// The key of its path.
        article: ArticleKey,
    },
    /// Bring back an article of the server that was removed.
    RestoreArticle {
        /// Its path.
        path: String,
        /// When it was removed, in seconds since 1970.
        removed_at: u64,
    },
    /// List the server's articles.
    ListArticles,
    /// Read an article of the server.
    ReadArticle {
        /// The key of its path.
        article: ArticleKey,
    },
    /// Answer a question as members with a role would get it in a channel.
    Try {
        /// The question.
        question: String,
        /// The role; `None` for members without roles.
        role: Option<u64>,
        /// The channel; `None` for the one of the request.
        channel: Option<u64>,
    },
    /// Show or change a source of the server.
    Source(SourceEffect),
    /// Show or change what was asked and not answered.
    Insights(InsightsEffect),
    /// Show the settings of the server, after a change.
    Settings(Option<SettingChange>),
}

impl Effect {
    /// Whether it may take longer than Discord waits for a response.
    pub fn is_slow(&self) -> bool {
        let is_written = |addition: &Addition| matches!(addition, Addition::Written(_));
        matches!(self, Self::Prepare(addition) if !is_written(addition))
    }

    /// Whether it only shows something, so that it does no harm twice.
    pub fn only_shows(&self) -> bool {
        match self {
            Self::ListArticles | Self::ReadArticle { .. } | Self::Try { .. } => true,
            Self::Source(effect) => effect.only_shows(),
            Self::Insights(effect) => effect.only_shows(),
            Self::Settings(change) => change.is_none(),
            Self::Reload
            | Self::Rate(_)
            | Self::AskHelpers(_)
            | Self::Solve
            | Self::Prepare(_)
            | Self::Confirm(_)
            | Self::Discard(_)
            | Self::Gate { .. }
            | Self::RemoveArticle { .. }
            | Self::RestoreArticle { .. } => false,
        }
    }
}

/// A question for the helpers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRequest {
    /// Their channel.
    pub channel: u64,
    /// The role to notify.
    pub ping: Option<u64>,
    /// What to post.
    pub card: Box<Card>,
    /// The message that shows the question. One message is posted for it, however often it is asked.
    pub message: u64,
}

/// Why a question was not posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostError {
    /// The bot may not write in the channel, or the channel is gone.
    Forbidden,
    /// The member has asked the helpers a moment ago, and may again after these seconds.
    TooFast(u64),
    /// Something else. The log has the details under this id.
    Failed(String),
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
    /// The question is posted, or why it is not.
    AskedHelpers(Result<(), PostError>),
    /// Whether the post has the tag now.
    Solved(Solved),
    /// What was understood of an addition, or why it cannot be made.
    Prepared(Result<Prepared, TeachingError>),
    /// What came of confirming an addition.
    Confirmed(Result<Confirmed, TeachingError>),
    /// Whether there was something to drop.
    Discarded(Result<bool, TeachingError>),
    /// The article is removed; `None` if there was none.
    Removed(Result<Option<Removed>, TeachingError>),
    /// Whether the article is back; not if that comes too late.
    Restored(Result<bool, TeachingError>),
    /// The server's articles and sources.
    Listed(Result<OwnArticles, TeachingError>),
    /// An article of the server; `None` if it is gone.
    Read(Result<Option<OwnText>, TeachingError>),
    /// The article of which was chosen who may see it; `None` if it is gone.
    Gated(Result<Option<OwnText>, TeachingError>),
    /// The answer and why it is that one; see [`tried`](super::tried).
    Tried(Result<Box<Card>, TeachingError>),
    /// A source of the server, or what came of changing it.
    Source(Result<SourceOutcome, TeachingError>),
    /// What was asked and not answered, or why that is not known.
    Insights(Result<InsightsOutcome, TeachingError>),
    /// The settings of the server, or why they are not known or changed.
    Settings(Result<Box<ShownSettings>, TeachingError>),
}

/// What came of [`Effect::Solve`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Solved {
    /// The post has the tag now.
    Tagged,
    /// The forum has no such tag, or the post has as many tags as it can have.
    NoTag,
    /// The bot lacks the permission Manage Threads.
    NotPermitted,
    /// Discord refused, or could not be reached.
    Failed,
}
