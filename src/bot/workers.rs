//! Threads that compute answers: a few, however many questions arrive. With a sentence model or many articles an answer
//! can take a while, and neither other requests nor heartbeats may wait for it.

use super::runtime::{MAX_WORKERS, MIN_WORKERS};
use std::thread::available_parallelism;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// The threads. Work beyond their number waits, first come, first served.
#[derive(Debug)]
pub(super) struct Workers(Semaphore);

impl Workers {
    pub(super) fn new() -> Self {
        let cores = available_parallelism().map_or(MIN_WORKERS, std::num::NonZero::get);
        Self(Semaphore::new(cores.clamp(MIN_WORKERS, MAX_WORKERS)))
    }

    /// Does `work`. `None` if it panicked.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        // A runtime of one thread is that of the simulation, where each run must be the same.
        if Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
            return Some(work());
        }
        let _free = self.0.acquire().await.ok()?;
        spawn_blocking(work).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORKERS, Workers};
    use crate::bot::runtime::runtime;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Barrier};
    use tokio::task::JoinSet;

    #[test]
    fn work_waits_for_a_thread() {
        static BUSY: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let workers = Arc::new(Workers::new());
        let count = || {
            let busy = BUSY.fetch_add(1, Ordering::SeqCst) + 1;
            MOST.fetch_max(busy, Ordering::SeqCst);
            std::thread::yield_now();
            BUSY.fetch_sub(1, Ordering::SeqCst);
        };
        runtime().unwrap().block_on(async {
            let mut all = JoinSet::new();
            for _ in 0..500 {
                let workers = Arc::clone(&workers);
                all.spawn(async move { workers.run(count).await });
            }
            assert!(all.join_all().await.iter().all(Option::is_some));
        });
        assert!((1..=MAX_WORKERS).contains(&MOST.load(Ordering::SeqCst)));
    }

    #[test]
    fn slow_work_does_not_hold_up_other_work() {
        let workers = Workers::new();
        let barrier = Arc::new(Barrier::new(2));
        let meet = || {
            let barrier = Arc::clone(&barrier);
            workers.run(move || barrier.wait())
        };
        runtime().unwrap().block_on(async {
            let (first, second) = tokio::join!(meet(), meet());
            assert!(first.is_some() && second.is_some());
        });
    }

    #[test]
    fn a_panic_costs_one_answer_only() {
        let workers = Workers::new();
        runtime().unwrap().block_on(async {
            let nothing: Option<()> = workers.run(|| panic!("a bug")).await;
            assert!(nothing.is_none());
            assert_eq!(workers.run(|| 7).await, Some(7));
        });
    }
}
