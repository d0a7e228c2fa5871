//! Gateway connections and sessions, with the events that a RESUME replays. [`handshake`](super::handshake) checks what the
//! bot sends; [`socket`](super::socket) is the WebSocket.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::Instant;

/// Close codes after which a bot must not reconnect.
pub const FATAL: [u16; 5] = [4004, 4010, 4012, 4013, 4014];
/// The close code after which a bot must start more shards.
pub const TOO_FEW_SHARDS: u16 = 4011;
/// Close codes that end the session.
const ENDS_SESSION: [u16; 5] = [1000, 1001, 4007, 4009, TOO_FEW_SHARDS];

/// How long a session lives without a connection: Discord says a few minutes.
const SESSION_LIFE: Duration = Duration::from_mins(2);

/// A frame to the bot.
#[derive(Debug)]
pub enum Frame {
    /// A payload.
    Text(String),
    /// A close frame: code and reason.
    Close(u16, String),
    /// The end of the TCP connection, without a close frame.
    Cut,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// The bot closed it, with a close code or without a close frame.
    ByBot(Option<u16>),
    /// The stand-in closed it.
    ByUs,
}

/// Number of a connection, from 1.
pub type ConnectionId = usize;

/// A shard: its number, and of how many it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShardId {
    pub number: u64,
    pub total: u64,
}

#[derive(Debug)]
struct Session {
    shard: ShardId,
    intents: u64,
    /// Dispatched events. The first has sequence number 1.
    events: Vec<String>,
    connection: Option<ConnectionId>,
    /// Since when it has no connection.
    lost: Option<Duration>,
}

/// An event of a member, on its way to the bot.
#[derive(Clone, Debug)]
pub struct Dispatched {
    pub event: String,
    /// Id of the message or interaction.
    pub id: u64,
    session: String,
    seq: u64,
    /// When it was last sent.
    pub sent: Instant,
    /// Whether the bot has shown that it received it, in a heartbeat or a RESUME.
    pub acknowledged: bool,
}

/// Every connection and session.
#[derive(Debug, Default)]
pub struct Gateway {
    connections: BTreeMap<ConnectionId, UnboundedSender<Frame>>,
    opened: usize,
    sessions: BTreeMap<String, Session>,
    /// Number of shards that the bot is asked to start. It may have sessions of several numbers of shards at once.
    shards: u64,
    /// The last session of each shard.
    current: BTreeMap<ShardId, String>,
    /// The shard that closes and other faults concern.
    target: u64,
    /// Events of members, in the order of their dispatch.
    pub dispatched: Vec<Dispatched>,
    /// The last of them, with its data.
    last: Option<(String, Value)>,
    /// Whether the next of them is held back until another one has been dispatched.
    reorders: bool,
    held: Option<(String, Value)>,
    /// A fatal close code that was sent.
    pub fatal: Option<u16>,
    /// Shards of too small a number, which were refused.
    pub too_few: BTreeSet<ShardId>,
    /// Time of the last IDENTIFY of each remainder of shard numbers.
    pub last_identify: BTreeMap<u64, Duration>,
    /// Zombie connections: open, but nothing is sent on them.
    silent: BTreeSet<ConnectionId>,
    /// Connection attempts, successful or not.
    pub connection_attempts: usize,
    /// IDENTIFYs received.
    pub identifies: u64,
    /// READYs sent.
    pub readies: usize,
    /// RESUMEDs sent.
    pub resumes: usize,
    /// Heartbeats received.
    pub heartbeats: usize,
    /// Close codes of the connections that the bot ended; `None` without a close frame.
    pub closes: Vec<Option<u16>>,
}

/// How a RESUME went.
#[derive(Clone, Copy, Debug)]
pub enum Resume {
    /// The session continues.
    Done,
    /// The session no longer exists.
    Gone,
    /// The sequence number is greater than the last one sent.
    Ahead,
}

impl ShardId {
    /// Whether it gets the events of a server, or of direct messages.
    pub fn serves(self, server: Option<u64>) -> bool {
        server.map_or(0, |server| (server >> 22) % self.total) == self.number
    }
}

impl Gateway {
    pub fn new(shards: u64) -> Self {
        Self {
            shards,
            ..Self::default()
        }
    }

    /// Chooses the shard that closes and other faults concern. It is 0 until then.
    pub fn aim(&mut self, shard: u64) {
        self.target = shard;
    }

    /// Asks the bot to start another number of shards. Faults concern the new ones once they have begun.
    pub fn grow(&mut self, shards: u64) {
        self.shards = shards;
    }

    fn target(&self) -> ShardId {
        let newest = self.shard(self.target);
        let has_session = |shard: &ShardId| self.session(*shard).is_some();
        let mut others = self.current.keys().copied();
        let older = others.find(|shard| shard.number == self.target && has_session(shard));
        older.filter(|_| !has_session(&newest)).unwrap_or(newest)
    }

    /// A shard of as many as the bot is asked to start.
    fn shard(&self, number: u64) -> ShardId {
        let total = self.shards;
        ShardId { number, total }
    }

    /// Shards that have a session which the bot has not ended, and a working connection, in order.
    pub fn open_shards(&self) -> Vec<ShardId> {
        let known = self.current.keys().copied();
        known.filter(|shard| self.is_open(*shard)).collect()
    }

    fn is_open(&self, shard: ShardId) -> bool {
        let connection = self.connection(shard);
        connection.is_some_and(|connection| !self.is_silent(connection))
    }

    /// A new connection.
    pub fn open(&mut self, frames: UnboundedSender<Frame>) -> ConnectionId {
        self.opened += 1;
        self.connections.insert(self.opened, frames);
        self.opened
    }

    /// A new session on a connection.
    pub fn begin(&mut self, connection: ConnectionId, id: &str, shard: ShardId, intents: u64) {
        let session = Session {
            shard,
            intents,
            events: Vec::new(),
            connection: Some(connection),
            lost: None,
        };
        self.sessions.insert(id.to_owned(), session);
        self.current.insert(shard, id.to_owned());
        self.readies += 1;
    }

    /// Resumes a session on another connection and replays the events after `seq`.
    pub fn resume(
        &mut self,
        connection: ConnectionId,
        id: &str,
        seq: u64,
        now: Duration,
    ) -> Resume {
        self.sessions.retain(|_, session| {
            let lost = session.lost;
            lost.is_none_or(|lost| now.saturating_sub(lost) < SESSION_LIFE)
        });
        let Some(session) = self.sessions.get_mut(id) else {
            return Resume::Gone;
        };
        let Some(missed) = session.events.get(seq as usize..).map(<[String]>::to_vec) else {
            return Resume::Ahead;
        };
        session.connection = Some(connection);
        session.lost = None;
        let shard = session.shard;
        self.current.insert(shard, id.to_owned());
        self.resumes += 1;
        for event in &mut self.dispatched {
            if event.session == id {
                event.acknowledged |= event.seq <= seq;
                event.sent = Instant::now();
            }
        }
        for event in missed {
            self.send_to(connection, Frame::Text(event));
        }
        self.dispatch_to(shard, "RESUMED", &json!({}));
        Resume::Done
    }

    /// Records the end of a connection. It ends the session only if the bot sent a close code that does.
    pub fn ended(&mut self, connection: ConnectionId, end: End, now: Duration) {
        self.connections.remove(&connection);
        if let End::ByBot(code) = end {
            self.closes.push(code);
            if code.is_some_and(|code| ENDS_SESSION.contains(&code)) {
                self.sessions
                    .retain(|_, session| session.connection != Some(connection));
            }
        }
        for session in self
            .sessions
            .values_mut()
            .filter(|session| session.connection == Some(connection))
        {
            session.connection = None;
            session.lost = Some(now);
        }
    }

    /// Whether the session of each shard has a working connection.
    pub fn connected(&self) -> bool {
        let mut shards = (0..self.shards).map(|number| self.shard(number));
        shards.all(|shard| self.is_open(shard))
    }

    /// Makes the connection of the target shard's session a zombie.
    pub fn silence(&mut self) {
        let connection = self.connection(self.target());
        self.silent.extend(connection);
    }

    /// Whether a connection is a zombie.
    pub fn is_silent(&self, connection: ConnectionId) -> bool {
        self.silent.contains(&connection)
    }

    fn session(&self, shard: ShardId) -> Option<&Session> {
        self.sessions.get(self.current.get(&shard)?)
    }

    fn connection(&self, shard: ShardId) -> Option<ConnectionId> {
        self.session(shard)?.connection
    }

    /// Intents of the sessions, which are those of the first; 0 without a session.
    pub fn intents(&self) -> u64 {
        let mut sessions = self.sessions.values();
        sessions.next().map_or(0, |session| session.intents)
    }

    /// Sends a frame on the connection of the target shard's session.
    pub fn send(&self, frame: Frame) {
        self.send_to_shard(self.target(), frame);
    }

    fn send_to_shard(&self, shard: ShardId, frame: Frame) {
        if let Some(connection) = self.connection(shard) {
            self.send_to(connection, frame);
        }
    }

    /// Cuts the connections of all shards.
    pub fn cut_all(&self) {
        let all = self.current.keys();
        all.for_each(|shard| self.send_to_shard(*shard, Frame::Cut));
    }

    /// Sends a frame on one connection.
    pub fn send_to(&self, connection: ConnectionId, frame: Frame) {
        let frames = self.connections.get(&connection);
        if let Some(frames) = frames.filter(|_| !self.is_silent(connection)) {
            // Sending fails if the connection has just ended. A real network loses the frame too.
            let _ = frames.send(frame);
        }
    }

    /// Remembers up to which event the bot has received them.
    pub fn acknowledge(&mut self, connection: ConnectionId, seq: Option<u64>) {
        let mut sessions = self.sessions.iter();
        let current = sessions.find(|(_, session)| session.connection == Some(connection));
        let (Some((id, _)), Some(seq)) = (current, seq) else {
            return;
        };
        for event in &mut self.dispatched {
            event.acknowledged |= event.session == *id && event.seq <= seq;
        }
    }

    /// Holds back the next event of a member until another one has been dispatched. Without a session there is none.
    pub fn reorder_next(&mut self) {
        self.reorders = !self.sessions.is_empty();
    }

    /// Dispatches the last event of a member again.
    pub fn repeat_last(&mut self) {
        if let Some((event, data)) = self.last.clone() {
            self.dispatch_now(&event, &data);
        }
    }

    /// Dispatches an event to the session of its shard. Without a connection, a RESUME replays it.
    pub fn dispatch(&mut self, event: &str, data: &Value) {
        let by_member = event.starts_with("MESSAGE_") || event.starts_with("INTERACTION_");
        if by_member && std::mem::take(&mut self.reorders) {
            self.held = Some((event.to_owned(), data.clone()));
            return;
        }
        self.dispatch_now(event, data);
        if by_member && let Some((event, data)) = self.held.take() {
            self.dispatch_now(&event, &data);
        }
    }

    fn dispatch_now(&mut self, event: &str, data: &Value) {
        let server = data["guild_id"].as_str().and_then(|id| id.parse().ok());
        let all: Vec<ShardId> = self.current.keys().copied().collect();
        for shard in all.into_iter().filter(|shard| shard.serves(server)) {
            self.dispatch_to(shard, event, data);
        }
    }

    /// Dispatches an event to the session of a shard.
    pub fn dispatch_to(&mut self, shard: ShardId, event: &str, data: &Value) {
        let current = self.current.get(&shard).cloned();
        let Some((id, session)) =
            current.and_then(|id| self.sessions.get_mut(&id).map(|session| (id, session)))
        else {
            return;
        };
        let seq = session.events.len() + 1;
        if let Some(of) = data["id"].as_str().and_then(|id| id.parse().ok()) {
            self.dispatched.push(Dispatched {
                event: event.to_owned(),
                id: of,
                session: id,
                seq: seq as u64,
                sent: Instant::now(),
                acknowledged: false,
            });
            if event != "GUILD_CREATE" {
                self.last = Some((event.to_owned(), data.clone()));
            }
        }
        let payload = format!(r#"{{"op":0,"s":{seq},"t":"{event}","d":{data}}}"#);
        session.events.push(payload.clone());
        self.send_to_shard(shard, Frame::Text(payload));
    }

    /// Closes the connection of the target shard's session with a close code.
    pub fn close(&mut self, code: u16) {
        self.close_shard(self.target(), code);
    }

    /// Closes the connection of a shard's session with a close code.
    pub fn close_shard(&mut self, shard: ShardId, code: u16) {
        self.send_to_shard(
            shard,
            Frame::Close(code, format!("test closes with {code}")),
        );
        if ENDS_SESSION.contains(&code) {
            self.forget_session(shard);
        }
        self.note_refusal(shard, code);
    }

    /// Remembers a close code of ours that forbids the bot to come back as it was.
    pub fn note_refusal(&mut self, shard: ShardId, code: u16) {
        if FATAL.contains(&code) {
            self.fatal = Some(code);
        }
        if code == TOO_FEW_SHARDS {
            self.too_few.insert(shard);
        }
    }

    /// Sends Invalid Session (op 9) to the target shard. Unless it is `resumable`, a RESUME will fail.
    pub fn invalidate(&mut self, resumable: bool) {
        self.send(Frame::Text(json!({"op": 9, "d": resumable}).to_string()));
        if !resumable {
            self.forget_session(self.target());
        }
    }

    fn forget_session(&mut self, shard: ShardId) {
        if let Some(id) = self.current.get(&shard) {
            self.sessions.remove(id);
        }
    }
}
