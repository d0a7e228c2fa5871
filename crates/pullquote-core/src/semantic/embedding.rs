//! Where a sentence model sees the sentences of articles, and how near a question is to each of them (dense
//! retrieval over all of them: Karpukhin et al. 2020, section 3.1).

use super::language_probe;
use crate::text::Language;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Questions that a model looks at at the same time; more are answered without it. With ten milliseconds each the
/// last of them waits a sixth of a second.
const AT_ONCE: usize = 16;

/// What says where a text points: a sentence model.
pub trait Embedder: fmt::Debug + Send + Sync {
    /// Where it sees `text`, as a vector of length 1; none where it fails on it.
    fn embed(&self, text: &str) -> Option<Vec<f32>>;
}

/// A vector of length 1, rounded to bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    /// Its direction.
    pub values: Box<[i8]>,
    /// What to multiply `values` by.
    pub scale: f32,
}

impl Embedding {
    /// Rounds a vector of length 1.
    pub fn new(vector: &[f32]) -> Self {
        let largest = vector
            .iter()
            .fold(f32::MIN_POSITIVE, |largest: f32, value| {
                largest.max(value.abs())
            });
        let values = vector
            .iter()
            .map(|value| (value / largest * 127.0).round() as i8);
        Self {
            values: values.collect(),
            scale: largest / 127.0,
        }
    }
}

/// The vectors of many texts, all of one length.
#[derive(Debug, Clone, Default)]
pub struct Embeddings {
    width: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
}

impl Embeddings {
    /// No texts yet; vectors will have `width` numbers, and there will be room for `count`.
    pub fn new(width: usize, count: usize) -> Self {
        Self {
            width,
            values: Vec::with_capacity(width * count),
            scales: Vec::with_capacity(count),
        }
    }

    /// Adds the next text's vector. One of another length, or none, is near to nothing.
    pub fn push(&mut self, embedding: Option<&Embedding>) {
        let end = self.values.len() + self.width;
        let embedding = embedding.filter(|embedding| embedding.values.len() == self.width);
        self.values.extend(
            embedding
                .iter()
                .flat_map(|embedding| embedding.values.iter()),
        );
        self.values.resize(end, 0);
        self.scales
            .push(embedding.map_or(0.0, |embedding| embedding.scale));
    }

    /// How many texts.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// The vector of the text that was added as number `at`; none if nothing is known of it.
    pub fn get(&self, at: usize) -> Option<Embedding> {
        let scale = *self.scales.get(at).filter(|scale| **scale > 0.0)?;
        let values = self.values.get(at * self.width..(at + 1) * self.width)?;
        Some(Embedding {
            values: values.into(),
            scale,
        })
    }

    /// The cosine of each text with another vector.
    fn cosines<'a>(&'a self, other: &'a Embedding) -> impl Iterator<Item = f32> + 'a {
        let rows = self.values.chunks_exact(self.width.max(1));
        rows.zip(&self.scales).map(|(row, scale)| {
            let products = row.iter().zip(&other.values);
            let dot: i32 = products.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
            dot as f32 * scale * other.scale
        })
    }
}

/// The languages that a model knows, of those that it was asked about.
#[derive(Debug, Clone, Default)]
pub struct Languages(Vec<(Language, f32)>);

impl Languages {
    /// Asks a model which of these languages it knows.
    pub fn of(model: &dyn Embedder, languages: &[Language]) -> Self {
        let known = languages.iter().filter_map(|&language| {
            let unrelated = language_probe::unrelated(model, language)?;
            Some((language, unrelated))
        });
        Self(known.collect())
    }

    /// Whether this one is known.
    pub fn contains(&self, language: Language) -> bool {
        self.unrelated(language).is_some()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = Language> {
        self.0.iter().map(|(language, _)| *language)
    }

    fn unrelated(&self, language: Language) -> Option<f32> {
        let mut known = self.0.iter();
        let (_, unrelated) = known.find(|(known, _)| *known == language)?;
        Some(*unrelated)
    }
}

/// The sentences of an index as a model sees them, and the model, which sees questions the same way.
#[derive(Debug, Clone)]
pub struct Embedded {
    model: Arc<dyn Embedder>,
    languages: Languages,
    sentences: Embeddings,
    running: Arc<AtomicUsize>,
}

impl Embedded {
    /// `sentences` must have been seen by `model`, which knows these languages.
    pub fn new(model: Arc<dyn Embedder>, languages: Languages, sentences: Embeddings) -> Self {
        Self {
            model,
            languages,
            sentences,
            running: Arc::default(),
        }
    }

    /// The sentences.
    pub fn sentences(&self) -> &Embeddings {
        &self.sentences
    }

    /// How near each sentence is to `question`: its cosine, where 0 is as near as two texts that have nothing to do
    /// with each other, and 1 the same. None where the model does not know the language, fails, or is asked too much at
    /// once.
    pub fn likeness(&self, question: &str, language: Language) -> Option<Vec<f32>> {
        let unrelated = self.languages.unrelated(language)?;
        let turn = Turn::take(&self.running)?;
        let seen = self.model.embed(question);
        drop(turn);
        let seen = Embedding::new(&seen?);
        let above = |cosine: f32| ((cosine - unrelated) / (1.0 - unrelated)).max(0.0);
        Some(self.sentences.cosines(&seen).map(above).collect())
    }
}

/// One of those that a model works for; given back when it is dropped, also by a panic.
struct Turn<'a>(&'a AtomicUsize);

impl<'a> Turn<'a> {
    fn take(running: &'a AtomicUsize) -> Option<Self> {
        let before = running.fetch_add(1, Ordering::Relaxed);
        Some(Self(running)).filter(|_| before < AT_ONCE)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
