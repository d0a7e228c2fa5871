//! The connection: opened at first use, refused where it would do harm.

use crate::error::StoreError;
use crate::schema;
use sqlx::migrate::MigrateError;
use sqlx::pool::PoolOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Executor, PgPool, Postgres, Row, Sqlite, SqlitePool};
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::OnceCell;

/// The file in the data folder.
pub(crate) const FILE: &str = "pullquote.db";
/// Locked by the process that uses the file.
const LOCK: &str = "pullquote.lock";
/// How long a statement waits for a connection. An interaction must be answered within 3 s.
const PATIENCE: Duration = Duration::from_secs(2);
/// Connections to `PostgreSQL`.
const CONNECTIONS: u32 = 8;

/// How many tables a `PostgreSQL` database has.
pub(crate) const TABLES: &str =
    "select count(*) from information_schema.tables where table_schema = current_schema()";
/// Whether it is ours.
pub(crate) const OURS: &str = "select count(*) from information_schema.tables
    where table_schema = current_schema() and table_name = '_sqlx_migrations'";

/// Where the store is.
#[derive(Debug, Clone)]
pub enum Location {
    /// A `SQLite` file in this folder.
    Folder(PathBuf),
    /// The address of a `PostgreSQL` database: `postgres://user:password@host/name`.
    Postgres(String),
}

/// The store. It connects at first use, and a folder gets its file by the first change.
#[derive(Debug)]
pub struct Store {
    location: Location,
    database: OnceCell<Database>,
}

/// An open database.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) pool: Pool,
    /// Released when the process ends, however it ends.
    _lock: Option<File>,
}

#[derive(Debug)]
pub(crate) enum Pool {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Runs the same code with the pool of either database.
macro_rules! with_pool {
    ($database:expr, $pool:ident => $body:expr) => {
        match &$database.pool {
            $crate::database::Pool::Sqlite($pool) => $body,
            $crate::database::Pool::Postgres($pool) => $body,
        }
    };
}
pub(crate) use with_pool;

impl Store {
    /// A store that is not connected yet.
    pub fn new(location: Location) -> Self {
        Self {
            location,
            database: OnceCell::new(),
        }
    }

    /// The location.
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// A store that uses a connection to its file, without taking the folder: another process may be using it.
    pub(crate) fn with_file(self, pool: SqlitePool) -> Self {
        let pool = Pool::Sqlite(pool);
        let database = OnceCell::new_with(Some(Database { pool, _lock: None }));
        Self { database, ..self }
    }

    /// The database, for a change.
    pub(crate) async fn database(&self) -> Result<&Database, StoreError> {
        self.database.get_or_try_init(|| self.open()).await
    }

    /// The database, to read from it; `None` if nothing has been kept yet.
    pub(crate) async fn existing(&self) -> Result<Option<&Database>, StoreError> {
        if self.database.get().is_none()
            && let Location::Folder(folder) = &self.location
            && !folder.join(FILE).exists()
        {
            return Ok(None);
        }
        self.database().await.map(Some)
    }

    /// Closes the connections, so that everything is in the file of the database, which can then be moved.
    pub async fn close(&self) {
        if let Some(database) = self.database.get() {
            with_pool!(database, pool => pool.close().await);
        }
    }

    async fn open(&self) -> Result<Database, StoreError> {
        match &self.location {
            Location::Folder(folder) => self.open_sqlite(folder).await,
            Location::Postgres(address) => self.open_postgres(address).await,
        }
    }

    async fn open_sqlite(&self, folder: &Path) -> Result<Database, StoreError> {
        let lock = lock(folder)?;
        let file = folder.join(FILE);
        let is_new = !file.exists();
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .busy_timeout(PATIENCE);
        if !is_new {
            // With a log, a database that is not ours would be changed.
            let pool = self.connect(&file, options.clone()).await?;
            let checked = self.check_ours(&pool, &file).await;
            pool.close().await;
            checked?;
        }
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let pool = self.connect(&file, options).await?;
        if is_new {
            only_for_owner(&file)?;
        }
        let migrated = schema::migrator("blob").run(&pool).await;
        migrated.map_err(|error| self.migration_failed(error))?;
        Ok(Database {
            pool: Pool::Sqlite(pool),
            _lock: Some(lock),
        })
    }

    /// One connection: `SQLite` has one writer, and reading a server's articles takes less than a millisecond.
    async fn connect(
        &self,
        file: &Path,
        options: SqliteConnectOptions,
    ) -> Result<SqlitePool, StoreError> {
        PoolOptions::<Sqlite>::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await
            .map_err(|error| self.damaged_or(file, error))
    }

    /// Refuses a file that is damaged, or that is not ours.
    async fn check_ours(&self, pool: &SqlitePool, file: &Path) -> Result<(), StoreError> {
        check_sqlite(pool, file)
            .await
            .map_err(|error| match error {
                StoreError::Unavailable { error, .. } => self.damaged_or(file, error),
                other => other,
            })?;
        let tables = "select count(*) from sqlite_master where type = 'table'";
        let ours = "select count(*) from sqlite_master where name = '_sqlx_migrations'";
        self.is_ours(
            sqlx::query_scalar(tables).fetch_one(pool).await,
            sqlx::query_scalar(ours).fetch_one(pool).await,
        )
    }

    async fn open_postgres(&self, address: &str) -> Result<Database, StoreError> {
        let options: PgConnectOptions = address.parse().map_err(|error| self.unavailable(error))?;
        let pool = PoolOptions::<Postgres>::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .connect_with(options)
            .await
            .map_err(|error| self.unavailable(error))?;
        if is_pooled(&pool)
            .await
            .map_err(|error| self.unavailable(error))?
        {
            return Err(StoreError::Pooled {
                database: self.name(),
            });
        }
        self.is_ours(
            sqlx::query_scalar(TABLES).fetch_one(&pool).await,
            sqlx::query_scalar(OURS).fetch_one(&pool).await,
        )?;
        let migrated = schema::migrator("bytea").run(&pool).await;
        migrated.map_err(|error| self.migration_failed(error))?;
        Ok(Database {
            pool: Pool::Postgres(pool),
            _lock: None,
        })
    }

    /// Refuses a database with tables that are not ours.
    fn is_ours(
        &self,
        tables: Result<i64, sqlx::Error>,
        ours: Result<i64, sqlx::Error>,
    ) -> Result<(), StoreError> {
        let tables = tables.map_err(|error| self.unavailable(error))?;
        let ours = ours.map_err(|error| self.unavailable(error))?;
        if tables > 0 && ours == 0 {
            return Err(StoreError::Foreign {
                database: self.name(),
            });
        }
        Ok(())
    }

    fn migration_failed(&self, error: MigrateError) -> StoreError {
        match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionMismatch(_) => {
                StoreError::Newer {
                    database: self.name(),
                }
            }
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                self.unavailable(error)
            }
            other => self.unavailable(sqlx::Error::Migrate(Box::new(other))),
        }
    }

    pub(crate) fn unavailable(&self, error: sqlx::Error) -> StoreError {
        let database = self.name();
        if is_full(&error) {
            return StoreError::Full { database };
        }
        StoreError::Unavailable { database, error }
    }

    /// What `SQLite` says of a file that is no database, or a broken one (11 and 26 of its result codes).
    pub(crate) fn damaged_or(&self, file: &Path, error: sqlx::Error) -> StoreError {
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code);
        match code.as_deref() {
            Some("11" | "26") => StoreError::Damaged {
                file: file.to_owned(),
                reason: error.to_string(),
            },
            _ => self.unavailable(error),
        }
    }

    /// The file, or the address without its password.
    pub fn name(&self) -> String {
        match &self.location {
            Location::Folder(folder) => folder.join(FILE).display().to_string(),
            Location::Postgres(address) => without_password(address),
        }
    }
}

/// Whether the disk is full: `SQLite`'s result code 13, and `PostgreSQL`'s code for it.
fn is_full(error: &sqlx::Error) -> bool {
    let code = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("13" | "53100"))
}

/// Takes the folder for this process.
pub(crate) fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(LOCK);
    let failed = |error| StoreError::Io {
        path: path.clone(),
        error,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    let file = File::create(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
            folder: folder.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// Whether a pooler gives each transaction another connection: then a second client, in a transaction, takes the process that has
/// just served the first.
pub(crate) async fn is_pooled(pool: &PgPool) -> Result<bool, sqlx::Error> {
    let process = "select pg_backend_pid()";
    let mut first = pool.acquire().await?;
    let before = first.fetch_one(sqlx::raw_sql(process)).await?;
    let mut second = pool.begin().await?;
    second.fetch_one(sqlx::raw_sql(process)).await?;
    let after = first.fetch_one(sqlx::raw_sql(process)).await?;
    second.rollback().await?;
    let [before, after] = [before, after].map(|row| row.try_get::<i32, _>(0));
    Ok(before? != after?)
}

/// What members wrote is for the bot alone.
pub(crate) fn only_for_owner(file: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = fs::Permissions::from_mode(0o600);
        fs::set_permissions(file, permissions).map_err(|error| StoreError::Io {
            path: file.to_owned(),
            error,
        })?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Refuses a damaged file.
pub(crate) async fn check_sqlite(pool: &SqlitePool, file: &Path) -> Result<(), StoreError> {
    let found: Result<String, sqlx::Error> = sqlx::query_scalar("pragma quick_check(1)")
        .fetch_one(pool)
        .await;
    match found {
        Ok(found) if found == "ok" => Ok(()),
        Ok(reason) => Err(StoreError::Damaged {
            file: file.to_owned(),
            reason,
        }),
        Err(error) => Err(StoreError::Unavailable {
            database: file.display().to_string(),
            error,
        }),
    }
}

/// `postgres://user:secret@host/name` without `:secret`.
fn without_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return "the database of DATABASE_URL".to_owned();
    };
    let Some((account, host)) = rest.rsplit_once('@') else {
        return address.to_owned();
    };
    let user = account.split(':').next().unwrap_or_default();
    format!("{scheme}://{user}@{host}")
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn no_password_is_shown() {
        for (address, shown) in [
            (
                "postgres://bot:p@ss@db.example/pq",
                "postgres://bot@db.example/pq",
            ),
            ("postgres://db.example/pq", "postgres://db.example/pq"),
            ("nonsense", "the database of DATABASE_URL"),
        ] {
            assert_eq!(without_password(address), shown);
        }
    }
}
