//! Discord's limits on request bodies. A body that exceeds one is refused with code 50035, as Discord does. Violations of
//! the project's own rule ([`ping_violations`]) are recorded, but the request succeeds.

mod command;
mod component;
mod message;

use super::interaction::Trigger;
use super::message::{File, Message, list};
use super::reply::Reply;
use serde_json::Value;
use std::ops::RangeInclusive;

pub use command::commands;

/// The flag that hides embeds.
const SUPPRESS_EMBEDS: u64 = 1 << 2;

/// An invalid field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Its path in the body: `embeds.0.title`.
    pub path: String,
    /// Discord's code for the reason.
    pub code: &'static str,
    /// The reason.
    pub message: String,
}

impl FieldError {
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

/// Invalid fields of a body so far.
#[derive(Debug, Default)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    fn add(&mut self, path: &str, message: impl Into<String>) {
        self.0.push(FieldError::new(path, message));
    }

    /// Adds `message` unless `condition` is true.
    fn require(&mut self, condition: bool, path: &str, message: &str) {
        if !condition {
            self.add(path, message);
        }
    }

    /// Checks the number of characters; a missing text counts as empty.
    fn length(&mut self, path: &str, text: &Value, allowed: RangeInclusive<usize>) {
        let length = characters(text);
        let (least, most) = (*allowed.start(), *allowed.end());
        let (code, message) = match length {
            0 if least > 0 => ("BASE_TYPE_REQUIRED", "This field is required".to_owned()),
            _ if allowed.contains(&length) => return,
            _ if least == 0 => (
                "BASE_TYPE_MAX_LENGTH",
                format!("Must be {most} or fewer in length, and is {length}."),
            ),
            _ => (
                "BASE_TYPE_BAD_LENGTH",
                format!("Must be between {least} and {most} in length, and is {length}."),
            ),
        };
        self.0.push(FieldError::new(path, message).code(code));
    }

    /// Checks the number of items; a missing list counts as empty.
    fn count(&mut self, path: &str, items: &Value, allowed: RangeInclusive<usize>) {
        self.require(items.is_array() || items.is_null(), path, "Must be a list.");
        let count = list(items).len();
        if !allowed.contains(&count) {
            let (least, most) = (allowed.start(), allowed.end());
            let message = format!("Must be between {least} and {most} items, and is {count}.");
            self.0
                .push(FieldError::new(path, message).code("BASE_TYPE_BAD_LENGTH"));
        }
    }

    /// Checks that no two values are equal.
    fn distinct<'a>(&mut self, path: &str, values: impl Iterator<Item = &'a Value>, what: &str) {
        let mut seen: Vec<&Value> = Vec::new();
        for value in values.filter(|value| !value.is_null()) {
            if seen.contains(&value) {
                self.add(path, format!("Duplicate {what} {value}."));
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

/// Length of a string as Discord counts it, in code points.
pub fn characters(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.chars().count())
}

/// Checks the files of a request. Discord limits the size of each.
pub fn files(files: &[File], limit: usize) -> Result<(), Reply> {
    if files.iter().any(|file| file.bytes.len() > limit) {
        return Err(Reply::violation(413, 40005, "Request entity too large"));
    }
    Ok(())
}

/// Checks a new message.
pub fn new_message(body: &Value, files: &[File]) -> Result<(), Reply> {
    check_message("", body, files)?;
    if message::is_empty(body, files) {
        Err(Reply::violation(400, 50006, "Cannot send an empty message"))
    } else {
        Ok(())
    }
}

/// Checks an edit of a message.
pub fn edited_message(old: &Message, body: &Value, files: &[File]) -> Result<(), Reply> {
    if body["flags"].as_u64().unwrap_or(0) & !SUPPRESS_EMBEDS != 0 {
        let error = FieldError::new("flags", "Only SUPPRESS_EMBEDS can be changed.");
        return Err(Reply::invalid(&[error]));
    }
    check_message("", body, files)?;
    if message::would_be_empty(old, body, files) {
        return Err(Reply::violation(400, 50006, "Cannot send an empty message"));
    }
    Ok(())
}

fn check_message(path: &str, body: &Value, files: &[File]) -> Result<(), Reply> {
    let mut errors = FieldErrors::default();
    message::check(&mut errors, path, body, files);
    component::check(&mut errors, path, &body["components"]);
    errors.refusal()
}

/// Checks the initial response to an interaction.
pub fn callback(trigger: Trigger, kind: u64, data: &Value, files: &[File]) -> Result<(), Reply> {
    let mut errors = FieldErrors::default();
    match (trigger, kind) {
        (Trigger::Autocomplete, 8) => {
            errors.require(
                data["choices"].is_array(),
                "data.choices",
                "This field is required.",
            );
            command::choices(&mut errors, "data.choices", &data["choices"], 3);
        }
        (Trigger::Autocomplete, _) => {
            errors.add("type", "An autocomplete accepts choices (8) only.");
        }
        (_, 4) => {
            check_message("data.", data, files)?;
            if message::is_empty(data, files) {
                return Err(Reply::violation(400, 50006, "Cannot send an empty message"));
            }
        }
        (_, 5) => {
            let flags = data["flags"].as_u64().unwrap_or(0);
            errors.require(
                flags & !(1 << 6) == 0,
                "data.flags",
                "Only EPHEMERAL can be set on a deferral.",
            );
        }
        (Trigger::Component | Trigger::Form, 6) => {}
        (Trigger::Component | Trigger::Form, 7) => check_message("data.", data, files)?,
        (Trigger::Command | Trigger::Component, 9) => component::check_form(&mut errors, data),
        _ => errors.add(
            "type",
            format!("Callback type {kind} does not fit this interaction."),
        ),
    }
    errors.refusal()
}

/// The project's rule that no message may ping anybody, which Discord allows.
pub fn ping_violations(body: &Value, new: bool) -> Vec<String> {
    let mut violations = Vec::new();
    let allowed = &body["allowed_mentions"];
    if (new || body.get("content").is_some()) && allowed["parse"] != Value::Array(Vec::new()) {
        violations.push("allowed_mentions has no empty parse list".to_owned());
    }
    if ["users", "roles"]
        .iter()
        .any(|kind| !list(&allowed[*kind]).is_empty())
    {
        violations.push("allowed_mentions lists users or roles".to_owned());
    }
    violations
}
