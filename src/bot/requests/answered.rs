//! Messages that the bot has answered recently. Each question is answered once; an edit within a minute edits the answer.

use crate::bot::decode::{Edit, IncomingMessage};
use crate::bot::network::Network;
use crate::lock::lock;
use hashlink::LinkedHashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// How long after writing a message an edit of it edits the answer.
const EDITABLE: Duration = Duration::from_mins(1);
/// How long a message is remembered. After a reconnect Discord repeats events of the last minutes.
const REMEMBERED: Duration = Duration::from_mins(10);
/// Messages remembered at most; the oldest are dropped first.
const CAPACITY: usize = 10_000;
/// How long a slot is kept. After that no edit is answered, so that it is enough to know that the message was: this
/// takes a tenth of the memory.
const OPEN: Duration = Duration::from_mins(2);

/// What the bot did about one message. The caller that locks it has the message to itself: an edit waits until the
/// answer has been sent.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    /// The question that was answered; `None` before the first answer.
    pub(crate) question: Option<String>,
    /// The answer; `None` if there is none.
    pub(crate) answer: Option<SentReply>,
}

/// Where an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SentReply {
    /// The channel of the question, or a thread of its own.
    pub(crate) channel: u64,
    pub(crate) message: u64,
}

/// A slot for each message of the last minutes.
#[derive(Debug)]
pub(crate) struct Answered {
    network: Arc<dyn Network>,
    /// Since when, by the network's clock.
    since: SystemTime,
    recent: Mutex<Recent>,
}

/// A message that is remembered.
#[derive(Debug)]
enum Entry {
    Open(Arc<tokio::sync::Mutex<Slot>>),
    /// It was answered more than [`OPEN`] ago, by this message.
    Closed(Option<SentReply>),
}

/// Since when each message is remembered, oldest first.
#[derive(Debug, Default)]
struct Recent(LinkedHashMap<u64, (Instant, Entry)>);

impl Answered {
    pub(crate) fn new(network: Arc<dyn Network>) -> Self {
        Self {
            since: network.now(),
            network,
            recent: Mutex::default(),
        }
    }

    /// Whether a message still needs an answer. A new message does unless it was answered. An edited one does if its
    /// question has changed and it was edited in time.
    pub(crate) fn is_due(&self, message: &IncomingMessage, question: &str, slot: &Slot) -> bool {
        match (&slot.question, message.edit) {
            (known, None) => known.is_none(),
            (_, Some(edit)) if edit.after > EDITABLE => false,
            (Some(known), Some(_)) => known != question,
            (None, Some(edit)) => self.is_recent(edit),
        }
    }

    /// Whether an edit of a message that is not remembered may be new. Discord sends an edited message again, however
    /// old it is, when somebody pins it or opens a thread on it.
    fn is_recent(&self, edit: Edit) -> bool {
        // What this process has answered since then, it remembers. What was edited before it started, another process
        // may have answered.
        let remembered = self.network.now().checked_sub(REMEMBERED);
        let mine = self.since.checked_sub(EDITABLE);
        edit.at >= remembered.max(mine).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Locks the slot of a message, and creates it if needed. `None` if the message was answered so long ago that
    /// nothing more is to be done about it.
    pub(crate) async fn lock(&self, message: u64) -> Option<OwnedMutexGuard<Slot>> {
        let slot = self.slot(message)?;
        Some(slot.lock_owned().await)
    }

    /// The answer to a message, which the caller is going to delete. Waits for an answer that is being sent.
    pub(crate) async fn take_answer(&self, message: u64) -> Option<SentReply> {
        self.with_answer(message, Option::take).await?
    }

    /// Whether a message has an answer. Waits for one that is being sent.
    pub(crate) async fn has_answer(&self, message: u64) -> bool {
        let has = self.with_answer(message, |answer| answer.is_some());
        has.await.unwrap_or_default()
    }

    /// `None` if the message is not remembered.
    async fn with_answer<T>(
        &self,
        message: u64,
        act: impl FnOnce(&mut Option<SentReply>) -> T,
    ) -> Option<T> {
        let open = {
            let mut recent = lock(&self.recent);
            match recent.0.get_mut(&message)? {
                (_, Entry::Open(slot)) => Arc::clone(slot),
                (_, Entry::Closed(answer)) => return Some(act(answer)),
            }
        };
        Some(act(&mut open.lock_owned().await.answer))
    }

    fn slot(&self, message: u64) -> Option<Arc<tokio::sync::Mutex<Slot>>> {
        let mut recent = lock(&self.recent);
        let now = Instant::now();
        recent.age(now);
        match recent.0.get(&message) {
            Some((_, Entry::Open(slot))) => Some(Arc::clone(slot)),
            Some((_, Entry::Closed(_))) => None,
            None => Some(recent.add(now, message)),
        }
    }
}

impl Recent {
    /// Forgets old messages, and closes the slots of those that are older than [`OPEN`].
    fn age(&mut self, now: Instant) {
        while self
            .0
            .front()
            .is_some_and(|(_, (since, _))| now - *since > REMEMBERED)
        {
            self.0.pop_front();
        }
        let all = self.0.values_mut();
        for (_, entry) in all.take_while(|(since, _)| now - *since > OPEN) {
            entry.close();
        }
    }

    fn add(&mut self, now: Instant, message: u64) -> Arc<tokio::sync::Mutex<Slot>> {
        if self.0.len() >= CAPACITY {
            self.0.pop_front();
        }
        let slot = Arc::default();
        let entry = Entry::Open(Arc::clone(&slot));
        self.0.insert(message, (now, entry));
        slot
    }
}

impl Entry {
    /// Closes the slot if its message was answered.
    fn close(&mut self) {
        let Self::Open(slot) = self else {
            return;
        };
        let closed = slot
            .try_lock()
            .ok()
            .filter(|slot| slot.question.is_some())
            .map(|slot| Self::Closed(slot.answer));
        if let Some(closed) = closed {
            *self = closed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answered, CAPACITY, SentReply};
    use crate::bot::network::Internet;
    use std::sync::Arc;
    use std::time::Duration;
    use tokio::time::advance;

    fn answered() -> Answered {
        Answered::new(Arc::new(Internet))
    }

    async fn answer(answered: &Answered, message: u64) {
        let mut slot = answered.lock(message).await.unwrap();
        assert_eq!(slot.question, None);
        slot.question = Some("Why?".to_owned());
    }

    fn answer_to(message: u64) -> SentReply {
        SentReply {
            channel: 1,
            message: message + 10,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_is_remembered_for_ten_minutes_and_its_answer_for_two() {
        let answered = answered();
        answer(&answered, 1).await;
        advance(Duration::from_secs(119)).await;
        answer(&answered, 2).await;
        let question = answered.lock(1).await.unwrap().question.clone();
        assert_eq!(question.as_deref(), Some("Why?"));
        advance(Duration::from_secs(2)).await;
        assert!(answered.lock(1).await.is_none() && answered.lock(2).await.is_some());
        advance(Duration::from_secs(478)).await;
        assert!(answered.lock(1).await.is_none() && answered.lock(2).await.is_none());
        advance(Duration::from_secs(2)).await;
        answer(&answered, 1).await;
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_is_known_for_ten_minutes() {
        let answered = answered();
        for message in [1, 2] {
            answered.lock(message).await.unwrap().question = Some("Why?".to_owned());
            answered.lock(message).await.unwrap().answer = Some(answer_to(message));
        }
        assert!(answered.has_answer(1).await && !answered.has_answer(3).await);
        assert_eq!(answered.take_answer(1).await, Some(answer_to(1)));
        assert_eq!(answered.take_answer(1).await, None);
        assert!(!answered.has_answer(1).await);
        advance(Duration::from_mins(5)).await;
        assert!(answered.lock(2).await.is_none() && answered.has_answer(2).await);
        assert_eq!(answered.take_answer(2).await, Some(answer_to(2)));
        assert_eq!(answered.take_answer(3).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_that_was_not_answered_may_be_later() {
        let answered = answered();
        drop(answered.lock(1).await.unwrap());
        advance(Duration::from_mins(5)).await;
        answer(&answered, 1).await;
    }

    #[tokio::test(start_paused = true)]
    async fn the_oldest_is_forgotten_first() {
        let answered = answered();
        for message in 0..=CAPACITY as u64 {
            answer(&answered, message).await;
        }
        advance(Duration::from_mins(3)).await;
        answer(&answered, 0).await;
        assert!(answered.lock(2).await.is_none());
    }
}
