//! Looks at the sources of the knowledge folder when they are due.
//!
//! This has a thread of its own: copies are written and articles reloaded in it, which may take seconds.

use crate::bot::error::error_chain;
use crate::bot::system::runtime::block_on;
use crate::fetch::Fetcher;
use crate::sources::{Changes, Syncing, now};
use pullquote_library::{EngineHandle, log_reload};
use pullquote_sources::Source;
use std::io;
use std::sync::Arc;
use std::thread::{self, sleep};
use std::time::Duration;
use tracing::{info, warn};

/// How often it is looked whether a source is due.
const CHECK: Duration = Duration::from_mins(1);

/// Looks at sources until the process ends.
pub(crate) fn keep_reading(handle: Arc<EngineHandle>, fetcher: &Fetcher) {
    if handle.folders().copies.is_none() {
        return;
    }
    let started = fetcher
        .for_another_runtime()
        .map_err(io::Error::other)
        .and_then(|fetcher| {
            let Some(syncing) = Syncing::new(handle.folders().clone(), fetcher) else {
                return Ok(());
            };
            let thread = thread::Builder::new().name("sources".to_owned());
            thread.spawn(move || run(&handle, &syncing)).map(drop)
        });
    if let Err(error) = started {
        warn!("sources are not read: {error}");
    }
}

fn run(handle: &EngineHandle, syncing: &Syncing) {
    let mut last_failure = String::new();
    loop {
        let failure = match read_due(handle, syncing) {
            Ok(()) => String::new(),
            Err(error) => error.to_string(),
        };
        // The same failure is logged once.
        if !failure.is_empty() && failure != last_failure {
            warn!("sources are not read: {failure}");
        }
        last_failure = failure;
        sleep(CHECK);
    }
}

fn read_due(handle: &EngineHandle, syncing: &Syncing) -> io::Result<()> {
    for source in syncing.sources()? {
        if syncing.record(&source).due(&source) > now() {
            continue;
        }
        // Another process is at it. It is tried again in a minute.
        let Ok(_lock) = syncing.lock()? else {
            return Ok(());
        };
        read(handle, syncing, &source)?;
    }
    Ok(())
}

fn read(handle: &EngineHandle, syncing: &Syncing, source: &Source) -> io::Result<()> {
    let name = &source.name;
    match block_on(syncing.sync(source))? {
        Ok(record) => {
            let changes = Changes::of(&record);
            info!("source {name}: {changes}");
            if let Some(reason) = &record.failure {
                warn!("source {name}: ended early: {reason:?}");
            }
            if changes.is_any() {
                log_reload(&handle.reload());
            }
        }
        Err(error) => warn!("source {name} was not read: {:?}", error_chain(&error)),
    }
    Ok(())
}
