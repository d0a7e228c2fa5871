//! Discord's rate limits: which request may be sent next, and when.
//!
//! Requests of a bucket are sent one at a time, so that the limit which one response announces applies to the next
//! request. Responses to interactions are never queued: each has a bucket to itself.

use super::route::Route;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep_until};

/// Requests that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Bucket {
    /// A response to an interaction. Exempt from the global limit.
    Interaction,
    /// The messages of a channel, by its id.
    Channel(u64),
    /// All other requests.
    Other,
}

/// When a bucket may be used again; `None` for now.
type ResetAt = Option<Instant>;

/// The state of all buckets.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    buckets: Mutex<HashMap<Bucket, Arc<tokio::sync::Mutex<ResetAt>>>>,
    /// Set by a response that reports the global limit.
    global: Mutex<ResetAt>,
}

/// Exclusive use of a bucket.
#[derive(Debug)]
pub(crate) struct BucketGuard<'a> {
    limits: &'a RateLimits,
    /// `None` for responses to interactions.
    bucket: Option<OwnedMutexGuard<ResetAt>>,
}

impl Bucket {
    pub(crate) fn of(route: &Route<'_>) -> Self {
        match route {
            Route::InteractionCallback { .. } => Self::Interaction,
            Route::ChannelMessages { channel } | Route::ChannelMessage { channel, .. } => {
                Self::Channel(*channel)
            }
            _ => Self::Other,
        }
    }
}

impl RateLimits {
    /// Waits until no other request uses the bucket. It may still be exhausted: see [`BucketGuard::ready`].
    pub(crate) async fn acquire(&self, bucket: Bucket) -> BucketGuard<'_> {
        let bucket = match bucket {
            Bucket::Interaction => None,
            bucket => {
                let state = Arc::clone(lock(&self.buckets).entry(bucket).or_default());
                Some(state.lock_owned().await)
            }
        };
        BucketGuard {
            limits: self,
            bucket,
        }
    }

    /// Stops all buckets for a time.
    pub(crate) fn pause_all(&self, time: Duration) {
        *lock(&self.global) = Some(Instant::now() + time);
    }

    /// Forgets buckets that are neither in use nor exhausted.
    pub(crate) fn prune(&self) {
        let now = Instant::now();
        lock(&self.buckets).retain(|_, bucket| {
            let idle = bucket
                .try_lock()
                .is_ok_and(|reset_at| reset_at.is_none_or(|reset_at| reset_at <= now));
            Arc::strong_count(bucket) > 1 || !idle
        });
    }
}

impl BucketGuard<'_> {
    /// Waits until the bucket may be used.
    ///
    /// # Errors
    ///
    /// At once, if that is after the deadline.
    pub(crate) async fn ready(&self, deadline: Instant) -> Result<(), ()> {
        let Some(bucket) = &self.bucket else {
            return Ok(());
        };
        let global = *lock(&self.limits.global);
        let Some(reset_at) = global.max(**bucket) else {
            return Ok(());
        };
        if reset_at >= deadline {
            return Err(());
        }
        sleep_until(reset_at).await;
        Ok(())
    }

    /// Stops the bucket for a time.
    pub(crate) fn pause(&mut self, time: Duration) {
        if let Some(bucket) = &mut self.bucket {
            **bucket = Some(Instant::now() + time);
        }
    }
}

/// A panic in another thread leaves these values intact.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
