//! The bot on Discord: gateway, REST, and the work between them.
//!
//! ```text
//! gateway ──▶ decode ──▶ handler ──▶ bot ──▶ Request ──▶ respond ──▶ Response ──▶ delivery ──▶ rest ──▶ Discord
//! ```
//!
//! - `run.rs`: the bot, from start to shutdown; `bot.rs`: what all shards share; `interactions.rs`, `messages.rs`: a request from end to
//!   end; `unasked.rs`: questions that are not meant for it; `effects.rs`: what it does besides answering
//! - `gateway/`: connections to the gateway; `decode/`: its payloads as the bot's own types; `handler.rs`: what happens at each event;
//!   `endpoint.rs`: interactions that arrive over HTTP instead
//! - `requests/`: what is asked, by whom and where; `workers.rs`: the threads that compute answers
//! - `replies/`: how a response reaches the member; `rest/`: requests to Discord; `network.rs`: what carries them
//! - `knowledge/`: what the people of a server teach the bot; `sources/`: what is looked at again; `reload.rs`: reloading the articles on
//!   request; `records/`: what was asked, and what came of it
//! - `sharding/`: which shards are open, and what outlives the process; `application/`: the application at Discord
//! - `system/`: the bot as a process; `local/`: the bot without a connection to Discord
//! - `error.rs`: errors that end the bot; `until_answered.rs`: asking until Discord answers; `backoff.rs`: delays between retries; `close_codes.rs`: when one does not help;
//!   `clock.rs`: the time

mod application;
mod backoff;
#[expect(clippy::module_inception, reason = "it contains the struct Bot")]
mod bot;
mod clock;
mod close_codes;
mod decode;
mod effects;
mod endpoint;
mod error;
mod gateway;
mod handler;
mod interactions;
mod knowledge;
mod local;
mod messages;
mod network;
mod records;
mod reload;
mod replies;
mod requests;
mod rest;
mod run;
mod sharding;
mod sources;
mod system;
mod unasked;
mod until_answered;
mod workers;

pub use application::inspect::{Application, application, inspect};
pub use application::invite::{
    NAMES as INVITE_PERMISSIONS, link as invite_link, user_link as user_install_link,
};
pub use application::registration::Synced;
pub use close_codes::Fatal;
pub use error::{CommandsError, RunError};
pub use local::demo::{MADE_UP, demo};
pub use local::terminal::Terminal;
pub use network::{GatewaySocket, MessageStream, Network};
pub use records::recorder::Recorder;
pub use sources::pace::with_shared_pace;
pub use system::memory_limit::{MemoryWatch, watch_memory};
pub use system::runtime::block_on;
pub use system::system_limits::{LimitError, check as check_system_limits};

use crate::config::Config;
use crate::http::{self, ListenError, MadeUp, Site};
use crate::telemetry::Metrics;
use application::registration::Scope;
use bot::Bot;
use decode::{Event, GatewayPayload};
use network::Internet;
use pullquote_cards::{CommandIds, Helpers, Request, Status};
use pullquote_library::{self as library, EngineHandle};
use rest::{CallError, Rest};
use std::net::SocketAddr;
use std::num::NonZeroU64;
use std::pin::Pin;
use std::sync::Arc;
use system::runtime::{runtime, stop_signal};
use tracing::info;
use workers::Workers;

/// Runs the bot until SIGINT or SIGTERM.
///
/// # Errors
///
/// When the bot cannot start, when Discord rejects it, or when the gateway stays silent.
pub fn run(handle: Arc<EngineHandle>, config: &Config) -> Result<(), RunError> {
    start(handle, config, run::run)
}

/// Answers interactions that arrive over HTTP until SIGINT or SIGTERM.
///
/// # Errors
///
/// When the bot cannot start, or when Discord rejects its token.
pub fn run_endpoint(handle: Arc<EngineHandle>, config: &Config) -> Result<(), RunError> {
    start(handle, config, run::run_endpoint)
}

/// Starts all that the bot needs, then runs it.
fn start(
    handle: Arc<EngineHandle>,
    config: &Config,
    run: impl AsyncFnOnce(Arc<Bot>, Pin<Box<dyn Future<Output = ()>>>) -> Result<(), RunError>,
) -> Result<(), RunError> {
    let runtime = runtime().map_err(RunError::Threads)?;
    let stop = {
        let _inside = runtime.enter();
        stop_signal()
    };
    let engine = handle.engine();
    info!(
        version = env!("CARGO_PKG_VERSION"),
        articles = engine.corpus().article_count(),
        passages = engine.corpus().passage_count(),
        "articles loaded"
    );
    drop(engine);
    library::watch(Arc::clone(&handle), config.watch).map_err(RunError::Threads)?;
    let ended = runtime.block_on(async {
        #[cfg(unix)]
        tokio::spawn(reload::on_hangup(Arc::clone(&handle)));
        let metrics = Arc::new(Metrics::default());
        let bot = Arc::new(Bot::new(handle, metrics, config, Arc::new(Internet))?);
        bot.embed_articles()?;
        serve_page(&bot, "HTTP_ADDRESS", None).await?;
        system::systemd::ready();
        run(bot, Box::pin(stop)).await
    });
    // Tasks that still wait for Discord must not delay the exit.
    runtime.shutdown_background();
    ended
}

/// Serves health, metrics and the host's page, if an address is set. Returns the one that it got. `setting` names where it comes
/// from; `demo` is the server of the demo, if this is the demo.
async fn serve_page(
    bot: &Arc<Bot>,
    setting: &'static str,
    demo: Option<MadeUp>,
) -> Result<Option<SocketAddr>, ListenError> {
    let Some(address) = bot.config.http.clone() else {
        return Ok(None);
    };
    let site = Site {
        metrics: Arc::clone(&bot.metrics),
        handle: Arc::clone(&bot.handle),
        store: bot.config.store.clone(),
        servers: Arc::clone(bot) as _,
        demo,
    };
    http::serve(address, setting, site).await.map(Some)
}

/// Answers what arrives over `network` until `stop` completes, on the current runtime alone: it starts no threads for answers.
///
/// # Errors
///
/// Like [`run`].
pub async fn serve(
    network: Arc<dyn Network>,
    handle: Arc<EngineHandle>,
    metrics: Arc<Metrics>,
    config: &Config,
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let mut bot = Bot::new(handle, metrics, config, network)?;
    bot.workers = Arc::new(Workers::none());
    system::systemd::ready();
    Box::pin(run::run(Arc::new(bot), stop)).await
}

/// The request in a payload of the gateway, for a command, a button or an option that is being typed; `None` for all
/// other payloads. The bot reads payloads the same way, so this tries any text without a connection.
pub fn request(payload: &str) -> Option<Request> {
    let GatewayPayload::Event(event) = decode::read(payload).1.ok()? else {
        return None;
    };
    match *event {
        Event::Interaction(interaction) => {
            Some(interaction.request(Status::default(), CommandIds::default(), Helpers::default()))
        }
        _ => None,
    }
}

/// Registers the commands everywhere or in one server, if they differ from Discord's list.
///
/// # Errors
///
/// When Discord rejects the request or cannot be reached.
pub fn sync_commands(config: &Config, server: Option<NonZeroU64>) -> Result<Synced, CommandsError> {
    with_scope(config, server, async |rest, scope| {
        let (synced, _) = application::registration::sync(rest, scope).await?;
        Ok(synced)
    })
}

/// Removes all commands, everywhere or in one server. Returns how many there were.
///
/// # Errors
///
/// When Discord rejects the request or cannot be reached.
pub fn clear_commands(config: &Config, server: Option<NonZeroU64>) -> Result<usize, CommandsError> {
    with_scope(config, server, async |rest, scope| {
        application::registration::clear(rest, scope).await
    })
}

/// Runs `work` on the commands of a server, or on the global ones, without a gateway connection.
fn with_scope<T>(
    config: &Config,
    server: Option<NonZeroU64>,
    work: impl AsyncFnOnce(&Rest, Scope) -> Result<T, CallError>,
) -> Result<T, CommandsError> {
    let rest = Rest::new(config.token.clone(), config.api_base.clone())?;
    runtime().map_err(CommandsError::Threads)?.block_on(async {
        let scope = Scope {
            application: application::registration::application(&rest).await?,
            server: server.map(NonZeroU64::get),
        };
        Ok(work(&rest, scope).await?)
    })
}
