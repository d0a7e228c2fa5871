//! Runs the bot, and shuts it down.

use super::bot::Bot;
use super::error::RunError;
use super::gateway::GatewayInfo;
use super::recorder;
use super::sessions::KeptSessions;
use super::shards::OpenShards;
use super::systemd;
use crate::config::Config;
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
    let kept = KeptSessions::take(&config, bot.network.now());
    let kept = kept.map(|kept| kept.restore(&bot)).unwrap_or_default();
    let recording = tokio::spawn(recorder::write(Arc::clone(&bot)));
    let info = tokio::select! {
        biased;
        () = &mut stop => return Ok(()),
        info = GatewayInfo::fetch(&bot.rest, &config, kept.is_empty()) => info?,
    };
    let mut shards = OpenShards::start(&bot, &config, info, kept);
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
async fn shut_down(bot: &Bot, config: &Config, shards: OpenShards) {
    info!(in_progress = bot.throttle.in_progress(), "shutting down");
    systemd::stopping();
    let sessions = shards.close().await;
    if let Some(kept) = KeptSessions::new(bot, config, sessions) {
        kept.write(config);
    }
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
