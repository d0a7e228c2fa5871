//! A cache of embeddings on disk, by model and text.
//!
//! What nobody looks up for [`PERIOD`] to twice that long is deleted, so that the file does not grow forever and nothing is left
//! of articles that are gone: when a period is over, its embeddings become the older ones, in place of those that were, and each
//! one that is found among the older ones joins the new ones.

use pullquote_core::semantic::{Embedding, Embeddings, PassageEmbedding, PassageText};
use redb::{Database, ReadTransaction, ReadableDatabase, TableDefinition, TableError};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// By key, as [`to_bytes`] writes it. The tables' names are part of the file format.
type Table = TableDefinition<'static, &'static [u8; 16], &'static [u8]>;
/// Embeddings of this period.
const NEW: Table = TableDefinition::new("passages");
/// Those of the one before.
const OLDER: Table = TableDefinition::new("older passages");
/// What earlier versions kept.
const OBSOLETE: Table = TableDefinition::new("vectors of sentences");
/// When this period began: seconds since 1970, under the key 0.
const BEGUN: TableDefinition<'_, u8, u64> = TableDefinition::new("begun");
/// How long embeddings are new.
const PERIOD: Duration = Duration::from_hours(14 * 24);
/// Memory for parts of the file, in bytes.
const MEMORY: usize = 4 << 20;

/// Identifies a passage embedded by a model: the first half of the SHA-256 of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CacheKey([u8; 16]);

/// Computes the keys of passages for one model.
#[derive(Debug, Clone)]
pub(crate) struct KeyHasher(Sha256);

impl KeyHasher {
    /// The hasher for a model that consists of these files.
    pub(crate) fn new(files: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for file in files {
            hash.update((file.len() as u64).to_le_bytes());
            hash.update(file);
        }
        Self(hash)
    }

    /// The key of a passage.
    pub(crate) fn key(&self, passage: &PassageText<'_>) -> CacheKey {
        let mut hash = self.0.clone();
        hash.update(passage.title);
        hash.update([0]);
        hash.update(passage.heading.unwrap_or_default());
        hash.update([0]);
        hash.update(passage.text);
        for sentence in &passage.sentences {
            hash.update(sentence.end.to_le_bytes());
        }
        let mut key = [0; 16];
        for (to, from) in key.iter_mut().zip(hash.finalize()) {
            *to = from;
        }
        CacheKey(key)
    }
}

/// The cache. Its file is open only while it is read or written, so that several processes can use it.
#[derive(Debug)]
pub(crate) struct EmbeddingCache {
    path: PathBuf,
    /// Held while the file is open: a process can open it once.
    open: Mutex<()>,
    now: fn() -> SystemTime,
}

impl EmbeddingCache {
    /// The cache in the file at `path`, which need not exist yet.
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            open: Mutex::default(),
            now: SystemTime::now,
        }
    }

    /// The embeddings for `keys`; `None` for those that are not in the cache.
    ///
    /// # Errors
    ///
    /// If the file exists and cannot be used.
    pub(crate) fn get(
        &self,
        keys: &[CacheKey],
    ) -> Result<Vec<Option<PassageEmbedding>>, redb::Error> {
        if !self.path.exists() {
            return Ok(vec![None; keys.len()]);
        }
        let _open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let database = self.open()?;
        let transaction = database.begin_read()?;
        let mut found = find(&transaction, NEW, keys)?;
        let missing = keys.iter().zip(&found).enumerate();
        let missing = missing.filter(|(_, (_, found))| found.is_none());
        let (places, missing): (Vec<usize>, Vec<CacheKey>) =
            missing.map(|(at, (key, _))| (at, *key)).unzip();
        let older = find(&transaction, OLDER, &missing)?;
        let renewed = missing.iter().zip(&older);
        let mut renewed = renewed
            .filter_map(|(key, older)| Some((*key, older.as_ref()?)))
            .peekable();
        if renewed.peek().is_some() {
            insert(&database, renewed)?;
        }
        for (at, older) in places.into_iter().zip(older) {
            found[at] = older;
        }
        Ok(found)
    }

    /// Adds embeddings.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub(crate) fn insert<'a>(
        &self,
        embeddings: impl IntoIterator<Item = (CacheKey, &'a PassageEmbedding)>,
    ) -> Result<(), redb::Error> {
        let _open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        insert(&self.open()?, embeddings)
    }

    /// Opens the file, and begins a new period if one is over. A corrupted cache, or one of an older version, is replaced; a file
    /// of another format is not.
    fn open(&self) -> Result<Database, redb::Error> {
        let database = self.open_file()?;
        let now = (self.now)().duration_since(UNIX_EPOCH);
        let now = now.map_or(0, |since| since.as_secs());
        let begun = match database.begin_read()?.open_table(BEGUN) {
            Ok(table) => table.get(0)?.map(|begun| begun.value()),
            Err(TableError::TableDoesNotExist(_)) => None,
            Err(error) => return Err(error.into()),
        };
        let is_over = |begun: u64| now.saturating_sub(begun) >= PERIOD.as_secs();
        if begun.is_none_or(is_over) {
            let transaction = database.begin_write()?;
            transaction.open_table(BEGUN)?.insert(0, now)?;
            transaction.delete_table(OBSOLETE)?;
            if begun.is_some() {
                // The table that is renamed must be there.
                drop(transaction.open_table(NEW)?);
                transaction.delete_table(OLDER)?;
                transaction.rename_table(NEW, OLDER)?;
            }
            transaction.commit()?;
        }
        Ok(database)
    }

    fn open_file(&self) -> Result<Database, redb::Error> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(redb::Error::Io)?;
        }
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

impl fmt::Display for EmbeddingCache {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "`{}`", self.path.display())
    }
}

fn find(
    transaction: &ReadTransaction,
    table: Table,
    keys: &[CacheKey],
) -> Result<Vec<Option<PassageEmbedding>>, redb::Error> {
    let table = match transaction.open_table(table) {
        Ok(table) => table,
        Err(TableError::TableDoesNotExist(_)) => return Ok(vec![None; keys.len()]),
        Err(error) => return Err(error.into()),
    };
    let found = keys.iter().map(|key| {
        let bytes = table.get(&key.0)?;
        Ok(bytes.and_then(|bytes| from_bytes(bytes.value())))
    });
    found.collect()
}

fn insert<'a>(
    database: &Database,
    embeddings: impl IntoIterator<Item = (CacheKey, &'a PassageEmbedding)>,
) -> Result<(), redb::Error> {
    let transaction = database.begin_write()?;
    {
        let mut table = transaction.open_table(NEW)?;
        for (key, embedding) in embeddings {
            table.insert(&key.0, to_bytes(embedding).as_slice())?;
        }
    }
    Ok(transaction.commit()?)
}

/// In numbers of four bytes: how many sentences there are, how many parts the labels and each sentence have, and how many components
/// a part has. Then the passage, each sentence and each part: its scale in four bytes, and a byte a component.
fn to_bytes(passage: &PassageEmbedding) -> Vec<u8> {
    let of_parts = passage.parts.rows().next();
    let width = of_parts.map_or(0, |(_, values)| values.len() as u32);
    let sentences = passage.sentences.len() as u32;
    let numbers = [&[sentences], &passage.counts[..], &[width]].concat();
    let numbers = numbers.into_iter().flat_map(u32::to_le_bytes);
    let rows = [(passage.whole.scale, &*passage.whole.values)].into_iter();
    let rows = rows.chain(passage.sentences.rows().chain(passage.parts.rows()));
    let rows = rows.flat_map(|(scale, values)| {
        let values = values.iter().map(|value| value.cast_unsigned());
        scale.to_le_bytes().into_iter().chain(values)
    });
    numbers.chain(rows).collect()
}

/// `None` if the bytes are cut short.
fn from_bytes(bytes: &[u8]) -> Option<PassageEmbedding> {
    let mut bytes = bytes;
    let mut next = || -> Option<u32> {
        let (four, rest) = bytes.split_first_chunk()?;
        bytes = rest;
        Some(u32::from_le_bytes(*four))
    };
    let sentences = next()?;
    let counts: Vec<u32> = (0..=sentences).map(|_| next()).collect::<Option<_>>()?;
    let part = (next()? as usize).checked_add(SCALE)?;
    let parts: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    let of_parts = usize::try_from(parts).ok()?.checked_mul(part)?;
    let (rows, parts) = bytes.split_at_checked(bytes.len().checked_sub(of_parts)?)?;
    let row = rows.len() / counts.len();
    let (whole, sentences) = rows.split_at(row);
    Some(PassageEmbedding {
        whole: embedding(whole)?,
        sentences: embeddings(sentences, row)?,
        parts: embeddings(parts, part)?,
        counts,
    })
}

/// Bytes of an embedding's scale.
const SCALE: usize = 4;

fn embedding(row: &[u8]) -> Option<Embedding> {
    let (scale, values) = row.split_first_chunk::<SCALE>()?;
    Some(Embedding {
        scale: f32::from_le_bytes(*scale),
        values: values.iter().map(|value| value.cast_signed()).collect(),
    })
}

/// As many as there are rows of so many bytes.
fn embeddings(rows: &[u8], row: usize) -> Option<Embeddings> {
    let mut embeddings = Embeddings::new(row.checked_sub(SCALE)?, rows.len() / row);
    for row in rows.chunks_exact(row) {
        embeddings.push(embedding(row).as_ref());
    }
    Some(embeddings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::text::Span;

    fn passage(text: &str) -> PassageText<'_> {
        PassageText {
            title: "Weather",
            heading: None,
            text,
            sentences: vec![Span::whole(text)],
        }
    }

    /// Its sentences have two components each, and its parts three.
    fn embedding() -> PassageEmbedding {
        let mut sentences = Embeddings::new(2, 0);
        sentences.push(Some(&Embedding::new(&[0.8, -0.6])));
        let mut parts = Embeddings::new(3, 0);
        for part in [[1.0, 0.0, 0.0], [0.0, 0.6, 0.8]] {
            parts.push(Some(&Embedding::new(&part)));
        }
        PassageEmbedding {
            whole: Embedding::new(&[0.6, -0.8]),
            sentences,
            parts,
            counts: vec![0, 2],
        }
    }

    #[test]
    fn embeddings_are_found_again_for_the_same_model_and_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache");
        let keys = KeyHasher::new(&[b"model"]);
        let [warm, cold] = ["warm", "cold"].map(|text| keys.key(&passage(text)));
        let embedding = embedding();
        let cache = EmbeddingCache::new(&path);
        assert_eq!(cache.get(&[warm]).unwrap(), [None], "no file yet");
        cache.insert([(warm, &embedding)]).unwrap();
        let cache = EmbeddingCache::new(&path);
        let other_model = KeyHasher::new(&[b"other"]).key(&passage("warm"));
        assert_eq!(
            cache.get(&[cold, warm, other_model]).unwrap(),
            [None, Some(embedding), None]
        );
    }

    #[test]
    fn damaged_embeddings_count_as_missing() {
        let whole = to_bytes(&embedding());
        assert_eq!(from_bytes(&whole), Some(embedding()));
        for length in 0..whole.len() {
            // What is shorter by components of the whole is one of another width.
            let found = from_bytes(&whole[..length]);
            assert!(
                found.is_none_or(|found| !found.has_widths(2, 3)),
                "{length}"
            );
        }
        // So many parts of so many components as no file has.
        let huge = [1, u32::MAX, u32::MAX, u32::MAX, 0].map(u32::to_le_bytes);
        assert_eq!(from_bytes(huge.as_flattened()), None);
    }

    #[test]
    fn what_is_not_looked_up_is_deleted_after_a_period() {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyHasher::new(&[b"model"]);
        let [used, unused] = ["used", "unused"].map(|text| keys.key(&passage(text)));
        let embedding = embedding();
        let mut cache = EmbeddingCache::new(&folder.path().join("cache"));
        cache
            .insert([(used, &embedding), (unused, &embedding)])
            .unwrap();
        let at: [fn() -> SystemTime; 4] = [
            || SystemTime::now() + PERIOD / 2,
            || SystemTime::now() + PERIOD,
            || SystemTime::now() + 2 * PERIOD,
            // A machine without a clock of its own has started.
            || UNIX_EPOCH,
        ];
        for now in at {
            cache.now = now;
            assert!(cache.get(&[used]).unwrap()[0].is_some());
        }
        assert_eq!(cache.get(&[used, unused]).unwrap(), [Some(embedding), None]);
    }

    #[test]
    fn a_file_of_another_format_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("article.md");
        fs::write(&path, "Words.").unwrap();
        let cache = EmbeddingCache::new(&path);
        let key = KeyHasher::new(&[]).key(&passage("warm"));
        assert!(cache.get(&[key]).is_err());
        assert!(cache.insert([(key, &embedding())]).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "Words.");
    }
}
