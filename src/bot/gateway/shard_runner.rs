//! Keeps one shard connected: reads its events, and decides after each connection when to reconnect and whether to
//! resume the session.

use super::connection::Connection;
use super::identify::{IdentifyPermit, IdentifyQueue};
use super::protocol::DEFAULT_HEARTBEAT;
use super::received::{Disconnect, Received};
use super::session::Session;
use crate::bot::backoff::Backoff;
use crate::bot::bot::Bot;
use crate::bot::decode::{Event, GatewayPayload};
use crate::bot::error::RunError;
use crate::bot::handler::handle;
use crate::config::{self, ShardId};
use crate::lock::lock;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

/// How long it may take to connect and receive HELLO.
const HELLO_TIMEOUT: Duration = Duration::from_secs(12);
/// If connections open but nothing arrives for this many heartbeats (about ten minutes), the cause may be in this
/// process.
const SILENT_HEARTBEATS: u32 = 15;
/// A session that was ready for this long was good: the next one need not wait longer than usual.
const STABLE: Duration = Duration::from_mins(1);
/// A session that was ready for this long before its connection dropped is resumed without waiting longer than usual.
const RESUMABLE: Duration = Duration::from_secs(10);
/// Delays before a session is resumed.
const RESUME_BACKOFF: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(1));
/// Delays before a new session after one that never became ready. Even a day of these stays well below the 1,000
/// sessions that Discord allows.
const IDENTIFY_BACKOFF: Backoff = Backoff::new(Duration::from_secs(4), Duration::from_mins(5));

/// One shard of the bot.
pub(crate) struct ShardRunner {
    bot: Arc<Bot>,
    identify_queue: Arc<IdentifyQueue>,
    id: ShardId,
    connection: Connection,
    /// Gateway address for new sessions.
    url: String,
    resume_backoff: Backoff,
    identify_backoff: Backoff,
    reports: Reports,
    has_been_ready: bool,
    /// The term in which it runs: see `tenure.rs`.
    term: u64,
    latency: Option<Duration>,
    /// Since when the session is ready on this connection; `None` before that.
    ready_since: Option<Instant>,
    /// The interval that the last HELLO named. READY or RESUMED must follow HELLO within it.
    heartbeat: Duration,
    /// When connections began to open without a session becoming ready.
    silent_since: Option<Instant>,
}

/// Where a shard tells how it is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reports {
    /// Counts the shards that have been ready at least once.
    pub(crate) ready: Arc<watch::Sender<u32>>,
    /// Its session, with the events received so far.
    pub(crate) session: Arc<Mutex<Option<Session>>>,
}

/// What becomes of a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It runs.
    NotYet,
    /// Its session ends.
    EndSession,
    /// Its session is resumed by another process.
    KeepSession,
}

/// How a shard ended: with the session that it kept, if any, or because a reconnect would not help.
pub(crate) type Ended = (ShardId, Result<Option<Session>, RunError>);

impl ShardRunner {
    pub(crate) fn new(
        bot: Arc<Bot>,
        identify_queue: Arc<IdentifyQueue>,
        id: ShardId,
        reports: Reports,
        (url, session): (String, Option<Session>),
    ) -> Self {
        lock(&reports.session).clone_from(&session);
        Self {
            term: bot.tenure.term(),
            connection: Connection::new(id, Arc::clone(&bot.network), &bot.config, &url, session),
            bot,
            identify_queue,
            id,
            url,
            resume_backoff: RESUME_BACKOFF,
            identify_backoff: IDENTIFY_BACKOFF,
            reports,
            has_been_ready: false,
            latency: None,
            ready_since: None,
            heartbeat: DEFAULT_HEARTBEAT,
            silent_since: None,
        }
    }

    /// Runs until `stop` changes or its sender is dropped, or a reconnect would not help. Keeps the session if another process is to
    /// resume it.
    pub(crate) async fn run(mut self, mut stop: watch::Receiver<Stop>) -> Ended {
        tokio::select! {
            biased;
            _ = stop.changed() => {}
            error = self.keep_connected() => return (self.id, Err(error)),
        }
        if *stop.borrow() == Stop::KeepSession {
            return (self.id, Ok(self.connection.suspend().await));
        }
        self.connection.close().await;
        (self.id, Ok(None))
    }

    async fn keep_connected(&mut self) -> RunError {
        loop {
            match self.connect().await {
                Ok(delay) => sleep(delay).await,
                Err(error) => return error,
            }
        }
    }

    /// One connection, from opening to its end. Returns the delay before the next.
    async fn connect(&mut self) -> Result<Duration, RunError> {
        let queue = Arc::clone(&self.identify_queue);
        let session = self.connection.session();
        let mut permit = None;
        if session.is_none() {
            let granted = queue.permit(self.id).await?;
            granted.url().clone_into(&mut self.url);
            permit = Some(granted);
        }
        self.replace_connection(session);
        let start = Instant::now();
        let disconnect = self.listen(&mut permit).await?;
        let ready_for = self.ready_since.take().map(|since| since.elapsed());
        if ready_for >= Some(RESUMABLE) {
            self.resume_backoff = RESUME_BACKOFF;
        }
        if ready_for >= Some(STABLE) {
            self.identify_backoff = IDENTIFY_BACKOFF;
        }
        // A permit that was not used has cost no session.
        let unused = permit.take().is_some_and(|permit| !permit.is_used());
        let session_spent = self.connection.session().is_none() && !unused;
        let backoff = if session_spent {
            &mut self.identify_backoff
        } else {
            &mut self.resume_backoff
        };
        let delay = backoff.next_delay();
        disconnect.log(delay);
        self.check_silence(&disconnect, start)?;
        Ok(delay)
    }

    fn replace_connection(&mut self, session: Option<Session>) {
        let network = Arc::clone(&self.bot.network);
        self.connection = Connection::new(self.id, network, &self.bot.config, &self.url, session);
    }

    /// Reads the connection until it ends. Uses `permit` once HELLO arrives, because IDENTIFY follows, and drops it once the
    /// session is ready.
    async fn listen(
        &mut self,
        permit: &mut Option<IdentifyPermit<'_>>,
    ) -> Result<Disconnect, RunError> {
        let mut deadline = Instant::now() + HELLO_TIMEOUT;
        let (mut greeted, mut ready) = (false, None);
        loop {
            let message = tokio::select! {
                biased;
                () = sleep_until(deadline), if ready.is_none() => {
                    if greeted {
                        // Discord may have lost the session.
                        self.replace_connection(None);
                    }
                    return Ok(Disconnect::Silent);
                }
                message = self.connection.next() => message,
            };
            self.connection.report(&self.reports.session);
            self.note_latency();
            match message {
                Received::Payload(GatewayPayload::Hello(_)) => {
                    greeted = true;
                    if let Some(interval) = self.connection.heartbeat_interval() {
                        self.heartbeat = interval;
                    }
                    deadline = Instant::now() + self.heartbeat;
                    if let Some(permit) = permit {
                        permit.used();
                    }
                }
                Received::Payload(GatewayPayload::Event(event)) => {
                    if self.begin(*event)? {
                        *permit = None;
                        ready = Some(self.bot.metrics.connected(self.id));
                        self.ready_since = Some(Instant::now());
                        self.silent_since = None;
                        if !std::mem::replace(&mut self.has_been_ready, true) {
                            self.reports.ready.send_modify(|ready| *ready += 1);
                        }
                    }
                }
                Received::Payload(_) => {}
                Received::End(disconnect) => {
                    return disconnect
                        .fatal()
                        .map_or(Ok(disconnect), |fatal| Err(fatal.into()));
                }
            }
        }
    }

    fn note_latency(&mut self) {
        let latency = self.connection.latency();
        if let Some(latency) = latency.filter(|_| latency != self.latency) {
            self.bot.latencies.set(self.id, latency);
            self.bot.metrics.latency(self.id, latency);
        }
        self.latency = latency;
    }

    /// Begins to handle an event, in a task of its own, so that none delays the heartbeat. Returns whether the session is ready
    /// with it: other events follow.
    fn begin(&self, event: Event) -> Result<bool, RunError> {
        let is_ready = matches!(event, Event::Ready(_) | Event::Resumed);
        if let Event::Ready(ready) = &event
            && self.bot.config.api_base.is_some()
            && !config::is_this_machine(&ready.resume_gateway_url)
        {
            let url = ready.resume_gateway_url.clone();
            return Err(RunError::GatewayElsewhere(url));
        }
        self.bot.servers.note(&event);
        let pending = self.bot.pending.begin();
        let (bot, term) = (Arc::clone(&self.bot), self.term);
        tokio::spawn(async move {
            let handled = pin!(handle(Arc::clone(&bot), event, pending));
            bot.tenure.during(term, handled).await;
        });
        Ok(is_ready)
    }

    /// Fails if connections have opened for minutes without a session becoming ready.
    fn check_silence(&mut self, disconnect: &Disconnect, start: Instant) -> Result<(), RunError> {
        match disconnect {
            Disconnect::Closed(_) | Disconnect::TooLong => {}
            Disconnect::Silent => {
                let silence = self.silent_since.get_or_insert(start).elapsed();
                if silence > self.heartbeat * SILENT_HEARTBEATS {
                    return Err(RunError::Silent(silence.as_secs()));
                }
            }
            // Then the network is the cause, not this process.
            Disconnect::Unreachable(_) => self.silent_since = None,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::IDENTIFY_BACKOFF;
    use std::time::Duration;

    /// Sessions that never become ready, one after the other for a day.
    #[test]
    fn a_day_of_flapping_leaves_most_sessions_unused() {
        let mut backoff = IDENTIFY_BACKOFF;
        let (mut elapsed, mut sessions) = (Duration::ZERO, 0);
        while elapsed < Duration::from_hours(24) {
            elapsed += backoff.next_delay();
            sessions += 1;
        }
        assert!(sessions < 500, "{sessions}");
    }
}
