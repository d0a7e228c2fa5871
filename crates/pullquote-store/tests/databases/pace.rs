//! Turns to ask a host, which processes with one database take together.

use crate::places::{file, only_postgres};
use std::sync::Arc;
use tokio::task::JoinSet;

const GAP: i64 = 60_000;

#[tokio::test]
async fn processes_get_one_turn_after_the_other() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let (one, other) = (place.store(), place.store());
    let turn = |pause: i64| (pause + GAP / 2) / GAP;
    assert_eq!(turn(one.book_turn("a.example:443", GAP).await.unwrap()), 0);
    assert_eq!(
        turn(other.book_turn("a.example:443", GAP).await.unwrap()),
        1
    );
    assert_eq!(turn(one.book_turn("a.example:443", GAP).await.unwrap()), 2);
    // Another host need not wait.
    assert_eq!(
        turn(other.book_turn("b.example:443", GAP).await.unwrap()),
        0
    );
    // Of many at once, each gets one of its own.
    let both = [one, other].map(Arc::new);
    let mut booking = JoinSet::new();
    for number in 0..20 {
        let store = Arc::clone(&both[number % 2]);
        booking.spawn(async move { store.book_turn("c.example:443", GAP).await.unwrap() });
    }
    let booked = booking.join_all().await.into_iter();
    let mut turns: Vec<i64> = booked.map(turn).collect();
    turns.sort_unstable();
    assert_eq!(turns, (0..20).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_turn_that_is_over_is_deleted() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let store = place.store();
    store.book_turn("a.example:443", GAP).await.unwrap();
    store.sweep(i64::MAX).await.unwrap();
    assert!(store.book_turn("a.example:443", GAP).await.unwrap() < GAP / 2);
}

#[tokio::test]
async fn a_file_has_one_process_which_keeps_its_own_pace() {
    let place = file();
    let store = place.store();
    for _ in 0..3 {
        assert_eq!(store.book_turn("a.example:443", GAP).await.unwrap(), 0);
    }
}
