//! What the bot sends to the gateway, as JSON, and how often.

use super::session::Session;
use crate::config::{Config, ShardId};
use serde_json::json;
use serenity::all::GatewayIntents;
use std::time::Duration;

/// Discord's usual heartbeat interval, used where HELLO names none or an absurd one.
pub(super) const DEFAULT_HEARTBEAT: Duration = Duration::from_millis(41_250);
/// Heartbeats that come faster would exceed Discord's limit of 120 payloads a minute together with all others.
const MIN_HEARTBEAT: u64 = 250;
/// A connection that is half-open for longer would be noticed too late.
const MAX_HEARTBEAT: u64 = 5 * 60 * 1_000;

/// The interval that HELLO names, in milliseconds, or the usual one.
pub(super) fn heartbeat_interval(millis: Option<u64>) -> Duration {
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
    use super::{DEFAULT_HEARTBEAT, heartbeat_interval};
    use std::time::Duration;

    #[test]
    fn a_usual_interval_is_kept() {
        assert_eq!(heartbeat_interval(Some(45_000)), Duration::from_secs(45));
    }

    #[test]
    fn an_absurd_interval_is_replaced() {
        for interval in [None, Some(0), Some(1), Some(u64::MAX)] {
            assert_eq!(heartbeat_interval(interval), DEFAULT_HEARTBEAT);
        }
    }
}
