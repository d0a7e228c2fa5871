//! The engine that answers questions now. A reload builds a new engine beside it and then replaces it; a question that
//! is being answered keeps the old one.

use crate::error::OpenError;
use crate::limits::Limits;
use crate::load::load_after;
use crate::previous_load::{FileRecords, PreviousLoad};
use crate::report::FileReport;
use pullquote_core::article::Changes;
use pullquote_core::engine::Engine;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// A knowledge folder and the engine built from it.
///
/// One mutex serves all three operations on the engine: get, replace if current, and wait for a change. It is locked
/// only while the pointer is copied or replaced. A lock-free pointer would still need a mutex and a condition variable
/// to wait.
#[derive(Debug)]
pub struct EngineHandle {
    dir: PathBuf,
    limits: Limits,
    engine: Mutex<Arc<Engine>>,
    /// Notified when the engine is replaced.
    replaced: Condvar,
    /// The files as of the last load. Locked during a reload, so that reloads do not overlap.
    files: Mutex<FileRecords>,
}

impl EngineHandle {
    /// Loads a folder and builds its engine. Also returns the reports on its files.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or contains no articles.
    pub fn open(dir: &Path, limits: Limits) -> Result<(Self, Vec<FileReport>), OpenError> {
        let library = load_after(dir, &limits, &PreviousLoad::NONE)?;
        if library.articles.is_empty() {
            return Err(OpenError::Empty(dir.to_owned()));
        }
        let files = FileRecords::of(&library);
        let handle = Self {
            dir: dir.to_owned(),
            limits,
            engine: Mutex::new(Arc::new(Engine::build(library.articles))),
            replaced: Condvar::new(),
            files: Mutex::new(files),
        };
        Ok((handle, library.reports))
    }

    /// The knowledge folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The current engine. Use one engine for the whole of a request.
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.lock_engine())
    }

    /// Blocks until the current engine is not `known`, and returns it.
    pub fn wait_for_change(&self, known: &Arc<Engine>) -> Arc<Engine> {
        let is_known = |engine: &mut Arc<Engine>| Arc::ptr_eq(engine, known);
        let engine = self.replaced.wait_while(self.lock_engine(), is_known);
        Arc::clone(&engine.unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the current engine if it is `expected`, and returns whether it was.
    pub fn replace_if_current(&self, expected: &Arc<Engine>, new: Arc<Engine>) -> bool {
        let mut engine = self.lock_engine();
        let is_current = Arc::ptr_eq(&engine, expected);
        if is_current {
            *engine = new;
            self.replaced.notify_all();
        }
        is_current
    }

    /// Reads the files that have changed, and replaces the engine if any article has. Blocks until this is done, which
    /// can take seconds: do not call it on an async thread.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or contains no articles. The engine stays as it is.
    pub fn reload(&self) -> Result<Changes, OpenError> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let old = self.engine();
        let articles = old.corpus().articles();
        let library = load_after(
            &self.dir,
            &self.limits,
            &PreviousLoad::new(articles, &files),
        )?;
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
        *files = FileRecords::of(&library);
        if !changes.is_none() {
            let new = Arc::new(Engine::build(library.articles));
            *self.lock_engine() = new;
            self.replaced.notify_all();
        }
        Ok(changes)
    }

    fn lock_engine(&self) -> MutexGuard<'_, Arc<Engine>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::thread;

    fn handle() -> (tempfile::TempDir, EngineHandle) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "The ferry leaves at seven.").unwrap();
        let (handle, _) = EngineHandle::open(folder.path(), Limits::default()).unwrap();
        (folder, handle)
    }

    #[test]
    fn only_the_current_engine_is_replaced() {
        let (_folder, handle) = handle();
        let first = handle.engine();
        let [second, third] = [(); 2].map(|()| Arc::new(Engine::build(Vec::new())));
        assert!(handle.replace_if_current(&first, Arc::clone(&second)));
        assert!(!handle.replace_if_current(&first, third));
        assert!(Arc::ptr_eq(&handle.engine(), &second));
    }

    #[test]
    fn a_reload_ends_the_wait_for_a_change() {
        let (folder, handle) = handle();
        let first = handle.engine();
        thread::scope(|scope| {
            let waiting = scope.spawn(|| handle.wait_for_change(&first));
            fs::write(folder.path().join("b.md"), "The bus leaves at eight.").unwrap();
            handle.reload().unwrap();
            assert!(Arc::ptr_eq(&waiting.join().unwrap(), &handle.engine()));
        });
        assert!(!Arc::ptr_eq(&first, &handle.engine()));
    }
}
