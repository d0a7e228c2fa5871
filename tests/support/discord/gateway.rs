//! Gateway sessions: who is identified, what was dispatched, what a RESUME replays. The web socket itself is in
//! [`socket`](super::socket).

use super::options::TOKEN;
use super::world::World;
use super::{options::intent, payload};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// Discord lets one shard in every 5 s; a tenth of it is forgiven for the way over the socket.
const BETWEEN_IDENTIFIES: Duration = Duration::from_millis(4_900);
/// Close codes after which another try is no use.
const FATAL: [u16; 6] = [4004, 4010, 4011, 4012, 4013, 4014];
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
    fatal: Option<u16>,
    last_identify: Option<Duration>,
    /// Heartbeats get no answer.
    pub muted: bool,
    /// READYs sent.
    pub readies: usize,
    /// RESUMEDs sent.
    pub resumes: usize,
    /// Heartbeats received.
    pub heartbeats: usize,
    /// How the bot ended its connections: the code, or nothing when it just went.
    pub closes: Vec<Option<u16>>,
}

impl Gateway {
    /// A new connection.
    pub fn open(&mut self, frames: UnboundedSender<Frame>) -> Line {
        self.opened += 1;
        self.lines.insert(self.opened, frames);
        self.opened
    }

    /// A connection has ended, by the bot or by the stand-in; only what the bot says ends its session.
    pub fn ended(&mut self, line: Line, by_bot: Option<Option<u16>>) {
        self.lines.remove(&line);
        if let Some(code) = by_bot {
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
        self.session().is_some_and(|session| session.line.is_some())
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
        let line = self.session().and_then(|session| session.line);
        if let Some(frames) = line.and_then(|line| self.lines.get(&line)) {
            // A connection that has just gone hears nothing, as it would over a real wire.
            let _ = frames.send(frame);
        }
    }

    fn send_to(&self, line: Line, frame: Frame) {
        if let Some(frames) = self.lines.get(&line) {
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

    /// A RESUME of the session will fail.
    pub fn forget_session(&mut self) {
        if let Some(id) = &self.current {
            self.sessions.remove(id);
        }
    }
}

/// What a connection has told so far.
#[derive(Debug, Default)]
pub struct Heard {
    identified: bool,
    /// A heartbeat was among it.
    pub beat: bool,
}

impl World {
    /// Looks at what a connection asked for in its address.
    pub fn check_query(&mut self, line: Line, query: &str) {
        let parts: Vec<&str> = query.split('&').collect();
        if !parts.contains(&"v=10") {
            self.refuse(line, 4012, "a connection without v=10");
        } else if parts
            .iter()
            .any(|part| !["v=10", "encoding=json"].contains(part))
        {
            self.violation(format!(
                "gateway: a connection asks for {query:?}; the stand-in speaks plain JSON"
            ));
        }
    }

    /// Takes a payload from the bot.
    pub fn hear(&mut self, line: Line, heard: &mut Heard, text: &str) {
        if text.len() > 4096 {
            return self.refuse(line, 4002, "a payload of over 4,096 bytes");
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            return self.refuse(line, 4002, "a payload that is not JSON");
        };
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(1) => {
                heard.beat = true;
                self.gateway.heartbeats += 1;
                if !self.gateway.muted {
                    self.gateway
                        .send_to(line, Frame::Text(json!({"op": 11}).to_string()));
                }
            }
            Some(2 | 6) if heard.identified => {
                self.refuse(line, 4005, "a second IDENTIFY or RESUME")
            }
            Some(2) => {
                heard.identified = true;
                self.identify(line, data);
            }
            Some(6) => {
                // An invalid session may be followed by an IDENTIFY on the same connection.
                heard.identified = self.resume(line, data);
            }
            Some(3 | 4 | 8 | 31) if heard.identified => {}
            Some(3 | 4 | 8 | 31) => self.refuse(line, 4003, "a payload before IDENTIFY"),
            _ => self.refuse(line, 4001, "an unknown opcode"),
        }
    }

    /// Closes a connection for what the bot did wrong on it.
    pub fn refuse(&mut self, line: Line, code: u16, what: &str) {
        self.violation(format!("gateway: {what} (close code {code})"));
        self.hang_up(line, code, what);
    }

    fn hang_up(&mut self, line: Line, code: u16, why: &str) {
        if FATAL.contains(&code) {
            self.gateway.fatal = Some(code);
        }
        self.gateway
            .send_to(line, Frame::Close(code, why.to_owned()));
    }

    fn identify(&mut self, line: Line, data: &Value) {
        let now = self.clock.now();
        if let Some(code) = self.gateway.fatal {
            self.violation(format!(
                "gateway: IDENTIFY again after close code {code}, which no retry mends"
            ));
        }
        if let Some(last) = self.gateway.last_identify.replace(now)
            && now - last < BETWEEN_IDENTIFIES
        {
            self.violation(format!(
                "gateway: two IDENTIFYs within {:?}; Discord allows one in 5 s",
                now - last
            ));
        }
        let properties = &data["properties"];
        let complete = ["os", "browser", "device"]
            .iter()
            .all(|key| properties[*key].is_string());
        let (Some(token), Some(intents), true) =
            (data["token"].as_str(), data["intents"].as_u64(), complete)
        else {
            return self.refuse(
                line,
                4002,
                "an IDENTIFY without token, intents or properties",
            );
        };
        if !is_token(token) {
            return self.hang_up(line, 4004, "Authentication failed.");
        }
        if intents & !intent::ALL != 0 {
            return self.refuse(line, 4013, "unknown intent bits");
        }
        if intents & intent::PRIVILEGED & !self.options.privileged != 0 {
            return self.hang_up(line, 4014, "Disallowed intent(s).");
        }
        let shard = data["shard"]
            .as_array()
            .cloned()
            .unwrap_or(vec![json!(0), json!(1)]);
        if shard != [json!(0), json!(1)] {
            return self.refuse(line, 4010, "a shard other than 0 of 1");
        }
        self.begin_session(line, intents, &Value::Array(shard));
    }

    fn begin_session(&mut self, line: Line, intents: u64, shard: &Value) {
        let id = format!("session{}", self.clock.snowflake());
        let session = Session {
            intents,
            events: Vec::new(),
            line: Some(line),
        };
        self.gateway.sessions.insert(id.clone(), session);
        self.gateway.current = Some(id.clone());
        self.gateway.readies += 1;
        let ready = payload::ready(self, &id, shard);
        self.gateway.dispatch("READY", &ready);
        if intents & intent::GUILDS != 0 {
            let server = payload::server(self);
            self.gateway.dispatch("GUILD_CREATE", &server);
        }
    }

    /// Replays what the session missed. `false`: the session is no more.
    fn resume(&mut self, line: Line, data: &Value) -> bool {
        let (Some(token), Some(id), Some(seq)) = (
            data["token"].as_str(),
            data["session_id"].as_str(),
            data["seq"].as_u64(),
        ) else {
            self.refuse(line, 4002, "a RESUME without token, session_id or seq");
            return true;
        };
        if !is_token(token) {
            self.hang_up(line, 4004, "Authentication failed.");
            return true;
        }
        let Some(session) = self.gateway.sessions.get_mut(id) else {
            self.gateway
                .send_to(line, Frame::Text(json!({"op": 9, "d": false}).to_string()));
            return false;
        };
        if seq > session.events.len() as u64 {
            self.refuse(
                line,
                4007,
                "a RESUME from a sequence number that was never sent",
            );
            return true;
        }
        session.line = Some(line);
        self.gateway.current = Some(id.to_owned());
        self.gateway.resumes += 1;
        for event in &self.gateway.sessions[id].events[seq as usize..] {
            self.gateway.send_to(line, Frame::Text(event.clone()));
        }
        self.gateway.dispatch("RESUMED", &json!({"_trace": []}));
        true
    }

    /// Discord's answer to op 9 by a test.
    pub fn invalidate(&mut self, resumable: bool) {
        self.gateway
            .send(Frame::Text(json!({"op": 9, "d": resumable}).to_string()));
        if !resumable {
            self.gateway.forget_session();
        }
    }
}

fn is_token(sent: &str) -> bool {
    sent.strip_prefix("Bot ").unwrap_or(sent) == TOKEN
}
