//! The bot from the first request to the last: where Discord is, connections to it, the end.

use super::bot::Bot;
use super::close_codes::Fatal;
use super::gateway::gateway_info;
use super::gateway::identify::Sessions;
use super::gateway::shard_runner::Line;
use super::systemd;
use crate::config::Config;
use crate::http::HttpError;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};
use tracing::{info, warn};
use twilight_gateway::ShardId;

/// How long work that is under way may take at the end.
const FINISH: Duration = Duration::from_secs(10);
/// How often what is no longer needed is thrown away, and the supervisor told.
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
    /// So many seconds of silence.
    #[error(
        "connections to Discord open, but for {0} s nothing has come over any: ending, so that the bot can be started anew"
    )]
    Deaf(u64),
    /// A connection ended, and nobody asked it to.
    #[error("the connection to Discord ended: this is a fault of the program, please report it")]
    Ended,
}

/// Runs until `stop` comes to its end, or until there is no going on.
pub(super) async fn run(
    bot: Bot,
    config: &Config,
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let (bot, config) = (Arc::new(bot), Arc::new(config.clone()));
    tokio::pin!(stop);
    let tidying = tokio::spawn(tidy(Arc::clone(&bot)));
    let gateway = tokio::select! {
        gateway = gateway_info::find(&bot.rest, &config) => gateway?,
        () = &mut stop => return Ok(()),
    };
    let shards = gateway.shards;
    bot.metrics.expect_connections(shards);
    let sessions = Sessions::new(Arc::clone(&bot), Arc::clone(&config), gateway);
    let sessions = Arc::new(sessions);
    let (farewell, stopped) = watch::channel(());
    let mut lines = JoinSet::new();
    for number in 0..shards {
        let id = ShardId::new(number, shards);
        let (bot, config) = (Arc::clone(&bot), Arc::clone(&config));
        let line = Line::new(bot, config, Arc::clone(&sessions), id);
        lines.spawn(line.keep(stopped.clone()));
    }
    let ended = tokio::select! {
        Some(ended) = lines.join_next() => ended.unwrap_or(Err(RunError::Ended)),
        () = &mut stop => Ok(()),
    };
    tidying.abort();
    if ended.is_ok() {
        farewell.send_replace(());
        finish(&bot, lines).await;
    }
    ended
}

/// Takes on no more, finishes what is under way, closes the connections.
async fn finish(bot: &Bot, mut lines: JoinSet<Result<(), RunError>>) {
    info!(under_way = bot.limits.busy(), "shutting down");
    systemd::stopping();
    let finished = timeout(FINISH, bot.limits.finish());
    let closed = async { while lines.join_next().await.is_some() {} };
    let (finished, ()) = tokio::join!(finished, closed);
    if finished.is_err() {
        warn!("some answers were not finished in time");
    }
}

/// Throws away what is no longer needed, and tells the supervisor that all is well.
async fn tidy(bot: Arc<Bot>) {
    let mut tick = interval(TIDY);
    loop {
        tick.tick().await;
        bot.limits.tidy();
        bot.rest.queues.tidy();
        if bot.metrics.is_alive() {
            systemd::alive();
        }
    }
}
