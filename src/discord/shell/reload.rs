//! The articles read again when someone asks for it; by themselves they are in `library/watch.rs`.

use crate::article::Changes;
use crate::library::{Shelf, ShelfError, tell};
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Reloads at each SIGHUP, for ever.
pub(super) async fn on_hangup(shelf: Arc<Shelf>) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut hangup) = signal(SignalKind::hangup()) else {
            return;
        };
        while hangup.recv().await.is_some() {
            reload(Arc::clone(&shelf)).await;
        }
    }
}

/// Reloads on a thread of its own and writes to the log what came of it; `None` when it was a fault of the
/// program.
pub(super) async fn reload(shelf: Arc<Shelf>) -> Option<Result<Changes, ShelfError>> {
    let work = spawn_blocking(move || {
        let outcome = shelf.reload();
        tell(&outcome);
        outcome
    });
    work.await.ok()
}
