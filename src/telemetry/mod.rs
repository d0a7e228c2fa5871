//! What the bot reports about itself: the log, and metrics for Prometheus.

pub(crate) mod log;
mod metrics;

pub use metrics::{ConnectionGuard, Metrics, ShardState};

use std::error::Error;

/// An error and its sources on one line.
pub(crate) fn error_chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        line = format!("{line}: {error}");
        source = error.source();
    }
    line
}
