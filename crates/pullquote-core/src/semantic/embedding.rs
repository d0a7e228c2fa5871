//! Sentence embeddings by a model, and the similarity of a question to all sentences of the articles (dense retrieval:
//! Karpukhin et al. 2020, section 3.1).

use super::embedder::Embedder;
use super::language_probe;
use crate::text::Language;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Questions that a model embeds concurrently. Further ones are answered without it. At ten milliseconds each, the last
/// of them waits a sixth of a second.
const MAX_CONCURRENT: usize = 16;

/// A unit vector, quantised to one byte per component.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    /// Quantised components.
    pub values: Box<[i8]>,
    /// Factor that turns `values` into the components of the unit vector.
    pub scale: f32,
}

impl Embedding {
    /// Quantises a unit vector.
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

/// The embeddings of many texts, all of the same width.
#[derive(Debug, Clone, Default)]
pub struct Embeddings {
    width: usize,
    values: Vec<i8>,
    scales: Vec<f32>,
}

impl Embeddings {
    /// An empty collection of embeddings with `width` components, and capacity for `count` of them.
    pub fn new(width: usize, count: usize) -> Self {
        Self {
            width,
            values: Vec::with_capacity(width * count),
            scales: Vec::with_capacity(count),
        }
    }

    /// Adds the next text's embedding. Without one, or with one of another width, the text is similar to nothing.
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

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there are no texts.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// The embedding of the text with this number, counting from 0; `None` if it has none.
    pub fn get(&self, at: usize) -> Option<Embedding> {
        let scale = *self.scales.get(at).filter(|scale| **scale > 0.0)?;
        let values = self.values.get(at * self.width..(at + 1) * self.width)?;
        Some(Embedding {
            values: values.into(),
            scale,
        })
    }

    pub(crate) fn heap_bytes(&self) -> usize {
        self.values.capacity() + self.scales.capacity() * size_of::<f32>()
    }

    /// Cosine similarity of texts to `other`.
    fn cosines<'a>(
        &'a self,
        texts: Range<usize>,
        other: &'a Embedding,
    ) -> impl Iterator<Item = f32> + 'a {
        let rows = self.values.chunks_exact(self.width.max(1));
        let rows = rows.zip(&self.scales);
        let rows = rows.skip(texts.start).take(texts.len());
        rows.map(|(row, scale)| {
            let products = row.iter().zip(&other.values);
            let dot: i32 = products.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
            dot as f32 * scale * other.scale
        })
    }
}

/// The languages that a model knows, each with the mean cosine of unrelated sentences.
#[derive(Debug, Clone, Default)]
pub struct Languages(Vec<(Language, f32)>);

impl Languages {
    /// Finds out which of these languages a model knows, by embedding test sentences.
    pub fn of(model: &dyn Embedder, languages: &[Language]) -> Self {
        let known = languages.iter().filter_map(|&language| {
            let unrelated = language_probe::unrelated_cosine(model, language)?;
            Some((language, unrelated))
        });
        Self(known.collect())
    }

    /// Whether the model knows the language.
    pub fn contains(&self, language: Language) -> bool {
        self.unrelated_cosine(language).is_some()
    }

    /// The languages that the model knows.
    pub fn iter(&self) -> impl Iterator<Item = Language> {
        self.0.iter().map(|(language, _)| *language)
    }

    fn unrelated_cosine(&self, language: Language) -> Option<f32> {
        let mut known = self.0.iter();
        let (_, unrelated) = known.find(|(known, _)| *known == language)?;
        Some(*unrelated)
    }
}

/// Languages with [`language_probe::unrelated_cosine`], found out at the first question in each.
type AskedLanguages = Vec<(Language, Option<f32>)>;

/// The embeddings of an index's sentences and passages, and the model that made them.
#[derive(Debug, Clone)]
pub struct DenseIndex {
    model: Arc<dyn Embedder>,
    /// Those of the articles that the model knows.
    languages: Languages,
    /// Other languages that members ask in.
    asked: Arc<Mutex<AskedLanguages>>,
    /// Those of the sentences, then those of the passages.
    texts: Embeddings,
    sentences: usize,
    /// That of the engine below.
    below: Option<Arc<DenseIndex>>,
    /// Questions that are being embedded.
    running: Arc<AtomicUsize>,
}

impl DenseIndex {
    /// `texts` must be embeddings by `model`, those of the index's sentences before those of its passages, and
    /// `languages` those that it knows.
    pub fn new(model: Arc<dyn Embedder>, languages: Languages, texts: Embeddings) -> Self {
        Self {
            model,
            languages,
            asked: Arc::default(),
            sentences: texts.len(),
            texts,
            running: Arc::default(),
            below: None,
        }
    }

    /// On top of the index of the engine below; the first `sentences` texts are sentences.
    pub(crate) fn on(self, below: Option<&Arc<Self>>, sentences: usize) -> Self {
        Self {
            sentences,
            below: below.cloned(),
            ..self
        }
    }

    /// The embeddings of the sentences, then of the passages, in the order of the index, without those below.
    pub fn texts(&self) -> &Embeddings {
        &self.texts
    }

    /// The languages that a question may be in and that the model may know: those that it can be tested in; none if it
    /// knows no language of the articles.
    pub(crate) fn languages(&self) -> impl Iterator<Item = Language> {
        let any = self.languages.iter().next();
        any.into_iter().flat_map(|_| language_probe::languages())
    }

    /// The mean cosine of unrelated sentences in a language; `None` if the model does not know it.
    pub(crate) fn unrelated_cosine(&self, language: Language) -> Option<f32> {
        if let Some(known) = self.languages.unrelated_cosine(language) {
            return Some(known);
        }
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = asked.iter().find(|(known, _)| *known == language) {
            return *known;
        }
        let known = language_probe::unrelated_cosine(&*self.model, language);
        asked.push((language, known));
        known
    }

    /// Similarity of each sentence, then of each passage, to `question`, 0 to 1: the cosine, rescaled so that 0 is the mean
    /// of unrelated sentences. `None` if the model does not know the language, fails, or is busy.
    pub fn similarities(&self, question: &str, language: Language) -> Option<Vec<f32>> {
        let unrelated = self.unrelated_cosine(language)?;
        let permit = Permit::acquire(&self.running)?;
        let embedding = self.model.embed(question);
        drop(permit);
        let embedding = Embedding::new(&embedding?);
        let rescale = |cosine: f32| ((cosine - unrelated) / (1.0 - unrelated)).max(0.0);
        let mut cosines = self.cosines(&embedding, |index| 0..index.sentences);
        cosines.extend(self.cosines(&embedding, |index| index.sentences..index.texts.len()));
        Some(cosines.into_iter().map(rescale).collect())
    }

    /// Cosine similarity of some texts of each index to `question`, from the lowest index up.
    fn cosines(
        &self,
        question: &Embedding,
        texts: impl Fn(&Self) -> Range<usize> + Copy,
    ) -> Vec<f32> {
        let below = self.below.as_ref();
        let mut cosines = below.map_or_else(Vec::new, |below| below.cosines(question, texts));
        cosines.extend(self.texts.cosines(texts(self), question));
        cosines
    }
}

/// Permission to run the model; released when dropped, also by a panic.
struct Permit<'a>(&'a AtomicUsize);

impl<'a> Permit<'a> {
    fn acquire(running: &'a AtomicUsize) -> Option<Self> {
        let before = running.fetch_add(1, Ordering::Relaxed);
        Some(Self(running)).filter(|_| before < MAX_CONCURRENT)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A model for which all texts are the same.
    #[derive(Debug)]
    struct Constant;

    impl Embedder for Constant {
        fn embed(&self, _text: &str) -> Option<Vec<f32>> {
            Some(vec![0.6, 0.8])
        }
    }

    fn embedded() -> DenseIndex {
        let mut sentences = Embeddings::new(2, 3);
        sentences.push(Some(&Embedding::new(&[0.6, 0.8])));
        sentences.push(None);
        sentences.push(Some(&Embedding::new(&[0.8, -0.6])));
        let languages = Languages(vec![(Language::ENGLISH, 0.5)]);
        DenseIndex::new(Arc::new(Constant), languages, sentences)
    }

    #[test]
    fn similarity_is_rescaled_above_unrelated_sentences() {
        let found = embedded().similarities("Who?", Language::ENGLISH).unwrap();
        let expected = [1.0, 0.0, 0.0];
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.02, "{found} {expected}");
        }
    }

    #[test]
    fn answers_nothing_in_an_unknown_language_or_when_busy() {
        let embedded = embedded();
        let german = Language::from_code("de").unwrap();
        assert_eq!(embedded.similarities("Wer?", german), None);
        let permits: Vec<_> = (0..MAX_CONCURRENT)
            .map(|_| Permit::acquire(&embedded.running).unwrap())
            .collect();
        assert_eq!(embedded.similarities("Who?", Language::ENGLISH), None);
        drop(permits);
        assert!(embedded.similarities("Who?", Language::ENGLISH).is_some());
    }

    #[test]
    fn embeddings_of_another_width_count_as_missing() {
        let mut embeddings = Embeddings::new(2, 2);
        let fitting = Embedding::new(&[1.0, 0.0]);
        embeddings.push(Some(&fitting));
        embeddings.push(Some(&Embedding::new(&[1.0])));
        assert_eq!(embeddings.len(), 2);
        assert_eq!(embeddings.get(0), Some(fitting));
        assert_eq!(embeddings.get(1), None);
        assert_eq!(embeddings.get(2), None);
    }
}
