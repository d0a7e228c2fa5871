//! Messages, and which of them contain a question for the bot.

use pullquote_cards::Addressed;
use serenity::all::{
    GuildId, Message, MessageReferenceKind, MessageType, MessageUpdateEvent, Timestamp, User,
};
use std::collections::BTreeSet;
use std::time::Duration;

/// What the bot keeps of a message.
#[derive(Debug, Clone)]
pub(crate) struct IncomingMessage {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    /// `None` in direct messages.
    pub(crate) server: Option<u64>,
    pub(crate) author: u64,
    /// Written by a member, not by a bot, a webhook or Discord, and not forwarded.
    by_member: bool,
    /// Users that it mentions, by id and name. A reply with a ping mentions the author of the message it replies to.
    mentions: Vec<(u64, String)>,
    text: String,
    /// Author and text of the message that it replies to.
    replied_to: Option<(u64, String)>,
    /// Time from writing to the last edit; `None` for a new message.
    pub(crate) edited_after: Option<Duration>,
}

impl IncomingMessage {
    pub(crate) fn new(message: &Message) -> Self {
        let replied_to = message.referenced_message.as_deref();
        Self {
            id: message.id.get(),
            channel: message.channel_id.get(),
            server: message.guild_id.map(GuildId::get),
            author: message.author.id.get(),
            by_member: !message.author.bot
                && message.webhook_id.is_none()
                && is_ordinary(message.kind)
                && !is_forwarded(message),
            mentions: names(&message.mentions),
            text: message.content.clone(),
            replied_to: replied_to.map(author_and_text),
            edited_after: edited_after(message.timestamp, message.edited_timestamp),
        }
    }

    /// An edited message. `None` where author, content or time of writing are missing, and for updates without an
    /// edit: Discord sends one when it has fetched the previews of links.
    pub(crate) fn edited(event: &MessageUpdateEvent) -> Option<Self> {
        event.edited_timestamp?;
        let author = event.author.as_ref()?;
        let webhook = matches!(event.webhook_id, Some(Some(_)));
        let replied_to = event.referenced_message.as_ref().and_then(Option::as_deref);
        Some(Self {
            id: event.id.get(),
            channel: event.channel_id.get(),
            server: event.guild_id.map(GuildId::get),
            author: author.id.get(),
            by_member: !author.bot && !webhook && event.kind.is_none_or(is_ordinary),
            mentions: names(event.mentions.as_deref().unwrap_or_default()),
            text: event.content.clone()?,
            replied_to: replied_to.map(author_and_text),
            edited_after: edited_after(event.timestamp?, event.edited_timestamp),
        })
    }

    /// The question in it and to whom it is addressed. `None` where the bot stays out: no mention and no auto-answer
    /// channel, or not written by a member.
    pub(crate) fn question(
        &self,
        bot: u64,
        auto_answer: &BTreeSet<u64>,
    ) -> Option<(String, Addressed)> {
        if !self.by_member || self.author == bot {
            return None;
        }
        let mentioned = self.mentions.iter().any(|(id, _)| *id == bot);
        let addressed = if mentioned || self.server.is_none() {
            Addressed::Bot
        } else if auto_answer.contains(&self.channel) {
            Addressed::Anyone
        } else {
            return None;
        };
        let text = self.plain_text(&self.text, bot);
        if !text.is_empty() {
            return Some((text, addressed));
        }
        // A bare mention in reply to another member asks that member's question.
        let asked = self
            .replied_to
            .as_ref()
            .filter(|(author, _)| *author != bot);
        let asked = asked.map(|(_, text)| self.plain_text(text, bot));
        Some((asked.unwrap_or_default(), addressed))
    }

    /// Removes mentions of the bot and writes those of members as `@name`.
    fn plain_text(&self, text: &str, bot: u64) -> String {
        let mut text = text.to_owned();
        for (id, name) in &self.mentions {
            let replacement = if *id == bot {
                String::new()
            } else {
                format!("@{name}")
            };
            for mention in [format!("<@{id}>"), format!("<@!{id}>")] {
                text = text.replace(&mention, &replacement);
            }
        }
        text.trim().to_owned()
    }
}

/// Not a system message, such as a pin, a boost or a new thread.
fn is_ordinary(kind: MessageType) -> bool {
    matches!(kind, MessageType::Regular | MessageType::InlineReply)
}

fn is_forwarded(message: &Message) -> bool {
    let reference = message.message_reference.as_ref();
    reference.is_some_and(|reference| reference.kind == MessageReferenceKind::Forward)
}

fn names(users: &[User]) -> Vec<(u64, String)> {
    let name = |user: &User| {
        user.global_name
            .clone()
            .unwrap_or_else(|| user.name.clone())
    };
    users
        .iter()
        .map(|user| (user.id.get(), name(user)))
        .collect()
}

fn author_and_text(message: &Message) -> (u64, String) {
    (message.author.id.get(), message.content.clone())
}

fn edited_after(written: Timestamp, edited: Option<Timestamp>) -> Option<Duration> {
    let seconds = edited?.unix_timestamp() - written.unix_timestamp();
    u64::try_from(seconds).ok().map(Duration::from_secs)
}
