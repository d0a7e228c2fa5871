//! Threads that compute answers: a few, however many questions arrive. With a sentence model or many articles an answer
//! can take a while, and neither other requests nor heartbeats may wait for it.
//!
//! Most answers take a fraction of a millisecond, and to wake a thread and be woken by it would add a good part of that. So while
//! answers are quick, each is computed where its request is.
//!
//! Files that members and sources bring are read on threads of their own: a large one takes seconds, and answers don't wait for it.

use crate::bot::system::runtime::{MAX_WORKERS, MIN_WORKERS, READERS};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Answers that take less than this are quick: others can wait for them.
const QUICK: Duration = Duration::from_millis(1);

/// An answer makes up this part of what is expected of the next one: the last dozen count most.
const WEIGHT: u64 = 16;

/// The threads. Work beyond their number waits, first come, first served.
#[derive(Debug)]
pub(super) struct Workers {
    /// For answers; `None` without threads.
    free: Option<Arc<Semaphore>>,
    /// For reading files; `None` without threads.
    reading: Option<Arc<Semaphore>>,
    /// How long the next answer may take, in microseconds: a moving average, so that a single answer during which the system was
    /// busy with something else counts little.
    expected: AtomicU64,
}

impl Workers {
    pub(super) fn new() -> Self {
        let cores = available_parallelism().map_or(MIN_WORKERS, std::num::NonZero::get);
        let threads = |number| Some(Arc::new(Semaphore::new(number)));
        Self {
            free: threads(cores.clamp(MIN_WORKERS, MAX_WORKERS)),
            reading: threads(READERS),
            expected: AtomicU64::new(micros(QUICK)),
        }
    }

    /// No threads: everything is computed where it is asked for, and the same events always lead to the same answers.
    pub(super) fn none() -> Self {
        Self {
            free: None,
            reading: None,
            ..Self::new()
        }
    }

    /// Computes an answer, and returns it with the time that it took. `None` if it panicked.
    pub(super) async fn answer<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<(T, Duration)> {
        let timed = move || {
            let start = Instant::now();
            let answer = work();
            (answer, start.elapsed())
        };
        let answered = if self.free.is_some() && self.is_quick() {
            catch_unwind(AssertUnwindSafe(timed)).ok()
        } else {
            self.run(timed).await
        };
        if let Some((_, took)) = &answered {
            self.note(*took);
        }
        answered
    }

    /// Whether the next answer is likely to be quick.
    fn is_quick(&self) -> bool {
        self.expected.load(Ordering::Relaxed) < micros(QUICK)
    }

    fn note(&self, took: Duration) {
        // Two at once may lose one of them, which does not matter.
        let expected = self.expected.load(Ordering::Relaxed);
        let next = expected - expected / WEIGHT + micros(took) / WEIGHT;
        self.expected.store(next, Ordering::Relaxed);
    }

    /// Does `work`. `None` if it panicked.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        run_on(self.free.as_ref(), work).await
    }

    /// Reads files. `None` if that panicked.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        run_on(self.reading.as_ref(), work).await
    }
}

async fn run_on<T: Send + 'static>(
    threads: Option<&Arc<Semaphore>>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let Some(threads) = threads else {
        return Some(work());
    };
    let thread = Arc::clone(threads).acquire_owned().await.ok()?;
    let work = move || {
        // Until the work is done, even if nobody waits for it any more.
        let _thread = thread;
        work()
    };
    spawn_blocking(work).await.ok()
}

fn micros(time: Duration) -> u64 {
    time.as_micros() as u64
}

#[cfg(test)]
mod tests {
    use super::{MAX_WORKERS, QUICK, READERS, Workers, micros};
    use crate::bot::system::runtime::runtime;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::channel;
    use std::sync::{Arc, Barrier, Mutex};
    use std::time::Duration;
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
    fn answers_do_not_wait_for_files_that_are_being_read() {
        let workers = Arc::new(Workers::new());
        let (begun, reads) = channel();
        let (end, ended) = channel::<()>();
        let ended = Arc::new(Mutex::new(ended));
        runtime().unwrap().block_on(async {
            let mut reading = JoinSet::new();
            for _ in 0..2 * MAX_WORKERS {
                let (workers, begun, ended) =
                    (Arc::clone(&workers), begun.clone(), Arc::clone(&ended));
                let read = move || {
                    begun.send(()).unwrap();
                    ended.lock().unwrap().recv().unwrap_err();
                };
                reading.spawn(async move { workers.read(read).await });
            }
            assert_eq!(reads.iter().take(READERS).count(), READERS);
            assert_eq!(workers.run(|| 7).await, Some(7));
            assert!(reads.try_recv().is_err(), "further files wait");
            drop(end);
            assert!(reading.join_all().await.iter().all(Option::is_some));
        });
    }

    /// Whether the answer is computed on the thread that asks for it, if answers are expected to take this long.
    async fn is_computed_here(expected: Duration) -> bool {
        let workers = Workers::new();
        workers.expected.store(micros(expected), Ordering::Relaxed);
        let answered = workers.answer(|| std::thread::current().id()).await;
        answered.unwrap().0 == std::thread::current().id()
    }

    #[test]
    fn quick_answers_are_computed_where_they_are_asked_for() {
        let asking = async {
            assert!(is_computed_here(QUICK / 2).await);
            assert!(!is_computed_here(QUICK).await);
            let answered = quick().answer(|| -> u8 { panic!("a bug") }).await;
            assert!(answered.is_none());
        };
        let runtime = runtime().unwrap();
        runtime.block_on(async { tokio::spawn(asking).await.unwrap() });
    }

    fn quick() -> Workers {
        let workers = Workers::new();
        workers.note(QUICK / 50);
        workers
    }

    #[test]
    fn answers_are_quick_if_most_of_the_last_ones_were() {
        let workers = Workers::new();
        assert!(!workers.is_quick(), "nothing is known yet");
        let note = |count: u32, took: Duration| (0..count).for_each(|_| workers.note(took));
        note(1, QUICK / 50);
        assert!(workers.is_quick());
        note(50, QUICK / 50);
        // The system may have been busy with something else.
        note(1, QUICK * 5);
        assert!(workers.is_quick());
        note(3, QUICK * 10);
        assert!(!workers.is_quick());
        note(30, QUICK / 50);
        assert!(workers.is_quick());
        for _ in 0..50 {
            note(3, QUICK / 50);
            note(1, QUICK * 10);
        }
        assert!(!workers.is_quick(), "every fourth takes long");
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
