//! Places for stores, which are removed after the test.

#![allow(dead_code, reason = "not every test binary needs all of it")]

use pullquote_store::{Location, NewArticle, Store};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::env;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

pub(crate) const NOW: i64 = 1_700_000_000_000;

/// A place for a store that is removed after the test.
pub(crate) struct Place {
    pub(crate) location: Location,
    _folder: TempDir,
}

/// An empty folder.
pub(crate) fn file() -> Place {
    let folder = tempfile::tempdir().unwrap();
    Place {
        location: Location::Folder(folder.path().to_owned()),
        _folder: folder,
    }
}

/// An empty database of the server at `PULLQUOTE_TEST_POSTGRES`, if that is set.
pub(crate) async fn postgres() -> Option<Place> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let address = env::var("PULLQUOTE_TEST_POSTGRES").ok()?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("pullquote_test_{}_{number}", std::process::id());
    let mut admin = PgConnection::connect(&address).await.unwrap();
    let create = format!("create database {name}");
    admin.execute(AssertSqlSafe(create)).await.unwrap();
    let (server, _) = address.rsplit_once('/').unwrap();
    Some(Place {
        location: Location::Postgres(format!("{server}/{name}")),
        _folder: tempfile::tempdir().unwrap(),
    })
}

/// An empty database of the server at `PULLQUOTE_TEST_POSTGRES`; `None`, with a word, if that is not set.
pub(crate) async fn only_postgres() -> Option<Place> {
    let place = postgres().await;
    if place.is_none() {
        eprintln!("skipped: PULLQUOTE_TEST_POSTGRES is not set (.ci/postgres sets it)");
    }
    place
}

/// An empty place in each kind of database.
pub(crate) async fn each_kind() -> Vec<Place> {
    let mut places = vec![file()];
    places.extend(postgres().await);
    places
}

impl Place {
    pub(crate) fn store(&self) -> Store {
        Store::new(self.location.clone())
    }

    /// A connection to the file, beside the store.
    pub(crate) async fn connect(&self) -> SqliteConnection {
        let Location::Folder(folder) = &self.location else {
            panic!("a file");
        };
        let options = SqliteConnectOptions::new()
            .filename(folder.join("pullquote.db"))
            .create_if_missing(true);
        SqliteConnection::connect_with(&options).await.unwrap()
    }

    /// Runs statements in the database, beside the store.
    pub(crate) async fn execute(&self, statements: &str) {
        let statements = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()));
        match &self.location {
            Location::Folder(_) => {
                let mut connection = self.connect().await;
                connection.execute(statements).await.unwrap();
                connection.close().await.unwrap();
            }
            Location::Postgres(address) => {
                let mut connection = PgConnection::connect(address).await.unwrap();
                connection.execute(statements).await.unwrap();
            }
        }
    }
}

/// An article to keep.
pub(crate) fn article<'a>(server: u64, path: &'a str, content: &'a str) -> NewArticle<'a> {
    NewArticle {
        server,
        path,
        content: content.as_bytes(),
        link: Some("https://discord.com/channels/1/2/3"),
        by: 42,
        at: NOW,
    }
}
