//! Health checks and metrics over HTTP, served if `HTTP_ADDRESS` is set.
//!
//! - `/healthz`: 200, or 503 when the gateway has been disconnected for minutes
//! - `/readyz`: 200, or 503 while the gateway is disconnected
//! - `/metrics`: metrics for Prometheus (`telemetry/metrics.rs`)
//!
//! - `server.rs`: connections and their limits; `pages.rs`: what is on the pages; `hosts.rs`: under which names they are
//!   served

mod hosts;
mod pages;
mod server;

pub use server::ListenError;

use crate::config::HttpServer;
use crate::telemetry::Metrics;
use hosts::Hosts;
use pages::Pages;
use pullquote_library::EngineHandle;
use std::sync::Arc;

/// Binds the address, and serves the pages in the background until the runtime shuts down.
///
/// # Errors
///
/// When the address cannot be bound.
pub async fn serve(
    setting: HttpServer,
    metrics: Arc<Metrics>,
    handle: Arc<EngineHandle>,
) -> Result<(), ListenError> {
    let pages = Pages {
        hosts: Hosts::new(setting.hosts),
        metrics,
        handle,
    };
    server::serve(setting.address, Arc::new(pages)).await
}
