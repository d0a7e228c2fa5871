//! The last question that was answered in each channel, for questions that need it: `and on linux?`.

use crate::lock::lock;
use hashlink::LinkedHashMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::time::Instant;

/// Channels remembered, at most; the one whose last answer is the oldest is forgotten first.
const MAX_CHANNELS: usize = 1_000;
/// How long a member may continue in a channel, where others ask, too. In a thread, there is no limit.
const CONTINUES: Duration = Duration::from_mins(10);

/// A member in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asker {
    pub(crate) channel: u64,
    pub(crate) member: u64,
}

/// The last questions by channel, oldest first.
#[derive(Debug, Default)]
pub(crate) struct LastQuestions(Mutex<LinkedHashMap<u64, Last>>);

#[derive(Debug)]
struct Last {
    /// `None` in a thread that the bot has opened, where anybody may go on.
    member: Option<u64>,
    question: String,
    at: Instant,
}

impl LastQuestions {
    pub(crate) fn set(&self, asker: Asker, question: &str) {
        self.insert(asker.channel, Some(asker.member), question);
    }

    /// The question in a thread that the bot has opened.
    pub(crate) fn set_in_thread(&self, thread: u64, question: &str) {
        self.insert(thread, None, question);
    }

    fn insert(&self, channel: u64, member: Option<u64>, question: &str) {
        let mut channels = lock(&self.0);
        let before = channels.get(&channel);
        let is_opened = before.is_some_and(|before| before.member.is_none());
        let last = Last {
            member: member.filter(|_| !is_opened),
            question: question.to_owned(),
            at: Instant::now(),
        };
        // Unlike `replace`, this moves the channel to the end.
        channels.insert(channel, last);
        if channels.len() > MAX_CHANNELS {
            channels.pop_front();
        }
    }

    /// The last question in the channel: in a thread anybody's, elsewhere the member's own, for a while.
    pub(crate) fn get(&self, asker: Asker, is_thread: bool) -> Option<String> {
        let channels = lock(&self.0);
        let last = channels.get(&asker.channel)?;
        let continues = last.member == Some(asker.member) && last.at.elapsed() < CONTINUES;
        (is_thread || last.member.is_none() || continues).then(|| last.question.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{Asker, CONTINUES, LastQuestions, MAX_CHANNELS};
    use tokio::time::advance;

    fn asker(channel: u64, member: u64) -> Asker {
        Asker { channel, member }
    }

    #[tokio::test(start_paused = true)]
    async fn a_member_continues_their_own_question_and_in_threads_anybodys() {
        let last = LastQuestions::default();
        last.set(asker(1, 7), "Why?");
        assert_eq!(last.get(asker(1, 7), false).as_deref(), Some("Why?"));
        assert_eq!(last.get(asker(1, 8), false), None);
        assert_eq!(last.get(asker(1, 8), true).as_deref(), Some("Why?"));
        assert_eq!(last.get(asker(2, 7), true), None);
        last.set(asker(1, 8), "How?");
        assert_eq!(last.get(asker(1, 7), false), None);
        advance(CONTINUES).await;
        assert_eq!(last.get(asker(1, 8), false), None);
        assert_eq!(last.get(asker(1, 8), true).as_deref(), Some("How?"));
    }

    #[test]
    fn in_a_thread_of_the_bots_own_anybody_continues() {
        let last = LastQuestions::default();
        last.set_in_thread(1, "Why?");
        assert_eq!(last.get(asker(1, 8), false).as_deref(), Some("Why?"));
        last.set(asker(1, 8), "How?");
        assert_eq!(last.get(asker(1, 9), false).as_deref(), Some("How?"));
    }

    #[tokio::test(start_paused = true)]
    async fn channels_are_bounded() {
        let last = LastQuestions::default();
        for channel in 0..MAX_CHANNELS as u64 {
            last.set(asker(channel, 7), "Why?");
        }
        last.set(asker(0, 7), "How?");
        last.set(asker(MAX_CHANNELS as u64, 7), "Why?");
        assert_eq!(last.get(asker(1, 7), true), None, "the oldest is forgotten");
        assert_eq!(last.get(asker(0, 7), true).as_deref(), Some("How?"));
    }
}
