//! What the bot reports about itself: the log, and metrics for Prometheus.

pub(crate) mod log;
mod metrics;

pub use metrics::{ConnectionGuard, Metrics, ShardState};
