//! Copies of the database: `SQLite` files, from and into either kind of database.

use crate::database::{Database, FILE, Location, Pool, Store, check_sqlite, only_for_owner};
use crate::error::StoreError;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The version of a database's schema.
pub(crate) const SCHEMA: &str = "select coalesce(max(version), 0) from _sqlx_migrations";
/// How many articles are kept.
pub(crate) const COUNT: &str = "select count(*) from article where removed_at is null";

impl Store {
    /// Writes a copy of the database to a new `SQLite` file, and checks it. The bot may use the database meanwhile, in this process
    /// or another. `false` if nothing is kept yet.
    ///
    /// # Errors
    ///
    /// If the copy exists already or cannot be written, or the database is damaged.
    pub async fn back_up(&self, to: &Path) -> Result<bool, StoreError> {
        if to.exists() {
            return Err(StoreError::Io {
                path: to.to_owned(),
                error: io::Error::new(io::ErrorKind::AlreadyExists, "there is a file already"),
            });
        }
        let Some(file) = self.file() else {
            return self.back_up_postgres(to).await;
        };
        let pool = open(&file).await?;
        let path = to.to_str().unwrap_or_default();
        let copied = sqlx::query("vacuum into $1")
            .bind(path)
            .execute(&pool)
            .await;
        pool.close().await;
        copied.map_err(|error| self.unavailable(error))?;
        only_for_owner(to)?;
        self.check_file(to).await?;
        Ok(true)
    }

    /// Copies to a store in a folder of its own, and moves its file.
    async fn back_up_postgres(&self, to: &Path) -> Result<bool, StoreError> {
        let failed = |error| StoreError::Io {
            path: to.to_owned(),
            error,
        };
        let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = tempfile::tempdir_in(parent.unwrap_or(Path::new("."))).map_err(failed)?;
        let copy = Store::new(Location::Folder(folder.path().to_owned()));
        let copied = self.copy_to(&copy).await;
        copy.close().await;
        let is_copied = copied?.is_some();
        if is_copied {
            fs::rename(folder.path().join(FILE), to).map_err(failed)?;
        }
        Ok(is_copied)
    }

    /// Reads the whole database. How many articles it keeps; `None` where [`Store::back_up`] would copy nothing.
    ///
    /// # Errors
    ///
    /// If it is damaged.
    pub async fn check(&self) -> Result<Option<u64>, StoreError> {
        match (self.file(), self.location()) {
            (Some(file), _) => self.check_file(&file).await.map(Some),
            (None, Location::Folder(_)) => Ok(None),
            (None, Location::Postgres(_)) => {
                let Database {
                    pool: Pool::Postgres(pool),
                    ..
                } = self.database().await?
                else {
                    return Ok(None);
                };
                let count: i64 = sqlx::query_scalar(COUNT)
                    .fetch_one(pool)
                    .await
                    .map_err(|error| self.unavailable(error))?;
                Ok(Some(count.cast_unsigned()))
            }
        }
    }

    /// The file of the database, if there is one.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        let Location::Folder(folder) = self.location() else {
            return None;
        };
        Some(folder.join(FILE)).filter(|file| file.exists())
    }

    /// Puts a copy in the place of the database. A file is kept beside it as `pullquote.db.before`; a `PostgreSQL` database must be
    /// empty. Call it before anything else: the store must not be connected.
    ///
    /// # Errors
    ///
    /// If the copy is damaged, another process uses the folder, or the `PostgreSQL` database has data.
    pub async fn restore_backup(&self, from: &Path) -> Result<(), StoreError> {
        self.check_file(from).await?;
        let Location::Folder(folder) = &self.location() else {
            return self.restore_postgres(from).await;
        };
        let failed = |error| StoreError::Io {
            path: from.to_owned(),
            error,
        };
        let _lock = crate::database::lock(folder)?;
        let file = folder.join(FILE);
        // The log beside it holds the last changes, if the process was killed.
        for end in ["", "-wal"] {
            let now = folder.join(format!("{FILE}{end}"));
            if now.exists() {
                let before = folder.join(format!("{FILE}.before{end}"));
                fs::rename(&now, before).map_err(failed)?;
            }
        }
        fs::copy(from, &file).map_err(failed)?;
        Ok(())
    }

    /// Copies from a store in a folder of its own, which brings the copy of an earlier version up to date.
    async fn restore_postgres(&self, from: &Path) -> Result<(), StoreError> {
        let failed = |error| StoreError::Io {
            path: from.to_owned(),
            error,
        };
        let folder = tempfile::tempdir().map_err(failed)?;
        fs::copy(from, folder.path().join(FILE)).map_err(failed)?;
        let store = Store::new(Location::Folder(folder.path().to_owned()));
        let restored = store.copy_to(self).await;
        store.close().await;
        restored.map(|_| ())
    }

    /// Refuses a file that is no sound database of ours. Returns how many articles it keeps.
    async fn check_file(&self, file: &Path) -> Result<u64, StoreError> {
        let (articles, _) = self.inspect_file(file).await?;
        Ok(articles)
    }

    /// How many articles a file keeps, and the version of its schema. Refuses one that is no sound database of ours.
    pub(crate) async fn inspect_file(&self, file: &Path) -> Result<(u64, i64), StoreError> {
        let damaged = |error: sqlx::Error| StoreError::Damaged {
            file: file.to_owned(),
            reason: error.to_string(),
        };
        let pool = open(file).await?;
        let checked = check_sqlite(&pool, file).await;
        let count: Result<i64, sqlx::Error> = sqlx::query_scalar(COUNT).fetch_one(&pool).await;
        let schema: Result<i64, sqlx::Error> = sqlx::query_scalar(SCHEMA).fetch_one(&pool).await;
        pool.close().await;
        checked.map_err(|error| match error {
            StoreError::Unavailable { error, .. } => damaged(error),
            other => other,
        })?;
        let count = count.map_err(damaged)?.cast_unsigned();
        Ok((count, schema.map_err(damaged)?))
    }
}

/// Opens a database without taking its folder.
pub(crate) async fn open(file: &Path) -> Result<SqlitePool, StoreError> {
    let options = SqliteConnectOptions::new().filename(file);
    let pool = SqlitePoolOptions::new().max_connections(1);
    pool.connect_with(options)
        .await
        .map_err(|error| StoreError::Damaged {
            file: file.to_owned(),
            reason: error.to_string(),
        })
}
