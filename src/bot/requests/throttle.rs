//! How much work the bot accepts: requests a minute for each member and server, and requests at the same time.

use crate::config;
use crate::lock::lock;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use pullquote_cards::ADDITIONS_A_MINUTE;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

/// Discord asks for choices at every key stroke, so a member may send this many times more of those requests.
const AUTOCOMPLETE_FACTOR: u32 = 10;
/// How long a request may wait for a free slot. An interaction expires after 3 s.
const MAX_WAIT: Duration = Duration::from_secs(2);
/// How long the bot stays silent in a channel where it may not write.
const FORBIDDEN: Duration = Duration::from_secs(30);

/// Who sends a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Requester {
    pub(crate) member: u64,
    /// `None` in direct messages.
    pub(crate) server: Option<u64>,
    /// Where they sent it.
    pub(crate) channel: u64,
    /// Choices for an option that is being typed, rather than an answer.
    pub(crate) autocomplete: bool,
}

/// Limits on members, servers and concurrent work. The rate limiters are `None` where the setting is 0.
#[derive(Debug)]
pub(crate) struct Throttle {
    members: Option<DefaultKeyedRateLimiter<u64>>,
    autocomplete: Option<DefaultKeyedRateLimiter<u64>>,
    servers: Option<DefaultKeyedRateLimiter<u64>>,
    /// Members who were asked to wait by a message in a channel: once a minute at most.
    warned: DefaultKeyedRateLimiter<u64>,
    /// Members who passed a question on to the helpers: once a minute at most.
    helped: DefaultKeyedRateLimiter<u64>,
    /// Members who were answered without having asked the bot: once a minute at most.
    unasked: DefaultKeyedRateLimiter<u64>,
    /// Servers whose articles were added to.
    additions: Option<DefaultKeyedRateLimiter<u64>>,
    /// Channels where Discord refused a message, and when. Bots that keep trying get banned.
    forbidden: Mutex<HashMap<u64, Instant>>,
    slots: Arc<Semaphore>,
    concurrent: u32,
}

impl Throttle {
    pub(crate) fn new(limits: config::Limits) -> Self {
        let per_minute = |requests: u32| {
            let quota = Quota::per_minute(NonZeroU32::new(requests)?);
            Some(RateLimiter::keyed(quota))
        };
        Self {
            members: per_minute(limits.member),
            autocomplete: per_minute(limits.member.saturating_mul(AUTOCOMPLETE_FACTOR)),
            servers: per_minute(limits.server),
            warned: RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN)),
            helped: RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN)),
            unasked: RateLimiter::keyed(Quota::per_minute(NonZeroU32::MIN)),
            additions: per_minute(ADDITIONS_A_MINUTE),
            forbidden: Mutex::default(),
            slots: Arc::new(Semaphore::new(limits.concurrent as usize)),
            concurrent: limits.concurrent,
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    ///
    /// The seconds to wait, if it exceeds a limit.
    pub(crate) fn check(&self, requester: Requester) -> Result<(), u64> {
        if requester.autocomplete {
            return check(self.autocomplete.as_ref(), requester.member);
        }
        check(self.members.as_ref(), requester.member)?;
        match requester.server {
            Some(server) => check(self.servers.as_ref(), server),
            None => Ok(()),
        }
    }

    /// Whether a member may be asked to wait: not if that has happened within the last minute.
    pub(crate) fn may_warn(&self, member: u64) -> bool {
        self.warned.check_key(&member).is_ok()
    }

    /// Counts a question for the helpers.
    ///
    /// # Errors
    ///
    /// The seconds to wait, if the member has asked them within the last minute.
    pub(crate) fn check_helpers(&self, member: u64) -> Result<(), u64> {
        check(Some(&self.helped), member)
    }

    /// Counts an addition to the articles of a server.
    ///
    /// # Errors
    ///
    /// The seconds to wait, if there have been too many within the last minute.
    pub(crate) fn check_addition(&self, server: u64) -> Result<(), u64> {
        check(self.additions.as_ref(), server)
    }

    /// Whether a member may get an answer without having asked the bot: not if that has happened within the last minute.
    pub(crate) fn may_answer_unasked(&self, member: u64) -> bool {
        self.unasked.check_key(&member).is_ok()
    }

    /// Remembers that the bot may not write in a channel.
    pub(crate) fn forbid(&self, channel: u64) {
        self.forbidden().insert(channel, Instant::now());
    }

    /// Whether the bot was refused in a channel a moment ago.
    pub(crate) fn is_forbidden(&self, channel: u64) -> bool {
        let since = self.forbidden().get(&channel).copied();
        since.is_some_and(|since| since.elapsed() < FORBIDDEN)
    }

    fn forbidden(&self) -> MutexGuard<'_, HashMap<u64, Instant>> {
        lock(&self.forbidden)
    }

    /// A slot for one request. `None` when none becomes free in time, or when the bot is shutting down.
    pub(crate) async fn acquire(&self) -> Option<OwnedSemaphorePermit> {
        self.acquire_within(MAX_WAIT).await
    }

    /// Like [`Throttle::acquire`], where there is another time to wait.
    pub(crate) async fn acquire_within(&self, time: Duration) -> Option<OwnedSemaphorePermit> {
        let slot = Arc::clone(&self.slots).acquire_owned();
        timeout(time, slot).await.ok()?.ok()
    }

    /// Refuses new requests, and returns when those in progress are done.
    pub(crate) async fn drain(&self) {
        // The semaphore is fair: requests that wait already get their slot first.
        if let Ok(all) = self.slots.acquire_many(self.concurrent).await {
            all.forget();
        }
        self.slots.close();
    }

    /// Requests in progress.
    pub(crate) fn in_progress(&self) -> usize {
        (self.concurrent as usize).saturating_sub(self.slots.available_permits())
    }

    /// Frees the memory of members, servers and channels that have been quiet.
    pub(crate) fn prune(&self) {
        let limiters = [
            &self.members,
            &self.autocomplete,
            &self.servers,
            &self.additions,
        ];
        for limiter in
            limiters
                .into_iter()
                .flatten()
                .chain([&self.warned, &self.helped, &self.unasked])
        {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
        self.forbidden()
            .retain(|_, since| since.elapsed() < FORBIDDEN);
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
    use super::{Requester, Throttle};
    use crate::config;

    fn throttle(member: u32, server: u32) -> Throttle {
        Throttle::new(config::Limits {
            member,
            server,
            concurrent: 1,
        })
    }

    fn requester(member: u64) -> Requester {
        Requester {
            member,
            server: Some(7),
            channel: 8,
            autocomplete: false,
        }
    }

    #[test]
    fn members_and_servers_have_separate_limits() {
        let throttle = throttle(2, 3);
        assert!(throttle.check(requester(1)).is_ok() && throttle.check(requester(1)).is_ok());
        assert!((1..=31).contains(&throttle.check(requester(1)).unwrap_err()));
        assert!(throttle.check(requester(2)).is_ok());
        assert!(
            throttle.check(requester(3)).is_err(),
            "the server's fourth request"
        );
        let autocomplete = Requester {
            autocomplete: true,
            ..requester(1)
        };
        assert!(throttle.check(autocomplete).is_ok());
        let direct_message = Requester {
            server: None,
            ..requester(3)
        };
        assert!(throttle.check(direct_message).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn requests_beyond_the_limit_wait_and_are_refused() {
        let throttle = throttle(0, 0);
        let first = throttle.acquire().await;
        assert!(first.is_some() && throttle.acquire().await.is_none());
        drop(first);
        assert!(throttle.acquire().await.is_some());
    }

    #[test]
    fn zero_means_no_limit() {
        let unlimited = throttle(0, 0);
        assert!((0..1_000).all(|_| unlimited.check(requester(1)).is_ok()));
    }

    #[test]
    fn a_forbidden_channel_is_remembered() {
        let throttle = throttle(1, 1);
        throttle.forbid(1);
        throttle.prune();
        assert!(throttle.is_forbidden(1) && !throttle.is_forbidden(2));
    }

    #[test]
    fn a_member_is_warned_and_answered_unasked_once_a_minute() {
        let throttle = throttle(1, 1);
        assert!(throttle.may_warn(1) && !throttle.may_warn(1) && throttle.may_warn(2));
        assert!(throttle.may_answer_unasked(1) && !throttle.may_answer_unasked(1));
    }
}
