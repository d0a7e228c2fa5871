//! Messages, and which of them contain a question for the bot.

use super::fields::{id, ids, list, text, time, time_of};
use super::message_text::shown_question;
use pullquote_cards::Addressed;
use serde_json::Value;
use std::time::{Duration, SystemTime};

/// What the bot keeps of a message.
#[derive(Debug, Clone)]
pub(crate) struct IncomingMessage {
    pub(crate) id: u64,
    pub(crate) channel: u64,
    /// `None` in direct messages.
    pub(crate) server: Option<u64>,
    pub(crate) author: u64,
    /// The author's roles in the server.
    pub(crate) roles: Vec<u64>,
    /// Written by a member, not by a bot, a webhook or Discord, and not forwarded.
    pub(crate) by_member: bool,
    /// Users that it mentions, by id and name. A reply with a ping mentions the author of the message it replies to.
    mentions: Vec<(u64, String)>,
    mentioned_roles: Vec<u64>,
    /// Empty where Discord withholds it.
    text: String,
    replied_to: Option<RepliedTo>,
    /// `None` for a new message.
    pub(crate) edit: Option<Edit>,
}

/// The message that another one replies to.
#[derive(Debug, Clone)]
struct RepliedTo {
    author: u64,
    text: String,
    /// The question that it answers, if it is a card.
    question: Option<String>,
}

/// The last edit of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edit {
    /// When it was made, by Discord's clock.
    pub(crate) at: SystemTime,
    /// Time from writing the message to the edit.
    pub(crate) after: Duration,
}

/// What a message asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A question; empty if the message only mentions the bot.
    Question { text: String, addressed: Addressed },
    /// A reply to one of the bot's cards whose text Discord withholds, and the question on that card.
    Withheld { question: Option<String> },
}

impl Asked {
    /// The question; `None` if Discord withholds it.
    pub(crate) fn question(&self) -> Option<&str> {
        match self {
            Self::Question { text, .. } => Some(text),
            Self::Withheld { .. } => None,
        }
    }

    /// Whether it is not meant for the bot.
    pub(crate) fn is_unasked(&self) -> bool {
        match self {
            Self::Question { addressed, .. } => *addressed != Addressed::Bot,
            Self::Withheld { .. } => false,
        }
    }
}

/// Whom a mention names if it means the bot.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Me {
    pub(crate) user: u64,
    /// The role that Discord made for the bot in the message's server.
    pub(crate) role: Option<u64>,
}

impl IncomingMessage {
    pub(crate) fn new(message: &Value) -> Option<Self> {
        let author = &message["author"];
        let forwarded = message["message_reference"]["type"] == 1
            || !list(&message["message_snapshots"]).is_empty();
        let by_webhook = !message["webhook_id"].is_null();
        let id = id(&message["id"])?;
        Some(Self {
            id,
            channel: self::id(&message["channel_id"])?,
            server: self::id(&message["guild_id"]),
            author: self::id(&author["id"])?,
            roles: ids(&message["member"]["roles"]),
            by_member: author["bot"] != true
                && !by_webhook
                && is_ordinary(&message["type"])
                && !forwarded,
            mentions: list(&message["mentions"])
                .iter()
                .filter_map(id_and_name)
                .collect(),
            mentioned_roles: ids(&message["mention_roles"]),
            text: text(&message["content"]).to_owned(),
            replied_to: replied_to(&message["referenced_message"]),
            edit: edit(id, &message["edited_timestamp"]),
        })
    }

    /// An edited message. `None` for updates of messages that were never edited: Discord sends one when it has fetched the
    /// previews of links, for a pin, and for a new thread.
    pub(crate) fn edited(message: &Value) -> Option<Self> {
        Self::new(message).filter(|message| message.edit.is_some())
    }

    /// Whom it is meant for. `None` where the bot stays out: a part of a conversation, or not written by a member.
    pub(crate) fn addressed(&self, me: Me) -> Option<Addressed> {
        if !self.by_member || self.author == me.user {
            return None;
        }
        let mentioned = self.mentions.iter().any(|(id, _)| *id == me.user)
            || me
                .role
                .is_some_and(|role| self.mentioned_roles.contains(&role));
        if mentioned || self.server.is_none() {
            Some(Addressed::Bot)
        } else {
            self.is_for_anyone(me).then_some(Addressed::Anyone)
        }
    }

    /// What it asks.
    pub(crate) fn asked(&self, me: Me, addressed: Addressed) -> Asked {
        let replied_to = self.replied_to.as_ref();
        let text = self.plain_text(&self.text, me);
        if !text.is_empty() {
            return Asked::Question { text, addressed };
        }
        match replied_to {
            Some(card) if card.author == me.user && self.text.is_empty() => {
                let question = card.question.clone();
                Asked::Withheld { question }
            }
            // A bare mention in reply to another member asks that member's question.
            Some(other) if other.author != me.user => {
                let text = self.plain_text(&other.text, me);
                Asked::Question { text, addressed }
            }
            _ => Asked::Question { text, addressed },
        }
    }

    /// The question on the bot's card that it replies to.
    pub(crate) fn card_question(&self, me: Me) -> Option<&str> {
        let card = self.replied_to.as_ref().filter(|it| it.author == me.user)?;
        card.question.as_deref()
    }

    /// Not a part of a conversation: it neither mentions nor replies to anybody else.
    fn is_for_anyone(&self, me: Me) -> bool {
        let replies_to_other = self
            .replied_to
            .as_ref()
            .is_some_and(|it| it.author != me.user);
        self.mentions.is_empty() && self.mentioned_roles.is_empty() && !replies_to_other
    }

    /// Removes mentions of the bot and writes those of members as `@name`.
    fn plain_text(&self, text: &str, me: Me) -> String {
        let mut text = text.to_owned();
        for (id, name) in &self.mentions {
            let replacement = if *id == me.user {
                String::new()
            } else {
                format!("@{name}")
            };
            for mention in [format!("<@{id}>"), format!("<@!{id}>")] {
                text = text.replace(&mention, &replacement);
            }
        }
        if let Some(role) = me.role {
            text = text.replace(&format!("<@&{role}>"), "");
        }
        text.trim().to_owned()
    }
}

/// Not a system message, such as a pin, a boost or a new thread: an ordinary message (0, the default) or a reply (19).
fn is_ordinary(kind: &Value) -> bool {
    matches!(kind.as_u64(), None | Some(0 | 19))
}

fn id_and_name(user: &Value) -> Option<(u64, String)> {
    let name = user["global_name"]
        .as_str()
        .unwrap_or(text(&user["username"]));
    Some((id(&user["id"])?, name.to_owned()))
}

fn replied_to(message: &Value) -> Option<RepliedTo> {
    Some(RepliedTo {
        author: id(&message["author"]["id"])?,
        text: text(&message["content"]).to_owned(),
        question: shown_question(message),
    })
}

/// `None` for a message that was never edited.
fn edit(message: u64, edited: &Value) -> Option<Edit> {
    let at = time(edited)?;
    let after = at.duration_since(time_of(message)?).unwrap_or_default();
    Some(Edit { at, after })
}
