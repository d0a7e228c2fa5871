//! Sources of servers: confirmed, held by one process at a time, replaced as a whole, removed and brought back.

use crate::places::{NOW, article, each_kind, file};
use pullquote_store::{
    DraftArticle, DraftSource, Finished, GatedBy, Holder, ListedSource, NewDraft, NewSource, Store,
    Synced, UNDO,
};
use std::convert::Infallible;

const SERVER: u64 = 7;
const OTHER: u64 = u64::MAX >> 1;
const MINUTE: i64 = 60_000;

fn page(path: &'static str, text: &'static str) -> DraftArticle<'static> {
    DraftArticle {
        path,
        content: text.as_bytes(),
        document: b"{}",
        link: Some("https://example.org/"),
    }
}

/// Adds a source with one article to a server. It is due.
async fn add(store: &Store, server: u64, id: u64, path: &'static str) {
    add_for(store, server, id, path, "").await;
}

/// Adds a source for those that `gate` lets see it.
async fn add_for(store: &Store, server: u64, id: u64, path: &'static str, gate: &'static str) {
    let articles = [page(path, "Ants live in colonies.")];
    let token = id.to_string();
    let draft = NewDraft {
        token: &token,
        owner: (server, 1),
        until: NOW + 10,
        seen: store.version(server).await.unwrap(),
        edited: None,
        source: Some(NewSource {
            id,
            settings: "words",
            record: b"known",
            due: 0,
            gate,
        }),
        articles: &articles,
    };
    store.put_draft(&draft).await.unwrap();
    let kept = store
        .draft(&token, (server, 1), NOW)
        .await
        .unwrap()
        .unwrap();
    let source = DraftSource {
        settings: "words".to_owned(),
        record: b"known".to_vec(),
        gate: gate.to_owned(),
    };
    assert_eq!(kept.source, Some(source));
    assert!(
        store
            .sources(server)
            .await
            .unwrap()
            .iter()
            .all(|it| it.id != id)
    );
    let confirmed = store.confirm_draft(&token, (server, 1), NOW).await.unwrap();
    assert!(confirmed.is_some());
    assert_eq!(
        store.confirm_draft(&token, (server, 1), NOW).await.unwrap(),
        None
    );
}

/// The paths of a server's articles, each with its source.
async fn paths(store: &Store, server: u64) -> Vec<(String, Option<u64>)> {
    let listed = store.list(server).await.unwrap().into_iter();
    listed.map(|it| (it.path, it.source)).collect()
}

#[tokio::test]
async fn the_gate_of_a_forum_is_renewed_unless_it_was_chosen_or_renewed_by_another() {
    for place in each_kind().await {
        let store = place.store();
        add(&store, SERVER, 5, "_a/1.md").await;
        let renew = |gates| store.renew_source_gate(SERVER, 5, gates);
        let gates = async || {
            let source = store.sources(SERVER).await.unwrap().remove(0);
            let article = store.list(SERVER).await.unwrap().remove(0);
            assert_eq!(source.gate, article.gate);
            (source.gate, source.is_gate_chosen)
        };
        assert_eq!(gates().await, (String::new(), false));
        assert_eq!(renew(["", "g7"]).await.unwrap(), Some(2));
        assert_eq!(renew(["", "g8"]).await.unwrap(), None, "it is g7 by now");
        assert_eq!(gates().await, ("g7".to_owned(), false));
        let choose = |gate, by| store.set_source_gate(SERVER, 5, (gate, by));
        choose("g9", GatedBy::Managers).await.unwrap().unwrap();
        assert_eq!(renew(["g9", ""]).await.unwrap(), None);
        assert_eq!(gates().await, ("g9".to_owned(), true));
        choose("g1", GatedBy::Forum).await.unwrap().unwrap();
        assert_eq!(renew(["g1", ""]).await.unwrap(), Some(5));
        assert_eq!(gates().await, (String::new(), false));
    }
}

#[tokio::test]
async fn what_a_look_has_changed_is_kept_as_a_whole() {
    for place in each_kind().await {
        let store = place.store();
        store
            .put(&article(SERVER, "own.md", "Own"), None)
            .await
            .unwrap();
        add(&store, SERVER, 5, "_a/1.md").await;
        assert_eq!(
            store
                .set_source_gate(SERVER, 5, ("g7", GatedBy::Managers))
                .await
                .unwrap(),
            Some(3)
        );
        let held = store.hold_source(1, MINUTE).await.unwrap().unwrap();
        assert_eq!(
            (held.settings.as_str(), held.record.as_slice()),
            ("words", b"known".as_slice())
        );
        assert!(store.sources(SERVER).await.unwrap()[0].is_held);
        let synced = Synced {
            record: b"new",
            due: Some(i64::MAX),
            articles: &[page("_a/2.md", "Bees live in hives.")],
            moved: &[],
            gone: &["_a/1.md"],
        };
        // Another process has nothing to say.
        let stranger = Holder {
            process: 2,
            ..held.holder
        };
        let finished = store.finish_source(stranger, &synced, NOW).await.unwrap();
        assert_eq!(finished, Finished::NotHeld);
        let finished = store
            .finish_source(held.holder, &synced, NOW)
            .await
            .unwrap();
        assert_eq!(finished, Finished::Changed(4));
        let (own, new) = (("_a/2.md".to_owned(), Some(5)), ("own.md".to_owned(), None));
        assert_eq!(paths(&store, SERVER).await, [own, new]);
        let listed = store.list(SERVER).await.unwrap();
        assert_eq!(
            (listed[0].gate.as_str(), listed[1].gate.as_str()),
            ("g7", "")
        );
        let source = store.sources(SERVER).await.unwrap().remove(0);
        assert_eq!(
            (source.record.as_slice(), source.due, source.is_held),
            (b"new".as_slice(), i64::MAX, false)
        );
    }
}

#[tokio::test]
async fn what_has_not_changed_has_no_new_version() {
    for place in each_kind().await {
        let store = place.store();
        add(&store, SERVER, 5, "_a/1.md").await;
        let held = store.hold_source(1, MINUTE).await.unwrap().unwrap();
        let synced = Synced {
            record: b"new",
            due: Some(i64::MAX),
            articles: &[page("_a/2.md", "Bees live in hives.")],
            ..Synced::default()
        };
        let finished = store.finish_source(held.holder, &synced, NOW).await;
        assert_eq!(finished.unwrap(), Finished::Changed(2));
        // Twice is once, and what has not changed has no new version.
        let again = store
            .finish_source(held.holder, &synced, NOW)
            .await
            .unwrap();
        assert_eq!(again, Finished::NotHeld);
        assert_eq!(
            store.hold_source(1, MINUTE).await.unwrap(),
            None,
            "it is not due"
        );
        assert!(store.sync_source(SERVER, 5, 0).await.unwrap());
        assert!(
            !store.sync_source(OTHER, 5, 0).await.unwrap(),
            "another server's"
        );
        let held = store.hold_source(1, MINUTE).await.unwrap().unwrap();
        let nothing = Synced {
            record: b"new",
            due: Some(0),
            ..Synced::default()
        };
        let finished = store
            .finish_source(held.holder, &nothing, NOW)
            .await
            .unwrap();
        assert_eq!(finished, Finished::Unchanged);
        assert_eq!(store.version(SERVER).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn of_a_server_one_process_looks_at_one_source() {
    for place in each_kind().await {
        let store = place.store();
        add(&store, SERVER, 5, "_a/1.md").await;
        add(&store, SERVER, 6, "_b/1.md").await;
        add(&store, OTHER, 8, "_c/1.md").await;
        let take = |process| store.hold_source(process, MINUTE);
        let (a, b, c, d) = tokio::join!(take(1), take(2), take(3), take(4));
        let taken = [a, b, c, d].into_iter();
        let held: Vec<Holder> = taken.filter_map(|it| Some(it.unwrap()?.holder)).collect();
        let mut servers: Vec<u64> = held.iter().map(|it| it.server).collect();
        servers.sort_unstable();
        // Who comes second to a server may go without: it looks again in a minute.
        servers.dedup();
        assert_eq!(servers.len(), held.len(), "{held:?}");
        assert!(!held.is_empty());
        while store.hold_source(9, MINUTE).await.unwrap().is_some() {}
        // A process that ends lets go; one that dies does after a while.
        for holder in &held {
            store.let_go_of_sources(holder.process).await.unwrap();
        }
        store.let_go_of_sources(9).await.unwrap();
        let dead = store.hold_source(1, -MINUTE).await.unwrap().unwrap().holder;
        let next = store.hold_source(2, MINUTE).await.unwrap().unwrap().holder;
        assert_eq!(dead.source, next.source);
        let late = store
            .finish_source(dead, &Synced::default(), NOW)
            .await
            .unwrap();
        assert_eq!(late, Finished::NotHeld);
        // Nobody looks for a server that the bot has left.
        store.let_go_of_sources(2).await.unwrap();
        store.set_left(SERVER, Some(NOW)).await.unwrap();
        store.set_left(OTHER, Some(NOW)).await.unwrap();
        assert_eq!(store.hold_source(1, MINUTE).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_source_goes_with_its_articles_and_comes_back_with_them() {
    for place in each_kind().await {
        let store = place.store();
        let with_sources = async || store.servers_with_sources().await.unwrap();
        assert!(with_sources().await.is_empty());
        add(&store, SERVER, 5, "_a/1.md").await;
        assert_eq!(with_sources().await, [SERVER].into());
        let held = store.hold_source(1, MINUTE).await.unwrap().unwrap();
        assert_eq!(store.remove_source(OTHER, 5, NOW).await.unwrap(), None);
        assert!(store.remove_source(SERVER, 5, NOW).await.unwrap().is_some());
        assert!(paths(&store, SERVER).await.is_empty());
        assert!(store.sources(SERVER).await.unwrap().is_empty());
        assert!(with_sources().await.is_empty());
        // A look that has begun brings nothing back.
        let synced = Synced {
            articles: &[page("_a/2.md", "Bees")],
            ..Synced::default()
        };
        let finished = store
            .finish_source(held.holder, &synced, NOW)
            .await
            .unwrap();
        assert_eq!(finished, Finished::NotHeld);
        store.sweep(NOW + UNDO - 1).await.unwrap();
        assert!(restore(&store, 5).await.is_some());
        assert_eq!(paths(&store, SERVER).await.len(), 1);
        store.remove_source(SERVER, 5, NOW).await.unwrap();
        store.sweep(NOW + UNDO).await.unwrap();
        assert_eq!(restore(&store, 5).await, None);
        // All of it goes with the server, and is moved and exported before.
        add(&store, OTHER, 8, "_c/1.md").await;
        let export = store.export(OTHER).await.unwrap().unwrap();
        assert!(
            export
                .tables
                .iter()
                .any(|(name, rows)| *name == "article_source" && rows.len() == 1)
        );
        let copy = file();
        store.copy_to(&copy.store()).await.unwrap();
        assert_eq!(
            paths(&copy.store(), OTHER).await,
            [("_c/1.md".to_owned(), Some(8))]
        );
        assert!(store.delete_server(OTHER).await.unwrap());
        assert!(store.sources(OTHER).await.unwrap().is_empty());
    }
}

/// Restores a source whatever else the server has.
async fn restore(store: &Store, source: u64) -> Option<u64> {
    let always = |_: &[ListedSource]| Ok::<(), Infallible>(());
    let Ok(version) = store.restore_source(SERVER, source, always).await.unwrap();
    version
}

#[tokio::test]
async fn a_source_that_is_added_again_has_its_articles_and_its_new_gate() {
    for place in each_kind().await {
        let store = place.store();
        add_for(&store, SERVER, 5, "_a/1.md", "").await;
        let held = store.hold_source(1, MINUTE).await.unwrap().unwrap();
        let more = Synced {
            articles: &[page("_a/2.md", "Bees"), page("_a/3.md", "Cats")],
            ..Synced::default()
        };
        store.finish_source(held.holder, &more, NOW).await.unwrap();
        store.remove_source(SERVER, 5, NOW).await.unwrap();
        add_for(&store, SERVER, 6, "_a/1.md", "9/").await;
        // What comes later, too.
        let held = store.hold_source(1, MINUTE).await.unwrap().unwrap();
        assert_eq!(held.holder.source, 6);
        let later = Synced {
            articles: &[page("_a/2.md", "Bears")],
            ..Synced::default()
        };
        store.finish_source(held.holder, &later, NOW).await.unwrap();
        store.sweep(NOW + UNDO).await.unwrap();
        let listed = store.list(SERVER).await.unwrap().into_iter();
        let listed: Vec<_> = listed.map(|it| (it.path, it.source, it.gate)).collect();
        let expected = ["_a/1.md", "_a/2.md"];
        let expected = expected.map(|path| (path.to_owned(), Some(6), "9/".to_owned()));
        assert_eq!(listed, expected);
        let renewed = store.renew_source_gate(SERVER, 6, ["9/", "8/"]).await;
        assert!(renewed.unwrap().is_some());
        assert_eq!(store.gates(SERVER).await.unwrap().1, ["8/"]);
    }
}

#[tokio::test]
async fn a_source_that_does_not_fit_any_more_stays_removed() {
    for place in each_kind().await {
        let store = place.store();
        add(&store, SERVER, 5, "_a/1.md").await;
        store.remove_source(SERVER, 5, NOW).await.unwrap();
        add(&store, SERVER, 6, "_b/1.md").await;
        let version = store.version(SERVER).await.unwrap();
        let none = |listed: &[ListedSource]| Err::<(), usize>(listed.len());
        let refused = store.restore_source(SERVER, 5, none).await.unwrap();
        assert_eq!(refused, Err(2), "it is counted with the others");
        assert_eq!(
            paths(&store, SERVER).await,
            [("_b/1.md".to_owned(), Some(6))]
        );
        assert_eq!(store.version(SERVER).await.unwrap(), version);
        assert_eq!(restore(&store, 5).await, Some(version + 1));
        assert_eq!(paths(&store, SERVER).await.len(), 2);
    }
}

#[tokio::test]
async fn a_source_can_be_taken_before_it_is_due_and_keeps_its_time() {
    for place in each_kind().await {
        let store = place.store();
        add(&store, SERVER, 5, "_a/1.md").await;
        store.sync_source(SERVER, 5, i64::MAX).await.unwrap();
        assert_eq!(store.hold_source(1, MINUTE).await.unwrap(), None);
        let holder = Holder {
            process: 1,
            server: SERVER,
            source: 5,
        };
        let held = store.hold_this_source(holder, MINUTE).await.unwrap();
        assert_eq!(held.unwrap().holder, holder);
        // Of a server, one at a time.
        let other = Holder {
            process: 2,
            ..holder
        };
        assert_eq!(store.hold_this_source(other, MINUTE).await.unwrap(), None);
        let synced = Synced {
            record: b"new",
            due: None,
            ..Synced::default()
        };
        store.finish_source(holder, &synced, NOW).await.unwrap();
        let source = store.sources(SERVER).await.unwrap().remove(0);
        assert_eq!((source.due, source.is_held), (i64::MAX, false));
        let gone = Holder {
            source: 6,
            ..holder
        };
        assert_eq!(store.hold_this_source(gone, MINUTE).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_source_is_for_some_from_the_moment_it_is_confirmed() {
    for place in each_kind().await {
        let store = place.store();
        let articles = [page("_a/1.md", "Ants live in colonies.")];
        let draft = NewDraft {
            token: "7",
            owner: (SERVER, 1),
            until: NOW + 10,
            seen: 0,
            edited: None,
            source: Some(NewSource {
                id: 5,
                settings: "words",
                record: b"known",
                due: i64::MAX,
                gate: "9/",
            }),
            articles: &articles,
        };
        store.put_draft(&draft).await.unwrap();
        let kept = store.draft("7", (SERVER, 1), NOW).await.unwrap().unwrap();
        assert_eq!(
            (kept.edited, kept.source.unwrap().gate),
            (None, "9/".to_owned())
        );
        store.confirm_draft("7", (SERVER, 1), NOW).await.unwrap();
        assert_eq!(store.list(SERVER).await.unwrap()[0].gate, "9/");
        assert_eq!(store.sources(SERVER).await.unwrap()[0].gate, "9/");
    }
}
