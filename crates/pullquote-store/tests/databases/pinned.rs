//! Answers that were chosen, on a `SQLite` file and, if `PULLQUOTE_TEST_POSTGRES` is the address of a server, on `PostgreSQL`.

use crate::places::{NOW, file, postgres};
use pullquote_store::{PinnedAnswer, Store};

const SERVER: u64 = u64::MAX >> 1;

async fn pinned(store: &Store, server: u64) -> Vec<(String, String)> {
    let all = store.pinned(server).await.unwrap().into_iter();
    all.map(|PinnedAnswer { question, passage }| (question, passage))
        .collect()
}

async fn check(store: &Store) {
    assert!(pinned(store, SERVER).await.is_empty());
    assert_eq!(store.unpin(SERVER, "why?").await.unwrap(), None);
    let questions = ["why?".to_owned(), "wherefore?".to_owned()];
    assert_eq!(store.pin(SERVER, &questions, "one", NOW).await.unwrap(), 1);
    let later = store.pin(SERVER, &questions[..1], "two", NOW + 1).await;
    assert_eq!(later.unwrap(), 2);
    store.pin(7, &questions, "theirs", NOW).await.unwrap();
    let row = |question: &str, passage: &str| (question.to_owned(), passage.to_owned());
    let expected = [row("why?", "two"), row("wherefore?", "one")];
    assert_eq!(pinned(store, SERVER).await, expected);
    assert_eq!(store.unpin(SERVER, "why?").await.unwrap(), Some(3));
    assert_eq!(store.unpin(SERVER, "why?").await.unwrap(), None);
    assert_eq!(pinned(store, SERVER).await, [row("wherefore?", "one")]);
    assert_eq!(pinned(store, 7).await.len(), 2);
    assert_eq!(store.version(SERVER).await.unwrap(), 3);
}

#[tokio::test]
async fn a_question_has_one_chosen_answer_in_each_server() {
    check(&file().store()).await;
    if let Some(place) = postgres().await {
        check(&place.store()).await;
    }
}
