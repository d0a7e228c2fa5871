//! What the bot does about a [`Request`](super::Request).

use super::Card;

/// A reply, and a word for the log on how the request went.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// What the member sees.
    pub reply: Reply,
    /// What the log says.
    pub report: Report,
}

/// What the member sees.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A new message.
    Message {
        /// What it shows.
        card: Box<Card>,
        /// Who sees it. A reply to a message is always public: Discord knows no other.
        audience: Audience,
    },
    /// The message that the control stands on, changed: the next page.
    Update(Box<Card>),
    /// What may be meant, for an option that is being typed. At most 25.
    Choices(Vec<Choice>),
    /// Nothing at all: what was said in an auto-answer channel was no question to answer.
    Silence,
}

/// Who sees a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everyone in the channel.
    Channel,
    /// The member alone (Discord: ephemeral).
    Member,
}

/// A choice for an option: 1 to 100 characters each, by construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    name: String,
    value: String,
}

/// How a request went: one line of the log, without anything that a member typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Report {
    /// Answered with a quote; confidence from 0 to 1.
    Quoted(f32),
    /// Near misses were shown.
    Suggested(f32),
    /// The articles do not tell.
    Unknown,
    /// Something was shown that needed no answer: help, a list, a page.
    Shown,
    /// The bot kept silent.
    Silent,
    /// A member said whether an answer helped.
    Feedback {
        /// Whether it did.
        helpful: bool,
    },
    /// There is no article of the name that was asked for.
    NoSuchArticle,
    /// Refused with a kind sentence: too long, text changed since.
    Refused(Refusal),
    /// Asked for patience: more requests than a member or a server may make in a minute.
    TooFast,
    /// Something went wrong; the log says more.
    Failed,
}

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// More than 1,000 characters.
    TooLong,
    /// The text that a control stands for is no longer what it was.
    Changed,
    /// The message of a control no longer shows the question: its embed was removed.
    QuestionLost,
    /// A message without words.
    NoText,
    /// A `custom_id` that is none of ours, or of another version.
    UnknownControl,
    /// A command that is not in the table: registered by another version.
    UnknownCommand,
    /// A command for whoever runs the bot.
    NotOwner,
}

impl Response {
    /// A new message that the member alone sees.
    pub(super) fn private(card: Card, report: Report) -> Self {
        Self::message(card, Audience::Member, report)
    }

    pub(super) fn message(card: Card, audience: Audience, report: Report) -> Self {
        let card = Box::new(card);
        let reply = Reply::Message { card, audience };
        Self { reply, report }
    }

    /// The message with the control, changed.
    pub(super) fn update(card: Card) -> Self {
        Self {
            reply: Reply::Update(Box::new(card)),
            report: Report::Shown,
        }
    }

    pub(super) fn choices(choices: Vec<Choice>) -> Self {
        Self {
            reply: Reply::Choices(choices),
            report: Report::Shown,
        }
    }

    pub(super) fn silence() -> Self {
        Self {
            reply: Reply::Silence,
            report: Report::Silent,
        }
    }

    /// The card that it shows, if any.
    pub fn card(&self) -> Option<&Card> {
        match &self.reply {
            Reply::Message { card, .. } | Reply::Update(card) => Some(card),
            Reply::Choices(_) | Reply::Silence => None,
        }
    }
}

impl Choice {
    /// A choice shown as `name` and sent as `value`; `None` where either is blank or `value` is too long
    /// to come back whole. A long name is cut.
    pub(super) fn new(name: &str, value: &str) -> Option<Self> {
        let name = super::limits::cut_plain(name, super::limits::CHOICE);
        let value = value.trim();
        let fits = super::limits::length(value) <= super::limits::CHOICE;
        (fits && !name.is_empty() && !value.is_empty()).then(|| Self {
            name,
            value: value.to_owned(),
        })
    }

    /// What is shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is sent.
    pub fn value(&self) -> &str {
        &self.value
    }
}
