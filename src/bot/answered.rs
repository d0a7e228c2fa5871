//! Questions in messages that were answered a moment ago: each is answered once, and one that is edited within
//! a minute has its answer edited.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex as Line, OwnedMutexGuard};
use tokio::time::Instant;

/// How long an edit of the question edits the answer.
pub(super) const EDITABLE: Duration = Duration::from_mins(1);
/// How long a message is remembered: events of a lost connection come again within minutes.
const REMEMBERED: Duration = Duration::from_mins(10);
/// Messages that are remembered at most.
const MOST: usize = 10_000;

/// What was done about a message. Whoever holds it is alone with it: an edit waits for the answer.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// The question as it was answered; `None` before that.
    pub(super) question: Option<String>,
    /// The answer's message, if there is one.
    pub(super) answer: Option<u64>,
}

/// The messages of the last minutes.
#[derive(Debug, Default)]
pub(super) struct Answered {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    slots: HashMap<u64, Arc<Line<Slot>>>,
    /// Oldest first.
    order: VecDeque<(Instant, u64)>,
}

impl Answered {
    /// What was done about a message, once nobody else is at it.
    pub(super) async fn slot(&self, message: u64) -> OwnedMutexGuard<Slot> {
        let slot = self.find(message);
        slot.lock_owned().await
    }

    fn find(&self, message: u64) -> Arc<Line<Slot>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = inner.slots.get(&message) {
            return Arc::clone(slot);
        }
        let now = Instant::now();
        while let Some(&(since, oldest)) = inner.order.front()
            && (now - since > REMEMBERED || inner.order.len() >= MOST)
        {
            inner.order.pop_front();
            inner.slots.remove(&oldest);
        }
        inner.order.push_back((now, message));
        Arc::clone(inner.slots.entry(message).or_default())
    }
}
