//! What a command is called and takes, as Discord registers it.

use super::response::Choice;
use super::{Arguments, Locale};
use pullquote_core::engine::Engine;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value, json};

/// A command as Discord knows it. Its serialised form is what Discord takes.
///
/// Names and descriptions in other languages come from `locales/*.ftl`: `command-NAME` with attributes
/// `.description`, and for each option `.OPTION` and `.OPTION-description`, for each of its words `.OPTION-WORD`.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    /// Registered name, English. A message command's may hold spaces.
    pub name: &'static str,
    /// Message id in `locales/*.ftl`.
    pub id: &'static str,
    /// Typed, or chosen on a message.
    pub kind: Kind,
    /// Whom Discord shows it to.
    pub shown_to: ShownTo,
    /// What can be filled in; the required ones first.
    pub options: &'static [OptionDefinition],
}

/// How a command is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Typed after a slash.
    Slash,
    /// Chosen in the menu of a message.
    Message,
}

/// Whom Discord shows a command to. It is no lock: a server's administrators may show it to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownTo {
    /// Everyone.
    Everyone,
    /// Administrators only.
    Administrators,
}

/// Something to fill in.
#[derive(Debug, Clone, Copy)]
pub struct OptionDefinition {
    /// Registered name, English.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it must be filled in.
    pub required: bool,
}

/// What an option takes.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// A text of this many characters at most.
    Text(u16),
    /// A text for which choices are offered while it is typed.
    Suggested(u16, Suggest),
    /// One of some words, which members see in their language.
    OneOf(&'static [&'static str]),
    /// Yes or no.
    Flag,
}

/// Offers choices for what is typed. `arguments` are the options filled in so far.
pub type Suggest = fn(engine: &Engine, typed: &str, arguments: &Arguments) -> Vec<Choice>;

/// Server, direct message with the bot, other private channels.
const CONTEXTS: [u8; 3] = [0, 1, 2];
/// Installed by a server, or by a member for themselves.
const INTEGRATION_TYPES: [u8; 2] = [0, 1];

impl Definition {
    /// Whether `registered` (a command as Discord gives it back) is another command than this one. What
    /// Discord adds of its own (ids, versions, defaults) does not count; neither does order in objects.
    pub fn differs_from(&self, registered: &Value) -> bool {
        let ours = self.json();
        differs(&ours, registered)
    }

    /// What Discord takes.
    pub fn json(&self) -> Value {
        let mut command = Map::new();
        command.insert("type".to_owned(), json!(self.kind.code()));
        command.insert("name".to_owned(), json!(self.name));
        command.insert("name_localizations".to_owned(), localised(self.id));
        if self.kind == Kind::Slash {
            let id = format!("{}.description", self.id);
            command.insert("description".to_owned(), json!(Locale::English.text(&id)));
            command.insert("description_localizations".to_owned(), localised(&id));
            let options = self.options.iter().map(|option| option.json(self.id));
            command.insert("options".to_owned(), options.collect());
        }
        let permissions = match self.shown_to {
            ShownTo::Everyone => Value::Null,
            ShownTo::Administrators => json!(0),
        };
        command.insert("default_member_permissions".to_owned(), permissions);
        command.insert("nsfw".to_owned(), json!(false));
        command.insert("contexts".to_owned(), json!(CONTEXTS));
        command.insert("integration_types".to_owned(), json!(INTEGRATION_TYPES));
        Value::Object(command)
    }
}

impl Serialize for Definition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let command = self.json();
        let parts = command.as_object().into_iter().flatten();
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in parts {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl OptionDefinition {
    fn json(&self, command: &str) -> Value {
        let name = format!("{command}.{}", self.name);
        let description = format!("{name}-description");
        let mut option = json!({
            "type": self.takes.code(),
            "name": self.name,
            "name_localizations": localised(&name),
            "description": Locale::English.text(&description),
            "description_localizations": localised(&description),
            "required": self.required,
        });
        if let (Takes::Text(most) | Takes::Suggested(most, _), Some(option)) =
            (self.takes, option.as_object_mut())
        {
            option.insert("max_length".to_owned(), json!(most));
            let suggested = matches!(self.takes, Takes::Suggested(..));
            option.insert("autocomplete".to_owned(), json!(suggested));
        }
        if let (Takes::OneOf(words), Some(option)) = (self.takes, option.as_object_mut()) {
            let choice = |word: &&str| {
                let id = format!("{name}-{word}");
                json!({
                    "name": Locale::English.text(&id),
                    "name_localizations": localised(&id),
                    "value": word,
                })
            };
            option.insert("choices".to_owned(), words.iter().map(choice).collect());
        }
        option
    }
}

impl Kind {
    fn code(self) -> u8 {
        match self {
            Self::Slash => 1,
            Self::Message => 3,
        }
    }
}

impl Takes {
    fn code(self) -> u8 {
        match self {
            Self::Text(_) | Self::Suggested(..) | Self::OneOf(_) => 3,
            Self::Flag => 5,
        }
    }
}

/// The words for `id` by Discord's locale codes.
fn localised(id: &str) -> Value {
    let all = Locale::ALL.into_iter();
    let named = all.flat_map(|locale| {
        let codes = locale.discord_codes().iter();
        codes.map(move |code| ((*code).to_owned(), Value::String(locale.text(id))))
    });
    Value::Object(named.collect())
}

/// Whether something of `ours` is not so in `theirs`. A null, a `false` and an empty list are the same as
/// nothing at all; what only `theirs` has counts where it says something that we would have said.
fn differs(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let known = |key: &&String| !SET_BY_DISCORD.contains(&key.as_str());
            let mut keys = ours.keys().chain(theirs.keys()).filter(known);
            keys.any(|key| {
                let none = &Value::Null;
                differs(
                    ours.get(key).unwrap_or(none),
                    theirs.get(key).unwrap_or(none),
                )
            })
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            // Contexts and the like are sets.
            let held = |number: &Value| number.is_number() && theirs.contains(number);
            let same_set = ours.iter().all(held) && ours.len() == theirs.len();
            if same_set {
                return false;
            }
            ours.len() != theirs.len()
                || ours
                    .iter()
                    .zip(theirs)
                    .any(|(ours, theirs)| differs(ours, theirs))
        }
        // Permissions are taken as a number and given back as a text.
        (Value::Number(ours), Value::String(theirs)) => ours.to_string() != *theirs,
        _ => !(ours == theirs || says_nothing(ours) && says_nothing(theirs)),
    }
}

/// Fields that Discord adds to a command.
const SET_BY_DISCORD: &[&str] = &[
    "id",
    "application_id",
    "guild_id",
    "version",
    "dm_permission",
    "default_permission",
    "name_localized",
    "description_localized",
    "handler",
];

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(parts) => parts.is_empty(),
        Value::Object(parts) => parts.is_empty(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::commands::TABLE;
    use super::super::limits::length;
    use super::super::{Kind, Locale};
    use serde_json::{Value, json};
    use std::collections::HashSet;

    fn check_name(name: &str, kind: Kind) {
        assert!((1..=32).contains(&length(name)), "{name}");
        if kind == Kind::Slash {
            let plain = |letter: char| letter.is_alphanumeric() || "-_'".contains(letter);
            assert!(name.chars().all(plain), "{name}");
            assert_eq!(name, name.to_lowercase());
        }
    }

    #[test]
    fn names_and_descriptions_obey_discord_in_every_language() {
        for locale in Locale::ALL {
            let mut names = HashSet::new();
            for command in TABLE.iter().map(|command| &command.definition) {
                let name = locale.text(command.id);
                check_name(&name, command.kind);
                assert!(names.insert(name.clone()), "{name} twice");
                let mut all = length(&name);
                if locale == Locale::English {
                    assert_eq!(name, command.name);
                }
                if command.kind == Kind::Message {
                    assert!(command.options.is_empty());
                    continue;
                }
                let mut described = vec![format!("{}.description", command.id)];
                let mut options = HashSet::new();
                assert!(command.options.is_sorted_by_key(|option| !option.required));
                for option in command.options {
                    let id = format!("{}.{}", command.id, option.name);
                    let name = locale.text(&id);
                    check_name(&name, Kind::Slash);
                    if locale == Locale::English {
                        assert_eq!(name, option.name);
                    }
                    assert!(options.insert(name), "an option twice");
                    described.push(format!("{id}-description"));
                }
                for id in described {
                    let text = locale.text(&id);
                    assert!(
                        text != id && (1..=100).contains(&length(&text)),
                        "{id}: {text}"
                    );
                    all += length(&text);
                }
                assert!(all <= 8_000 && command.options.len() <= 25);
            }
        }
        assert!(TABLE.len() <= 100);
    }

    #[test]
    fn registers_what_discord_takes() {
        let ask = serde_json::to_value(TABLE[0].definition).unwrap();
        assert_eq!(ask["name"], "ask");
        assert_eq!(ask["name_localizations"]["es-419"], "preguntar");
        assert_eq!(ask["options"][0]["required"], true);
        assert_eq!(ask["options"][0]["autocomplete"], true);
        assert_eq!(ask["options"][2]["type"], 5);
        assert_eq!(ask["contexts"], json!([0, 1, 2]));
        let find = TABLE.last().unwrap().definition.json();
        assert_eq!((&find["type"], find.get("description")), (&json!(3), None));
    }

    #[test]
    fn what_discord_adds_is_no_difference() {
        for command in TABLE.iter().map(|command| command.definition) {
            let mut theirs = command.json();
            assert!(!command.differs_from(&theirs));
            theirs["id"] = json!("1");
            theirs["application_id"] = json!("2");
            theirs["version"] = json!("3");
            theirs["dm_permission"] = json!(true);
            if let Some(permissions) = theirs["default_member_permissions"].as_u64() {
                theirs["default_member_permissions"] = json!(permissions.to_string());
            }
            theirs["description"] = theirs.get("description").cloned().unwrap_or(json!(""));
            theirs["integration_types"] = json!([1, 0]);
            let options = theirs.get_mut("options").and_then(Value::as_array_mut);
            for option in options.into_iter().flatten() {
                let option = option.as_object_mut().unwrap();
                option.retain(|_, value| *value != json!(false));
            }
            assert!(!command.differs_from(&theirs), "{theirs}");
            for (key, value) in [
                ("name", json!("other")),
                ("default_member_permissions", json!("8")),
                ("contexts", json!([0])),
                ("name_localizations", json!({"de": "anders"})),
                ("nsfw", json!(true)),
                (
                    "options",
                    json!([{"type": 3, "name": "new", "description": "new"}]),
                ),
            ] {
                let mut changed = theirs.clone();
                changed[key] = value;
                assert!(command.differs_from(&changed), "{key}");
            }
            assert!(command.differs_from(&json!(null)));
        }
    }
}
