//! How often a host is asked: a bot with many sources must not become a burden.
//!
//! Each process keeps a pace of its own. Where several share a database, they also take turns ([`SharedPace`]).

use super::Rule;
use crate::lock::lock;
use futures_util::future::BoxFuture;
use reqwest::Url;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// Time between two requests to a host.
const GAP: Duration = Duration::from_secs(1);
/// With so many hosts, those whose turn has come are forgotten.
const MANY: usize = 1_000;

/// The turns of several processes at the same hosts.
pub trait SharedPace: fmt::Debug + Send + Sync {
    /// Books the next turn at a host, `gap` after the one before it, whichever process has that. Returns how long it is until then; none
    /// while the others cannot be asked.
    fn book(&self, host: String, gap: Duration) -> BoxFuture<'_, Duration>;
}

/// The pace of all requests of this process.
#[derive(Debug)]
pub(super) struct Pace {
    state: Mutex<State>,
    /// Whether time is played: it goes on where somebody waits, and at no other time.
    played: bool,
    /// That of all processes, if there are others.
    shared: Option<Arc<dyn SharedPace>>,
}

#[derive(Debug)]
struct State {
    /// When a host may be asked again.
    next: HashMap<String, Instant>,
    /// The played time.
    now: Instant,
}

impl Pace {
    pub(super) fn new(rule: Rule) -> Self {
        let state = State {
            next: HashMap::new(),
            now: Instant::now(),
        };
        Self {
            state: Mutex::new(state),
            played: rule == Rule::Played,
            shared: None,
        }
    }

    pub(super) fn sharing(self, shared: Arc<dyn SharedPace>) -> Self {
        let shared = Some(shared);
        Self { shared, ..self }
    }

    /// Waits until it is the turn of a request to the host of an address.
    pub(super) async fn turn(&self, url: &Url) {
        let host = url.host_str().unwrap_or_default();
        let host = format!("{host}:{}", url.port_or_known_default().unwrap_or_default());
        let pause = self.book(host.clone());
        self.wait(pause).await;
        if let Some(shared) = &self.shared {
            let pause = shared.book(host, GAP).await;
            self.wait(pause).await;
        }
    }

    /// Books the next turn at a host. Returns how long it is until then.
    fn book(&self, host: String) -> Duration {
        let now = self.now();
        let mut state = lock(&self.state);
        if state.next.len() > MANY {
            state.next.retain(|_, next| *next > now);
        }
        let next = state.next.entry(host).or_insert(now);
        let turn = (*next).max(now);
        *next = turn + GAP;
        turn - now
    }

    pub(super) async fn wait(&self, time: Duration) {
        if self.played {
            let mut state = lock(&self.state);
            state.now += time;
        } else if !time.is_zero() {
            sleep(time).await;
        }
    }

    fn now(&self) -> Instant {
        if !self.played {
            return Instant::now();
        }
        let state = lock(&self.state);
        state.now
    }
}

#[cfg(test)]
mod tests {
    use super::{Pace, Rule, SharedPace};
    use futures_util::future::BoxFuture;
    use reqwest::Url;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    #[tokio::test]
    async fn a_host_gets_one_request_a_second() {
        let pace = Pace::new(Rule::Played);
        let begun = pace.now();
        let turn = async |address: &str| {
            pace.turn(&Url::parse(address).unwrap()).await;
            (pace.now() - begun).as_secs()
        };
        for second in 0..500 {
            assert_eq!(turn("https://a.example/x").await, second);
        }
        // Another host need not wait, nor one that was left alone.
        assert_eq!(turn("https://b.example/").await, 499);
        pace.wait(Duration::from_secs(10)).await;
        assert_eq!(turn("https://a.example/y").await, 509);
    }

    /// Another process has booked so many turns, at whichever host.
    #[derive(Debug)]
    struct Booked(Mutex<u32>);

    impl SharedPace for Booked {
        fn book(&self, _host: String, gap: Duration) -> BoxFuture<'_, Duration> {
            let mut turns = self.0.lock().unwrap();
            let pause = gap * *turns;
            *turns += 1;
            Box::pin(async move { pause })
        }
    }

    #[tokio::test]
    async fn the_turns_of_other_processes_are_waited_for() {
        let pace = Pace::new(Rule::Played).sharing(Arc::new(Booked(Mutex::new(3))));
        let begun = pace.now();
        pace.turn(&Url::parse("https://a.example/").unwrap()).await;
        assert_eq!((pace.now() - begun).as_secs(), 3);
    }

    #[tokio::test]
    async fn requests_at_the_same_time_take_turns() {
        let pace = Pace::new(Rule::Public);
        let pauses = [(); 3].map(|()| {
            pace.book("a.example".to_owned())
                .as_millis()
                .div_ceil(1_000)
        });
        assert_eq!(pauses, [0, 1, 2]);
    }
}
