//! The shards of this process where several processes share them: those that the database says are its own.
//!
//! Each process looks at the database every second, renews its leases every 5 s, and opens and closes shards until it has what
//! `allotment.rs` gives it. A shard is handed over with its session: the one closes its connection and writes the session down, and the
//! other resumes it. A process that has ended cannot, but its session is in the database as it was a few seconds before.
//!
//! A session has one connection: whoever resumes it takes it from whoever had it. So even while a process cannot reach the
//! database and the others have given it up, each event arrives at one of them.

use crate::bot::bot::Bot;
use crate::bot::close_codes::Fatal;
use crate::bot::error::{RunError, error_chain};
use crate::bot::gateway::{
    Ended, GatewayInfo, IDENTIFY_INTERVAL, IdentifyQueue, Reports, Session, ShardRunner, Stop,
};
use crate::bot::sharding::allotment::{self, LEASE, Neighbours, allot, grown_to};
use crate::bot::sharding::sessions::KeptSessions;
use crate::bot::sharding::shards::CHECK;
use crate::bot::sharding::tenure::{LASTS, Renewal, renewed};
use crate::config::{MAX_SHARDS, ShardId};
use crate::lock::lock;
use pullquote_store::{Claimed, Lease, Noted, Roster, Store, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval, interval_at, timeout};
use tracing::{debug, info, warn};

/// How often the database is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// How often leases are renewed.
const RENEW: Duration = Duration::from_secs(5);
/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often what is known of a shard's servers is noted, if it has changed; each time that leases are renewed at first.
const NOTE: Duration = Duration::from_mins(1);
/// How long the next session in a bucket waits, in milliseconds.
const TURN: i64 = IDENTIFY_INTERVAL.as_millis() as i64;

/// The shards of this process.
pub(crate) struct SharedShards {
    bot: Arc<Bot>,
    info: GatewayInfo,
    /// The name of this process, which changes when it has lost its leases.
    id: i64,
    /// `None` while this process has no part.
    member: Option<Member>,
    running: BTreeMap<ShardId, Running>,
    runners: JoinSet<Ended>,
    /// Shards that were closed, with their sessions, until the database knows.
    closed: Vec<Claimed>,
    /// Shards of a number that Discord says is too small.
    refused: BTreeSet<ShardId>,
    neighbours: Neighbours,
    /// When the database began not to answer.
    away: Option<Instant>,
    /// The zero of the times in the pure rules.
    start: Instant,
    look: Interval,
    check: Interval,
}

/// This process as one of those that share the shards, until it loses its leases.
struct Member {
    queue: Arc<IdentifyQueue>,
    renewed: Instant,
    /// How many shards were ready then.
    ready: usize,
}

/// An open shard.
struct Running {
    stop: watch::Sender<Stop>,
    ready: watch::Receiver<u32>,
    reports: Reports,
    since: Instant,
    /// When what is known of its servers was noted last, and a hash of that.
    noted: (Instant, u64),
}

impl SharedShards {
    pub(crate) fn new(bot: &Arc<Bot>, info: GatewayInfo) -> Self {
        let start = Instant::now();
        let mut look = interval(LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            bot: Arc::clone(bot),
            info,
            id: new_id(),
            member: None,
            running: BTreeMap::new(),
            runners: JoinSet::new(),
            closed: Vec::new(),
            refused: BTreeSet::new(),
            neighbours: Neighbours::default(),
            away: None,
            start,
            look,
            check: interval_at(start + CHECK, CHECK),
        }
    }

    /// Keeps the shards of this process open. Returns why the bot must end.
    pub(crate) async fn run(&mut self) -> RunError {
        loop {
            let step = tokio::select! {
                biased;
                Some(ended) = self.runners.join_next() => match ended {
                    Ok(ended) => self.ended(ended).await,
                    Err(_) => Err(RunError::Ended),
                },
                _ = self.look.tick() => {
                    self.look().await;
                    Ok(())
                }
                _ = self.check.tick() => {
                    self.follow_recommendation().await;
                    Ok(())
                }
            };
            if let Err(error) = step {
                let left = answered(self.store().leave(self.id, TURN)).await;
                warn_of("cannot leave the shards to other processes", left);
                return error;
            }
        }
    }

    /// Looks at the database, and does what is to be done.
    async fn look(&mut self) {
        let Some(member) = &self.member else {
            return self.join().await;
        };
        let (id, sent) = (self.id, Instant::now());
        let ready = self
            .running
            .values()
            .filter(|running| running.is_ready())
            .count();
        let is_due =
            self.away.is_some() || ready != member.ready || member.renewed.elapsed() >= RENEW;
        let looked = self.roster(id, is_due).await;
        let renewal = match &looked {
            Ok(roster) if roster.processes.iter().any(|(process, _)| *process == id) => {
                Renewal::Confirmed
            }
            Ok(_) => Renewal::Refused,
            Err(_) => Renewal::Unanswered,
        };
        if renewal != Renewal::Confirmed || is_due {
            let now = Instant::now();
            let until = self.bot.tenure.until().unwrap_or(now);
            let [until, sent, now] = [until, sent, now].map(|at| at - self.start);
            let Some(until) = renewed(until, sent, now, renewal) else {
                return self.lose(renewal).await;
            };
            self.bot.tenure.extend(self.start + until);
        }
        match looked {
            Ok(roster) => {
                self.is_back();
                if is_due && let Some(member) = &mut self.member {
                    (member.renewed, member.ready) = (sent, ready);
                    self.note_known(id).await;
                }
                self.settle(id, &roster).await;
            }
            Err(error) => self.is_away(&error),
        }
    }

    /// Renews the leases if that is due, and reads who has which shard.
    async fn roster(&self, id: i64, renew: bool) -> Result<Roster, String> {
        let noted: Vec<Noted> = self.running.iter().map(noted).collect();
        let store = self.store();
        let looked = async {
            if renew {
                // Whether it is known is seen in the roster.
                store.renew(id, &noted).await?;
            }
            store.roster().await
        };
        answered(looked).await
    }

    /// Becomes one of the processes that share the shards.
    async fn join(&mut self) {
        let (id, sent) = (self.id, Instant::now());
        let (store, shards) = (self.store(), self.info.shards);
        let joined = answered(async {
            store.offer(shards, true).await?;
            store.join(id, env!("CARGO_PKG_VERSION")).await
        });
        match joined.await {
            Ok(()) => {
                self.is_back();
                info!(process = %name(id), "sharing the shards with other processes");
                self.bot.metrics.expect_connections(&[]);
                self.bot.tenure.extend(sent + LASTS);
                let (bot, info) = (Arc::clone(&self.bot), self.info.clone());
                let queue = IdentifyQueue::new(bot, info, Some(id));
                self.member = Some(Member {
                    queue: Arc::new(queue),
                    renewed: sent,
                    ready: 0,
                });
                self.look.reset_immediately();
            }
            Err(error) => self.is_away(&error),
        }
    }

    /// Closes all connections: the shards belong to others now, or may do so.
    async fn lose(&mut self, renewal: Renewal) {
        let why = match renewal {
            Renewal::Refused => "the other processes have given this one up",
            _ => "this process was asleep, and the database does not answer",
        };
        warn!("{why}: closing its {} connections", self.running.len());
        for running in self.running.values() {
            running.stop.send_replace(Stop::KeepSession);
        }
        self.bot.tenure.end();
        (self.member, self.id) = (None, new_id());
        self.neighbours.lose_sight();
        while self.runners.join_next().await.is_some() {}
        for shard in std::mem::take(&mut self.running).into_keys() {
            self.forget(shard);
        }
        self.closed.clear();
        self.expect();
    }

    /// Opens and closes shards until this process has its own.
    async fn settle(&mut self, id: i64, roster: &Roster) {
        let now = self.start.elapsed();
        for (process, seen) in self.neighbours.observe(roster, now) {
            if process != id {
                self.give_up(process, seen).await;
                self.look.reset_immediately();
            }
        }
        self.release_closed(id).await;
        let processes: BTreeSet<i64> = roster.processes.iter().map(|(id, _)| *id).collect();
        self.bot.metrics.processes(processes.len());
        let allotted = allot(&roster.leases, &processes);
        let is_listed =
            |shard: &ShardId| roster.leases.iter().any(|it| allotment::id(it) == *shard);
        for (shard, running) in &self.running {
            if !is_listed(shard) {
                // More have replaced it.
                running.stop.send_replace(Stop::EndSession);
            } else if allotted.get(shard) != Some(&id) {
                running.stop.send_replace(Stop::KeepSession);
            }
        }
        self.refused.retain(is_listed);
        // What this process has but does not run, it has claimed and not heard of.
        let is_free = |shard: &ShardId| {
            let is_closed =
                |left: &Claimed| (left.shard, left.shards) == (shard.number, shard.total);
            let is_busy = self.running.contains_key(shard) || self.closed.iter().any(is_closed);
            !is_busy && !self.refused.contains(shard)
        };
        let mine = roster.leases.iter().filter(|lease| {
            let shard = allotment::id(lease);
            let is_mine = lease.owner.is_none() || lease.owner == Some(id);
            is_mine && allotted.get(&shard) == Some(&id) && is_free(&shard)
        });
        let wanted: Vec<_> = mine.map(|lease| (lease.shard, lease.shards)).collect();
        if !wanted.is_empty() {
            self.claim(id, &wanted, &roster.leases).await;
        }
        if let Some(total) = grown_to(&roster.leases) {
            info!(
                connections = total,
                "all are open, closing the earlier ones"
            );
            let retired = answered(self.store().retire_below(total)).await;
            warn_of("cannot close the earlier connections", retired);
        }
    }

    /// Frees the shards of a process that has ended, or has been silent for so long that it may have.
    async fn give_up(&self, process: i64, seen: i64) {
        match answered(self.store().give_up(process, seen)).await {
            Ok(true) => warn!(
                process = %name(process),
                "another process has not renewed its leases: taking over its shards"
            ),
            Ok(false) => {}
            Err(error) => debug!("cannot take over shards: {error}"),
        }
    }

    /// Claims shards. Those whose servers nobody serves at the moment are opened first.
    async fn claim(&mut self, id: i64, wanted: &[(u32, u32)], leases: &[Lease]) {
        let claimed = answered(self.store().claim(id, wanted)).await;
        match claimed {
            Ok(mut claimed) => {
                claimed.sort_by_key(|it| (!is_urgent(it, leases), it.shards, it.shard));
                for claimed in claimed {
                    self.open(claimed);
                }
                self.expect();
            }
            Err(error) => debug!("cannot claim shards: {error}"),
        }
    }

    /// Opens a shard, with the session of its last owner if that can be resumed.
    fn open(&mut self, claimed: Claimed) {
        let Some(member) = &self.member else {
            return;
        };
        let shard = shard_of(&claimed);
        let known = claimed.known.as_deref().unwrap_or_default();
        let can_resume = KeptSessions::restore_shard(&self.bot, known);
        let session = claimed.session.filter(|_| can_resume);
        let session: Option<Session> = session.and_then(|it| serde_json::from_str(&it).ok());
        info!(%shard, resumes = session.is_some(), "opening a shard");
        let reports = Reports::default();
        let (stop, stopped) = watch::channel(Stop::NotYet);
        let runner = ShardRunner::new(
            Arc::clone(&self.bot),
            Arc::clone(&member.queue),
            shard,
            reports.clone(),
            (self.info.url.clone(), session),
        );
        self.runners.spawn(runner.run(stopped));
        let now = Instant::now();
        let running = Running {
            stop,
            ready: reports.ready.subscribe(),
            reports,
            since: now,
            noted: (now, 0),
        };
        self.running.insert(shard, running);
    }

    /// A shard has been closed, or has failed.
    async fn ended(&mut self, (shard, ended): Ended) -> Result<(), RunError> {
        self.running.remove(&shard);
        self.forget(shard);
        self.expect();
        match ended {
            Ok(session) => {
                info!(%shard, "a shard is closed");
                self.closed.push(self.left(shard, session));
                if self.member.is_some() {
                    self.release_closed(self.id).await;
                }
                Ok(())
            }
            Err(RunError::Fatal(Fatal::ShardingRequired)) if shard.total < MAX_SHARDS => {
                self.refused.insert(shard);
                self.grow_beyond(shard.total).await;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// What the next owner of a shard needs.
    fn left(&self, shard: ShardId, session: Option<Session>) -> Claimed {
        Claimed {
            shard: shard.number,
            shards: shard.total,
            session: session.and_then(|session| serde_json::to_string(&session).ok()),
            known: KeptSessions::of_shard(&self.bot, shard),
        }
    }

    /// Frees the shards that were closed.
    async fn release_closed(&mut self, id: i64) {
        while let Some(left) = self.closed.last() {
            if let Err(error) = answered(self.store().release(id, left)).await {
                debug!("cannot release a shard: {error}");
                return;
            }
            self.closed.pop();
        }
    }

    /// Notes what is known of servers, where it has changed: if this process is killed, the next owner has it from there.
    async fn note_known(&mut self, id: i64) {
        let bot = Arc::clone(&self.bot);
        let begun = Instant::now();
        for (shard, running) in &mut self.running {
            if begun.elapsed() >= PATIENCE {
                // The leases come first; the rest follows when they have been renewed.
                return;
            }
            let (at, hash) = running.noted;
            let is_ready = running.is_ready();
            let is_due = running.since.elapsed() < NOTE || at.elapsed() >= NOTE;
            let known = (is_ready && is_due).then(|| KeptSessions::of_shard(&bot, *shard));
            let Some(known) = known.flatten() else {
                continue;
            };
            let mut hasher = DefaultHasher::new();
            known.hash(&mut hasher);
            let noted = (Instant::now(), hasher.finish());
            if noted.1 == hash {
                running.noted.0 = noted.0;
                continue;
            }
            let note = bot
                .articles
                .store()
                .note_known(id, (shard.number, shard.total), &known);
            match answered(note).await {
                Ok(()) => running.noted = noted,
                Err(error) => return debug!("cannot note what is known of servers: {error}"),
            }
        }
    }

    /// Opens more shards, because Discord refuses one of `total`.
    async fn grow_beyond(&self, total: u32) {
        let recommended = GatewayInfo::recommended_shards(&self.bot.rest).await;
        let more = recommended.filter(|recommended| *recommended > total);
        self.grow(total, more.unwrap_or(total * 2).min(MAX_SHARDS))
            .await;
    }

    /// Opens as many shards as Discord recommends if those are at least twice as many.
    async fn follow_recommendation(&self) {
        let total = self.running.keys().map(|shard| shard.total).max();
        let recommended = GatewayInfo::recommended_shards(&self.bot.rest).await;
        if let (Some(total), Some(more)) = (total, recommended)
            && more >= total * 2
        {
            self.grow(total, more).await;
        }
    }

    async fn grow(&self, from: u32, to: u32) {
        info!(from, to, "opening more gateway connections");
        let offered = answered(self.store().offer(to, false)).await;
        warn_of("cannot open more gateway connections", offered);
    }

    /// Closes all connections, and leaves the shards to the others or to the next start.
    pub(crate) async fn close(mut self) {
        for running in self.running.values() {
            running.stop.send_replace(Stop::KeepSession);
        }
        if self.member.is_none() {
            return;
        }
        let id = self.id;
        while let Some(ended) = self.runners.join_next().await {
            if let Ok((shard, Ok(session))) = ended {
                self.closed.push(self.left(shard, session));
                self.release_closed(id).await;
            }
        }
        // What has arrived is finished: its events are not sent again.
        self.bot.tenure.extend(Instant::now() + LEASE);
        let left = answered(self.store().leave(id, TURN)).await;
        warn_of("cannot leave the shards to other processes", left);
    }

    fn forget(&self, shard: ShardId) {
        self.bot.latencies.forget(shard);
        self.bot.metrics.forget_connection(shard);
    }

    /// Makes the bot's health depend on the shards that it has.
    fn expect(&self) {
        let shards: Vec<ShardId> = self.running.keys().copied().collect();
        self.bot.metrics.expect_connections(&shards);
    }

    fn is_away(&mut self, error: &str) {
        self.neighbours.lose_sight();
        if self.away.is_none() {
            self.away = Some(Instant::now());
            match self.running.len() {
                0 => warn!("cannot share the shards before the database answers: {error}"),
                shards => {
                    warn!("cannot share the shards, keeping the {shards} of this process: {error}");
                }
            }
        }
    }

    fn is_back(&mut self) {
        if let Some(since) = self.away.take() {
            let seconds = since.elapsed().as_secs();
            info!("the shards can be shared again, after {seconds} s");
        }
    }

    fn store(&self) -> &Store {
        self.bot.articles.store()
    }
}

/// Whether a shard has servers of one of a smaller number that is not open.
fn is_urgent(claimed: &Claimed, leases: &[Lease]) -> bool {
    let shard = shard_of(claimed);
    let closed = leases.iter().filter(|lease| !lease.is_ready);
    let mut smaller = closed.filter(|lease| lease.shards < claimed.shards);
    smaller.any(|lease| allotment::id(lease).overlaps(shard))
}

fn shard_of(claimed: &Claimed) -> ShardId {
    ShardId {
        number: claimed.shard,
        total: claimed.shards,
    }
}

/// What the database knows of an open shard.
fn noted((shard, running): (&ShardId, &Running)) -> Noted {
    let session = lock(&running.reports.session);
    Noted {
        shard: shard.number,
        shards: shard.total,
        session: session
            .as_ref()
            .and_then(|it| serde_json::to_string(it).ok()),
        is_ready: running.is_ready(),
    }
}

impl Running {
    fn is_ready(&self) -> bool {
        *self.ready.borrow() > 0
    }
}

/// The database's answer, or why there is none.
async fn answered<T>(request: impl Future<Output = Result<T, StoreError>>) -> Result<T, String> {
    match timeout(PATIENCE, request).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(error_chain(&error)),
        Err(_) => Err("the database does not respond".to_owned()),
    }
}

fn warn_of(what: &str, result: Result<(), String>) {
    if let Err(error) = result {
        warn!("{what}: {error}");
    }
}

fn new_id() -> i64 {
    fastrand::i64(1..)
}

/// A process in the log.
fn name(id: i64) -> String {
    format!("{id:x}")
}
