//! Notices that the knowledge folder has changed, and reloads.

use super::engine_handle::{EngineHandle, OpenError};
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use pullquote_core::article::Changes;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};
use tracing::{info, warn};

/// How changes in the knowledge folder are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// By the operating system's notifications.
    Auto,
    /// By looking every two seconds: for network folders, or folders shared with a virtual machine.
    Poll,
    /// Not at all.
    Off,
}

/// Files are read when nothing has happened for so long: an editor writes in several steps.
const QUIET: Duration = Duration::from_millis(300);
/// But no later than this after the first of them.
const MOST: Duration = Duration::from_secs(5);
/// How often the folder is looked at where the system does not tell of changes, or when it could not be read.
const POLL: Duration = Duration::from_secs(2);
/// And where it does: it tells nothing of network folders, or of a link that leads elsewhere now.
const LOOK: Duration = Duration::from_mins(1);

/// Watches the handle's folder on a thread of its own, as long as the program runs.
///
/// # Errors
///
/// When the system gives no thread.
pub fn watch(handle: Arc<EngineHandle>, how: Watch) -> io::Result<()> {
    if how == Watch::Off {
        return Ok(());
    }
    let thread = thread::Builder::new().name("watch".to_owned());
    thread.spawn(move || follow(&handle, how)).map(drop)
}

fn follow(handle: &EngineHandle, how: Watch) {
    let (wake, woken) = sync_channel(1);
    let mut trouble = String::new();
    loop {
        // Listening begins before the folder is read, and each time anew: it may be another folder by now.
        let ear = match how {
            Watch::Auto => listen(handle.dir(), wake.clone()).ok(),
            Watch::Poll | Watch::Off => None,
        };
        let outcome = handle.reload();
        let now = trouble_of(&outcome);
        let news = outcome.as_ref().is_ok_and(|changes| !changes.is_none());
        // The same trouble is told once.
        if news || now != trouble {
            tell(&outcome);
        }
        trouble = now;
        let pause = match ear {
            Some(_) if outcome.is_ok() => LOOK,
            _ => POLL,
        };
        wait(&woken, pause);
    }
}

/// Wakes with each event that a change of a file makes.
fn listen(dir: &Path, wake: SyncSender<()>) -> notify::Result<RecommendedWatcher> {
    let heard = move |event: notify::Result<Event>| {
        if event.map_or(true, |event| is_change(event.kind)) {
            // One that waits already is enough.
            let _ = wake.try_send(());
        }
    };
    let mut ear = notify::recommended_watcher(heard)?;
    ear.watch(dir, RecursiveMode::Recursive)?;
    Ok(ear)
}

/// Files are opened by reading them, too.
fn is_change(kind: EventKind) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    !kind.is_access() || kind == written
}

/// Waits for a change and until it is quiet again; or until the pause is over.
fn wait(woken: &Receiver<()>, pause: Duration) {
    if woken.recv_timeout(pause).is_err() {
        return;
    }
    let end = Instant::now() + MOST;
    while Instant::now() < end && woken.recv_timeout(QUIET).is_ok() {}
}

/// What goes wrong, if anything does.
fn trouble_of(outcome: &Result<Changes, OpenError>) -> String {
    match outcome {
        Ok(changes) => changes.failed.join("\n"),
        Err(error) => error.to_string(),
    }
}

/// Writes to the log what came of a reload.
pub fn tell(outcome: &Result<Changes, OpenError>) {
    match outcome {
        Ok(changes) if changes.failed.is_empty() => info!("articles: {changes}"),
        Ok(changes) => warn!("articles: {changes} (`pullquote check` says why)"),
        Err(error) => warn!("the articles from before go on answering: {error}"),
    }
}
