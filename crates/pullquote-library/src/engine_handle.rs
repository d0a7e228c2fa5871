//! The articles that answer now. A reload builds an engine beside the one that answers and puts it in its place
//! as a whole; whoever asks meanwhile keeps the old one until they are done.

use super::before::{Before, Files};
use super::{FileReport, Limits, LoadError, load_after};
use pullquote_core::article::Changes;
use pullquote_core::engine::Engine;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A knowledge folder and the engine that was built from it.
#[derive(Debug)]
pub struct EngineHandle {
    dir: PathBuf,
    limits: Limits,
    /// Held no longer than it takes to copy or put down a pointer.
    engine: Mutex<Arc<Engine>>,
    /// Told when another engine has taken its place.
    replaced: Condvar,
    /// What the files were. Whoever holds it reloads, alone.
    files: Mutex<Files>,
}

/// Why the articles cannot be read, or read again.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// There is nothing in it.
    #[error(
        "no articles in `{0}`: put .txt, .md, .html or .pdf files there (`pullquote check` says what is wrong with those that are)"
    )]
    Empty(PathBuf),
}

impl EngineHandle {
    /// Reads a folder for the first time. The reports are those of all its files.
    ///
    /// # Errors
    ///
    /// When there is no article to be had.
    pub fn open(dir: &Path, limits: Limits) -> Result<(Self, Vec<FileReport>), OpenError> {
        let library = load_after(dir, &limits, &Before::NOTHING)?;
        if library.articles.is_empty() {
            return Err(OpenError::Empty(dir.to_owned()));
        }
        let files = Files::of(&library);
        let handle = Self {
            dir: dir.to_owned(),
            limits,
            engine: Mutex::new(Arc::new(Engine::build(library.articles))),
            replaced: Condvar::new(),
            files: Mutex::new(files),
        };
        Ok((handle, library.reports))
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What answers now. A question is answered by one engine from its beginning to its end.
    pub fn engine(&self) -> Arc<Engine> {
        let engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&engine)
    }

    /// Waits until something else answers than `known`.
    pub fn other_than(&self, known: &Arc<Engine>) -> Arc<Engine> {
        let engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |engine: &mut Arc<Engine>| Arc::ptr_eq(engine, known);
        let waited = self.replaced.wait_while(engine, same);
        Arc::clone(&waited.unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts an engine in the place of `old`; if another has taken it already, that one stays. Tells whether it did.
    pub fn replace(&self, old: &Arc<Engine>, new: Arc<Engine>) -> bool {
        let mut engine = self.engine.lock().unwrap_or_else(PoisonError::into_inner);
        let stands = Arc::ptr_eq(&engine, old);
        if stands {
            *engine = new;
            self.replaced.notify_all();
        }
        stands
    }

    /// Reads the files that have changed, and puts the new articles in the place of the old ones. It works as
    /// long as that takes: not for a thread that has others waiting.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or is empty: the old articles go on answering.
    pub fn reload(&self) -> Result<Changes, OpenError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let old = self.engine();
        let articles = old.corpus().articles();
        let library = load_after(&self.dir, &self.limits, &Before::new(articles, &files))?;
        if library.articles.is_empty() {
            return Err(OpenError::Empty(self.dir.clone()));
        }
        let mut changes = Changes::between(articles, &library.articles);
        let reports = library
            .reports
            .iter()
            .filter(|report| report.error().is_some());
        changes.failed = reports.map(|report| report.path.clone()).collect();
        changes.failed.dedup();
        *files = Files::of(&library);
        if !changes.is_none() {
            let new = Arc::new(Engine::build(library.articles));
            *self.engine.lock().unwrap_or_else(PoisonError::into_inner) = new;
            self.replaced.notify_all();
        }
        Ok(changes)
    }
}
