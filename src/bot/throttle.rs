//! How much the bot takes on: requests in a minute by member and by server, and work at the same time.

use crate::config;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// Key strokes ask for choices, too: so many of them count as one request.
const KEY_STROKES: u32 = 10;
/// How long work may wait for its turn: an interaction is lost after 3 s.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a channel that is closed to the bot is not tried again.
const CLOSED: Duration = Duration::from_secs(30);

/// What comes in and from whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source {
    pub(super) member: u64,
    pub(super) server: Option<u64>,
    /// A key stroke rather than a request.
    pub(super) typing: bool,
}

/// Counts requests.
#[derive(Debug)]
pub(super) struct Limits {
    member: Option<DefaultKeyedRateLimiter<u64>>,
    typing: Option<DefaultKeyedRateLimiter<u64>>,
    server: Option<DefaultKeyedRateLimiter<u64>>,
    /// Members that were asked for patience in a channel: that is said once a minute.
    told: DefaultKeyedRateLimiter<u64>,
    /// Channels that were closed to the bot, since when. Knocking on and on is how bots get banned.
    closed: Mutex<HashMap<u64, Instant>>,
    work: Arc<Semaphore>,
    concurrent: u32,
}

impl Limits {
    pub(super) fn new(limits: config::Limits) -> Self {
        let keyed = |a_minute: u32| {
            let quota = Quota::per_minute(NonZeroU32::new(a_minute)?);
            Some(RateLimiter::keyed(quota))
        };
        Self {
            member: keyed(limits.member),
            typing: keyed(limits.member.saturating_mul(KEY_STROKES)),
            server: keyed(limits.server),
            told: RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN)),
            closed: Mutex::default(),
            work: Arc::new(Semaphore::new(limits.concurrent as usize)),
            concurrent: limits.concurrent,
        }
    }

    /// Counts a request; fails with the seconds to wait where it is one too many.
    pub(super) fn count(&self, source: Source) -> Result<(), u64> {
        let member = if source.typing {
            &self.typing
        } else {
            &self.member
        };
        check(member.as_ref(), source.member)?;
        match source.server.filter(|_| !source.typing) {
            Some(server) => check(self.server.as_ref(), server),
            None => Ok(()),
        }
    }

    /// Whether a member has not been asked for patience within the last minute.
    pub(super) fn may_tell(&self, member: u64) -> bool {
        self.told.check_key(&member).is_ok()
    }

    /// Remembers that the bot may not write in a channel.
    pub(super) fn close(&self, channel: u64) {
        self.closed().insert(channel, Instant::now());
    }

    /// Whether that was so a moment ago.
    pub(super) fn is_closed(&self, channel: u64) -> bool {
        let since = self.closed().get(&channel).copied();
        since.is_some_and(|since| since.elapsed() < CLOSED)
    }

    fn closed(&self) -> MutexGuard<'_, HashMap<u64, Instant>> {
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leave to work; `None` when too much is going on, or when no more is taken on.
    pub(super) async fn work(&self) -> Option<OwnedSemaphorePermit> {
        let turn = Arc::clone(&self.work).acquire_owned();
        timeout(PATIENCE, turn).await.ok()?.ok()
    }

    /// Takes on no more, and waits until all work is done.
    pub(super) async fn finish(&self) {
        // Those who wait already have come before this.
        if let Ok(all) = self.work.acquire_many(self.concurrent).await {
            all.forget();
        }
        self.work.close();
    }

    /// Work that is going on.
    pub(super) fn busy(&self) -> usize {
        (self.concurrent as usize).saturating_sub(self.work.available_permits())
    }

    /// Forgets members and servers that have been quiet.
    pub(super) fn tidy(&self) {
        let all = [&self.member, &self.typing, &self.server];
        for limiter in all.into_iter().flatten().chain([&self.told]) {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        self.closed().retain(|_, since| since.elapsed() < CLOSED);
    }
}

fn check(limiter: Option<&DefaultKeyedRateLimiter<u64>>, key: u64) -> Result<(), u64> {
    let Some(limiter) = limiter else {
        return Ok(());
    };
    limiter.check_key(&key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        wait.as_secs() + 1
    })
}

#[cfg(test)]
mod tests {
    use super::{Limits, Source};
    use crate::config;

    fn limits(member: u32, server: u32) -> Limits {
        Limits::new(config::Limits {
            member,
            server,
            concurrent: 1,
        })
    }

    fn source(member: u64) -> Source {
        Source {
            member,
            server: Some(7),
            typing: false,
        }
    }

    #[test]
    fn members_and_servers_are_counted_apart() {
        let both = limits(2, 3);
        assert!(both.count(source(1)).is_ok() && both.count(source(1)).is_ok());
        assert!((1..=31).contains(&both.count(source(1)).unwrap_err()));
        assert!(both.count(source(2)).is_ok());
        assert!(both.count(source(3)).is_err(), "the server's fourth");
        let typing = Source {
            typing: true,
            ..source(1)
        };
        assert!(both.count(typing).is_ok());
        let elsewhere = Source {
            server: None,
            ..source(3)
        };
        assert!(both.count(elsewhere).is_ok());
    }

    #[test]
    fn zero_is_no_limit() {
        let none = limits(0, 0);
        assert!((0..1_000).all(|_| none.count(source(1)).is_ok()));
    }

    #[test]
    fn a_closed_channel_is_remembered() {
        let limits = limits(1, 1);
        limits.close(1);
        limits.tidy();
        assert!(limits.is_closed(1) && !limits.is_closed(2));
    }

    #[test]
    fn patience_is_asked_for_once() {
        let limits = limits(1, 1);
        assert!(limits.may_tell(1) && !limits.may_tell(1) && limits.may_tell(2));
    }
}
