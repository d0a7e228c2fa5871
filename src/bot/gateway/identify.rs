//! When a new session may start. Discord divides shards by the remainder of their number by `max_concurrency`. Of each
//! remainder, one IDENTIFY is allowed in 5 s, and about 1,000 a day of all together; RESUME is free.

use super::gateway_info::{GatewayInfo, IDENTIFY_INTERVAL};
use super::turns::{Turn, Turns};
use crate::bot::bot::Bot;
use crate::bot::error::RunError;
use crate::config::ShardId;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep, sleep_until};

/// What Discord says about the sessions that are left is used for less than this: another process may use them up.
const FRESH: Duration = IDENTIFY_INTERVAL;

/// Starts the sessions of all shards, as many at once as Discord allows.
#[derive(Debug)]
pub(crate) struct IdentifyQueue {
    bot: Arc<Bot>,
    /// For each remainder, when Discord had surely received the last IDENTIFY, or the connection had ended.
    buckets: Vec<Mutex<Option<Instant>>>,
    budget: Mutex<Budget>,
    /// Permits that have not been dropped: Discord may not have counted their sessions so far.
    granted: AtomicU32,
    /// The turns of all processes, where several share the shards. They count the sessions that are left, too.
    turns: Option<Turns>,
}

/// The sessions that are left today.
#[derive(Debug)]
struct Budget {
    info: GatewayInfo,
    fetched: Instant,
    left: u32,
}

/// Permission to send one IDENTIFY. The next one of its bucket waits until this is dropped: when the session is ready, or the
/// connection has ended.
#[derive(Debug)]
pub(crate) struct IdentifyPermit<'a> {
    bucket: MutexGuard<'a, Option<Instant>>,
    granted: &'a AtomicU32,
    url: String,
    is_used: bool,
    /// Ends when this is dropped.
    turn: Option<Turn>,
}

impl IdentifyQueue {
    /// `info` has just been fetched, so the first sessions need no other.
    pub(crate) fn new(bot: Arc<Bot>, info: GatewayInfo, process: Option<i64>) -> Self {
        let turns = process.map(|process| Turns::new(&bot, process));
        Self {
            bot,
            turns,
            buckets: (0..info.max_concurrency)
                .map(|_| Mutex::default())
                .collect(),
            budget: Mutex::new(Budget::new(info, 0)),
            granted: AtomicU32::new(0),
        }
    }

    /// Waits for the shards of the bucket that came first, for the interval, and until Discord has a session left.
    pub(crate) async fn permit(&self, shard: ShardId) -> Result<IdentifyPermit<'_>, RunError> {
        let number = shard.number as usize % self.buckets.len();
        let bucket = self.buckets[number].lock().await;
        if let Some(last) = *bucket {
            sleep_until(last + IDENTIFY_INTERVAL).await;
        }
        let (url, turn) = match &self.turns {
            Some(turns) => {
                let turn = turns.take(number as u32).await?;
                self.granted.fetch_add(1, Ordering::Relaxed);
                let url = self.budget.lock().await.info.url.clone();
                (url, Some(turn))
            }
            None => (self.take_session().await?, None),
        };
        Ok(IdentifyPermit {
            turn,
            bucket,
            granted: &self.granted,
            url,
            is_used: false,
        })
    }

    /// Takes one of the sessions that are left. Returns where to connect.
    async fn take_session(&self) -> Result<String, RunError> {
        let mut budget = self.budget.lock().await;
        while budget.left == 0 || budget.fetched.elapsed() >= FRESH {
            let info = GatewayInfo::fetch(&self.bot.rest, &self.bot.config, true).await?;
            *budget = Budget::new(info, self.granted.load(Ordering::Relaxed));
            if budget.left == 0 {
                sleep(IDENTIFY_INTERVAL).await;
            }
        }
        budget.left -= 1;
        self.granted.fetch_add(1, Ordering::Relaxed);
        Ok(budget.info.url.clone())
    }
}

impl Budget {
    fn new(info: GatewayInfo, granted: u32) -> Self {
        Self {
            left: info.sessions_left.saturating_sub(granted),
            fetched: Instant::now(),
            info,
        }
    }
}

impl IdentifyPermit<'_> {
    /// Where to connect.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Uses the permit: the IDENTIFY is being sent.
    pub(crate) fn used(&mut self) {
        self.is_used = true;
        if let Some(turn) = &mut self.turn {
            turn.used();
        }
    }

    pub(crate) fn is_used(&self) -> bool {
        self.is_used
    }
}

impl Drop for IdentifyPermit<'_> {
    fn drop(&mut self) {
        self.granted.fetch_sub(1, Ordering::Relaxed);
        if self.is_used {
            *self.bucket = Some(Instant::now());
        }
    }
}
