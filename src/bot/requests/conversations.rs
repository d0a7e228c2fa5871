//! Who has written lately in channels where the bot answers without being asked, so that it stays out of conversations.

use crate::bot::decode::IncomingMessage;
use crate::lock::lock;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

/// Channels remembered, at most. Beyond that, the half where nobody has written for the longest is forgotten.
const MAX_CHANNELS: usize = 10_000;
/// How long a moderator's message keeps the bot out of a channel. In a thread, it does for as long as it is remembered: a
/// moderator who has written there looks after it.
const CONVERSATION_MS: u64 = 5 * 60 * 1_000;
/// The bits of an id below its time in milliseconds.
const TIME: u32 = 22;

/// The latest messages of each channel.
#[derive(Debug, Default)]
pub(crate) struct Conversations(Mutex<HashMap<u64, Conversation>>);

#[derive(Debug, Clone, Copy, Default)]
struct Conversation {
    everybody: Latest,
    moderators: Latest,
}

/// The latest message and who wrote it, and the latest one by anybody else. All are ids, which grow with time; 0 for none.
#[derive(Debug, Clone, Copy, Default)]
struct Latest {
    message: u64,
    author: u64,
    by_another: u64,
}

/// A message, by its ids.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    pub(crate) channel: u64,
    pub(crate) author: u64,
    pub(crate) message: u64,
}

impl Written {
    pub(crate) fn of(message: &IncomingMessage) -> Self {
        Self {
            channel: message.channel,
            author: message.author,
            message: message.id,
        }
    }
}

impl Conversations {
    pub(crate) fn note(&self, written: Written, by_moderator: bool) {
        let mut all = self.lock();
        if all.len() >= MAX_CHANNELS && !all.contains_key(&written.channel) {
            forget_half(&mut all);
        }
        let conversation = all.entry(written.channel).or_default();
        conversation.everybody.note(written);
        if by_moderator {
            conversation.moderators.note(written);
        }
    }

    /// Whether somebody else has written after a message.
    pub(crate) fn goes_on_after(&self, asked: Written) -> bool {
        let latest = self.get(asked.channel).everybody.except(asked.author);
        latest > asked.message
    }

    /// Whether a moderator, other than its author, wrote in the channel before a message.
    pub(crate) fn has_moderator(&self, asked: Written, is_thread: bool) -> bool {
        let latest = self.get(asked.channel).moderators.except(asked.author);
        let age = (asked.message >> TIME).saturating_sub(latest >> TIME);
        latest > 0 && (is_thread || age < CONVERSATION_MS)
    }

    fn get(&self, channel: u64) -> Conversation {
        self.lock().get(&channel).copied().unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Conversation>> {
        lock(&self.0)
    }
}

impl Latest {
    fn note(&mut self, written: Written) {
        let Written {
            author, message, ..
        } = written;
        if message > self.message {
            if author != self.author {
                self.by_another = self.message;
            }
            (self.message, self.author) = (message, author);
        } else if author != self.author {
            self.by_another = self.by_another.max(message);
        }
    }

    /// The latest message that this member did not write.
    fn except(self, author: u64) -> u64 {
        if self.author == author {
            self.by_another
        } else {
            self.message
        }
    }
}

fn forget_half(all: &mut HashMap<u64, Conversation>) {
    let mut messages: Vec<u64> = all.values().map(|it| it.everybody.message).collect();
    let middle = messages.len() / 2;
    let (_, median, _) = messages.select_nth_unstable(middle);
    let median = *median;
    all.retain(|_, conversation| conversation.everybody.message > median);
}

#[cfg(test)]
mod tests {
    use super::{CONVERSATION_MS, Conversations, MAX_CHANNELS, TIME, Written};

    fn written(author: u64, message: u64) -> Written {
        Written {
            channel: 1,
            author,
            message,
        }
    }

    #[test]
    fn only_others_continue_a_conversation() {
        let all = Conversations::default();
        all.note(written(7, 10), false);
        all.note(written(7, 11), false);
        assert!(!all.goes_on_after(written(7, 10)));
        all.note(written(8, 12), false);
        all.note(written(7, 13), false);
        assert!(all.goes_on_after(written(7, 10)) && all.goes_on_after(written(7, 11)));
        assert!(!all.goes_on_after(written(7, 13)));
        // Events may come late.
        all.note(written(9, 14), false);
        all.note(written(7, 20), false);
        all.note(written(8, 18), false);
        assert!(all.goes_on_after(written(7, 17)) && !all.goes_on_after(written(7, 19)));
        let elsewhere = Written {
            channel: 2,
            ..written(7, 10)
        };
        assert!(!all.goes_on_after(elsewhere));
    }

    #[test]
    fn a_moderator_keeps_the_bot_out_for_a_while_and_of_threads_for_long() {
        let all = Conversations::default();
        let at = |millis: u64| (1_000_000 + millis) << TIME;
        all.note(written(7, at(0)), true);
        let soon = written(8, at(CONVERSATION_MS - 1));
        let later = written(8, at(CONVERSATION_MS));
        assert!(all.has_moderator(soon, false) && all.has_moderator(soon, true));
        assert!(!all.has_moderator(later, false) && all.has_moderator(later, true));
        assert!(
            !all.has_moderator(written(7, at(1)), true),
            "their own question"
        );
        all.note(written(6, at(1)), false);
        assert!(!all.has_moderator(written(7, at(2)), true));
    }

    #[test]
    fn channels_are_bounded() {
        let all = Conversations::default();
        for channel in 1..=3 * MAX_CHANNELS as u64 {
            let message = Written {
                channel,
                author: 7,
                message: channel,
            };
            all.note(message, false);
        }
        assert!(all.lock().len() <= MAX_CHANNELS);
        assert!(all.lock().contains_key(&(3 * MAX_CHANNELS as u64)));
    }
}
