//! A sentence model from a folder: `model.onnx` (or `onnx/model.onnx`, where exports put it), `tokenizer.json`, and
//! `model.json` if it is to be used in another way than most.

use crate::cache::{CacheKey, EmbeddingCache, KeyHasher};
use crate::{Description, EmbeddedTexts, OnnxError, OnnxModel, Tokenizer, TokenizerError};
use pullquote_core::engine::Engine;
use pullquote_core::semantic::{DenseIndex, Embedding, Embeddings, Languages};
use pullquote_core::text::Language;
use rustc_hash::FxHashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a folder's sentence model cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ModelFolderError {
    /// A file does not exist.
    #[error("no {name} in `{}`", folder.display())]
    Missing {
        /// The folder.
        folder: PathBuf,
        /// The file's name, in backticks.
        name: &'static str,
    },
    /// A file cannot be read.
    #[error("cannot read `{}`: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's error.
        source: io::Error,
    },
    /// The description is malformed.
    #[error("cannot use `model.json` in `{}`: {source}", folder.display())]
    Description {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        source: io::Error,
    },
    /// The tokenizer is not supported.
    #[error("cannot use `{}`: {source}", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: TokenizerError,
    },
    /// The model is not supported.
    #[error("cannot use `{}`: {source}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: OnnxError,
    },
}

/// A sentence model, and the cache of its embeddings.
#[derive(Debug)]
pub struct SentenceEncoder {
    model: Arc<OnnxModel>,
    keys: KeyHasher,
    cache: EmbeddingCache,
}

/// Sentences embedded between two calls of `keep_going`; they take about half a second.
const BATCH: usize = 64;

impl SentenceEncoder {
    /// Loads the model in `folder` and runs it once. `cache` is the file of the embedding cache.
    ///
    /// # Errors
    ///
    /// If a file is missing or unreadable, or does not belong to a sentence model.
    ///
    /// ```no_run
    /// use pullquote_core::engine::Engine;
    /// use pullquote_model::SentenceEncoder;
    /// use std::path::Path;
    ///
    /// let engine = Engine::build(Vec::new()); // of your articles
    /// let encoder = SentenceEncoder::load(Path::new("all-MiniLM-L6-v2"), Path::new("vectors.redb"))?;
    /// if let Some(sentences) = encoder.embed(&engine, None, |_done, _total| true) {
    ///     let engine = engine.with_model(sentences.embedded);
    ///     assert!(engine.dense_index().is_some());
    /// }
    /// # Ok::<(), pullquote_model::ModelFolderError>(())
    /// ```
    pub fn load(folder: &Path, cache: &Path) -> Result<Self, ModelFolderError> {
        let onnx = find(folder, &["model.onnx", "onnx/model.onnx"], "`model.onnx`")?;
        let json = find(folder, &["tokenizer.json"], "`tokenizer.json`")?;
        let description =
            Description::read(folder).map_err(|source| ModelFolderError::Description {
                folder: folder.to_owned(),
                source,
            })?;
        let tokenizer_bytes = read(&json)?;
        let tokenizer = Tokenizer::new(&tokenizer_bytes, description.max_tokens)
            .map_err(|source| ModelFolderError::Tokenizer { path: json, source })?;
        let model_bytes = read(&onnx)?;
        let fingerprint = description.fingerprint();
        let mut files = vec![&model_bytes[..], &tokenizer_bytes];
        files.extend((!fingerprint.is_empty()).then_some(&fingerprint[..]));
        let keys = KeyHasher::new(&files);
        let model = OnnxModel::new(model_bytes, tokenizer)
            .map_err(|source| ModelFolderError::Model { path: onnx, source })?;
        Ok(Self {
            model: Arc::new(model.described(&description)),
            keys,
            cache: EmbeddingCache::new(cache),
        })
    }

    /// The model.
    pub fn model(&self) -> &OnnxModel {
        &self.model
    }

    /// Those of `languages` that the model supports.
    pub fn supported(&self, languages: &[Language]) -> Languages {
        Languages::of(&*self.model, languages)
    }

    /// Embeds the sentences and passages of an engine that are in a language that the model supports. Embeddings are computed
    /// only for those that are neither in `previous` nor in the cache.
    ///
    /// After each batch, `keep_going` gets the number of texts that are done and their total number. If it returns
    /// `false`, the result is `None`, but the cache keeps what was computed.
    pub fn embed(
        &self,
        engine: &Engine,
        previous: Option<&Engine>,
        keep_going: impl FnMut(usize, usize) -> bool,
    ) -> Option<EmbeddedTexts> {
        let languages = self.supported(engine.index().languages());
        let key = |(language, text): (Language, String)| {
            let supported = languages.contains(language);
            supported.then(|| self.keys.key(&text))
        };
        let keys: Vec<Option<CacheKey>> = engine.embedding_inputs().map(key).collect();
        let mut cache_error = None;
        let mut embeddings = self.known(&keys, previous, &mut cache_error);
        let total = keys.iter().flatten().count();
        let computed = total - embeddings.iter().flatten().count();
        self.compute(engine, &keys, &mut embeddings, &mut cache_error, keep_going)?;
        let mut texts = Embeddings::new(self.model.dimensions(), keys.len());
        for embedding in &embeddings {
            texts.push(embedding.as_ref());
        }
        let model = Arc::clone(&self.model);
        Some(EmbeddedTexts {
            embedded: DenseIndex::new(model, languages, texts),
            total,
            computed,
            cache_error: cache_error.map(|error| format!("cannot use {}: {error}", self.cache)),
        })
    }

    /// Computes the missing embeddings of texts that have a key, and stores them in the cache after each batch;
    /// `None` if `keep_going` returned `false`.
    fn compute(
        &self,
        engine: &Engine,
        keys: &[Option<CacheKey>],
        embeddings: &mut [Option<Embedding>],
        cache_error: &mut Option<redb::Error>,
        mut keep_going: impl FnMut(usize, usize) -> bool,
    ) -> Option<()> {
        let sentences = engine
            .embedding_inputs()
            .zip(keys)
            .zip(&*embeddings)
            .enumerate();
        let missing = sentences.filter_map(|(at, (((_, text), key), embedding))| {
            let key = (*key)?;
            embedding.is_none().then_some((at, key, text))
        });
        let missing: Vec<(usize, CacheKey, String)> = missing.collect();
        let total = keys.iter().flatten().count();
        let known = total - missing.len();
        for (batch, sentences) in missing.chunks(BATCH).enumerate() {
            if !keep_going(known + batch * BATCH, total) {
                return None;
            }
            for (at, _, text) in sentences {
                let values = self.model.encode_passage(text);
                embeddings[*at] = values.ok().map(|values| Embedding::new(&values));
            }
            let computed = sentences
                .iter()
                .filter_map(|(at, key, _)| Some((*key, embeddings[*at].as_ref()?)));
            if cache_error.is_none() {
                *cache_error = self.cache.insert(computed).err();
            }
        }
        Some(())
    }

    /// The embeddings that need not be computed: those of the previous engine, and those in the cache.
    fn known(
        &self,
        keys: &[Option<CacheKey>],
        previous: Option<&Engine>,
        cache_error: &mut Option<redb::Error>,
    ) -> Vec<Option<Embedding>> {
        let in_memory = previous.map_or_else(FxHashMap::default, |engine| self.embeddings(engine));
        let mut found: Vec<Option<Embedding>> = keys
            .iter()
            .map(|key| in_memory.get(key.as_ref()?).cloned())
            .collect();
        let missing = keys.iter().zip(&found).enumerate();
        let missing = missing.filter(|(_, (_, embedding))| embedding.is_none());
        let (places, missing): (Vec<usize>, Vec<CacheKey>) = missing
            .filter_map(|(at, (key, _))| Some((at, (*key)?)))
            .unzip();
        match self.cache.get(&missing) {
            Ok(cached) => places
                .into_iter()
                .zip(cached)
                .for_each(|(at, embedding)| found[at] = embedding),
            Err(error) => *cache_error = Some(error),
        }
        let dimensions = self.model.dimensions();
        for embedding in &mut found {
            embedding.take_if(|embedding| embedding.values.len() != dimensions);
        }
        found
    }

    /// The embeddings of an engine, by the keys of their sentences.
    fn embeddings(&self, engine: &Engine) -> FxHashMap<CacheKey, Embedding> {
        let dense_index = engine.dense_index().into_iter();
        let sentences = dense_index.flat_map(|dense_index| {
            let texts = engine.embedding_inputs().enumerate();
            texts.filter_map(|(at, (_, text))| {
                Some((self.keys.key(&text), dense_index.texts().get(at)?))
            })
        });
        sentences.collect()
    }
}

fn find(
    folder: &Path,
    candidates: &[&str],
    name: &'static str,
) -> Result<PathBuf, ModelFolderError> {
    let mut paths = candidates.iter().map(|name| folder.join(name));
    paths
        .find(|path| path.is_file())
        .ok_or_else(|| ModelFolderError::Missing {
            folder: folder.to_owned(),
            name,
        })
}

fn read(path: &Path) -> Result<Vec<u8>, ModelFolderError> {
    fs::read(path).map_err(|source| ModelFolderError::Read {
        path: path.to_owned(),
        source,
    })
}
