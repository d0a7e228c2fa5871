//! What a member did, without Discord's own types. The shell decodes each event into a [`Request`].

use super::{FormValues, Locale, Origin, Settings, Visibility};
use std::sync::Arc;

/// Something that a member did and that the bot may respond to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What the member did.
    pub action: Action,
    /// Language of the bot's own words to the member: theirs for interactions, otherwise the server's, otherwise
    /// English.
    pub locale: Locale,
    /// Kind of channel it happened in.
    pub channel: ChannelKind,
    /// The member's Discord id.
    pub member: u64,
    /// State of the program, shown by `/about`.
    pub status: Status,
    /// What Discord tells the program besides what the member did.
    pub context: Context,
}

/// What Discord tells the program besides what the member did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// Language of what everyone in the server can see; `None` for the member's.
    pub server_locale: Option<Locale>,
    /// The registered commands.
    pub command_ids: CommandIds,
    /// Whether the member may manage messages in the channel. Only interactions say so.
    pub is_moderator: bool,
    /// Who helps where the articles have no answer.
    pub helpers: Helpers,
    /// The question that this one may refer to: that of the card which a message replies to, or of the last card in the
    /// thread.
    pub question_before: Option<String>,
    /// Whether the member may manage threads, and so forum posts, in the channel. Only interactions say so.
    pub manages_threads: bool,
    /// Whether the member may manage the server. Only interactions say so.
    pub manages_server: bool,
    /// The message that a message command was used on.
    pub target: Option<Origin>,
    /// Who can see the answer to a command, unless the member chooses; `None` for everyone.
    pub visibility: Option<Visibility>,
    /// The confidence, in percent, from which questions are answered that are not meant for the bot; `None` for the usual
    /// one.
    pub unasked_at: Option<u8>,
}

/// Who helps members of a server where the articles have no answer. All empty if nobody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Helpers {
    /// Their channel, where questions can be posted.
    pub channel: Option<u64>,
    /// Their role.
    pub role: Option<u64>,
    /// Whether a question posted in the channel notifies the role.
    pub ping: bool,
}

/// Ids of the registered commands, which a mention of a command contains.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CommandIds(Arc<[(String, u64)]>);

impl CommandIds {
    /// The id of a command, by registered name; `None` before it is known.
    pub fn of(&self, name: &str) -> Option<u64> {
        let mut all = self.0.iter();
        all.find(|(known, _)| known == name).map(|(_, id)| *id)
    }
}

impl FromIterator<(String, u64)> for CommandIds {
    fn from_iter<T: IntoIterator<Item = (String, u64)>>(commands: T) -> Self {
        Self(commands.into_iter().collect())
    }
}

impl Request {
    /// Lets a request follow the settings of its server.
    pub fn follow(&mut self, settings: &Settings) {
        let context = &mut self.context;
        context.visibility = settings.private.map(|private| {
            if private {
                Visibility::Ephemeral
            } else {
                Visibility::Public
            }
        });
        context.unasked_at = settings.unasked_at;
        if settings.helpers.is_some() {
            context.helpers.channel = settings.helpers;
        }
        if let Some(locale) = settings.locale() {
            match &self.action {
                Action::Question { .. } | Action::WithheldReply { .. } => self.locale = locale,
                _ => context.server_locale = Some(locale),
            }
        }
    }

    /// Whether the member may remove a message: the one whom it answers, and moderators.
    pub(super) fn may_remove(&self, message: &Source) -> bool {
        self.context.is_moderator || message.owner == Some(self.member)
    }

    /// Who can see the message that the response to a component changes.
    pub(super) fn updated(&self) -> Visibility {
        match &self.action {
            Action::Component { source, .. } if source.is_public => Visibility::Public,
            _ => Visibility::Ephemeral,
        }
    }

    /// The request in the language of those who see its response.
    pub(super) fn seen_by(&self, visibility: Visibility) -> Self {
        let mut request = self.clone();
        if let (Visibility::Public, Some(locale)) = (visibility, self.context.server_locale) {
            request.locale = locale;
        }
        request
    }
}

/// What a member did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Used a slash command, or a message command. A message command has the message's text as its
    /// argument [`MESSAGE`].
    Command {
        /// Registered (English) name.
        name: String,
        /// Options that were filled in.
        arguments: Arguments,
    },
    /// Asked a question in a message.
    Question {
        /// The message without the mention of the bot.
        text: String,
        /// Whether the message was meant for the bot.
        addressed: Addressed,
    },
    /// Pressed a button or picked an option of a select menu.
    Component {
        /// `custom_id` of the component.
        custom_id: String,
        /// Values of the options picked; empty for a button.
        values: Vec<String>,
        /// The message that the component belongs to.
        source: Source,
    },
    /// Sent a form. Opening one is the response to a component.
    Form {
        /// `custom_id` of the form.
        custom_id: String,
        /// What the member entered.
        values: FormValues,
    },
    /// Replied to a card in a message whose text Discord withholds.
    WithheldReply {
        /// The question that the card shows.
        question: Option<String>,
    },
    /// Is typing an option of a slash command.
    Autocomplete {
        /// Registered name of the command.
        command: String,
        /// Registered name of the option.
        option: String,
        /// Text typed so far.
        typed: String,
        /// Options that are already filled in.
        arguments: Arguments,
    },
}

/// A message of the bot, to which a component belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// The question that it shows; see `Card::with_question`.
    pub question: Option<String>,
    /// The member whom it answers; `None` if that is not known.
    pub owner: Option<u64>,
    /// Whether everyone in the channel can see it.
    pub is_public: bool,
    /// Its Discord id; 0 if it has none.
    pub id: u64,
    /// Address that leads to it, or to its channel if only one member can see it.
    pub link: Option<String>,
}

/// Whether a message was meant for the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressed {
    /// A mention, a reply to the bot or a direct message. Always gets a response.
    Bot,
    /// Any message in an auto-answer channel. Gets a response only if the answer is very likely right.
    Anyone,
    /// A post in a forum, or a further question of its author. Whatever it says is a question; it gets a response only if
    /// the answer is very likely right.
    Post,
}

/// Kind of channel. Discord calls it the interaction's context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    /// A channel or thread of a server.
    Server,
    /// A direct message between a member and the bot.
    DirectMessage,
    /// A direct message or group of other users, one of whom installed the bot for themselves.
    PrivateChannel,
}

/// State of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// Seconds since the program started.
    pub uptime: u64,
    /// Round trip of the last gateway heartbeat in milliseconds; `None` before the first.
    pub latency: Option<u32>,
}

/// Name of the argument that contains the text of a message command's target.
pub const MESSAGE: &str = "message";

/// Name of the argument that contains the name of a subcommand.
pub const SUBCOMMAND: &str = "subcommand";

/// The options that a member filled in, by registered name.
///
/// ```
/// use pullquote_cards::{Argument, Arguments};
///
/// let arguments = Arguments::default()
///     .with_text("question", " When does the ferry leave? ")
///     .with("private", Argument::Boolean(true));
/// assert_eq!(arguments.text("question"), Some("When does the ferry leave?"));
/// assert_eq!(arguments.text("article"), None);
/// assert_eq!(arguments.choice("private"), Some(true));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arguments(Vec<(String, Argument)>);

/// The value of an option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// Value of a text option.
    Text(String),
    /// Value of a yes-or-no option.
    Boolean(bool),
}

impl Arguments {
    /// Adds an option.
    #[must_use]
    pub fn with(mut self, name: &str, value: Argument) -> Self {
        self.0.push((name.to_owned(), value));
        self
    }

    /// Adds a text option.
    #[must_use]
    pub fn with_text(self, name: &str, text: &str) -> Self {
        self.with(name, Argument::Text(text.to_owned()))
    }

    /// The trimmed text of an option; `None` if it is missing or blank.
    pub fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find_map(|(option, value)| match value {
            Argument::Text(text) if option == name => Some(text.trim()),
            _ => None,
        });
        found.filter(|text| !text.is_empty())
    }

    /// The id of the role or channel of an option; `None` if it is missing.
    pub fn id(&self, name: &str) -> Option<u64> {
        self.text(name)?.parse().ok()
    }

    /// The value of a yes-or-no option; `None` if it is missing.
    pub fn choice(&self, name: &str) -> Option<bool> {
        self.0.iter().find_map(|(option, value)| match value {
            Argument::Boolean(value) if option == name => Some(*value),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Argument, Arguments};

    #[test]
    fn blank_options_count_as_missing() {
        let arguments = Arguments::default()
            .with_text("question", " why? ")
            .with_text("article", "  ")
            .with("private", Argument::Boolean(true));
        assert_eq!(arguments.text("question"), Some("why?"));
        assert_eq!(arguments.text("article"), None);
        assert_eq!(arguments.text("private"), None);
        assert_eq!(arguments.choice("private"), Some(true));
        assert_eq!(arguments.choice("question"), None);
    }
}
