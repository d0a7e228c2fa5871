//! A session of the gateway.

use serde::{Deserialize, Serialize};

/// A session, with the number of the last event received.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) id: String,
    pub(crate) sequence: u64,
    /// Where Discord wants it to be resumed. `None` where that failed.
    pub(crate) url: Option<String>,
}
