//! Messages as the bot hears them, and which of them it is asked in.

use pullquote_cards::Addressed;
use serenity::all::{
    GuildId, Message, MessageReferenceKind, MessageType, MessageUpdateEvent, Timestamp, User,
};
use std::collections::BTreeSet;
use std::time::Duration;

/// What matters of a message.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    pub(crate) server: Option<u64>,
    pub(crate) author: u64,
    /// Written by a member: no bot, no webhook, nothing that Discord itself says.
    by_member: bool,
    /// Whom it mentions directly, by id and name; the author of the message that it answers with a ping is
    /// among them.
    mentions: Vec<(u64, String)>,
    text: String,
    /// Author and text of the message that it answers.
    answers: Option<(u64, String)>,
    /// How long after it was written it was edited.
    pub(crate) edited_after: Option<Duration>,
}

impl Heard {
    /// A new message.
    pub(crate) fn new(message: &Message) -> Self {
        let answered = message.referenced_message.as_deref();
        Self {
            id: message.id.get(),
            channel: message.channel_id.get(),
            server: message.guild_id.map(GuildId::get),
            author: message.author.id.get(),
            by_member: !message.author.bot
                && message.webhook_id.is_none()
                && is_ordinary(message.kind)
                && !forwards(message),
            mentions: names(&message.mentions),
            text: message.content.clone(),
            answers: answered.map(words),
            edited_after: after(message.timestamp, message.edited_timestamp),
        }
    }

    /// A message that was changed; `None` where Discord does not say enough of it.
    pub(crate) fn edited(event: &MessageUpdateEvent) -> Option<Self> {
        let author = event.author.as_ref()?;
        let webhook = matches!(event.webhook_id, Some(Some(_)));
        let answered = event.referenced_message.as_ref().and_then(Option::as_deref);
        Some(Self {
            id: event.id.get(),
            channel: event.channel_id.get(),
            server: event.guild_id.map(GuildId::get),
            author: author.id.get(),
            by_member: !author.bot && !webhook && event.kind.is_none_or(is_ordinary),
            mentions: names(event.mentions.as_deref().unwrap_or_default()),
            text: event.content.clone()?,
            answers: answered.map(words),
            edited_after: after(event.timestamp?, event.edited_timestamp),
        })
    }

    /// The question, and to whom it is put; `None` where the bot has no say. `me` is the bot, `open` are the
    /// channels where it answers without being asked.
    pub(crate) fn question(&self, me: u64, open: &BTreeSet<u64>) -> Option<(String, Addressed)> {
        if !self.by_member || self.author == me {
            return None;
        }
        let mentioned = self.mentions.iter().any(|(id, _)| *id == me);
        let addressed = if mentioned || self.server.is_none() {
            Addressed::Bot
        } else if open.contains(&self.channel) {
            Addressed::Anyone
        } else {
            return None;
        };
        let text = self.spoken(&self.text, me);
        if !text.is_empty() {
            return Some((text, addressed));
        }
        // Only a mention, below what someone else asked: that is the question.
        let asked = self.answers.as_ref().filter(|(author, _)| *author != me);
        let asked = asked.map(|(_, text)| self.spoken(text, me));
        Some((asked.unwrap_or_default(), addressed))
    }

    /// The words without mentions of the bot, other members by their names.
    fn spoken(&self, text: &str, me: u64) -> String {
        let mut text = text.to_owned();
        for (id, name) in &self.mentions {
            let named = if *id == me {
                String::new()
            } else {
                format!("@{name}")
            };
            for mention in [format!("<@{id}>"), format!("<@!{id}>")] {
                text = text.replace(&mention, &named);
            }
        }
        text.trim().to_owned()
    }
}

/// Written by someone, not about something (a pin, a boost, a new thread).
fn is_ordinary(kind: MessageType) -> bool {
    matches!(kind, MessageType::Regular | MessageType::InlineReply)
}

/// Passes on someone else's message.
fn forwards(message: &Message) -> bool {
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

fn words(message: &Message) -> (u64, String) {
    (message.author.id.get(), message.content.clone())
}

fn after(written: Timestamp, edited: Option<Timestamp>) -> Option<Duration> {
    let seconds = edited?.unix_timestamp() - written.unix_timestamp();
    u64::try_from(seconds).ok().map(Duration::from_secs)
}
