//! A copy of the database in the making.

use crate::database::{FILE, only_for_owner};
use crate::error::StoreError;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::{TempDir, TempPath};

/// What the names of the folders begin with.
const PREFIX: &str = ".pullquote-copy-";
/// No copy takes as long: the process that was making it was killed.
const ABANDONED: Duration = Duration::from_hours(1);
/// What the names of files that belong to a database end with: itself, its log with the index of that, and its journal. `SQLite`
/// replays a log or a journal that it finds beside a database, also that of another one.
const ENDS: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// A copy in a folder of its own beside its target: nobody else can read it or take it for complete, and if it fails, it is deleted
/// with its journal.
pub(crate) struct NewCopy<'a> {
    folder: TempDir,
    target: &'a Path,
}

impl<'a> NewCopy<'a> {
    pub(crate) fn new(target: &'a Path) -> Result<Self, StoreError> {
        let parent = parent(target);
        Self::delete_abandoned(parent);
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(parent)
            .map_err(|error| StoreError::unwritable(target, error))?;
        Ok(Self { folder, target })
    }

    /// Deletes what killed processes have left in a folder. What cannot be deleted does no harm there.
    pub(crate) fn delete_abandoned(parent: &Path) {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let changed = entry.metadata().and_then(|metadata| metadata.modified());
            let age = changed.ok().and_then(|changed| changed.elapsed().ok());
            if name.to_string_lossy().starts_with(PREFIX) && age.is_some_and(|age| age > ABANDONED)
            {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    pub(crate) fn target(&self) -> &Path {
        self.target
    }

    /// The folder, for a store of its own.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file to write to.
    pub(crate) fn file(&self) -> PathBuf {
        self.folder().join(FILE)
    }

    /// Waits until the copy is on the disk.
    pub(crate) fn sync(&self) -> Result<(), StoreError> {
        let file = self.file();
        only_for_owner(&file)?;
        // Windows syncs only what may be written to.
        let opened = File::options().write(true).open(&file);
        let synced = opened.and_then(|file| file.sync_all());
        synced.map_err(|error| StoreError::unwritable(self.target, error))
    }

    /// Gives the copy its name, which must be free.
    pub(crate) fn persist(self) -> Result<(), StoreError> {
        let failed = |error| StoreError::unwritable(self.target, error);
        let copy = TempPath::try_from_path(self.file()).map_err(failed)?;
        let persisted = copy.persist_noclobber(self.target);
        persisted.map_err(|error| failed(error.error))?;
        // So that the name survives a power failure. Not every system can sync a folder.
        let _ = File::open(parent(self.target)).and_then(|folder| folder.sync_all());
        Ok(())
    }

    /// Puts the copy in the place of the database that nobody uses, which is renamed.
    pub(crate) fn replace(self, before: &Path) -> Result<(), StoreError> {
        let target = self.target;
        if !target.exists() {
            delete(&files(target)[1..])?;
            return self.persist();
        }
        delete(&files(before))?;
        let replaced = rename(target, before).and_then(|()| self.persist());
        if replaced.is_err() {
            // The error says that nothing was changed.
            let _ = rename(before, target);
        }
        replaced
    }
}

/// The folder of a file.
fn parent(file: &Path) -> &Path {
    let parent = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    parent.unwrap_or(Path::new("."))
}

/// The files of a database, whether they exist or not.
fn files(database: &Path) -> [PathBuf; 4] {
    ENDS.map(|end| {
        let mut path = OsString::from(database);
        path.push(end);
        path.into()
    })
}

/// Deletes those files that exist.
fn delete(files: &[PathBuf]) -> Result<(), StoreError> {
    for file in files {
        if_there(fs::remove_file(file)).map_err(|error| StoreError::unwritable(file, error))?;
    }
    Ok(())
}

/// Renames the files of a database that exist.
fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    for (from, to) in files(from).iter().zip(files(to)) {
        if_there(fs::rename(from, to)).map_err(|error| StoreError::unwritable(from, error))?;
    }
    Ok(())
}

/// A file that does not exist is no error.
fn if_there(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::{ABANDONED, NewCopy, PREFIX};
    use crate::error::StoreError;
    use std::fs::{self, File};
    use std::time::SystemTime;

    #[test]
    fn a_database_that_cannot_be_replaced_stays_with_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a.db"), "articles").unwrap();
        fs::write(path("a.db-wal"), "changes").unwrap();
        let target = path("a.db");
        // Nothing was written to the copy, so it cannot get its name.
        let replaced = NewCopy::new(&target).unwrap().replace(&path("before"));
        let error = replaced.unwrap_err();
        assert!(matches!(error, StoreError::Unwritable { .. }), "{error}");
        assert_eq!(fs::read_to_string(path("a.db")).unwrap(), "articles");
        assert_eq!(fs::read_to_string(path("a.db-wal")).unwrap(), "changes");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    #[cfg(unix)]
    fn what_a_killed_process_has_left_is_deleted_an_hour_later() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("copy.db");
        let left = folder.path().join(format!("{PREFIX}left"));
        fs::create_dir(&left).unwrap();
        fs::write(left.join("pullquote.db"), "half").unwrap();
        let mine = folder.path().join("mine");
        fs::create_dir(&mine).unwrap();
        drop(NewCopy::new(&target).unwrap());
        assert!(left.exists(), "another process may be writing it");
        for folder in [&left, &mine] {
            let then = SystemTime::now() - 2 * ABANDONED;
            File::open(folder).unwrap().set_modified(then).unwrap();
        }
        drop(NewCopy::new(&target).unwrap());
        assert!(!left.exists() && mine.exists());
    }
}
