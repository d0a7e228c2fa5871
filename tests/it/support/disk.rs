//! A disk of its own, which a test can fill.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A tmpfs, unmounted after the test.
pub struct Disk(TempDir);

impl Disk {
    /// A disk of some megabytes; `None`, with a word, if this user cannot mount one.
    pub fn new(megabytes: u32) -> Option<Self> {
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
        println!("skipped: mounting a tmpfs takes root");
        None
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills it with a file.
    pub fn fill(&self) -> PathBuf {
        use std::io::Write;
        let path = self.path().join("ballast");
        let mut file = std::fs::File::create(&path).unwrap();
        while file.write_all(&[1; 4_096]).is_ok() {}
        path
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // A process that was killed may still be closing its files.
        let mut unmount = Command::new("umount");
        let unmounted = unmount.arg("--lazy").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()));
    }
}
