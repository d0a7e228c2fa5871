//! Changes files of the knowledge folder, one at a time. What somebody else has changed meanwhile is not overwritten.

use crate::engine_handle::EngineHandle;
use crate::knowledge_folder::KnowledgeFolder;
use crate::passed_over::is_hidden;
use rustc_hash::FxBuildHasher;
use std::fs;
use std::hash::BuildHasher;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path};

/// What a file contained when somebody looked at it. `None` for no file.
pub type Version = Option<u64>;

/// Why a file was not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The path does not lead to a file of the folder.
    #[error("`{0}` is not the path of a file in the knowledge folder")]
    Path(String),
    /// Somebody else has changed the file.
    #[error("`{0}` has changed meanwhile, so nothing was overwritten")]
    Changed(String),
    /// There is a file of this name.
    #[error("there is a file `{0}` already: edit that one, or choose another name")]
    Exists(String),
    /// The file is larger than [`Limits::file_bytes`](crate::Limits::file_bytes).
    #[error("`{path}` would be larger than {megabytes} MB: split it")]
    TooLarge {
        /// The file.
        path: String,
        /// The limit.
        megabytes: u64,
    },
    /// The operating system refuses.
    #[error("cannot change `{path}`: {}", reason(error))]
    Io {
        /// The file.
        path: String,
        /// The operating system's error.
        error: io::Error,
    },
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::PermissionDenied => {
            "permission denied. Give the user that runs the bot write access to the knowledge folder".to_owned()
        }
        ErrorKind::ReadOnlyFilesystem => {
            "the knowledge folder is mounted read-only. Mount it for writing, or change the files where they are".to_owned()
        }
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// What a file contains, as a [`Version`].
pub fn version_of(content: &[u8]) -> u64 {
    FxBuildHasher.hash_one(content)
}

impl EngineHandle {
    /// The content of a file; `None` if there is no such file. `path` is relative to the folder, with `/` between its parts.
    ///
    /// # Errors
    ///
    /// If the path leads elsewhere, through a link or to something that is not a file, or if the file cannot be read.
    pub fn read_file(&self, path: &str) -> Result<Option<Vec<u8>>, EditError> {
        self.content(&self.folder(path)?, path)
    }

    /// Replaces a file that contains what `known` says, or makes a new one for `None`. Returns what it contained. The next reload
    /// takes it up.
    ///
    /// ```
    /// use pullquote_library::{EditError, EngineHandle, Limits, version_of};
    /// use std::fs;
    ///
    /// let folder = tempfile::tempdir()?;
    /// fs::write(folder.path().join("ferry.md"), "It leaves at seven.")?;
    /// let (handle, _) = EngineHandle::open(folder.path(), Limits::default())?;
    ///
    /// let old = handle.read_file("ferry.md")?.unwrap();
    /// let known = Some(version_of(&old));
    /// handle.write_file("ferry.md", b"It leaves at eight.", known)?;
    /// // What somebody looked at before is not what is there now.
    /// let again = handle.write_file("ferry.md", b"It leaves at nine.", known);
    /// assert!(matches!(again, Err(EditError::Changed(_))));
    /// assert!(matches!(handle.write_file("ferry.md", b"", None), Err(EditError::Exists(_))));
    /// assert!(matches!(handle.write_file("../ferry.md", b"", None), Err(EditError::Path(_))));
    /// assert_eq!(fs::read(folder.path().join("ferry.md"))?, b"It leaves at eight.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the path leads elsewhere, the file has changed, or the system refuses. The file is then as it was.
    pub fn write_file(
        &self,
        path: &str,
        content: &[u8],
        known: Version,
    ) -> Result<Option<Vec<u8>>, EditError> {
        let limit = self.limits().file_bytes;
        if content.len() as u64 > limit {
            return Err(EditError::TooLarge {
                path: path.to_owned(),
                megabytes: limit >> 20,
            });
        }
        let _editing = self.editing.lock();
        let folder = self.folder(path)?;
        let before = self.expected(&folder, path, known)?;
        folder
            .replace(Path::new(path), content)
            .map_err(|error| failed(path, error))?;
        Ok(before)
    }

    /// Removes a file that contains what `known` says. Returns what it contained.
    ///
    /// # Errors
    ///
    /// As [`write_file`](Self::write_file).
    pub fn remove_file(&self, path: &str, known: u64) -> Result<Vec<u8>, EditError> {
        let _editing = self.editing.lock();
        let folder = self.folder(path)?;
        let before = self.expected(&folder, path, Some(known))?;
        folder
            .remove(Path::new(path))
            .map_err(|error| failed(path, error))?;
        Ok(before.unwrap_or_default())
    }

    /// What a file contains, if that is what somebody knows of it.
    fn expected(
        &self,
        folder: &KnowledgeFolder,
        path: &str,
        known: Version,
    ) -> Result<Option<Vec<u8>>, EditError> {
        let content = self.content(folder, path)?;
        let version = content.as_deref().map(version_of);
        match known {
            known if known == version => Ok(content),
            None => Err(EditError::Exists(path.to_owned())),
            Some(_) => Err(EditError::Changed(path.to_owned())),
        }
    }

    fn content(&self, folder: &KnowledgeFolder, path: &str) -> Result<Option<Vec<u8>>, EditError> {
        let read = || {
            let (file, _) = folder.file(Path::new(path))?;
            let mut content = Vec::new();
            file.take(self.limits().file_bytes + 1)
                .read_to_end(&mut content)?;
            Ok::<_, io::Error>(content)
        };
        match read() {
            Ok(content) => Ok(Some(content)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(path, error)),
        }
    }

    /// The open folder, if a path stays below it and is not hidden.
    fn folder(&self, path: &str) -> Result<KnowledgeFolder, EditError> {
        let is_name = |part: Component<'_>| matches!(part, Component::Normal(_));
        let is_below = !path.contains(['\\', '\0'])
            // `.`, `..` and hidden files; components alone leave out `.`.
            && path.split('/').all(|part| !part.is_empty() && !is_hidden(part))
            && Path::new(path).components().all(is_name);
        if !is_below {
            return Err(EditError::Path(path.to_owned()));
        }
        let open = || KnowledgeFolder::open(fs::canonicalize(self.dir())?);
        open().map_err(|error| failed(path, error))
    }
}

fn failed(path: &str, error: io::Error) -> EditError {
    let path = path.to_owned();
    EditError::Io { path, error }
}

#[cfg(test)]
mod tests {
    use super::{EditError, version_of};
    use crate::{EngineHandle, Limits};
    use std::fs;

    fn handle(limits: Limits) -> (tempfile::TempDir, EngineHandle) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("sub/a.md"), "The ferry leaves at seven.").unwrap();
        let (handle, _) = EngineHandle::open(folder.path(), limits).unwrap();
        (folder, handle)
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let (folder, handle) = handle(Limits::default());
        for path in [
            "",
            "/",
            ".",
            "..",
            "/etc/passwd",
            "../a.md",
            "sub/../../a.md",
            "sub//a.md",
            "./a.md",
            "sub/./a.md",
            ".hidden.md",
            "sub/.hidden.md",
            "a\\b.md",
            "a\0.md",
            "sub/",
        ] {
            let outcome = handle.write_file(path, b"text", None);
            assert!(
                matches!(outcome, Err(EditError::Path(_))),
                "{path:?}: {outcome:?}"
            );
            assert!(
                handle.read_file(path).is_err() && handle.remove_file(path, 1).is_err(),
                "{path:?}"
            );
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        // A folder, and one that is not there.
        assert!(matches!(
            handle.write_file("sub", b"x", None),
            Err(EditError::Io { .. })
        ));
        assert!(matches!(
            handle.write_file("new/a.md", b"x", None),
            Err(EditError::Io { .. })
        ));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_when_writing() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (folder, handle) = handle(Limits::default());
        let outside = tempfile::tempdir().unwrap();
        let target = outside.path().join("target.md");
        fs::write(&target, "Secret.").unwrap();
        symlink(outside.path(), folder.path().join("out")).unwrap();
        symlink(&target, folder.path().join("link.md")).unwrap();
        for path in ["out/target.md", "out/new.md", "link.md"] {
            for known in [None, Some(version_of(b"Secret."))] {
                assert!(handle.write_file(path, b"Mine.", known).is_err(), "{path}");
            }
        }
        assert_eq!(fs::read(&target).unwrap(), b"Secret.");
        // A file keeps its permissions.
        let path = folder.path().join("sub/a.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let known = Some(version_of(&fs::read(&path).unwrap()));
        handle.write_file("sub/a.md", b"New.", known).unwrap();
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(
            fs::read_dir(folder.path().join("sub")).unwrap().count(),
            1,
            "nothing is left over"
        );
    }

    #[test]
    fn a_file_is_removed_only_as_it_is_known() {
        let limits = Limits {
            file_bytes: 100,
            ..Limits::default()
        };
        let (folder, handle) = handle(limits);
        let large = handle.write_file("large.md", &[b'x'; 101], None);
        assert!(
            matches!(large, Err(EditError::TooLarge { .. })),
            "{large:?}"
        );
        assert_eq!(handle.write_file("b.md", b"One.", None).unwrap(), None);
        assert!(matches!(
            handle.remove_file("b.md", 0),
            Err(EditError::Changed(_))
        ));
        let removed = handle.remove_file("b.md", version_of(b"One.")).unwrap();
        assert_eq!(removed, b"One.");
        assert!(!folder.path().join("b.md").exists());
        assert_eq!(handle.read_file("b.md").unwrap(), None);
    }
}
