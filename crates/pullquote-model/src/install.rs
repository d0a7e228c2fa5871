//! Installs a model: collects its files in a folder of their own, checks each against its SHA-256, and moves the folder to
//! its place only when it is complete. A download that breaks off continues where it stopped.
//!
//! ```
//! use pullquote_model::catalogue::{CatalogueFile, CatalogueModel, parse};
//! use pullquote_model::install::{InstallError, Installation};
//! use pullquote_model::{Description, ModelStore, Pooling};
//!
//! # let folder = tempfile::tempdir().unwrap();
//! # let (data, downloads) = (folder.path().join("data"), folder.path().join("downloads"));
//! # std::fs::create_dir(&downloads).unwrap();
//! std::fs::write(downloads.join("model.onnx"), "abc").unwrap();
//! let models: Vec<CatalogueModel> = parse(
//!     r#"[{"name": "tiny", "pooling": "cls", "files": [{
//!         "name": "model.onnx", "bytes": 3, "url": "https://models.example/tiny",
//!         "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
//!     }]}]"#,
//! ).unwrap();
//! let tiny = &models[0];
//! let file: &CatalogueFile = &tiny.files[0];
//! assert_eq!((file.packed, tiny.megabytes()), (None, 0));
//!
//! let store = ModelStore::new(data);
//! let installation = Installation::begin(&store, tiny).unwrap();
//! // Only one process at a time installs a model.
//! assert!(matches!(Installation::begin(&store, tiny), Err(InstallError::Busy(_))));
//! installation.copy(file, &downloads).unwrap();
//! let place = installation.finish().unwrap();
//! assert_eq!(Description::read(&place).unwrap().pooling, Pooling::Cls);
//!
//! // It is used once it is chosen.
//! assert_eq!((store.installed(), store.find(None).folder), (vec!["tiny".to_owned()], None));
//! assert!(store.choose("tiny").unwrap());
//! assert_eq!(store.find(None).folder, Some(place));
//! assert!(store.remove("tiny").unwrap() && store.chosen().is_none());
//! ```

use crate::catalogue::{CatalogueFile, CatalogueModel};
use crate::description;
use crate::store::ModelStore;
use flate2::read::DeflateDecoder;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Why a model cannot be installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// Another process installs the same model.
    #[error("another process is adding `{0}`: wait until it is done")]
    Busy(String),
    /// A file or folder cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// A file cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// A file is not the one in the list.
    #[error(
        "`{name}` is not the file in the list of models, so it was not kept: its SHA-256 is {found} and should be {expected}"
    )]
    Hash {
        /// The file's name.
        name: String,
        /// The SHA-256 of what was there.
        found: String,
        /// The SHA-256 in the list.
        expected: String,
    },
}

/// A model that is being installed.
#[derive(Debug)]
pub struct Installation<'a> {
    model: &'a CatalogueModel,
    /// Where its files are collected.
    staging: PathBuf,
    /// Where they go in the end.
    target: PathBuf,
    /// Open for as long as the installation takes.
    _lock: File,
}

impl<'a> Installation<'a> {
    /// Begins to install a model, or continues.
    ///
    /// # Errors
    ///
    /// If the folder cannot be created, or another process installs the same model.
    pub fn begin(store: &ModelStore, model: &'a CatalogueModel) -> Result<Self, InstallError> {
        let name = &model.description.name;
        let staging = store.models().join(format!(".{name}"));
        fs::create_dir_all(&staging).map_err(|source| cannot_write(&staging, source))?;
        let path = store.models().join(format!(".{name}.lock"));
        let lock = File::create(&path).map_err(|source| cannot_write(&path, source))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(InstallError::Busy(name.clone())),
            // Some network file systems have no locks.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        Ok(Self {
            model,
            staging,
            target: store.models().join(name),
            _lock: lock,
        })
    }

    /// Whether a file is there already, with the right contents.
    pub fn has(&self, file: &CatalogueFile) -> bool {
        sha256(&self.staging.join(&file.name)).is_ok_and(|found| found == file.sha256)
    }

    /// Opens the file that a download is appended to. It contains what an earlier try has received.
    ///
    /// # Errors
    ///
    /// If it cannot be opened.
    pub fn part(&self, file: &CatalogueFile) -> Result<File, InstallError> {
        let path = self.part_path(file);
        let mut options = OpenOptions::new();
        let opened = options.create(true).append(true).read(true).open(&path);
        opened.map_err(|source| cannot_write(&path, source))
    }

    /// The name of a partial download contains a part of the hash and says whether it is packed, so that it is not
    /// continued with another file.
    fn part_path(&self, file: &CatalogueFile) -> PathBuf {
        let hash: String = file.sha256.chars().take(8).collect();
        let kind = if file.packed.is_some() {
            "packed"
        } else {
            "plain"
        };
        self.staging.join(format!("{}.{hash}.{kind}", file.name))
    }

    /// Takes the file out of its complete download, which is removed.
    ///
    /// # Errors
    ///
    /// If it is not the file in the list, or cannot be written.
    pub fn unpack(&self, file: &CatalogueFile) -> Result<(), InstallError> {
        let part = self.part_path(file);
        let archive = File::open(&part).map_err(|source| cannot_read(&part, source))?;
        let result = match file.packed {
            Some(_) => self.write(
                file,
                DeflateDecoder::new(io::BufReader::new(archive)),
                &part,
            ),
            None => self.write(file, archive, &part),
        };
        if matches!(result, Ok(()) | Err(InstallError::Hash { .. })) {
            fs::remove_file(&part).map_err(|source| cannot_write(&part, source))?;
        }
        result
    }

    /// Copies the file from a folder.
    ///
    /// # Errors
    ///
    /// If it is not the file in the list, or cannot be read or written.
    pub fn copy(&self, file: &CatalogueFile, folder: &Path) -> Result<(), InstallError> {
        let path = folder.join(&file.name);
        let from = File::open(&path).map_err(|source| cannot_read(&path, source))?;
        self.write(file, from, &path)
    }

    /// Writes a file whose contents are read from `from`, the file at `path`.
    fn write(
        &self,
        file: &CatalogueFile,
        from: impl Read,
        path: &Path,
    ) -> Result<(), InstallError> {
        let to = self.staging.join(&file.name);
        let mut out = File::create(&to).map_err(|source| cannot_write(&to, source))?;
        let mut hash = Sha256::new();
        // One byte more than there should be is enough to know that it is another file.
        let mut from = from.take(file.bytes + 1);
        let mut buffer = vec![0; 1 << 16];
        loop {
            let read = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => buffer.get(..read).unwrap_or_default(),
                // Not compressed as it should be: another file.
                Err(error) if is_malformed(&error) => break,
                Err(source) => return Err(cannot_read(path, source)),
            };
            hash.update(read);
            let written = out.write_all(read);
            written.map_err(|source| cannot_write(&to, source))?;
        }
        let synced = out.sync_all();
        synced.map_err(|source| cannot_write(&to, source))?;
        let found = hex(hash);
        if found == file.sha256 {
            return Ok(());
        }
        fs::remove_file(&to).map_err(|source| cannot_write(&to, source))?;
        Err(InstallError::Hash {
            name: file.name.clone(),
            found,
            expected: file.sha256.clone(),
        })
    }

    /// Moves the complete model to its place. An earlier one of the same name is replaced.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn finish(self) -> Result<PathBuf, InstallError> {
        let json = serde_json::to_vec_pretty(&self.model.description).unwrap_or_default();
        let description = self.staging.join(description::FILE);
        fs::write(&description, json).map_err(|source| cannot_write(&description, source))?;
        if self.target.exists() {
            let removed = fs::remove_dir_all(&self.target);
            removed.map_err(|source| cannot_write(&self.target, source))?;
        }
        let moved = fs::rename(&self.staging, &self.target);
        moved.map_err(|source| cannot_write(&self.target, source))?;
        Ok(self.target)
    }
}

fn is_malformed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof
    )
}

fn sha256(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path)?, &mut hash)?;
    Ok(hex(hash))
}

fn hex(hash: Sha256) -> String {
    let mut text = String::new();
    for byte in hash.finalize() {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn cannot_write(path: &Path, source: io::Error) -> InstallError {
    let path = path.to_owned();
    InstallError::Write { path, source }
}

fn cannot_read(path: &Path, source: io::Error) -> InstallError {
    let path = path.to_owned();
    InstallError::Read { path, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Description;
    use crate::catalogue::Packed;
    use flate2::Compression;
    use flate2::write::DeflateEncoder;

    const CONTENTS: &[u8] = b"a model of a few words, a few words";

    fn deflated() -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(CONTENTS).unwrap();
        encoder.finish().unwrap()
    }

    /// A model with one file.
    fn model(packed: Option<Packed>) -> CatalogueModel {
        CatalogueModel {
            description: Description {
                name: "tiny".to_owned(),
                ..Description::default()
            },
            files: vec![CatalogueFile {
                name: "model.onnx".to_owned(),
                bytes: CONTENTS.len() as u64,
                sha256: hex(Sha256::new_with_prefix(CONTENTS)),
                url: String::new(),
                packed,
            }],
        }
    }

    /// Installs a model whose download consists of these bytes. Returns the contents of its file.
    fn install(packed: bool, download: &[u8]) -> Result<Vec<u8>, InstallError> {
        let folder = tempfile::tempdir().unwrap();
        let store = ModelStore::new(folder.path().to_owned());
        let packed = packed.then_some(Packed {
            offset: 0,
            bytes: download.len() as u64,
        });
        let model = model(packed);
        let file = &model.files[0];
        let installation = Installation::begin(&store, &model).unwrap();
        installation
            .part(file)
            .unwrap()
            .write_all(download)
            .unwrap();
        let unpacked = installation.unpack(file);
        assert_eq!(installation.has(file), unpacked.is_ok());
        assert_eq!(
            installation.part(file).unwrap().metadata().unwrap().len(),
            0
        );
        unpacked?;
        assert!(store.installed().is_empty(), "not yet complete");
        let folder = installation.finish().unwrap();
        assert_eq!(Description::read(&folder).unwrap(), model.description);
        assert_eq!(store.installed(), ["tiny"]);
        Ok(fs::read(folder.join("model.onnx")).unwrap())
    }

    #[test]
    fn plain_and_packed_files_are_installed() {
        assert_eq!(install(false, CONTENTS).unwrap(), CONTENTS);
        assert_eq!(install(true, &deflated()).unwrap(), CONTENTS);
    }

    #[test]
    fn other_files_are_deleted() {
        let longer = [CONTENTS, CONTENTS].concat();
        for (packed, download) in [
            (false, &b"<html>404</html>"[..]),
            (false, b""),
            (false, &longer),
            (true, CONTENTS),
            (true, deflated().get(..9).unwrap()),
        ] {
            let error = install(packed, download).unwrap_err();
            assert!(matches!(error, InstallError::Hash { .. }), "{error:?}");
        }
    }

    #[test]
    fn two_processes_do_not_install_the_same_model() {
        let folder = tempfile::tempdir().unwrap();
        let store = ModelStore::new(folder.path().to_owned());
        let model = model(None);
        let first = Installation::begin(&store, &model).unwrap();
        let second = Installation::begin(&store, &model);
        assert!(matches!(second, Err(InstallError::Busy(_))), "{second:?}");
        drop(first);
        assert!(Installation::begin(&store, &model).is_ok());
    }
}
