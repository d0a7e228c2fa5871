//! Copies of the SQLite file.

use crate::database::{FILE, Location, Pool, Store, check_sqlite};
use crate::error::StoreError;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::fs;
use std::path::Path;

impl Store {
    /// Writes a copy of the database to a new file while the store is in use, and checks it. `false` if there is nothing to copy:
    /// nothing is kept yet, or PostgreSQL keeps it, whose administrator makes backups.
    ///
    /// # Errors
    ///
    /// If the file exists or cannot be written.
    pub async fn back_up(&self, to: &Path) -> Result<bool, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(false);
        };
        let Pool::Sqlite(pool) = &database.pool else {
            return Ok(false);
        };
        let path = to.to_str().unwrap_or_default();
        let copied = sqlx::query("vacuum into $1").bind(path).execute(pool).await;
        copied.map_err(|error| self.unavailable(error))?;
        check_file(to).await?;
        Ok(true)
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
        check_file(from).await?;
        let failed = |source| StoreError::Io {
            path: from.to_owned(),
            source,
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
}

/// Refuses a file that is no sound database.
async fn check_file(file: &Path) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await;
    let damaged = |error: sqlx::Error| StoreError::Damaged {
        file: file.to_owned(),
        reason: error.to_string(),
    };
    let pool = pool.map_err(damaged)?;
    let checked = check_sqlite(&pool, file).await;
    pool.close().await;
    checked.map_err(|error| match error {
        StoreError::Unavailable { source, .. } => damaged(source),
        other => other,
    })
}
