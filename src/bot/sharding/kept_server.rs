//! What the bot knows of a server, for its next start.

use serde::{Deserialize, Serialize};

/// What the bot knew of a server.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct KeptServer {
    pub(crate) locale: String,
    /// The bot's role.
    pub(crate) role: Option<u64>,
    /// The channel and the role of its helpers.
    pub(crate) helpers: (Option<u64>, Option<u64>),
}
