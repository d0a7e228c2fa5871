//! Reads the posts of forums that events were heard of.

use crate::bot::bot::Bot;
use crate::bot::error::error_chain;
use crate::bot::requests::lookup;
use crate::bot::sources::forum_events::Forums;
use crate::bot::sources::kept_sources::read;
use pullquote_sources::Kind;
use pullquote_store::StoreError;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{sleep, timeout};
use tracing::warn;

/// How long further events are waited for. At most so often, the posts of a server are read.
const PAUSE: Duration = Duration::from_secs(5);
/// How long it may take to read the posts of a server.
const READ: Duration = Duration::from_mins(2);
/// Servers whose posts are read at once.
const AT_ONCE: usize = 4;
/// Posts that are read by themselves. If more of a forum have changed, all are.
const MAX_POSTS: usize = 50;

/// Reads posts that were heard of, in rounds. A server that takes longer holds up only itself.
pub(crate) async fn follow(bot: Arc<Bot>) {
    // Without their texts, there is no such source.
    if !bot.config.reads_messages {
        return;
    }
    let mut reading = Reading::default();
    loop {
        bot.sources.forums.heard().await;
        sleep(PAUSE).await;
        let touched: Vec<((u64, u64), Option<u64>)> =
            bot.sources.forums.take().into_iter().collect();
        for of_server in touched.chunk_by(|((one, _), _), ((other, _), _)| one == other) {
            let Some(((server, _), _)) = of_server.first().copied() else {
                continue;
            };
            if !bot.has_forum(server).await {
                continue;
            }
            reading.make_room().await;
            let channels = of_server.iter().map(|((_, id), parent)| (*id, *parent));
            if reading.is_of(server) {
                for (channel, parent) in channels {
                    bot.sources.forums.touch(Some(server), channel, parent);
                }
                continue;
            }
            let (bot, channels) = (Arc::clone(&bot), channels.collect());
            reading.begin(server, async move { bot.read(server, channels).await });
        }
    }
}

/// The servers whose posts are being read.
#[derive(Debug, Default)]
struct Reading {
    tasks: JoinSet<()>,
    servers: HashMap<Id, u64>,
}

impl Reading {
    fn begin(&mut self, server: u64, read: impl Future<Output = ()> + Send + 'static) {
        let task = self.tasks.spawn(read);
        self.servers.insert(task.id(), server);
    }

    fn is_of(&self, server: u64) -> bool {
        self.servers.values().any(|other| *other == server)
    }

    /// Forgets those that have ended. Waits for one to end if there are [`AT_ONCE`].
    async fn make_room(&mut self) {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.note(ended);
        }
        if self.tasks.len() >= AT_ONCE
            && let Some(ended) = self.tasks.join_next_with_id().await
        {
            self.note(ended);
        }
    }

    fn note(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
        self.servers.remove(&id);
    }
}

impl Bot {
    /// Whether a forum of a server is a source, as far as that can be told now.
    async fn has_forum(&self, server: u64) -> bool {
        match timeout(PAUSE, self.forums(server)).await {
            Ok(Ok(forums)) => return !forums.is_empty(),
            Ok(Err(error)) => warn!(server, "cannot read posts: {}", error_chain(&error)),
            Err(_) => warn!(server, "cannot read posts: the database does not answer"),
        }
        false
    }

    /// Reads the touched posts of a server's forums, and logs why that fails.
    async fn read(&self, server: u64, channels: Vec<(u64, Option<u64>)>) {
        match timeout(READ, self.read_touched(server, channels)).await {
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
    }

    /// Reads the touched posts of a server's forums.
    async fn read_touched(
        &self,
        server: u64,
        channels: Vec<(u64, Option<u64>)>,
    ) -> Result<(), StoreError> {
        let forums = self.forums(server).await?;
        let mut posts: BTreeMap<u64, BTreeSet<u64>> = BTreeMap::new();
        for (channel, parent) in channels {
            let parent = match parent {
                Some(parent) => Some(parent),
                None => lookup::parent(&self.rest, &self.servers.channels, server, channel).await,
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
                    self.sources.forums.touch(Some(server), post, forum);
                }
            }
        }
        Ok(())
    }

    /// The sources of a server that are forums, read again when its articles have a new version.
    pub(crate) async fn forums(&self, server: u64) -> Result<Forums, StoreError> {
        let version = self.articles.version(server).await?;
        if version == 0 {
            return Ok(Forums::default());
        }
        if let Some(forums) = self.sources.forums.forums(server, version) {
            return Ok(forums);
        }
        let sources = self.articles.store().sources(server).await?;
        let forums = sources.iter().filter_map(|kept| {
            let source = read(&kept.settings)?;
            let forum = source.place.parse().ok()?;
            (source.kind == Kind::Forum).then_some((kept.id, forum))
        });
        let forums: Forums = forums.collect();
        self.sources
            .forums
            .set_forums(server, version, Arc::clone(&forums));
        Ok(forums)
    }
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Reading};
    use std::future::pending;
    use tokio::sync::oneshot::channel;

    #[tokio::test]
    async fn a_slow_server_holds_up_only_itself() {
        let mut reading = Reading::default();
        reading.begin(0, pending());
        for server in 1..100 {
            reading.make_room().await;
            assert!(reading.is_of(0) && !reading.is_of(server));
            reading.begin(server, async {});
        }
        let (end, ended) = channel::<()>();
        let mut reading = Reading::default();
        for server in 1..AT_ONCE as u64 {
            reading.begin(server, pending());
        }
        reading.begin(AT_ONCE as u64, async move { ended.await.unwrap() });
        let (mut waiting, not_yet) = (Box::pin(reading.make_room()), async {});
        tokio::select! {
            biased;
            () = &mut waiting => panic!("there is no room"),
            () = not_yet => end.send(()).unwrap(),
        }
        waiting.await;
        assert!(reading.is_of(1) && !reading.is_of(AT_ONCE as u64));
    }
}
