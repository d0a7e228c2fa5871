//! The async runtime, and the signals that stop the bot.

use crate::http::MAX_PAGES;
use std::io;
use tokio::runtime::{Builder, Runtime};
use tokio::signal;

/// Everything but answers is waiting, so two threads serve all connections.
const THREADS: usize = 2;
/// Threads that compute answers ([`Workers`](crate::bot::workers::Workers)): as many as there are processors, within these
/// bounds. With one, a slow answer would hold up all others.
pub(crate) const MIN_WORKERS: usize = 2;
pub(crate) const MAX_WORKERS: usize = 8;
/// Threads that read files of members and sources. Most are read in a child process, one after the other: with two threads, a file
/// that needs none can be read meanwhile.
pub(crate) const READERS: usize = 2;
/// Threads for reloading, and for looking up Discord's address.
const OTHER_THREADS: usize = 8;

pub(crate) fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(THREADS)
        .max_blocking_threads(MAX_WORKERS + READERS + OTHER_THREADS + MAX_PAGES)
        .enable_all()
        .build()
}

/// Completes at SIGINT or SIGTERM. It listens from the moment that it is called, which must be inside the runtime. If
/// it cannot listen, it never completes, and the system's default action ends the bot.
#[cfg(unix)]
pub(crate) fn stop_signal() -> impl Future<Output = ()> {
    use signal::unix::{SignalKind, signal};
    let signals = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async {
        let [terminate, interrupt] = signals;
        if let (Ok(mut terminate), Ok(mut interrupt)) = (terminate, interrupt) {
            tokio::select! {
                Some(()) = terminate.recv() => return,
                Some(()) = interrupt.recv() => return,
                else => {}
            }
        }
        std::future::pending::<()>().await;
    }
}

/// Completes at Ctrl+C, or never if it cannot listen for it.
#[cfg(not(unix))]
pub(crate) async fn stop_signal() {
    if signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Waits for a future, on a runtime of one thread.
///
/// # Errors
///
/// If the runtime cannot be made.
pub fn block_on<T>(future: impl Future<Output = T>) -> io::Result<T> {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    Ok(builder.enable_all().build()?.block_on(future))
}
