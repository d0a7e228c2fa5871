//! What a member wants, free of Discord's own types: the edge decodes an event into a [`Request`].

use super::Locale;

/// One thing that a member did and that may deserve a [`Response`](super::Response).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What was done.
    pub action: Action,
    /// Which language the fixed texts of the response are in: the member's, where Discord tells it
    /// (interactions), else the server's, else English.
    pub locale: Locale,
    /// Where.
    pub place: Place,
    /// Who: their Discord id.
    pub member: u64,
    /// How the program is, for `/about`.
    pub status: Status,
}

/// What a member did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A slash command, or a message command with the message's text as argument [`MESSAGE`].
    Command {
        /// Name as registered (English).
        name: String,
        /// What was filled in.
        arguments: Arguments,
    },
    /// A question in a message.
    Question {
        /// The message without the mention of the bot.
        text: String,
        /// To whom it was said.
        addressed: Addressed,
    },
    /// A button was pressed, or a choice made in a select.
    Component {
        /// The `custom_id` of the control.
        custom_id: String,
        /// The values chosen; none for a button.
        values: Vec<String>,
        /// The question that the message with the control shows: its embed's footer text or, where there is
        /// none, its embed's author name (see [`Card::asked`](super::Card::asked)), or the heading of a plain message.
        asked: Option<String>,
    },
    /// An option of a slash command is being typed.
    Autocomplete {
        /// Name of the command as registered.
        command: String,
        /// Name of the option as registered.
        option: String,
        /// What stands there so far.
        typed: String,
        /// The options that are filled in.
        arguments: Arguments,
    },
}

/// To whom a question in a message was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressed {
    /// To the bot: a mention, a reply to it, a direct message. It always gets an answer.
    Bot,
    /// To nobody in particular, in an auto-answer channel: silence unless the answer is sure.
    Anyone,
}

/// Where something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a server's channel or thread.
    Server,
    /// In a direct message with the bot.
    DirectMessage,
    /// In a direct message or group of others, where a member brought the bot along.
    PrivateChannel,
}

/// How the program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// Seconds since it started.
    pub uptime: u64,
    /// Milliseconds of the last heartbeat's round trip; `None` before the first.
    pub latency: Option<u32>,
}

/// Name of the argument that holds the text of a message command's message.
pub const MESSAGE: &str = "message";

/// The options that a member filled in, by registered name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arguments(Vec<(String, Argument)>);

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
}

impl Arguments {
    /// With one more option.
    #[must_use]
    pub fn with(mut self, name: &str, value: Argument) -> Self {
        self.0.push((name.to_owned(), value));
        self
    }

    /// With one more text option.
    #[must_use]
    pub fn with_text(self, name: &str, text: &str) -> Self {
        self.with(name, Argument::Text(text.to_owned()))
    }

    /// The text of an option, trimmed; `None` where it is missing or blank.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find_map(|(option, value)| match value {
            Argument::Text(text) if option == name => Some(text.trim()),
            _ => None,
        });
        found.filter(|text| !text.is_empty())
    }

    /// Whether a yes-or-no option says yes.
    pub fn flag(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|(option, value)| option == name && *value == Argument::Flag(true))
    }
}
