//! What the bot reports about itself: the log, and counters for Prometheus.

pub(crate) mod log;
mod metrics;

pub use metrics::{Connected, Metrics};
