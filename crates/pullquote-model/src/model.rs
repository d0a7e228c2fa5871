//! A sentence model out of the host's folder: `model.onnx` (or `onnx/model.onnx`, where exports put it) with
//! `tokenizer.json`. What is done with it is `meaning`'s matter.

use super::Seen;
use super::vectors::{Key, Keys, Vectors};
use super::{MOST_TOKENS, Model, ModelError, Tokenizer, TokenizerError};
use pullquote_core::engine::Engine;
use pullquote_core::semantic::{Embedded, Embedder, Embedding, Embeddings, Languages};
use pullquote_core::text::Language;
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

    /// Which of these languages the model knows.
    pub fn known(&self, languages: &[Language]) -> Languages {
        Languages::of(&*self.model, languages)
    }

    /// Shows the model the sentences of an engine that are in a language that it knows. What it has seen `before` or on
    /// another day is not shown again. Now and then it asks whether to `go_on`, telling how many sentences are done of how
    /// many; if not, there is no result, but what was seen is kept.
    pub fn see(
        &self,
        engine: &Engine,
        before: Option<&Engine>,
        mut go_on: impl FnMut(usize, usize) -> bool,
    ) -> Option<Seen> {
        let languages = self.known(engine.index().languages());
        let key = |(language, text): (Language, String)| {
            let known = languages.contains(language);
            known.then(|| self.keys.of(&text))
        };
        let keys: Vec<Option<Key>> = engine.texts().map(key).collect();
        let mut trouble = None;
        let mut known = self.seen(&keys, before, &mut trouble);
        let texts = engine.texts().zip(&keys).zip(&known).enumerate();
        let new = texts.filter_map(|(at, (((_, text), key), known))| match (key, known) {
            (Some(key), None) => Some((at, *key, text)),
            _ => None,
        });
        let new: Vec<(usize, Key, String)> = new.collect();
        let all = keys.iter().flatten().count();
        let old = all - new.len();
        for (batch, texts) in new.chunks(BATCH).enumerate() {
            if !go_on(old + batch * BATCH, all) {
                return None;
            }
            for (at, _, text) in texts {
                known[*at] = self.model.embed(text).map(|vector| Embedding::new(&vector));
            }
            let seen = texts
                .iter()
                .filter_map(|(at, key, _)| Some((*key, known[*at].as_ref()?)));
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
            embedded: Embedded::new(model, languages, sentences),
            all,
            new: new.len(),
            trouble: trouble.map(|error| format!("cannot use {}: {error}", self.vectors)),
        })
    }

    /// The vectors that need not be asked of the model: in memory, or in the file.
    fn seen(
        &self,
        keys: &[Option<Key>],
        before: Option<&Engine>,
        trouble: &mut Option<redb::Error>,
    ) -> Vec<Option<Embedding>> {
        let mut seen: FxHashMap<Key, Embedding> = FxHashMap::default();
        if let Some((before, embedded)) = before.and_then(|old| Some((old, old.embedded()?))) {
            let texts = before.texts().enumerate();
            seen.extend(texts.filter_map(|(at, (_, text))| {
                let embedding = embedded.sentences().get(at)?;
                Some((self.keys.of(&text), embedding))
            }));
        }
        let in_memory = |key: &Option<Key>| seen.get(key.as_ref()?).cloned();
        let mut found: Vec<_> = keys.iter().map(in_memory).collect();
        let missing = keys
            .iter()
            .enumerate()
            .filter(|(at, _)| found[*at].is_none());
        let (missing, asked): (Vec<usize>, Vec<Key>) =
            missing.filter_map(|(at, key)| Some((at, (*key)?))).unzip();
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
