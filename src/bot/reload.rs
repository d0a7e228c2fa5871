//! Reloading the articles on request: SIGHUP, or the effect of `/reload`. (pullquote-library reloads them when files
//! change.)

use pullquote_core::article::Changes;
use pullquote_library::{EngineHandle, OpenError, log_reload};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Reloads at each SIGHUP, and never returns.
#[cfg(unix)]
pub(super) async fn on_hangup(handle: Arc<EngineHandle>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else {
        return;
    };
    while hangup.recv().await.is_some() {
        reload(Arc::clone(&handle)).await;
    }
}

/// Reloads on a blocking thread and logs the result. `None` if that panicked.
pub(super) async fn reload(handle: Arc<EngineHandle>) -> Option<Result<Changes, OpenError>> {
    let work = spawn_blocking(move || {
        let outcome = handle.reload();
        log_reload(&outcome);
        outcome
    });
    work.await.ok()
}
