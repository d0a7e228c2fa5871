//! Data that leaves a store: moved to the other kind of database and back, exported, deleted. With `PULLQUOTE_TEST_POSTGRES`, the
//! address of a server, between `SQLite` and `PostgreSQL`; without it, between two files.

use crate::places::{NOW, article, each_kind, file, postgres};
use pullquote_store::{
    Counts, DayCount, DraftArticle, Location, Moved, NewDraft, NewQuestion, NewSource,
    PassageVotes, QuoteCount, Row, Store, StoreError, Value,
};
use sqlx::{Connection, Row as _};
use std::fs;

const SERVER: u64 = 7;
const OTHER: u64 = u64::MAX >> 1;

/// Adds a source without articles.
async fn add_source(store: &Store) {
    let confirmed = NewDraft {
        token: "source",
        owner: (SERVER, 1),
        until: NOW + 10,
        seen: store.version(SERVER).await.unwrap(),
        edited: None,
        source: Some(NewSource {
            id: u64::MAX,
            settings: "words",
            record: b"known",
            due: NOW,
            gate: "",
        }),
        articles: &[],
    };
    store.put_draft(&confirmed).await.unwrap();
    let owner = (SERVER, 1);
    let version = store.confirm_draft("source", owner, NOW).await.unwrap();
    assert!(version.is_some());
}

/// A store with something in every table, and in every column that may be empty.
async fn fill(store: &Store) {
    for number in 0..120 {
        let content = format!("Ants {number}, Ümlaut \u{1f41c}. ").repeat(20);
        let path = format!("{number}.md");
        let mut one = article(SERVER, &path, &content);
        one.link = (number % 2 == 0).then_some("https://discord.com/channels/1/2/3");
        store.put(&one, None).await.unwrap();
    }
    let shared = article(OTHER, "shared.md", "Bees");
    store.put(&shared, None).await.unwrap();
    let shared = article(SERVER, "shared.md", "Bees");
    store.put(&shared, None).await.unwrap();
    let noise: Vec<u8> = (0..70_000_u32)
        .map(|at| (u64::from(at) * u64::from(at) / 7) as u8)
        .collect();
    let mut picture = article(OTHER, "noise.pdf", "");
    picture.content = &noise;
    store.put(&picture, None).await.unwrap();
    store.remove(SERVER, "7.md", NOW).await.unwrap();
    add_source(store).await;
    let draft = NewDraft {
        token: "token",
        owner: (SERVER, 1),
        until: NOW + 10,
        seen: 1,
        edited: Some("old.md"),
        source: None,
        articles: &[DraftArticle {
            path: "draft.md",
            content: b"Cicadas",
            document: b"{}",
            link: None,
        }],
    };
    store.put_draft(&draft).await.unwrap();
    store.count(&counts()).await.unwrap();
    let pinned = store
        .pin(SERVER, &["When?".to_owned()], "passage", NOW)
        .await;
    pinned.unwrap();
    let settings = r#"{"answers":"private"}"#;
    store.set(OTHER, "{}", settings).await.unwrap();
    store.set_left(OTHER, Some(NOW)).await.unwrap();
}

/// What was asked, and how it was answered.
fn counts() -> Counts {
    let question = NewQuestion {
        server: SERVER,
        key: u64::MAX,
        wording: "When?".to_owned(),
        count: 2,
        day: 20_000,
        by_several: false,
    };
    let asked = DayCount {
        day: 20_000,
        outcome: 2,
        number: 3,
    };
    let votes = PassageVotes {
        passage: "passage".to_owned(),
        helpful: 1,
        not_helpful: 2,
    };
    let quotes = |path: &str, is_shared| QuoteCount {
        path: path.to_owned(),
        is_shared,
        number: 4,
    };
    Counts {
        questions: vec![question],
        asked: vec![(SERVER, asked)],
        quotes: vec![
            (SERVER, 20_000, quotes("1.md", false)),
            (SERVER, 20_000, quotes("1.md", true)),
        ],
        votes: vec![(SERVER, votes, 20_000)],
    }
}

/// Every row of every table, in an order that does not depend on the database.
async fn rows(store: &Store) -> Vec<(&'static str, Vec<Row>)> {
    let mut tables = store.rows().await.unwrap();
    for (_, rows) in &mut tables {
        rows.sort();
    }
    tables
}

#[tokio::test]
async fn what_is_moved_there_and_back_is_the_same_byte_for_byte() {
    let first = file();
    let between = postgres().await.unwrap_or_else(file);
    let last = file();
    let store = first.store();
    fill(&store).await;
    let before = rows(&store).await;
    assert!(before.iter().all(|(_, rows)| !rows.is_empty()));
    let moved = Some(Moved {
        servers: 2,
        articles: 123,
    });
    assert_eq!(store.copy_to(&between.store()).await.unwrap(), moved);
    assert_eq!(rows(&between.store()).await, before);
    assert_eq!(between.store().copy_to(&last.store()).await.unwrap(), moved);
    assert_eq!(rows(&last.store()).await, before);
    assert_eq!(rows(&store).await, before, "it is a copy");
    let (version, articles) = last.store().articles(SERVER).await.unwrap();
    assert_eq!((version, articles.len()), (124, 120));
}

#[tokio::test]
async fn a_store_with_data_is_not_overwritten() {
    for target in each_kind().await {
        let source = file();
        let source = source.store();
        fill(&source).await;
        let store = target.store();
        store
            .put(&article(1, "mine.md", "Mine"), None)
            .await
            .unwrap();
        let before = rows(&store).await;
        let refused = source.copy_to(&store).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotEmpty { .. }), "{refused}");
        assert_eq!(rows(&store).await, before);
    }
    let (empty, target) = (file(), file());
    assert_eq!(empty.store().copy_to(&target.store()).await.unwrap(), None);
}

#[tokio::test]
async fn a_move_that_fails_leaves_the_other_store_empty() {
    let (source, target) = (file(), file());
    let store = source.store();
    fill(&store).await;
    // The other database refuses a row in the middle.
    target.store().set(1, "{}", "{}").await.unwrap();
    target.store().delete_server(1).await.unwrap();
    target
        .execute(
            "create trigger full before insert on article when new.path = '60.md'
                 begin select raise(abort, 'no room'); end",
        )
        .await;
    let failed = store.copy_to(&target.store()).await.unwrap_err();
    assert!(failed.to_string().contains("no room"), "{failed}");
    let left = rows(&target.store()).await;
    assert!(left.iter().all(|(_, rows)| rows.is_empty()));
}

#[tokio::test]
async fn an_export_is_everything_of_a_server_and_of_no_other() {
    for place in each_kind().await {
        let store = place.store();
        assert_eq!(store.export(OTHER).await.unwrap(), None);
        fill(&store).await;
        assert_eq!(store.export(1).await.unwrap(), None);
        let export = store.export(OTHER).await.unwrap().unwrap();
        let paths: Vec<&str> = export.files.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["noise.pdf", "shared.md"]);
        assert_eq!(export.files[1].1, b"Bees");
        let names: Vec<&str> = export.tables.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["server", "article"]);
        let all = export.tables.iter().flat_map(|(_, rows)| rows).flatten();
        let mut servers = all.filter(|(column, _)| column == "server" || column == "id");
        assert!(servers.all(|(_, value)| *value == Value::Number(OTHER.cast_signed())));
        // One that can still be restored is still kept.
        let export = store.export(SERVER).await.unwrap().unwrap();
        assert!(export.files.iter().any(|(path, _)| path == "7.md"));
    }
}

#[tokio::test]
async fn a_deleted_server_leaves_nothing() {
    for place in each_kind().await {
        let store = place.store();
        fill(&store).await;
        let other = store.export(OTHER).await.unwrap();
        assert!(store.delete_server(SERVER).await.unwrap());
        assert!(!store.delete_server(SERVER).await.unwrap());
        assert_eq!(store.export(SERVER).await.unwrap(), None);
        assert_eq!(store.export(OTHER).await.unwrap(), other);
        let sources = store.rows().await.unwrap().swap_remove(1);
        assert_eq!((sources.0, sources.1.len()), ("source", 2));
    }
}

/// What running processes tell each other is moved nowhere.
const OF_PROCESSES: [&str; 4] = ["process", "shard_lease", "identify_turn", "session_budget"];

/// A new table must be moved, exported and deleted, too.
#[tokio::test]
async fn every_table_is_moved_and_knows_its_server() {
    let place = file();
    fill(&place.store()).await;
    let known = place.store().rows().await.unwrap();
    let known: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let mut connection = place.connect().await;
    let tables = "select name from sqlite_master where type = 'table' and name not like '\\_sqlx%' escape '\\'
        and name not like 'sqlite\\_%' escape '\\'";
    for table in sqlx::query(tables)
        .fetch_all(&mut connection)
        .await
        .unwrap()
    {
        let table: String = table.get(0);
        let is_known = known.contains(&table.as_str()) || OF_PROCESSES.contains(&table.as_str());
        assert!(is_known, "{table} is not in TABLES");
    }
    connection.close().await.unwrap();
    let of_servers = place.store().export(SERVER).await.unwrap().unwrap();
    assert_eq!(
        of_servers.tables.len() + 1,
        known.len(),
        "only `source` belongs to no server"
    );
}

#[tokio::test]
async fn a_backup_restores_into_either_kind_of_database() {
    for place in each_kind().await {
        let store = place.store();
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.db");
        if let Location::Postgres(_) = place.location {
            assert!(!store.back_up(&copy).await.unwrap() && !copy.exists());
        }
        fill(&store).await;
        assert!(store.back_up(&copy).await.unwrap());
        assert!(store.back_up(&copy).await.is_err(), "never overwritten");
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 1, "nothing else is left there");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&copy).unwrap().permissions().mode();
            assert_eq!(
                mode & 0o777,
                0o600,
                "what members wrote is for the bot alone"
            );
        }
        let before = rows(&store).await;
        for other in each_kind().await {
            other.store().restore_backup(&copy).await.unwrap();
            assert_eq!(rows(&other.store()).await, before);
            assert_eq!(other.store().check().await.unwrap(), Some(122));
            if let Location::Postgres(_) = other.location {
                let refused = other.store().restore_backup(&copy).await.unwrap_err();
                assert!(matches!(refused, StoreError::NotEmpty { .. }), "{refused}");
            }
        }
    }
}
