//! The connection to Discord, from the first request to the last.

use super::bot::Bot;
use super::close_codes::Fatal;
use super::handler::Handler;
use super::rest::{Call, CallError, Rest};
use super::send::Trouble;
use crate::config::Config;
use crate::http::HttpError;
use serde_json::Value;
use serenity::Client;
use serenity::all::{
    ClientBuilder, ConnectionStage, GatewayIntents, ShardManager, ShardRunnerInfo,
};
use serenity::http::{HttpBuilder, LightMethod, Route};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, interval, sleep, timeout};
use tracing::{info, warn};

/// How long work that is under way may take at the end.
const FINISH: Duration = Duration::from_secs(10);
/// How long closing the gateway may take. Serenity waits for ever where it was never connected.
const CLOSE: Duration = Duration::from_secs(3);
/// How often what is no longer needed is thrown away, and the latency read.
const TIDY: Duration = Duration::from_secs(10);
/// Longest wait between two tries to reach Discord.
const MOST: Duration = Duration::from_mins(1);

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
    /// Serenity gave up.
    #[error("the connection to Discord ended")]
    Serenity(#[from] Box<serenity::Error>),
    /// The gateway connection ended, and nobody asked it to.
    #[error("the connection to Discord ended")]
    Ended,
}

/// Where the gateway is, and how many connections Discord wants.
struct Gateway {
    url: Option<String>,
    shards: u32,
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
        gateway = gateway(&bot.rest) => gateway?,
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
    let finished = timeout(FINISH, bot.limits.finish());
    let closed = timeout(CLOSE, close(shards));
    let (finished, _) = tokio::join!(finished, closed);
    if finished.is_err() {
        warn!("some answers were not finished in time");
    }
}

/// Closes what is connected. On a connection that has ended, serenity would wait for an answer for ever, and
/// hold up a whole thread with it.
async fn close(shards: &ShardManager) {
    let connected = |runner: &ShardRunnerInfo| runner.stage == ConnectionStage::Connected;
    let open = shards.runners.lock().await.values().any(connected);
    if open {
        shards.shutdown_all().await;
    }
}

/// Asks Discord where its gateway is, until it answers. A wrong token shows here.
async fn gateway(rest: &Rest) -> Result<Gateway, RunError> {
    let mut wait = Duration::from_secs(1);
    loop {
        let error = match ask_gateway(rest).await {
            Ok(body) if wait_for_session(&body).await => continue,
            Ok(body) => return Ok(read_gateway(&body)),
            Err(error) => error,
        };
        match error.status() {
            401 => return Err(Fatal::Token.into()),
            404 => {
                return Ok(Gateway {
                    url: None,
                    shards: 1,
                });
            }
            _ => {}
        }
        let error = Trouble::from(error).chain();
        warn!(
            "cannot start yet, trying again in {} s: {error}",
            wait.as_secs()
        );
        sleep(wait).await;
        wait = (wait * 2).min(MOST);
    }
}

async fn ask_gateway(rest: &Rest) -> Result<Value, CallError> {
    let call = Call::new(LightMethod::Get, Route::GatewayBot);
    rest.call(&call, Instant::now() + Duration::from_secs(15))
        .await
}

/// Discord allows 1,000 sessions a day; whoever begins more loses the token.
async fn wait_for_session(gateway: &Value) -> bool {
    let limit = &gateway["session_start_limit"];
    if limit["remaining"] != 0 {
        return false;
    }
    let wait = Duration::from_millis(limit["reset_after"].as_u64().unwrap_or(60_000));
    warn!(
        "Discord allows no more sessions today: waiting for {} min",
        wait.as_secs() / 60
    );
    sleep(wait).await;
    true
}

fn read_gateway(body: &Value) -> Gateway {
    let shards = body["shards"].as_u64().unwrap_or(1);
    Gateway {
        url: body["url"].as_str().map(str::to_owned),
        shards: u32::try_from(shards).unwrap_or(1).max(1),
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
    let known = gateway.url.clone();
    if let Some(url) = known.or_else(|| config.api_base.as_deref().map(web_socket)) {
        *client.ws_url.lock().await = url;
    }
    Ok(client)
}

/// The gateway of a stand-in that does not name one.
fn web_socket(base: &str) -> String {
    base.replacen("http", "ws", 1)
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

async fn tidy(bot: Arc<Bot>, shards: Arc<ShardManager>) {
    let mut tick = interval(TIDY);
    loop {
        tick.tick().await;
        bot.limits.tidy();
        bot.rest.queues.tidy();
        let runners = shards.runners.lock().await;
        let connected = |runner: &ShardRunnerInfo| runner.stage == ConnectionStage::Connected;
        let all = !runners.is_empty() && runners.values().all(connected);
        bot.metrics.set_connected(all);
        let latency = runners.values().filter_map(|runner| runner.latency).max();
        let millis = latency.map_or(0, |latency| latency.as_millis() as u32);
        bot.latency.store(millis, Ordering::Relaxed);
    }
}
