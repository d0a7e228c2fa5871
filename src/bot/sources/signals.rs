//! What lets sources be looked at again: one is due, or an event tells of a change.

use crate::bot::decode::Event;
use crate::bot::sources::forum_events::ForumEvents;
use crate::bot::sources::gate_events::GateEvents;
use tokio::sync::Notify;

/// What the tasks that look at sources wait for.
#[derive(Debug)]
pub(crate) struct Signals {
    /// Names the process.
    pub(crate) process: u64,
    /// A source has become due.
    pub(crate) due: Notify,
    pub(crate) forums: ForumEvents,
    pub(crate) gates: GateEvents,
    /// Whether the posts of forums can be read.
    reads_messages: bool,
}

impl Signals {
    pub(crate) fn new(reads_messages: bool) -> Self {
        Self {
            process: fastrand::u64(..),
            due: Notify::new(),
            forums: ForumEvents::default(),
            gates: GateEvents::default(),
            reads_messages,
        }
    }

    /// Says that a source may have become due.
    pub(crate) fn wake(&self) {
        self.due.notify_one();
    }

    /// Takes note of what an event may have changed.
    pub(crate) fn note(&self, event: &Event) {
        if self.reads_messages {
            self.forums.note(event);
        }
        self.gates.note(event);
    }
}
