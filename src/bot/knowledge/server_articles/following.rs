//! What is known of the store: the versions of servers' articles, kept true by what other processes tell, and whether it can be used.

use super::{PATIENCE, ServerArticles};
use crate::bot::error::error_chain;
use futures_util::FutureExt;
use pullquote_store::{Listener, Location, News, Store, StoreError};
use std::future::Future;
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

/// How long the store is left alone after it could not be used, except for changes.
const RETRY: Duration = Duration::from_secs(5);
/// How long a connection that was lost is left alone.
const RECONNECT: Duration = Duration::from_secs(1);
/// How often the known versions are compared with those in the store, for a notification may be lost.
const COMPARE: Duration = Duration::from_secs(30);

impl ServerArticles {
    /// Whether the store was away a moment ago. One that several processes share is tried again by [`Self::follow`] alone.
    pub(crate) fn is_left_alone(&self) -> bool {
        let is_shared = matches!(self.store.location(), Location::Postgres(_));
        let away = self.known().away;
        away.is_some_and(|away| is_shared || away.elapsed() < RETRY)
    }

    /// Notes a version, unless a newer one is known.
    pub(super) fn has_version(&self, server: u64, version: u64) {
        let mut known = self.known();
        let newest = known.versions.entry(server).or_default();
        *newest = version.max(*newest);
        drop(known);
        self.is_back();
    }

    pub(super) fn is_back(&self) {
        if self.known().away.take().is_some() {
            info!("the articles of servers can be used again");
        }
    }

    pub(super) fn is_away(&self, reason: &str) {
        let before = self.known().away.replace(Instant::now());
        if before.is_none() {
            warn!("cannot use the articles of servers, except those in memory: {reason}");
        }
        self.failed.notify_one();
    }

    /// Hears of other processes' changes, and notices when the store is back. Ends at once where no other process can change
    /// anything.
    pub(crate) async fn follow(&self) {
        loop {
            match self.in_time(self.store.listen()).await {
                Ok(None) => return,
                Ok(Some(listener)) => {
                    let reason = tokio::select! {
                        reason = self.hear(listener) => reason,
                        reason = self.keep_comparing() => reason,
                    };
                    self.known().is_current = false;
                    self.is_away(&reason);
                }
                Err(error) => self.is_away(&error_chain(&error)),
            }
            sleep(RECONNECT).await;
        }
    }

    /// Takes note of changes until the connection is lost. Returns why it is.
    pub(super) async fn hear(&self, mut listener: Listener) -> String {
        loop {
            match listener.next().await {
                // All that was kept of it has been deleted.
                Ok(News::Changed { server, version: 0 }) => self.replace_version(server, 0),
                Ok(News::Changed { server, version }) => self.has_version(server, version),
                Ok(News::Missed) => {
                    if let Err(error) = self.compare().await {
                        return error_chain(&error);
                    }
                }
                Err(error) => return error_chain(&error),
            }
        }
    }

    /// Compares versions now and then, and soon after something has failed. Returns why that fails.
    pub(super) async fn keep_comparing(&self) -> String {
        loop {
            if let Err(error) = self.compare().await {
                return error_chain(&error);
            }
            tokio::select! {
                () = sleep(COMPARE) => {}
                () = self.failed.notified() => sleep(RECONNECT).await,
            }
        }
    }

    /// Compares the known versions with those in the store.
    pub(super) async fn compare(&self) -> Result<(), StoreError> {
        let before = self.known().versions.clone();
        let versions = self.in_time(self.store.versions()).await?;
        for (server, known) in before {
            let now = versions.get(&server).copied().unwrap_or_default();
            // If it has changed meanwhile, that is newer than what was read.
            if self.known().versions.get(&server) == Some(&known) && now != known {
                self.replace_version(server, now);
            }
        }
        self.known().is_current = true;
        if self.note_presence().await {
            self.is_back();
        }
        Ok(())
    }

    /// Notes a version that may be lower than the known one: the server's articles have been deleted, and others added. Those in
    /// memory must not be used for it.
    pub(super) fn replace_version(&self, server: u64, version: u64) {
        let mut known = self.known();
        let before = known.versions.insert(server, version);
        known.gates.remove(&server);
        known.settings.remove(&server);
        drop(known);
        if before > Some(version) {
            self.engines.forget(server);
        }
    }

    /// The result of some work of the database, which has failed if it takes longer than [`PATIENCE`].
    pub(super) fn in_time<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> impl Future<Output = Result<T, StoreError>> {
        within(&self.store, PATIENCE, work)
    }

    /// What a member waits for. They are told what fails, so it does not go unnoticed.
    pub(super) async fn changed<T>(
        &self,
        change: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        bounded(&self.store, change).await.inspect_err(|error| {
            if !matches!(error, StoreError::Changed) {
                warn!("{}", error_chain(error));
            }
        })
    }

    pub(super) fn new_version(&self, server: u64, version: Option<u64>) -> bool {
        if let Some(version) = version {
            self.has_version(server, version);
        }
        version.is_some()
    }
}

/// The result of a change, which has failed if a database on the network takes longer than [`PATIENCE`]. A slow disk is not gone.
pub(crate) fn bounded<T>(
    store: &Store,
    change: impl Future<Output = Result<T, StoreError>>,
) -> impl Future<Output = Result<T, StoreError>> {
    let limit = match store.location() {
        Location::Folder(_) => Duration::MAX,
        Location::Postgres(_) => PATIENCE,
    };
    within(store, limit, change)
}

/// No asynchronous function: its future would contain that of the work twice.
fn within<T>(
    store: &Store,
    limit: Duration,
    work: impl Future<Output = Result<T, StoreError>>,
) -> impl Future<Output = Result<T, StoreError>> {
    let silent = || StoreError::Silent {
        database: store.name(),
    };
    timeout(limit, work).map(move |done| done.unwrap_or_else(|_| Err(silent())))
}
