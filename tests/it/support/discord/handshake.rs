//! What the bot says on the gateway: HELLO and the address, IDENTIFY, RESUME, heartbeats; and what Discord closes a
//! connection for.

use super::gateway::{FATAL, Frame, Line, Resume};
use super::options::{Outage, TOKEN, intent};
use super::payload;
use super::world::World;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// Discord lets one shard in every 5 s; a little of it is forgiven for the way over the socket.
const BETWEEN_IDENTIFIES: Duration = Duration::from_millis(4_900);

/// What a connection has told so far.
#[derive(Debug, Default)]
pub struct Heard {
    identified: bool,
    /// A heartbeat was among it.
    pub beat: bool,
}

impl World {
    /// HELLO to a new connection, when its address asked for what the stand-in speaks.
    pub fn say_hello(&mut self, frames: UnboundedSender<Frame>, query: &str) -> Line {
        let line = self.gateway.open(frames);
        let interval = self.options.heartbeat.as_millis() as u64;
        let hello = json!({"op": 10, "d": {"heartbeat_interval": interval}});
        if self.outage != Some(Outage::NoHello) {
            self.gateway.send_to(line, Frame::Text(hello.to_string()));
        }
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
        line
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
                let ack = json!({"op": 11}).to_string();
                self.gateway.send_to(line, Frame::Text(ack));
            }
            Some(2 | 6) if heard.identified => {
                self.refuse(line, 4005, "a second IDENTIFY or RESUME");
            }
            Some(2) => {
                heard.identified = true;
                self.identify(line, data);
            }
            Some(6) => {
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
            && now.saturating_sub(last) < BETWEEN_IDENTIFIES
        {
            self.violation(format!(
                "gateway: two IDENTIFYs within {:?}; Discord allows one in 5 s",
                now.saturating_sub(last)
            ));
        }
        if self.sessions_left().0 == 0 {
            self.violation("gateway: IDENTIFY though no session is left: that resets the token");
        }
        self.gateway.identifies += 1;
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
        if self.outage != Some(Outage::NoReady) {
            self.begin_session(line, intents, &Value::Array(shard));
        }
        if self.outage == Some(Outage::Flapping) {
            self.gateway.close(4009);
        }
    }

    fn begin_session(&mut self, line: Line, intents: u64, shard: &Value) {
        let id = format!("session{}", self.clock.snowflake());
        self.gateway.begin(line, &id, intents);
        let ready = payload::ready(self, &id, shard);
        self.gateway.dispatch("READY", &ready);
        if self.options.invited && intents & intent::GUILDS != 0 {
            let server = payload::server(self);
            self.gateway.dispatch("GUILD_CREATE", &server);
        }
    }

    /// Whether the connection has said who it is: after an invalid session it may still identify.
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
        if self.outage == Some(Outage::NoReady) {
            return true;
        }
        match self.gateway.resume(line, id, seq) {
            Resume::Done => true,
            Resume::Ahead => {
                let what = "a RESUME from a sequence number that was never sent";
                self.refuse(line, 4007, what);
                true
            }
            Resume::Gone => {
                let invalid = json!({"op": 9, "d": false}).to_string();
                self.gateway.send_to(line, Frame::Text(invalid));
                false
            }
        }
    }
}

fn is_token(sent: &str) -> bool {
    sent.strip_prefix("Bot ").unwrap_or(sent) == TOKEN
}
