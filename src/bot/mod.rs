//! The bot on Discord: the only room that knows serenity and twilight, and waits for anything.
//!
//! ```text
//! gateway ──▶ line ──▶ handler ──▶ Bot ──▶ edge/heard ──▶ Request ─▶ respond ─▶ Response ──▶ send ──▶ rest ──▶ Discord
//! ```
//!
//! - `client.rs`: from the first request to the last; `gateway.rs`: where to connect; `sessions.rs`: when a session may begin;
//!   `connection.rs`: one connection; `line.rs`: one after another; `backoff.rs`: waits between tries; `handler.rs`: what is done about each event
//! - `bot.rs`: a request from end to end, and its line in the log
//! - `edge.rs`: interactions as requests; `heard.rs`: messages, and which of them ask the bot something
//! - `event.rs`: what Discord says, as far as the bot listens; `mend.rs`: what serenity could not read of it, read after all
//! - `answered.rs`: messages that were answered a moment ago
//! - `send.rs`: how a response gets to the member, and what is done where it does not
//! - `rest.rs`, `queue.rs`: requests to Discord, tried again, within its rate limits
//! - `limits.rs`: how much members and servers may ask
//! - `registration.rs`: the table of commands as Discord has it; `invite.rs`: the invite link
//! - `inspect.rs`: a look at Discord from the command line, without a connection
//! - `reload.rs`: the articles read again when someone asks for it
//! - `close_codes.rs`: what there is no going on after; `log.rs`: the log

mod answered;
mod backoff;
mod bot;
mod client;
mod close_codes;
mod connection;
mod edge;
mod event;
mod gateway;
mod handler;
mod heard;
mod inspect;
mod invite;
mod limits;
mod line;
mod mend;
mod queue;
mod registration;
mod reload;
mod rest;
mod send;
mod sessions;
mod supervisor;

pub use client::RunError;
pub use close_codes::Fatal;
pub use inspect::{Application, application, inspect};
pub use invite::{NAMES as INVITE_PERMISSIONS, link as invite_link};
pub use registration::{CommandsError, Synced};

use crate::config::Config;
use crate::http;
use crate::telemetry::Metrics;
use bot::Bot;
use pullquote_library::{self as library, EngineHandle};
use registration::Scope;
use rest::{CallError, Rest};
use std::num::NonZeroU64;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};
use tokio::signal;
use tracing::info;

/// Threads that serve everything: an answer takes microseconds, the rest is waiting.
const THREADS: usize = 2;

/// Runs the bot until it is told to stop (SIGINT, SIGTERM).
///
/// # Errors
///
/// When Discord will not have it, or the connection cannot be kept.
pub fn run(handle: Arc<EngineHandle>, config: &Config) -> Result<(), RunError> {
    crate::telemetry::log::start(config);
    let runtime = runtime().map_err(RunError::Threads)?;
    let stop = {
        let _inside = runtime.enter();
        stop()
    };
    let engine = handle.engine();
    info!(
        version = env!("CARGO_PKG_VERSION"),
        articles = engine.corpus().articles().len(),
        passages = engine.corpus().passages().len(),
        "articles loaded"
    );
    drop(engine);
    library::watch(Arc::clone(&handle), config.watch).map_err(RunError::Threads)?;
    if let Some(setting) = config.embedding.clone() {
        pullquote_model::embed_in_background(Arc::clone(&handle), setting)
            .map_err(RunError::Threads)?;
    }
    let ended = runtime.block_on(async {
        tokio::spawn(reload::on_hangup(Arc::clone(&handle)));
        let metrics = Arc::new(Metrics::default());
        if let Some(address) = config.http_address {
            http::serve(address, Arc::clone(&metrics), Arc::clone(&handle)).await?;
        }
        let bot = Bot::new(handle, metrics, config)?;
        supervisor::ready();
        client::run(bot, config, stop).await
    });
    // What still waits for Discord must not keep the program.
    runtime.shutdown_background();
    ended
}

/// Makes the commands that Discord has what the table says, everywhere or in one server.
///
/// # Errors
///
/// When Discord refuses or is not there.
pub fn sync_commands(config: &Config, server: Option<NonZeroU64>) -> Result<Synced, CommandsError> {
    once(config, server, async |rest, scope| {
        registration::sync(rest, scope).await
    })
}

/// Removes all commands that Discord has, everywhere or in one server; how many there were.
///
/// # Errors
///
/// When Discord refuses or is not there.
pub fn clear_commands(config: &Config, server: Option<NonZeroU64>) -> Result<usize, CommandsError> {
    once(config, server, async |rest, scope| {
        registration::clear(rest, scope).await
    })
}

/// Does one thing without a connection to the gateway.
fn once<T>(
    config: &Config,
    server: Option<NonZeroU64>,
    work: impl AsyncFnOnce(&Rest, Scope) -> Result<T, CallError>,
) -> Result<T, CommandsError> {
    let rest = Rest::new(config.token.clone(), config.api_base.clone())?;
    runtime().map_err(CommandsError::Threads)?.block_on(async {
        let application = registration::application(&rest).await?;
        let server = server.map(NonZeroU64::get);
        Ok(work(
            &rest,
            Scope {
                application,
                server,
            },
        )
        .await?)
    })
}

fn runtime() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
}

/// Waits for a signal to stop, which is heard from now on. Where it cannot be heard, for ever: the system's own way of
/// ending stays.
#[cfg(unix)]
fn stop() -> impl Future<Output = ()> {
    use signal::unix::{SignalKind, signal};
    let signals = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async {
        let [terminate, interrupt] = signals;
        if let (Ok(mut terminate), Ok(mut interrupt)) = (terminate, interrupt) {
            tokio::select! {
                Some(()) = terminate.recv() => return,
                Some(()) = interrupt.recv() => return,
                else => {}
            }
        }
        std::future::pending::<()>().await;
    }
}

#[cfg(not(unix))]
async fn stop() {
    if signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
