//! The connection to Discord, from the first request to the last.

use super::bot::Bot;
use super::close_codes::Fatal;
use super::gateway::{self, Gateway};
use super::handler::Handler;
use super::supervisor;
use crate::config::Config;
use crate::http::HttpError;
use serenity::Client;
use serenity::all::{
    ClientBuilder, ConnectionStage, GatewayIntents, ShardManager, ShardRunnerInfo,
    ShardRunnerMessage,
};
use serenity::http::HttpBuilder;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{interval, sleep, timeout};
use tracing::{info, warn};

/// How long work that is under way may take at the end.
const FINISH: Duration = Duration::from_secs(10);
/// How long a connection takes to close: serenity looks at its orders every 500 ms, and does not tell when it has
/// followed them.
const FAREWELL: Duration = Duration::from_millis(700);
/// Close code that ends a session.
const GOODBYE: u16 = 1_000;
/// How often what is no longer needed is thrown away, and the latency read.
const TIDY: Duration = Duration::from_secs(10);

/// Why the bot ended.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Discord will not have it; trying again is no use.
    #[error(transparent)]
    Fatal(#[from] Fatal),
    /// The system gives no threads.
    #[error("cannot start threads")]
    Threads(#[source] std::io::Error),
    /// The port for health and metrics cannot be had.
    #[error(transparent)]
    Port(#[from] HttpError),
    /// The HTTP client could not be made.
    #[error("cannot prepare connections")]
    Http(#[from] reqwest::Error),
    /// The stand-in for Discord leads elsewhere.
    #[error("the gateway at `{0}` is not this machine: the token would travel there in clear")]
    GatewayElsewhere(String),
    /// Serenity gave up.
    #[error("the connection to Discord ended")]
    Serenity(#[from] Box<serenity::Error>),
    /// The gateway connection ended, and nobody asked it to.
    #[error("the connection to Discord ended")]
    Ended,
}

/// Runs until `stop` comes to its end, or until there is no going on.
pub(super) async fn run(
    bot: Bot,
    config: &Config,
    mut fatal: UnboundedReceiver<Fatal>,
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let bot = Arc::new(bot);
    tokio::pin!(stop);
    let gateway = tokio::select! {
        gateway = gateway::find(&bot.rest, config) => gateway?,
        () = &mut stop => return Ok(()),
    };
    let mut client = tokio::select! {
        client = client(&bot, config, &gateway) => client.map_err(Box::new)?,
        () = &mut stop => return Ok(()),
    };
    let shards = Arc::clone(&client.shard_manager);
    let tidying = tokio::spawn(tidy(Arc::clone(&bot), Arc::clone(&shards)));
    let ended = tokio::select! {
        ended = client.start_shards(gateway.shards) => match ended {
            Ok(()) => Err(RunError::Ended),
            Err(serenity::Error::Gateway(error)) if Fatal::from_gateway(&error).is_some() => {
                Err(Fatal::from_gateway(&error).map_or(RunError::Ended, RunError::Fatal))
            }
            Err(error) => Err(RunError::Serenity(Box::new(error))),
        },
        Some(fatal) = fatal.recv() => Err(fatal.into()),
        () = &mut stop => Ok(()),
    };
    tidying.abort();
    if ended.is_ok() {
        finish(&bot, &shards).await;
    }
    ended
}

/// Takes on no more, finishes what is under way, closes the connection.
async fn finish(bot: &Bot, shards: &ShardManager) {
    info!(under_way = bot.limits.busy(), "shutting down");
    supervisor::stopping();
    let finished = timeout(FINISH, bot.limits.finish());
    let (finished, ()) = tokio::join!(finished, close(shards));
    if finished.is_err() {
        warn!("some answers were not finished in time");
    }
}

/// Closes what is connected.
///
/// Serenity's own way of ending all does not wait where a session was renewed before; and where a connection
/// has ended already, it would wait for its end for ever, and hold up a whole thread with it.
async fn close(shards: &ShardManager) {
    let mut waits = false;
    for (&id, runner) in shards.runners.lock().await.iter() {
        if is_connected(runner) {
            let end = ShardRunnerMessage::Shutdown(id, GOODBYE);
            runner.runner_tx.send_to_shard(end);
            waits = true;
        }
    }
    if waits {
        sleep(FAREWELL).await;
    }
}

async fn client(bot: &Arc<Bot>, config: &Config, gateway: &Gateway) -> serenity::Result<Client> {
    let mut http = HttpBuilder::new(config.token.expose());
    if let Some(base) = &config.api_base {
        http = http.proxy(base).ratelimiter_disabled(true);
    }
    let client = ClientBuilder::new_with_http(http.build(), intents(config))
        .raw_event_handler(Handler(Arc::clone(bot)))
        .await?;
    // Where serenity cannot find the address out, it takes that of the real Discord.
    client.ws_url.lock().await.clone_from(&gateway.url);
    Ok(client)
}

/// Members and their messages are none of its business, but for what is said to it.
fn intents(config: &Config) -> GatewayIntents {
    let usual =
        GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    if config.auto_answer.is_empty() {
        usual
    } else {
        usual | GatewayIntents::MESSAGE_CONTENT
    }
}

/// Throws away what is no longer needed, and keeps an eye on the connection.
async fn tidy(bot: Arc<Bot>, shards: Arc<ShardManager>) {
    let mut tick = interval(TIDY);
    let mut lost = false;
    loop {
        tick.tick().await;
        bot.limits.tidy();
        bot.rest.queues.tidy();
        let runners = shards.runners.lock().await;
        let connected = |runner: &ShardRunnerInfo| runner.stage == ConnectionStage::Connected;
        let all = !runners.is_empty() && runners.values().all(connected);
        bot.metrics.set_connected(all);
        if bot.metrics.is_alive() {
            supervisor::alive();
        }
        let latency = runners.values().filter_map(|runner| runner.latency).max();
        let millis = latency.map_or(0, |latency| latency.as_millis() as u32);
        bot.latency.store(millis, Ordering::Relaxed);
        let connected = runners.values().any(is_connected);
        if !connected && !lost && bot.me.initialized() {
            warn!("no connection to Discord: trying again until there is one");
        }
        lost = !connected;
    }
}

fn is_connected(runner: &ShardRunnerInfo) -> bool {
    runner.stage == ConnectionStage::Connected
}
