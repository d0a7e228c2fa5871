//! Sends a response to the member: as the response to an interaction, as a reply to a message, or as an edit of an
//! earlier reply. Where Discord refuses one form, it tries another.

use crate::bot::decode::{IncomingInteraction, IncomingMessage, id};
use crate::bot::error::error_chain;
use crate::bot::replies::first_response::{Body, FirstResponse};
use crate::bot::requests::answered::Answer;
use crate::bot::requests::job::Job;
use crate::bot::rest::{Call, CallError, Rest, Route};
use pullquote_cards::limits::cut_plain;
use pullquote_cards::{
    Card, Format, HelpRequest, Locale, Payload, Reply, Response, Visibility, failed,
};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing::{debug, error, info, warn};

/// Discord's JSON error codes.
mod code {
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

/// The event of a new forum post can arrive before Discord accepts replies to it. This is the delay between tries.
const FORUM_POST_DELAY: Duration = Duration::from_millis(500);
/// How often to wait for a forum post.
const FORUM_POST_WAITS: u32 = 6;

/// Discord accepts follow-ups once it has read the response that they follow. This is the delay between tries.
const FOLLOW_UP_DELAY: Duration = Duration::from_millis(100);
/// How often to wait for that.
const FOLLOW_UP_WAITS: u32 = 20;
/// How long follow-ups may take at least, where the response said that they come.
const FOLLOW_UP_TIMEOUT: Duration = Duration::from_secs(15);

/// Characters of a thread's name.
const THREAD_NAME: usize = 100;
/// Minutes without a message after which a thread is archived: a day.
const ARCHIVE_AFTER: u32 = 1_440;

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
    fn refused(error: CallError, channel: u64) -> Self {
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

/// What an embed needs, of which at least one is missing where Discord refuses it. It does not say which.
fn needed(reply: &Reply) -> &'static str {
    match reply {
        Reply::Message { card, .. } | Reply::Update(card) if card.attachment().is_some() => {
            "Embed Links` or `Attach Files"
        }
        _ => "Embed Links",
    }
}

/// Delivers the response to one request.
#[derive(Debug)]
pub(crate) struct Delivery<'a> {
    rest: &'a Rest,
    job: &'a Job,
    first: &'a FirstResponse,
}

impl<'a> Delivery<'a> {
    pub(crate) fn new(rest: &'a Rest, job: &'a Job) -> Self {
        Self {
            rest,
            job,
            first: &FirstResponse::Request,
        }
    }

    /// Delivers the response to an interaction in another way.
    pub(crate) fn first(self, first: &'a FirstResponse) -> Self {
        Self { first, ..self }
    }

    /// Responds to an interaction. Falls back to plain text without `Embed Links`, and to an apology where Discord
    /// rejects the response itself.
    pub(crate) async fn call_back(
        &self,
        to: &IncomingInteraction,
        response: &Response,
    ) -> Result<(), DeliveryError> {
        if let Some(body) = self.first.as_body() {
            return self.respond_in(body, to, response).await;
        }
        let sent = self.try_call_back(to, &response.reply, Format::Embed).await;
        let error = match sent {
            Ok(()) if response.reply == Reply::Delete => return self.delete(to).await,
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        match error.code() {
            code::UNKNOWN_INTERACTION => return Err(DeliveryError::Expired),
            code::ALREADY_ACKNOWLEDGED => {
                return match error {
                    // An earlier try succeeded, but its response was lost.
                    CallError::Rejected { tries: 2.., .. } => Ok(()),
                    _ => Err(DeliveryError::AlreadyAnswered),
                };
            }
            _ if !(400..500).contains(&error.status()) || error.status() == 429 => {
                return Err(error.into());
            }
            _ if is_refused_here(&error) && !is_private(&response.reply) => {
                return self.answer_alone(to, &response.reply, error).await;
            }
            code::MISSING_PERMISSIONS => {
                let missing = DeliveryError::Permission {
                    permission: needed(&response.reply),
                    channel: to.channel,
                };
                warn!(id = %self.job.id, "{missing}: answering in plain text");
                let plain = self.plain_reply(&response.reply);
                return Ok(self.try_call_back(to, &plain, Format::PlainText).await?);
            }
            _ => {}
        }
        self.log_rejected(error);
        let apology = failed(&self.job.request, &self.job.id).reply;
        Ok(self.try_call_back(to, &apology, Format::Embed).await?)
    }

    /// Responds to an interaction whose public response was refused: only the member sees it.
    async fn answer_alone(
        &self,
        to: &IncomingInteraction,
        reply: &Reply,
        error: CallError,
    ) -> Result<(), DeliveryError> {
        let reason = DeliveryError::refused(error, to.channel);
        let (Reply::Message { card, .. } | Reply::Update(card)) = reply else {
            return Err(reason);
        };
        let reply = Reply::Message {
            card: card.clone(),
            visibility: Visibility::Ephemeral,
        };
        if matches!(reason, DeliveryError::MessageDeleted) {
            self.log_deleted();
        } else {
            warn!(id = %self.job.id, "{reason}. Until then, only the member sees the answer");
        }
        let sent = self.try_call_back(to, &reply, Format::Embed).await;
        sent.map_err(|error| DeliveryError::refused(error, to.channel))
    }

    /// Responds to an interaction that came over HTTP. A file cannot be part of that response, so it follows.
    async fn respond_in(
        &self,
        body: &Body,
        to: &IncomingInteraction,
        response: &Response,
    ) -> Result<(), DeliveryError> {
        if body.is_deferred() {
            return self.fill_in(to, response).await;
        }
        let Some(payload) = Payload::callback(&response.reply, Format::Embed) else {
            return Ok(());
        };
        let announcement =
            Payload::announcement(&response.reply).filter(|_| payload.file.is_some());
        if !body.send(announcement.as_ref().unwrap_or(&payload)) {
            // It may have been deferred this moment.
            if body.is_deferred() {
                return self.fill_in(to, response).await;
            }
            return Err(DeliveryError::Expired);
        }
        if response.reply == Reply::Delete {
            return self.delete(to).await;
        }
        match announcement {
            Some(_) => self.fill_in(to, response).await,
            None => Ok(()),
        }
    }

    /// Tells Discord that the response will take longer than it waits. Only the member sees it.
    pub(crate) async fn defer(&self, to: &IncomingInteraction) -> Result<(), DeliveryError> {
        if let Some(body) = self.first.as_body() {
            return body.defer().then_some(()).ok_or(DeliveryError::Expired);
        }
        let deferred = self
            .call(&Call::post(callback(to), &Payload::deferral()))
            .await;
        match deferred {
            Err(error) if error.code() == code::UNKNOWN_INTERACTION => Err(DeliveryError::Expired),
            deferred => Ok(deferred.map(drop)?),
        }
    }

    /// Shows the response that was deferred. Where Discord rejects it, an apology.
    pub(crate) async fn fill_in(
        &self,
        to: &IncomingInteraction,
        response: &Response,
    ) -> Result<(), DeliveryError> {
        let (application, token) = (to.application, to.token.as_str());
        let original = Route::OriginalResponse { application, token };
        let Some(card) = response.card() else {
            return Ok(());
        };
        let payload = Payload::edit(card, Format::Embed);
        let Err(error) = self.follow_up(&Call::patch(original, &payload)).await else {
            return Ok(());
        };
        if is_deleted(&error) {
            self.log_deleted();
            return Ok(());
        }
        if !is_malformed(&error) {
            return Err(DeliveryError::refused(error, to.channel));
        }
        self.log_rejected(error);
        let apology = failed(&self.job.request, &self.job.id);
        let apology = apology.card().unwrap_or(card);
        let payload = Payload::edit(apology, Format::Embed);
        self.follow_up(&Call::patch(original, &payload)).await?;
        Ok(())
    }

    /// Deletes the message whose component was used, after Discord was told that something will happen to it. If that
    /// fails, the member gets an apology. This way needs no permission and works in channels that the bot is not in.
    async fn delete(&self, to: &IncomingInteraction) -> Result<(), DeliveryError> {
        let (application, token) = (to.application, to.token.as_str());
        let original = Route::OriginalResponse { application, token };
        let Err(error) = self.follow_up(&Call::delete(original)).await else {
            return Ok(());
        };
        if is_deleted(&error) {
            self.log_deleted();
            return Ok(());
        }
        let apology = failed(&self.job.request, &self.job.id);
        if let Some(card) = apology.card() {
            let payload = Payload::message(card, Format::Embed).ephemeral();
            let follow_ups = Route::FollowUps { application, token };
            self.follow_up(&Call::post(follow_ups, &payload)).await?;
        }
        Err(error.into())
    }

    async fn try_call_back(
        &self,
        to: &IncomingInteraction,
        reply: &Reply,
        look: Format,
    ) -> Result<(), CallError> {
        let Some(payload) = Payload::callback(reply, look) else {
            return Ok(());
        };
        self.call(&Call::post(callback(to), &payload))
            .await
            .map(drop)
    }

    /// Replies to a message, or writes into its `thread`. Returns where the answer is; `None` if the message has been
    /// deleted meanwhile.
    pub(crate) async fn reply(
        &self,
        to: &IncomingMessage,
        thread: Option<u64>,
        card: &Card,
    ) -> Result<Option<Answer>, DeliveryError> {
        let mut attempt = ReplyAttempt {
            look: Format::Embed,
            channel: thread.unwrap_or(to.channel),
            // A thread does not contain the message that it was opened on.
            replies_to: thread.is_none().then_some(to.id),
            waits: 0,
        };
        loop {
            let shown = self.shown(card, attempt.look);
            match self.try_reply(to, &shown, attempt).await {
                Ok(id) => return Ok(id),
                Err(error) if is_deleted(&error) => {
                    self.log_deleted();
                    return Ok(None);
                }
                Err(error) if is_malformed(&error) => {
                    self.log_rejected(error);
                    let apology = failed(&self.job.request, &self.job.id);
                    let apology = apology.card().unwrap_or(card);
                    return Ok(self.try_reply(to, apology, attempt).await?);
                }
                Err(error) => attempt = attempt.after(error, &self.job.id)?,
            }
            if attempt.waits > 0 {
                sleep(FORUM_POST_DELAY).await;
            }
        }
    }

    async fn try_reply(
        &self,
        to: &IncomingMessage,
        card: &Card,
        attempt: ReplyAttempt,
    ) -> Result<Option<Answer>, CallError> {
        let channel = attempt.channel;
        let route = Route::ChannelMessages { channel };
        let payload = Payload::message(card, attempt.look).replying(attempt.replies_to, to.id);
        let message = self.call(&Call::post(route, &payload)).await?;
        Ok(id(&message["id"]).map(|message| Answer { channel, message }))
    }

    /// Posts a question for the helpers.
    pub(crate) async fn post(&self, help: &HelpRequest) -> Result<(), DeliveryError> {
        let message = Post {
            channel: help.channel,
            card: &help.card,
            ping: help.ping,
            nonce: help.message,
            locale: self.job.request.locale,
        };
        post(self.rest, &message, self.job.deadline, &self.job.id).await
    }

    /// Opens a thread on a message, and returns its id. `None` where the bot may not, or where there can be none; then the
    /// answer stays in the channel.
    pub(crate) async fn open_thread(&self, channel: u64, message: u64, name: &str) -> Option<u64> {
        let body =
            json!({"name": cut_plain(name, THREAD_NAME), "auto_archive_duration": ARCHIVE_AFTER});
        let payload = Payload { body, file: None };
        let route = Route::MessageThreads { channel, message };
        match self.call(&Call::post(route, &payload)).await {
            // It has the id of the message.
            Ok(_) => Some(message),
            Err(error) if error.code() == code::THREAD_EXISTS => Some(message),
            Err(error) if error.code() == code::TOO_MANY_THREADS => {
                let reason = DeliveryError::refused(error, channel);
                warn!(id = %self.job.id, "answering without a thread: {reason}");
                None
            }
            Err(error) => {
                debug!(id = %self.job.id, "answering without a thread: {error}");
                None
            }
        }
    }

    /// Opens a thread on the response to a command.
    pub(crate) async fn open_thread_on_response(
        &self,
        to: &IncomingInteraction,
        name: &str,
    ) -> Option<u64> {
        let (application, token) = (to.application, to.token.as_str());
        let original = Route::OriginalResponse { application, token };
        let message = self.follow_up(&Call::get(original)).await.ok()?;
        self.open_thread(to.channel, id(&message["id"])?, name)
            .await
    }

    /// Replaces the card of a message that the bot sent earlier. Does nothing if that has been deleted.
    pub(crate) async fn edit(&self, answer: Answer, card: &Card) -> Result<(), DeliveryError> {
        let Answer { channel, message } = answer;
        let route = Route::ChannelMessage { channel, message };
        let mut look = Format::Embed;
        loop {
            let payload = Payload::edit(&self.shown(card, look), look).showing_embeds();
            let Err(error) = self.call(&Call::patch(route, &payload)).await else {
                return Ok(());
            };
            match error.code() {
                code::MISSING_PERMISSIONS if look == Format::Embed => look = Format::PlainText,
                _ if is_deleted(&error) => {
                    self.log_deleted();
                    return Ok(());
                }
                _ => return Err(DeliveryError::refused(error, channel)),
            }
        }
    }

    async fn call(&self, call: &Call<'_>) -> Result<serde_json::Value, CallError> {
        self.rest.call(call, self.job.deadline).await
    }

    /// A request after the first response. Over HTTP, Discord may not have read that yet.
    async fn follow_up(&self, call: &Call<'_>) -> Result<serde_json::Value, CallError> {
        if self.first.as_body().is_none() {
            return self.call(call).await;
        }
        let deadline = self.job.deadline.max(Instant::now() + FOLLOW_UP_TIMEOUT);
        let mut waits = 0;
        loop {
            match self.rest.call(call, deadline).await {
                Err(error) if error.code() == code::UNKNOWN_WEBHOOK && waits < FOLLOW_UP_WAITS => {
                    waits += 1;
                    sleep(FOLLOW_UP_DELAY).await;
                }
                result => return result,
            }
        }
    }

    fn shown(&self, card: &Card, look: Format) -> Card {
        shown(card, look, self.job.request.locale)
    }

    fn plain_reply(&self, reply: &Reply) -> Reply {
        let shown = |card: &Card| Box::new(self.shown(card, Format::PlainText));
        match reply {
            Reply::Message { card, visibility } => Reply::Message {
                card: shown(card),
                visibility: *visibility,
            },
            Reply::Update(card) => Reply::Message {
                card: shown(card),
                visibility: Visibility::Ephemeral,
            },
            other => other.clone(),
        }
    }

    fn log_rejected(&self, error: CallError) {
        error!(id = %self.job.id, "{}", error_chain(&DeliveryError::from(error)));
    }

    fn log_deleted(&self) {
        info!(id = %self.job.id, "not sent: the message has been deleted");
    }
}

/// A message that replies to nothing.
#[derive(Debug)]
pub(crate) struct Post<'a> {
    pub(crate) channel: u64,
    pub(crate) card: &'a Card,
    /// A role to notify.
    pub(crate) ping: Option<u64>,
    /// Discord creates one message for it.
    pub(crate) nonce: u64,
    /// The language of what the card does not say.
    pub(crate) locale: Locale,
}

/// Posts a message. `id` names it in the log.
pub(crate) async fn post(
    rest: &Rest,
    message: &Post<'_>,
    deadline: Instant,
    id: &str,
) -> Result<(), DeliveryError> {
    let channel = message.channel;
    let mut attempt = ReplyAttempt {
        look: Format::Embed,
        channel,
        replies_to: None,
        waits: 0,
    };
    loop {
        let card = shown(message.card, attempt.look, message.locale);
        let payload = Payload::message(&card, attempt.look);
        let payload = match message.ping {
            Some(role) => payload.pinging(role),
            None => payload,
        };
        let payload = payload.replying(None, message.nonce);
        let call = Call::post(Route::ChannelMessages { channel }, &payload);
        let Err(error) = rest.call(&call, deadline).await else {
            return Ok(());
        };
        if [code::FIRST_MESSAGE_MISSING, code::NO_TEXT_CHANNEL].contains(&error.code()) {
            return Err(DeliveryError::TakesNoMessages { channel });
        }
        attempt = attempt.after(error, id)?;
    }
}

/// The card. Plain text also says which permission is missing.
fn shown(card: &Card, look: Format, locale: Locale) -> Card {
    match look {
        Format::Embed => card.clone(),
        Format::PlainText => card.clone().without_embed_permission(locale),
    }
}

/// How a reply is sent. After each refusal another way is tried.
#[derive(Debug, Clone, Copy)]
struct ReplyAttempt {
    look: Format,
    channel: u64,
    replies_to: Option<u64>,
    /// How often a forum post was waited for.
    waits: u32,
}

impl ReplyAttempt {
    /// The next attempt; the error if there is none.
    fn after(mut self, error: CallError, id: &str) -> Result<Self, DeliveryError> {
        let channel = self.channel;
        let missing = |permission| DeliveryError::Permission {
            permission,
            channel,
        };
        match error.code() {
            code::MISSING_HISTORY if self.replies_to.is_some() => {
                let missing = missing("Read Message History");
                warn!(%id, "{missing}: answering without a reply");
                self.replies_to = None;
            }
            code::MISSING_PERMISSIONS if self.look == Format::Embed => {
                self.look = Format::PlainText;
            }
            code::MISSING_PERMISSIONS => {
                return Err(missing("Send Messages (or Send Messages in Threads)"));
            }
            code::MISSING_ACCESS | code::UNKNOWN_CHANNEL => return Err(missing("View Channel")),
            code::FIRST_MESSAGE_MISSING if self.waits < FORUM_POST_WAITS => self.waits += 1,
            _ => return Err(DeliveryError::refused(error, channel)),
        }
        Ok(self)
    }
}

/// Whether only the member sees it anyway.
fn is_private(reply: &Reply) -> bool {
    let private = Visibility::Ephemeral;
    matches!(reply, Reply::Message { visibility, .. } if *visibility == private)
}

/// Where the first response to an interaction goes.
fn callback(to: &IncomingInteraction) -> Route<'_> {
    Route::InteractionCallback {
        interaction: to.id,
        token: &to.token,
    }
}

/// The channel or the message to reply to has been deleted.
fn is_deleted(error: &CallError) -> bool {
    let reference = matches!(error, CallError::Rejected { fields, .. } if fields.get("message_reference").is_some());
    reference || [code::UNKNOWN_CHANNEL, code::UNKNOWN_MESSAGE].contains(&error.code())
}

/// Not for what the message is: nobody may write in the thread, too many threads are open, a filter is in the way, or the message
/// to be changed is gone. In private, the same may be accepted.
fn is_refused_here(error: &CallError) -> bool {
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
fn is_malformed(error: &CallError) -> bool {
    error.status() == 400 && error.code() != code::MISSING_HISTORY && !is_refused_here(error)
}
