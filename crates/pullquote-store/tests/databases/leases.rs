//! Shards that processes share, on the `PostgreSQL` of `PULLQUOTE_TEST_POSTGRES`.

use crate::places::{file, only_postgres};
use pullquote_store::{Claimed, Noted, Store, StoreError, Turn};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep};

async fn owners(store: &Store) -> Vec<Option<i64>> {
    let roster = store.roster().await.unwrap();
    roster.leases.iter().map(|lease| lease.owner).collect()
}

#[tokio::test]
async fn a_shard_has_one_owner_until_it_is_released_or_its_owner_is_given_up() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let store = place.store();
    for process in [1, 2] {
        store.join(process, "test").await.unwrap();
    }
    store.offer(3, true).await.unwrap();
    // There are some already.
    store.offer(9, true).await.unwrap();
    assert_eq!(owners(&store).await, [None; 3]);
    let claimed = store.claim(1, &[(0, 3), (1, 3), (7, 9)]).await.unwrap();
    assert_eq!(claimed.len(), 2);
    assert!(
        claimed
            .iter()
            .all(|it| it.session.is_none() && it.known.is_none())
    );
    assert!(store.claim(2, &[(0, 3)]).await.unwrap().is_empty());

    let noted = Noted {
        shard: 1,
        shards: 3,
        session: Some("session".to_owned()),
        is_ready: true,
    };
    assert!(store.renew(1, std::slice::from_ref(&noted)).await.unwrap());
    store.note_known(1, (1, 3), b"its servers").await.unwrap();
    // Not its own.
    let of_another = Noted {
        session: Some("wrong".to_owned()),
        ..noted
    };
    assert!(store.renew(2, &[of_another]).await.unwrap());
    store.note_known(2, (1, 3), b"wrong").await.unwrap();
    let roster = store.roster().await.unwrap();
    assert_eq!(roster.leases[1].owner, Some(1));
    assert!(roster.leases[1].is_ready && !roster.leases[0].is_ready);

    // Somebody who has seen an earlier renewal gives up nobody.
    let seen = roster.processes[0].1;
    assert!(store.renew(1, &[]).await.unwrap());
    assert!(!store.give_up(1, seen).await.unwrap());
    let seen = store.roster().await.unwrap().processes[0].1;
    assert!(store.give_up(1, seen).await.unwrap());
    assert!(!store.renew(1, &[]).await.unwrap());
    assert_eq!(owners(&store).await, [None; 3]);
    let claimed = store.claim(2, &[(1, 3)]).await.unwrap();
    assert_eq!(claimed[0].session.as_deref(), Some("session"));
    assert_eq!(claimed[0].known.as_deref(), Some(&b"its servers"[..]));

    let left = Claimed {
        session: Some("later".to_owned()),
        known: None,
        ..claimed[0].clone()
    };
    store.release(2, &left).await.unwrap();
    store.join(3, "test").await.unwrap();
    let claimed = store.claim(3, &[(1, 3)]).await.unwrap();
    assert_eq!(claimed[0].session.as_deref(), Some("later"));
    assert_eq!(claimed[0].known.as_deref(), Some(&b"its servers"[..]));
    store.leave(3, 0).await.unwrap();
    assert_eq!(owners(&store).await, [None; 3]);
    let inspected = store.inspect().await.unwrap().unwrap();
    assert_eq!(inspected.server.unwrap().processes, 1);
}

#[tokio::test]
async fn of_many_who_claim_at_once_each_gets_what_no_other_has() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let store = place.store();
    store.offer(16, true).await.unwrap();
    let all: Vec<_> = (0..16).map(|shard| (shard, 16)).collect();
    let mut claiming = tokio::task::JoinSet::new();
    for process in 1..=4 {
        store.join(process, "test").await.unwrap();
        let (store, all) = (place.store(), all.clone());
        claiming.spawn(async move { store.claim(process, &all).await.unwrap() });
    }
    let mut shards = BTreeSet::new();
    while let Some(claimed) = claiming.join_next().await {
        for claimed in claimed.unwrap() {
            assert!(shards.insert(claimed.shard), "{claimed:?} twice");
        }
    }
    // A row that another was about to take is left for the next look.
    store.claim(1, &all).await.unwrap();
    assert!(owners(&store).await.iter().all(Option::is_some));
}

#[tokio::test]
async fn sessions_begin_one_after_the_other_and_as_many_as_discord_has_left() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let store = place.store();
    for process in [1, 2] {
        store.join(process, "test").await.unwrap();
    }
    let Turn::AskDiscord { granted } = store.take_turn(1, 0).await.unwrap() else {
        panic!("nobody has asked Discord yet");
    };
    store.set_budget(2, granted).await.unwrap();
    assert_eq!(store.take_turn(1, 0).await.unwrap(), Turn::Granted);
    assert_eq!(store.take_turn(2, 0).await.unwrap(), Turn::Wait);
    // Another bucket has turns of its own, but the same budget: what Discord says now does not contain the session above.
    store.set_budget(2, granted).await.unwrap();
    let asked = store.take_turn(2, 1).await.unwrap();
    assert_eq!(
        asked,
        Turn::AskDiscord {
            granted: granted + 1
        }
    );
    store.set_budget(2, granted + 1).await.unwrap();
    assert_eq!(store.take_turn(2, 1).await.unwrap(), Turn::Granted);
    store.end_turn(2, 1, (false, 60_000)).await.unwrap();
    store.set_budget(9, granted + 2).await.unwrap();
    assert_eq!(
        store.take_turn(2, 1).await.unwrap(),
        Turn::Granted,
        "it was not used"
    );

    let begun = Instant::now();
    store.end_turn(1, 0, (true, 300)).await.unwrap();
    while store.take_turn(2, 0).await.unwrap() == Turn::Wait {
        sleep(Duration::from_millis(5)).await;
    }
    assert!(begun.elapsed() >= Duration::from_millis(290));
    // Whoever is given up while it begins a session holds up nobody.
    assert_eq!(store.take_turn(1, 0).await.unwrap(), Turn::Wait);
    store.leave(2, 0).await.unwrap();
    assert_eq!(store.take_turn(1, 0).await.unwrap(), Turn::Granted);
}

#[tokio::test]
async fn the_smaller_number_of_shards_is_retired() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let store = place.store();
    store.offer(2, true).await.unwrap();
    store.offer(4, false).await.unwrap();
    store.offer(4, false).await.unwrap();
    assert_eq!(owners(&store).await.len(), 6);
    store.retire_below(4).await.unwrap();
    assert_eq!(owners(&store).await.len(), 4);
}

#[tokio::test]
async fn a_file_is_for_one_process() {
    let place = file();
    let refused = place.store().join(1, "test").await.unwrap_err();
    assert!(matches!(refused, StoreError::OneProcess { .. }));
}
