//! Embeddings of the words, sentences and labels of English articles, from the built-in table.

use super::dictionary::Dictionary;
use super::lists::Lists;
use super::{Index, QueryTerm, SurfaceId};
use crate::article::{ArticleId, Corpus, PassageId};
use crate::query::{Query, Role};
use crate::semantic::{
    DenseMatch, Directions, Lanes, RowId, Table, Vector, VectorSum, WordDirections, mean,
};
use crate::text::Language;
use std::borrow::Cow;
use std::ops::Range;

/// Passages whose sentences are compared with a question at a time: their similarities stay in the nearest cache.
const BLOCK: usize = 512;

/// Similarities that are compared together: few enough that most groups have none that reaches the bar.
const GROUP: usize = 16;

/// The vectors of everything in an index. Empty where no article is in English, the only language of the table.
#[derive(Debug, Clone, Default)]
pub(super) struct TermVectors {
    /// For each surface form, the rows of the table whose sum is its vector.
    words: Lists<RowId>,
    /// For each surface form, [`Table::inverse_norm`] of those rows: 0 where the table does not contain it.
    inverse_norms: Vec<f32>,
    /// For each sentence, its direction.
    sentences: Directions,
    /// For each title and heading, its direction.
    labels: Directions,
    /// For each article, whether it is in English.
    english: Vec<bool>,
}

/// The vectors of a question.
#[derive(Debug, Clone, Default)]
pub(crate) struct QueryVectors {
    /// The directions of the words that state what is asked about. Empty where the question is not in English.
    pub words: WordDirections,
    /// For each of them, the position of its term in the question.
    pub terms: Vec<usize>,
    /// Direction of the whole question.
    pub direction: Option<Vector>,
    /// The question by a sentence model, where there is one.
    pub dense: Option<DenseMatch>,
}

impl QueryVectors {
    /// The position of each term that has a vector, with its value of `values`.
    pub(crate) fn by_term(&self, values: &[Lanes]) -> impl Iterator<Item = (usize, f32)> {
        let values = values.as_flattened().iter();
        self.terms.iter().copied().zip(values.copied())
    }
}

impl TermVectors {
    /// The vectors for the articles of `index`, which has none yet.
    pub(super) fn build(index: &Index, corpus: &Corpus) -> Self {
        let articles = corpus.own_articles();
        let english: Vec<bool> = articles
            .map(|(_, article)| article.written_in() == Language::ENGLISH)
            .collect();
        if !english.contains(&true) {
            return Self::default();
        }
        let mut vectors = Self {
            english,
            ..Self::default()
        };
        vectors.add_words(&index.dictionary);
        let is_english = |english: &[bool], article: ArticleId| {
            english[(article.0 - index.first.articles) as usize]
        };
        for passage in (index.first.passages..index.end.passages).map(PassageId) {
            let passage = index.passage(passage);
            let english = is_english(&vectors.english, passage.article());
            for tokens in passage.sentences() {
                let direction = english.then(|| vectors.direction(index, tokens));
                vectors.sentences.push(direction.flatten().as_ref());
            }
        }
        for label in index.first.labels..index.end.labels {
            let english = is_english(&vectors.english, index.article_of_label(label));
            let direction = english.then(|| {
                let words = index.label_words(label).iter().copied();
                vectors.direction(index, words)
            });
            vectors.labels.push(direction.flatten().as_ref());
        }
        vectors.words.shrink();
        vectors.inverse_norms.shrink_to_fit();
        vectors.sentences.shrink();
        vectors.labels.shrink();
        vectors
    }

    /// Looks up every word of the dictionary that is not a stop word.
    fn add_words(&mut self, dictionary: &Dictionary) {
        let table = Table::builtin();
        for at in 0..dictionary.surfaces().len() {
            if !dictionary.is_stop_word_at(at) {
                for row in table.rows(dictionary.spelling_at(at)) {
                    self.words.push(row);
                }
            }
            self.words.end_row();
            let inverse_norm = table.inverse_norm(self.words.row(at as u32));
            self.inverse_norms.push(inverse_norm);
        }
    }

    /// The rows of the surface form at a position and the inverse norm of their sum; `None` for one that the table does not
    /// contain.
    #[inline]
    fn word(&self, at: usize) -> Option<(&[RowId], f32)> {
        let inverse_norm = self.inverse_norms.get(at).copied();
        let known = inverse_norm.filter(|norm| *norm > 0.0);
        known.map(|norm| (self.words.row(at as u32), norm))
    }

    /// Mean of the words' vectors, the rarer ones weighted more (Arora et al. 2017), with the table's frequencies of words.
    /// It depends on no other article, so that a sentence has the same direction whatever is beside it.
    fn direction(&self, index: &Index, tokens: impl Iterator<Item = SurfaceId>) -> Option<Vector> {
        let table = Table::builtin();
        let mut sum = VectorSum::default();
        for surface in tokens {
            let word = match surface.0.checked_sub(index.first.surfaces) {
                Some(own) => self.word(own as usize),
                None => index.word_vector(surface),
            };
            if let Some((rows, inverse_norm)) = word {
                let weight = table.weight(rows);
                table.add(rows, weight * inverse_norm, &mut sum);
            }
        }
        sum.direction()
    }

    /// The directions of the sentences, by row; empty where there are none.
    pub(super) fn sentences(&self) -> &Directions {
        &self.sentences
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.words.heap_bytes()
            + self.inverse_norms.capacity() * size_of::<f32>()
            + self.sentences.heap_bytes()
            + self.labels.heap_bytes()
            + self.english.capacity()
    }
}

impl Index {
    /// The vectors of a question; none for one that is not in English.
    pub(super) fn query_vectors(&self, query: &Query, terms: &[QueryTerm]) -> QueryVectors {
        let mut layers = self.layers();
        let is_english = layers.any(|layer| !layer.vectors.english.is_empty());
        if query.language != Language::ENGLISH || !is_english {
            return QueryVectors::default();
        }
        let table = Table::builtin();
        let meaning = |term: &QueryTerm| table.sum(&self.rows_of(query, term)?);
        let is_content = |term: &&QueryTerm| term.role == Role::Content;
        let meanings: Vec<_> = terms
            .iter()
            .map(|term| Some(term).filter(is_content).and_then(meaning))
            .collect();
        let weighted = terms.iter().zip(&meanings).filter_map(|(term, meaning)| {
            let meaning = meaning.as_ref()?;
            Some((&meaning.vector, meaning.weight * term.idf))
        });
        let known = meanings.iter().enumerate();
        let known = known.filter_map(|(at, meaning)| Some((at, &meaning.as_ref()?.vector)));
        let (positions, words): (Vec<usize>, Vec<&Vector>) = known.unzip();
        QueryVectors {
            direction: mean(weighted),
            dense: None,
            words: WordDirections::new(&words),
            terms: positions,
        }
    }

    /// The rows of the table whose sum is the vector of a term; `None` for one that is not a word.
    pub(super) fn rows_of(&self, query: &Query, term: &QueryTerm) -> Option<Cow<'_, [RowId]>> {
        let known = term.surface.and_then(|surface| self.word_vector(surface));
        if let Some((rows, _)) = known {
            return Some(Cow::Borrowed(rows));
        }
        let spelling = self.spelling_of(query, term);
        let rows = Table::builtin().rows(spelling);
        // The pieces of a string that is not a word would suggest a meaning that it does not have.
        let is_word =
            term.surface.is_some() || rows.len() == 1 || query.language.is_real_word(spelling);
        is_word.then_some(Cow::Owned(rows))
    }

    /// Adds to `found` the similarities of a surface form, from 0 to 1, to the terms of a question that have a vector:
    /// [`QueryVectors::by_term`] says to which. Returns `false`, and adds nothing, where the surface form or the question has no
    /// vector.
    #[inline]
    pub(super) fn term_similarities(
        &self,
        surface: SurfaceId,
        vectors: &QueryVectors,
        found: &mut Vec<Lanes>,
    ) -> bool {
        let known = self.word_vector(surface);
        let Some((rows, inverse_norm)) = known.filter(|_| !vectors.terms.is_empty()) else {
            return false;
        };
        Table::builtin().similarities(rows, inverse_norm, &vectors.words, found);
        true
    }

    /// The rows of a surface form and the inverse norm of their sum; `None` for one that the table does not contain.
    #[inline]
    fn word_vector(&self, surface: SurfaceId) -> Option<(&[RowId], f32)> {
        let (layer, at) = self.of_surface(surface);
        layer.vectors.word(at)
    }

    /// Whether the sentences of an article of this layer have vectors: only those of English articles do.
    pub(super) fn has_vectors(&self, article: ArticleId) -> bool {
        let at = (article.0 - self.first.articles) as usize;
        self.vectors.english.get(at).is_some_and(|english| *english)
    }

    /// Similarity of a title or heading to a direction, from 0 to 1.
    pub(super) fn label_similarity(&self, label: u32, direction: &Vector) -> f32 {
        let (layer, at) = self.of_label(label);
        let labels = &layer.vectors.labels;
        labels.highest_similarity(at..at + 1, direction)
    }

    /// Calls `each` with those of `passages` that are of this layer, and the similarity of the most similar sentence of each to
    /// a direction, above 0 and at most 1. Leaves out those that are less similar than what `each` returned last.
    pub(super) fn sentence_similarities(
        &self,
        passages: &Range<usize>,
        direction: &Vector,
        mut each: impl FnMut(u32, f32) -> f32,
    ) {
        let first = self.first.passages as usize;
        let end = passages.end.clamp(first, first + self.lengths.len());
        let start = passages.start.clamp(first, end);
        let mut buffer = Vec::new();
        let mut bar = f32::MIN_POSITIVE;
        for from in (start..end).step_by(BLOCK) {
            let block = from - first..end.min(from + BLOCK) - first;
            let rows = self.tokens.sentences_of_all(block);
            let directions = &self.vectors.sentences;
            let of_block = rows.start as usize..rows.end as usize;
            let similarities = directions.similarities(of_block, direction, &mut buffer);
            let mut rest = similarities;
            while let Some(at) = first_at_least(bar, rest) {
                let read = similarities.len() - rest.len();
                let passage = self.tokens.passage_of(rows.start + (read + at) as u32);
                let own = self.tokens.sentences_of(passage);
                let of_passage = (own.start - rows.start) as usize..(own.end - rows.start) as usize;
                rest = similarities.get(of_passage.end..).unwrap_or_default();
                let of_passage = similarities.get(of_passage).unwrap_or_default();
                let highest = of_passage.iter().copied().fold(0.0, f32::max);
                bar = each((first + passage) as u32, highest).max(f32::MIN_POSITIVE);
            }
        }
    }
}

/// Position of the first value that reaches `bar`.
fn first_at_least(bar: f32, values: &[f32]) -> Option<usize> {
    // Without a branch for each value, so that the compiler compares several at once.
    let reaches = |value: &f32| *value >= bar;
    let group = |values: &[f32]| values.iter().fold(false, |any, value| any | reaches(value));
    let from = GROUP * values.chunks(GROUP).position(group)?;
    let found = values.get(from..)?.iter().position(reaches)?;
    Some(from + found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::index;
    use proptest::prelude::*;

    const TEXT: &str = "# Harbour\n\nDogs travel free. The ferry leaves at noon.\n\nBread is baked in the morning.\n\n\
                        17 18 19.\n\nA ship is a large boat.\n\nThe council elects a mayor.";

    #[test]
    fn comparing_all_sentences_finds_what_each_passage_finds() {
        let index = index(TEXT);
        let passages = 0..index.lengths.len();
        let direction = Table::builtin().word("boat").unwrap().vector;
        let of_passage = |at: usize| {
            index
                .passage(PassageId(at as u32))
                .sentence_similarity(&direction)
        };
        let mut found = Vec::new();
        index.sentence_similarities(&passages, &direction, |passage, similarity| {
            found.push((passage as usize, similarity));
            0.0
        });
        let all = passages.clone().map(|at| (at, of_passage(at)));
        let expected: Vec<(usize, f32)> = all.filter(|(_, similarity)| *similarity > 0.0).collect();
        assert_eq!(found, expected);
        let mut highest = Vec::new();
        index.sentence_similarities(&passages, &direction, |passage, similarity| {
            highest.push(passage);
            similarity
        });
        assert_eq!(highest.last(), Some(&3));
        assert!(highest.len() <= found.len());
        index.sentence_similarities(&(1..2), &direction, |passage, _| {
            assert_eq!(passage, 1);
            0.0
        });
    }

    proptest! {
        #[test]
        fn the_first_of_many_values_is_found(values in prop::collection::vec(0.0_f32..1.0, 0..80), bar in 0.5_f32..1.1) {
            let expected = values.iter().position(|value| *value >= bar);
            prop_assert_eq!(first_at_least(bar, &values), expected);
        }
    }
}
