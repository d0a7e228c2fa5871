//! What a check of the bot found. `pullquote doctor` prints findings, and the page shows them.

use serde::Serialize;

/// The result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FindingStatus {
    /// Nothing to fix.
    Ok,
    /// The bot runs, but something does not work as well as it could.
    Warning,
    /// The bot cannot run, or cannot answer.
    Error,
}

/// One check and its result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was checked, in one word.
    pub subject: &'static str,
    /// The result.
    pub status: FindingStatus,
    /// What was found.
    pub message: String,
    /// How to fix it; `None` if there is nothing to fix, or if another finding says it.
    pub remedy: Option<String>,
}

impl Finding {
    /// A check that passed.
    pub fn ok(subject: &'static str, message: impl Into<String>) -> Self {
        Self {
            subject,
            status: FindingStatus::Ok,
            message: message.into(),
            remedy: None,
        }
    }

    /// A problem that the bot can run with.
    pub fn warning(
        subject: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            status: FindingStatus::Warning,
            remedy: Some(remedy.into()),
            ..Self::ok(subject, message)
        }
    }

    /// A problem that stops the bot from running or answering.
    pub fn error(
        subject: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            status: FindingStatus::Error,
            ..Self::warning(subject, message, remedy)
        }
    }
}
