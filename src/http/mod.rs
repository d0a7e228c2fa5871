//! Health checks, metrics and the host's page over HTTP, served if `HTTP_ADDRESS` is set. Interactions that Discord sends
//! over HTTP have a port of their own, `INTERACTIONS_ADDRESS`.
//!
//! - `/healthz`: 200, or 503 when the gateway has been disconnected for minutes
//! - `/readyz`: 200, or 503 while the gateway is disconnected
//! - `/metrics`: metrics for Prometheus (`telemetry/metrics.rs`)
//! - all others: the page for whoever hosts the bot (`crates/pullquote-page`)
//!
//! ```text
//! server.rs ──▶ routes.rs: Guard, limit ──▶ health.rs
//!                                      └──▶ page.rs ──▶ host.rs: what is known ──▶ pullquote-page: HTML
//! ```
//!
//! - `server.rs`: connections and their limits; `routes.rs`: who gets what; `tries.rs`: how many keys may be tried; `reply.rs`:
//!   responses and their headers
//! - `health.rs`: health and metrics; `page.rs`: the host's page; `host.rs`: what is known of the bot; `editing.rs`: changes
//!   to articles; `edits.rs`: those that can be undone; `fields.rs`: what a form holds; `repeated.rs`: texts that several
//!   articles have; `trying.rs`: a question that is tried; `servers.rs`: what the bot says of servers
//! - `interactions.rs`: `POST /interactions`; `signature.rs`: whether Discord has signed a request

mod editing;
mod edits;
mod fields;
mod health;
mod host;
mod interactions;
mod page;
mod repeated;
mod reply;
mod routes;
mod server;
mod servers;
mod signature;
mod tries;
mod trying;

pub use interactions::{Endpoint, EndpointResponse};
pub use routes::MAX_PAGES;
pub use server::ListenError;
pub use servers::{MadeUp, ServerView, Servers};

use crate::config::{HttpServer, StoreSettings};
use crate::telemetry::Metrics;
use host::Host;
use pullquote_library::EngineHandle;
use pullquote_page::{Guard, Hosts, Key, Lock};
use routes::Routes;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;

/// What the host's page is about.
#[derive(Debug)]
pub struct Site {
    /// Counters of the running bot.
    pub metrics: Arc<Metrics>,
    /// The articles that all servers share.
    pub handle: Arc<EngineHandle>,
    /// Where the articles of servers and the questions are kept.
    pub store: StoreSettings,
    /// What members of servers get.
    pub servers: Arc<dyn Servers>,
    /// The server of the demo, which has no connection to Discord. `None` for a bot.
    pub demo: Option<MadeUp>,
}

/// Binds the address, which `source` names, and serves in the background until the runtime shuts down. Returns the address
/// that it got.
///
/// # Errors
///
/// When the address cannot be bound.
pub async fn serve(
    setting: HttpServer,
    source: &'static str,
    site: Site,
) -> Result<SocketAddr, ListenError> {
    let lock = match &setting.key {
        Some(key) => Lock::Key(Key::new(key.expose())),
        None if setting.address.ip().is_loopback() => Lock::Open,
        None => Lock::Closed,
    };
    let guard = Guard {
        hosts: Hosts::new(setting.hosts),
        lock,
    };
    let host = Arc::new(Host::new(site));
    if !matches!(guard.lock, Lock::Closed) {
        let host = Arc::clone(&host);
        // The program ends without it.
        let thread = thread::Builder::new().name("page".to_owned());
        drop(thread.spawn(move || host.keep_rows()));
    }
    let routes = Routes::new(guard, host);
    server::serve(setting.address, source, Arc::new(routes)).await
}
