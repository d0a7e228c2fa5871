//! Questions that are not meant for the bot: where it answers them, and when it leaves them to others.
//!
//! It stays out of conversations, leaves a question to whoever answers within the quiet window, and answers a member once
//! a minute. Once it has answered, an edit of the question edits the answer.

use crate::bot::bot::Bot;
use crate::bot::decode::{Asked, Channel, ChannelEvent, Event, IncomingMessage, Me};
use crate::bot::requests::channels::{Found, Place};
use crate::bot::requests::conversations::Written;
use crate::bot::rest::{Call, Route};
use pullquote_cards::{Addressed, post_question};
use pullquote_core::query::{asks_about_now, reads_like_a_question};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing::{debug, warn};

/// How long a request for a channel may take.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(5);

impl Bot {
    /// Takes note of what an event says about servers, channels and conversations, before what comes after it is handled.
    pub(super) fn note(&self, event: &Event) {
        match event {
            Event::Guild(guild) if self.servers.allow(Some(guild.id)) => {
                if let Some(channels) = &guild.channels {
                    self.channels.set(guild.id, channels);
                }
                if self.config.reads_messages {
                    self.moderators.set(guild);
                }
            }
            Event::Role {
                server,
                role,
                moderates,
            } => self.moderators.change(*server, *role, *moderates),
            Event::Channel { server, event } => {
                self.channels.apply(*server, event);
                if matches!(event, ChannelEvent::ServerGone { .. }) {
                    self.moderators.forget(*server);
                }
            }
            Event::Message(message) => self.note_message(message),
            _ => {}
        }
    }

    fn note_message(&self, message: &IncomingMessage) {
        let is_near = message
            .server
            .is_some_and(|server| self.channels.knows(server));
        if is_near && message.by_member && message.edit.is_none() {
            let by_moderator = self.moderators.wrote(message);
            self.conversations.note(written(message), by_moderator);
        }
    }

    /// What a message asks that is not meant for the bot, after the quiet window. `None` if the bot leaves it to others.
    pub(super) async fn unasked(&self, message: &IncomingMessage, me: Me) -> Option<Asked> {
        let place = self.place(message).await?;
        let asked = match place {
            Place::Post { owner } => self.asked_in_post(message, me, owner).await?,
            Place::Channel | Place::Thread => {
                let asked = message.asked(me, Addressed::Anyone);
                asked.question().filter(|text| is_question(text))?;
                asked
            }
        };
        if self.is_answered_edit(message).await {
            return Some(asked);
        }
        let is_thread = place != Place::Channel;
        if self
            .conversations
            .has_moderator(written(message), is_thread)
        {
            debug!("not answered: a moderator has written before");
            return None;
        }
        sleep(Duration::from_secs(self.config.auto_answer_delay.into())).await;
        if self.conversations.goes_on_after(written(message))
            && !self.is_answered_edit(message).await
        {
            debug!("not answered: somebody else was faster");
            return None;
        }
        Some(asked)
    }

    /// Whether a message is the edit of one that the bot has answered. Its answer follows it, whoever has written since.
    async fn is_answered_edit(&self, message: &IncomingMessage) -> bool {
        message.edit.is_some() && self.answered.has_answer(message.id).await
    }

    /// What a message in a post asks: title and first message together, or a further question of the post's author.
    async fn asked_in_post(
        &self,
        message: &IncomingMessage,
        me: Me,
        owner: Option<u64>,
    ) -> Option<Asked> {
        let asked = message.asked(me, Addressed::Post);
        let text = asked.question()?;
        // The first message of a post has its id.
        if message.id != message.channel {
            let is_further = owner == Some(message.author) && is_question(text);
            return is_further.then_some(asked);
        }
        let title = match self.channels.take_title(message.channel) {
            Some(title) => title,
            None => self.look_up(message.channel).await?.name,
        };
        if asks_about_now(&title) || asks_about_now(text) {
            return None;
        }
        Some(Asked::Question {
            text: post_question(&title, text),
            addressed: Addressed::Post,
        })
    }

    /// Where a message was written, if the bot answers there without being asked.
    async fn place(&self, message: &IncomingMessage) -> Option<Place> {
        let (server, channel) = (message.server?, message.channel);
        if !self.config.reads_messages {
            return None;
        }
        let settings = self.articles.settings(Some(server)).await;
        if self.channels.choose(server, &settings.unasked) {
            let _one_at_a_time = self.channels.lookup(server).await;
            if !self.channels.knows(server) {
                let list = self.list_channels(server).await;
                self.channels.set(server, &list);
            }
        }
        let mut found = self.channels.place(server, channel);
        if found == Found::Unknown {
            let _one_at_a_time = self.channels.lookup(channel).await;
            found = self.channels.place(server, channel);
            if found == Found::Unknown {
                let answer = self.look_up(channel).await;
                self.channels.looked_up(server, channel, answer.as_ref());
                found = self.channels.place(server, channel);
            }
        }
        match found {
            Found::Here(place) => Some(place),
            Found::Elsewhere | Found::Unknown => None,
        }
    }

    /// Asks Discord for the channels of a server, which its event told before it has chosen some. If that fails, each is
    /// looked up when somebody writes there.
    async fn list_channels(&self, server: u64) -> Vec<Channel> {
        let call = Call::get(Route::GuildChannels { guild: server });
        let answer = self.rest.call(&call, Instant::now() + LOOKUP_TIMEOUT).await;
        let answer = answer.inspect_err(|error| warn!("cannot list channels of {server}: {error}"));
        let list = answer.unwrap_or_default();
        let channels = list.as_array().into_iter().flatten();
        channels.filter_map(Channel::new).collect()
    }

    /// Asks Discord about a channel of which no event has told.
    pub(super) async fn look_up(&self, channel: u64) -> Option<Channel> {
        let call = Call::get(Route::Channel { channel });
        let answer = self.rest.call(&call, Instant::now() + LOOKUP_TIMEOUT).await;
        answer
            .inspect_err(|error| warn!("cannot look up channel {channel}: {error}"))
            .ok()
            .as_ref()
            .and_then(Channel::new)
    }
}

/// Whether a text asks something that an article may answer.
fn is_question(text: &str) -> bool {
    reads_like_a_question(text) && !asks_about_now(text)
}

fn written(message: &IncomingMessage) -> Written {
    Written {
        channel: message.channel,
        author: message.author,
        message: message.id,
    }
}
