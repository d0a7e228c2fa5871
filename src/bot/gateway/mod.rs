//! Connections to Discord's gateway, from the first request for its address to the last close frame.
//!
//! - `gateway_info.rs`: where the gateway is; `identify.rs`: when a new session may start; `turns.rs`: the same, where several
//!   processes share the shards
//! - `connection.rs`: one connection; `protocol.rs`: what it sends; `session.rs`: what is resumed; `received.rs`: what it delivers; `shard_runner.rs`: a
//!   shard, which reconnects

mod connection;
mod gateway_info;
mod identify;
mod protocol;
mod received;
mod session;
mod shard_runner;
mod turns;

pub(super) use gateway_info::{GatewayInfo, IDENTIFY_INTERVAL};
pub(super) use identify::IdentifyQueue;
pub(super) use session::Session;
pub(super) use shard_runner::{Ended, Reports, ShardRunner, Stop};
