//! The bot on Discord: gateway, REST, and the work between them.
//!
//! ```text
//! gateway ──▶ decode ──▶ handler ──▶ bot ──▶ Request ──▶ respond ──▶ Response ──▶ delivery ──▶ rest ──▶ Discord
//! ```
//!
//! - `gateway/`: connections to the gateway; `decode/`: its payloads as the bot's own types; `handler.rs`: what happens at
//!   each event
//! - `bot.rs`: a request from end to end; `job.rs`: its deadline and its line in the log; `throttle.rs`: how many requests
//!   are accepted; `pending.rs`: those that the bot
//!   must finish before it stops; `servers.rs`, `channels.rs`: where; `answered.rs`: messages that were answered recently; `seen.rs`: interactions that have arrived; `workers.rs`: the threads that
//!   compute answers
//! - `unasked.rs`: questions that are not meant for the bot; `conversations.rs`, `moderators.rs`: who takes part;
//!   `last_questions.rs`: what was asked before
//! - `server_articles.rs`: what servers have taught the bot; `backups.rs`: copies of it; `teaching.rs`: how their managers look at it;
//!   `additions.rs`, `gathered.rs`, `attachments.rs`: how they add to it; `memberships.rs`: which servers have removed the bot
//! - `server_sources.rs`: what comes from elsewhere and is looked at again; `forum.rs`: the answers in a forum;
//!   `forum_events.rs`: which of its posts have changed; `forum_gates.rs`: who may see them
//! - `recorder.rs`: what was asked and not answered; `insights.rs`: how managers see that
//! - `delivery.rs`: how a response reaches the member; `first_response.rs`: by a request or as the response to one; `rest/`:
//!   requests to Discord
//! - `endpoint.rs`: interactions that arrive over HTTP instead of the gateway
//! - `system_limits.rs`: what the system must allow; `memory_limit.rs`: the memory that it allows
//! - `network.rs`: what carries both to Discord
//! - `sessions.rs`: what the next start needs to go on without a gap
//! - `shared_shards.rs`: which shards are open where several processes share them; `allotment.rs`: whose they are; `tenure.rs`:
//!   how long a process may speak for its own; `lease_tests.rs`: these rules played together
//! - `run.rs`: the bot, from start to shutdown; `shards.rs`: which shards are open; `latencies.rs`: how long each takes to answer; `runtime.rs`: threads and signals; `backoff.rs`: delays between retries;
//!   `close_codes.rs`: when a retry does not help; `error.rs`: errors that end the bot; `systemd.rs`: notifications
//! - `digest.rs`: the weekly digest of servers
//! - `sources.rs`: looks at what articles come from; `solved.rs`: the tag of forum posts; `registration.rs`: the commands that Discord knows; `reload.rs`: reloading the articles on request
//! - `sources.rs`: looks at what articles come from; `pace.rs`: how often, where several processes do; `solved.rs`: the tag of forum posts; `registration.rs`: the commands that Discord knows; `reload.rs`: reloading the articles on request
//! - `terminal.rs`: the bot without a connection, for `chat --server`
//! - `inspect.rs`: what `doctor` and `init` ask Discord; `invite.rs`: the invite link

mod additions;
mod allotment;
mod answered;
mod attachments;
mod backoff;
mod backups;
#[expect(clippy::module_inception, reason = "it contains the struct Bot")]
mod bot;
mod channels;
mod clock;
mod close_codes;
mod conversations;
mod decode;
mod delivery;
mod demo;
mod digest;
mod due_sources;
mod effects;
mod endpoint;
mod error;
mod first_response;
mod forum;
mod forum_events;
mod forum_gates;
mod forum_posts;
mod gate_events;
mod gateway;
mod gathered;
#[cfg(test)]
mod gating_tests;
mod handler;
mod insights;
mod inspect;
mod invite;
#[cfg(test)]
mod isolation_tests;
mod job;
mod kept_server;
mod kept_sources;
mod last_questions;
mod latencies;
#[cfg(test)]
mod lease_tests;
mod lock;
mod memberships;
mod memory_limit;
mod moderators;
mod network;
mod pace;
mod page;
mod pending;
mod pins;
mod recorder;
mod registration;
mod reload;
mod rest;
mod run;
mod runtime;
mod seen;
mod server_articles;
mod server_sources;
mod servers;
mod sessions;
mod settings;
mod shards;
mod shared_shards;
mod solved;
mod sources;
mod system_limits;
mod systemd;
mod teaching;
mod tenure;
mod terminal;
mod throttle;
mod unasked;
mod until_answered;
mod updates;
mod workers;

pub use close_codes::Fatal;
pub use demo::demo;
pub use error::{CommandsError, RunError};
pub use inspect::{Application, application, inspect};
pub use invite::{
    NAMES as INVITE_PERMISSIONS, link as invite_link, user_link as user_install_link,
};
pub use memory_limit::{MemoryWatch, watch_memory};
pub use network::{GatewaySocket, MessageStream, Network};
pub use pace::with_shared_pace;
pub use recorder::Recorder;
pub use registration::Synced;
pub use runtime::block_on;
pub use system_limits::{LimitError, check as check_system_limits};
pub use terminal::Terminal;

use crate::config::Config;
use crate::http::{self, ListenError, Site};
use crate::telemetry::Metrics;
use bot::Bot;
use decode::{Event, GatewayPayload};
use network::Internet;
use pullquote_cards::{CommandIds, Helpers, Request, Status};
use pullquote_library::{self as library, EngineHandle};
use registration::Scope;
use rest::{CallError, Rest};
use runtime::{runtime, stop_signal};
use std::net::SocketAddr;
use std::num::NonZeroU64;
use std::pin::Pin;
use std::sync::Arc;
use tracing::info;

/// Runs the bot until SIGINT or SIGTERM.
///
/// # Errors
///
/// When the bot cannot start, when Discord rejects it, or when the gateway stays silent.
pub fn run(handle: Arc<EngineHandle>, config: &Config) -> Result<(), RunError> {
    start(handle, config, async |bot, stop| {
        run::run(bot, config, stop).await
    })
}

/// Answers interactions that arrive over HTTP until SIGINT or SIGTERM.
///
/// # Errors
///
/// When the bot cannot start, or when Discord rejects its token.
pub fn run_endpoint(handle: Arc<EngineHandle>, config: &Config) -> Result<(), RunError> {
    start(handle, config, async |bot, stop| {
        run::run_endpoint(bot, config, stop).await
    })
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
    if let Some(setting) = config.embedding.clone() {
        pullquote_model::embed_in_background(Arc::clone(&handle), setting)
            .map_err(RunError::Threads)?;
    }
    let ended = runtime.block_on(async {
        #[cfg(unix)]
        tokio::spawn(reload::on_hangup(Arc::clone(&handle)));
        let metrics = Arc::new(Metrics::default());
        let bot = Arc::new(Bot::new(handle, metrics, config, Arc::new(Internet))?);
        serve_page(&bot, config, ("HTTP_ADDRESS", false)).await?;
        systemd::ready();
        run(bot, Box::pin(stop)).await
    });
    // Tasks that still wait for Discord must not delay the exit.
    runtime.shutdown_background();
    ended
}

/// Serves health, metrics and the host's page, if an address is set. Returns the one that it got. `setting` names where it comes
/// from, and says whether this is the demo.
async fn serve_page(
    bot: &Arc<Bot>,
    config: &Config,
    (setting, is_demo): (&'static str, bool),
) -> Result<Option<SocketAddr>, ListenError> {
    let Some(address) = config.http.clone() else {
        return Ok(None);
    };
    let site = Site {
        metrics: Arc::clone(&bot.metrics),
        handle: Arc::clone(&bot.handle),
        store: config.store.clone(),
        servers: Arc::clone(bot) as _,
        is_demo,
    };
    http::serve(address, setting, site).await.map(Some)
}

/// Answers what arrives over `network` until `stop` completes, on the current runtime.
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
    let bot = Arc::new(Bot::new(handle, metrics, config, network)?);
    systemd::ready();
    run::run(bot, config, stop).await
}

/// The request in a payload of the gateway, for a command, a button or an option that is being typed; `None` for all
/// other payloads. The bot reads payloads the same way, so this tries any text without a connection.
pub fn request(payload: &str) -> Option<Request> {
    let GatewayPayload::Event(event) = decode::read(payload).ok()? else {
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
        let (synced, _) = registration::sync(rest, scope).await?;
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
        registration::clear(rest, scope).await
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
            application: registration::application(&rest).await?,
            server: server.map(NonZeroU64::get),
        };
        Ok(work(&rest, scope).await?)
    })
}
