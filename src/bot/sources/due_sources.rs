//! Looks at the sources of servers again when they are due.
//!
//! Each process looks for due sources. The store sees to it that one process looks at a source, and that of a server one source is
//! looked at at a time.

use crate::bot::bot::Bot;
use crate::bot::clock::now;
use crate::bot::error::error_chain;
use crate::bot::knowledge::additions::ReadFile;
use crate::bot::sources::kept_sources::read;
use crate::bot::sources::source_looks::{LOOK_TIME, bounds, milliseconds, path, stored_copies};
use crate::sources::{Changes, Copies, Look, after, after_part};
use pullquote_cards::SourceKey;
use pullquote_sources::{Record, Source, State};
use pullquote_store::{DraftArticle, Finished, HeldSource, Holder, StoreError, Synced};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

/// How often it is looked whether a source is due.
const CHECK: Duration = Duration::from_mins(1);
/// Sources that a process looks at at once.
const LOOKS: usize = 4;
/// For how many milliseconds a process holds a source: if it has died, another one looks after that.
const HOLD: i64 = Duration::from_mins(30).as_millis() as i64;

/// Looks at sources when they are due.
pub(crate) async fn keep_looking(bot: Arc<Bot>) {
    let mut looks = JoinSet::new();
    let mut last_failure = String::new();
    loop {
        while looks.len() < LOOKS {
            let held = bot.articles.hold_source(bot.sources.process, HOLD).await;
            let failure = match held {
                Ok(Some(held)) => {
                    let bot = Arc::clone(&bot);
                    looks.spawn(async move { bot.look_again(held).await });
                    continue;
                }
                Ok(None) => String::new(),
                Err(error) => error_chain(&error),
            };
            // The same failure is logged once.
            if !failure.is_empty() && failure != last_failure {
                warn!("cannot look for sources of servers: {failure}");
            }
            last_failure = failure;
            break;
        }
        tokio::select! {
            Some(_) = looks.join_next() => {}
            () = bot.sources.due.notified() => {}
            () = sleep(CHECK) => {}
        }
    }
}

impl Bot {
    /// Lets other processes look at what this one was looking at.
    pub(crate) async fn let_go_of_sources(&self) {
        let let_go = self
            .articles
            .store()
            .let_go_of_sources(self.sources.process);
        if let Err(error) = let_go.await {
            warn!(
                "cannot let go of sources of servers: {}",
                error_chain(&error)
            );
        }
    }

    /// Looks at a source that is due, and lets what has changed answer.
    async fn look_again(&self, held: HeldSource) {
        let (server, id) = (held.holder.server, SourceKey(held.holder.source));
        let looked = timeout(LOOK_TIME + CHECK, self.try_look_again(&held)).await;
        match looked {
            Ok(Ok(Some((changes, parsed)))) => {
                info!(server, source = %id, parsed, "a source of a server: {changes}");
            }
            // It was removed meanwhile, or another process has taken it.
            Ok(Ok(None)) => {}
            Ok(Err(error)) => {
                warn!(server, source = %id, "cannot keep what a source of a server has: {}", error_chain(&error));
            }
            Err(_) => warn!(server, source = %id, "a look at a source of a server took too long"),
        }
    }

    /// What has changed, and how many pages were read; `None` if it is no longer this process's turn.
    async fn try_look_again(
        &self,
        held: &HeldSource,
    ) -> Result<Option<(Changes, usize)>, StoreError> {
        let (server, id) = (held.holder.server, held.holder.source);
        let Some(source) = read(&held.settings) else {
            warn!(
                server,
                "a source of a server cannot be read: a newer version has written it"
            );
            return Ok(None);
        };
        let listed = self.articles.list(server).await?;
        let copies = stored_copies(held, &source, &listed);
        let bounds = bounds(&listed, Some(id));
        let (look, files) = self.look_at(&source, server, &copies, &bounds).await;
        if let Err(error) = &look {
            warn!(server, source = %SourceKey(id), "a source of a server was not read: {:?}", error_chain(error));
        }
        let record = after(copies.record(), &look);
        let found = Found {
            source: &source,
            before: copies.record(),
            record,
            files,
        };
        let due = milliseconds(found.record.due(&source));
        let finished = self.keep_found(held.holder, &found, Some(due)).await?;
        let is_kept = finished != Finished::NotHeld;
        Ok(is_kept.then(|| (Changes::of(&found.record), found.files.len())))
    }

    /// Keeps what a look has found.
    async fn keep_found(
        &self,
        holder: Holder,
        found: &Found<'_>,
        due: Option<i64>,
    ) -> Result<Finished, StoreError> {
        let (record, files) = (&found.record, &found.files);
        let articles: Vec<DraftArticle<'_>> = files.iter().map(ReadFile::kept).collect();
        let difference = Difference::between(found.source, found.before, record);
        let moved: Vec<(&str, &str)> = difference.moved.iter().map(|(a, b)| (&**a, &**b)).collect();
        let gone: Vec<&str> = difference.gone.iter().map(String::as_str).collect();
        let kept_record = record.to_text();
        let synced = Synced {
            record: kept_record.as_bytes(),
            due,
            articles: &articles,
            moved: &moved,
            gone: &gone,
        };
        self.articles.finish_source(holder, &synced).await
    }

    /// Lets a source be looked at as soon as it is its turn.
    pub(crate) async fn look_soon(&self, server: u64, source: u64) -> Result<(), StoreError> {
        let due = self.articles.store().sync_source(server, source, now());
        due.await?;
        self.sources.wake();
        Ok(())
    }

    /// Looks at some posts of a forum. `false` while a source of the server is being looked at.
    pub(crate) async fn look_at_touched(
        &self,
        server: u64,
        source: u64,
        posts: &BTreeSet<u64>,
    ) -> Result<bool, StoreError> {
        let holder = Holder {
            process: self.sources.process,
            server,
            source,
        };
        let Some(held) = self.articles.hold_this_source(holder, HOLD).await? else {
            return Ok(false);
        };
        let Some(source) = read(&held.settings) else {
            return Ok(true);
        };
        let listed = self.articles.list(server).await?;
        let copies = stored_copies(&held, &source, &listed);
        let bounds = bounds(&listed, Some(held.holder.source));
        let looked = self.look_at_posts(&source, server, &*copies, (&bounds, posts));
        let mut look = looked.await.unwrap_or_else(|error| {
            warn!(
                server,
                "posts of a forum were not read: {:?}",
                error_chain(&error)
            );
            Look::default()
        });
        let files = self.read_new(&source, &mut look, &copies).await;
        let found = Found {
            source: &source,
            before: copies.record(),
            record: after_part(copies.record(), &look),
            files,
        };
        // When the whole forum is looked at again stays as it is.
        let finished = self.keep_found(held.holder, &found, None).await?;
        if let Finished::Changed(_) = finished {
            let (posts, parsed) = (look.pages.len(), found.files.len());
            info!(server, posts, parsed, "posts of a forum were read again");
        }
        // Another one may have become due meanwhile.
        self.sources.wake();
        Ok(true)
    }
}

/// What a look has found.
struct Found<'a> {
    source: &'a Source,
    /// What was known before.
    before: &'a Record,
    record: Record,
    /// The new articles.
    files: Vec<ReadFile>,
}

/// What has changed between two looks, besides new content.
#[derive(Debug, Default)]
struct Difference {
    /// Paths of articles, and their new addresses.
    moved: Vec<(String, String)>,
    /// Paths of articles that are gone.
    gone: Vec<String>,
}

impl Difference {
    fn between(source: &Source, old: &Record, new: &Record) -> Self {
        let kept: BTreeSet<&String> = new
            .pages
            .values()
            .filter_map(|it| it.file.as_ref())
            .collect();
        let files = old.pages.values().filter_map(|it| it.file.as_ref());
        let gone = files.filter(|file| !kept.contains(file));
        let moved = new.pages.iter().filter_map(|(id, page)| {
            let before = old.pages.get(id)?;
            let is_other = page.state == State::Unchanged && before.address != page.address;
            let address = page.address.clone().filter(|_| is_other)?;
            Some((path(source, page.file.as_ref()?), address))
        });
        Self {
            moved: moved.collect(),
            gone: gone.map(|file| path(source, file)).collect(),
        }
    }
}
