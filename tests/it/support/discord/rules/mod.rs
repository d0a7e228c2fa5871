//! Discord's limits on what is sent, a line each. A body that breaks one is refused with 50035 as Discord does;
//! what only this house asks for ([`house_rules`]) is remembered and let through.

mod command;
mod component;
mod message;

use super::interaction::Trigger;
use super::message::{File, list};
use super::reply::Reply;
use serde_json::Value;
use std::ops::RangeInclusive;

pub use command::commands;

/// A broken rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where in the body: `embeds.0.title`.
    pub path: String,
    /// Discord's name for it.
    pub code: &'static str,
    /// The sentence.
    pub message: String,
}

impl Wrong {
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            code: "BASE_TYPE_BAD",
            message: message.into(),
        }
    }

    pub fn code(mut self, code: &'static str) -> Self {
        self.code = code;
        self
    }
}

/// The rules that a body broke so far.
#[derive(Debug, Default)]
pub struct Broken(Vec<Wrong>);

impl Broken {
    fn say(&mut self, path: &str, message: impl Into<String>) {
        self.0.push(Wrong::new(path, message));
    }

    /// `message` unless `holds`.
    fn unless(&mut self, holds: bool, path: &str, message: &str) {
        if !holds {
            self.say(path, message);
        }
    }

    /// A text of so many characters; one that is missing counts as empty.
    fn length(&mut self, path: &str, text: &Value, allowed: RangeInclusive<usize>) {
        let length = characters(text);
        if !allowed.contains(&length) {
            let (least, most) = (allowed.start(), allowed.end());
            let message = format!("Must be between {least} and {most} in length, and is {length}.");
            self.0
                .push(Wrong::new(path, message).code("BASE_TYPE_BAD_LENGTH"));
        }
    }

    /// A list of so many items; one that is missing counts as empty.
    fn count(&mut self, path: &str, items: &Value, allowed: RangeInclusive<usize>) {
        self.unless(items.is_array() || items.is_null(), path, "Must be a list.");
        let count = list(items).len();
        if !allowed.contains(&count) {
            let (least, most) = (allowed.start(), allowed.end());
            let message = format!("Must be between {least} and {most} items, and is {count}.");
            self.0
                .push(Wrong::new(path, message).code("BASE_TYPE_BAD_LENGTH"));
        }
    }

    /// No two alike.
    fn distinct<'a>(&mut self, path: &str, values: impl Iterator<Item = &'a Value>, what: &str) {
        let mut seen: Vec<&Value> = Vec::new();
        for value in values.filter(|value| !value.is_null()) {
            if seen.contains(&value) {
                self.say(path, format!("{what} {value} comes twice."));
            }
            seen.push(value);
        }
    }

    fn refusal(self) -> Result<(), Reply> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Reply::invalid(&self.0))
        }
    }
}

/// Discord counts code points.
pub fn characters(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.chars().count())
}

/// A message to be posted.
pub fn new_message(body: &Value, files: &[File]) -> Result<(), Reply> {
    check_message("", body, files)?;
    if message::is_empty(body, files) {
        Err(Reply::breach(400, 50006, "Cannot send an empty message"))
    } else {
        Ok(())
    }
}

/// What changes a message.
pub fn edited_message(body: &Value, files: &[File]) -> Result<(), Reply> {
    check_message("", body, files)
}

fn check_message(path: &str, body: &Value, files: &[File]) -> Result<(), Reply> {
    let large = files.iter().find(|file| file.bytes.len() > 10 << 20);
    if large.is_some() {
        return Err(Reply::breach(413, 40005, "Request entity too large"));
    }
    let mut broken = Broken::default();
    message::check(&mut broken, path, body, files);
    component::check(&mut broken, path, &body["components"]);
    broken.refusal()
}

/// The first answer to an interaction.
pub fn callback(trigger: Trigger, kind: u64, data: &Value, files: &[File]) -> Result<(), Reply> {
    let mut broken = Broken::default();
    match (trigger, kind) {
        (Trigger::Autocomplete, 8) => {
            broken.unless(
                data["choices"].is_array(),
                "data.choices",
                "This field is required.",
            );
            command::choices(&mut broken, "data.choices", &data["choices"], 3);
        }
        (Trigger::Autocomplete, _) => broken.say(
            "type",
            "An autocomplete takes choices (8) and nothing else.",
        ),
        (_, 4) => {
            check_message("data.", data, files)?;
            if message::is_empty(data, files) {
                return Err(Reply::breach(400, 50006, "Cannot send an empty message"));
            }
        }
        (_, 5) => {
            let flags = data["flags"].as_u64().unwrap_or(0);
            broken.unless(
                flags & !(1 << 6) == 0,
                "data.flags",
                "Only EPHEMERAL can be set on a deferral.",
            );
        }
        (Trigger::Component, 6) => {}
        (Trigger::Component, 7) => check_message("data.", data, files)?,
        (_, 9) => broken.say("type", "The stand-in does not know modals."),
        _ => broken.say(
            "type",
            format!("Callback type {kind} does not fit this interaction."),
        ),
    }
    broken.refusal()
}

/// What Discord takes and this house does not: a message that could ring somebody.
pub fn house_rules(body: &Value, new: bool) -> Vec<String> {
    let mut breaches = Vec::new();
    let allowed = &body["allowed_mentions"];
    if (new || body.get("content").is_some()) && allowed["parse"] != Value::Array(Vec::new()) {
        breaches.push("allowed_mentions has no empty parse list".to_owned());
    }
    if ["users", "roles"]
        .iter()
        .any(|kind| !list(&allowed[*kind]).is_empty())
    {
        breaches.push("allowed_mentions names someone".to_owned());
    }
    breaches
}
