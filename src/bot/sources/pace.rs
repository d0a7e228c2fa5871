//! The pace at which hosts are asked, where several processes share a database: each books its turns there.

use crate::bot::error::error_chain;
use crate::fetch::{Fetcher, SharedPace};
use futures_util::future::BoxFuture;
use pullquote_store::{Location, Store};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::timeout;
use tracing::warn;

/// How long the database may take. After that, a process keeps its own pace.
const PATIENCE: Duration = Duration::from_secs(2);

/// Turns in a database.
#[derive(Debug)]
struct StoredPace {
    store: Arc<Store>,
    /// The runtime that the store's connections belong to; sources are read in others.
    runtime: Handle,
    /// Whether the last turn could not be booked. That is logged once.
    has_failed: AtomicBool,
}

/// The fetcher with the pace of all processes that share a store, if it is one that several share. Its requests must be made while the
/// current runtime runs.
pub fn with_shared_pace(fetcher: Fetcher, store: &Arc<Store>) -> Fetcher {
    match (store.location(), Handle::try_current()) {
        (Location::Postgres(_), Ok(runtime)) => fetcher.sharing(Arc::new(StoredPace {
            store: Arc::clone(store),
            runtime,
            has_failed: AtomicBool::new(false),
        })),
        _ => fetcher,
    }
}

impl SharedPace for StoredPace {
    fn book(&self, host: String, gap: Duration) -> BoxFuture<'_, Duration> {
        let store = Arc::clone(&self.store);
        let gap = i64::try_from(gap.as_millis()).unwrap_or(i64::MAX);
        let booked = self
            .runtime
            .spawn(async move { timeout(PATIENCE, store.book_turn(&host, gap)).await });
        Box::pin(async move {
            let failure = match booked.await {
                Ok(Ok(Ok(pause))) => {
                    self.has_failed.store(false, Ordering::Relaxed);
                    return Duration::from_millis(pause.unsigned_abs());
                }
                Ok(Ok(Err(error))) => error_chain(&error),
                Ok(Err(_)) | Err(_) => "the database took too long".to_owned(),
            };
            if !self.has_failed.swap(true, Ordering::Relaxed) {
                warn!("hosts are asked at the pace of this process alone: {failure}");
            }
            Duration::ZERO
        })
    }
}
