//! Reloads the articles on SIGHUP or `/reload`. `pullquote-library` also reloads them when files change.

use pullquote_core::article::Changes;
use pullquote_library::{EngineHandle, OpenError, tell};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Reloads at each SIGHUP, for ever.
pub(super) async fn on_hangup(handle: Arc<EngineHandle>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut hangup) = signal(SignalKind::hangup()) else {
            return;
        };
        while hangup.recv().await.is_some() {
            reload(Arc::clone(&handle)).await;
        }
    }
}

/// Reloads on a thread of its own and writes to the log what came of it; `None` when it was a fault of the
/// program.
pub(super) async fn reload(handle: Arc<EngineHandle>) -> Option<Result<Changes, OpenError>> {
    let work = spawn_blocking(move || {
        let outcome = handle.reload();
        tell(&outcome);
        outcome
    });
    work.await.ok()
}
