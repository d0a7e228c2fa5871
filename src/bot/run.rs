//! Runs the bot, and shuts it down.

use super::bot::Bot;
use super::error::RunError;
use super::gateway::{GatewayInfo, Session};
use super::recorder;
use super::sessions::KeptSessions;
use super::shards::OpenShards;
use super::shared_shards::SharedShards;
use super::{sources, systemd, updates};
use crate::config::{Config, ShardId, Shards};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{interval, timeout};
use tracing::{info, warn};

/// How long requests in progress may take when the bot stops.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);
/// How often what is over is deleted, and a day's backup made.
const SWEEP: Duration = Duration::from_hours(1);
/// How often memory is freed and the watchdog reset.
const MAINTENANCE: Duration = Duration::from_secs(10);

/// The open shards of this process.
enum Connections {
    /// All, or a part that a setting names.
    Own(OpenShards),
    /// Those that it has of what several processes share.
    Shared(Box<SharedShards>),
}

impl Connections {
    fn open(
        bot: &Arc<Bot>,
        config: &Arc<Config>,
        info: GatewayInfo,
        kept: HashMap<ShardId, Session>,
    ) -> Self {
        match config.shards {
            Shards::Shared => Self::Shared(Box::new(SharedShards::new(bot, config, info))),
            _ => Self::Own(OpenShards::start(bot, config, info, kept)),
        }
    }

    /// Keeps them open. Returns why the bot must end.
    async fn run(&mut self) -> RunError {
        match self {
            Self::Own(shards) => shards.run().await,
            Self::Shared(shards) => shards.run().await,
        }
    }

    /// Closes them, and keeps their sessions for the next start or for other processes.
    async fn close(self, bot: &Bot, config: &Config) {
        match self {
            Self::Own(shards) => {
                let sessions = shards.close().await;
                if let Some(kept) = KeptSessions::new(bot, config, sessions) {
                    kept.write(config);
                }
            }
            Self::Shared(shards) => shards.close().await,
        }
    }
}

/// Runs until `stop` completes.
///
/// # Errors
///
/// When a shard fails, and a reconnect would not help.
pub(super) async fn run(
    bot: Bot,
    config: &Config,
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let (bot, config) = (Arc::new(bot), Arc::new(config.clone()));
    tokio::pin!(stop);
    let maintenance = tokio::spawn(maintain(Arc::clone(&bot)));
    let sweeping = tokio::spawn(sweep(Arc::clone(&bot)));
    let following = {
        let bot = Arc::clone(&bot);
        tokio::spawn(async move { bot.articles.follow().await })
    };
    let kept = match config.shards {
        Shards::Shared => None,
        _ => KeptSessions::take(&config, bot.network.now()),
    };
    let kept = kept.map(|kept| kept.restore(&bot)).unwrap_or_default();
    // Of shared shards, it is not known yet whether there are sessions.
    let begins_sessions = config.shards != Shards::Shared;
    sources::keep_reading(Arc::clone(&bot.handle), &bot.fetcher);
    if let Some(feed) = &config.releases_feed {
        tokio::spawn(updates::watch(bot.fetcher.clone(), feed.clone()));
    }
    let recording = tokio::spawn(recorder::write(Arc::clone(&bot)));
    let info = tokio::select! {
        biased;
        () = &mut stop => return Ok(()),
        info = GatewayInfo::fetch(&bot.rest, &config, begins_sessions && kept.is_empty()) => info?,
    };
    let mut shards = Connections::open(&bot, &config, info, kept);
    let ended = tokio::select! {
        biased;
        () = &mut stop => Ok(()),
        error = shards.run() => Err(error),
    };
    maintenance.abort();
    sweeping.abort();
    following.abort();
    recording.abort();
    if ended.is_ok() {
        shut_down(&bot, &config, shards).await;
    }
    ended
}

/// Closes the connections, keeps their sessions for the next start, and finishes what has arrived.
async fn shut_down(bot: &Bot, config: &Config, shards: Connections) {
    info!(in_progress = bot.throttle.in_progress(), "shutting down");
    systemd::stopping();
    shards.close(bot, config).await;
    // Discord will not send again what has arrived, so none of it is refused.
    let drained = async {
        bot.pending.ended().await;
        bot.throttle.drain().await;
    };
    if timeout(DRAIN_TIMEOUT, drained).await.is_err() {
        warn!("some requests were not finished in time");
    }
    bot.recorder.flush(bot.articles.store()).await;
}

/// Deletes what is over, and backs up the articles of servers once a day.
async fn sweep(bot: Arc<Bot>) {
    let mut tick = interval(SWEEP);
    loop {
        tick.tick().await;
        bot.articles.sweep().await;
        bot.recorder.sweep(bot.articles.store()).await;
    }
}

/// Frees memory, and resets systemd's watchdog while the bot is alive.
async fn maintain(bot: Arc<Bot>) {
    let mut tick = interval(MAINTENANCE);
    loop {
        tick.tick().await;
        bot.throttle.prune();
        bot.rest.prune();
        if bot.metrics.is_alive() {
            systemd::alive();
        }
    }
}
