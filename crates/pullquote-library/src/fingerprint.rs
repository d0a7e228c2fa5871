//! Recognizes unchanged files without reading them.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// Some file systems store times in steps of two seconds. A file modified less than this ago may change again without
/// any difference in its metadata.
const SETTLED: Duration = Duration::from_secs(2);

/// Metadata by which a file is recognized as unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    bytes: u64,
    modified: SystemTime,
    /// Inode and time of the last status change, because a file that is moved here keeps its modification time.
    #[cfg(unix)]
    changed: (u64, i64, i64),
}

impl Fingerprint {
    /// The fingerprint of a file; `None` if it was modified too recently to have one.
    pub(crate) fn of(metadata: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        let modified = metadata.modified().ok()?;
        let age = modified.elapsed().ok()?;
        (age > SETTLED).then_some(Self {
            bytes: metadata.len(),
            modified,
            #[cfg(unix)]
            changed: (metadata.ino(), metadata.ctime(), metadata.ctime_nsec()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;
    use std::fs::{self, File};
    use std::time::{Duration, SystemTime};

    #[test]
    fn a_change_of_the_file_changes_the_fingerprint() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        let fingerprint = || Fingerprint::of(&fs::metadata(&path).unwrap());
        let set_age = |seconds| {
            let file = File::options().append(true).open(&path).unwrap();
            let time = SystemTime::now() - Duration::from_secs(seconds);
            file.set_modified(time).unwrap();
        };
        fs::write(&path, "one").unwrap();
        assert_eq!(fingerprint(), None, "modified too recently");
        set_age(60);
        let first = fingerprint();
        assert!(first.is_some() && fingerprint() == first);
        fs::write(&path, "two").unwrap();
        set_age(90);
        assert!(fingerprint().is_some() && fingerprint() != first);
    }
}
