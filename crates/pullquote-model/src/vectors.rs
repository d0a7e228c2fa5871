//! Vectors of texts that a model has seen before, in a file: known again by the model and the text.

use pullquote_core::semantic::Embedding;
use redb::{Database, ReadableDatabase, TableDefinition};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// By the key of a text: four bytes of scale, then the numbers.
const VECTORS: TableDefinition<'_, &[u8; 16], &[u8]> = TableDefinition::new("vectors of sentences");
/// The file itself is read through memory of this size at most.
const MEMORY: usize = 4 << 20;

/// By what a text is known again: the first half of a SHA-256 over the model's and the text's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key([u8; 16]);

/// The keys of what one model sees.
#[derive(Debug, Clone)]
pub(super) struct Keys(Sha256);

impl Keys {
    /// Those of a model that is made of these files.
    pub(super) fn new(files: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for file in files {
            hash.update((file.len() as u64).to_le_bytes());
            hash.update(file);
        }
        Self(hash)
    }

    /// The key of a text.
    pub(super) fn of(&self, text: &str) -> Key {
        let mut hash = self.0.clone();
        hash.update(text);
        let mut key = [0; 16];
        for (to, from) in key.iter_mut().zip(hash.finalize()) {
            *to = from;
        }
        Key(key)
    }
}

/// Where vectors are kept. The file is open only while it is read or written, so that several programs may use it.
#[derive(Debug)]
pub(super) struct Vectors {
    path: PathBuf,
}

impl Vectors {
    /// Those in the file at `path`, which need not be there yet.
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// What is known of each of `keys`. Where there is no file, nothing is.
    ///
    /// # Errors
    ///
    /// When there is one that cannot be read.
    pub(super) fn get(&self, keys: &[Key]) -> Result<Vec<Option<Embedding>>, redb::Error> {
        if !self.path.exists() {
            return Ok(vec![None; keys.len()]);
        }
        let database = self.open()?;
        let reading = database.begin_read()?;
        let table = match reading.open_table(VECTORS) {
            Ok(table) => table,
            Err(redb::TableError::TableDoesNotExist(_)) => return Ok(vec![None; keys.len()]),
            Err(error) => return Err(error.into()),
        };
        let found = keys.iter().map(|key| {
            let bytes = table.get(&key.0)?;
            Ok(bytes.and_then(|bytes| from_bytes(bytes.value())))
        });
        found.collect()
    }

    /// Adds some.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(super) fn put<'a>(
        &self,
        vectors: impl IntoIterator<Item = (Key, &'a Embedding)>,
    ) -> Result<(), redb::Error> {
        let database = self.open()?;
        let writing = database.begin_write()?;
        {
            let mut table = writing.open_table(VECTORS)?;
            for (key, embedding) in vectors {
                table.insert(&key.0, to_bytes(embedding).as_slice())?;
            }
        }
        Ok(writing.commit()?)
    }

    /// Opens the file; one that is broken makes room for a new one.
    fn open(&self) -> Result<Database, redb::Error> {
        let mut builder = Database::builder();
        builder.set_cache_size(MEMORY);
        match builder.create(&self.path) {
            Ok(database) => Ok(database),
            Err(
                redb::DatabaseError::Storage(redb::StorageError::Corrupted(_))
                | redb::DatabaseError::UpgradeRequired(_),
            ) => {
                fs::remove_file(&self.path).map_err(redb::Error::Io)?;
                Ok(builder.create(&self.path)?)
            }
            Err(error) => Err(error.into()),
        }
    }
}

impl fmt::Display for Vectors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}`", self.path.display())
    }
}

fn to_bytes(embedding: &Embedding) -> Vec<u8> {
    let mut bytes = embedding.scale.to_le_bytes().to_vec();
    bytes.extend(embedding.values.iter().map(|value| value.cast_unsigned()));
    bytes
}

fn from_bytes(bytes: &[u8]) -> Option<Embedding> {
    let (scale, values) = bytes.split_first_chunk()?;
    Some(Embedding {
        scale: f32::from_le_bytes(*scale),
        values: values.iter().map(|value| value.cast_signed()).collect(),
    })
}
