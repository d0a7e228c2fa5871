//! The connection to Discord's gateway.

mod connection;
pub(crate) mod gateway_info;
pub(crate) mod identify;
pub(crate) mod shard_runner;
