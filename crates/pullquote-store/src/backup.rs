//! Copies of the `SQLite` file.

use crate::database::{FILE, Location, Store, check_sqlite};
use crate::error::StoreError;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

impl Store {
    /// Writes a copy of the database to a new file, and checks it. The bot may use the database meanwhile, in this process or
    /// another. `false` if there is nothing to copy: nothing is kept yet, or in `PostgreSQL`, which has its own tools.
    ///
    /// # Errors
    ///
    /// If the copy exists already or cannot be written, or the database is damaged.
    pub async fn back_up(&self, to: &Path) -> Result<bool, StoreError> {
        let Some(file) = self.file() else {
            return Ok(false);
        };
        if to.exists() {
            return Err(StoreError::Io {
                path: to.to_owned(),
                error: io::Error::new(io::ErrorKind::AlreadyExists, "there is a file already"),
            });
        }
        let pool = open(&file).await?;
        let path = to.to_str().unwrap_or_default();
        let copied = sqlx::query("vacuum into $1")
            .bind(path)
            .execute(&pool)
            .await;
        pool.close().await;
        copied.map_err(|error| self.unavailable(error))?;
        self.check_file(to).await?;
        Ok(true)
    }

    /// Reads the whole database. How many articles it keeps; `None` where [`Store::back_up`] would copy nothing.
    ///
    /// # Errors
    ///
    /// If it is damaged.
    pub async fn check(&self) -> Result<Option<u64>, StoreError> {
        match self.file() {
            Some(file) => self.check_file(&file).await.map(Some),
            None => Ok(None),
        }
    }

    /// The file of the database, if there is one.
    fn file(&self) -> Option<PathBuf> {
        let Location::Folder(folder) = self.location() else {
            return None;
        };
        Some(folder.join(FILE)).filter(|file| file.exists())
    }

    /// Puts a copy in the place of the database, which is kept beside it as `pullquote.db.before`. Call it before anything else:
    /// the store must not be connected.
    ///
    /// # Errors
    ///
    /// If the copy is damaged, or another process uses the folder.
    pub async fn restore_backup(&self, from: &Path) -> Result<(), StoreError> {
        let Location::Folder(folder) = &self.location() else {
            return Ok(());
        };
        self.check_file(from).await?;
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

    /// Refuses a file that is no sound database of ours. Returns how many articles it keeps.
    async fn check_file(&self, file: &Path) -> Result<u64, StoreError> {
        let damaged = |error: sqlx::Error| StoreError::Damaged {
            file: file.to_owned(),
            reason: error.to_string(),
        };
        let pool = open(file).await?;
        let checked = check_sqlite(&pool, file).await;
        let count = "select count(*) from article where removed_at is null";
        let count: Result<i64, sqlx::Error> = sqlx::query_scalar(count).fetch_one(&pool).await;
        pool.close().await;
        checked.map_err(|error| match error {
            StoreError::Unavailable { error, .. } => damaged(error),
            other => other,
        })?;
        Ok(count.map_err(damaged)?.cast_unsigned())
    }
}

/// Opens a database without taking its folder.
async fn open(file: &Path) -> Result<SqlitePool, StoreError> {
    let options = SqliteConnectOptions::new().filename(file);
    let pool = SqlitePoolOptions::new().max_connections(1);
    pool.connect_with(options)
        .await
        .map_err(|error| StoreError::Damaged {
            file: file.to_owned(),
            reason: error.to_string(),
        })
}
