//! The embeddings of an index's passages, and their similarity to a question (dense retrieval: Karpukhin et al. 2020, section
//! 3.1).

use super::embedder::Embedder;
use super::embedding::Embedding;
use super::language_probe::{self, Scales};
use super::passage_embeddings::{PassageEmbeddings, Similarities};
use crate::text::Language;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// The languages that a model knows, each with what its similarities mean.
#[derive(Debug, Clone, Default)]
pub struct Languages(Vec<(Language, Scales)>);

impl Languages {
    /// Finds out which of these languages a model knows, by embedding test sentences.
    pub fn of(model: &dyn Embedder, languages: &[Language]) -> Self {
        let known = languages.iter().filter_map(|&language| {
            let scales = language_probe::scales(model, language)?;
            Some((language, scales))
        });
        Self(known.collect())
    }

    /// Whether the model knows the language.
    pub fn contains(&self, language: Language) -> bool {
        self.scales(language).is_some()
    }

    /// The languages that the model knows.
    pub fn iter(&self) -> impl Iterator<Item = Language> {
        self.0.iter().map(|(language, _)| *language)
    }

    fn scales(&self, language: Language) -> Option<Scales> {
        let mut known = self.0.iter();
        let (_, scales) = known.find(|(known, _)| *known == language)?;
        Some(*scales)
    }
}

/// Those of all.
impl FromIterator<Languages> for Languages {
    fn from_iter<T: IntoIterator<Item = Self>>(all: T) -> Self {
        Self(all.into_iter().flat_map(|languages| languages.0).collect())
    }
}

/// Languages with [`language_probe::scales`], found out at the first question in each.
type AskedLanguages = Vec<(Language, Option<Scales>)>;

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

    /// What similarities in a language mean; `None` if the model does not know it.
    fn scales(&self, language: Language) -> Option<Scales> {
        if let Some(known) = self.languages.scales(language) {
            return Some(known);
        }
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = asked.iter().find(|(known, _)| *known == language) {
            return *known;
        }
        let known = language_probe::scales(&*self.model, language);
        asked.push((language, known));
        known
    }

    /// Whether the model knows a language.
    pub fn knows(&self, language: Language) -> bool {
        self.scales(language).is_some()
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

    /// The embeddings that a passage is among, and its position there.
    fn holding(&self, passage: usize) -> Option<(&PassageEmbeddings, usize)> {
        let of_below = self.below.as_ref().map_or(0, |below| below.len());
        match passage.checked_sub(of_below) {
            Some(own) => Some((&self.passages, own)),
            None => self.below.as_ref()?.holding(passage),
        }
    }
}

/// A question against a [`DenseIndex`].
#[derive(Debug, Clone)]
pub(crate) struct DenseMatch {
    index: Arc<DenseIndex>,
    /// Cosine similarity of each passage.
    cosines: Vec<f32>,
    whole: Embedding,
    /// Empty if the model does not divide texts.
    parts: Vec<Embedding>,
    scales: Scales,
}

impl DenseMatch {
    /// `None` if the model does not know the language, or fails.
    pub(crate) fn new(index: &Arc<DenseIndex>, question: &str, language: Language) -> Option<Self> {
        let scales = index.scales(language)?;
        let embedding = index.model.embed_question(question)?;
        let parts = embedding.parts.iter();
        let whole = Embedding::new(&embedding.whole);
        Some(Self {
            cosines: index.cosines(&whole),
            whole,
            parts: parts.map(|part| Embedding::new(part)).collect(),
            index: Arc::clone(index),
            scales,
        })
    }

    /// The cosine similarity of the passage that is most similar.
    pub(crate) fn nearest(&self) -> f32 {
        self.cosines.iter().copied().fold(-1.0, f32::max)
    }

    /// Similarity of a whole passage to the question, 0 to 1.
    pub(crate) fn whole(&self, passage: usize) -> f32 {
        let cosine = self.cosines.get(passage).copied();
        self.scales.whole.of(cosine.unwrap_or_default())
    }

    /// Similarity of a passage and of each of its sentences, which are compared as wholes.
    pub(crate) fn by_sentences(&self, passage: usize) -> Similarities {
        let Some((passages, at)) = self.index.holding(passage) else {
            return Similarities::default();
        };
        let sentences = passages.sentences(at, &self.whole);
        let sentences: Vec<f32> = sentences
            .map(|cosine| self.scales.whole.of(cosine))
            .collect();
        Similarities {
            passage: sentences.iter().copied().fold(0.0, f32::max),
            sentences,
        }
    }

    /// The same part by part, if the model divides texts.
    pub(crate) fn by_parts(&self, passage: usize) -> Similarities {
        if self.parts.is_empty() {
            return self.by_sentences(passage);
        }
        let holding = self.index.holding(passage);
        let found = holding.and_then(|(passages, at)| passages.similarities(at, &self.parts));
        let mut found = found.unwrap_or_default();
        found.passage = self.scales.parts.of(found.passage);
        for sentence in &mut found.sentences {
            *sentence = self.scales.parts.of(*sentence);
        }
        found
    }

    /// Similarity of several passages together: that of the sentence that is most similar as a whole, and that part by part,
    /// each where it is most similar.
    pub(crate) fn together(&self, passages: Range<usize>) -> Together {
        let sentences = passages.clone().map(|it| self.by_sentences(it).passage);
        let by_sentences = sentences.fold(0.0, f32::max);
        if self.parts.is_empty() {
            return Together {
                by_sentences,
                by_parts: by_sentences,
            };
        }
        let mut highest = vec![0.0; self.parts.len()];
        for (passages, at) in passages.filter_map(|passage| self.index.holding(passage)) {
            passages.raise(at, &self.parts, &mut highest);
        }
        let parts = highest.into_iter();
        let parts = parts.map(|similarity| self.scales.parts.of(similarity));
        Together {
            by_sentences,
            by_parts: parts.sum::<f32>() / self.parts.len() as f32,
        }
    }
}

/// How similar several passages together are to a question, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Together {
    /// The sentence that is most similar as a whole.
    pub(crate) by_sentences: f32,
    /// Part by part.
    pub(crate) by_parts: f32,
}

#[cfg(test)]
mod tests {
    use super::super::embedder::QuestionEmbedding;
    use super::super::embedding::Embeddings;
    use super::super::language_probe::Scale;
    use super::super::passage_embeddings::PassageEmbedding;
    use super::*;

    const X: [f32; 2] = [1.0, 0.0];
    const Y: [f32; 2] = [0.0, 1.0];

    /// A model for which all texts are the same. If it divides them, each has the same two parts.
    #[derive(Debug)]
    struct Constant {
        divides: bool,
    }

    impl Embedder for Constant {
        fn embed(&self, _text: &str) -> Option<Vec<f32>> {
            Some(vec![0.6, 0.8])
        }

        fn embed_question(&self, question: &str) -> Option<QuestionEmbedding> {
            Some(QuestionEmbedding {
                whole: self.embed(question)?,
                parts: if self.divides {
                    [X, Y].map(Vec::from).into()
                } else {
                    Vec::new()
                },
            })
        }
    }

    /// Passages of one sentence each, whose only part is all of it.
    fn embedded(divides: bool, passages: &[Option<[f32; 2]>]) -> Arc<DenseIndex> {
        let mut embeddings = PassageEmbeddings::new(2, 2);
        for vector in passages {
            let passage = vector.map(|vector| {
                let whole = Embedding::new(&vector);
                let mut only = Embeddings::new(2, 1);
                only.push(Some(&whole));
                PassageEmbedding {
                    whole,
                    sentences: only.clone(),
                    parts: only,
                    counts: vec![0, 1],
                }
            });
            embeddings.push(passage.as_ref());
        }
        let scale = Scale {
            zero: 0.5,
            unit: 0.5,
        };
        let scales = Scales {
            whole: scale,
            parts: scale,
        };
        let languages = Languages(vec![(Language::ENGLISH, scales)]);
        let model = Arc::new(Constant { divides });
        Arc::new(DenseIndex::new(model, languages, embeddings))
    }

    #[track_caller]
    fn check(found: f32, expected: f32) {
        assert!((found - expected).abs() < 0.02, "{found} {expected}");
    }

    #[test]
    fn similarity_is_rescaled_above_unrelated_sentences() {
        let index = embedded(false, &[Some([0.6, 0.8]), None, Some([0.8, -0.6])]);
        let found = DenseMatch::new(&index, "Who?", Language::ENGLISH).unwrap();
        for (passage, expected) in [1.0, 0.0, 0.0, 0.0].into_iter().enumerate() {
            check(found.whole(passage), expected);
            check(found.by_sentences(passage).passage, expected);
            // This model does not divide texts.
            assert_eq!(found.by_parts(passage), found.by_sentences(passage));
        }
        assert_eq!(found.by_sentences(0).sentences.len(), 1);
        assert_eq!(found.by_parts(1), Similarities::default());
    }

    #[test]
    fn passages_together_have_the_most_similar_sentence_and_every_part() {
        let index = embedded(true, &[Some(X), Some(Y), None]);
        let found = DenseMatch::new(&index, "Who?", Language::ENGLISH).unwrap();
        for (passages, by_sentences, by_parts) in [
            (0..1, 0.2, 0.5),
            (1..2, 0.6, 0.5),
            (0..3, 0.6, 1.0),
            (2..4, 0.0, 0.0),
        ] {
            let together = found.together(passages);
            check(together.by_sentences, by_sentences);
            check(together.by_parts, by_parts);
        }
        check(found.by_parts(0).passage, 0.0);
    }

    #[test]
    fn answers_nothing_in_an_unknown_language() {
        let embedded = embedded(false, &[Some(X)]);
        let german = Language::from_code("de").unwrap();
        let ask = |language| DenseMatch::new(&embedded, "Wer?", language);
        assert!(ask(german).is_none() && !embedded.knows(german));
        assert!(ask(Language::ENGLISH).is_some());
    }
}
