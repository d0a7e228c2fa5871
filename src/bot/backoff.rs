//! Waits between tries: each about twice as long as the one before, and never quite the same, so that bots which lost
//! Discord together do not all come back together.

use std::time::Duration;

/// How long to wait before the next try.
#[derive(Debug, Clone, Copy)]
pub(super) struct Backoff {
    next: Duration,
    most: Duration,
}

impl Backoff {
    /// From about `first` up to about `most`.
    pub(super) const fn new(first: Duration, most: Duration) -> Self {
        let next = first;
        Self { next, most }
    }

    /// The next wait: by chance between half of its length and all of it.
    pub(super) fn wait(&mut self) -> Duration {
        let whole = self.next;
        self.next = (whole * 2).min(self.most);
        whole.mul_f64(0.5 + fastrand::f64() / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Backoff;
    use std::time::Duration;

    #[test]
    fn waits_grow_to_a_limit_and_are_never_quite_the_same() {
        let second = Duration::from_secs(1);
        let mut backoff = Backoff::new(second, second * 60);
        let mut whole = second;
        for _ in 0..20 {
            let wait = backoff.wait();
            assert!(wait >= whole / 2 && wait <= whole, "{wait:?} of {whole:?}");
            whole = (whole * 2).min(second * 60);
        }
        assert_ne!(backoff.wait(), backoff.wait());
    }

    /// Discord away for ten minutes is asked a few times, and missed for a minute at most.
    #[test]
    fn ten_minutes_away_are_a_few_tries() {
        let mut backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(1));
        let (mut away, mut tries) = (Duration::ZERO, 0);
        while away < Duration::from_mins(10) {
            away += backoff.wait();
            tries += 1;
        }
        assert!((14..=28).contains(&tries), "{tries}");
        assert!(away < Duration::from_mins(11), "{away:?}");
    }
}
