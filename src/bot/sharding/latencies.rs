//! How long Discord took to acknowledge the last heartbeat of each shard.

use crate::config::ShardId;
use crate::lock::lock;
use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

/// Round-trip times in milliseconds.
#[derive(Debug, Default)]
pub(crate) struct Latencies(Mutex<HashMap<ShardId, u32>>);

impl Latencies {
    pub(crate) fn set(&self, shard: ShardId, latency: Duration) {
        let millis = latency.as_millis().max(1) as u32;
        lock(&self.0).insert(shard, millis);
    }

    /// That of the shard which serves a server, or direct messages; `None` before its first heartbeat.
    pub(crate) fn of(&self, server: Option<u64>) -> Option<u32> {
        let known = lock(&self.0);
        let mut serving = known.iter().filter(|(shard, _)| shard.serves(server));
        serving.next().map(|(_, millis)| *millis)
    }

    pub(crate) fn forget(&self, shard: ShardId) {
        lock(&self.0).remove(&shard);
    }
}
