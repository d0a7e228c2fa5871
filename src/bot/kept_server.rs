//! What the bot knows of a server, for its next start.

use serde::{Deserialize, Serialize};

/// What the bot knew of a server.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptServer {
    pub(super) locale: String,
    /// The bot's role.
    pub(super) role: Option<u64>,
    /// The channel and the role of its helpers.
    pub(super) helpers: (Option<u64>, Option<u64>),
}
