//! What a command is called, which options it has and who may use it, as registered with Discord.

use super::response::Choice;
use super::{Arguments, Locale};
use pullquote_core::engine::Engine;
use serde_json::{Map, Value, json};

/// A command as registered with Discord.
///
/// Localized names and descriptions come from `locales/*.ftl`. The message `command-NAME` is the command's
/// name and has the attributes `.description`, `.OPTION` and `.OPTION-description` for each option, and
/// `.OPTION-CHOICE` for each choice. A subcommand is an option, too; its options are `.SUBCOMMAND-OPTION`.
///
/// ```
/// use pullquote_cards::{
///     CommandKind, Definition, Installs, OptionDefinition, OptionKind, Registration, commands,
/// };
/// use serde_json::json;
///
/// let ask: Definition = commands::find("ask").unwrap().definition;
/// let question: &OptionDefinition = &ask.options[0];
/// assert_eq!((ask.kind, question.name), (CommandKind::Slash, "question"));
/// assert!(matches!(question.kind, OptionKind::Autocomplete(..)));
///
/// // An application that can be installed on servers, but not by users.
/// let installs = Installs::of(&json!({"integration_types_config": {"0": {}}}));
/// let registration = Registration::Global(installs);
/// let mut registered = ask.json(registration);
/// assert_eq!(registered["integration_types"], json!([0]));
///
/// // What Discord adds is no difference.
/// registered["id"] = json!("1442");
/// assert!(!ask.differs_from(&registered, registration));
/// registered["options"] = json!([]);
/// assert!(ask.differs_from(&registered, registration));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    /// Registered (English) name. The name of a message command may contain spaces.
    pub name: &'static str,
    /// Message id in `locales/*.ftl`.
    pub id: &'static str,
    /// How the command is used.
    pub kind: CommandKind,
    /// Who may use the command.
    pub access: Access,
    /// The options, required ones first.
    pub options: &'static [OptionDefinition],
}

/// How a command is used. Discord calls it the command's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandKind {
    /// Typed after a slash.
    Slash,
    /// Chosen from the context menu of a message.
    Message,
}

/// Who may use a command. The shell checks it before [`respond`](super::respond).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everyone.
    Everyone,
    /// The bot's operator. Discord shows such a command only to administrators of a server, but they can
    /// show it to others, so Discord's list is no check.
    Operator,
    /// Members who may manage the server, in servers only. A server's administrators can show such a command to others,
    /// too; its handler checks.
    Manager,
}

/// An option of a command.
#[derive(Debug, Clone, Copy)]
pub struct OptionDefinition {
    /// Registered (English) name.
    pub name: &'static str,
    /// Values that the option accepts.
    pub kind: OptionKind,
    /// Whether the option must be filled in.
    pub required: bool,
}

/// Values that an option accepts.
#[derive(Debug, Clone, Copy)]
pub enum OptionKind {
    /// Text of at most this many characters.
    Text(u16),
    /// Text of at most this many characters, with autocomplete.
    Autocomplete(u16, AutocompleteFn),
    /// One of these values. Members see localized names.
    Choices(&'static [&'static str]),
    /// Yes or no.
    Boolean,
    /// A role of the server. The value is its id.
    Role,
    /// A channel of the server, of these types in Discord's numbers. The value is its id.
    Channel(&'static [u8]),
    /// A subcommand with options of its own. A command has either only these or none.
    Subcommand(&'static [OptionDefinition]),
}

/// Permissions bit: Manage Server.
const MANAGE_GUILD: u64 = 1 << 5;

/// Finds choices for the text typed so far. `arguments` has the options that are already filled in.
pub type AutocompleteFn = fn(engine: &Engine, typed: &str, arguments: &Arguments) -> Vec<Choice>;

/// Where a command is registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// In a single server.
    Server,
    /// Wherever the application is installed.
    Global(Installs),
}

/// How an application can be installed, as its owner has set it. Discord refuses commands for any other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Installs {
    /// On servers.
    pub servers: bool,
    /// By users, for themselves.
    pub users: bool,
}

impl Installs {
    /// On servers and by users.
    pub const ALL: Self = Self {
        servers: true,
        users: true,
    };

    /// What the field `integration_types_config` of an application says; [`Self::ALL`] if it says nothing.
    pub fn of(application: &Value) -> Self {
        let config = &application["integration_types_config"];
        let is_on = |kind: &str| config[kind].is_object();
        match (is_on("0"), is_on("1")) {
            (false, false) => Self::ALL,
            (servers, users) => Self { servers, users },
        }
    }

    /// Only on servers, if that is possible.
    fn for_servers(self) -> Self {
        Self {
            users: self.users && !self.servers,
            ..self
        }
    }

    /// Discord's numbers of the integration types.
    fn types(self) -> Vec<u8> {
        let (server, user) = (self.servers.then_some(0), self.users.then_some(1));
        [server, user].into_iter().flatten().collect()
    }

    /// Discord's numbers of the contexts: server, direct message with the bot, and other private channels, which only
    /// users can bring the bot to.
    fn contexts(self) -> &'static [u8] {
        if self.users { &[0, 1, 2] } else { &[0, 1] }
    }
}

impl Definition {
    /// The JSON that Discord expects.
    pub fn json(&self, registration: Registration) -> Value {
        let mut command = Map::new();
        command.insert("type".to_owned(), json!(self.kind.code()));
        command.insert("name".to_owned(), json!(self.name));
        command.insert("name_localizations".to_owned(), localizations(self.id));
        if self.kind == CommandKind::Slash {
            let id = format!("{}.description", self.id);
            command.insert("description".to_owned(), json!(Locale::English.text(&id)));
            command.insert("description_localizations".to_owned(), localizations(&id));
            let options = self.options.iter().map(|option| option.json(self.id));
            command.insert("options".to_owned(), options.collect());
        }
        let permissions = match self.access {
            Access::Everyone => Value::Null,
            Access::Operator => json!(0),
            Access::Manager => json!(MANAGE_GUILD),
        };
        command.insert("default_member_permissions".to_owned(), permissions);
        command.insert("nsfw".to_owned(), json!(false));
        // Discord knows these fields of global commands only.
        if let Registration::Global(installs) = registration {
            let (contexts, types) = match self.access {
                Access::Manager => (&[0][..], installs.for_servers().types()),
                Access::Everyone | Access::Operator => (installs.contexts(), installs.types()),
            };
            command.insert("contexts".to_owned(), json!(contexts));
            command.insert("integration_types".to_owned(), json!(types));
        }
        Value::Object(command)
    }
}

impl OptionDefinition {
    fn json(&self, command: &str) -> Value {
        self.json_of(&format!("{command}.{}", self.name))
    }

    /// `name` is the id of its name in `locales/*.ftl`.
    fn json_of(&self, name: &str) -> Value {
        let description = format!("{name}-description");
        let mut option = json!({
            "type": self.kind.code(),
            "name": self.name,
            "name_localizations": localizations(name),
            "description": Locale::English.text(&description),
            "description_localizations": localizations(&description),
        });
        if !matches!(self.kind, OptionKind::Subcommand(_)) {
            option["required"] = json!(self.required);
        }
        match self.kind {
            OptionKind::Text(max_length) => {
                option["max_length"] = json!(max_length);
                option["autocomplete"] = json!(false);
            }
            OptionKind::Autocomplete(max_length, _) => {
                option["max_length"] = json!(max_length);
                option["autocomplete"] = json!(true);
            }
            OptionKind::Choices(values) => {
                let choice = |value: &&str| {
                    let id = format!("{name}-{value}");
                    json!({
                        "name": Locale::English.text(&id),
                        "name_localizations": localizations(&id),
                        "value": value,
                    })
                };
                option["choices"] = values.iter().map(choice).collect();
            }
            OptionKind::Boolean | OptionKind::Role => {}
            OptionKind::Channel(types) => option["channel_types"] = json!(types),
            OptionKind::Subcommand(options) => {
                let inner = options.iter();
                let inner = inner.map(|option| option.json_of(&format!("{name}-{}", option.name)));
                option["options"] = inner.collect();
            }
        }
        option
    }
}

impl CommandKind {
    fn code(self) -> u8 {
        match self {
            Self::Slash => 1,
            Self::Message => 3,
        }
    }
}

impl OptionKind {
    fn code(self) -> u8 {
        match self {
            Self::Text(_) | Self::Autocomplete(..) | Self::Choices(_) => 3,
            Self::Boolean => 5,
            Self::Channel(_) => 7,
            Self::Role => 8,
            Self::Subcommand(_) => 1,
        }
    }
}

/// The message `id` by Discord's locale codes.
fn localizations(id: &str) -> Value {
    let entries = Locale::ALL.into_iter().flat_map(|locale| {
        let codes = locale.discord_codes().iter();
        codes.map(move |code| ((*code).to_owned(), Value::String(locale.text(id))))
    });
    Value::Object(entries.collect())
}

#[cfg(test)]
mod tests {
    use super::super::commands::TABLE;
    use super::super::limits::length;
    use super::super::{CommandKind, Locale};
    use super::{Installs, OptionDefinition, OptionKind, Registration};
    use serde_json::{Value, json};
    use std::collections::HashSet;

    fn check_name(name: &str, kind: CommandKind) {
        assert!((1..=32).contains(&length(name)), "{name}");
        if kind == CommandKind::Slash {
            let plain = |letter: char| letter.is_alphanumeric() || "-_'".contains(letter);
            assert!(name.chars().all(plain), "{name}");
            assert_eq!(name, name.to_lowercase());
        }
    }

    /// Checks the names of options, whose ids begin with `start`. Returns the ids of their descriptions.
    fn check_options(locale: Locale, start: &str, all: &[OptionDefinition]) -> Vec<String> {
        let mut names = HashSet::new();
        let mut described = Vec::new();
        assert!(all.is_sorted_by_key(|option| !option.required) && all.len() <= 25);
        let is_sub = |option: &&OptionDefinition| matches!(option.kind, OptionKind::Subcommand(_));
        assert!([0, all.len()].contains(&all.iter().filter(is_sub).count()));
        for option in all {
            let id = format!("{start}{}", option.name);
            let name = locale.text(&id);
            check_name(&name, CommandKind::Slash);
            if locale == Locale::English {
                assert_eq!(name, option.name);
            }
            assert!(names.insert(name), "duplicate option");
            if let OptionKind::Subcommand(inner) = option.kind {
                described.extend(check_options(locale, &format!("{id}-"), inner));
            }
            described.push(format!("{id}-description"));
        }
        described
    }

    #[test]
    fn names_and_descriptions_fit_discords_limits_in_every_locale() {
        for locale in Locale::ALL {
            let mut names = HashSet::new();
            for command in TABLE.iter().map(|command| &command.definition) {
                let name = locale.text(command.id);
                check_name(&name, command.kind);
                assert!(names.insert(name.clone()), "duplicate {name}");
                let mut all = length(&name);
                if locale == Locale::English {
                    assert_eq!(name, command.name);
                }
                if command.kind == CommandKind::Message {
                    assert!(command.options.is_empty());
                    continue;
                }
                let mut described = vec![format!("{}.description", command.id)];
                described.extend(check_options(
                    locale,
                    &format!("{}.", command.id),
                    command.options,
                ));
                for id in described {
                    let text = locale.text(&id);
                    assert!(
                        text != id && (1..=100).contains(&length(&text)),
                        "{id}: {text}"
                    );
                    all += length(&text);
                }
                assert!(all <= 8_000);
            }
        }
        assert!(TABLE.len() <= 100);
    }

    #[test]
    fn json_has_the_fields_that_discord_expects() {
        let everywhere = Registration::Global(Installs::ALL);
        let ask = TABLE[0].definition.json(everywhere);
        assert_eq!(ask["name"], "ask");
        assert_eq!(ask["name_localizations"]["es-419"], "preguntar");
        assert_eq!(ask["options"][0]["required"], true);
        assert_eq!(ask["options"][0]["autocomplete"], true);
        assert_eq!(ask["options"][2]["type"], 5);
        assert_eq!(ask["contexts"], json!([0, 1, 2]));
        let find = crate::commands::find("Find in articles");
        let find = find.unwrap().definition.json(everywhere);
        assert_eq!((&find["type"], find.get("description")), (&json!(3), None));
        let knowledge = crate::commands::find("knowledge").unwrap().definition;
        let registered = knowledge.json(everywhere);
        assert_eq!(registered["default_member_permissions"], 32);
        assert_eq!(registered["contexts"], json!([0]));
        assert_eq!(registered["integration_types"], json!([0]));
        let write = &registered["options"][1];
        assert_eq!(
            (&write["type"], &write["name"]),
            (&json!(1), &json!("write"))
        );
        assert_eq!(write.get("required"), None);
        assert_eq!(write["options"][0]["name"], "title");
        assert_eq!(write["options"][0]["name_localizations"]["de"], "titel");
    }

    #[test]
    fn a_command_is_registered_for_what_the_application_supports() {
        let check = |application: &Value, types: &[u8], contexts: &[u8]| {
            let installs = Installs::of(application);
            let ask = TABLE[0].definition.json(Registration::Global(installs));
            assert_eq!(ask["integration_types"], json!(types), "{application}");
            assert_eq!(ask["contexts"], json!(contexts), "{application}");
        };
        check(&json!({}), &[0, 1], &[0, 1, 2]);
        check(
            &json!({"integration_types_config": {}}),
            &[0, 1],
            &[0, 1, 2],
        );
        let servers = json!({"integration_types_config": {"0": {}}});
        check(&servers, &[0], &[0, 1]);
        let users = json!({"integration_types_config": {"1": {}}});
        check(&users, &[1], &[0, 1, 2]);
        let server = TABLE[0].definition.json(Registration::Server);
        assert!(server.get("contexts").is_none() && server.get("integration_types").is_none());
    }
}
