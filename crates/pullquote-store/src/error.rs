//! Why the store cannot do what was asked.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// An error of the store. Its text tells the operator what to do.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database was made by a newer version of the program.
    #[error(
        "{database} was made by a newer version of Pullquote: use that version, or restore a backup"
    )]
    Newer {
        /// The file, or the address without its password.
        database: String,
    },
    /// The database belongs to something else.
    #[error("{database} is not a database of Pullquote: name another one, or move it away")]
    Foreign {
        /// The file, or the address without its password.
        database: String,
    },
    /// The file is damaged.
    #[error("{} is damaged ({reason}): restore a backup with `pullquote data restore FILE`", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What the check found first.
        reason: String,
    },
    /// The file to restore is not a sound copy of a database.
    #[error("{} cannot be restored ({reason}): name a file that `pullquote data backup` has written", file.display())]
    NoBackup {
        /// The file.
        file: PathBuf,
        /// What the check found first.
        reason: String,
    },
    /// Another process uses the file.
    #[error("another Pullquote uses {}: stop it, give this one another DATA_DIR, or use PostgreSQL (DATABASE_URL)", folder.display())]
    InUse {
        /// The data folder.
        folder: PathBuf,
    },
    /// Processes can share shards in `PostgreSQL` only.
    #[error("{database} is for one process: to share shards, use PostgreSQL (DATABASE_URL)")]
    OneProcess {
        /// The file.
        database: String,
    },
    /// The article has changed since the member saw it.
    #[error("the articles have changed in the meantime")]
    Changed,
    /// The disk has no room for the change, which was not made.
    #[error("the disk of {database} is full: nothing was changed; free some space there")]
    Full {
        /// The file, or the address without its password.
        database: String,
    },
    /// Data cannot be moved to a database that has some.
    #[error("{database} already contains data: move to an empty database")]
    NotEmpty {
        /// The file, or the address without its password.
        database: String,
    },
    /// A copy is not complete; it was discarded.
    #[error(
        "{copied} of {expected} rows of `{table}` were copied to {database}: nothing was changed"
    )]
    Incomplete {
        /// The file, or the address without its password.
        database: String,
        /// The table.
        table: &'static str,
        /// Rows that were copied.
        copied: u64,
        /// Rows that there are.
        expected: u64,
    },
    /// The connections go through a pooler that gives each transaction another one.
    #[error(
        "{database} is a pooler in transaction mode, which does not pass on notifications: use its session mode, or the database's own address"
    )]
    Pooled {
        /// The address without its password.
        database: String,
    },
    /// The database does not answer in time.
    #[error("{database} does not respond")]
    Silent {
        /// The file, or the address without its password.
        database: String,
    },
    /// The database cannot be reached, or refused the change.
    #[error("cannot use {database}: {error}")]
    Unavailable {
        /// The file, or the address without its password.
        database: String,
        /// What it said.
        error: sqlx::Error,
    },
    /// A file cannot be written, deleted or renamed.
    #[error("cannot write {} ({error}): nothing was changed; check the permissions and the disk of its folder", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file cannot be used.
    #[error("cannot use {}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

impl StoreError {
    /// Why a file cannot be written.
    pub(crate) fn unwritable(path: &Path, error: io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full {
                database: path.display().to_string(),
            },
            io::ErrorKind::AlreadyExists => Self::Io { path, error },
            _ => Self::Unwritable { path, error },
        }
    }
}
