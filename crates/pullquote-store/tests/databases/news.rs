//! Changes that one process makes and another hears of, on the `PostgreSQL` of `PULLQUOTE_TEST_POSTGRES`.

use crate::places::{NOW, article, file, only_postgres};
use pullquote_store::News;
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::timeout;

const SERVER: u64 = u64::MAX >> 1;

#[tokio::test]
async fn every_change_is_heard_once_it_is_kept() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let (here, there) = (place.store(), place.store());
    let mut listener = there.listen().await.unwrap().expect("a listener");
    let heard = async |listener: &mut pullquote_store::Listener| {
        let news = timeout(Duration::from_secs(10), listener.next()).await;
        news.expect("news").unwrap()
    };
    let changed = |version| News::Changed {
        server: SERVER,
        version,
    };
    let ants = article(SERVER, "a.md", "Ants");
    here.put(&ants, None).await.unwrap();
    assert_eq!(heard(&mut listener).await, changed(1));
    assert_eq!(there.version(SERVER).await.unwrap(), 1);
    // A change that is refused is none.
    here.put(&ants, Some(7)).await.unwrap_err();
    here.remove(SERVER, "a.md", NOW).await.unwrap();
    assert_eq!(heard(&mut listener).await, changed(2));
    let always = |_: &[_]| Ok::<(), ()>(());
    here.restore(SERVER, "a.md", always).await.unwrap().unwrap();
    assert_eq!(heard(&mut listener).await, changed(3));
    here.set(SERVER, "{}", "{}").await.unwrap();
    assert_eq!(heard(&mut listener).await, changed(4));
    assert_eq!(
        there.versions().await.unwrap(),
        HashMap::from([(SERVER, 4)])
    );
    here.delete_server(SERVER).await.unwrap();
    assert_eq!(heard(&mut listener).await, changed(0));
    assert_eq!(there.versions().await.unwrap(), HashMap::new());
}

#[tokio::test]
async fn a_lost_connection_is_replaced_and_said() {
    let Some(place) = only_postgres().await else {
        return;
    };
    let (here, there) = (place.store(), place.store());
    let mut listener = there.listen().await.unwrap().expect("a listener");
    // Only the listener is idle with this as its last statement.
    place
        .execute(
            "select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and query like 'LISTEN%'",
        )
        .await;
    // The server says goodbye before it hangs up: the listener either replaces the connection, or reports its end.
    let end = timeout(Duration::from_secs(10), listener.next()).await;
    match end.expect("news") {
        Ok(news) => assert_eq!(news, News::Missed),
        Err(_) => listener = there.listen().await.unwrap().expect("another listener"),
    }
    here.put(&article(SERVER, "a.md", "Ants"), None)
        .await
        .unwrap();
    let news = timeout(Duration::from_secs(10), listener.next()).await;
    let changed = News::Changed {
        server: SERVER,
        version: 1,
    };
    assert_eq!(news.expect("news").unwrap(), changed);
}

#[tokio::test]
async fn a_file_has_one_process_and_no_news() {
    let place = file();
    let store = place.store();
    assert!(store.listen().await.unwrap().is_none());
    assert_eq!(store.versions().await.unwrap(), HashMap::new());
    store
        .put(&article(SERVER, "a.md", "Ants"), None)
        .await
        .unwrap();
    assert!(store.listen().await.unwrap().is_none());
    assert_eq!(
        store.versions().await.unwrap(),
        HashMap::from([(SERVER, 1)])
    );
}
