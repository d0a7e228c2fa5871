//! Opens and replaces files beneath the knowledge folder. A file that is replaced by a link, a pipe or a device after the
//! folder was listed is not followed or waited for.

#[cfg(unix)]
use std::ffi::OsStr;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// An open knowledge folder.
#[derive(Debug)]
pub(crate) struct KnowledgeFolder {
    /// Its canonical path.
    root: PathBuf,
    #[cfg(unix)]
    handle: rustix::fd::OwnedFd,
}

impl KnowledgeFolder {
    /// Opens the folder at a canonical path.
    pub(crate) fn open(root: PathBuf) -> io::Result<Self> {
        #[cfg(unix)]
        let handle = rustix::fs::open(&root, FOLDER, rustix::fs::Mode::empty())?;
        Ok(Self {
            root,
            #[cfg(unix)]
            handle,
        })
    }

    /// Its canonical path.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// What the file system says about a file, without opening it. `path` is relative to the folder.
    pub(crate) fn metadata(&self, path: &Path) -> io::Result<Metadata> {
        fs::symlink_metadata(self.root.join(path))
    }

    /// Opens a regular file. `path` is relative to the folder and contains no links.
    pub(crate) fn file(&self, path: &Path) -> io::Result<(File, Metadata)> {
        let file = self.open_beneath(path)?;
        let metadata = file.metadata()?;
        if metadata.is_file() {
            Ok((file, metadata))
        } else {
            Err(io::Error::other("not a regular file"))
        }
    }

    /// Opens each part of the path in the one before, so that no link is followed, whatever is renamed meanwhile.
    #[cfg(unix)]
    fn open_beneath(&self, path: &Path) -> io::Result<File> {
        use rustix::fs::{Mode, openat};
        self.in_parent(path, |parent, name| {
            Ok(openat(parent, name, FILE | NO_LINK, Mode::empty())?.into())
        })
    }

    /// Does something in the folder of a path, which is opened part by part.
    #[cfg(unix)]
    fn in_parent<T>(
        &self,
        path: &Path,
        work: impl FnOnce(&rustix::fd::OwnedFd, &OsStr) -> io::Result<T>,
    ) -> io::Result<T> {
        use rustix::fs::{Mode, openat};
        let (Some(parents), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let mut folder = None;
        for part in parents {
            let at = folder.as_ref().unwrap_or(&self.handle);
            folder = Some(openat(at, part, FOLDER | NO_LINK, Mode::empty())?);
        }
        work(folder.as_ref().unwrap_or(&self.handle), name)
    }

    /// Writes a file beside the path and renames it, so that nobody reads half of it. It keeps the permissions of a file that was
    /// there.
    #[cfg(unix)]
    pub(crate) fn replace(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        use rustix::fs::{AtFlags, Mode, OFlags, openat, renameat, unlinkat};
        use std::os::unix::fs::PermissionsExt;
        let mode = self.file(path).ok().map(|(file, _)| file.metadata());
        let mode = mode.and_then(Result::ok).map(|metadata| metadata.mode());
        self.in_parent(path, |parent, name| {
            let new = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC | NO_LINK;
            let beside = beside();
            // Left over by a process that was killed.
            let _ = unlinkat(parent, &beside, AtFlags::empty());
            let written = (|| {
                let file = openat(parent, &beside, new, Mode::from_raw_mode(0o666))?;
                let mut file = File::from(file);
                if let Some(mode) = mode {
                    file.set_permissions(fs::Permissions::from_mode(mode & 0o777))?;
                }
                file.write_all(content)?;
                file.sync_all()?;
                Ok(renameat(parent, &beside, parent, name)?)
            })();
            if written.is_err() {
                let _ = unlinkat(parent, &beside, AtFlags::empty());
            }
            written
        })
    }

    /// Removes a file.
    #[cfg(unix)]
    pub(crate) fn remove(&self, path: &Path) -> io::Result<()> {
        use rustix::fs::{AtFlags, unlinkat};
        self.in_parent(path, |parent, name| {
            Ok(unlinkat(parent, name, AtFlags::empty())?)
        })
    }

    #[cfg(not(unix))]
    fn open_beneath(&self, path: &Path) -> io::Result<File> {
        File::open(self.root.join(path))
    }

    /// Writes a file beside the path and renames it, so that nobody reads half of it.
    #[cfg(not(unix))]
    pub(crate) fn replace(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        let path = self.root.join(path);
        let beside = path.with_file_name(beside());
        let written = (|| {
            let mut file = File::create(&beside)?;
            file.write_all(content)?;
            file.sync_all()?;
            fs::rename(&beside, &path)
        })();
        if written.is_err() {
            let _ = fs::remove_file(&beside);
        }
        written
    }

    /// Removes a file.
    #[cfg(not(unix))]
    pub(crate) fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(self.root.join(path))
    }
}

/// What a file is called while this process writes it. Hidden files are not articles.
fn beside() -> String {
    format!(".pullquote-{}", std::process::id())
}

#[cfg(unix)]
const FOLDER: rustix::fs::OFlags = rustix::fs::OFlags::RDONLY
    .union(rustix::fs::OFlags::DIRECTORY)
    .union(rustix::fs::OFlags::CLOEXEC);
/// Opening a pipe without `NONBLOCK` waits for its other end.
#[cfg(unix)]
const FILE: rustix::fs::OFlags = rustix::fs::OFlags::RDONLY
    .union(rustix::fs::OFlags::NONBLOCK)
    .union(rustix::fs::OFlags::NOCTTY)
    .union(rustix::fs::OFlags::CLOEXEC);
#[cfg(unix)]
const NO_LINK: rustix::fs::OFlags = rustix::fs::OFlags::NOFOLLOW;

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::fs::symlink;

    #[test]
    fn what_replaces_a_file_is_not_followed_or_waited_for() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "Secret.").unwrap();
        let inside = tempfile::tempdir().unwrap();
        fs::create_dir(inside.path().join("sub")).unwrap();
        fs::write(inside.path().join("sub/secret.md"), "Public.").unwrap();
        let root = fs::canonicalize(inside.path()).unwrap();
        let folder = KnowledgeFolder::open(root.clone()).unwrap();
        let read = |path: &str| {
            let (mut file, _) = folder.file(Path::new(path)).ok()?;
            let mut text = String::new();
            file.read_to_string(&mut text).ok()?;
            Some(text)
        };
        assert_eq!(read("sub/secret.md").as_deref(), Some("Public."));
        fs::rename(root.join("sub"), root.join("old")).unwrap();
        symlink(outside.path(), root.join("sub")).unwrap();
        assert_eq!(read("sub/secret.md"), None, "a folder became a link");
        symlink(outside.path().join("secret.md"), root.join("a.md")).unwrap();
        assert_eq!(read("a.md"), None, "a file became a link");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            root.join("pipe.md"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )
        .unwrap();
        assert_eq!(read("pipe.md"), None, "a pipe");
        assert_eq!(read("sub"), None, "a folder");
    }
}
