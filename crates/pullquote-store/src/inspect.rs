//! What `doctor` looks at. Nothing is changed, made or locked: the bot may be running.

use crate::backup::{COUNT, SCHEMA};
use crate::database::{Location, OURS, Pool, Store, TABLES, is_pooled};
use crate::error::StoreError;
use crate::schema;
use sqlx::pool::PoolOptions;
use sqlx::{PgPool, Postgres};
use std::time::Duration;

/// How long a database may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Those that have renewed their leases of shards lately. The clock is that of the database.
const PROCESSES: &str = "select count(*) from process
    where seen > (extract(epoch from clock_timestamp()) * 1000)::bigint - 15000";
/// The version of the schema from which on processes share shards.
const SHARING: i64 = 6;
const TLS: &str = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";

/// What is known of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inspection {
    /// Articles that are kept.
    pub articles: u64,
    /// Whether an earlier version of the program has made it: the next start of the bot brings it up to date.
    pub is_earlier: bool,
    /// Of a `PostgreSQL` server.
    pub server: Option<ServerInspection>,
}

/// What is known of a `PostgreSQL` server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerInspection {
    /// Its version, such as 15.
    pub version: u32,
    /// Whether the connection is encrypted.
    pub is_encrypted: bool,
    /// Processes that share shards.
    pub processes: u64,
}

impl Store {
    /// Inspects the database. `None` if there is no file yet.
    ///
    /// # Errors
    ///
    /// If the bot could not use it.
    pub async fn inspect(&self) -> Result<Option<Inspection>, StoreError> {
        match self.location() {
            Location::Folder(_) => {
                let Some(file) = self.file() else {
                    return Ok(None);
                };
                let (articles, schema) = self.inspect_file(&file).await?;
                let is_earlier = self.is_earlier(schema)?;
                Ok(Some(Inspection {
                    articles,
                    is_earlier,
                    server: None,
                }))
            }
            Location::Postgres(address) => {
                let options = address.parse().map_err(|error| self.unavailable(error))?;
                let pool = PoolOptions::<Postgres>::new()
                    .max_connections(2)
                    .acquire_timeout(PATIENCE)
                    .connect_with(options)
                    .await
                    .map_err(|error| self.unavailable(error))?;
                let inspected = self.inspect_postgres(&pool).await;
                pool.close().await;
                inspected.map(Some)
            }
        }
    }

    /// Inspects the database by the connections that are open, and opens them if none are: a file is not checked for damage again.
    ///
    /// # Errors
    ///
    /// If the bot could not use it.
    pub async fn inspect_open(&self) -> Result<Option<Inspection>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        let pool = match &database.pool {
            Pool::Postgres(pool) => return self.inspect_server(pool).await.map(Some),
            Pool::Sqlite(pool) => pool,
        };
        let look = async {
            let articles: i64 = sqlx::query_scalar(COUNT).fetch_one(pool).await?;
            let schema: i64 = sqlx::query_scalar(SCHEMA).fetch_one(pool).await?;
            Ok((articles, schema))
        };
        let (articles, schema) = look.await.map_err(|error| self.unavailable(error))?;
        Ok(Some(Inspection {
            articles: articles.cast_unsigned(),
            is_earlier: self.is_earlier(schema)?,
            server: None,
        }))
    }

    async fn inspect_postgres(&self, pool: &PgPool) -> Result<Inspection, StoreError> {
        // Such a pooler may refuse the statements of an inspection.
        let pooled = is_pooled(pool).await;
        if pooled.map_err(|error| self.unavailable(error))? {
            let database = self.name();
            return Err(StoreError::Pooled { database });
        }
        self.inspect_server(pool).await
    }

    async fn inspect_server(&self, pool: &PgPool) -> Result<Inspection, StoreError> {
        let look = async {
            let number: String = sqlx::query_scalar("show server_version_num")
                .fetch_one(pool)
                .await?;
            let is_encrypted: bool = sqlx::query_scalar(TLS).fetch_one(pool).await?;
            let tables: i64 = sqlx::query_scalar(TABLES).fetch_one(pool).await?;
            let ours: i64 = sqlx::query_scalar(OURS).fetch_one(pool).await?;
            let schema: i64 = match ours {
                0 => 0,
                _ => sqlx::query_scalar(SCHEMA).fetch_one(pool).await?,
            };
            let articles: i64 = match schema {
                0 => 0,
                _ => sqlx::query_scalar(COUNT).fetch_one(pool).await?,
            };
            let processes: i64 = match schema {
                SHARING.. => sqlx::query_scalar(PROCESSES).fetch_one(pool).await?,
                _ => 0,
            };
            let server = ServerInspection {
                version: number.parse::<u32>().unwrap_or_default() / 10_000,
                is_encrypted,
                processes: processes.cast_unsigned(),
            };
            let is_foreign = ours == 0 && tables > 0;
            Ok((server, is_foreign, schema, articles))
        };
        let looked = look.await.map_err(|error| self.unavailable(error));
        let (server, is_foreign, schema, articles) = looked?;
        if is_foreign {
            let database = self.name();
            return Err(StoreError::Foreign { database });
        }
        Ok(Inspection {
            articles: articles.cast_unsigned(),
            is_earlier: schema > 0 && self.is_earlier(schema)?,
            server: Some(server),
        })
    }

    /// Whether a version of the schema is an earlier one. Refuses a later one.
    fn is_earlier(&self, version: i64) -> Result<bool, StoreError> {
        let today = schema::version();
        if version > today {
            return Err(StoreError::Newer {
                database: self.name(),
            });
        }
        Ok(version < today)
    }
}
