//! The engine that answers questions now. A reload builds a new engine beside it and then replaces it; a question that
//! is being answered keeps the old one.

use crate::error::OpenError;
use crate::file_reader::{FileReader, InProcess};
use crate::folders::Folders;
use crate::limits::Limits;
use crate::load::load_after;
use crate::previous_load::{FileRecords, PreviousLoad};
use crate::report::FileReport;
use pullquote_core::article::Changes;
use pullquote_core::engine::Engine;
use std::mem::take;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a reload waits for another one that is under way.
const PATIENCE: Duration = Duration::from_secs(5);

/// A knowledge folder and the engine built from it.
///
/// One mutex serves all three operations on the engine: get, replace if current, and wait for a change. It is locked
/// only while the pointer is copied or replaced. A lock-free pointer would still need a mutex and a condition variable
/// to wait.
///
/// ```
/// use pullquote_core::answer::Options;
/// use pullquote_library::{EngineHandle, Limits};
/// use std::fs;
///
/// let folder = tempfile::tempdir()?;
/// fs::write(folder.path().join("ferry.md"), "The ferry leaves at seven.")?;
/// let (handle, reports) = EngineHandle::open(folder.path(), Limits::default())?;
/// assert_eq!(reports.len(), 1);
/// let before = handle.engine();
///
/// fs::write(folder.path().join("bus.md"), "The bus leaves at noon.")?;
/// let changes = handle.reload()?;
/// assert!(!changes.is_none());
///
/// // A request that has begun keeps its engine; the next one gets the new articles.
/// assert_eq!(before.corpus().article_count(), 1);
/// let answer = handle.engine().ask("When does the bus leave?", &Options::default());
/// assert_eq!(answer.quotes.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct EngineHandle {
    folders: Folders,
    limits: Limits,
    reader: Arc<dyn FileReader>,
    engine: Mutex<Arc<Engine>>,
    /// Notified when the engine is replaced, and by [`EngineHandle::wake`].
    replaced: Condvar,
    /// The files as of the last load. `None` during a reload, so that reloads do not overlap.
    files: Mutex<Option<FileRecords>>,
    /// Notified when a reload ends.
    reloaded: Condvar,
    status: Mutex<LoadStatus>,
    /// Held while a file is changed.
    pub(crate) editing: Mutex<()>,
}

/// What came of the loads so far.
#[derive(Debug, Clone)]
pub struct LoadStatus {
    /// The reports on all files, in the order of their paths.
    pub reports: Arc<Vec<FileReport>>,
    /// When the articles last changed.
    pub changed: Instant,
    /// What changed then; `None` if that was the first load.
    pub changes: Option<Arc<Changes>>,
    /// Why the last reload failed; `None` if it did not.
    pub failure: Option<String>,
}

impl EngineHandle {
    /// Loads a folder, reading its files in this process, and builds its engine. Also returns the reports on its files.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or contains no articles.
    pub fn open(dir: &Path, limits: Limits) -> Result<(Self, Vec<FileReport>), OpenError> {
        Self::open_with(dir, limits, Arc::new(InProcess))
    }

    /// [`open`](Self::open), with more folders, and another reader: files from strangers should be read in another process.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with(
        folders: impl Into<Folders>,
        limits: Limits,
        reader: Arc<dyn FileReader>,
    ) -> Result<(Self, Vec<FileReport>), OpenError> {
        let folders = folders.into();
        let mut library = load_after(&folders, &limits, reader.as_ref(), &PreviousLoad::NONE)?;
        if library.articles.is_empty() {
            return Err(OpenError::Empty(folders.knowledge));
        }
        let files = FileRecords::of(&mut library);
        let reports = Vec::clone(&files.reports);
        let status = LoadStatus {
            reports: Arc::clone(&files.reports),
            changed: Instant::now(),
            changes: None,
            failure: None,
        };
        let handle = Self {
            folders,
            limits,
            reader,
            engine: Mutex::new(Arc::new(Engine::build(library.articles))),
            replaced: Condvar::new(),
            files: Mutex::new(Some(files)),
            reloaded: Condvar::new(),
            status: Mutex::new(status),
            editing: Mutex::default(),
        };
        Ok((handle, reports))
    }

    /// The knowledge folder.
    pub fn dir(&self) -> &Path {
        &self.folders.knowledge
    }

    /// The folders with the articles.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// What reads the files.
    pub fn reader(&self) -> Arc<dyn FileReader> {
        Arc::clone(&self.reader)
    }

    /// The limits on each file.
    pub fn limits(&self) -> &Limits {
        &self.limits
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

    /// Blocks until `find` finds something; `None` if it does not for that long. It is called with the current engine: at once,
    /// and whenever that is replaced or [`wake`](Self::wake) is called.
    pub(crate) fn wait_for<T>(
        &self,
        find: impl Fn(&Arc<Engine>) -> Option<T>,
        at_most: Duration,
    ) -> Option<T> {
        let mut found = None;
        let look = |engine: &mut Arc<Engine>| {
            found = find(engine);
            found.is_none()
        };
        let waited = self
            .replaced
            .wait_timeout_while(self.lock_engine(), at_most, look);
        drop(waited);
        found
    }

    /// Lets those that [wait](Self::wait_for) look again.
    pub(crate) fn wake(&self) {
        // Those that have just looked are waiting once the lock is free.
        drop(self.lock_engine());
        self.replaced.notify_all();
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

    /// Whether the last load or reload ended before it had read all files, or is not over yet.
    pub fn is_incomplete(&self) -> bool {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.as_ref().is_none_or(|files| files.out_of_time)
    }

    /// Reads the files that have changed, and replaces the engine if any article has. Blocks until this is done, which
    /// can take seconds: do not call it on an async thread.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or contains no articles, or if another reload takes long. The engine stays as it
    /// is.
    pub fn reload(&self) -> Result<Changes, OpenError> {
        self.reload_within(PATIENCE)
    }

    /// Reloads, after waiting at most `patience` for another reload.
    fn reload_within(&self, patience: Duration) -> Result<Changes, OpenError> {
        let mut turn = self.turn(patience).ok_or(OpenError::Busy)?;
        let outcome = self.reload_in(&mut turn);
        let mut status = self.lock_status();
        status.failure = outcome.as_ref().err().map(OpenError::to_string);
        if let Ok(changes) = &outcome {
            status.reports = Arc::clone(&turn.files.reports);
            if !changes.is_none() {
                status.changed = Instant::now();
                status.changes = Some(Arc::new(changes.clone()));
            }
        }
        drop(status);
        // Whoever has waited for the engine finds the reports on its files.
        self.replaced.notify_all();
        outcome
    }

    fn reload_in(&self, turn: &mut Turn<'_>) -> Result<Changes, OpenError> {
        let old = self.engine();
        let articles = old.corpus().articles();
        let previous = PreviousLoad::new(articles.clone().collect(), &turn.files);
        let mut library = load_after(&self.folders, &self.limits, self.reader.as_ref(), &previous)?;
        if library.articles.is_empty() {
            return Err(OpenError::Empty(self.folders.knowledge.clone()));
        }
        let mut changes = Changes::between(articles, &library.articles);
        let reports = library
            .reports
            .iter()
            .filter(|report| report.error().is_some());
        changes.failed = reports.map(|report| report.path.clone()).collect();
        changes.failed.dedup();
        turn.files = FileRecords::of(&mut library);
        if !changes.is_none() {
            let new = Arc::new(Engine::build(library.articles));
            *self.lock_engine() = new;
        }
        Ok(changes)
    }

    /// The right to reload; `None` if another reload still has it after `patience`.
    fn turn(&self, patience: Duration) -> Option<Turn<'_>> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let is_taken = |files: &mut Option<FileRecords>| files.is_none();
        let waited = self.reloaded.wait_timeout_while(files, patience, is_taken);
        let (mut files, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let files = files.take()?;
        Some(Turn {
            handle: self,
            files,
        })
    }

    /// What came of the loads so far.
    pub fn status(&self) -> LoadStatus {
        self.lock_status().clone()
    }

    fn lock_status(&self) -> MutexGuard<'_, LoadStatus> {
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_engine(&self) -> MutexGuard<'_, Arc<Engine>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to reload. Returned when it is dropped, even by a panic.
struct Turn<'a> {
    handle: &'a EngineHandle,
    /// The files as of the last load.
    files: FileRecords,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let files = self.handle.files.lock();
        *files.unwrap_or_else(PoisonError::into_inner) = Some(take(&mut self.files));
        self.handle.reloaded.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::article::ParsedDocument;
    use std::fs;
    use std::sync::mpsc;
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

    #[test]
    fn the_status_says_what_changed_and_what_is_wrong() {
        let (folder, handle) = handle();
        let status = handle.status();
        assert_eq!((status.reports.len(), status.changes), (1, None));
        fs::write(folder.path().join("b.md"), "").unwrap();
        fs::write(folder.path().join("c.md"), "The bus leaves at eight.").unwrap();
        handle.reload().unwrap();
        let first = handle.status();
        let paths: Vec<&str> = first.reports.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["a.md", "b.md", "c.md"]);
        assert!(first.reports[1].error().is_some() && first.failure.is_none());
        assert_eq!(first.changes.as_ref().unwrap().added, ["c.md"]);
        // Nothing has changed since then, and then nothing can be read.
        handle.reload().unwrap();
        assert_eq!(handle.status().changed, first.changed);
        fs::remove_dir_all(folder.path()).unwrap();
        handle.reload().unwrap_err();
        let status = handle.status();
        assert!(status.failure.unwrap().contains("no knowledge folder"));
        assert_eq!(status.reports.len(), 3, "what was known stays");
    }

    /// Reads each file only after `go`, once it has said so.
    #[derive(Debug)]
    struct Slow {
        begins: mpsc::SyncSender<()>,
        go: Mutex<mpsc::Receiver<()>>,
    }

    impl FileReader for Slow {
        fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
            self.begins.send(()).unwrap();
            self.go.lock().unwrap().recv().unwrap();
            InProcess.read(path, bytes)
        }
    }

    #[test]
    fn a_slow_file_does_not_make_others_wait() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "The ferry leaves at seven.").unwrap();
        let (begins, begun) = mpsc::sync_channel(9);
        let (go, wait) = mpsc::channel();
        let reader = Slow {
            begins,
            go: Mutex::new(wait),
        };
        go.send(()).unwrap();
        let (handle, _) =
            EngineHandle::open_with(folder.path(), Limits::default(), Arc::new(reader)).unwrap();
        begun.recv().unwrap();
        thread::scope(|scope| {
            fs::write(folder.path().join("a.md"), "The ferry leaves at eight.").unwrap();
            let first = scope.spawn(|| handle.reload().unwrap());
            begun.recv().unwrap();
            let second = handle.reload_within(Duration::ZERO);
            assert!(matches!(second, Err(OpenError::Busy)), "{second:?}");
            assert_eq!(handle.engine().corpus().article_count(), 1);
            go.send(()).unwrap();
            assert_eq!(first.join().unwrap().changed, ["a.md"]);
        });
        go.send(()).unwrap();
        assert!(handle.reload().unwrap().is_none());
    }
}
