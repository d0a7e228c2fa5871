//! A process that is killed while it adds articles. A test binary of its own: while a process is started, it holds the files of
//! its parent, and with them the lock of another test's store.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by a panic, and its child reports"
)]

use pullquote_store::{Location, NewArticle, Store};
use std::collections::BTreeMap;
use std::env;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const SERVER: u64 = 7;

fn text(number: u64) -> String {
    format!("Ants {number}. ").repeat(50)
}

/// Folder of the child of [`an_addition_is_there_or_not_when_the_process_is_killed`].
const CHILD: &str = "PULLQUOTE_TEST_CHILD";

/// Adds articles for ever, and prints the path of each when it is kept. Does nothing in an ordinary run.
#[tokio::test]
async fn child_that_adds() {
    let Ok(folder) = env::var(CHILD) else {
        return;
    };
    let store = Store::new(Location::Folder(folder.into()));
    for number in 0.. {
        let path = format!("{number}.md");
        let content = text(number);
        let article = NewArticle {
            server: SERVER,
            path: &path,
            content: content.as_bytes(),
            link: None,
            by: 42,
            at: 0,
        };
        store.put(&article, None).await.unwrap();
        println!("kept {path}");
    }
}

#[tokio::test]
async fn an_addition_is_there_or_not_when_the_process_is_killed() {
    for point in 0..50_u64 {
        let folder = tempfile::tempdir().unwrap();
        let kept = killed_after(folder.path(), Duration::from_micros(700 * point));
        let store = Store::new(Location::Folder(folder.path().to_owned()));
        let (_, articles) = store.articles(SERVER).await.unwrap();
        let found: BTreeMap<&str, &[u8]> = articles
            .iter()
            .map(|one| (one.path.as_str(), one.content.as_slice()))
            .collect();
        for path in &kept {
            assert!(found.contains_key(path.as_str()), "{path} was confirmed");
        }
        // At most the one that was on its way.
        assert!(
            found.len() <= kept.len() + 1,
            "{} of {}",
            found.len(),
            kept.len()
        );
        for (path, content) in &found {
            let number = path.trim_end_matches(".md").parse().unwrap();
            assert_eq!(*content, text(number).as_bytes());
        }
    }
}

/// Runs [`child_that_adds`], kills it some time after its first addition, and returns what it had confirmed.
fn killed_after(folder: &Path, time: Duration) -> Vec<String> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["child_that_adds", "--exact", "--nocapture"])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = child.stdout.take().unwrap();
    let lines = thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        let kept = lines.filter_map(|line| Some(line.split_once("kept ")?.1.to_owned()));
        kept.collect::<Vec<_>>()
    });
    while !folder.join("pullquote.db").exists() {
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(Duration::from_millis(10) + time);
    // SIGKILL: nothing is flushed or closed.
    child.kill().unwrap();
    child.wait().unwrap();
    lines.join().unwrap()
}
