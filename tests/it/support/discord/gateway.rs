//! Gateway connections and sessions: what was dispatched, what a RESUME replays. What the bot says is judged in
//! [`handshake`](super::handshake); the web socket itself is in [`socket`](super::socket).

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// Close codes after which another try is no use.
pub const FATAL: [u16; 6] = [4004, 4010, 4011, 4012, 4013, 4014];
/// Close codes that end the session.
const ENDS_SESSION: [u16; 4] = [1000, 1001, 4007, 4009];

/// What goes out on a connection.
#[derive(Debug)]
pub enum Frame {
    /// A payload.
    Text(String),
    /// The end, with a code and a reason.
    Close(u16, String),
    /// The end, without a word.
    Cut,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// The bot closed it, with a code or without a word.
    ByBot(Option<u16>),
    /// The stand-in closed it.
    ByUs,
}

/// A connection: its number.
pub type Line = usize;

#[derive(Debug)]
struct Session {
    intents: u64,
    /// Dispatches, the first with sequence number 1.
    events: Vec<String>,
    line: Option<Line>,
}

/// Every connection and session.
#[derive(Debug, Default)]
pub struct Gateway {
    lines: BTreeMap<Line, UnboundedSender<Frame>>,
    opened: usize,
    sessions: BTreeMap<String, Session>,
    current: Option<String>,
    /// The close code after which the bot must not come back.
    pub fatal: Option<u16>,
    /// When it identified last.
    pub last_identify: Option<Duration>,
    /// The connection on which nothing goes out any more, though it stands.
    silent: Option<Line>,
    /// Connections asked for, whatever came of them.
    pub knocks: usize,
    /// IDENTIFYs received.
    pub identifies: u64,
    /// READYs sent.
    pub readies: usize,
    /// RESUMEDs sent.
    pub resumes: usize,
    /// Heartbeats received.
    pub heartbeats: usize,
    /// How the bot ended its connections: the code, or nothing when it just went.
    pub closes: Vec<Option<u16>>,
}

/// How a RESUME went.
#[derive(Clone, Copy, Debug)]
pub enum Resume {
    /// The session hears again.
    Done,
    /// The session is no more.
    Gone,
    /// The bot claims to have heard what was never sent.
    Ahead,
}

impl Gateway {
    /// A new connection.
    pub fn open(&mut self, frames: UnboundedSender<Frame>) -> Line {
        self.opened += 1;
        self.lines.insert(self.opened, frames);
        self.opened
    }

    /// A new session on a connection.
    pub fn begin(&mut self, line: Line, id: &str, intents: u64) {
        let session = Session {
            intents,
            events: Vec::new(),
            line: Some(line),
        };
        self.sessions.insert(id.to_owned(), session);
        self.current = Some(id.to_owned());
        self.readies += 1;
    }

    /// Goes on with a session on another connection, after what it has missed.
    pub fn resume(&mut self, line: Line, id: &str, seq: u64) -> Resume {
        let Some(session) = self.sessions.get_mut(id) else {
            return Resume::Gone;
        };
        let Some(missed) = session.events.get(seq as usize..).map(<[String]>::to_vec) else {
            return Resume::Ahead;
        };
        session.line = Some(line);
        self.current = Some(id.to_owned());
        self.resumes += 1;
        for event in missed {
            self.send_to(line, Frame::Text(event));
        }
        self.dispatch("RESUMED", &json!({"_trace": []}));
        Resume::Done
    }

    /// A connection has ended; only what the bot says ends its session.
    pub fn ended(&mut self, line: Line, end: End) {
        self.lines.remove(&line);
        if let End::ByBot(code) = end {
            self.closes.push(code);
            if code.is_some_and(|code| ENDS_SESSION.contains(&code)) {
                self.sessions
                    .retain(|_, session| session.line != Some(line));
            }
        }
        for session in self
            .sessions
            .values_mut()
            .filter(|session| session.line == Some(line))
        {
            session.line = None;
        }
    }

    /// Whether a session hears at this moment.
    pub fn connected(&self) -> bool {
        let line = self.session().and_then(|session| session.line);
        line.is_some_and(|line| !self.is_silent(line))
    }

    /// Lets the session's connection die without an end.
    pub fn silence(&mut self) {
        self.silent = self.session().and_then(|session| session.line);
    }

    /// Whether a connection is dead without an end.
    pub fn is_silent(&self, line: Line) -> bool {
        self.silent == Some(line)
    }

    fn session(&self) -> Option<&Session> {
        self.sessions.get(self.current.as_ref()?)
    }

    /// What the bot's session asked for; nothing without a session.
    pub fn intents(&self) -> u64 {
        self.session().map_or(0, |session| session.intents)
    }

    /// Sends a frame on the session's connection.
    pub fn send(&self, frame: Frame) {
        if let Some(line) = self.session().and_then(|session| session.line) {
            self.send_to(line, frame);
        }
    }

    /// Sends a frame on one connection.
    pub fn send_to(&self, line: Line, frame: Frame) {
        let frames = self.lines.get(&line);
        if let Some(frames) = frames.filter(|_| !self.is_silent(line)) {
            // A connection that has just gone hears nothing, as it would over a real wire.
            let _ = frames.send(frame);
        }
    }

    /// Sends an event to the session; without a connection it waits for a RESUME.
    pub fn dispatch(&mut self, event: &str, data: &Value) {
        let Some(session) = self
            .current
            .as_ref()
            .and_then(|id| self.sessions.get_mut(id))
        else {
            return;
        };
        let seq = session.events.len() + 1;
        let payload = format!(r#"{{"op":0,"s":{seq},"t":"{event}","d":{data}}}"#);
        session.events.push(payload.clone());
        self.send(Frame::Text(payload));
    }

    /// Closes the session's connection with a code of Discord's.
    pub fn close(&mut self, code: u16) {
        self.send(Frame::Close(code, format!("test closes with {code}")));
        if ENDS_SESSION.contains(&code) {
            self.forget_session();
        }
        if FATAL.contains(&code) {
            self.fatal = Some(code);
        }
    }

    /// Tells the bot that its session is invalid (op 9); unless it is `resumable`, a RESUME will fail.
    pub fn invalidate(&mut self, resumable: bool) {
        self.send(Frame::Text(json!({"op": 9, "d": resumable}).to_string()));
        if !resumable {
            self.forget_session();
        }
    }

    fn forget_session(&mut self) {
        if let Some(id) = &self.current {
            self.sessions.remove(id);
        }
    }
}
