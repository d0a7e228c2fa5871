//! Posts of forums that events were heard of: `forum_posts.rs` reads them soon, instead of at the next look at the whole forum.
//!
//! A message that is written, edited, deleted or pinned touches the channel that it is in, and so does a change of the thread itself. A few
//! seconds later, of the channels that were touched in servers with a forum as a source, the posts of those forums are read. What is missed while
//! the bot is away is found at the next look.

use crate::bot::decode::{ChannelEvent, ChannelType, Event};
use crate::lock::lock;
use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::sync::{Arc, Mutex};
use tokio::sync::Notify;

/// Touched channels that are remembered. Of more, the changes are found at the next look.
const MAX_TOUCHED: usize = 10_000;

/// Channels by server and id, each with what it is in if the event said so.
pub(crate) type Touched = BTreeMap<(u64, u64), Option<u64>>;
/// The sources of a server that are forums: source and forum.
pub(crate) type Forums = Arc<[(u64, u64)]>;

/// What was heard of.
#[derive(Debug, Default)]
pub(crate) struct ForumEvents {
    touched: Mutex<Touched>,
    /// The forums of servers, and of which version of the server's articles they are.
    forums: Mutex<HashMap<u64, (u64, Forums)>>,
    heard: Notify,
}

impl ForumEvents {
    /// Takes note of what an event may have changed.
    pub(crate) fn note(&self, event: &Event) {
        match event {
            Event::Message(message) => self.touch(message.server, message.channel, None),
            Event::Deleted(deleted) => self.touch(deleted.server, deleted.channel, None),
            Event::Pins { server, channel } => self.touch(Some(*server), *channel, None),
            Event::Channel { server, event } => match event {
                ChannelEvent::Changed(channel) if channel.kind == ChannelType::Thread => {
                    self.touch(Some(*server), channel.id, channel.parent);
                }
                ChannelEvent::Deleted { id, parent } => self.touch(Some(*server), *id, *parent),
                _ => {}
            },
            _ => {}
        }
    }

    pub(crate) fn touch(&self, server: Option<u64>, channel: u64, parent: Option<u64>) {
        let Some(server) = server else {
            return;
        };
        let mut touched = lock(&self.touched);
        if touched.len() >= MAX_TOUCHED {
            return;
        }
        let known = touched.entry((server, channel)).or_default();
        *known = parent.or(*known);
        drop(touched);
        self.heard.notify_one();
    }

    /// Waits until something is heard of.
    pub(crate) async fn heard(&self) {
        self.heard.notified().await;
    }

    /// Takes what was touched.
    pub(crate) fn take(&self) -> Touched {
        mem::take(&mut *lock(&self.touched))
    }

    /// The forums of a server, if they are known for this version of its articles.
    pub(crate) fn forums(&self, server: u64, version: u64) -> Option<Forums> {
        let forums = lock(&self.forums);
        let (of, forums) = forums.get(&server)?;
        (*of == version).then(|| Arc::clone(forums))
    }

    /// Notes the forums of a server, and of which version of its articles they are.
    pub(crate) fn set_forums(&self, server: u64, version: u64, forums: Forums) {
        lock(&self.forums).insert(server, (version, forums));
    }
}

#[cfg(test)]
mod tests {
    use super::{ForumEvents, MAX_TOUCHED, lock};
    use crate::bot::decode::{ChannelEvent, Event};
    use std::collections::BTreeMap;

    #[test]
    fn channels_are_remembered_with_what_they_are_in_and_not_without_end() {
        let events = ForumEvents::default();
        let deleted = |id, parent| Event::Channel {
            server: 1,
            event: ChannelEvent::Deleted { id, parent },
        };
        events.note(&deleted(7, Some(5)));
        events.note(&Event::Pins {
            server: 1,
            channel: 7,
        });
        assert_eq!(*lock(&events.touched), BTreeMap::from([((1, 7), Some(5))]));
        for id in 0..2 * MAX_TOUCHED as u64 {
            events.note(&deleted(id, None));
        }
        assert_eq!(lock(&events.touched).len(), MAX_TOUCHED);
    }
}
