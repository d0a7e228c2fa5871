//! A disk that is full, as a small tmpfs. Mounting one takes root; elsewhere, the test says that it was skipped.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by a panic, and says if it was skipped"
)]

mod places;

use places::{NOW, article};
use pullquote_store::{Location, Store, StoreError};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

const SERVER: u64 = 7;

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
