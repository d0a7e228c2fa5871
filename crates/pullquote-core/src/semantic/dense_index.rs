//! The embeddings of an index's passages, and their similarity to a question (dense retrieval: Karpukhin et al. 2020, section
//! 3.1).

use super::embedder::Embedder;
use super::embedding::Embedding;
use super::language_probe::{self, Unrelated};
use super::passage_embeddings::{PassageEmbeddings, Similarities};
use crate::text::Language;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Questions that a model embeds concurrently. Further ones are answered without it. At ten milliseconds each, the last
/// of them waits a sixth of a second.
const MAX_CONCURRENT: usize = 16;

/// The languages that a model knows, each with how similar unrelated sentences are.
#[derive(Debug, Clone, Default)]
pub struct Languages(Vec<(Language, Unrelated)>);

impl Languages {
    /// Finds out which of these languages a model knows, by embedding test sentences.
    pub fn of(model: &dyn Embedder, languages: &[Language]) -> Self {
        let known = languages.iter().filter_map(|&language| {
            let unrelated = language_probe::unrelated(model, language)?;
            Some((language, unrelated))
        });
        Self(known.collect())
    }

    /// Whether the model knows the language.
    pub fn contains(&self, language: Language) -> bool {
        self.unrelated(language).is_some()
    }

    /// The languages that the model knows.
    pub fn iter(&self) -> impl Iterator<Item = Language> {
        self.0.iter().map(|(language, _)| *language)
    }

    fn unrelated(&self, language: Language) -> Option<Unrelated> {
        let mut known = self.0.iter();
        let (_, unrelated) = known.find(|(known, _)| *known == language)?;
        Some(*unrelated)
    }
}

/// Those of all.
impl FromIterator<Languages> for Languages {
    fn from_iter<T: IntoIterator<Item = Self>>(all: T) -> Self {
        Self(all.into_iter().flat_map(|languages| languages.0).collect())
    }
}

/// Languages with [`language_probe::unrelated`], found out at the first question in each.
type AskedLanguages = Vec<(Language, Option<Unrelated>)>;

/// The embeddings of an index's passages, and the model that made them.
#[derive(Debug, Clone)]
pub struct DenseIndex {
    model: Arc<dyn Embedder>,
    /// Those of the articles that the model knows.
    languages: Languages,
    /// Other languages that members ask in.
    asked: Arc<Mutex<AskedLanguages>>,
    passages: PassageEmbeddings,
    /// That of the engine below.
    below: Option<Arc<DenseIndex>>,
    /// Questions that are being embedded.
    running: Arc<AtomicUsize>,
}

impl DenseIndex {
    /// `passages` must be embeddings by `model` of the index's passages, and `languages` those that it knows.
    pub fn new(
        model: Arc<dyn Embedder>,
        languages: Languages,
        passages: PassageEmbeddings,
    ) -> Self {
        Self {
            model,
            languages,
            asked: Arc::default(),
            passages,
            running: Arc::default(),
            below: None,
        }
    }

    /// On top of the index of the engine below.
    pub(crate) fn on(self, below: Option<&Arc<Self>>) -> Self {
        Self {
            below: below.cloned(),
            ..self
        }
    }

    /// The embeddings of the passages, in the order of the index, without those below.
    pub fn passages(&self) -> &PassageEmbeddings {
        &self.passages
    }

    /// The languages that a question may be in and that the model may know: those that it can be tested in; none if it
    /// knows no language of the articles.
    pub(crate) fn languages(&self) -> impl Iterator<Item = Language> {
        let any = self.languages.iter().next();
        any.into_iter().flat_map(|_| language_probe::languages())
    }

    /// How similar unrelated sentences in a language are; `None` if the model does not know it.
    fn unrelated(&self, language: Language) -> Option<Unrelated> {
        if let Some(known) = self.languages.unrelated(language) {
            return Some(known);
        }
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = asked.iter().find(|(known, _)| *known == language) {
            return *known;
        }
        let known = language_probe::unrelated(&*self.model, language);
        asked.push((language, known));
        known
    }

    /// Whether the model knows a language.
    pub fn knows(&self, language: Language) -> bool {
        self.unrelated(language).is_some()
    }

    fn len(&self) -> usize {
        self.passages.len() + self.below.as_ref().map_or(0, |below| below.len())
    }

    /// Cosine similarity of each passage to `question`, from the lowest index up.
    fn cosines(&self, question: &Embedding) -> Vec<f32> {
        let below = self.below.as_ref();
        let mut cosines = below.map_or_else(Vec::new, |below| below.cosines(question));
        cosines.extend(self.passages.cosines(question));
        cosines
    }

    fn similarities(&self, passage: usize, question: &[Embedding]) -> Option<Similarities> {
        let of_below = self.below.as_ref().map_or(0, |below| below.len());
        match passage.checked_sub(of_below) {
            Some(own) => self.passages.similarities(own, question),
            None => self.below.as_ref()?.similarities(passage, question),
        }
    }
}

/// A question against a [`DenseIndex`].
#[derive(Debug, Clone)]
pub(crate) struct DenseMatch {
    index: Arc<DenseIndex>,
    /// Cosine similarity of each passage.
    cosines: Vec<f32>,
    parts: Vec<Embedding>,
    unrelated: Unrelated,
}

impl DenseMatch {
    /// `None` if the model does not know the language, fails, or is busy.
    pub(crate) fn new(index: &Arc<DenseIndex>, question: &str, language: Language) -> Option<Self> {
        let unrelated = index.unrelated(language)?;
        let permit = Permit::acquire(&index.running)?;
        let embedding = index.model.embed_question(question);
        drop(permit);
        let embedding = embedding?;
        let parts = embedding.parts.iter();
        Some(Self {
            cosines: index.cosines(&Embedding::new(&embedding.whole)),
            parts: parts.map(|part| Embedding::new(part)).collect(),
            index: Arc::clone(index),
            unrelated,
        })
    }

    /// Similarity of a whole passage to the question, 0 to 1: the cosine, rescaled so that 0 is the mean of unrelated sentences.
    pub(crate) fn whole(&self, passage: usize) -> f32 {
        let cosine = self.cosines.get(passage).copied();
        rescale(cosine.unwrap_or_default(), self.unrelated.whole)
    }

    /// The same part by part.
    pub(crate) fn by_parts(&self, passage: usize) -> Similarities {
        let found = self.index.similarities(passage, &self.parts);
        let mut found = found.unwrap_or_default();
        let rescale = |similarity: f32| rescale(similarity, self.unrelated.parts);
        found.passage = rescale(found.passage);
        for sentence in &mut found.sentences {
            *sentence = rescale(*sentence);
        }
        found
    }
}

fn rescale(similarity: f32, unrelated: f32) -> f32 {
    ((similarity - unrelated) / (1.0 - unrelated)).max(0.0)
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
    use super::super::embedding::Embeddings;
    use super::super::passage_embeddings::PassageEmbedding;
    use super::*;

    /// A model for which all texts are the same.
    #[derive(Debug)]
    struct Constant;

    impl Embedder for Constant {
        fn embed(&self, _text: &str) -> Option<Vec<f32>> {
            Some(vec![0.6, 0.8])
        }
    }

    fn embedded() -> Arc<DenseIndex> {
        let mut passages = PassageEmbeddings::new(2, 2);
        let passage = |vector: [f32; 2]| {
            let whole = Embedding::new(&vector);
            let mut parts = Embeddings::new(2, 1);
            parts.push(Some(&whole));
            PassageEmbedding {
                whole,
                parts,
                counts: vec![0, 1],
            }
        };
        passages.push(Some(&passage([0.6, 0.8])));
        passages.push(None);
        passages.push(Some(&passage([0.8, -0.6])));
        let unrelated = Unrelated {
            whole: 0.5,
            parts: 0.5,
        };
        let languages = Languages(vec![(Language::ENGLISH, unrelated)]);
        Arc::new(DenseIndex::new(Arc::new(Constant), languages, passages))
    }

    #[test]
    fn similarity_is_rescaled_above_unrelated_sentences() {
        let found = DenseMatch::new(&embedded(), "Who?", Language::ENGLISH).unwrap();
        for (passage, expected) in [1.0, 0.0, 0.0, 0.0].into_iter().enumerate() {
            let (whole, parts) = (found.whole(passage), found.by_parts(passage));
            assert!((whole - expected).abs() < 0.02, "{whole} {expected}");
            assert!((parts.passage - expected).abs() < 0.02, "{parts:?}");
        }
        assert_eq!(found.by_parts(0).sentences.len(), 1);
        assert_eq!(found.by_parts(1), Similarities::default());
    }

    #[test]
    fn answers_nothing_in_an_unknown_language_or_when_busy() {
        let embedded = embedded();
        let german = Language::from_code("de").unwrap();
        let ask = |language| DenseMatch::new(&embedded, "Wer?", language);
        assert!(ask(german).is_none() && !embedded.knows(german));
        let permits: Vec<_> = (0..MAX_CONCURRENT)
            .map(|_| Permit::acquire(&embedded.running).unwrap())
            .collect();
        assert!(ask(Language::ENGLISH).is_none());
        drop(permits);
        assert!(ask(Language::ENGLISH).is_some());
    }
}
