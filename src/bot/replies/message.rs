//! Sends messages: replies and their threads, edits of them, and posts that reply to nothing. Where Discord refuses one form, another
//! is tried.

use crate::bot::decode::{IncomingMessage, id};
use crate::bot::replies::delivery::{Delivery, shown};
use crate::bot::replies::refusals::{DeliveryError, code, is_deleted, is_malformed};
use crate::bot::requests::answered::SentReply;
use crate::bot::rest::{Call, CallError, Rest, Route};
use pullquote_cards::limits::cut_plain;
use pullquote_cards::{Card, Format, HelpRequest, Locale, Payload, failed};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing::{debug, warn};

/// The event of a new forum post can arrive before Discord accepts replies to it. This is the delay between tries.
const FORUM_POST_DELAY: Duration = Duration::from_millis(500);
/// How often to wait for a forum post.
const FORUM_POST_WAITS: u32 = 6;

/// Characters of a thread's name.
const THREAD_NAME: usize = 100;
/// Minutes without a message after which a thread is archived: a day.
const ARCHIVE_AFTER: u32 = 1_440;

impl Delivery<'_> {
    /// Replies to a message, or writes into its `thread`. Returns where the answer is; `None` if the message has been
    /// deleted meanwhile.
    pub(crate) async fn reply(
        &self,
        to: &IncomingMessage,
        thread: Option<u64>,
        card: &Card,
    ) -> Result<Option<SentReply>, DeliveryError> {
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
    ) -> Result<Option<SentReply>, CallError> {
        let channel = attempt.channel;
        let route = Route::ChannelMessages { channel };
        let payload = Payload::message(card, attempt.look).replying(attempt.replies_to, to.id);
        let message = self.call(&Call::post(route, &payload)).await?;
        Ok(id(&message["id"]).map(|message| SentReply { channel, message }))
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

    /// Replaces the card of a message that the bot sent earlier. Does nothing if that has been deleted.
    pub(crate) async fn edit(&self, answer: SentReply, card: &Card) -> Result<(), DeliveryError> {
        let SentReply { channel, message } = answer;
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
