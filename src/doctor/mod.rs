//! What `pullquote doctor` makes of what it was shown: each thing ok, a warning or an error, with the way out.
//! Looking is done elsewhere: at this machine in `cli/doctor.rs`, at Discord in `discord/shell/inspect.rs`.

mod here;
mod permissions;
mod there;

pub use here::{disk, env_file, knowledge, misspelt, model, question, settings};
pub use there::{Reach, Seen, Server, Told, discord};

use serde::Serialize;

/// How well something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// As it should be.
    Ok,
    /// The bot runs, but not as well as it could.
    Warning,
    /// The bot cannot run, or cannot do its work.
    Error,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about, in a word.
    pub subject: &'static str,
    /// How well it is.
    pub status: Status,
    /// What was found.
    pub message: String,
    /// The way out, where there is something to get out of.
    pub remedy: Option<String>,
}

impl Finding {
    /// Something that is as it should be.
    pub fn ok(subject: &'static str, message: impl Into<String>) -> Self {
        Self {
            subject,
            status: Status::Ok,
            message: message.into(),
            remedy: None,
        }
    }

    /// Something that could be better.
    pub fn warning(
        subject: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            status: Status::Warning,
            remedy: Some(remedy.into()),
            ..Self::ok(subject, message)
        }
    }

    /// Something that keeps the bot from its work.
    pub fn error(
        subject: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            status: Status::Error,
            ..Self::warning(subject, message, remedy)
        }
    }
}
