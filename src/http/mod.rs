//! Health checks and metrics over HTTP, served if `HTTP_ADDRESS` is set.
//!
//! - `/healthz`: 200, or 503 when the gateway has been disconnected for minutes
//! - `/readyz`: 200, or 503 while the gateway is disconnected
//! - `/metrics`: metrics for Prometheus (`telemetry/metrics.rs`)

use crate::telemetry::Metrics;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::routing::get;
use pullquote_library::EngineHandle;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use tracing::{info, warn};

/// The content type of the `OpenMetrics` text format.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The address is not available.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot listen on {address}: another program may be using that port. Choose another one in HTTP_ADDRESS, or unset it"
)]
pub struct ListenError {
    address: SocketAddr,
    source: io::Error,
}

/// Binds the address, and serves it in the background until the runtime shuts down.
///
/// # Errors
///
/// When the address cannot be bound.
pub async fn serve(
    address: SocketAddr,
    metrics: Arc<Metrics>,
    handle: Arc<EngineHandle>,
) -> Result<(), ListenError> {
    let bind = async {
        let listener = TcpListener::bind(address).await?;
        Ok((listener.local_addr()?, listener))
    };
    let (at, listener) = bind
        .await
        .map_err(|source| ListenError { address, source })?;
    info!("health and metrics on http://{at}");
    if !at.ip().is_loopback() {
        warn!("other machines may be able to read http://{at}: it needs no password");
    }
    tokio::spawn(axum::serve(listener, router(metrics, handle)).into_future());
    Ok(())
}

fn router(metrics: Arc<Metrics>, handle: Arc<EngineHandle>) -> Router {
    let (alive, ready) = (Arc::clone(&metrics), Arc::clone(&metrics));
    let healthz =
        move || async move { status(alive.is_alive(), "alive", "not connected for minutes") };
    let readyz = move || async move { status(ready.is_connected(), "ready", "not connected") };
    let scrape = move || async move {
        let kind = [(header::CONTENT_TYPE, OPEN_METRICS)];
        (kind, metrics.text(&handle.engine()))
    };
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(scrape))
}

fn status(is_ok: bool, yes: &'static str, no: &'static str) -> (StatusCode, &'static str) {
    if is_ok {
        (StatusCode::OK, yes)
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, no)
    }
}
