//! Changes that other processes make. `PostgreSQL` tells them when a transaction is committed; a `SQLite` file has one process.

use crate::database::{Database, Pool, Store, with_pool};
use crate::error::StoreError;
use sqlx::postgres::PgListener;
use sqlx::{Postgres, Sqlite, Transaction};
use std::collections::HashMap;

/// The channel of the notifications.
const CHANNEL: &str = "pullquote";
const ANNOUNCE: &str = "select pg_notify($1, $2)";
const NEXT_VERSION: &str = "insert into server (id, version, settings) values ($1, 1, '{}')
    on conflict (id) do update set version = server.version + 1 returning version";
const VERSIONS: &str = "select id, version from server where version > 0";

/// What another process has done, or this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A server's articles have a new version; 0 if all that was kept of it has been deleted.
    Changed {
        /// The server.
        server: u64,
        /// The version.
        version: u64,
    },
    /// The connection was lost and is back: changes may have been missed.
    Missed,
}

/// Hears of changes.
#[derive(Debug)]
pub struct Listener(PgListener);

impl Listener {
    /// Waits for the next change.
    ///
    /// # Errors
    ///
    /// If the connection is lost and cannot be replaced. Then changes have been missed, and another listener is needed.
    pub async fn next(&mut self) -> Result<News, sqlx::Error> {
        loop {
            let Some(notification) = self.0.try_recv().await? else {
                return Ok(News::Missed);
            };
            if let Some(news) = read(notification.payload()) {
                return Ok(news);
            }
        }
    }
}

/// Reads a server and a version.
fn read(payload: &str) -> Option<News> {
    let (server, version) = payload.split_once(' ')?;
    Some(News::Changed {
        server: server.parse().ok()?,
        version: version.parse().ok()?,
    })
}

impl Store {
    /// Begins to hear of changes. `None` where no other process can make any.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn listen(&self) -> Result<Option<Listener>, StoreError> {
        let crate::Location::Postgres(_) = self.location() else {
            return Ok(None);
        };
        let Database {
            pool: Pool::Postgres(pool),
            ..
        } = self.database().await?
        else {
            return Ok(None);
        };
        let listen = async {
            let mut listener = PgListener::connect_with(pool).await?;
            listener.listen(CHANNEL).await?;
            Ok(Some(Listener(listener)))
        };
        listen.await.map_err(|error| self.unavailable(error))
    }

    /// The versions of all servers' articles, by server.
    ///
    /// # Errors
    ///
    /// If the database cannot be used.
    pub async fn versions(&self) -> Result<HashMap<u64, u64>, StoreError> {
        let Some(database) = self.existing().await? else {
            return Ok(HashMap::new());
        };
        let rows: Vec<(i64, i64)> = with_pool!(database, pool => {
            sqlx::query_as(VERSIONS).fetch_all(pool).await
        })
        .map_err(|error| self.unavailable(error))?;
        let versions = rows.into_iter();
        let unsigned =
            |(server, version): (i64, i64)| (server.cast_unsigned(), version.cast_unsigned());
        Ok(versions.map(unsigned).collect())
    }
}

/// A transaction that changes the articles of servers.
pub(crate) trait Change: Sized {
    /// Gives a server's articles their next version, and returns it. Until the transaction ends, no other one gets one.
    async fn next_version(&mut self, server: u64) -> Result<u64, sqlx::Error>;

    /// Tells the other processes, when the transaction is committed, that a server's articles have this version.
    async fn announce(&mut self, server: u64, version: u64) -> Result<(), sqlx::Error>;

    /// Commits the version of a server's articles, and tells the other processes.
    async fn publish(self, server: u64, version: u64) -> Result<(), sqlx::Error>;
}

impl Change for Transaction<'_, Sqlite> {
    async fn next_version(&mut self, server: u64) -> Result<u64, sqlx::Error> {
        let next = sqlx::query_scalar(NEXT_VERSION).bind(server.cast_signed());
        next.fetch_one(&mut **self).await.map(i64::cast_unsigned)
    }

    async fn announce(&mut self, _: u64, _: u64) -> Result<(), sqlx::Error> {
        Ok(())
    }

    async fn publish(self, _: u64, _: u64) -> Result<(), sqlx::Error> {
        self.commit().await
    }
}

impl Change for Transaction<'_, Postgres> {
    async fn next_version(&mut self, server: u64) -> Result<u64, sqlx::Error> {
        let next = sqlx::query_scalar(NEXT_VERSION).bind(server.cast_signed());
        next.fetch_one(&mut **self).await.map(i64::cast_unsigned)
    }

    async fn announce(&mut self, server: u64, version: u64) -> Result<(), sqlx::Error> {
        let said = sqlx::query(ANNOUNCE)
            .bind(CHANNEL)
            .bind(format!("{server} {version}"));
        said.execute(&mut **self).await.map(|_| ())
    }

    async fn publish(mut self, server: u64, version: u64) -> Result<(), sqlx::Error> {
        self.announce(server, version).await?;
        self.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::{News, read};

    #[test]
    fn only_a_server_and_a_version_are_news() {
        let news = News::Changed {
            server: 7,
            version: 12,
        };
        assert_eq!(read("7 12"), Some(news));
        for other in ["", "7", "7 x", "-7 12", "7 12 3"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
