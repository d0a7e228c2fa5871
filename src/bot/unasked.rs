//! Questions that are not meant for the bot: where it answers them, and when it leaves them to others.
//!
//! It stays out of conversations, leaves a question to whoever answers within the quiet window, and answers a member once
//! a minute. Once it has answered, an edit of the question edits the answer.

use crate::bot::bot::Bot;
use crate::bot::decode::{Asked, IncomingMessage, Me};
use crate::bot::requests::channels::Place;
use crate::bot::requests::conversations::Written;
use crate::bot::requests::lookup;
use pullquote_cards::{Addressed, post_question};
use pullquote_core::query::{asks_about_now, reads_like_a_question};
use std::time::Duration;
use tokio::time::sleep;
use tracing::debug;

impl Bot {
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
        let conversations = &self.servers.conversations;
        if conversations.has_moderator(Written::of(message), is_thread) {
            debug!("not answered: a moderator has written before");
            return None;
        }
        sleep(Duration::from_secs(self.config.auto_answer_delay.into())).await;
        if conversations.goes_on_after(Written::of(message))
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
        let channels = &self.servers.channels;
        let title = if let Some(title) = channels.take_title(message.channel) {
            title
        } else {
            let post = lookup::channel(&self.rest, channels, message.channel).await;
            post.ok()??.name
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
        let channels = &self.servers.channels;
        if channels.choose(server, &settings.unasked) {
            lookup::channels(&self.rest, channels, server).await;
        }
        lookup::place(&self.rest, channels, server, channel).await
    }
}

/// Whether a text asks something that an article may answer.
fn is_question(text: &str) -> bool {
    reads_like_a_question(text) && !asks_about_now(text)
}
