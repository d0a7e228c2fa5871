//! Connections to Discord's gateway, from the first request for its address to the last close frame.
//!
//! - `gateway_info.rs`: where the gateway is; `identify.rs`: when a new session may start; `turns.rs`: the same, where several
//!   processes share the shards
//! - `connection.rs`: one connection; `protocol.rs`: its payloads; `received.rs`: what it delivers; `shard_runner.rs`: a
//!   shard, which reconnects

mod connection;
mod gateway_info;
mod identify;
mod protocol;
mod received;
mod shard_runner;
mod turns;

pub(super) use connection::Session;
pub(super) use gateway_info::GatewayInfo;
pub(super) use identify::{INTERVAL as IDENTIFY_INTERVAL, IdentifyQueue};
pub(super) use shard_runner::{Ended, Reports, ShardRunner, Stop};
