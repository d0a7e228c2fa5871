//! Why a REST request failed.

use serde_json::Value;
use std::error::Error;
use std::fmt;

/// Why a request has no result.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    /// Discord answered with an error.
    #[error(
        "Discord rejected the request: {message} (status {status}, code {code}){}",
        Fields(fields)
    )]
    Rejected {
        status: u16,
        /// Discord's JSON error code; 0 if there is none.
        code: u64,
        message: String,
        /// What is wrong with which field of the body; null if Discord does not say.
        fields: Value,
        /// How often the request was sent. Unless it is 1, an earlier request may have succeeded although its
        /// response was lost.
        tries: u32,
    },
    /// No connection, or it broke.
    #[error("cannot reach Discord")]
    Unreachable(#[source] Box<dyn Error + Send + Sync>),
    /// The deadline has passed.
    #[error("Discord did not answer in time")]
    Timeout,
    /// The body of the response is longer than any of Discord's.
    #[error("Discord's response is too long")]
    TooLong,
    /// The request could not be built.
    #[error("cannot build the request")]
    Invalid(#[source] reqwest::Error),
}

impl CallError {
    /// Discord's JSON error code; 0 if there is none.
    pub(crate) fn code(&self) -> u64 {
        match self {
            Self::Rejected { code, .. } => *code,
            _ => 0,
        }
    }

    /// The HTTP status; 0 if there was no response.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Rejected { status, .. } => *status,
            _ => 0,
        }
    }
}

/// `: ` and the JSON, or nothing for null.
struct Fields<'a>(&'a Value);

impl fmt::Display for Fields<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => Ok(()),
            fields => write!(out, ": {fields}"),
        }
    }
}
