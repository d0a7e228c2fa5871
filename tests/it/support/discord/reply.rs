//! What goes back to a request: an answer, or a refusal in Discord's form.

use super::rules::Wrong;
use serde_json::{Value, json};

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Null: no body.
    pub body: Value,
    pub headers: Vec<(&'static str, String)>,
    /// What Discord holds against the bot.
    pub violations: Vec<String>,
}

impl Reply {
    pub fn json(status: u16, body: Value) -> Self {
        Self {
            status,
            body,
            headers: Vec::new(),
            violations: Vec::new(),
        }
    }

    /// 204.
    pub fn nothing() -> Self {
        Self::json(204, Value::Null)
    }

    /// The same, with what the house holds against the bot.
    pub fn with(mut self, violations: Vec<String>) -> Self {
        self.violations.extend(violations);
        self
    }

    /// A refusal that a well-behaved bot can meet: what it asked for has gone, or it lacks a permission.
    pub fn failure(status: u16, code: u32, message: &str) -> Self {
        Self::json(status, json!({"message": message, "code": code}))
    }

    /// A refusal that is the bot's fault.
    pub fn breach(status: u16, code: u32, message: &str) -> Self {
        let mut reply = Self::failure(status, code, message);
        reply
            .violations
            .push(format!("{message} ({status}, code {code})"));
        reply
    }

    /// 50035: the body breaks rules.
    pub fn invalid(wrongs: &[Wrong]) -> Self {
        let mut reply = Self::failure(400, 50035, "Invalid Form Body");
        for wrong in wrongs {
            let mut place = &mut reply.body["errors"];
            for part in wrong.path.split('.').filter(|part| !part.is_empty()) {
                place = &mut place[part];
            }
            let error = json!({"code": wrong.code, "message": wrong.message});
            match place["_errors"].as_array_mut() {
                Some(errors) => errors.push(error),
                None => place["_errors"] = json!([error]),
            }
            reply
                .violations
                .push(format!("{}: {}", wrong.path, wrong.message));
        }
        reply
    }
}
