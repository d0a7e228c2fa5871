//! What this machine says of files and disks, and what the store says of itself: observations that `doctor/` judges.

use crate::config;
use crate::doctor::{self, FileDetails, Finding};
use pullquote_store::{Inspection, Location, Store, StoreError};
use serenity::all::Timestamp;
use std::fs::{self, Metadata};
#[cfg(unix)]
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Inspects the database that keeps the articles of servers.
pub(crate) async fn store(store: &Store) -> Vec<Finding> {
    findings(store, &store.inspect().await)
}

/// Inspects it by the connections that are open.
pub(crate) async fn open_store(store: &Store) -> Vec<Finding> {
    findings(store, &store.inspect_open().await)
}

fn findings(store: &Store, inspected: &Result<Option<Inspection>, StoreError>) -> Vec<Finding> {
    let (file, is_local) = match store.location() {
        Location::Folder(folder) => (Some(file_details(folder)), true),
        Location::Postgres(address) => {
            let is_socket = address.contains("host=/") || address.contains("host=%2F");
            (None, is_socket || config::is_this_machine(address))
        }
    };
    let name = store.name();
    doctor::store(&name, inspected, file.as_ref(), is_local)
}

/// What there is to know of the database in a data folder.
pub(crate) fn file_details(folder: &Path) -> FileDetails {
    // The bot makes the folder with the file.
    let existing = folder.ancestors().find(|folder| folder.is_dir());
    let file = folder.join("pullquote.db").metadata();
    let backups = fs::read_dir(folder.join("backups")).into_iter().flatten();
    let backups = backups.flatten().filter(|entry| {
        // A process that was killed may have left a folder with part of a copy.
        let path = entry.path();
        path.extension().is_some_and(|end| end == "db")
    });
    let made = backups.filter_map(|entry| {
        let modified = entry.metadata().ok()?.modified().ok()?;
        let name = entry.file_name();
        Some(end_of_day(&name.to_string_lossy()).map_or(modified, |end| modified.min(end)))
    });
    FileDetails {
        folder: folder.display().to_string(),
        mode: file.ok().as_ref().and_then(mode),
        free: existing.and_then(free_bytes),
        network: existing.and_then(network),
        backup: made.max().and_then(|made| made.elapsed().ok()),
    }
}

/// When the day in the name of a daily backup was over (`pullquote-2026-01-31.db`): a copy of it is not newer, whatever the time of
/// its file. `None` for other names.
fn end_of_day(name: &str) -> Option<SystemTime> {
    let day = name.strip_prefix("pullquote-")?.strip_suffix(".db")?;
    let end = Timestamp::parse(&format!("{day}T23:59:59Z")).ok()?;
    let seconds = u64::try_from(end.unix_timestamp()).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}

/// Why nothing can be written to a folder, or why it cannot be made, with the path where that fails.
pub(crate) fn write_error(folder: &Path) -> Option<(PathBuf, String)> {
    let mut existing = folder.ancestors().map(|path| match path.as_os_str() {
        name if name.is_empty() => Path::new("."),
        _ => path,
    });
    let existing = existing.find(|path| path.exists())?;
    let error = if existing.is_dir() {
        access_error(existing)?
    } else {
        "not a folder".to_owned()
    };
    Some((existing.to_owned(), error))
}

/// Why this user cannot write to a folder.
#[cfg(unix)]
fn access_error(folder: &Path) -> Option<String> {
    use rustix::fs::{Access, access};
    let denied = access(folder, Access::WRITE_OK | Access::EXEC_OK).err()?;
    Some(io::Error::from(denied).kind().to_string())
}

/// Why this user cannot write to a folder. Other systems only say so when something is written.
#[cfg(not(unix))]
fn access_error(_: &Path) -> Option<String> {
    None
}

/// The network file system that a folder is on, if it is on one. The numbers are those of Linux's `statfs(2)`.
#[cfg(target_os = "linux")]
fn network(folder: &Path) -> Option<&'static str> {
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    // Some systems store it as a signed number of 32 bits.
    match kind as u32 {
        0x6969 => Some("NFS"),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("SMB"),
        0x0102_1997 => Some("9P"),
        0x00c3_6400 => Some("Ceph"),
        0x5346_414f | 0x6b41_4653 => Some("AFS"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn network(_: &Path) -> Option<&'static str> {
    None
}

/// Permission bits of a file; `None` on systems without them.
#[cfg(unix)]
#[allow(
    clippy::unnecessary_wraps,
    reason = "other systems have no permission bits"
)]
pub(crate) fn mode(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(metadata.permissions().mode())
}

/// Permission bits of a file; `None` on systems without them.
#[cfg(not(unix))]
pub(crate) fn mode(_: &Metadata) -> Option<u32> {
    None
}

/// Bytes that an unprivileged user can still write to the disk of a folder. `None` if the system does not say.
#[cfg(unix)]
pub(crate) fn free_bytes(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Bytes that an unprivileged user can still write to the disk of a folder. `None` if the system does not say.
#[cfg(not(unix))]
pub(crate) fn free_bytes(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::file_details;
    use serenity::all::Timestamp;
    use std::fs;
    use std::time::Duration;

    #[test]
    fn a_backup_is_as_old_as_its_name_says_whenever_it_was_copied() {
        let data = tempfile::tempdir().unwrap();
        let backups = data.path().join("backups");
        fs::create_dir(&backups).unwrap();
        let age = || file_details(data.path()).backup;
        assert_eq!(age(), None);
        let year = Duration::from_hours(24 * 365);
        for name in ["pullquote-2020-01-30.db", "pullquote-2020-01-31.db"] {
            fs::write(backups.join(name), "copied today").unwrap();
        }
        assert!(age().unwrap() > year, "{:?}", age());
        // That of today is as old as its file, and so is one with a name of somebody's own.
        let today = Timestamp::now().to_string();
        let today = format!("pullquote-{}.db", today.get(..10).unwrap());
        for name in [today.as_str(), "mine.db"] {
            fs::write(backups.join(name), "made now").unwrap();
            assert!(
                age().unwrap() < Duration::from_hours(1),
                "{name}: {:?}",
                age()
            );
            fs::remove_file(backups.join(name)).unwrap();
        }
        for name in ["pullquote-.db", "pullquote-2020-13-45.db"] {
            fs::write(backups.join(name), "made now").unwrap();
            assert!(age().unwrap() < Duration::from_hours(1), "{name}");
            fs::remove_file(backups.join(name)).unwrap();
        }
    }
}
