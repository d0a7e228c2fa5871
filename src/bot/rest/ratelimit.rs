//! Rate limits as Discord tells them: who may send next, and when.
//!
//! Requests to one channel go one after the other, so that what Discord says is left after one of them holds
//! for the next. Answers to interactions wait for nobody: each is the only one of its kind.

use crate::bot::rest::route::Route;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex as Line, OwnedMutexGuard};
use tokio::time::{Instant, sleep_until};

/// Requests that Discord counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Bucket {
    /// An answer to an interaction: limits over all do not count here.
    Interaction,
    /// Messages of a channel.
    Channel(u64),
    /// Everything else.
    Other,
}

/// When each bucket may be used again.
#[derive(Debug, Default)]
pub(crate) struct Queues {
    lines: Mutex<HashMap<Bucket, Arc<Line<Open>>>>,
    /// When anything may be sent again, after a limit over all.
    all: Mutex<Open>,
}

/// When it is open again; `None` for now.
type Open = Option<Instant>;

/// The right to send. Whoever has it is alone in its bucket.
#[derive(Debug)]
pub(crate) struct Turn<'a> {
    queues: &'a Queues,
    /// When this bucket may be used; `None` for answers to interactions.
    line: Option<OwnedMutexGuard<Open>>,
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

impl Queues {
    /// Waits to be the next.
    pub(crate) async fn turn(&self, bucket: Bucket) -> Turn<'_> {
        if bucket == Bucket::Interaction {
            let line = None;
            return Turn { queues: self, line };
        }
        let line = Arc::clone(lock(&self.lines).entry(bucket).or_default());
        let line = Some(line.lock_owned().await);
        Turn { queues: self, line }
    }

    /// Nothing is sent for so long.
    pub(crate) fn pause_all(&self, time: Duration) {
        *lock(&self.all) = Some(Instant::now() + time);
    }

    /// Forgets the buckets that nobody waits in.
    pub(crate) fn tidy(&self) {
        let now = Instant::now();
        lock(&self.lines).retain(|_, line| {
            let idle = |line: &Line<Open>| {
                line.try_lock()
                    .is_ok_and(|until| until.is_none_or(|until| until <= now))
            };
            Arc::strong_count(line) > 1 || !idle(line)
        });
    }
}

impl Turn<'_> {
    /// Waits until Discord takes requests again; fails when that is after the deadline.
    pub(crate) async fn wait(&self, deadline: Instant) -> Result<(), ()> {
        let Some(line) = &self.line else {
            return Ok(());
        };
        let all = *lock(&self.queues.all);
        let Some(until) = all.max(**line) else {
            return Ok(());
        };
        if until >= deadline {
            return Err(());
        }
        sleep_until(until).await;
        Ok(())
    }

    /// The bucket is not used for so long.
    pub(crate) fn pause(&mut self, time: Duration) {
        if let Some(line) = &mut self.line {
            **line = Some(Instant::now() + time);
        }
    }
}

/// A panic elsewhere does not make these values wrong.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
