//! Why Discord refuses what the bot sends, and what its error codes mean for the next try.

use crate::bot::rest::CallError;

/// Discord's JSON error codes.
pub(super) mod code {
    pub(crate) const UNKNOWN_CHANNEL: u64 = 10_003;
    pub(crate) const UNKNOWN_MESSAGE: u64 = 10_008;
    pub(crate) const UNKNOWN_WEBHOOK: u64 = 10_015;
    pub(crate) const UNKNOWN_INTERACTION: u64 = 10_062;
    /// Of a forum itself, or of a post whose author has written no message yet.
    pub(crate) const FIRST_MESSAGE_MISSING: u64 = 40_058;
    pub(crate) const NO_TEXT_CHANNEL: u64 = 50_008;
    pub(crate) const THREAD_EXISTS: u64 = 160_004;
    pub(crate) const ALREADY_ACKNOWLEDGED: u64 = 40_060;
    pub(crate) const MISSING_ACCESS: u64 = 50_001;
    pub(crate) const CANNOT_SEND_TO_USER: u64 = 50_007;
    pub(crate) const INVALID_WEBHOOK_TOKEN: u64 = 50_027;
    pub(crate) const NO_SERVER_IN_COMMON: u64 = 50_278;
    pub(crate) const MISSING_PERMISSIONS: u64 = 50_013;
    pub(crate) const MISSING_HISTORY: u64 = 160_002;
    pub(crate) const THREAD_ARCHIVED: u64 = 50_083;
    pub(crate) const THREAD_LOCKED: u64 = 160_005;
    pub(crate) const TOO_MANY_THREADS: u64 = 160_006;
    pub(crate) const BLOCKED_BY_AUTOMOD: u64 = 200_000;
    pub(crate) const BLOCKED_BY_LINK_FILTER: u64 = 240_000;
}

/// Why a response was not delivered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeliveryError {
    /// The member sees "The application did not respond".
    #[error("too late: the interaction has expired")]
    Expired,
    /// Another process with the same token has answered.
    #[error("already answered: is another bot running with this token?")]
    AlreadyAnswered,
    /// The bot lacks a permission that the server's owner can grant.
    #[error("missing permission `{permission}` in channel {channel}")]
    Permission {
        permission: &'static str,
        channel: u64,
    },
    /// A moderator has closed the thread. Nobody can write there, or edit what they wrote.
    #[error(
        "thread {channel} is archived or locked: reopen it, or give the bot the permission `Manage Threads` there"
    )]
    ThreadClosed { channel: u64 },
    /// The server has as many active threads as Discord allows, so that none can be opened or reopened.
    #[error("the server of channel {channel} has too many active threads: close some of them")]
    TooManyThreads { channel: u64 },
    /// Nobody can write there: it is a forum, which contains posts only, or a category.
    #[error("channel {channel} takes no messages: choose a text channel or a thread instead")]
    TakesNoMessages { channel: u64 },
    /// A filter of the server's or of Discord's does not let it through.
    #[error(
        "a filter blocked the message in channel {channel}: exempt the bot's role under AutoMod in the server's settings, or change the words \
         that it blocks"
    )]
    Filtered { channel: u64 },
    /// The message whose button or menu was used has been deleted.
    #[error("the message has been deleted meanwhile")]
    MessageDeleted,
    /// The member does not accept direct messages.
    #[error("the member accepts no direct messages, or shares no server with the bot any more")]
    DirectMessagesClosed,
    /// Any other failure.
    #[error("cannot deliver the answer")]
    Call(#[from] CallError),
}

impl DeliveryError {
    /// Whether the same message may get through later: Discord has not refused it.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(self, Self::Call(error) if matches!(error.status(), 0 | 429 | 500..))
    }

    /// Whether further messages to the channel would fail as well.
    pub(crate) fn is_forbidden(&self) -> bool {
        matches!(
            self,
            Self::Permission { .. }
                | Self::ThreadClosed { .. }
                | Self::TakesNoMessages { .. }
                | Self::DirectMessagesClosed
        )
    }

    /// Why a message to a channel, or an edit of one there, was refused.
    pub(super) fn refused(error: CallError, channel: u64) -> Self {
        match error.code() {
            code::THREAD_ARCHIVED | code::THREAD_LOCKED => Self::ThreadClosed { channel },
            code::TOO_MANY_THREADS => Self::TooManyThreads { channel },
            code::BLOCKED_BY_AUTOMOD | code::BLOCKED_BY_LINK_FILTER => Self::Filtered { channel },
            code::UNKNOWN_MESSAGE => Self::MessageDeleted,
            code::INVALID_WEBHOOK_TOKEN => Self::Expired,
            code::CANNOT_SEND_TO_USER | code::NO_SERVER_IN_COMMON => Self::DirectMessagesClosed,
            _ => error.into(),
        }
    }
}

/// The channel or the message to reply to has been deleted.
pub(super) fn is_deleted(error: &CallError) -> bool {
    let reference = matches!(error, CallError::Rejected { fields, .. } if fields.get("message_reference").is_some());
    reference || [code::UNKNOWN_CHANNEL, code::UNKNOWN_MESSAGE].contains(&error.code())
}

/// Not for what the message is: nobody may write in the thread, too many threads are open, a filter is in the way, or the message
/// to be changed is gone. In private, the same may be accepted.
pub(super) fn is_refused_here(error: &CallError) -> bool {
    let codes = [
        code::THREAD_ARCHIVED,
        code::THREAD_LOCKED,
        code::TOO_MANY_THREADS,
        code::BLOCKED_BY_AUTOMOD,
        code::BLOCKED_BY_LINK_FILTER,
        code::UNKNOWN_MESSAGE,
    ];
    codes.contains(&error.code())
}

/// Discord rejects the message itself. Another one, such as an apology, may be accepted.
pub(super) fn is_malformed(error: &CallError) -> bool {
    error.status() == 400 && error.code() != code::MISSING_HISTORY && !is_refused_here(error)
}
