//! Which shards are open, and what of them outlives the process.
//!
//! - `shards.rs`: those of one process; `shared_shards.rs`: where several share them; `allotment.rs`: whose they are; `tenure.rs`: how
//!   long a process may speak for its own; `lease_tests.rs`: these rules played together
//! - `sessions.rs`: what the next start needs to go on without a gap
//! - `latencies.rs`: how long each takes to answer

pub(super) mod allotment;
pub(super) mod latencies;
#[cfg(test)]
pub(super) mod lease_tests;
pub(super) mod sessions;
pub(super) mod shards;
pub(super) mod shared_shards;
pub(super) mod tenure;
