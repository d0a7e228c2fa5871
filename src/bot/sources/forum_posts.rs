//! Reads the posts of forums that events were heard of.

use crate::bot::bot::Bot;
use crate::bot::error::error_chain;
use crate::bot::requests::lookup;
use crate::bot::sources::forum_events::Forums;
use crate::bot::sources::kept_sources::read;
use pullquote_sources::Kind;
use pullquote_store::StoreError;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::warn;

/// How long further events are waited for. At most so often, the posts of a server are read.
const PAUSE: Duration = Duration::from_secs(5);
/// How long a round may take.
const ROUND: Duration = Duration::from_mins(2);
/// Posts that are read by themselves. If more of a forum have changed, all are.
const MAX_POSTS: usize = 50;

/// Reads posts that were heard of, in rounds.
pub(crate) async fn follow(bot: Arc<Bot>) {
    // Without their texts, there is no such source.
    if !bot.config.reads_messages {
        return;
    }
    loop {
        bot.sources.forums.heard().await;
        sleep(PAUSE).await;
        let touched: Vec<((u64, u64), Option<u64>)> =
            bot.sources.forums.take().into_iter().collect();
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
