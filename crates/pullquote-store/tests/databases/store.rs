//! The store on a `SQLite` file and, if `PULLQUOTE_TEST_POSTGRES` is the address of a server, on `PostgreSQL`: the same stories.

use crate::places::{NOW, article, each_kind};
use pullquote_store::{
    AFTER_LEAVING, DraftArticle, ListedArticle, Location, NewArticle, NewDraft, Store, StoreError,
    StoredArticle, UNDO, Usage,
};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SERVER: u64 = 7;
const OTHER: u64 = u64::MAX >> 1;

/// A file that a member wants to add to [`SERVER`] until `NOW + 10`.
fn draft(token: &str, author: u64) -> NewDraft<'_> {
    NewDraft {
        token,
        owner: (SERVER, author),
        until: NOW + 10,
        seen: 0,
        edited: None,
        source: None,
        articles: &[DraftArticle {
            path: "draft.md",
            content: b"Drafts",
            document: br#"{"read":1}"#,
            link: Some("https://example.org/"),
        }],
    }
}

/// Paths and contents of a server's articles.
async fn contents(store: &Store, server: u64) -> Vec<(String, String)> {
    let (_, articles) = store.articles(server).await.unwrap();
    let text = |content| String::from_utf8(content).unwrap();
    let articles = articles.into_iter();
    articles.map(|one| (one.path, text(one.content))).collect()
}

#[tokio::test]
async fn nothing_is_made_before_something_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Location::Folder(folder.path().to_owned()));
    assert_eq!(store.version(SERVER).await.unwrap(), 0);
    assert!(contents(&store, SERVER).await.is_empty());
    assert_eq!(store.list(SERVER).await.unwrap(), []);
    assert_eq!(store.usage(SERVER).await.unwrap(), Usage::default());
    assert_eq!(store.settings(SERVER).await.unwrap(), None);
    assert_eq!(store.remove(SERVER, "a.md", NOW).await.unwrap(), None);
    for _ in 0..2 {
        assert!(store.take_once(1, NOW).await.unwrap());
    }
    assert!(store.presence().await.unwrap().is_empty());
    store.sweep(NOW).await.unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn articles_are_kept_replaced_and_listed() {
    for place in each_kind().await {
        let store = place.store();
        assert_eq!(
            store
                .put(&article(SERVER, "b.md", "Bees"), None)
                .await
                .unwrap(),
            1
        );
        assert_eq!(
            store
                .put(&article(SERVER, "a.md", "Ants"), None)
                .await
                .unwrap(),
            2
        );
        assert_eq!(
            store
                .put(&article(SERVER, "b.md", "Bears"), None)
                .await
                .unwrap(),
            3
        );
        let expected =
            [("a.md", "Ants"), ("b.md", "Bears")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(contents(&store, SERVER).await, expected);
        let listed = store.list(SERVER).await.unwrap();
        let first = listed.first().unwrap();
        assert_eq!(
            (first.path.as_str(), first.size, first.by, first.at),
            ("a.md", 4, 42, NOW)
        );
        assert_eq!(
            first.link.as_deref(),
            Some("https://discord.com/channels/1/2/3")
        );
        let usage = Usage {
            articles: 2,
            bytes: 9,
        };
        assert_eq!(store.usage(SERVER).await.unwrap(), usage);
        // Another connection, after a restart.
        drop(store);
        let again = place.store();
        assert_eq!(contents(&again, SERVER).await, expected);
        assert_eq!(again.version(SERVER).await.unwrap(), 3);
    }
}

#[tokio::test]
async fn a_server_has_only_its_own() {
    for place in each_kind().await {
        let store = place.store();
        store
            .put(&article(SERVER, "a.md", "Ants"), None)
            .await
            .unwrap();
        store
            .put(&article(OTHER, "a.md", "Ants"), None)
            .await
            .unwrap();
        store.remove(OTHER, "a.md", NOW).await.unwrap();
        assert_eq!(contents(&store, SERVER).await.len(), 1);
        assert!(contents(&store, OTHER).await.is_empty());
        assert!(contents(&store, 8).await.is_empty());
        store.put_draft(&draft("t", 1)).await.unwrap();
        assert_eq!(store.draft("t", (OTHER, 1), NOW).await.unwrap(), None);
        let stolen = store.confirm_draft("t", (OTHER, 1), NOW).await.unwrap();
        assert_eq!(stolen, None);
        assert!(!store.delete_draft("t", (OTHER, 1)).await.unwrap());
        let settings = r#"{"answers":"private"}"#;
        let version = store.set(SERVER, "{}", settings).await.unwrap();
        assert_eq!(version, Some(store.version(SERVER).await.unwrap()));
        // Who has not seen a change does not undo it.
        assert_eq!(store.set(SERVER, "{}", "{}").await.unwrap(), None);
        assert_eq!(store.settings(SERVER).await.unwrap().unwrap(), settings);
        assert_eq!(store.settings(OTHER).await.unwrap().unwrap(), "{}");
        // The source is shared: deleting one server leaves it to the other.
        store.delete_server(OTHER).await.unwrap();
        assert_eq!(contents(&store, SERVER).await.len(), 1);
        assert_eq!(store.settings(OTHER).await.unwrap(), None);
        store.delete_server(SERVER).await.unwrap();
        assert!(contents(&store, SERVER).await.is_empty());
    }
}

#[tokio::test]
async fn a_removed_article_can_be_restored_for_a_while() {
    for place in each_kind().await {
        let store = place.store();
        store
            .put(&article(SERVER, "a.md", "Ants"), None)
            .await
            .unwrap();
        assert_eq!(store.remove(SERVER, "a.md", NOW).await.unwrap(), Some(2));
        assert_eq!(
            store.remove(SERVER, "a.md", NOW).await.unwrap(),
            None,
            "it is gone"
        );
        store.sweep(NOW + UNDO - 1).await.unwrap();
        assert_eq!(restore(&store, "a.md").await, Some(3));
        assert_eq!(contents(&store, SERVER).await.len(), 1);
        store.remove(SERVER, "a.md", NOW).await.unwrap();
        store.sweep(NOW + UNDO).await.unwrap();
        assert_eq!(restore(&store, "a.md").await, None);
    }
}

/// Restores an article whatever else the server has.
async fn restore(store: &Store, path: &str) -> Option<u64> {
    let restored = store.restore(SERVER, path, |_| Ok::<(), Infallible>(()));
    let Ok(version) = restored.await.unwrap();
    version
}

#[tokio::test]
async fn an_article_that_does_not_fit_any_more_stays_removed() {
    for place in each_kind().await {
        let store = place.store();
        let put = async |path, content| {
            let article = article(SERVER, path, content);
            store.put(&article, None).await.unwrap()
        };
        put("a.md", "Ants").await;
        store.remove(SERVER, "a.md", NOW).await.unwrap();
        let version = put("b.md", "Bees").await;
        let one = |listed: &[ListedArticle]| match listed {
            [_] => Ok(()),
            listed => Err(listed.len()),
        };
        let refused = store.restore(SERVER, "a.md", one).await.unwrap();
        assert_eq!(refused, Err(2), "it is counted with the others");
        let kept = [("b.md".to_owned(), "Bees".to_owned())];
        assert_eq!(contents(&store, SERVER).await, kept);
        // Nobody reads the articles again.
        assert_eq!(store.version(SERVER).await.unwrap(), version);
        // Once there is room, it still comes back.
        store.remove(SERVER, "b.md", NOW).await.unwrap();
        let restored = store.restore(SERVER, "a.md", one).await.unwrap();
        assert_eq!(restored, Ok(Some(version + 2)));
        assert_eq!(store.restore(SERVER, "a.md", one).await.unwrap(), Ok(None));
        assert_eq!(store.version(SERVER).await.unwrap(), version + 2);
    }
}

#[tokio::test]
async fn two_articles_are_not_restored_into_one_place() {
    for place in each_kind().await {
        let store = place.store();
        for path in ["a.md", "b.md"] {
            store.put(&article(SERVER, path, path), None).await.unwrap();
            store.remove(SERVER, path, NOW).await.unwrap();
        }
        let one = |listed: &[ListedArticle]| (listed.len() <= 1).then_some(()).ok_or(());
        let (first, second) = tokio::join!(
            store.restore(SERVER, "a.md", one),
            store.restore(SERVER, "b.md", one)
        );
        let restored = [first.unwrap(), second.unwrap()];
        let count = restored.iter().filter(|it| it.is_ok()).count();
        assert_eq!(count, 1, "{restored:?}");
        assert_eq!(contents(&store, SERVER).await.len(), 1);
    }
}

#[tokio::test]
async fn who_has_not_seen_a_change_does_not_undo_it() {
    for place in each_kind().await {
        let store = place.store();
        let seen = store
            .put(&article(SERVER, "a.md", "Ants"), Some(0))
            .await
            .unwrap();
        store
            .put(&article(SERVER, "a.md", "Apes"), Some(seen))
            .await
            .unwrap();
        let late = store
            .put(&article(SERVER, "a.md", "Asps"), Some(seen))
            .await;
        assert!(matches!(late, Err(StoreError::Changed)));
        assert_eq!(contents(&store, SERVER).await[0].1, "Apes");
        assert_eq!(store.version(SERVER).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn a_draft_is_confirmed_once_by_who_made_it() {
    for place in each_kind().await {
        let store = place.store();
        store.put_draft(&draft("t", 1)).await.unwrap();
        assert!(store.put_draft(&draft("t", 2)).await.is_err());
        assert!(contents(&store, SERVER).await.is_empty(), "not yet");
        store.sweep(NOW).await.unwrap();
        let found = store.draft("t", (SERVER, 1), NOW).await.unwrap().unwrap();
        assert_eq!(found.articles[0].content, b"Drafts");
        let confirm = |author, now| store.confirm_draft("t", (SERVER, author), now);
        assert_eq!(confirm(2, NOW).await.unwrap(), None);
        assert_eq!(confirm(1, NOW + 10).await.unwrap(), None, "it is over");
        let (one, other) = tokio::join!(confirm(1, NOW), confirm(1, NOW));
        let mut versions = [one.unwrap(), other.unwrap()];
        versions.sort_unstable();
        assert_eq!(versions, [None, Some(1)]);
        let (_, articles) = store.articles(SERVER).await.unwrap();
        let document = articles[0].document.as_deref();
        assert_eq!(document, Some(&b"{\"read\":1}"[..]));
        assert_eq!(articles[0].link.as_deref(), Some("https://example.org/"));
        let read_again = StoredArticle {
            document: Some(br#"{"read":2}"#.to_vec()),
            ..articles[0].clone()
        };
        store.keep_document(&read_again).await.unwrap();
        let kept = store.articles(SERVER).await.unwrap();
        assert_eq!(kept, (1, vec![read_again]), "the version stays");
    }
}

#[tokio::test]
async fn a_draft_that_was_made_for_other_articles_stays() {
    for place in each_kind().await {
        let store = place.store();
        store.put_draft(&draft("t", 1)).await.unwrap();
        let other = article(SERVER, "a.md", "Ants");
        store.put(&other, None).await.unwrap();
        let confirmed = store.confirm_draft("t", (SERVER, 1), NOW).await;
        assert!(matches!(confirmed, Err(StoreError::Changed)));
        assert_eq!(contents(&store, SERVER).await.len(), 1);
        store.see_draft("t", (SERVER, 1), 1).await.unwrap();
        let confirmed = store.confirm_draft("t", (SERVER, 1), NOW).await;
        assert_eq!(confirmed.unwrap(), Some(2));
        assert_eq!(contents(&store, SERVER).await.len(), 2);
    }
}

#[tokio::test]
async fn an_edited_article_goes_with_its_old_name() {
    for place in each_kind().await {
        let store = place.store();
        let old = article(SERVER, "old.md", "Ants");
        store.put(&old, None).await.unwrap();
        let renamed = NewDraft {
            seen: 1,
            edited: Some("old.md"),
            ..draft("t", 1)
        };
        store.put_draft(&renamed).await.unwrap();
        let confirmed = store.confirm_draft("t", (SERVER, 1), NOW).await;
        assert_eq!(confirmed.unwrap(), Some(2));
        let (_, articles) = store.articles(SERVER).await.unwrap();
        assert_eq!((articles.len(), &*articles[0].path), (1, "draft.md"));
        assert!(
            store
                .delete_draft("t", (SERVER, 1))
                .await
                .is_ok_and(|it| !it)
        );
    }
}

#[tokio::test]
async fn an_article_that_is_replaced_keeps_its_gate_and_one_that_is_new_has_none() {
    for place in each_kind().await {
        let store = place.store();
        let gate = async || store.list(SERVER).await.unwrap().remove(0).gate;
        let confirm = async |token| {
            let seen = store.version(SERVER).await.unwrap();
            let draft = NewDraft {
                seen,
                ..draft(token, 1)
            };
            store.put_draft(&draft).await.unwrap();
            let confirmed = store.confirm_draft(token, (SERVER, 1), NOW).await;
            assert_eq!(confirmed.unwrap(), Some(seen + 1));
        };
        let put = async || {
            let article = article(SERVER, "draft.md", "Ants");
            store.put(&article, None).await.unwrap();
        };
        confirm("first").await;
        store.set_gate(SERVER, "draft.md", "9/").await.unwrap();
        confirm("replaced").await;
        assert_eq!(gate().await, "9/");
        put().await;
        assert_eq!(gate().await, "9/");
        store.remove(SERVER, "draft.md", NOW).await.unwrap();
        confirm("new").await;
        assert_eq!(gate().await, "");
        store.set_gate(SERVER, "draft.md", "9/").await.unwrap();
        store.remove(SERVER, "draft.md", NOW).await.unwrap();
        put().await;
        assert_eq!(gate().await, "");
    }
}

#[tokio::test]
async fn the_data_of_a_server_is_deleted_two_weeks_after_leaving() {
    for place in each_kind().await {
        let store = place.store();
        store
            .put(&article(SERVER, "a.md", "Ants"), None)
            .await
            .unwrap();
        store.set_left(SERVER, Some(NOW)).await.unwrap();
        store.sweep(NOW + AFTER_LEAVING - 1).await.unwrap();
        assert_eq!(contents(&store, SERVER).await.len(), 1);
        store.set_left(SERVER, None).await.unwrap();
        assert!(store.sweep(NOW + AFTER_LEAVING).await.unwrap().is_empty());
        assert_eq!(contents(&store, SERVER).await.len(), 1, "it came back");
        assert_eq!(store.presence().await.unwrap(), [(SERVER, true)].into());
        store.set_left(SERVER, Some(NOW)).await.unwrap();
        assert_eq!(store.presence().await.unwrap(), [(SERVER, false)].into());
        // Noticed again.
        store.set_left(SERVER, Some(NOW + 9)).await.unwrap();
        let deleted = store.sweep(NOW + AFTER_LEAVING).await.unwrap();
        assert_eq!(deleted, [SERVER]);
        assert!(contents(&store, SERVER).await.is_empty());
        assert_eq!(store.settings(SERVER).await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_interaction_is_taken_once() {
    for place in each_kind().await {
        let store = place.store();
        let ants = article(SERVER, "a.md", "Ants");
        store.put(&ants, None).await.unwrap();
        // At the same time.
        let both = tokio::join!(store.take_once(2, NOW + 1), store.take_once(2, NOW + 1));
        assert_ne!(both.0.unwrap(), both.1.unwrap());
        assert!(store.take_once(3, NOW + 1).await.unwrap());
        // It is no draft that somebody could confirm.
        let draft = store.draft("interaction 2", (SERVER, 0), NOW).await;
        assert!(draft.unwrap().is_none_or(|draft| draft.articles.is_empty()));
        store.sweep(NOW).await.unwrap();
        assert!(!store.take_once(2, NOW + 1).await.unwrap());
        store.sweep(NOW + 1).await.unwrap();
        assert!(store.take_once(2, NOW + 1).await.unwrap(), "it is over");
    }
}

#[tokio::test]
async fn changes_at_the_same_time_are_all_kept() {
    for place in each_kind().await {
        let store = place.store();
        let paths: Vec<String> = (0..40).map(|number| format!("{number:02}.md")).collect();
        let articles: Vec<NewArticle<'_>> = paths
            .iter()
            .map(|path| article(SERVER, path, path))
            .collect();
        let mut puts = Vec::new();
        for one in &articles {
            puts.push(store.put(one, None));
        }
        let mut versions = BTreeSet::new();
        for put in join(puts).await {
            versions.insert(put.unwrap());
        }
        assert_eq!(versions, (1..=40).collect());
        assert_eq!(contents(&store, SERVER).await.len(), 40);
    }
}

/// The results of all futures, which run at the same time.
async fn join<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut futures: Vec<_> = futures.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<F::Output>> = futures.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut is_ready = true;
        for (future, done) in futures.iter_mut().zip(&mut done) {
            if done.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *done = Some(value),
                    std::task::Poll::Pending => is_ready = false,
                }
            }
        }
        if is_ready {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    done.into_iter().flatten().collect()
}

#[tokio::test]
async fn a_second_process_is_refused_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Folder(folder.path().to_owned());
    let first = Store::new(location.clone());
    first
        .put(&article(SERVER, "a.md", "Ants"), None)
        .await
        .unwrap();
    let second = Store::new(location);
    let refused = second.version(SERVER).await.unwrap_err();
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused}");
    drop(first);
    assert_eq!(second.version(SERVER).await.unwrap(), 1);
}

#[tokio::test]
async fn a_newer_or_foreign_database_is_refused_and_stays() {
    for place in each_kind().await {
        let store = place.store();
        store
            .put(&article(SERVER, "a.md", "Ants"), None)
            .await
            .unwrap();
        drop(store);
        let step = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)";
        let values = match place.location {
            Location::Folder(_) => "values (999, 'later', 1, x'00', 1)",
            Location::Postgres(_) => "values (999, 'later', true, '\\x00', 1)",
        };
        place.execute(&format!("{step} {values}")).await;
        let newer = place.store().version(SERVER).await.unwrap_err();
        assert!(matches!(newer, StoreError::Newer { .. }), "{newer}");
        if let Location::Folder(folder) = &place.location {
            // Nor is a copy of it restored.
            let other = tempfile::tempdir().unwrap();
            let other = Store::new(Location::Folder(other.path().to_owned()));
            let newer = other.restore_backup(&folder.join("pullquote.db")).await;
            let newer = newer.unwrap_err();
            assert!(matches!(newer, StoreError::Newer { .. }), "{newer}");
        }
        place
            .execute("delete from _sqlx_migrations where version = 999")
            .await;
        assert_eq!(place.store().version(SERVER).await.unwrap(), 1);
    }
    for place in each_kind().await {
        place.execute("create table album (name text)").await;
        let content = || match &place.location {
            Location::Folder(folder) => fs::read(folder.join("pullquote.db")).unwrap(),
            Location::Postgres(_) => Vec::new(),
        };
        let before = content();
        let foreign = place.store().version(SERVER).await.unwrap_err();
        assert!(matches!(foreign, StoreError::Foreign { .. }), "{foreign}");
        assert!(content() == before, "the database was changed");
    }
}

#[tokio::test]
async fn a_damaged_file_is_refused_and_stays() {
    for place in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Folder(folder.path().to_owned());
        let store = Store::new(location.clone());
        for number in 0..60 {
            let (path, text) = (
                format!("{number}.md"),
                format!("Ants {number}. ").repeat(400),
            );
            store
                .put(&article(SERVER, &path, &text), None)
                .await
                .unwrap();
        }
        let copy = folder.path().join("copy.db");
        assert!(store.back_up(&copy).await.unwrap());
        drop(store);
        let file = folder.path().join("pullquote.db");
        let mut bytes = fs::read(&copy).unwrap();
        let start = place * bytes.len() / 20;
        let noise = (0..2_048).map(|at| (at * 37 + place) as u8);
        let end = (start + 2_048).min(bytes.len());
        bytes.splice(start..end, noise);
        fs::write(&file, &bytes).unwrap();
        for rest in ["pullquote.db-wal", "pullquote.db-shm"] {
            let _ = fs::remove_file(folder.path().join(rest));
        }
        let damaged = Store::new(location.clone());
        match damaged.articles(SERVER).await {
            // Noise in bytes of sources and in free pages is no damage of the file; a source is checked when it is read.
            Ok((_, articles)) => {
                assert!(articles.iter().all(|one| one.content.starts_with(b"Ants")));
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
        drop(damaged);
        assert_eq!(
            fs::read(&file).unwrap().len(),
            bytes.len(),
            "nothing is overwritten"
        );
        // The way out.
        let restored = Store::new(location);
        restored.restore_backup(&copy).await.unwrap();
        assert_eq!(contents(&restored, SERVER).await.len(), 60);
    }
}

#[tokio::test]
async fn a_backup_of_a_store_in_use_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Location::Folder(folder.path().join("data")));
    assert!(!store.back_up(&folder.path().join("none.db")).await.unwrap());
    assert_eq!(store.check().await.unwrap(), None);
    store
        .put(&article(SERVER, "a.md", "Ants"), None)
        .await
        .unwrap();
    let copy = folder.path().join("copy.db");
    assert!(store.back_up(&copy).await.unwrap());
    assert!(store.back_up(&copy).await.is_err(), "never overwritten");
    assert_eq!(store.check().await.unwrap(), Some(1));
    store
        .put(&article(SERVER, "b.md", "Bees"), None)
        .await
        .unwrap();
    let other = Store::new(Location::Folder(folder.path().join("other")));
    other.restore_backup(&copy).await.unwrap();
    assert_eq!(contents(&other, SERVER).await.len(), 1);
    let noise = folder.path().join("noise.db");
    fs::write(&noise, [7; 5_000]).unwrap();
    drop(other);
    let other = Store::new(Location::Folder(folder.path().join("other")));
    assert!(matches!(
        other.restore_backup(&noise).await,
        Err(StoreError::NoBackup { .. })
    ));
    assert_eq!(contents(&other, SERVER).await.len(), 1);
}

/// A folder with a database of one article, `new.md`, and a backup beside it that has `old.md`.
async fn folder_with_backup() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    let store = Store::new(Location::Folder(folder.path().to_owned()));
    let old = article(SERVER, "old.md", "Old");
    store.put(&old, None).await.unwrap();
    assert!(store.back_up(&copy).await.unwrap());
    store.remove(SERVER, "old.md", NOW).await.unwrap();
    let new = article(SERVER, "new.md", "New");
    store.put(&new, None).await.unwrap();
    (folder, copy)
}

/// The articles of a folder's database.
async fn articles_in(folder: &Path) -> Vec<String> {
    let store = Store::new(Location::Folder(folder.to_owned()));
    let articles = contents(&store, SERVER).await.into_iter();
    articles.map(|(path, _)| path).collect()
}

#[tokio::test]
async fn what_a_restore_replaces_is_kept_without_anything_of_an_earlier_one() {
    let (folder, copy) = folder_with_backup().await;
    let path = |name: &str| folder.path().join(name);
    for rest in ["", "-wal", "-shm", "-journal"] {
        let of_earlier = format!("pullquote.db.before{rest}");
        fs::write(path(&of_earlier), "earlier").unwrap();
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&copy, fs::Permissions::from_mode(0o444)).unwrap();
    }
    let restore = async |from: &Path| {
        let store = Store::new(Location::Folder(folder.path().to_owned()));
        store.restore_backup(from).await.unwrap();
    };
    restore(&copy).await;
    for rest in ["-wal", "-shm", "-journal"] {
        let log = fs::read(path(&format!("pullquote.db.before{rest}")));
        assert!(log.is_err() || log.unwrap() != b"earlier", "{rest}");
        assert!(!path(&format!("pullquote.db{rest}")).exists(), "{rest}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path("pullquote.db")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }
    assert_eq!(articles_in(folder.path()).await, ["old.md"]);
    // What was there before can be restored as well.
    restore(&path("pullquote.db.before")).await;
    assert_eq!(articles_in(folder.path()).await, ["new.md"]);
    restore(&path("pullquote.db.before")).await;
    assert_eq!(articles_in(folder.path()).await, ["old.md"]);
}

#[tokio::test]
async fn a_restore_without_a_database_keeps_no_log_of_another() {
    let (folder, copy) = folder_with_backup().await;
    let path = |name: &str| folder.path().join(name);
    fs::remove_file(path("pullquote.db")).unwrap();
    fs::write(path("pullquote.db-wal"), "of another").unwrap();
    fs::write(path("pullquote.db.before"), "earlier").unwrap();
    let store = Store::new(Location::Folder(folder.path().to_owned()));
    store.restore_backup(&copy).await.unwrap();
    assert!(!path("pullquote.db-wal").exists());
    let before = fs::read_to_string(path("pullquote.db.before"));
    assert_eq!(before.unwrap(), "earlier", "nothing has replaced it");
    assert_eq!(articles_in(folder.path()).await, ["old.md"]);
}

#[tokio::test]
async fn a_folder_that_refuses_a_restore_is_named_and_keeps_its_database() {
    let (folder, copy) = folder_with_backup().await;
    // A folder cannot be deleted as a file, not even by root.
    let before = folder.path().join("pullquote.db.before");
    fs::create_dir(&before).unwrap();
    let store = Store::new(Location::Folder(folder.path().to_owned()));
    let refused = store.restore_backup(&copy).await.unwrap_err();
    let said = refused.to_string();
    assert!(matches!(refused, StoreError::Unwritable { .. }), "{said}");
    assert!(said.contains(&before.display().to_string()), "{said}");
    assert!(said.contains("nothing was changed; check"), "{said}");
    assert_eq!(articles_in(folder.path()).await, ["new.md"]);
    let left = fs::read_dir(folder.path()).unwrap();
    let names = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(!names.into_iter().any(|name| name.starts_with('.')));
}
