//! How a response gets to the member: as the answer to an interaction, as a reply to a message, as an edit of
//! one; and what is done where Discord does not let it through.

use super::bot::{Bot, Job};
use super::heard::Heard;
use super::rest::{Call, CallError, told};
use pullquote_cards::{Card, Format, Payload, Reply, Response, Visibility, failed};
use serenity::all::{ChannelId, Interaction, MessageId};
use serenity::http::{LightMethod, Route};
use std::time::Duration;
use tokio::time::sleep;
use tracing::{error, info, warn};

/// Discord's numbers for refusals (its documentation, "JSON error codes").
mod code {
    pub(super) const UNKNOWN_CHANNEL: u64 = 10_003;
    pub(super) const UNKNOWN_MESSAGE: u64 = 10_008;
    pub(super) const UNKNOWN_INTERACTION: u64 = 10_062;
    pub(super) const ALREADY_ANSWERED: u64 = 40_060;
    pub(super) const POST_NOT_BEGUN: u64 = 40_058;
    pub(super) const NO_ACCESS: u64 = 50_001;
    pub(super) const NO_DIRECT_MESSAGES: u64 = 50_007;
    pub(super) const NO_PERMISSION: u64 = 50_013;
    pub(super) const NO_HISTORY: u64 = 160_002;
}

/// A message that was sent; without an id where there was nobody to send it to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sent(pub(super) Option<u64>);

/// Why a response did not get through.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// The member reads "The application did not respond".
    #[error("too late: Discord had given up on this interaction")]
    TooLate,
    /// Another process with the same token answered.
    #[error("answered already: does the bot run twice?")]
    Twice,
    /// Something that an owner of the server can give.
    #[error("I need the permission `{permission}` in channel {channel}")]
    Permission {
        permission: &'static str,
        channel: u64,
    },
    /// The member takes no direct messages.
    #[error("the member takes no direct messages")]
    Closed,
    /// Anything else.
    #[error("the answer did not get through")]
    Call(#[from] CallError),
}

impl Bot {
    /// Answers an interaction with a response.
    pub(super) async fn call_back(
        &self,
        job: &Job,
        to: &Interaction,
        response: &Response,
    ) -> Result<(), Trouble> {
        let Err(error) = self
            .try_call_back(job, to, &response.reply, Format::Embed)
            .await
        else {
            return Ok(());
        };
        match error.code() {
            code::UNKNOWN_INTERACTION => return Err(Trouble::TooLate),
            code::ALREADY_ANSWERED => {
                return match error {
                    // The answer to an earlier try was lost on its way.
                    CallError::Refused { tries: 2.., .. } => Ok(()),
                    _ => Err(Trouble::Twice),
                };
            }
            _ if !(400..500).contains(&error.status()) || error.status() == 429 => {
                return Err(error.into());
            }
            code::NO_PERMISSION => {
                warn!(id = %job.id, "I need the permission `Embed Links` in channel {}: answering as plain text", channel(to));
                let plain = plain(&response.reply, job);
                return Ok(self
                    .try_call_back(job, to, &plain, Format::PlainText)
                    .await?);
            }
            _ => {}
        }
        // Discord does not take the answer as it is. A sentence it will take.
        error!(id = %job.id, "{}", told(&Trouble::from(error)));
        let sorry = failed(&job.request, &job.id).reply;
        Ok(self.try_call_back(job, to, &sorry, Format::Embed).await?)
    }

    async fn try_call_back(
        &self,
        job: &Job,
        to: &Interaction,
        reply: &Reply,
        look: Format,
    ) -> Result<(), CallError> {
        let Some(payload) = Payload::callback(reply, look) else {
            return Ok(());
        };
        let route = Route::InteractionResponse {
            interaction_id: to.id(),
            token: to.token(),
        };
        let call = Call::new(LightMethod::Post, route).with(&payload);
        self.rest.call(&call, job.deadline).await.map(drop)
    }

    /// Replies to a message. Where something is missing for that, as well as it goes.
    pub(super) async fn reply(
        &self,
        job: &Job,
        heard: &Heard,
        card: &Card,
    ) -> Result<Sent, Trouble> {
        let mut way = Way {
            look: Format::Embed,
            replies_to: Some(heard.id),
            waits: 0,
        };
        loop {
            let shown = shown(card, way.look, job);
            match self.try_reply(job, heard, &shown, way).await {
                Ok(answer) => return Ok(answer),
                Err(error) if is_gone(&error) => return Ok(gone(job)),
                Err(error) if is_bad_form(&error) => {
                    error!(id = %job.id, "{}", told(&Trouble::from(error)));
                    let sorry = failed(&job.request, &job.id);
                    let sorry = sorry.card().unwrap_or(card);
                    return Ok(self.try_reply(job, heard, sorry, way).await?);
                }
                Err(error) => {
                    way = way
                        .around(error, job, heard.channel)
                        .inspect_err(|trouble| {
                            if matches!(trouble, Trouble::Permission { .. } | Trouble::Closed) {
                                self.limits.close(heard.channel);
                            }
                        })?;
                }
            }
            if way.waits > 0 {
                sleep(POST_BEGINS).await;
            }
        }
    }

    async fn try_reply(
        &self,
        job: &Job,
        heard: &Heard,
        card: &Card,
        way: Way,
    ) -> Result<Sent, CallError> {
        let route = Route::ChannelMessages {
            channel_id: ChannelId::new(heard.channel),
        };
        let payload = Payload::message(card, way.look).replying(way.replies_to, heard.id);
        let call = Call::new(LightMethod::Post, route).with(&payload);
        let answer = self.rest.call(&call, job.deadline).await?;
        Ok(Sent(answer["id"].as_str().and_then(|id| id.parse().ok())))
    }

    /// Puts a card in the place of an answer.
    pub(super) async fn edit(
        &self,
        job: &Job,
        heard: &Heard,
        answer: u64,
        card: &Card,
    ) -> Result<(), Trouble> {
        let route = Route::ChannelMessage {
            channel_id: ChannelId::new(heard.channel),
            message_id: MessageId::new(answer),
        };
        let mut look = Format::Embed;
        loop {
            let payload = Payload::edit(&shown(card, look, job), look);
            let call = Call::new(LightMethod::Patch, route).with(&payload);
            let Err(error) = self.rest.call(&call, job.deadline).await else {
                return Ok(());
            };
            match error.code() {
                code::NO_PERMISSION if look == Format::Embed => look = Format::PlainText,
                // Someone deleted the answer: they do not want it.
                _ if is_gone(&error) => {
                    gone(job);
                    return Ok(());
                }
                _ => return Err(error.into()),
            }
        }
    }
}

/// How a reply is tried.
#[derive(Debug, Clone, Copy)]
struct Way {
    look: Format,
    replies_to: Option<u64>,
    /// How often a forum post was waited for.
    waits: u32,
}

impl Way {
    /// Another way, where Discord bars this one; the trouble where there is none.
    fn around(mut self, error: CallError, job: &Job, channel: u64) -> Result<Self, Trouble> {
        let need = |permission| Trouble::Permission {
            permission,
            channel,
        };
        match error.code() {
            code::NO_HISTORY if self.replies_to.is_some() => {
                let need = need("Read Message History");
                warn!(id = %job.id, "{need}: answering without a reply");
                self.replies_to = None;
            }
            code::NO_PERMISSION if self.look == Format::Embed => self.look = Format::PlainText,
            code::NO_PERMISSION => return Err(need("Send Messages (or Send Messages in Threads)")),
            code::NO_ACCESS => return Err(need("View Channel")),
            code::NO_DIRECT_MESSAGES => return Err(Trouble::Closed),
            code::POST_NOT_BEGUN if self.waits < POST_WAITS => self.waits += 1,
            _ => return Err(error.into()),
        }
        Ok(self)
    }
}

/// The event of a forum post can come before Discord takes answers there: so long is waited, so often.
const POST_BEGINS: Duration = Duration::from_millis(500);
const POST_WAITS: u32 = 6;

/// The channel or the message to be answered was deleted.
fn is_gone(error: &CallError) -> bool {
    let reference = matches!(error, CallError::Refused { fields, .. } if fields.get("message_reference").is_some());
    reference || [code::UNKNOWN_CHANNEL, code::UNKNOWN_MESSAGE].contains(&error.code())
}

/// Discord does not take the message as it is.
fn is_bad_form(error: &CallError) -> bool {
    error.status() == 400 && error.code() != code::NO_HISTORY
}

/// The card, with a word on what is missing where it is shown as plain text.
fn shown(card: &Card, look: Format, job: &Job) -> Card {
    match look {
        Format::Embed => card.clone(),
        Format::PlainText => card.clone().without_embed_permission(job.request.locale),
    }
}

fn plain(reply: &Reply, job: &Job) -> Reply {
    let shown = |card: &Card| Box::new(shown(card, Format::PlainText, job));
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

fn gone(job: &Job) -> Sent {
    info!(id = %job.id, "the message is not there any more");
    Sent(None)
}

fn channel(interaction: &Interaction) -> u64 {
    match interaction {
        Interaction::Command(it) | Interaction::Autocomplete(it) => it.channel_id.get(),
        Interaction::Component(it) => it.channel_id.get(),
        _ => 0,
    }
}
