//! A disk that is full, as a small tmpfs. Mounting one takes root; elsewhere, the test says that it was skipped. A limit on the size
//! of files needs no root.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by a panic, and says if it was skipped"
)]

mod places;

use places::{NOW, article};
use pullquote_store::{Location, Store, StoreError};
use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;
use tokio::sync::Mutex;

const SERVER: u64 = 7;

/// One test at a time: while a process is started, it holds the files of its parent, and with them the lock of another test's store.
static TURN: Mutex<()> = Mutex::const_new(());

/// A disk of its own, unmounted after the test.
struct Disk(TempDir);

impl Disk {
    /// A disk of some megabytes; `None`, with a word, if this user cannot mount one.
    fn new(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "none"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if mount.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        eprintln!("skipped: mounting a tmpfs takes root");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // The thread of a store that was dropped may still be closing the file.
        let mut unmount = Command::new("umount");
        let unmounted = unmount.arg("--lazy").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}

/// Text that cannot be compressed much.
fn noise(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let digits = (0..100_000).map(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b' ' + (state % 90) as u8)
    });
    digits.collect()
}

#[tokio::test]
async fn a_full_disk_refuses_changes_and_loses_nothing() {
    let _turn = TURN.lock().await;
    let Some(disk) = Disk::new(2) else {
        return;
    };
    let ballast = disk.path().join("ballast");
    fs::write(&ballast, vec![1; 500_000]).unwrap();
    let location = Location::Folder(disk.path().join("data"));
    let store = Store::new(location.clone());
    let mut kept: Vec<(String, String)> = Vec::new();
    let refused = loop {
        let number = kept.len() as u64;
        let (path, content) = (format!("{number:03}.md"), noise(number));
        match store.put(&article(SERVER, &path, &content), None).await {
            Ok(_) => kept.push((path, content)),
            Err(error) => break error,
        }
        assert!(kept.len() < 100, "the disk is not full");
    };
    assert!(kept.len() > 2, "{refused}");
    assert!(matches!(refused, StoreError::Full { .. }), "{refused}");
    let said = refused.to_string();
    assert!(
        said.contains("the disk of") && said.contains("free some space"),
        "{said}"
    );
    assert!(said.contains("pullquote.db"), "{said}");
    let check = async |store: &Store| {
        let (version, articles) = store.articles(SERVER).await.unwrap();
        let found = articles.into_iter();
        let found: Vec<_> = found
            .map(|one| (one.path, String::from_utf8(one.content).unwrap()))
            .collect();
        assert!(found == kept, "{} of {}", found.len(), kept.len());
        version
    };
    // It can be read, and goes on refusing.
    assert_eq!(check(&store).await, kept.len() as u64);
    let more = noise(1_000);
    let again = store.put(&article(SERVER, "more.md", &more), None).await;
    assert!(matches!(again, Err(StoreError::Full { .. })));
    assert_eq!(check(&store).await, kept.len() as u64);
    // After a restart as well.
    drop(store);
    let store = Store::new(location);
    assert_eq!(check(&store).await, kept.len() as u64);
    assert_eq!(store.check().await.unwrap(), Some(kept.len() as u64));
    // And when there is room again, changes are kept.
    fs::remove_file(&ballast).unwrap();
    let added = store.put(&article(SERVER, "more.md", &more), None).await;
    assert_eq!(added.unwrap(), kept.len() as u64 + 1);
    store.remove(SERVER, "more.md", NOW).await.unwrap();
    check(&store).await;
}

/// A store with some articles of 100 KB.
async fn store_with(folder: &Path, articles: u64) -> Store {
    let store = Store::new(Location::Folder(folder.to_owned()));
    for number in 0..articles {
        let (path, content) = (format!("{number:03}.md"), noise(number));
        let added = store.put(&article(SERVER, &path, &content), None).await;
        added.unwrap();
    }
    store
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_that_does_not_fit_leaves_nothing() {
    let _turn = TURN.lock().await;
    let Some(disk) = Disk::new(1) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 20).await;
    let refused = store.back_up(&disk.path().join("copy.db")).await;
    let refused = refused.unwrap_err();
    assert!(matches!(refused, StoreError::Full { .. }), "{refused}");
    assert!(refused.to_string().contains("copy.db"), "{refused}");
    assert_eq!(names(disk.path()), [""; 0]);
    assert_eq!(store.check().await.unwrap(), Some(20));
}

#[tokio::test]
async fn a_restore_that_does_not_fit_changes_nothing() {
    let _turn = TURN.lock().await;
    let Some(disk) = Disk::new(2) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    let large = store_with(&folder.path().join("data"), 20).await;
    assert!(large.back_up(&copy).await.unwrap());
    let data = disk.path().join("data");
    drop(store_with(&data, 5).await);
    fs::write(data.join("pullquote.db.before"), "earlier").unwrap();
    let restored = Store::new(Location::Folder(data.clone()));
    let refused = restored.restore_backup(&copy).await.unwrap_err();
    assert!(matches!(refused, StoreError::Full { .. }), "{refused}");
    let file = data.join("pullquote.db").display().to_string();
    assert!(refused.to_string().contains(&file), "{refused}");
    assert_eq!(restored.check().await.unwrap(), Some(5));
    assert!(!names(&data).iter().any(|name| name.contains("copy")));
    let before = fs::read_to_string(data.join("pullquote.db.before"));
    assert_eq!(before.unwrap(), "earlier");
}

/// Folder of the child of [`copies_above_a_limit_leave_nothing_and_change_nothing`].
const CHILD: &str = "PULLQUOTE_TEST_CHILD";

/// Copies what is larger than its limit, to and fro. Does nothing in an ordinary run.
#[tokio::test]
async fn child_that_copies() {
    let Some(folder) = env::var_os(CHILD) else {
        return;
    };
    let folder = Path::new(&folder);
    let large = Store::new(Location::Folder(folder.join("large")));
    let new = folder.join("backups/new.db");
    let small = Store::new(Location::Folder(folder.join("small")));
    for (refused, path) in [
        (large.back_up(&new).await.map(|_| ()), "backups/new.db"),
        (
            small.restore_backup(&folder.join("large.db")).await,
            "small/pullquote.db",
        ),
    ] {
        let said = refused.unwrap_err().to_string();
        assert!(said.contains(path), "{said}");
        assert!(
            said.contains("check the permissions and the disk"),
            "{said}"
        );
        println!("refused");
    }
}

#[tokio::test]
async fn copies_above_a_limit_leave_nothing_and_change_nothing() {
    let _turn = TURN.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let large = store_with(&path("large"), 10).await;
    assert!(large.back_up(&path("large.db")).await.unwrap());
    drop(large);
    drop(store_with(&path("small"), 1).await);
    fs::create_dir(path("backups")).unwrap();
    // The shell counts blocks of 512 or 1,024 bytes.
    let script = "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\"";
    let output = Command::new("sh")
        .args(["-c", script])
        .arg(env::current_exe().unwrap())
        .args(["child_that_copies", "--exact", "--nocapture"])
        .env(CHILD, folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    assert_eq!(printed.matches("refused").count(), 2, "{printed}");
    assert_eq!(names(&path("backups")), [""; 0]);
    let small = Store::new(Location::Folder(path("small")));
    assert_eq!(small.check().await.unwrap(), Some(1));
    assert!(!path("small/pullquote.db.before").exists());
}
