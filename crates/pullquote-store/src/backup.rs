//! Copies of the database: `SQLite` files, from and into either kind of database.

use crate::database::{Database, FILE, Location, Pool, Store, check_sqlite};
use crate::error::StoreError;
use crate::new_copy::NewCopy;
use crate::schema;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use std::env;
use std::io;
use std::path::{Path, PathBuf};

/// The version of a database's schema.
pub(crate) const SCHEMA: &str = "select coalesce(max(version), 0) from _sqlx_migrations";
/// How many articles are kept.
pub(crate) const COUNT: &str = "select count(*) from article where removed_at is null";
/// What a restored backup has replaced, in the data folder.
const BEFORE: &str = "pullquote.db.before";

impl Store {
    /// Writes a copy of the database to a new `SQLite` file, which gets its name when it is complete and checked. The bot may use
    /// the database meanwhile, in this process or another. `false` if nothing is kept yet.
    ///
    /// # Errors
    ///
    /// If the copy exists already or cannot be written, or the database is damaged.
    pub async fn back_up(&self, to: &Path) -> Result<bool, StoreError> {
        if to.exists() {
            let error = io::Error::new(io::ErrorKind::AlreadyExists, "there is a file already");
            return Err(StoreError::unwritable(to, error));
        }
        if let Location::Folder(data) = self.location() {
            // A restore that was killed has left its copy there.
            NewCopy::delete_abandoned(data);
        }
        let copy = NewCopy::new(to)?;
        let is_copied = match self.file() {
            Some(file) => self.copy_file(&file, &copy).await.map(|()| true)?,
            None => self.copy_rows(&copy).await?,
        };
        if is_copied {
            self.complete(&copy).await?;
            copy.persist()?;
        }
        Ok(is_copied)
    }

    /// Copies a file, with the changes that are still in its log.
    async fn copy_file(&self, from: &Path, to: &NewCopy<'_>) -> Result<(), StoreError> {
        let target = to.target();
        let file = to.file();
        let path = file
            .to_str()
            .ok_or_else(|| StoreError::unwritable(target, io::ErrorKind::InvalidFilename.into()))?;
        let pool = open(from).await?;
        let copied = sqlx::query("vacuum into $1")
            .bind(path)
            .execute(&pool)
            .await;
        pool.close().await;
        copied.map_err(|error| match self.damaged_or(from, error) {
            StoreError::Full { .. } => {
                StoreError::unwritable(target, io::ErrorKind::StorageFull.into())
            }
            StoreError::Unavailable { error, .. } => {
                StoreError::unwritable(target, io::Error::other(error))
            }
            damaged => damaged,
        })?;
        Ok(())
    }

    /// Copies every row, from either kind of database. `false` if there are none.
    async fn copy_rows(&self, to: &NewCopy<'_>) -> Result<bool, StoreError> {
        let copy = Store::new(Location::Folder(to.folder().to_owned()));
        let copied = self.copy_to(&copy).await;
        copy.close().await;
        Ok(copied?.is_some())
    }

    /// Refuses a copy that is not as it was written, and makes sure that it is on the disk.
    async fn complete(&self, copy: &NewCopy<'_>) -> Result<(), StoreError> {
        match self.check_file(&copy.file()).await {
            Err(StoreError::Damaged { reason, .. }) => {
                let error = io::Error::other(format!("the copy is damaged: {reason}"));
                Err(StoreError::unwritable(copy.target(), error))
            }
            checked => checked.and_then(|_| copy.sync()),
        }
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
    /// If the copy is damaged, another process uses the folder, the folder cannot be written to, or the `PostgreSQL` database has
    /// data. The database stays as it was.
    pub async fn restore_backup(&self, from: &Path) -> Result<(), StoreError> {
        let inspected = self.inspect_file(from).await;
        let (_, version) = inspected.map_err(|error| match error {
            StoreError::Damaged { file, reason } => StoreError::NoBackup { file, reason },
            other => other,
        })?;
        if version > schema::version() {
            return Err(StoreError::Newer {
                database: from.display().to_string(),
            });
        }
        let Location::Folder(folder) = &self.location() else {
            return self.restore_postgres(from).await;
        };
        let _lock = crate::database::lock(folder)?;
        let file = folder.join(FILE);
        let copy = NewCopy::new(&file)?;
        self.copy_file(from, &copy).await?;
        self.complete(&copy).await?;
        copy.replace(&folder.join(BEFORE))
    }

    /// Copies from a store in a folder of its own, which brings the copy of an earlier version up to date.
    async fn restore_postgres(&self, from: &Path) -> Result<(), StoreError> {
        let file = env::temp_dir().join(FILE);
        let copy = NewCopy::new(&file)?;
        self.copy_file(from, &copy).await?;
        let store = Store::new(Location::Folder(copy.folder().to_owned()));
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
