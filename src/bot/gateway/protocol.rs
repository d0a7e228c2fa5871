//! The gateway's protocol as JSON: what the bot sends, and what payloads mean for the connection.

use super::session::Session;
use crate::config::{Config, ShardId};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, from_str, json};
use serenity::all::GatewayIntents;
use std::time::Duration;

/// Discord's usual heartbeat interval, used where HELLO names none or an absurd one.
pub(super) const DEFAULT_HEARTBEAT: Duration = Duration::from_millis(41_250);
/// Heartbeats that come faster would exceed Discord's limit of 120 payloads a minute together with all others.
const MIN_HEARTBEAT: u64 = 250;
/// A connection that is half-open for longer would be noticed too late.
const MAX_HEARTBEAT: u64 = 5 * 60 * 1_000;

/// What a payload means for the connection.
#[derive(Debug)]
pub(super) enum Signal {
    /// Heartbeats begin, at this interval.
    Hello(Duration),
    /// Discord asks for a heartbeat.
    Heartbeat,
    /// A heartbeat has arrived.
    Acknowledged,
    /// A session has begun.
    Ready(Session),
    /// The connection should be replaced.
    Reconnect,
    /// The session cannot go on.
    InvalidSession,
    Other,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    op: u8,
    s: Option<u64>,
    t: Option<String>,
    #[serde(borrow)]
    d: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Ready {
    session_id: String,
    resume_gateway_url: String,
}

/// The sequence number of a payload, and what it means for the connection.
pub(super) fn read(text: &str) -> (Option<u64>, Signal) {
    let Ok(envelope) = from_str::<Envelope<'_>>(text) else {
        return (None, Signal::Other);
    };
    let data = envelope.d.map_or("null", RawValue::get);
    let signal = match (envelope.op, envelope.t.as_deref()) {
        (0, Some("READY")) => from_str(data).map_or(Signal::Other, |ready: Ready| {
            Signal::Ready(Session {
                id: ready.session_id,
                sequence: envelope.s.unwrap_or_default(),
                url: Some(ready.resume_gateway_url),
            })
        }),
        (1, _) => Signal::Heartbeat,
        (7, _) => Signal::Reconnect,
        // `true` if the session can be resumed.
        (9, _) if data == "true" => Signal::Reconnect,
        (9, _) => Signal::InvalidSession,
        (10, _) => Signal::Hello(heartbeat_interval(data)),
        (11, _) => Signal::Acknowledged,
        _ => Signal::Other,
    };
    (envelope.s, signal)
}

/// The interval in the data of HELLO, or the usual one.
pub(super) fn heartbeat_interval(hello: &str) -> Duration {
    let hello: Value = from_str(hello).unwrap_or_default();
    let millis = hello["heartbeat_interval"].as_u64();
    let millis = millis.filter(|millis| (MIN_HEARTBEAT..=MAX_HEARTBEAT).contains(millis));
    millis.map_or(DEFAULT_HEARTBEAT, Duration::from_millis)
}

/// The content of messages that do not mention the bot is needed only in auto-answer channels.
pub(super) fn intents(config: &Config) -> u64 {
    let mut intents =
        GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    intents.set(GatewayIntents::MESSAGE_CONTENT, config.reads_messages);
    intents.bits()
}

/// Begins a session.
pub(super) fn identify(token: &str, intents: u64, shard: ShardId) -> String {
    let name = env!("CARGO_PKG_NAME");
    let properties = json!({"os": std::env::consts::OS, "browser": name, "device": name});
    let shard = [shard.number, shard.total];
    json!({
        "op": 2, "d": {"token": token, "intents": intents, "properties": properties, "shard": shard},
    })
    .to_string()
}

/// Continues a session.
pub(super) fn resume(token: &str, session: &Session) -> String {
    json!({
        "op": 6, "d": {"token": token, "session_id": session.id, "seq": session.sequence},
    })
    .to_string()
}

/// Shows that the connection is alive. `sequence` is that of the last event.
pub(super) fn heartbeat(sequence: Option<u64>) -> String {
    json!({"op": 1, "d": sequence}).to_string()
}

#[cfg(test)]
mod tests {
    use super::{DEFAULT_HEARTBEAT, Signal, heartbeat_interval, read};
    use std::time::Duration;

    #[test]
    fn a_usual_interval_is_kept() {
        let interval = heartbeat_interval(r#"{"heartbeat_interval":45000}"#);
        assert_eq!(interval, Duration::from_secs(45));
    }

    #[test]
    fn an_absurd_interval_is_replaced() {
        for interval in [
            "0",
            "-1",
            "1",
            "1e300",
            "18446744073709551615",
            "\"x\"",
            "null",
        ] {
            let hello = format!(r#"{{"heartbeat_interval":{interval}}}"#);
            assert_eq!(heartbeat_interval(&hello), DEFAULT_HEARTBEAT, "{interval}");
        }
        assert_eq!(heartbeat_interval("null"), DEFAULT_HEARTBEAT);
    }

    #[test]
    fn payloads_are_told_apart() {
        assert!(matches!(
            read(r#"{"op":9,"d":true}"#),
            (None, Signal::Reconnect)
        ));
        assert!(matches!(
            read(r#"{"op":9,"d":false}"#).1,
            Signal::InvalidSession
        ));
        let event = read(r#"{"op":0,"s":7,"t":"MESSAGE_CREATE","d":{}}"#);
        assert!(matches!(event, (Some(7), Signal::Other)));
        let ready =
            r#"{"op":0,"s":1,"t":"READY","d":{"session_id":"a","resume_gateway_url":"ws://b"}}"#;
        let (_, Signal::Ready(session)) = read(ready) else {
            panic!("no session");
        };
        assert_eq!((session.id.as_str(), session.sequence), ("a", 1));
        assert!(matches!(read("nonsense"), (None, Signal::Other)));
    }
}
