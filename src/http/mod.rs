//! How the bot is, over HTTP: for whoever looks after it, and off unless an address is set.
//!
//! - `/healthz`: alive; 503 when the gateway has not been connected for minutes
//! - `/readyz`: connected; 503 when not, now
//! - `/metrics`: for Prometheus (`metrics.rs`)

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

/// The content type of Open Metrics.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Why nobody can be answered.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot listen on {address}: does another program have that port? Choose another one with HTTP_ADDRESS, or remove the setting"
)]
pub struct HttpError {
    address: SocketAddr,
    source: io::Error,
}

/// Takes the port, and answers on it in the background as long as the runtime runs.
///
/// # Errors
///
/// When the port cannot be had.
pub async fn serve(
    address: SocketAddr,
    metrics: Arc<Metrics>,
    handle: Arc<EngineHandle>,
) -> Result<(), HttpError> {
    let listen = async {
        let listener = TcpListener::bind(address).await?;
        Ok((listener.local_addr()?, listener))
    };
    let taken = listen.await;
    let (at, listener) = taken.map_err(|source| HttpError { address, source })?;
    info!("health and metrics on http://{at}");
    if !at.ip().is_loopback() {
        warn!("other machines may be able to read http://{at}: nothing there asks for a password");
    }
    tokio::spawn(axum::serve(listener, router(metrics, handle)).into_future());
    Ok(())
}

fn router(metrics: Arc<Metrics>, handle: Arc<EngineHandle>) -> Router {
    let (alive, ready) = (Arc::clone(&metrics), Arc::clone(&metrics));
    let healthz =
        move || async move { state(alive.is_alive(), "alive", "not connected for minutes") };
    let readyz = move || async move { state(ready.is_connected(), "ready", "not connected") };
    let read = move || async move {
        let kind = [(header::CONTENT_TYPE, OPEN_METRICS)];
        (kind, metrics.text(&handle.engine()))
    };
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(read))
}

fn state(good: bool, yes: &'static str, no: &'static str) -> (StatusCode, &'static str) {
    if good {
        (StatusCode::OK, yes)
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, no)
    }
}
