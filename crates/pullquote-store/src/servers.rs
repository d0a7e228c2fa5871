//! Servers: their settings, and what happens to their data when they leave.

use crate::database::{Store, with_pool};
use crate::error::StoreError;
use crate::news::Change;
use crate::rows::{SWEEP_FILES, Work};
use crate::schema::TABLES;
use std::collections::BTreeMap;

/// How long a removed article can be restored, in milliseconds: ten minutes.
pub const UNDO: i64 = 10 * 60 * 1_000;
/// How long the data of a server is kept after the bot was removed from it: 14 days.
pub const AFTER_LEAVING: i64 = 14 * 24 * 60 * 60 * 1_000;

const SETTINGS: &str = "select settings from server where id = $1";
const ALL_SETTINGS: &str =
    "select id, settings from server where left_at is null and settings <> '{}' order by id";
const SET: &str = "insert into server (id, version, settings) values ($1, 1, $2)
    on conflict (id) do update set settings = excluded.settings, version = server.version + 1
    where server.settings = $3 returning version";
/// Whoever notices again that the bot has left does not begin its time anew: the earlier time stays.
const LEFT: &str = "update server set
    left_at = case when $2 >= 0 then case when left_at < $2 then left_at else $2 end end where id = $1";
const PRESENT: &str = "select id, left_at is null from server";
/// What is over, and how long it is kept before it is deleted.
const SWEEP: [(&str, i64); 3] = [
    ("delete from draft where until <= $1", 0),
    ("delete from article_source where removed_at <= $1", UNDO),
    ("delete from article where removed_at <= $1", UNDO),
];
const SWEEP_SERVERS: &str = "delete from server where left_at <= $1 returning id";

impl Store {
    /// A server's settings: JSON, which a newer version of the program may have written.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn settings(&self, server: u64) -> Result<Option<String>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(None);
        };
        with_pool!(database, pool => {
            sqlx::query_scalar(SETTINGS).bind(server.cast_signed()).fetch_optional(pool).await
        })
        .map_err(|error| self.unavailable(error))
    }

    /// The settings of all servers that have chosen something, except those that the bot has left.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn all_settings(&self) -> Result<Vec<(u64, String)>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        let rows: Vec<(i64, String)> =
            with_pool!(database, pool => sqlx::query_as(ALL_SETTINGS).fetch_all(pool).await)
                .map_err(|error| self.unavailable(error))?;
        let unsigned = |(server, settings): (i64, String)| (server.cast_unsigned(), settings);
        Ok(rows.into_iter().map(unsigned).collect())
    }

    /// Replaces a server's settings if they still are as they were `before`; those of a server of which nothing is kept are
    /// `{}`. Returns the new version of what its members see; `None` if the settings have changed.
    ///
    /// ```
    /// use pullquote_store::{Location, Store};
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// # let folder = tempfile::tempdir()?;
    /// let store = Store::new(Location::Folder(folder.path().to_owned()));
    /// let german = r#"{"language":"de"}"#;
    /// assert!(store.set(7, "{}", german).await?.is_some());
    /// // Somebody else has not seen that yet, and must look again.
    /// assert!(store.set(7, "{}", "{}").await?.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn set(
        &self,
        server: u64,
        before: &str,
        settings: &str,
    ) -> Result<Option<u64>, StoreError> {
        let database = self.database().await?;
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            let set = sqlx::query_scalar(SET).bind(server.cast_signed()).bind(settings).bind(before);
            let version: Option<i64> = set.fetch_optional(&mut *change).await?;
            let version = version.map(i64::cast_unsigned);
            if let Some(version) = version {
                change.announce(server, version).await?;
            }
            change.commit().await?;
            Ok(version)
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }

    /// Notes when the bot was removed from a server, unless an earlier time is known, or that it is there again (`None`).
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn set_left(&self, server: u64, at: Option<i64>) -> Result<(), StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(());
        };
        with_pool!(database, pool => {
            sqlx::query(LEFT).bind(server.cast_signed()).bind(at).execute(pool).await.map(|_| ())
        })
        .map_err(|error| self.unavailable(error))
    }

    /// The servers of which something is kept, and whether the bot is there as far as is known.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn presence(&self) -> Result<BTreeMap<u64, bool>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(BTreeMap::new());
        };
        let rows: Vec<(i64, bool)> = with_pool!(database, pool => {
            sqlx::query_as(PRESENT).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        let presence = rows.into_iter();
        let unsigned = |(server, is_present): (i64, bool)| (server.cast_unsigned(), is_present);
        Ok(presence.map(unsigned).collect())
    }

    /// Deletes everything of a server. `false` if there was nothing.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn delete_server(&self, server: u64) -> Result<bool, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(false);
        };
        let delete = async {
            let mut work = Work::begin(database).await?;
            let mut rows = 0;
            for table in TABLES.iter().rev() {
                rows += work.delete(table, server).await?;
            }
            work.delete_unused_files().await?;
            work.announce(server, 0).await?;
            work.commit().await?;
            Ok(rows > 0)
        };
        delete.await.map_err(|error| self.unavailable(error))
    }

    /// Deletes what is over: drafts, articles and sources removed more than [`UNDO`] ago, servers left more than [`AFTER_LEAVING`] ago, and
    /// files that no article has. Returns the servers.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn sweep(&self, now: i64) -> Result<Vec<u64>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(Vec::new());
        };
        with_pool!(database, pool => async {
            let mut change = pool.begin().await?;
            for (statement, kept) in SWEEP {
                sqlx::query(statement).bind(now - kept).execute(&mut *change).await?;
            }
            let left = sqlx::query_scalar(SWEEP_SERVERS).bind(now - AFTER_LEAVING);
            let left: Vec<i64> = left.fetch_all(&mut *change).await?;
            let left: Vec<u64> = left.into_iter().map(i64::cast_unsigned).collect();
            for server in &left {
                change.announce(*server, 0).await?;
            }
            sqlx::query(SWEEP_FILES).execute(&mut *change).await?;
            change.commit().await?;
            Ok(left)
        }
        .await)
        .map_err(|error| self.unavailable(error))
    }
}
