//! Messages that the bot has answered recently. Each question is answered once; an edit within a minute edits the answer.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// How long after writing a message an edit of it edits the answer.
pub(super) const EDITABLE: Duration = Duration::from_mins(1);
/// How long a message is remembered. After a reconnect Discord repeats events of the last minutes.
const REMEMBERED: Duration = Duration::from_mins(10);
/// Messages remembered at most; the oldest are dropped first.
const CAPACITY: usize = 10_000;

/// What the bot did about one message. The caller that locks it has the message to itself: an edit waits until the
/// answer has been sent.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// The question that was answered; `None` before the first answer.
    pub(super) question: Option<String>,
    /// Id of the answer's message; `None` if there is none.
    pub(super) answer: Option<u64>,
}

/// A slot for each message of the last minutes.
#[derive(Debug, Default)]
pub(super) struct Answered {
    recent: Mutex<Recent>,
}

#[derive(Debug, Default)]
struct Recent {
    slots: HashMap<u64, Arc<tokio::sync::Mutex<Slot>>>,
    /// Oldest first.
    order: VecDeque<(Instant, u64)>,
}

impl Answered {
    /// Locks the slot of a message, and creates it if needed.
    pub(super) async fn lock(&self, message: u64) -> OwnedMutexGuard<Slot> {
        let slot = self.slot(message);
        slot.lock_owned().await
    }

    fn slot(&self, message: u64) -> Arc<tokio::sync::Mutex<Slot>> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = recent.slots.get(&message) {
            return Arc::clone(slot);
        }
        let now = Instant::now();
        while let Some(&(since, oldest)) = recent.order.front()
            && (now - since > REMEMBERED || recent.order.len() >= CAPACITY)
        {
            recent.order.pop_front();
            recent.slots.remove(&oldest);
        }
        recent.order.push_back((now, message));
        Arc::clone(recent.slots.entry(message).or_default())
    }
}
