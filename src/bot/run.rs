//! Runs the bot, and shuts it down.

use crate::bot::application::memberships;
use crate::bot::bot::Bot;
use crate::bot::endpoint::{OpenEndpoint, introduce};
use crate::bot::error::RunError;
use crate::bot::gateway::{GatewayInfo, Session};
use crate::bot::records::digest;
use crate::bot::sharding::sessions::KeptSessions;
use crate::bot::sharding::shards::OpenShards;
use crate::bot::sharding::shared_shards::SharedShards;
use crate::bot::sources::due_sources;
use crate::bot::sources::forum_gates;
use crate::bot::sources::forum_posts;
use crate::bot::sources::shared_sources;
use crate::bot::system::systemd;
use crate::bot::system::updates;
use crate::config::{ShardId, Shards};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::{interval, timeout};
use tracing::{info, warn};

/// How long requests in progress may take when the bot stops.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the database may take then to keep what the next start needs.
const KEEP_TIMEOUT: Duration = Duration::from_secs(5);
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
    fn open(bot: &Arc<Bot>, info: GatewayInfo, kept: HashMap<ShardId, Session>) -> Self {
        match bot.config.shards {
            Shards::Shared => Self::Shared(Box::new(SharedShards::new(bot, info))),
            _ => Self::Own(OpenShards::start(bot, info, kept)),
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
    async fn close(self, bot: &Bot) {
        match self {
            Self::Own(shards) => {
                let sessions = shards.close().await;
                if let Some(kept) = KeptSessions::new(bot, sessions) {
                    kept.write(&bot.config);
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
pub(super) async fn run(bot: Arc<Bot>, stop: impl Future<Output = ()>) -> Result<(), RunError> {
    let kept = match bot.config.shards {
        Shards::Shared => None,
        _ => KeptSessions::take(&bot.config, bot.network.now()),
    };
    let kept = kept.map(|kept| kept.restore(&bot)).unwrap_or_default();
    let background = Background::start(&bot);
    let endpoint = OpenEndpoint::start(&bot).await?;
    let ended = connected(&bot, (kept, background), stop).await;
    finish(&bot, endpoint).await;
    ended
}

/// Answers over connections to the gateway, with what is done beside answering, until `stop` completes.
async fn connected(
    bot: &Arc<Bot>,
    (kept, background): (HashMap<ShardId, Session>, Background),
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    tokio::pin!(stop);
    // Of shared shards, it is not known yet whether there are sessions.
    let begins_sessions = bot.config.shards != Shards::Shared && kept.is_empty();
    let info = tokio::select! {
        biased;
        () = &mut stop => return Ok(()),
        info = GatewayInfo::fetch(&bot.rest, &bot.config, begins_sessions) => info?,
    };
    let mut shards = Connections::open(bot, info, kept);
    let ended = tokio::select! {
        biased;
        () = &mut stop => Ok(()),
        error = shards.run() => Err(error),
    };
    drop(background);
    stopping(bot);
    if ended.is_ok() {
        shards.close(bot).await;
    }
    ended
}

/// Takes interactions over HTTP, without a gateway connection, until `stop` completes.
///
/// # Errors
///
/// When the address cannot be bound, or when Discord rejects the token.
pub(super) async fn run_endpoint(
    bot: Arc<Bot>,
    stop: impl Future<Output = ()>,
) -> Result<(), RunError> {
    let background = Background::start(&bot);
    let endpoint = OpenEndpoint::start(&bot).await?;
    if endpoint.is_none() {
        return Err(RunError::NoEndpoint);
    }
    // None are needed, so all are open.
    bot.metrics.expect_connections(&[]);
    let ended = tokio::select! {
        biased;
        () = stop => Ok(()),
        error = introduce(&bot) => Err(error),
    };
    drop(background);
    stopping(&bot);
    finish(&bot, endpoint).await;
    ended
}

fn stopping(bot: &Bot) {
    info!(in_progress = bot.throttle.in_progress(), "shutting down");
    systemd::stopping();
}

/// Finishes what has arrived. Discord will not send it again, so none of it is refused.
async fn finish(bot: &Bot, endpoint: Option<OpenEndpoint>) {
    let drained = async {
        if let Some(endpoint) = endpoint {
            endpoint.close().await;
        }
        bot.pending.ended().await;
        bot.throttle.drain().await;
    };
    if timeout(DRAIN_TIMEOUT, drained).await.is_err() {
        warn!("some requests were not finished in time");
    }
    if timeout(KEEP_TIMEOUT, keep(bot)).await.is_err() {
        warn!("the database has not taken everything in time");
    }
}

/// Writes what is left to the store.
async fn keep(bot: &Bot) {
    bot.recorder.flush(bot.articles.store()).await;
    bot.let_go_of_sources().await;
}

/// What the bot does beside answering, until this is dropped.
struct Background(Vec<JoinHandle<()>>);

impl Background {
    fn start(bot: &Arc<Bot>) -> Self {
        shared_sources::keep_reading(Arc::clone(&bot.handle), &bot.fetcher);
        let (following, recording) = (Arc::clone(bot), Arc::clone(bot));
        let feed = bot.config.releases_feed.clone();
        let updates = feed.map(|feed| tokio::spawn(updates::watch(bot.fetcher.clone(), feed)));
        let mut tasks = vec![
            tokio::spawn(maintain(Arc::clone(bot))),
            tokio::spawn(sweep(Arc::clone(bot))),
            tokio::spawn(async move { following.articles.follow().await }),
            tokio::spawn(async move {
                recording
                    .recorder
                    .keep_writing(recording.articles.store())
                    .await;
            }),
            tokio::spawn(due_sources::keep_looking(Arc::clone(bot))),
            tokio::spawn(digest::keep_posting(Arc::clone(bot))),
            tokio::spawn(forum_posts::follow(Arc::clone(bot))),
            tokio::spawn(forum_gates::follow(Arc::clone(bot))),
            tokio::spawn(memberships::keep_comparing(Arc::clone(bot))),
        ];
        tasks.extend(updates);
        Self(tasks)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

/// Deletes what is over, and backs up the articles of servers once a day.
async fn sweep(bot: Arc<Bot>) {
    let mut tick = interval(SWEEP);
    loop {
        tick.tick().await;
        bot.articles.sweep().await;
        bot.recorder.sweep(bot.articles.store(), None).await;
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
