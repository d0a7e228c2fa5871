//! Watches the knowledge folder and reloads it when it changes.

use crate::engine_handle::EngineHandle;
use crate::error::OpenError;
use crate::folders::Folders;
use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use pullquote_core::article::Changes;
use pullquote_sources::SETTINGS_FILE;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};
use tracing::{info, warn};

/// How the knowledge folder is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    /// By notifications of the operating system, and by examining the folder once a minute.
    Auto,
    /// By examining the folder every two seconds: for network folders, and folders shared with a virtual machine.
    Poll,
    /// Not at all.
    Off,
}

/// The folder is reloaded once nothing has changed for this long, because editors write in several steps ...
const SETTLE: Duration = Duration::from_millis(300);
/// ... but not later than this after the first change.
const MAX_SETTLE: Duration = Duration::from_secs(5);
/// How often the folder is examined without notifications, or after it could not be read whole.
const POLL: Duration = Duration::from_secs(2);
/// How often it is examined with notifications, which do not cover network folders or the targets of links.
const SAFETY_POLL: Duration = Duration::from_mins(1);

/// Watches the handle's folder on a new thread until the process ends.
///
/// # Errors
///
/// If the thread cannot be started.
///
/// ```
/// use pullquote_library::{EngineHandle, Limits, Watch, watch};
/// use std::sync::Arc;
///
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("ferry.md"), "The ferry leaves at seven.")?;
/// let (handle, _) = EngineHandle::open(folder.path(), Limits::default())?;
/// let handle = Arc::new(handle);
/// let old = handle.engine();
/// watch(Arc::clone(&handle), Watch::Poll)?;
///
/// std::fs::write(folder.path().join("bus.md"), "The bus leaves at noon.")?;
/// let new = handle.wait_for_change(&old);
/// assert_eq!(new.corpus().article_count(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn watch(handle: Arc<EngineHandle>, how: Watch) -> io::Result<()> {
    if how == Watch::Off {
        return Ok(());
    }
    let thread = thread::Builder::new().name("watch".to_owned());
    thread.spawn(move || run(&handle, how)).map(drop)
}

fn run(handle: &EngineHandle, how: Watch) {
    let (wake, woken) = sync_channel(1);
    let mut last_failure = String::new();
    loop {
        // Notifications start before the folder is read, so that no change is missed. The watcher is renewed each time,
        // because the folder may have been replaced by another one.
        let watcher = match how {
            Watch::Auto => listen(handle.folders(), wake.clone()).ok(),
            Watch::Poll | Watch::Off => None,
        };
        let outcome = handle.reload();
        let failure = failure_of(&outcome);
        let has_changed = outcome.as_ref().is_ok_and(|changes| !changes.is_none());
        // The same failure is logged once.
        if has_changed || failure != last_failure {
            log_reload(&outcome);
        }
        last_failure = failure;
        let pause = match watcher {
            Some(_) if outcome.is_ok() && !handle.is_incomplete() => SAFETY_POLL,
            _ => POLL,
        };
        wait(&woken, pause);
    }
}

/// Sends to `wake` whenever a file changes, until the watcher is dropped.
fn listen(folders: &Folders, wake: SyncSender<()>) -> notify::Result<RecommendedWatcher> {
    let sources = folders.sources_file();
    let beside = match sources.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => Path::new("/"),
    };
    let (knowledge, around) = (folders.knowledge.clone(), beside.to_owned());
    // Other files beside the knowledge folder do not matter.
    let matters = move |path: &PathBuf| {
        path.parent() != Some(&around) || *path == knowledge || path.ends_with(SETTINGS_FILE)
    };
    let on_event = move |event: notify::Result<Event>| {
        let is_change = |event: Event| {
            is_change(event.kind) && (event.paths.is_empty() || event.paths.iter().any(&matters))
        };
        if event.map_or(true, is_change) {
            // If the channel is full, a message is waiting already.
            let _ = wake.try_send(());
        }
    };
    let mut watcher = notify::recommended_watcher(on_event)?;
    watcher.watch(&folders.knowledge, RecursiveMode::Recursive)?;
    if let Some(copies) = &folders.copies {
        // What fails here is noticed by examining the folders, as well.
        let _ = watcher.watch(beside, RecursiveMode::NonRecursive);
        if sources.exists() {
            let _ = fs::create_dir_all(copies);
            let _ = watcher.watch(copies, RecursiveMode::Recursive);
        }
    }
    Ok(watcher)
}

/// Whether an event may be a change of a file. Reading a file causes events too.
fn is_change(kind: EventKind) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    !kind.is_access() || kind == written
}

/// Waits until a change has settled, or until the pause is over.
fn wait(woken: &Receiver<()>, pause: Duration) {
    if woken.recv_timeout(pause).is_err() {
        return;
    }
    let end = Instant::now() + MAX_SETTLE;
    while Instant::now() < end && woken.recv_timeout(SETTLE).is_ok() {}
}

/// What failed in a reload; empty if nothing did.
fn failure_of(outcome: &Result<Changes, OpenError>) -> String {
    match outcome {
        Ok(changes) => changes.failed.join("\n"),
        Err(error) => error.to_string(),
    }
}

/// Logs the result of a reload.
pub fn log_reload(outcome: &Result<Changes, OpenError>) {
    match outcome {
        Ok(changes) if changes.failed.is_empty() => info!("articles: {changes}"),
        Ok(changes) => warn!("articles: {changes}; run `pullquote check` for the reasons"),
        Err(error) => {
            warn!("cannot reload, the previous articles stay in use: {error}");
        }
    }
}
