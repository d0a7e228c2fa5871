//! How long this process may speak for its shards, where several share them.
//!
//! It may until its lease ends, by its own clock and a moment earlier than the others see it end. A process that was stopped and
//! goes on says nothing before it has renewed its lease, and what it had begun is dropped if it has lost it.

use crate::bot::sharding::allotment::LEASE;
use std::future::Future;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// How much earlier its owner thinks that a lease ends.
const MARGIN: Duration = Duration::from_secs(1);

/// How long a lease lasts for its owner, from when it asked for it.
pub(crate) const LASTS: Duration = LEASE.saturating_sub(MARGIN);

/// How a renewal went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// The lease was renewed.
    Confirmed,
    /// It was lost.
    Refused,
    /// The database did not answer.
    Unanswered,
}

/// When a lease ends that was renewed; `None` if it is lost. While the database is away, nobody else can be given the shards, so
/// they are held on to; but not by a process that has slept beyond its lease, for another may have got them before.
pub(crate) fn renewed(
    until: Duration,
    sent: Duration,
    now: Duration,
    renewal: Renewal,
) -> Option<Duration> {
    match renewal {
        Renewal::Confirmed => Some(sent + LASTS),
        Renewal::Unanswered if now < until => Some(until.max(now + LASTS)),
        Renewal::Unanswered | Renewal::Refused => None,
    }
}

/// Whether this process may speak.
#[derive(Debug)]
pub(crate) struct Tenure(watch::Sender<Term>);

#[derive(Debug, Clone, Copy)]
struct Term {
    /// Rises when the lease is lost.
    number: u64,
    /// `None` for a process that shares its shards with nobody.
    until: Option<Instant>,
}

impl Default for Tenure {
    /// For a process that shares its shards with nobody.
    fn default() -> Self {
        let (number, until) = (0, None);
        Self(watch::Sender::new(Term { number, until }))
    }
}

impl Tenure {
    /// The number of the term, for [`Tenure::during`].
    pub(crate) fn term(&self) -> u64 {
        self.0.borrow().number
    }

    /// Until when it lasts.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.0.borrow().until
    }

    /// The term lasts until then.
    pub(crate) fn extend(&self, until: Instant) {
        self.0.send_modify(|term| term.until = Some(until));
    }

    /// The term is over. The next one lasts once it is extended.
    pub(crate) fn end(&self) {
        self.0.send_modify(|term| {
            term.number += 1;
            term.until = Some(Instant::now());
        });
    }

    /// Completes while it lasts: at once, unless this process has slept, or has lost its lease.
    pub(crate) async fn lasts(&self) {
        let mut terms = self.0.subscribe();
        let lasts = |term: &Term| term.until.is_none_or(|until| Instant::now() < until);
        // Fails without a sender only.
        let _ = terms.wait_for(lasts).await;
    }

    /// Does `work` while a term lasts, and drops it when it is over.
    pub(crate) async fn during(&self, term: u64, work: impl Future<Output = ()>) {
        let mut terms = self.0.subscribe();
        tokio::select! {
            biased;
            _ = terms.wait_for(|now| now.number != term) => {}
            () = async {
                self.lasts().await;
                work.await;
            } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LASTS, LEASE, Renewal, Tenure, renewed};
    use proptest::prelude::{prop_assert, proptest};
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;
    use tokio::time::{Instant, advance, timeout};

    proptest! {
        /// Others give a process up when they have seen no renewal for [`LEASE`], and see each one after it was sent.
        #[test]
        fn an_owner_thinks_that_its_lease_ends_before_others_do(
            renewals in proptest::collection::vec((0..40_000_u64, 0..20_000_u64), 1..20),
        ) {
            let (mut now, mut until) = (Duration::ZERO, LASTS);
            for (pause, took) in renewals {
                let sent = now + Duration::from_millis(pause);
                now = sent + Duration::from_millis(took);
                if let Some(renewed) = renewed(until, sent, now, Renewal::Confirmed) {
                    until = renewed;
                }
                prop_assert!(until < sent + LEASE);
            }
        }

        #[test]
        fn without_an_answer_only_who_was_awake_holds_on(until in 0..60_000_u64, now in 0..60_000_u64) {
            let (until, now) = (Duration::from_millis(until), Duration::from_millis(now));
            let held = renewed(until, now, now, Renewal::Unanswered);
            assert_eq!(held.is_some(), now < until);
            prop_assert!(held.is_none_or(|held| held >= until && held > now));
            assert_eq!(renewed(until, now, now, Renewal::Refused), None);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_said_after_the_end() {
        let tenure = Tenure::default();
        tenure.lasts().await;
        let second = Duration::from_secs(1);
        tenure.extend(Instant::now() + second);
        tenure.lasts().await;
        advance(second).await;
        assert!(timeout(second, tenure.lasts()).await.is_err());
        tenure.extend(Instant::now() + second);
        tenure.lasts().await;
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_begun_in_a_term_that_is_lost_is_dropped() {
        let tenure = Tenure::default();
        let said = AtomicBool::new(false);
        let say = async { said.store(true, Ordering::Relaxed) };
        let term = tenure.term();
        tenure.end();
        tenure.extend(Instant::now() + LEASE);
        tenure.during(term, say).await;
        assert!(!said.load(Ordering::Relaxed));
        let say = async { said.store(true, Ordering::Relaxed) };
        tenure.during(tenure.term(), say).await;
        assert!(said.load(Ordering::Relaxed));
    }
}
