//! Interactions that have arrived at this process. Discord may send one twice: after a reconnect, and on two connections while more
//! shards are being opened. A request over HTTP may be a copy, which is refused when its signature is 5 minutes old.
//!
//! What has an effect is taken in the store as well, once by all processes: see [`Bot::interaction`](crate::bot::bot::Bot::interaction).

use crate::lock::lock;
use hashlink::LinkedHashMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// How long an interaction is remembered: as long as its signature may be accepted, by a clock that is 5 minutes fast or slow.
pub(crate) const REMEMBERED: Duration = Duration::from_mins(10);
/// Interactions remembered at most; the oldest are dropped first.
const CAPACITY: usize = 10_000;

/// The interactions of the last minutes and when they arrived, oldest first.
#[derive(Debug, Default)]
pub(crate) struct SeenInteractions(Mutex<LinkedHashMap<u64, Instant>>);

impl SeenInteractions {
    /// Remembers an interaction. Whether it arrives for the first time.
    pub(crate) fn is_first(&self, id: u64) -> bool {
        let now = Instant::now();
        let mut seen = lock(&self.0);
        while seen
            .front()
            .is_some_and(|(_, since)| now - *since > REMEMBERED)
        {
            seen.pop_front();
        }
        let is_first = !seen.contains_key(&id);
        if is_first {
            seen.insert(id, now);
        }
        if seen.len() > CAPACITY {
            seen.pop_front();
        }
        is_first
    }
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY, REMEMBERED, SeenInteractions};
    use std::time::Duration;
    use tokio::time::advance;

    #[tokio::test(start_paused = true)]
    async fn an_interaction_is_remembered_for_ten_minutes() {
        let seen = SeenInteractions::default();
        assert!(seen.is_first(1) && !seen.is_first(1) && seen.is_first(2));
        advance(REMEMBERED).await;
        assert!(!seen.is_first(1));
        advance(Duration::from_millis(1)).await;
        assert!(seen.is_first(1));
    }

    #[tokio::test(start_paused = true)]
    async fn the_number_of_interactions_is_bounded() {
        let seen = SeenInteractions::default();
        for id in 0..=CAPACITY as u64 {
            assert!(seen.is_first(id));
        }
        assert!(!seen.is_first(1) && seen.is_first(0));
    }
}
