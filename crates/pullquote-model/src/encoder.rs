//! Embeds the articles with a sentence model: the built-in one, or one from a folder.

use crate::cache::{CacheKey, EmbeddingCache, KeyHasher};
use crate::folder::{self, ModelFolderError};
use crate::questions::Questions;
use crate::sentence_model::SentenceModel;
use crate::{EmbeddedPassages, EmbeddingModel};
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;
use pullquote_core::semantic::{
    DenseIndex, Embedder, Languages, PassageEmbedding, PassageEmbeddings, PassageText,
};
use pullquote_core::text::Language;
use pullquote_minilm::MiniLm;
use rustc_hash::FxHashMap;
use std::num::NonZero;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A sentence model, and the cache of its embeddings.
#[derive(Debug)]
pub struct SentenceEncoder {
    model: Arc<dyn SentenceModel>,
    questions: Arc<Questions>,
    keys: KeyHasher,
    cache: EmbeddingCache,
    /// Threads that embed passages.
    threads: usize,
    /// Languages that the model was tested in, which takes a tenth of a second each: nothing where it does not know it.
    tested: Mutex<FxHashMap<Language, Languages>>,
}

/// Passages embedded between two calls of `keep_going`; they take about half a second.
const BATCH: usize = 16;

/// Bytes of passages that are embedded for one question: a second or two on two processors.
const BYTES_FOR_ONE_QUESTION: usize = 10_000;

impl SentenceEncoder {
    /// Loads a model, and runs one from a folder once.
    ///
    /// # Errors
    ///
    /// If a file is missing or unreadable, or does not belong to a sentence model.
    ///
    /// ```
    /// use pullquote_core::engine::Engine;
    /// use pullquote_model::{EmbeddingModel, SentenceEncoder};
    ///
    /// let engine = Engine::build(Vec::new()); // of your articles
    /// let folder = tempfile::tempdir()?;
    /// let encoder = SentenceEncoder::load(&EmbeddingModel {
    ///     folder: None,
    ///     vectors: folder.path().join("vectors"),
    /// })?;
    /// if let Some(texts) = encoder.embed(&engine, None, |_done, _total| true) {
    ///     let engine = engine.with_model(texts.embedded);
    ///     assert!(engine.dense_index().is_some());
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn load(setting: &EmbeddingModel) -> Result<Self, ModelFolderError> {
        let (model, keys, threads) = if let Some(folder) = &setting.folder {
            let (model, keys) = folder::load(folder)?;
            // Its runtime has threads of its own.
            (model, keys, 1)
        } else {
            let model: Arc<dyn SentenceModel> = Arc::new(MiniLm::new());
            let threads = thread::available_parallelism().map_or(1, NonZero::get);
            (
                model,
                KeyHasher::new(&[pullquote_minilm::FILE, pullquote_minilm::PARTS]),
                threads,
            )
        };
        Ok(Self {
            questions: Arc::new(Questions::new(Arc::clone(&model))),
            model,
            keys,
            cache: EmbeddingCache::new(&setting.vectors),
            threads,
            tested: Mutex::default(),
        })
    }

    /// Embeds with half of the machine's processors, so that answers need not wait.
    #[must_use]
    pub fn in_background(self) -> Self {
        Self {
            threads: (self.threads / 2).max(1),
            ..self
        }
    }

    /// Those of `languages` that the model supports.
    pub fn supported(&self, languages: &[Language]) -> Languages {
        let mut tested = self.tested.lock().unwrap_or_else(PoisonError::into_inner);
        let test = |language: &Language| {
            let tested = tested.entry(*language);
            tested
                .or_insert_with(|| Languages::of(self.model.as_ref(), &[*language]))
                .clone()
        };
        languages.iter().map(test).collect()
    }

    /// Embeds the passages of an engine that are in a language that the model supports. Embeddings are computed only for those
    /// that are neither in `previous` nor in the cache.
    ///
    /// After each batch, `keep_going` gets the number of passages that are done and their total number. If it returns
    /// `false`, the result is `None`, but the cache keeps what was computed.
    pub fn embed(
        &self,
        engine: &Engine,
        previous: Option<&Engine>,
        keep_going: impl FnMut(usize, usize) -> bool,
    ) -> Option<EmbeddedPassages> {
        self.embed_some(engine, previous, |_| true, keep_going)
    }

    /// Embeds only what a question needs, as far as it can be found without the model, and takes the rest from the cache.
    pub fn embed_for(
        &self,
        engine: &Engine,
        question: &str,
        article: Option<ArticleId>,
    ) -> Option<EmbeddedPassages> {
        let needed = engine.inputs_for(question, article, BYTES_FOR_ONE_QUESTION);
        let is_needed = |at| needed.binary_search(&at).is_ok();
        self.embed_some(engine, None, is_needed, |_, _| true)
    }

    fn embed_some(
        &self,
        engine: &Engine,
        previous: Option<&Engine>,
        is_needed: impl Fn(usize) -> bool,
        keep_going: impl FnMut(usize, usize) -> bool,
    ) -> Option<EmbeddedPassages> {
        let languages = self.supported(engine.index().languages());
        let key = |(language, passage): (Language, PassageText<'_>)| {
            let supported = languages.contains(language);
            supported.then(|| self.keys.key(&passage))
        };
        let mut keys: Vec<Option<CacheKey>> = engine.embedding_inputs().map(key).collect();
        let mut cache_error = None;
        let mut embeddings = self.known(&keys, previous, &mut cache_error);
        for (at, (key, embedding)) in keys.iter_mut().zip(&embeddings).enumerate() {
            key.take_if(|_| embedding.is_none() && !is_needed(at));
        }
        let total = keys.iter().flatten().count();
        let computed = total - embeddings.iter().flatten().count();
        self.compute(engine, &keys, &mut embeddings, &mut cache_error, keep_going)?;
        let (width, part_width) = (self.model.dimensions(), self.model.part_dimensions());
        let mut passages = PassageEmbeddings::new(width, part_width);
        for embedding in &embeddings {
            passages.push(embedding.as_ref());
        }
        let model: Arc<dyn Embedder> = Arc::<Questions>::clone(&self.questions);
        Some(EmbeddedPassages {
            embedded: DenseIndex::new(model, languages, passages),
            total,
            computed,
            cache_error: cache_error.map(|error| format!("cannot use {}: {error}", self.cache)),
        })
    }

    /// Computes the missing embeddings of passages that have a key, and stores them in the cache after each batch;
    /// `None` if `keep_going` returned `false`.
    fn compute(
        &self,
        engine: &Engine,
        keys: &[Option<CacheKey>],
        embeddings: &mut [Option<PassageEmbedding>],
        cache_error: &mut Option<redb::Error>,
        mut keep_going: impl FnMut(usize, usize) -> bool,
    ) -> Option<()> {
        let passages = engine
            .embedding_inputs()
            .zip(keys)
            .zip(&*embeddings)
            .enumerate();
        let missing = passages.filter_map(|(at, (((_, passage), key), embedding))| {
            let key = (*key)?;
            embedding.is_none().then_some((at, key, passage))
        });
        let missing: Vec<Missing<'_>> = missing.collect();
        let total = keys.iter().flatten().count();
        let known = total - missing.len();
        for (batch, passages) in missing.chunks(BATCH).enumerate() {
            if !keep_going(known + batch * BATCH, total) {
                return None;
            }
            let embedded = self.encode(passages);
            for ((at, _, _), embedding) in passages.iter().zip(embedded) {
                embeddings[*at] = embedding;
            }
            let computed = passages
                .iter()
                .filter_map(|(at, key, _)| Some((*key, embeddings[*at].as_ref()?)));
            if cache_error.is_none() {
                *cache_error = self.cache.insert(computed).err();
            }
        }
        Some(())
    }

    /// The embeddings of passages.
    fn encode(&self, passages: &[Missing<'_>]) -> Vec<Option<PassageEmbedding>> {
        let encode = |passages: &[Missing<'_>]| -> Vec<Option<PassageEmbedding>> {
            let passages = passages.iter().map(|(_, _, passage)| passage);
            passages
                .map(|passage| self.model.embed_passage(passage))
                .collect()
        };
        let shares = passages.chunks(passages.len().div_ceil(self.threads).max(1));
        thread::scope(|scope| {
            let threads = shares.map(|share| scope.spawn(move || encode(share)));
            let threads: Vec<_> = threads.collect();
            let shares = threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_default());
            shares.flatten().collect()
        })
    }

    /// The embeddings that need not be computed: those of the previous engine, and those in the cache.
    fn known(
        &self,
        keys: &[Option<CacheKey>],
        previous: Option<&Engine>,
        cache_error: &mut Option<redb::Error>,
    ) -> Vec<Option<PassageEmbedding>> {
        let in_memory = previous.map_or_else(FxHashMap::default, |engine| self.embeddings(engine));
        let mut found: Vec<Option<PassageEmbedding>> = keys
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
        let (width, part_width) = (self.model.dimensions(), self.model.part_dimensions());
        for embedding in &mut found {
            embedding.take_if(|embedding| !embedding.has_widths(width, part_width));
        }
        found
    }

    /// The embeddings of an engine, by the keys of their passages.
    fn embeddings(&self, engine: &Engine) -> FxHashMap<CacheKey, PassageEmbedding> {
        let dense_index = engine.dense_index().into_iter();
        let passages = dense_index.flat_map(|dense_index| {
            let passages = engine.embedding_inputs().enumerate();
            passages.filter_map(|(at, (_, passage))| {
                Some((self.keys.key(&passage), dense_index.passages().get(at)?))
            })
        });
        passages.collect()
    }
}

/// A passage that has no embedding yet, with its position.
type Missing<'a> = (usize, CacheKey, PassageText<'a>);
