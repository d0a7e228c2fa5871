//! A sentence model out of the host's folder: `model.onnx` (or `onnx/model.onnx`, where exports put it) with
//! `tokenizer.json`. What is done with it is `meaning`'s matter.

use super::Seen;
use super::vectors::{Key, Keys, Vectors};
use crate::engine::Engine;
use crate::meaning::{Embedded, Embedder, Embedding, Embeddings};
use crate::meaning::{MOST_TOKENS, Model, ModelError, Tokenizer, TokenizerError};
use rustc_hash::FxHashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a folder gives no model.
#[derive(Debug, thiserror::Error)]
pub enum ModelFolderError {
    /// A file is not there, under any of its names.
    #[error("no {names} in `{}`", folder.display())]
    Missing {
        /// Where it was looked for.
        folder: PathBuf,
        /// What it may be called.
        names: &'static str,
    },
    /// A file is there and cannot be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The tokenizer is not one that is known.
    #[error("cannot use `{}`: {source}", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: TokenizerError,
    },
    /// The model is not one that is known.
    #[error("cannot use `{}`: {source}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: ModelError,
    },
}

/// A sentence model of the host's own, and the vectors of what it has seen.
#[derive(Debug)]
pub struct SentenceModel {
    model: Arc<Model>,
    keys: Keys,
    vectors: Vectors,
}

/// Sentences between two looks at whether to go on; they take the model half a second, more or less.
const BATCH: usize = 64;

impl SentenceModel {
    /// Loads the model in `folder` and tries it. Vectors will be kept in the file `vectors`.
    ///
    /// # Errors
    ///
    /// When a file is missing, unreadable, or no sentence model's.
    pub fn load(folder: &Path, vectors: &Path) -> Result<Self, ModelFolderError> {
        let onnx = find(folder, &["model.onnx", "onnx/model.onnx"], "`model.onnx`")?;
        let json = find(folder, &["tokenizer.json"], "`tokenizer.json`")?;
        let bytes = read(&json)?;
        let tokenizer = Tokenizer::new(&bytes, MOST_TOKENS)
            .map_err(|source| ModelFolderError::Tokenizer { path: json, source })?;
        let net = read(&onnx)?;
        let keys = Keys::new(&[&net, &bytes]);
        let model = Model::new(net, tokenizer)
            .map_err(|source| ModelFolderError::Model { path: onnx, source })?;
        Ok(Self {
            model: Arc::new(model),
            keys,
            vectors: Vectors::new(vectors),
        })
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Numbers in a vector.
    pub fn width(&self) -> usize {
        self.model.width()
    }

    /// Shows the model the sentences of an engine. What it has seen `before` or on another day is not shown again.
    /// Now and then it asks whether to `go_on`, telling how many sentences are done of how many; if not, there is no
    /// result, but what was seen is kept.
    pub fn see(
        &self,
        engine: &Engine,
        before: Option<&Engine>,
        mut go_on: impl FnMut(usize, usize) -> bool,
    ) -> Option<Seen> {
        let keys: Vec<Key> = engine.texts().map(|text| self.keys.of(&text)).collect();
        let mut trouble = None;
        let mut known = self.known(&keys, before, &mut trouble);
        let all = engine.texts().enumerate();
        let new: Vec<(usize, String)> = all.filter(|(at, _)| known[*at].is_none()).collect();
        let old = keys.len() - new.len();
        for (batch, texts) in new.chunks(BATCH).enumerate() {
            if !go_on(old + batch * BATCH, keys.len()) {
                return None;
            }
            for (at, text) in texts {
                known[*at] = self.model.embed(text).map(|vector| Embedding::new(&vector));
            }
            let seen = texts
                .iter()
                .filter_map(|(at, _)| Some((keys[*at], known[*at].as_ref()?)));
            if trouble.is_none() {
                trouble = self.vectors.put(seen).err();
            }
        }
        let mut sentences = Embeddings::new(self.model.width(), keys.len());
        for embedding in &known {
            sentences.push(embedding.as_ref());
        }
        let model = Arc::clone(&self.model);
        Some(Seen {
            embedded: Embedded::new(model, sentences),
            new: new.len(),
            trouble: trouble.map(|error| error.to_string()),
        })
    }

    /// The vectors that need not be asked of the model: in memory, or in the file.
    fn known(
        &self,
        keys: &[Key],
        before: Option<&Engine>,
        trouble: &mut Option<redb::Error>,
    ) -> Vec<Option<Embedding>> {
        let mut known: FxHashMap<Key, Embedding> = FxHashMap::default();
        if let Some((before, embedded)) = before.and_then(|old| Some((old, old.embedded()?))) {
            let seen = before.texts().enumerate();
            known.extend(seen.filter_map(|(at, text)| {
                Some((self.keys.of(&text), embedded.sentences().get(at)?))
            }));
        }
        let mut found: Vec<_> = keys.iter().map(|key| known.get(key).cloned()).collect();
        let missing: Vec<usize> = (0..keys.len()).filter(|&at| found[at].is_none()).collect();
        let asked: Vec<Key> = missing.iter().map(|&at| keys[at]).collect();
        match self.vectors.get(&asked) {
            Ok(read) => missing
                .into_iter()
                .zip(read)
                .for_each(|(at, embedding)| found[at] = embedding),
            Err(error) => *trouble = Some(error),
        }
        let width = self.model.width();
        for embedding in &mut found {
            embedding.take_if(|embedding| embedding.values.len() != width);
        }
        found
    }
}

fn find(
    folder: &Path,
    candidates: &[&str],
    names: &'static str,
) -> Result<PathBuf, ModelFolderError> {
    let mut paths = candidates.iter().map(|name| folder.join(name));
    paths
        .find(|path| path.is_file())
        .ok_or_else(|| ModelFolderError::Missing {
            folder: folder.to_owned(),
            names,
        })
}

fn read(path: &Path) -> Result<Vec<u8>, ModelFolderError> {
    fs::read(path).map_err(|source| ModelFolderError::Read {
        path: path.to_owned(),
        source,
    })
}
