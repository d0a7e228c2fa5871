//! Discord's rate limits: which request may be sent next, and when.
//!
//! Requests of a bucket are sent one at a time, so that the limit which one response announces applies to the next
//! request. Responses to interactions are never queued: each has a bucket to itself.

use super::route::Route;
use crate::lock::lock;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep_until};

/// Requests in a second, over all buckets. Discord allows 50; some arrive faster than those before them.
const PER_SECOND: usize = 45;
const SECOND: Duration = Duration::from_secs(1);

/// Requests that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Bucket {
    /// A response to an interaction. Exempt from the global limit.
    Interaction,
    /// A channel with its messages and threads, by its id.
    Channel(u64),
    /// A server with its channels and members, by its id.
    Guild(u64),
    /// Lists of commands.
    Commands,
    /// The bot itself.
    Current,
    /// Where the gateway is, without which no session begins.
    Gateway,
}

/// When a bucket may be used again; `None` for now.
type ResetAt = Option<Instant>;

/// The state of all buckets.
#[derive(Debug, Default)]
pub(crate) struct RateLimits {
    buckets: Mutex<HashMap<Bucket, Arc<tokio::sync::Mutex<ResetAt>>>>,
    /// Set by a response that reports the global limit.
    global: Mutex<ResetAt>,
    /// When the last [`PER_SECOND`] requests were sent, or are going to be.
    sent: Mutex<VecDeque<Instant>>,
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
            Route::InteractionCallback { .. }
            | Route::FollowUps { .. }
            | Route::OriginalResponse { .. } => Self::Interaction,
            Route::Channel { channel }
            | Route::ChannelMessages { channel }
            | Route::ChannelMessage { channel, .. }
            | Route::MessageThreads { channel, .. }
            | Route::ArchivedThreads { channel } => Self::Channel(*channel),
            Route::Guild { guild }
            | Route::GuildChannels { guild }
            | Route::GuildMember { guild, .. }
            | Route::ActiveThreads { guild } => Self::Guild(*guild),
            Route::Commands { .. } | Route::GuildCommands { .. } => Self::Commands,
            Route::CurrentApplication | Route::CurrentUser | Route::CurrentUserGuilds => {
                Self::Current
            }
            Route::Gateway | Route::GatewayBot => Self::Gateway,
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

    /// Takes the next place in the sequence of requests, and returns when that is.
    fn next_place(&self) -> Instant {
        let mut sent = lock(&self.sent);
        let earliest = (sent.len() >= PER_SECOND)
            .then(|| sent.pop_front())
            .flatten();
        let now = Instant::now();
        let place = earliest.map_or(now, |first| now.max(first + SECOND));
        sent.push_back(place);
        place
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
        if let Some(reset_at) = global.max(**bucket) {
            if reset_at >= deadline {
                return Err(());
            }
            sleep_until(reset_at).await;
        }
        let place = self.limits.next_place();
        if place >= deadline {
            return Err(());
        }
        sleep_until(place).await;
        Ok(())
    }

    /// Stops the bucket for a time.
    pub(crate) fn pause(&mut self, time: Duration) {
        if let Some(bucket) = &mut self.bucket {
            **bucket = Some(Instant::now() + time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, PER_SECOND, RateLimits, Route, SECOND};
    use std::time::Duration;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn requests_of_all_buckets_keep_below_the_global_limit() {
        let limits = RateLimits::default();
        let start = Instant::now();
        let mut sent = Vec::new();
        for channel in 0..200 {
            let bucket = limits.acquire(Bucket::Channel(channel)).await;
            let deadline = Instant::now() + Duration::from_secs(15);
            assert_eq!(bucket.ready(deadline).await, Ok(()));
            sent.push(Instant::now());
        }
        for (at, time) in sent.iter().enumerate() {
            let later = sent.get(at + PER_SECOND);
            assert!(later.is_none_or(|later| *later - *time >= SECOND), "{at}");
        }
        assert!(start.elapsed() < Duration::from_secs(5));
        // Responses to interactions do not wait, and take no place.
        let before = Instant::now();
        for _ in 0..200 {
            let bucket = limits.acquire(Bucket::Interaction).await;
            assert_eq!(bucket.ready(before + SECOND).await, Ok(()));
        }
        assert_eq!(Instant::now(), before);
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_holds_up_only_requests_of_its_kind() {
        let limits = RateLimits::default();
        let commands = Route::Commands { application: 1 };
        let mut held = limits.acquire(Bucket::of(&commands)).await;
        held.pause(Duration::from_hours(1));
        for route in [
            Route::GatewayBot,
            Route::CurrentUser,
            Route::Guild { guild: 1 },
            Route::Channel { channel: 1 },
        ] {
            let bucket = limits.acquire(Bucket::of(&route)).await;
            assert_eq!(bucket.ready(Instant::now() + SECOND).await, Ok(()));
        }
        assert_eq!(held.ready(Instant::now() + SECOND).await, Err(()));
    }
}
