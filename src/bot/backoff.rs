//! Exponential backoff with jitter, so that bots which lost Discord at the same time do not return at the same time.

use std::time::Duration;

/// The delays before a series of retries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Backoff {
    next: Duration,
    max: Duration,
}

impl Backoff {
    /// Delays that start at about `first` and double up to about `max`.
    pub(super) const fn new(first: Duration, max: Duration) -> Self {
        Self { next: first, max }
    }

    /// The next delay: random between half of its nominal length and all of it.
    pub(super) fn next_delay(&mut self) -> Duration {
        let nominal = self.next;
        self.next = (nominal * 2).min(self.max);
        nominal.mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Backoff;
    use std::time::Duration;

    #[test]
    fn delays_double_up_to_a_limit_with_jitter() {
        let second = Duration::from_secs(1);
        let mut backoff = Backoff::new(second, second * 60);
        let mut nominal = second;
        for _ in 0..20 {
            let delay = backoff.next_delay();
            assert!(
                delay >= nominal / 2 && delay <= nominal,
                "{delay:?} of {nominal:?}"
            );
            nominal = (nominal * 2).min(second * 60);
        }
        assert_ne!(backoff.next_delay(), backoff.next_delay());
    }

    /// During an outage of ten minutes Discord is tried a few times, and found again after a minute at most.
    #[test]
    fn an_outage_of_ten_minutes_takes_a_few_tries() {
        let mut backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(1));
        let (mut elapsed, mut tries) = (Duration::ZERO, 0);
        while elapsed < Duration::from_mins(10) {
            elapsed += backoff.next_delay();
            tries += 1;
        }
        assert!((14..=28).contains(&tries), "{tries}");
        assert!(elapsed < Duration::from_mins(11), "{elapsed:?}");
    }
}
