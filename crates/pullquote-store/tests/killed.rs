//! A process that is killed while it adds articles or copies them. A test binary of its own: while a process is started, it holds the files of
//! its parent, and with them the lock of another test's store.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test fails by a panic, and its child reports"
)]

use pullquote_store::{Location, NewArticle, Store};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

const SERVER: u64 = 7;

fn text(number: u64) -> String {
    format!("Ants {number}. ").repeat(50)
}

fn article<'a>(path: &'a str, content: &'a str) -> NewArticle<'a> {
    NewArticle {
        server: SERVER,
        path,
        content: content.as_bytes(),
        link: None,
        by: 42,
        at: 0,
    }
}

/// Folder of the child of a test.
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
        store.put(&article(&path, &content), None).await.unwrap();
        println!("kept {path}");
    }
}

#[tokio::test]
async fn an_addition_is_there_or_not_when_the_process_is_killed() {
    for point in 0..50_u64 {
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("pullquote.db");
        let time = Duration::from_micros(700 * point);
        let kept = killed_after("child_that_adds", folder.path(), &first, time);
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

/// Copies the store for ever. Does nothing in an ordinary run.
#[tokio::test]
async fn child_that_backs_up() {
    let Ok(folder) = env::var(CHILD) else {
        return;
    };
    let folder = Path::new(&folder);
    let store = Store::new(Location::Folder(folder.to_owned()));
    for number in 0.. {
        let to = folder.join(format!("backups/{number}.db"));
        assert!(store.back_up(&to).await.unwrap());
        println!("kept {number}.db");
    }
}

#[tokio::test]
async fn a_backup_is_whole_or_not_there_when_the_process_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(Location::Folder(folder.path().to_owned()));
    for number in 0..60 {
        let (path, content) = (format!("{number}.md"), text(number));
        store.put(&article(&path, &content), None).await.unwrap();
    }
    drop(store);
    let backups = folder.path().join("backups");
    for point in 0..20_u64 {
        fs::create_dir(&backups).unwrap();
        let time = Duration::from_micros(700 * point);
        let first = backups.join("0.db");
        let kept = killed_after("child_that_backs_up", folder.path(), &first, time);
        let copies = fs::read_dir(&backups)
            .unwrap()
            .map(|one| one.unwrap().path());
        let is_backup = |path: &PathBuf| path.extension().is_some_and(|end| end == "db");
        let copies: Vec<PathBuf> = copies.filter(is_backup).collect();
        assert!(copies.len() >= kept.len(), "{copies:?}");
        for copy in copies {
            let restored = tempfile::tempdir().unwrap();
            fs::copy(copy, restored.path().join("pullquote.db")).unwrap();
            let restored = Store::new(Location::Folder(restored.path().to_owned()));
            assert_eq!(restored.check().await.unwrap(), Some(60));
        }
        fs::remove_dir_all(&backups).unwrap();
    }
}

/// Runs a test as a child, kills it some time after its first file is there, and returns what it had confirmed.
fn killed_after(child: &str, folder: &Path, first: &Path, time: Duration) -> Vec<String> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([child, "--exact", "--nocapture"])
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
    while !first.exists() {
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(Duration::from_millis(10) + time);
    // SIGKILL: nothing is flushed or closed.
    child.kill().unwrap();
    child.wait().unwrap();
    lines.join().unwrap()
}
