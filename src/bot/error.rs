//! Errors that end the bot or one of its commands.

use crate::bot::close_codes::Fatal;
use crate::bot::rest::CallError;
use crate::http::ListenError;
pub(super) use crate::telemetry::error_chain;
use std::error::Error;

/// Why the bot ended.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Discord rejects the bot; a retry would not help.
    #[error(transparent)]
    Fatal(#[from] Fatal),
    /// The system cannot start threads.
    #[error("cannot start threads")]
    Threads(#[source] std::io::Error),
    /// The port for health and metrics, or for interactions, is not available.
    #[error(transparent)]
    Port(#[from] ListenError),
    /// No setting says where interactions arrive.
    #[error(
        "INTERACTIONS_ADDRESS is not set: `pullquote serve` needs an address for interactions, such as 127.0.0.1:8080"
    )]
    NoEndpoint,
    /// The HTTP client cannot be set up.
    #[error("cannot set up HTTPS")]
    Http(#[from] reqwest::Error),
    /// Another API base was configured, and it names a gateway on another machine.
    #[error(
        "the gateway at `{0}` is not on this machine: the token would be sent to it unencrypted"
    )]
    GatewayElsewhere(String),
    /// The gateway has been silent for this many seconds.
    #[error(
        "the gateway has accepted connections but sent nothing for {0} s: exiting, because a restart may help"
    )]
    Silent(u64),
    /// A task that keeps a connection has panicked.
    #[error("internal error: a gateway connection ended unexpectedly; please report this")]
    Ended,
}

/// Why a command that talks to Discord once, such as `commands sync`, failed.
#[derive(Debug, thiserror::Error)]
pub enum CommandsError {
    /// Discord rejects the token.
    #[error(transparent)]
    Fatal(#[from] Fatal),
    /// Discord rejected the request or cannot be reached.
    #[error("{0}")]
    Discord(String),
    /// The response about the application has no id.
    #[error("Discord does not say which application this token belongs to")]
    NoApplication,
    /// The HTTP client cannot be set up.
    #[error("cannot set up HTTPS")]
    Http(#[from] reqwest::Error),
    /// The system cannot start threads.
    #[error("cannot start threads")]
    Threads(#[source] std::io::Error),
}

impl From<CallError> for CommandsError {
    fn from(error: CallError) -> Self {
        match error.status() {
            401 => Self::Fatal(Fatal::Token),
            403 => Self::Discord(format!(
                "{error}: is the bot in that server, and was it invited with the scope applications.commands?"
            )),
            _ => Self::Discord(error_chain(&error)),
        }
    }
}

/// The error at the end of the chain of sources.
pub(super) fn root_cause(error: &dyn Error) -> String {
    match error.source() {
        Some(source) => root_cause(source),
        None => error.to_string(),
    }
}
