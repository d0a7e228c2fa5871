//! Servers' own articles: kept in the store, and answered from together with those that all share.

use super::backups;
use super::error::error_chain;
use super::workers::Workers;
use crate::config::StoreSettings;
use pullquote_core::article::{Article, ParsedDocument};
use pullquote_core::engine::Engine;
use pullquote_library::{EngineHandle, ServerEngines};
use pullquote_store::{Draft, ListedArticle, Location, NewDraft, Store, StoreError, StoredArticle};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};
use tokio::time::timeout;
use tracing::{info, warn};

/// An engine whose server has asked nothing for so long is dropped.
const IDLE: Duration = Duration::from_hours(1);
/// How long an answer waits for the store; after that, it comes from the shared articles.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How old the known version of a server's articles may be where other processes change them, too.
const FRESH: Duration = Duration::from_millis(500);
/// How long the store is left alone after it could not be used, except for changes.
const RETRY: Duration = Duration::from_secs(5);

/// The articles of all servers.
#[derive(Debug)]
pub(super) struct ServerArticles {
    handle: Arc<EngineHandle>,
    store: Store,
    engines: Arc<ServerEngines>,
    known: Mutex<Known>,
}

/// What is known of the store.
#[derive(Debug, Default)]
struct Known {
    /// Versions of servers' articles, and since when.
    versions: HashMap<u64, (u64, Instant)>,
    /// When it could not be used last.
    away: Option<Instant>,
}

impl ServerArticles {
    pub(super) fn new(handle: Arc<EngineHandle>, settings: &StoreSettings) -> Self {
        let engines = ServerEngines::new(Arc::clone(&handle), settings.index_memory, IDLE);
        Self {
            handle,
            store: Store::new(settings.location.clone()),
            engines: Arc::new(engines),
            known: Mutex::default(),
        }
    }

    /// The engine that answers in a server, or in direct messages: the shared one where the server has no articles, and while
    /// the store cannot be used.
    pub(super) async fn engine(&self, server: Option<u64>, workers: &Workers) -> Arc<Engine> {
        let Some(server) = server else {
            return self.handle.engine();
        };
        match timeout(PATIENCE, self.own_engine(server, workers)).await {
            Ok(Ok(engine)) => engine,
            Ok(Err(error)) => {
                self.is_away(&error_chain(&error));
                self.handle.engine()
            }
            Err(_) => {
                self.is_away("it does not respond");
                self.handle.engine()
            }
        }
    }

    async fn own_engine(&self, server: u64, workers: &Workers) -> Result<Arc<Engine>, StoreError> {
        let version = self.version(server).await?;
        if version == 0 {
            return Ok(self.handle.engine());
        }
        if let Some(engine) = self.engines.kept(server, version) {
            return Ok(engine);
        }
        let (version, stored) = self.store.articles(server).await?;
        let (engines, handle) = (Arc::clone(&self.engines), Arc::clone(&self.handle));
        let build = move || {
            let article = |stored| unpacked_article(stored, &handle);
            let articles = || Ok::<_, Infallible>(stored.iter().filter_map(article).collect());
            engines.engine(server, version, articles).ok()
        };
        let engine = workers.run(build).await.flatten();
        Ok(engine.unwrap_or_else(|| self.handle.engine()))
    }

    /// The version of a server's articles; 0 without asking the store if that was away a moment ago.
    async fn version(&self, server: u64) -> Result<u64, StoreError> {
        {
            let known = self.known();
            let is_shared = matches!(self.store.location(), Location::Postgres(_));
            if let Some((version, since)) = known.versions.get(&server)
                && (!is_shared || since.elapsed() < FRESH)
            {
                return Ok(*version);
            }
            if known.away.is_some_and(|away| away.elapsed() < RETRY) {
                return Ok(0);
            }
        }
        let version = self.store.version(server).await?;
        self.has_version(server, version);
        Ok(version)
    }

    fn has_version(&self, server: u64, version: u64) {
        let mut known = self.known();
        if known.away.take().is_some() {
            info!("the articles of servers can be used again");
        }
        known.versions.insert(server, (version, Instant::now()));
    }

    fn is_away(&self, reason: &str) {
        let before = self.known().away.replace(Instant::now());
        if before.is_none() {
            warn!("answers come from the shared articles only: {reason}");
        }
    }

    /// Keeps what a member wants to add until they confirm it.
    pub(super) async fn keep_draft(&self, draft: &NewDraft<'_>) -> Result<(), StoreError> {
        self.changed(self.store.put_draft(draft)).await
    }

    /// What a member wants to add; see [`Store::draft`].
    pub(super) async fn draft(
        &self,
        token: &str,
        owner: (u64, u64),
    ) -> Result<Option<Draft>, StoreError> {
        self.changed(self.store.draft(token, owner, now())).await
    }

    /// Notes which version a member has seen.
    pub(super) async fn see_draft(
        &self,
        token: &str,
        owner: (u64, u64),
        seen: u64,
    ) -> Result<(), StoreError> {
        self.changed(self.store.see_draft(token, owner, seen)).await
    }

    /// Lets what a member has confirmed answer. `false` if there is nothing to confirm.
    pub(super) async fn confirm(&self, token: &str, owner: (u64, u64)) -> Result<bool, StoreError> {
        let confirmed = self.store.confirm_draft(token, owner, now());
        let version = self.changed(confirmed).await?;
        Ok(self.new_version(owner.0, version))
    }

    /// Drops what a member wanted to add. `false` if there is nothing.
    pub(super) async fn discard(&self, token: &str, owner: (u64, u64)) -> Result<bool, StoreError> {
        self.changed(self.store.delete_draft(token, owner)).await
    }

    /// Removes an article. `false` if there is none.
    pub(super) async fn remove(&self, server: u64, path: &str) -> Result<bool, StoreError> {
        let version = self.changed(self.store.remove(server, path, now())).await?;
        Ok(self.new_version(server, version))
    }

    /// Brings back a removed article. `false` if there is none.
    pub(super) async fn restore(&self, server: u64, path: &str) -> Result<bool, StoreError> {
        let version = self.changed(self.store.restore(server, path)).await?;
        Ok(self.new_version(server, version))
    }

    /// The server's articles, by path.
    pub(super) async fn list(&self, server: u64) -> Result<Vec<ListedArticle>, StoreError> {
        self.changed(self.store.list(server)).await
    }

    /// The server's articles, by path, and the version of them.
    pub(super) async fn list_version(
        &self,
        server: u64,
    ) -> Result<(u64, Vec<ListedArticle>), StoreError> {
        // The version first: if a change comes between, a confirmation finds it.
        let version = self.changed(self.store.version(server)).await?;
        Ok((version, self.list(server).await?))
    }

    /// The server's articles with their contents.
    pub(super) async fn stored(&self, server: u64) -> Result<Vec<StoredArticle>, StoreError> {
        let (_, articles) = self.changed(self.store.articles(server)).await?;
        Ok(articles)
    }

    /// Notes that the bot was removed from a server, or is there: its data is deleted two weeks after it left.
    pub(super) async fn set_present(&self, server: u64, is_present: bool) {
        let left = (!is_present).then(now);
        if let Err(error) = self.store.set_left(server, left).await {
            warn!("cannot note whether the bot is in a server: {error}");
        }
    }

    /// Deletes what is over, and makes the backup of the day.
    pub(super) async fn sweep(&self) {
        if let Err(error) = self.store.sweep(now()).await {
            warn!("cannot delete what is over: {}", error_chain(&error));
        }
        if let Err(error) = backups::daily(&self.store).await {
            warn!(
                "cannot back up the articles of servers: {}",
                error_chain(&error)
            );
        }
        self.engines.usage();
    }

    /// What a member waits for. They are told what fails, so it does not go unnoticed.
    async fn changed<T>(
        &self,
        change: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        change.await.inspect_err(|error| {
            if !matches!(error, StoreError::Changed) {
                warn!("{}", error_chain(error));
            }
        })
    }

    fn new_version(&self, server: u64, version: Option<u64>) -> bool {
        if let Some(version) = version {
            self.has_version(server, version);
        }
        version.is_some()
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a reader made of a file, as it is kept beside the file. Another version of the program reads the file again.
#[derive(Debug, Serialize, Deserialize)]
struct KeptDocument<D> {
    version: String,
    document: D,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A document as it is kept.
pub(super) fn packed_document(document: &ParsedDocument) -> Vec<u8> {
    let kept = KeptDocument {
        version: VERSION.to_owned(),
        document,
    };
    serde_json::to_vec(&kept).unwrap_or_default()
}

/// The article in a file that is kept.
pub(super) fn unpacked_article(stored: &StoredArticle, handle: &EngineHandle) -> Option<Article> {
    let kept = stored.document.as_deref();
    let kept = kept.and_then(|kept| serde_json::from_slice::<KeptDocument<_>>(kept).ok());
    let document = kept.filter(|kept| kept.version == VERSION);
    let mut document: ParsedDocument = if let Some(kept) = document {
        kept.document
    } else {
        let read = handle.reader().read(&stored.path, &stored.content);
        handle.limits().bounded(read.ok()?)
    };
    if document.meta.source.is_none() {
        document.meta.source.clone_from(&stored.link);
    }
    Article::new(&stored.path, document)
}

/// Milliseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
