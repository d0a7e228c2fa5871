//! Requests that have arrived and wait for their turn. Discord does not send them again, so the bot must not stop before.

use tokio::sync::watch;

/// How many there are.
#[derive(Debug, Default)]
pub(crate) struct Pending(watch::Sender<usize>);

/// One of them, until it is dropped.
#[derive(Debug)]
pub(crate) struct PendingRequest(watch::Sender<usize>);

impl Pending {
    /// One has arrived.
    pub(crate) fn begin(&self) -> PendingRequest {
        self.0.send_modify(|count| *count += 1);
        PendingRequest(self.0.clone())
    }

    /// Completes when there are none.
    pub(crate) async fn ended(&self) {
        let mut count = self.0.subscribe();
        // Fails without a sender only.
        let _ = count.wait_for(|count| *count == 0).await;
    }
}

impl Drop for PendingRequest {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::Pending;
    use std::time::Duration;
    use tokio::time::timeout;

    #[tokio::test(start_paused = true)]
    async fn the_end_comes_when_the_last_one_has_ended() {
        let pending = Pending::default();
        pending.ended().await;
        let (one, other) = (pending.begin(), pending.begin());
        drop(one);
        let waited = timeout(Duration::from_secs(9), pending.ended()).await;
        assert!(waited.is_err());
        drop(other);
        pending.ended().await;
    }
}
