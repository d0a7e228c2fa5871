//! One connection to the gateway after another, for as long as the bot runs: what is heard, when to connect again, and
//! whether as a new session.

use crate::bot::backoff::Backoff;
use crate::bot::bot::Bot;
use crate::bot::close_codes::Fatal;
use crate::bot::decode::event::{self, Event, Said};
use crate::bot::gateway::connection::{Connection, Known};
use crate::bot::gateway::identify::{Leave, Sessions};
use crate::bot::handler::handle;
use crate::bot::run::RunError;
use crate::config::{self, Config};
use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};
use tracing::{debug, info, warn};
use twilight_gateway::error::ReceiveMessageErrorType;
use twilight_gateway::{Message, ShardId};

/// How long Discord may take to say HELLO, connecting included.
const HELLO: Duration = Duration::from_secs(12);
/// The time between two heartbeats, until Discord names its own. So long it may take until a session stands.
const HEARTBEAT: Duration = Duration::from_millis(41_250);
/// After so many heartbeats (ten minutes) in which connections open and nothing comes over them, the fault may be
/// in this process.
const DEAF: u32 = 15;
/// A connection that was good for so long is no sign of trouble when it ends.
const LASTED: Duration = Duration::from_mins(1);
/// How long the last word may be on its way.
const FAREWELL: Duration = Duration::from_millis(300);
/// Waits before a session is taken up again.
const AGAIN: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(1));
/// Waits before a new session after one that came to nothing: a day of them is well under the 1,000 that Discord
/// allows.
const ANEW: Backoff = Backoff::new(Duration::from_secs(4), Duration::from_mins(5));

/// Connects, listens, and connects again.
#[derive(Debug)]
pub(crate) struct Line {
    bot: Arc<Bot>,
    config: Arc<Config>,
    sessions: Arc<Sessions>,
    id: ShardId,
    connection: Connection,
    /// Where to connect.
    url: String,
    again: Backoff,
    anew: Backoff,
    /// As Discord wants it.
    heartbeat: Duration,
    /// Since when connections open, and nothing comes over them.
    mute: Option<Instant>,
}

/// What Discord has said.
enum Heard {
    /// The connection is open.
    Hello,
    /// The session has begun, or is taken up again.
    Open,
    /// An event, or anything else.
    Other,
}

/// Why a connection is no more.
enum Lost {
    /// It was closed, by Discord or without a word; with its close code.
    Closed(Option<u16>),
    /// It opened, and what had to come did not.
    Mute,
    /// It could not be opened.
    Unreachable(String),
}

impl Line {
    pub(crate) fn new(
        bot: Arc<Bot>,
        config: Arc<Config>,
        sessions: Arc<Sessions>,
        id: ShardId,
    ) -> Self {
        let url = String::new();
        Self {
            connection: Connection::new(id, &config, &url, None),
            bot,
            config,
            sessions,
            id,
            url,
            again: AGAIN,
            anew: ANEW,
            heartbeat: HEARTBEAT,
            mute: None,
        }
    }

    /// Goes on until told to stop, or until there is no going on.
    pub(crate) async fn keep(mut self, mut stop: watch::Receiver<()>) -> Result<(), RunError> {
        tokio::select! {
            error = self.go_on() => Err(error),
            // Whoever would tell is gone: that is an end as well.
            _ = stop.changed() => {
                self.connection.close();
                sleep(FAREWELL).await;
                Ok(())
            }
        }
    }

    async fn go_on(&mut self) -> RunError {
        loop {
            let wait = match self.connect().await {
                Ok(wait) => wait,
                Err(error) => return error,
            };
            sleep(wait).await;
        }
    }

    /// One connection from its beginning to its end; how long to wait before the next.
    async fn connect(&mut self) -> Result<Duration, RunError> {
        let sessions = Arc::clone(&self.sessions);
        let known = self.connection.known();
        let mut leave = None;
        if known.is_none() {
            let given = sessions.leave().await?;
            given.url().clone_into(&mut self.url);
            leave = Some(given);
        }
        self.renew(known);
        let begun = Instant::now();
        let lost = self.listen(&mut leave).await?;
        if begun.elapsed() > LASTED {
            (self.again, self.anew) = (AGAIN, ANEW);
        }
        let over = self.connection.known().is_none() && leave.is_none();
        let backoff = if over {
            &mut self.anew
        } else {
            &mut self.again
        };
        let wait = backoff.wait();
        self.tell(&lost, begun, wait)?;
        Ok(wait)
    }

    fn renew(&mut self, known: Option<Known>) {
        self.connection = Connection::new(self.id, &self.config, &self.url, known);
    }

    /// Listens until the connection is no more. `leave` is used when a session begins.
    async fn listen(&mut self, leave: &mut Option<Leave<'_>>) -> Result<Lost, RunError> {
        let mut due = Instant::now() + HELLO;
        let (mut greeted, mut open) = (false, None);
        loop {
            let message = tokio::select! {
                message = self.connection.next() => message,
                () = sleep_until(due), if open.is_none() => {
                    if greeted {
                        // Discord may have lost the session.
                        self.renew(None);
                    }
                    return Ok(Lost::Mute);
                }
            };
            match message {
                Some(Ok(Message::Text(text))) => match self.hear(&text)? {
                    Heard::Hello => {
                        greeted = true;
                        due = Instant::now() + self.heartbeat;
                        if let Some(leave) = leave.take() {
                            leave.used();
                        }
                    }
                    Heard::Open => {
                        open = Some(self.bot.metrics.connected());
                        self.mute = None;
                    }
                    Heard::Other => {}
                },
                Some(Ok(Message::Close(frame))) => return closed(frame.map(|frame| frame.code)),
                Some(Err(error)) if matches!(error.kind(), ReceiveMessageErrorType::Reconnect) => {
                    return Ok(Lost::Unreachable(cause(&error)));
                }
                Some(Err(error)) => debug!("unreadable payload: {error}"),
                None => return Ok(Lost::Closed(None)),
            }
            if self.connection.is_closed() {
                // Discord has asked for another one.
                return Ok(Lost::Closed(None));
            }
        }
    }

    /// Takes in what Discord says; events are answered meanwhile.
    fn hear(&mut self, text: &str) -> Result<Heard, RunError> {
        if let Some(latency) = self.connection.latency() {
            let millis = latency.as_millis().max(1) as u32;
            self.bot.latency.store(millis, Ordering::Relaxed);
        }
        let event = match event::read(text) {
            Ok(Said::Event(event)) => *event,
            Ok(Said::Hello(heartbeat)) => {
                self.heartbeat = heartbeat;
                return Ok(Heard::Hello);
            }
            Ok(Said::Other) => return Ok(Heard::Other),
            Err(error) => {
                debug!("unreadable payload: {error}");
                return Ok(Heard::Other);
            }
        };
        let heard = match &event {
            Event::Ready(ready) => {
                let url = &ready.resume_gateway_url;
                if self.config.api_base.is_some() && !config::is_this_machine(url) {
                    return Err(RunError::GatewayElsewhere(url.clone()));
                }
                Heard::Open
            }
            Event::Resumed => Heard::Open,
            _ => Heard::Other,
        };
        tokio::spawn(handle(Arc::clone(&self.bot), event));
        Ok(heard)
    }

    /// Writes to the log what became of a connection; an error after long silence.
    fn tell(&mut self, lost: &Lost, begun: Instant, wait: Duration) -> Result<(), RunError> {
        let seconds = wait.as_secs_f32().ceil();
        match lost {
            Lost::Closed(Some(code)) => info!(code, "connection to Discord lost"),
            Lost::Closed(None) => info!("connection to Discord lost"),
            Lost::Mute => {
                warn!(
                    "a connection to Discord opens, but nothing comes over it: trying again in {seconds} s"
                );
                let silence = self.mute.get_or_insert(begun).elapsed();
                if silence > self.heartbeat * DEAF {
                    return Err(RunError::Deaf(silence.as_secs()));
                }
            }
            Lost::Unreachable(error) => {
                warn!("no connection to Discord, trying again in {seconds} s: {error}");
                // Then it is the way there, not this process.
                self.mute = None;
            }
        }
        Ok(())
    }
}

fn closed(code: Option<u16>) -> Result<Lost, RunError> {
    match code.and_then(Fatal::from_code) {
        Some(fatal) => Err(fatal.into()),
        None => Ok(Lost::Closed(code)),
    }
}

/// What lies deepest.
fn cause(error: &dyn Error) -> String {
    match error.source() {
        Some(deeper) => cause(deeper),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::ANEW;
    use std::time::Duration;

    /// Sessions that come to nothing, one after the other for a day.
    #[test]
    fn a_day_of_flapping_leaves_most_sessions_unused() {
        let mut anew = ANEW;
        let (mut time, mut sessions) = (Duration::ZERO, 0);
        while time < Duration::from_hours(24) {
            time += anew.wait();
            sessions += 1;
        }
        assert!(sessions < 500, "{sessions}");
    }
}
