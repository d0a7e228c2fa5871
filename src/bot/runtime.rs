//! The async runtime, and the signals that stop the bot.

use std::io;
use tokio::runtime::{Builder, Runtime};
use tokio::signal;

/// An answer takes microseconds and the rest is waiting, so two threads serve everything.
const THREADS: usize = 2;

pub(super) fn runtime() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(THREADS)
        .enable_all()
        .build()
}

/// Completes at SIGINT or SIGTERM. It listens from the moment that it is called, which must be inside the runtime. If
/// it cannot listen, it never completes, and the system's default action ends the bot.
#[cfg(unix)]
pub(super) fn stop_signal() -> impl Future<Output = ()> {
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
pub(super) async fn stop_signal() {
    if signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
