//! Responses of the REST API: results, and errors in Discord's format.

use super::rules::FieldError;
use serde_json::{Value, json};

/// A response.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Null for no body.
    pub body: Value,
    pub headers: Vec<(&'static str, String)>,
    /// Rules that the request broke.
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

    /// 204, without a body.
    pub fn nothing() -> Self {
        Self::json(204, Value::Null)
    }

    /// Adds violations of rules that Discord does not enforce.
    pub fn with(mut self, violations: Vec<String>) -> Self {
        self.violations.extend(violations);
        self
    }

    /// An error that a well-behaved bot can get: the target is gone, or a permission is missing.
    pub fn failure(status: u16, code: u32, message: &str) -> Self {
        Self::json(status, json!({"message": message, "code": code}))
    }

    /// An error that is the bot's fault.
    pub fn violation(status: u16, code: u32, message: &str) -> Self {
        let mut reply = Self::failure(status, code, message);
        reply
            .violations
            .push(format!("{message} ({status}, code {code})"));
        reply
    }

    /// Code 50035: the body has invalid fields.
    pub fn invalid(errors: &[FieldError]) -> Self {
        let mut reply = Self::failure(400, 50035, "Invalid Form Body");
        for error in errors {
            let mut place = &mut reply.body["errors"];
            for part in error.path.split('.').filter(|part| !part.is_empty()) {
                place = &mut place[part];
            }
            let entry = json!({"code": error.code, "message": error.message});
            match place["_errors"].as_array_mut() {
                Some(errors) => errors.push(entry),
                None => place["_errors"] = json!([entry]),
            }
            reply
                .violations
                .push(format!("{}: {}", error.path, error.message));
        }
        reply
    }
}
