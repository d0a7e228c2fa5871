//! One connection to the gateway: opens it, sends IDENTIFY or RESUME and heartbeats, and hands on what arrives.
//!
//! `shard_runner.rs` decides when to connect and whether to resume. What Discord sends is bounded here: no message is over
//! [`MAX_MESSAGE`], and `protocol.rs` bounds the heartbeat interval. twilight-gateway, which did this before, has no limit
//! and panics at an interval of 0.

use super::protocol;
use super::received::{Disconnect, Received};
use super::session::Session;
use crate::bot::decode::{self, Event, GatewayPayload};
use crate::bot::error::root_cause;
use crate::bot::network::{GatewaySocket, Network};
use crate::config::{Config, Secret, ShardId};
use crate::lock::lock;
use futures_util::{SinkExt, StreamExt};
use reqwest::Url;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_websockets::{ClientBuilder, CloseCode, Error, Limits, Message};
use tracing::debug;

/// How long it may take to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long it may take to send a payload.
const SEND_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the gateway may take to answer a close frame.
const CLOSE_GRACE: Duration = Duration::from_millis(300);
/// The longest message that is read. The largest servers take a few megabytes.
const MAX_MESSAGE: usize = 16 << 20;
/// The close code that ends a session.
const NORMAL: u16 = 1_000;
/// A close code that does not.
const RESUMABLE: u16 = 4_000;

/// A connection, which opens at the first call of [`Connection::next`].
pub(crate) struct Connection {
    id: ShardId,
    network: Arc<dyn Network>,
    token: Secret,
    intents: u64,
    /// Where it opens.
    url: String,
    session: Option<Session>,
    socket: Option<GatewaySocket>,
    /// `None` before HELLO.
    pulse: Option<Pulse>,
    latency: Option<Duration>,
}

/// The heartbeats of a connection.
#[derive(Debug)]
struct Pulse {
    interval: Duration,
    next: Instant,
    /// When a heartbeat was sent that has not been acknowledged.
    sent: Option<Instant>,
}

impl Connection {
    /// Resumes `session`, or starts a new one at `url`.
    pub(crate) fn new(
        id: ShardId,
        network: Arc<dyn Network>,
        config: &Config,
        url: &str,
        session: Option<Session>,
    ) -> Self {
        let resume_at = session.as_ref().and_then(|session| session.url.clone());
        Self {
            id,
            network,
            token: config.token.clone(),
            intents: protocol::intents(config),
            url: resume_at.unwrap_or_else(|| url.to_owned()),
            session,
            socket: None,
            pulse: None,
            latency: None,
        }
    }

    /// The next payload, or why the connection ended. After its end, the connection must not be used again, except for its
    /// session.
    pub(crate) async fn next(&mut self) -> Received {
        match self.try_next().await {
            Ok(payload) => Received::Payload(payload),
            Err(end) => {
                self.socket = None;
                if matches!(end, Disconnect::TooLong) {
                    // A resumed session would send the message again.
                    self.session = None;
                }
                Received::End(end)
            }
        }
    }

    async fn try_next(&mut self) -> Result<GatewayPayload, Disconnect> {
        if self.socket.is_none() {
            self.open().await?;
        }
        loop {
            let message = tokio::select! {
                // The heartbeat comes first: a flood of messages must not delay it.
                biased;
                () = next_beat(self.pulse.as_ref()) => {
                    self.beat().await?;
                    continue;
                }
                message = receive(self.socket.as_mut()) => message?,
            };
            if let Some((code, _)) = message.as_close() {
                self.finish_close().await;
                return Err(Disconnect::Closed(Some(code.into())));
            }
            if let Some(text) = message.as_text() {
                return self.process(text).await;
            }
        }
    }

    async fn open(&mut self) -> Result<(), Disconnect> {
        let why = match timeout(CONNECT_TIMEOUT, open(&*self.network, &self.url)).await {
            Ok(Ok(socket)) => {
                self.socket = Some(socket);
                return Ok(());
            }
            Ok(Err(why)) => why,
            Err(_) => "timed out".to_owned(),
        };
        // The next attempt goes to the usual address.
        if let Some(session) = &mut self.session {
            session.url = None;
        }
        Err(Disconnect::Unreachable(why))
    }

    /// Reads a payload, and does what it asks of the connection.
    async fn process(&mut self, text: &str) -> Result<GatewayPayload, Disconnect> {
        let (sequence, payload) = decode::read(text);
        if let (Some(sequence), Some(session)) = (sequence, &mut self.session) {
            session.sequence = sequence;
        }
        let payload = payload.unwrap_or_else(|error| {
            debug!("unreadable payload: {error}");
            GatewayPayload::Other
        });
        match &payload {
            GatewayPayload::Hello(interval) if self.pulse.is_none() => {
                self.pulse = Some(Pulse::new(protocol::heartbeat_interval(*interval)));
                let token = self.token.expose();
                let start = match &self.session {
                    Some(session) => protocol::resume(token, session),
                    None => protocol::identify(token, self.intents, self.id),
                };
                self.send(start).await?;
            }
            GatewayPayload::Heartbeat => self.send(self.heartbeat()).await?,
            GatewayPayload::Acknowledged => {
                let sent = self.pulse.as_mut().and_then(|pulse| pulse.sent.take());
                self.latency = sent.map(|sent| sent.elapsed()).or(self.latency);
            }
            GatewayPayload::Event(event) => {
                if let Event::Ready(ready) = &**event
                    && let Some(id) = &ready.session
                {
                    self.session = Some(Session {
                        id: id.clone(),
                        sequence: sequence.unwrap_or_default(),
                        url: Some(ready.resume_gateway_url.clone()),
                    });
                }
            }
            GatewayPayload::Reconnect => {
                self.hang_up(RESUMABLE).await;
                return Err(Disconnect::Closed(None));
            }
            GatewayPayload::InvalidSession => {
                self.close().await;
                return Err(Disconnect::Closed(None));
            }
            GatewayPayload::Hello(_) | GatewayPayload::Other => {}
        }
        Ok(payload)
    }

    /// Sends a heartbeat. Fails if the last one was not acknowledged: the connection is half-open.
    async fn beat(&mut self) -> Result<(), Disconnect> {
        let heartbeat = self.heartbeat();
        if let Some(pulse) = &mut self.pulse {
            if pulse.sent.replace(Instant::now()).is_some() {
                return Err(Disconnect::Closed(None));
            }
            pulse.next = Instant::now() + pulse.interval;
        }
        self.send(heartbeat).await
    }

    fn heartbeat(&self) -> String {
        protocol::heartbeat(self.session.as_ref().map(|session| session.sequence))
    }

    async fn send(&mut self, payload: String) -> Result<(), Disconnect> {
        let Some(socket) = &mut self.socket else {
            return Err(Disconnect::Closed(None));
        };
        let sent = timeout(SEND_TIMEOUT, socket.send(Message::text(payload))).await;
        match sent {
            Ok(Ok(())) => Ok(()),
            _ => Err(Disconnect::Closed(None)),
        }
    }

    /// Ends the connection and its session.
    pub(crate) async fn close(&mut self) {
        self.session = None;
        self.hang_up(NORMAL).await;
    }

    /// Ends the connection, and returns its session, which another process can resume. What arrives meanwhile is not read:
    /// Discord sends it again.
    pub(crate) async fn suspend(&mut self) -> Option<Session> {
        self.hang_up(RESUMABLE).await;
        self.session.take()
    }

    /// Sends a close frame, and waits a moment for the answer.
    async fn hang_up(&mut self, code: u16) {
        if let (Some(socket), Ok(code)) = (&mut self.socket, CloseCode::try_from(code)) {
            let close = Message::close(Some(code), "");
            let _ = timeout(CLOSE_GRACE, socket.send(close)).await;
            self.finish_close().await;
        }
    }

    /// Reads the connection to its end, for a moment. Reading also answers a close frame.
    async fn finish_close(&mut self) {
        if let Some(mut socket) = self.socket.take() {
            let closing = async { while let Some(Ok(_)) = socket.next().await {} };
            let _ = timeout(CLOSE_GRACE, closing).await;
        }
    }

    /// The session, with the events received so far.
    pub(crate) fn session(&self) -> Option<Session> {
        self.session.clone()
    }

    /// Writes the session, with the events received so far, where others can see it.
    pub(crate) fn report(&self, shown: &Mutex<Option<Session>>) {
        match (&mut *lock(shown), &self.session) {
            (Some(shown), Some(session)) if shown.id == session.id => {
                shown.sequence = session.sequence;
            }
            (shown, session) => shown.clone_from(session),
        }
    }

    /// The heartbeat interval, once HELLO has named it.
    pub(crate) fn heartbeat_interval(&self) -> Option<Duration> {
        Some(self.pulse.as_ref()?.interval)
    }

    /// Round-trip time of the last heartbeat; `None` before the first acknowledgement.
    pub(crate) fn latency(&self) -> Option<Duration> {
        self.latency
    }
}

impl Pulse {
    /// The first heartbeat comes after a random part of the interval, as Discord asks.
    fn new(interval: Duration) -> Self {
        Self {
            interval,
            next: Instant::now() + interval.mul_f64(fastrand::f64()),
            sent: None,
        }
    }
}

/// Completes when a heartbeat is due; never before HELLO.
async fn next_beat(pulse: Option<&Pulse>) {
    match pulse {
        Some(pulse) => sleep_until(pulse.next).await,
        None => std::future::pending().await,
    }
}

/// The next message.
async fn receive(socket: Option<&mut GatewaySocket>) -> Result<Message, Disconnect> {
    let message = match socket {
        Some(socket) => socket.next().await,
        None => None,
    };
    match message {
        Some(Ok(message)) => Ok(message),
        Some(Err(Error::PayloadTooLong { .. })) => Err(Disconnect::TooLong),
        Some(Err(_)) | None => Err(Disconnect::Closed(None)),
    }
}

async fn open(network: &dyn Network, url: &str) -> Result<GatewaySocket, String> {
    let address = address(url).ok_or("the gateway's address is not a WebSocket URL")?;
    let limits = Limits::default().max_payload_len(Some(MAX_MESSAGE));
    let builder = ClientBuilder::new()
        .uri(address.as_str())
        .map_err(|error| root_cause(&error))?;
    let opened = network.connect(builder.limits(limits)).await;
    opened.map_err(|error| root_cause(&error))
}

/// The gateway's address with the version and the encoding. `None` if it is not a WebSocket URL.
fn address(url: &str) -> Option<Url> {
    let mut url = Url::parse(url).ok()?;
    if !["ws", "wss"].contains(&url.scheme()) || !url.has_host() {
        return None;
    }
    url.set_query(Some("v=10&encoding=json"));
    url.set_fragment(None);
    Some(url)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_get_version_and_encoding() {
        let check = |url: &str, expected: &str| {
            assert_eq!(address(url).unwrap().as_str(), expected);
        };
        check(
            "wss://gateway.discord.gg",
            "wss://gateway.discord.gg/?v=10&encoding=json",
        );
        check(
            "ws://127.0.0.1:1/gateway?v=9#x",
            "ws://127.0.0.1:1/gateway?v=10&encoding=json",
        );
    }

    #[test]
    fn what_is_no_websocket_address_is_refused() {
        for url in ["", "gateway", "https://discord.com", "ws://", "wss:a b"] {
            assert!(address(url).is_none(), "{url}");
        }
    }
}
