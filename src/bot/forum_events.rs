//! Posts of forums that events were heard of: read again soon, instead of at the next look at the whole forum.
//!
//! A message that is written, edited, deleted or pinned touches the channel that it is in, and so does a change of the thread itself. A few
//! seconds later, of the channels that were touched in servers with a forum as a source, the posts of those forums are read. What is missed while
//! the bot is away is found at the next look.

use super::bot::Bot;
use super::decode::{ChannelEvent, ChannelType, Event};
use super::error::error_chain;
use super::server_sources::read;
use pullquote_sources::Kind;
use pullquote_store::StoreError;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::warn;

/// How long further events are waited for. At most so often, the posts of a server are read.
const PAUSE: Duration = Duration::from_secs(5);
/// How long a round may take.
const ROUND: Duration = Duration::from_mins(2);
/// Touched channels that are remembered. Of more, the changes are found at the next look.
const MAX_TOUCHED: usize = 10_000;
/// Posts that are read by themselves. If more of a forum have changed, all are.
const MAX_POSTS: usize = 50;

/// Channels by server and id, each with what it is in if the event said so.
type Touched = BTreeMap<(u64, u64), Option<u64>>;
/// The sources of a server that are forums: source and forum.
type Forums = Arc<[(u64, u64)]>;

/// What was heard of.
#[derive(Debug, Default)]
pub(super) struct ForumEvents {
    touched: Mutex<Touched>,
    /// The forums of servers, and of which version of the server's articles they are.
    forums: Mutex<HashMap<u64, (u64, Forums)>>,
    heard: Notify,
}

impl ForumEvents {
    /// Takes note of what an event may have changed.
    pub(super) fn note(&self, event: &Event) {
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

    fn touch(&self, server: Option<u64>, channel: u64, parent: Option<u64>) {
        let Some(server) = server else {
            return;
        };
        let mut touched = self.touched();
        if touched.len() >= MAX_TOUCHED {
            return;
        }
        let known = touched.entry((server, channel)).or_default();
        *known = parent.or(*known);
        drop(touched);
        self.heard.notify_one();
    }

    fn touched(&self) -> MutexGuard<'_, Touched> {
        self.touched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forums(&self) -> MutexGuard<'_, HashMap<u64, (u64, Forums)>> {
        self.forums.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads posts that were heard of, in rounds.
pub(super) async fn follow(bot: Arc<Bot>) {
    // Without their texts, there is no such source.
    if !bot.reads_messages {
        return;
    }
    loop {
        bot.forum_events.heard.notified().await;
        sleep(PAUSE).await;
        let touched = mem::take(&mut *bot.forum_events.touched());
        let touched: Vec<((u64, u64), Option<u64>)> = touched.into_iter().collect();
        let mut reading = JoinSet::new();
        for of_server in touched.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
            let Some(((server, _), _)) = of_server.first().copied() else {
                continue;
            };
            let channels = of_server.iter().map(|((_, id), parent)| (*id, *parent));
            let channels: Vec<(u64, Option<u64>)> = channels.collect();
            let bot = Arc::clone(&bot);
            reading.spawn(async move {
                let read = timeout(ROUND, bot.read_touched(server, channels)).await;
                match read {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => {
                        warn!(
                            server,
                            "cannot read posts of a forum: {}",
                            error_chain(&error)
                        );
                    }
                    Err(_) => warn!(server, "it takes too long to read posts of a forum"),
                }
            });
        }
        while reading.join_next().await.is_some() {}
    }
}

impl Bot {
    /// Reads the touched posts of a server's forums.
    async fn read_touched(
        &self,
        server: u64,
        channels: Vec<(u64, Option<u64>)>,
    ) -> Result<(), StoreError> {
        let forums = self.forums(server).await?;
        if forums.is_empty() {
            return Ok(());
        }
        let mut posts: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for (channel, parent) in channels {
            let parent = match parent {
                Some(parent) => Some(parent),
                None => self.parent_of(server, channel).await,
            };
            let of = forums.iter().filter(|(_, forum)| parent == Some(*forum));
            for (source, _) in of {
                posts.entry(*source).or_default().insert(channel);
            }
        }
        for (source, posts) in posts {
            if posts.len() > MAX_POSTS {
                self.look_soon(server, source).await?;
            } else if !self.look_at_touched(server, source, &posts).await? {
                // Another source of the server is being looked at.
                for post in posts {
                    let forum = forums.iter().find(|(of, _)| *of == source);
                    let forum = forum.map(|(_, forum)| *forum);
                    self.forum_events.touch(Some(server), post, forum);
                }
            }
        }
        Ok(())
    }

    /// The sources of a server that are forums, read again when its articles have a new version.
    async fn forums(&self, server: u64) -> Result<Forums, StoreError> {
        let version = self.articles.version(server).await?;
        if version == 0 {
            return Ok(Forums::default());
        }
        if let Some((of, forums)) = self.forum_events.forums().get(&server)
            && *of == version
        {
            return Ok(Arc::clone(forums));
        }
        let sources = self.articles.store().sources(server).await?;
        let forums = sources.iter().filter_map(|kept| {
            let source = read(&kept.settings)?;
            let forum = source.place.parse().ok()?;
            (source.kind == Kind::Forum).then_some((kept.id, forum))
        });
        let forums: Forums = forums.collect();
        let known = (version, Arc::clone(&forums));
        self.forum_events.forums().insert(server, known);
        Ok(forums)
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::{ChannelEvent, Event};
    use super::{ForumEvents, MAX_TOUCHED};
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
        assert_eq!(*events.touched(), BTreeMap::from([((1, 7), Some(5))]));
        for id in 0..2 * MAX_TOUCHED as u64 {
            events.note(&deleted(id, None));
        }
        assert_eq!(events.touched().len(), MAX_TOUCHED);
    }
}
