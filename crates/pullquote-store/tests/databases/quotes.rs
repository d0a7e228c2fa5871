//! How often articles were quoted, on a `SQLite` file and, if `PULLQUOTE_TEST_POSTGRES` is the address of a server, on `PostgreSQL`.

use crate::places::{NOW, article, each_kind};
use pullquote_store::{Counts, QuoteCount, Quotes, SharedQuotes, Store, UNDO};

const SERVER: u64 = 7;
const OTHER: u64 = u64::MAX >> 1;
const DAY: i64 = 20_000;

fn count(path: &str, is_shared: bool, number: u64) -> QuoteCount {
    QuoteCount {
        path: path.to_owned(),
        is_shared,
        number,
    }
}

async fn add(store: &Store, quotes: Vec<(u64, i64, QuoteCount)>) {
    let counts = Counts {
        quotes,
        ..Counts::default()
    };
    store.count(&counts).await.unwrap();
}

async fn quotes(store: &Store, since: i64) -> Vec<QuoteCount> {
    store.quotes(SERVER, since).await.unwrap().articles
}

/// A store with an article of its own that has the path of a shared one.
async fn filled(store: &Store) {
    assert_eq!(store.quotes(SERVER, 0).await.unwrap(), Quotes::default());
    let ferry = article(SERVER, "ferry.md", "It leaves at seven.");
    store.put(&ferry, None).await.unwrap();
    let counts = vec![
        (SERVER, DAY, count("ferry.md", false, 2)),
        (SERVER, DAY + 1, count("ferry.md", false, 1)),
        (SERVER, DAY + 1, count("ferry.md", true, 2)),
        (SERVER, DAY, count("bus.md", true, 1)),
        (OTHER, DAY - 1, count("bus.md", true, 9)),
        // It was deleted before the count came.
        (SERVER, DAY - 1, count("gone.md", false, 5)),
        (OTHER, DAY - 1, count("ferry.md", false, 5)),
    ];
    add(store, counts).await;
    add(store, vec![(SERVER, DAY, count("bus.md", true, 1))]).await;
}

#[tokio::test]
async fn quotes_of_own_and_shared_articles_add_up_by_day() {
    for place in each_kind().await {
        let store = place.store();
        filled(&store).await;
        let all = [
            count("ferry.md", false, 3),
            count("bus.md", true, 2),
            count("ferry.md", true, 2),
        ];
        let quoted = store.quotes(SERVER, 0).await.unwrap();
        assert_eq!(quoted.first_day, Some(DAY));
        assert_eq!(quoted.articles, all);
        let later = [count("ferry.md", true, 2), count("ferry.md", false, 1)];
        assert_eq!(quotes(&store, DAY + 1).await, later);
        assert_eq!(quotes(&store, DAY + 2).await, []);
        let theirs = store.quotes(OTHER, 0).await.unwrap();
        assert_eq!(theirs.articles, [count("bus.md", true, 9)]);

        store.sweep_counts(None, |_| DAY + 1).await.unwrap();
        let quoted = store.quotes(SERVER, 0).await.unwrap();
        assert_eq!(
            (quoted.first_day, quoted.articles),
            (Some(DAY + 1), later.to_vec())
        );
        assert_eq!(store.quotes(OTHER, 0).await.unwrap(), Quotes::default());
    }
}

#[tokio::test]
async fn counts_of_an_article_go_with_it() {
    for place in each_kind().await {
        let store = place.store();
        filled(&store).await;
        let shared = [count("bus.md", true, 2), count("ferry.md", true, 2)];
        let before = quotes(&store, 0).await;
        // An edit changes the article, and one that was removed can be restored.
        let edited = article(SERVER, "ferry.md", "It leaves at eight.");
        store.put(&edited, None).await.unwrap();
        store.remove(SERVER, "ferry.md", NOW).await.unwrap();
        store.sweep(NOW + UNDO - 1).await.unwrap();
        let always = |_: &[_]| Ok::<(), ()>(());
        let restored = store.restore(SERVER, "ferry.md", always).await.unwrap();
        assert!(matches!(restored, Ok(Some(_))));
        assert_eq!(quotes(&store, 0).await, before);
        store.remove(SERVER, "ferry.md", NOW).await.unwrap();
        store.sweep(NOW + UNDO).await.unwrap();
        assert_eq!(quotes(&store, 0).await, shared);
        // What is counted for another article of that path begins anew.
        store.put(&edited, None).await.unwrap();
        assert_eq!(quotes(&store, 0).await, shared);

        assert!(store.delete_server(SERVER).await.unwrap());
        assert_eq!(store.quotes(SERVER, 0).await.unwrap(), Quotes::default());
        assert_eq!(store.quotes(OTHER, 0).await.unwrap().articles.len(), 1);
    }
}

#[tokio::test]
async fn quotes_of_shared_articles_add_up_over_servers_and_processes() {
    for place in each_kind().await {
        let store = place.store();
        assert_eq!(store.shared_quotes().await.unwrap(), []);
        filled(&store).await;
        let beside = Store::beside(store.location().clone()).await.unwrap();
        let quotes = |path: &str, number, last_day| SharedQuotes {
            path: path.to_owned(),
            number,
            last_day,
        };
        let all = [quotes("bus.md", 11, DAY), quotes("ferry.md", 2, DAY + 1)];
        assert_eq!(beside.unwrap().shared_quotes().await.unwrap(), all);
    }
}
