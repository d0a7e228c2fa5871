//! Databases as earlier versions of the program have left them: each is opened, brought up to date, and has kept its articles.
//!
//! `schemas/` has a dump of each version of the schema. To add those of today's:
//!
//!     PULLQUOTE_WRITE_SCHEMAS=1 .ci/postgres cargo test -p pullquote-store --test schemas
//!
//! That is due before a step is added to the schema, because no program makes the earlier version any more.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test fails by a panic, and says what was skipped"
)]

mod places;

use places::{NOW, Place, article, file, postgres};
use pullquote_store::{Location, NewDraft, Store};
use sqlx::{AssertSqlSafe, Row};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SERVER: u64 = u64::MAX >> 1;

/// What every dump contains.
async fn fill(store: &Store) {
    let ants = article(SERVER, "ants.md", "Ants live in colonies.");
    store.put(&ants, None).await.unwrap();
    let bees = article(7, "bees.md", "Bees live in hives.");
    store.put(&bees, None).await.unwrap();
    store.put(&ants, None).await.unwrap();
    store.remove(7, "bees.md", NOW).await.unwrap();
    store.set_left(7, Some(NOW)).await.unwrap();
    let draft = NewDraft {
        token: "token",
        owner: (SERVER, 1),
        until: NOW + 10,
        seen: 2,
        edited: Some("words"),
        source: None,
        articles: &[],
    };
    store.put_draft(&draft).await.unwrap();
}

/// Checks that a store has what [`fill`] has put into it.
async fn check(store: &Store) {
    let (version, articles) = store.articles(SERVER).await.unwrap();
    assert_eq!((version, articles.len()), (2, 1));
    assert_eq!(articles[0].path, "ants.md");
    assert_eq!(articles[0].content, b"Ants live in colonies.");
    assert!(articles[0].link.is_some());
    assert_eq!(store.list(SERVER).await.unwrap()[0].by, 42);
    assert_eq!(store.settings(SERVER).await.unwrap().unwrap(), "{}");
    let always = |_: &[_]| Ok::<(), ()>(());
    let restored = store.restore(7, "bees.md", always).await.unwrap();
    assert_eq!(restored, Ok(Some(3)));
    let draft = store.draft("token", (SERVER, 1), NOW).await.unwrap();
    assert_eq!(draft.unwrap().edited.as_deref(), Some("words"));
    // It can be written to, and copied.
    store.put(&article(8, "new.md", "New"), None).await.unwrap();
    let rows = store.rows().await.unwrap();
    let other = file();
    store.copy_to(&other.store()).await.unwrap();
    assert_eq!(other.store().rows().await.unwrap().len(), rows.len());
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas")
}

/// The dumps of a kind of database, by version of the schema.
fn dumps(kind: &str) -> Vec<(u64, String)> {
    let ending = format!(".{kind}.sql");
    let dumps = fs::read_dir(folder()).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let name = path.file_name()?.to_str()?;
        let version = name.strip_suffix(&ending)?.parse().unwrap();
        Some((version, fs::read_to_string(&path).unwrap()))
    });
    let mut dumps: Vec<_> = dumps.collect();
    dumps.sort();
    dumps
}

/// The version of the schema of today.
async fn version() -> u64 {
    let place = file();
    fill(&place.store()).await;
    let mut connection = place.connect().await;
    let version = sqlx::query("select max(version) from _sqlx_migrations");
    let version = version.fetch_one(&mut connection).await.unwrap();
    version.get::<i64, _>(0).cast_unsigned()
}

#[tokio::test]
async fn every_earlier_schema_is_brought_up_to_date() {
    let today = version().await;
    write_dumps(today).await;
    for kind in ["sqlite", "postgres"] {
        let dumps = dumps(kind);
        let versions: Vec<u64> = dumps.iter().map(|(version, _)| *version).collect();
        let earlier: Vec<u64> = (1..today).collect();
        assert!(
            versions.starts_with(&earlier),
            "tests/schemas has a dump of each earlier version, not {versions:?}"
        );
        for (version, dump) in dumps {
            let place = match kind {
                "sqlite" => Some(file()),
                _ => postgres().await,
            };
            let Some(place) = place else {
                eprintln!("skipped: version {version} on PostgreSQL (.ci/postgres)");
                continue;
            };
            place.execute(&dump).await;
            check(&place.store()).await;
            // Once more: nothing is left to do.
            assert_eq!(place.store().version(SERVER).await.unwrap(), 2);
        }
    }
}

/// With `PULLQUOTE_WRITE_SCHEMAS`, writes the dumps of today's version that are missing.
async fn write_dumps(version: u64) {
    if std::env::var_os("PULLQUOTE_WRITE_SCHEMAS").is_none() {
        return;
    }
    for (kind, place) in [("sqlite", Some(file())), ("postgres", postgres().await)] {
        let path = folder().join(format!("{version}.{kind}.sql"));
        if let Some(place) = place.filter(|_| !path.exists()) {
            fill(&place.store()).await;
            let dump = match &place.location {
                Location::Folder(_) => sqlite_dump(&place).await,
                Location::Postgres(address) => postgres_dump(address),
            };
            fs::create_dir_all(folder()).unwrap();
            fs::write(path, dump).unwrap();
        }
    }
}

async fn sqlite_dump(place: &Place) -> String {
    let mut connection = place.connect().await;
    let mut dump = String::new();
    let tables = "select name, sql from sqlite_master where sql is not null order by rootpage";
    let tables = sqlx::query(tables)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    for table in &tables {
        writeln!(dump, "{};", table.get::<String, _>("sql")).unwrap();
    }
    // Rows of a table that refers to another come after those of that one, as the tables do.
    for table in tables {
        let table: String = table.get("name");
        let info = AssertSqlSafe(format!("select name from pragma_table_info('{table}')"));
        let columns = sqlx::query(info).fetch_all(&mut connection).await.unwrap();
        let quoted = columns.iter().map(|column| {
            let column: String = column.get(0);
            format!("quote({column})")
        });
        let quoted: Vec<String> = quoted.collect();
        if quoted.is_empty() {
            // An index.
            continue;
        }
        let rows = format!("select {} from {table}", quoted.join(" || ', ' || "));
        let rows = sqlx::query(AssertSqlSafe(rows));
        for row in rows.fetch_all(&mut connection).await.unwrap() {
            writeln!(
                dump,
                "insert into {table} values ({});",
                row.get::<String, _>(0)
            )
            .unwrap();
        }
    }
    dump
}

fn postgres_dump(address: &str) -> String {
    let output = Command::new("pg_dump")
        .args(["--inserts", "--no-owner", "--no-privileges", address])
        .output()
        .expect("pg_dump runs");
    assert!(output.status.success(), "{output:?}");
    let dump = String::from_utf8(output.stdout).unwrap();
    // `\restrict` and the like are for psql; the search path would stay for the connection.
    let lines = dump.lines().filter(|line| {
        let is_comment = line.starts_with("--") || line.is_empty();
        !is_comment && !line.starts_with('\\') && !line.contains("set_config('search_path'")
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}
