//! The shards of this process: all of one number or, while the bot grows, those of two.
//!
//! Discord refuses shards that would get over 2,500 servers (4011), and recommends more as the bot joins more. The larger
//! number is then opened beside the smaller one, which goes on answering and is closed once all of the larger are ready. Those that
//! serve the servers of a refused shard are opened first.
//! What arrives on both is handled once: see `answered.rs` and `seen.rs`.

use crate::bot::bot::Bot;
use crate::bot::close_codes::Fatal;
use crate::bot::error::RunError;
use crate::bot::gateway::{Ended, GatewayInfo, IdentifyQueue, Reports, Session, ShardRunner, Stop};
use crate::config::{MAX_SHARDS, ShardId, Shards};
use std::collections::HashMap;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, Interval, interval_at};
use tracing::info;

/// How often Discord is asked how many shards it recommends. It recommends one for about 1,000 servers and refuses a shard of more
/// than 2,500: the bot would have to be added to hundreds of servers a shard in an hour to be refused before it has grown.
pub(crate) const CHECK: Duration = Duration::from_hours(1);

/// The open shards.
pub(crate) struct OpenShards {
    bot: Arc<Bot>,
    queue: Arc<IdentifyQueue>,
    current: Group,
    /// Those that replace the current ones once they are ready.
    next: Option<Group>,
    check: Interval,
}

/// Shards of one number.
struct Group {
    total: u32,
    shards: Vec<ShardId>,
    runners: JoinSet<Ended>,
    stop: watch::Sender<Stop>,
    /// How many have been ready.
    ready: watch::Receiver<u32>,
}

/// Discord refuses this shard, because there are too few, or another error.
type Failed = Result<ShardId, RunError>;

/// What happens to the next shards.
enum NextEvent {
    /// All are ready.
    Ready,
    /// One of them failed.
    Failed(Failed),
}

impl OpenShards {
    /// Starts a task for each shard. Those whose sessions an earlier process has kept resume them.
    pub(crate) fn start(
        bot: &Arc<Bot>,
        info: GatewayInfo,
        kept: HashMap<ShardId, Session>,
    ) -> Self {
        let (first, last, total) = match bot.config.shards {
            Shards::Auto | Shards::Shared => (0, info.shards - 1, info.shards),
            Shards::Fixed { first, last, total } => (first, last, total),
        };
        let kept = Kept {
            url: info.url.clone(),
            sessions: kept,
        };
        let queue = IdentifyQueue::new(Arc::clone(bot), info, None);
        let queue = Arc::new(queue);
        let numbers = (first..=last).collect();
        let current = Group::start(bot, &queue, numbers, total, kept);
        current.expect(bot);
        Self {
            bot: Arc::clone(bot),
            queue,
            current,
            next: None,
            check: interval_at(Instant::now() + CHECK, CHECK),
        }
    }

    /// Keeps them open, and opens more when Discord wants more. Returns why the bot must end.
    pub(crate) async fn run(&mut self) -> RunError {
        loop {
            let refused = tokio::select! {
                failed = failed(&mut self.current.runners) => failed.map(Some),
                event = next_event(&mut self.next) => match event {
                    NextEvent::Failed(failed) => failed.map(Some),
                    NextEvent::Ready => {
                        self.replace();
                        continue;
                    }
                },
                _ = self.check.tick() => Ok(None),
            };
            let grown = match refused {
                Ok(Some(shard)) => self.grow_beyond(shard).await,
                Ok(None) => self.follow_recommendation().await,
                Err(error) => return error,
            };
            if let Err(error) = grown {
                return error;
            }
        }
    }

    /// Opens more shards, because Discord refuses one.
    async fn grow_beyond(&mut self, refused: ShardId) -> Result<(), RunError> {
        let total = refused.total;
        if self.next_total() > total {
            return Ok(());
        }
        if self.bot.config.shards != Shards::Auto || total >= MAX_SHARDS {
            return Err(Fatal::ShardingRequired.into());
        }
        let recommended = GatewayInfo::recommended_shards(&self.bot.rest).await;
        let more = recommended.filter(|recommended| *recommended > total);
        self.grow(more.unwrap_or(total * 2).min(MAX_SHARDS), Some(refused));
        Ok(())
    }

    /// Opens as many shards as Discord recommends if those are at least twice as many: each time costs a session a shard.
    async fn follow_recommendation(&mut self) -> Result<(), RunError> {
        if self.bot.config.shards != Shards::Auto || self.next.is_some() {
            return Ok(());
        }
        let recommended = GatewayInfo::recommended_shards(&self.bot.rest).await;
        if let Some(more) = recommended.filter(|more| *more >= self.current.total * 2) {
            self.grow(more, None);
        }
        Ok(())
    }

    fn grow(&mut self, total: u32, refused: Option<ShardId>) {
        let from = self.current.total;
        info!(from, to = total, "opening more gateway connections");
        let mut all: Vec<u32> = (0..total).collect();
        if let Some(refused) = refused {
            all.sort_by_key(|number| {
                !refused.overlaps(ShardId {
                    number: *number,
                    total,
                })
            });
        }
        let kept = Kept::default();
        let group = Group::start(&self.bot, &self.queue, all, total, kept);
        if let Some(unfinished) = self.next.replace(group) {
            unfinished.retire(&self.bot);
        }
    }

    /// Closes the current shards: the next ones are ready.
    fn replace(&mut self) {
        if let Some(next) = self.next.take() {
            next.expect(&self.bot);
            let old = std::mem::replace(&mut self.current, next);
            info!(
                connections = self.current.total,
                "all are open, closing the earlier ones"
            );
            old.retire(&self.bot);
        }
    }

    fn next_total(&self) -> u32 {
        self.next.as_ref().map_or(0, |next| next.total)
    }

    /// Closes all connections. Returns the sessions of the current ones, which another process can resume.
    pub(crate) async fn close(mut self) -> Vec<(ShardId, Session)> {
        self.current.stop.send_replace(Stop::KeepSession);
        if let Some(mut next) = self.next.take() {
            next.stop.send_replace(Stop::EndSession);
            next.ended().await;
        }
        self.current.ended().await
    }
}

/// Sessions that shards resume, and the gateway's address if that fails.
#[derive(Default)]
struct Kept {
    url: String,
    sessions: HashMap<ShardId, Session>,
}

impl Group {
    fn start(
        bot: &Arc<Bot>,
        queue: &Arc<IdentifyQueue>,
        numbers: Vec<u32>,
        total: u32,
        mut kept: Kept,
    ) -> Self {
        let (stop, stopped) = watch::channel(Stop::NotYet);
        let (count, ready) = watch::channel(0);
        let count = Arc::new(count);
        let shards = numbers.into_iter().map(|number| ShardId { number, total });
        let shards: Vec<ShardId> = shards.collect();
        let mut runners = JoinSet::new();
        for shard in &shards {
            let (bot, queue, count) = (Arc::clone(bot), Arc::clone(queue), Arc::clone(&count));
            let session = (kept.url.clone(), kept.sessions.remove(shard));
            let reports = Reports {
                ready: count,
                ..Reports::default()
            };
            let runner = ShardRunner::new(bot, queue, *shard, reports, session);
            runners.spawn(runner.run(stopped.clone()));
        }
        Self {
            total,
            shards,
            runners,
            stop,
            ready,
        }
    }

    /// Makes the bot's health depend on these shards.
    fn expect(&self, bot: &Bot) {
        bot.metrics.expect_connections(&self.shards);
    }

    /// Completes when all runners have ended. Returns the sessions that they have kept.
    async fn ended(&mut self) -> Vec<(ShardId, Session)> {
        let mut kept = Vec::new();
        while let Some(ended) = self.runners.join_next().await {
            if let Ok((shard, Ok(Some(session)))) = ended {
                kept.push((shard, session));
            }
        }
        kept
    }

    /// Closes the connections, in a task of its own.
    fn retire(mut self, bot: &Arc<Bot>) {
        let bot = Arc::clone(bot);
        tokio::spawn(async move {
            self.stop.send_replace(Stop::EndSession);
            self.ended().await;
            for shard in &self.shards {
                bot.latencies.forget(*shard);
                bot.metrics.forget_connection(*shard);
            }
        });
    }
}

async fn next_event(next: &mut Option<Group>) -> NextEvent {
    let Some(group) = next else {
        return pending().await;
    };
    let Group {
        shards,
        runners,
        ready,
        ..
    } = group;
    let all = shards.len();
    tokio::select! {
        failed = failed(runners) => NextEvent::Failed(failed),
        Ok(_) = ready.wait_for(|ready| *ready as usize >= all) => NextEvent::Ready,
    }
}

/// How one of the runners failed.
async fn failed(runners: &mut JoinSet<Ended>) -> Failed {
    match runners.join_next().await {
        Some(Ok((shard, Err(RunError::Fatal(Fatal::ShardingRequired))))) => Ok(shard),
        Some(Ok((_, Err(error)))) => Err(error),
        Some(_) => Err(RunError::Ended),
        None => pending().await,
    }
}
