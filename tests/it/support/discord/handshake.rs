//! Checks what the bot sends on the gateway: query parameters, IDENTIFY, RESUME and heartbeats. Closes the connection
//! with Discord's close code for what is wrong.

use super::gateway::{ConnectionId, FATAL, Frame, Resume, ShardId, TOO_FEW_SHARDS};
use super::options::{Outage, SERVER, TOKEN, intent};
use super::payload;
use super::world::World;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::mpsc::UnboundedSender;

/// Discord allows one IDENTIFY in 5 s. The tolerance is for latency.
const BETWEEN_IDENTIFIES: Duration = Duration::from_millis(4_900);

/// What the bot has sent on a connection so far.
#[derive(Debug, Default)]
pub struct ConnectionState {
    identified: bool,
    /// Whether a heartbeat arrived; the socket resets it.
    pub beat: bool,
}

impl World {
    /// Opens a connection, sends HELLO and checks the query parameters.
    pub fn say_hello(&mut self, frames: UnboundedSender<Frame>, query: &str) -> ConnectionId {
        let connection = self.gateway.open(frames);
        let interval = match &self.options.named_heartbeat {
            Value::Null => json!(self.options.heartbeat.as_millis() as u64),
            nonsense => nonsense.clone(),
        };
        let hello = json!({"op": 10, "d": {"heartbeat_interval": interval}});
        if self.outage != Some(Outage::NoHello) {
            self.gateway
                .send_to(connection, Frame::Text(hello.to_string()));
        }
        let parts: Vec<&str> = query.split('&').collect();
        if !parts.contains(&"v=10") {
            self.refuse(connection, 4012, "a connection without v=10");
        } else if parts
            .iter()
            .any(|part| !["v=10", "encoding=json"].contains(part))
        {
            self.violation(format!(
                "gateway: a connection requests {query:?}; the stand-in supports plain JSON only"
            ));
        }
        connection
    }

    /// Handles a payload from the bot.
    pub fn receive(&mut self, connection: ConnectionId, state: &mut ConnectionState, text: &str) {
        if text.len() > 4096 {
            return self.refuse(connection, 4002, "a payload of over 4,096 bytes");
        }
        let Ok(payload) = serde_json::from_str::<Value>(text) else {
            return self.refuse(connection, 4002, "a payload that is not JSON");
        };
        let data = &payload["d"];
        match payload["op"].as_u64() {
            Some(1) => {
                state.beat = true;
                self.gateway.heartbeats += 1;
                self.gateway.acknowledge(connection, data.as_u64());
                let ack = json!({"op": 11}).to_string();
                self.gateway.send_to(connection, Frame::Text(ack));
            }
            Some(2 | 6) if state.identified => {
                self.refuse(connection, 4005, "a second IDENTIFY or RESUME");
            }
            Some(2) => {
                state.identified = self.identify(connection, data);
            }
            Some(6) => {
                state.identified = self.resume(connection, data);
            }
            Some(3 | 4 | 8 | 31) if state.identified => {}
            Some(3 | 4 | 8 | 31) => self.refuse(connection, 4003, "a payload before IDENTIFY"),
            _ => self.refuse(connection, 4001, "an unknown opcode"),
        }
    }

    /// Closes a connection and records why as a violation.
    pub fn refuse(&mut self, connection: ConnectionId, code: u16, what: &str) {
        self.violation(format!("gateway: {what} (close code {code})"));
        self.close_with(connection, code, what);
    }

    /// Closes a connection that has been without a heartbeat for two intervals.
    pub fn miss_heartbeat(&mut self, connection: ConnectionId) {
        let what = "no heartbeat for two intervals";
        if self.options.lossy {
            self.close_with(connection, 4009, what);
        } else if !self.gateway.is_silent(connection) {
            self.refuse(connection, 4009, what);
        }
    }

    fn close_with(&mut self, connection: ConnectionId, code: u16, why: &str) {
        if FATAL.contains(&code) {
            self.gateway.fatal = Some(code);
        }
        self.gateway
            .send_to(connection, Frame::Close(code, why.to_owned()));
    }

    /// Whether the connection is authenticated, or closed. After Invalid Session it is neither, and the bot may identify again.
    fn identify(&mut self, connection: ConnectionId, data: &Value) -> bool {
        if let Some(code) = self.gateway.fatal {
            self.violation(format!(
                "gateway: IDENTIFY again after close code {code}, after which a retry cannot succeed"
            ));
        }
        let shard = shard_of(data);
        if self.is_early(shard.map_or(0, |shard| shard.number)) {
            self.reject_session(connection);
            return false;
        }
        self.begin(connection, data, shard);
        true
    }

    /// Begins a session, or closes the connection with the reason why there can be none.
    fn begin(&mut self, connection: ConnectionId, data: &Value, shard: Option<ShardId>) {
        if self.sessions_left().0 == 0 {
            self.violation(
                "gateway: IDENTIFY with no session starts left: Discord resets the token",
            );
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
                connection,
                4002,
                "an IDENTIFY without token, intents or properties",
            );
        };
        if !is_token(token) {
            return self.close_with(connection, 4004, "Authentication failed.");
        }
        if intents & !intent::ALL != 0 {
            return self.refuse(connection, 4013, "unknown intent bits");
        }
        if intents & intent::PRIVILEGED & !self.options.privileged != 0 {
            return self.close_with(connection, 4014, "Disallowed intent(s).");
        }
        let Some(shard) = shard else {
            return self.refuse(connection, 4010, "a shard that does not exist");
        };
        // A close code that was lost cannot be heeded.
        if self.gateway.too_few.contains(&shard) && !self.options.lossy {
            self.violation(format!(
                "gateway: IDENTIFY again as one of {} shards, which were too few (4011)",
                shard.total
            ));
        }
        if shard.total < self.options.fewest_shards {
            // No mistake of the bot's: it may have joined servers since it asked.
            self.gateway.note_refusal(shard, TOO_FEW_SHARDS);
            return self.close_with(connection, TOO_FEW_SHARDS, "Sharding required.");
        }
        if self.outage != Some(Outage::NoReady) {
            self.begin_session(connection, intents, shard);
        }
        if self.outage == Some(Outage::Flapping) {
            self.gateway.close_shard(shard, 4009);
        }
    }

    fn reject_session(&mut self, connection: ConnectionId) {
        let invalid = json!({"op": 9, "d": false}).to_string();
        self.gateway.send_to(connection, Frame::Text(invalid));
    }

    /// Whether an IDENTIFY comes too early. As many may come at once as there are remainders of shard numbers.
    fn is_early(&mut self, shard: u64) -> bool {
        let now = self.clock.now();
        let remainder = shard % self.options.max_concurrency;
        let last = self.gateway.last_identify.insert(remainder, now);
        let since = last.map(|last| now.saturating_sub(last));
        let early = since.filter(|since| *since < BETWEEN_IDENTIFIES);
        if let Some(since) = early {
            self.violation(format!(
                "gateway: two IDENTIFYs within {since:?}; Discord allows one in 5 s"
            ));
        }
        early.is_some()
    }

    fn begin_session(&mut self, connection: ConnectionId, intents: u64, shard: ShardId) {
        let id = format!("session{}", self.clock.snowflake());
        self.gateway.begin(connection, &id, shard, intents);
        let has_server = self.options.invited && shard.serves(Some(SERVER));
        let ready = payload::ready(self, &id, shard, has_server);
        self.judge("READY", &ready);
        self.gateway.dispatch_to(shard, "READY", &ready);
        if has_server && intents & intent::GUILDS != 0 {
            let server = payload::whole_server(self);
            self.judge("GUILD_CREATE", &server);
            self.gateway.dispatch_to(shard, "GUILD_CREATE", &server);
        }
    }

    /// Whether the connection is authenticated. After Invalid Session it is not, and the bot may identify.
    fn resume(&mut self, connection: ConnectionId, data: &Value) -> bool {
        let (Some(token), Some(id), Some(seq)) = (
            data["token"].as_str(),
            data["session_id"].as_str(),
            data["seq"].as_u64(),
        ) else {
            self.refuse(
                connection,
                4002,
                "a RESUME without token, session_id or seq",
            );
            return true;
        };
        if !is_token(token) {
            self.close_with(connection, 4004, "Authentication failed.");
            return true;
        }
        if self.outage == Some(Outage::NoReady) {
            return true;
        }
        match self.gateway.resume(connection, id, seq, self.clock.now()) {
            Resume::Done => true,
            Resume::Ahead => {
                let what = "a RESUME from a sequence number that was never sent";
                self.refuse(connection, 4007, what);
                true
            }
            Resume::Gone => {
                self.reject_session(connection);
                false
            }
        }
    }
}

/// The shard that an IDENTIFY names; `None` if there can be none such.
fn shard_of(identify: &Value) -> Option<ShardId> {
    let Some(named) = identify.get("shard") else {
        return Some(ShardId {
            number: 0,
            total: 1,
        });
    };
    let [number, total] = named.as_array()?.as_slice() else {
        return None;
    };
    let (number, total) = (number.as_u64()?, total.as_u64()?);
    (number < total).then_some(ShardId { number, total })
}

fn is_token(sent: &str) -> bool {
    sent.strip_prefix("Bot ").unwrap_or(sent) == TOKEN
}
