//! What the bot does about a [`Request`](super::Request).

use super::limits::{CHOICE, cut_plain, length};
use super::{Card, Effect, Form};
use pullquote_core::article::ArticleRef;

/// A reply, and the outcome for logs and metrics.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// What the member sees.
    pub reply: Reply,
    /// What logs and metrics record.
    pub outcome: RequestOutcome,
    /// The article that is quoted as the answer.
    pub quoted: Option<Box<ArticleRef>>,
}

/// What the member sees.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A new message.
    Message {
        /// Content of the message.
        card: Box<Card>,
        /// Who can see it. A reply to a message is always public.
        visibility: Visibility,
    },
    /// Replaces the message that the component belongs to.
    Update(Box<Card>),
    /// Deletes the message that the component belongs to.
    Delete,
    /// Opens a form.
    Form(Box<Form>),
    /// Autocomplete choices, at most 25.
    Choices(Vec<Choice>),
    /// Nothing: a message in an auto-answer channel that is no question or has no sure answer.
    Silence,
    /// Nothing yet: the shell performs the effect, then asks [`after`](super::after) for the reply.
    Perform(Effect),
}

/// Who can see a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Everyone in the channel.
    Public,
    /// Only the member who made the request.
    Ephemeral,
}

/// An autocomplete choice. Name and value have 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    name: String,
    value: String,
}

/// How a request went, for logs and metrics. Contains nothing that a member typed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RequestOutcome {
    /// Answered with a quote. Confidence from 0 to 1.
    Quoted(f32),
    /// Offered passages that may answer it. Confidence of the first, from 0 to 1.
    Suggested(f32),
    /// No answer found.
    NoAnswer,
    /// Showed something else than an answer: help, a list, a page.
    Shown,
    /// Sent no reply.
    Silent,
    /// Deleted an answer.
    Deleted,
    /// Passed a question on to the helpers.
    AskedHelpers,
    /// Removed an answer that nobody asked for, because it was wrong.
    Wrong,
    /// A member says that an answer solved what a forum post was about.
    Solved,
    /// Added, changed, removed or brought back an article of the server.
    Taught,
    /// Took a member's feedback on an answer.
    Feedback {
        /// Whether the answer helped.
        helpful: bool,
    },
    /// No article has the name that was given.
    NoSuchArticle,
    /// Refused, with the reason.
    Refused(Refusal),
    /// Over the limit of requests per minute.
    RateLimited,
    /// Failed; the log has the details.
    Failed,
    /// Left to the shell, see [`Reply::Perform`].
    Pending,
}

/// Why a request was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The question has over 1,000 characters.
    TooLong,
    /// The article or passage that a component names has changed or is gone.
    ArticleChanged,
    /// The message of a component does not show its question any more: its embed was removed.
    QuestionGone,
    /// The target of a message command has no text.
    NoText,
    /// A `custom_id` of another version.
    UnknownComponent,
    /// A command of another version.
    UnknownCommand,
    /// A command for the operator only.
    NotOperator,
    /// Only the member whom an answer is for, and moderators, can delete it.
    NotAsker,
    /// Only the author of a forum post, and moderators, can mark it as solved.
    NotAuthor,
    /// Only members who may manage the server can change its articles.
    NotManager,
    /// A form came back without a title or a text.
    NothingEntered,
    /// A form came back with neither files nor an address, or with both.
    FilesOrAddress,
    /// What a button confirms was confirmed or dropped before, or its time is over.
    DraftGone,
    /// The server's article that a component names is gone.
    OwnArticleGone,
    /// An article that was removed cannot be brought back any more.
    TooLateToUndo,
    /// The question without an answer that a component names is not in the list any more.
    UnansweredGone,
}

impl Response {
    /// A response that quotes no article.
    pub(super) fn new(reply: Reply, outcome: RequestOutcome) -> Self {
        Self {
            reply,
            outcome,
            quoted: None,
        }
    }

    /// The same response, which quotes an article as the answer.
    #[must_use]
    pub(super) fn quoting(self, article: ArticleRef) -> Self {
        Self {
            quoted: Some(Box::new(article)),
            ..self
        }
    }

    /// A new message that only the member can see.
    pub(super) fn ephemeral(card: Card, outcome: RequestOutcome) -> Self {
        Self::message(card, Visibility::Ephemeral, outcome)
    }

    /// A new message.
    pub(super) fn message(card: Card, visibility: Visibility, outcome: RequestOutcome) -> Self {
        let card = Box::new(card);
        let reply = Reply::Message { card, visibility };
        Self::new(reply, outcome)
    }

    /// Replaces the message that the component belongs to.
    pub(super) fn update(card: Card) -> Self {
        Self::new(Reply::Update(Box::new(card)), RequestOutcome::Shown)
    }

    /// Deletes the message that the component belongs to.
    pub(super) fn delete() -> Self {
        Self::new(Reply::Delete, RequestOutcome::Deleted)
    }

    /// Removes the wrong answer that the component belongs to.
    pub(super) fn wrong() -> Self {
        Self {
            outcome: RequestOutcome::Wrong,
            ..Self::delete()
        }
    }

    /// Opens a form.
    pub(super) fn form(form: Form) -> Self {
        Self::new(Reply::Form(Box::new(form)), RequestOutcome::Shown)
    }

    /// Autocomplete choices.
    pub(super) fn choices(choices: Vec<Choice>) -> Self {
        Self::new(Reply::Choices(choices), RequestOutcome::Shown)
    }

    /// No reply.
    pub(super) fn silence() -> Self {
        Self::new(Reply::Silence, RequestOutcome::Silent)
    }

    /// Asks the shell to perform an effect.
    pub(super) fn perform(effect: Effect) -> Self {
        Self::new(Reply::Perform(effect), RequestOutcome::Pending)
    }

    /// The question that everyone can see on the card of the reply.
    pub fn shown_question(&self) -> Option<&str> {
        match &self.reply {
            Reply::Message {
                card,
                visibility: Visibility::Public,
            } => card.question(),
            _ => None,
        }
    }

    /// The card of the reply, if it has one.
    pub fn card(&self) -> Option<&Card> {
        match &self.reply {
            Reply::Message { card, .. } | Reply::Update(card) => Some(card),
            Reply::Delete
            | Reply::Form(_)
            | Reply::Choices(_)
            | Reply::Silence
            | Reply::Perform(_) => None,
        }
    }
}

impl Choice {
    /// A choice that shows `name` and sends `value`. `None` if either is blank or `value` is longer than 100;
    /// a longer `name` is cut.
    pub(super) fn new(name: &str, value: &str) -> Option<Self> {
        let name = cut_plain(name, CHOICE);
        let value = value.trim();
        let fits = length(value) <= CHOICE;
        (fits && !name.is_empty() && !value.is_empty()).then(|| Self {
            name,
            value: value.to_owned(),
        })
    }

    /// Text shown to the member.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Text sent to the bot.
    pub fn value(&self) -> &str {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::Choice;

    #[test]
    fn choices_keep_to_the_limits() {
        let long = "x".repeat(101);
        assert_eq!(Choice::new(&long, "x").unwrap().name().chars().count(), 100);
        assert_eq!(Choice::new("x", &long), None);
        assert_eq!(Choice::new(" ", "x"), None);
        assert_eq!(Choice::new("x", " "), None);
    }
}
