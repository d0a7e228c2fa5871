//! The words of the articles that are nearest in meaning to a word of a question, by the built-in table.
//!
//! To find them, a word is compared with the whole dictionary, so they are remembered: members ask with the same words again
//! and again.

use super::bm25::Statistics;
use super::expand::{Expansion, ExpansionKind, QueryTerm, RELATED_WEIGHT};
use super::{Index, QueryVectors, TermId};
use crate::query::Query;
use crate::semantic::{Table, WordDirections};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Least similarity of a neighbour. Of 360 questions on seventeen communities' pages, 171 are answered rightly with 0.5, 172 with
/// 0.4 and 167 with 0.6.
const LEAST: f32 = 0.5;
/// Neighbours that are remembered of a word. More than are used, as some of them may match the word already.
const REMEMBERED: usize = 8;
/// Words whose neighbours are remembered, at about 150 bytes a word.
const WORDS: usize = 1_000;

/// Most neighbours of a word that are added. Of the same questions, 171 are answered rightly and 54 wrongly with three, 173 and 58
/// with six, and 164 and 59 without neighbours.
const NEIGHBOURS: usize = 3;
/// Most words of one question that get neighbours; a longer text says enough in its own words.
const MAX_WITH_NEIGHBOURS: usize = 16;

/// Fewest passages among which words get neighbours. Where there are fewer, a question finds its passage by its own words, and a
/// neighbour leads away from it: a page on pull quotes answers *What is a pull quote?* with what it says on block quotations.
const FEWEST_PASSAGES: usize = 100;

/// A term near to a word in meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Neighbour {
    term: TermId,
    /// From [`LEAST`] to 1.
    similarity: f32,
}

/// The neighbours found for the words of earlier questions. A copy of an index begins without any.
#[derive(Debug, Default)]
pub(super) struct NeighboursFound(Mutex<ByWord>);

type ByWord = FxHashMap<Box<str>, Arc<[Neighbour]>>;

impl NeighboursFound {
    fn lock(&self) -> MutexGuard<'_, ByWord> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Heap bytes in use.
    pub(super) fn heap_bytes(&self) -> usize {
        /// The two counters of an `Arc`.
        const COUNTERS: usize = 2 * size_of::<usize>();
        let found = self.lock();
        let words = found.iter();
        let words = words.map(|(word, near)| word.len() + COUNTERS + size_of_val(&**near));
        found.capacity() * size_of::<(Box<str>, Arc<[Neighbour]>)>() + words.sum::<usize>()
    }
}

impl Clone for NeighboursFound {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Index {
    /// Adds to each word of a question up to [`NEIGHBOURS`] terms that are near to it in meaning, weighted by their similarity.
    ///
    /// Only words that the articles contain get neighbours: with them for other words, fewer questions were answered rightly.
    pub(super) fn add_neighbours(
        &self,
        query: &Query,
        terms: &mut [QueryTerm],
        vectors: &QueryVectors,
    ) {
        if vectors.terms.len() > MAX_WITH_NEIGHBOURS || self.passage_count() < FEWEST_PASSAGES {
            return;
        }
        let words = vectors.terms.iter();
        let words: Vec<&str> = words
            .map(|at| self.spelling_of(query, &terms[*at]))
            .collect();
        let found = self.neighbours(&words, &vectors.words);
        for (at, neighbours) in vectors.terms.iter().zip(found) {
            let term = &mut terms[*at];
            let first = term.expansions.first();
            if first.is_none_or(|first| first.via != ExpansionKind::Word) {
                continue;
            }
            let new = neighbours
                .iter()
                .filter(|near| !term.any(|other| other == near.term));
            let new: Vec<Expansion> = new
                .take(NEIGHBOURS)
                .map(|near| {
                    let weight = RELATED_WEIGHT * near.similarity;
                    self.related_expansion(near.term, weight, term.idf)
                })
                .collect();
            term.expansions.extend(new);
        }
    }

    /// The nearest terms of each word, the most similar first. `directions` has one for each word.
    fn neighbours(&self, words: &[&str], directions: &WordDirections) -> Vec<Arc<[Neighbour]>> {
        let known: Option<Vec<_>> = {
            let remembered = self.neighbours.lock();
            let known = words.iter().map(|word| remembered.get(*word).cloned());
            known.collect()
        };
        known.unwrap_or_else(|| {
            let found = self.compare_with_dictionary(words.len(), directions);
            let mut remembered = self.neighbours.lock();
            if remembered.len() + words.len() > WORDS {
                remembered.clear();
            }
            let pairs = words.iter().zip(&found);
            remembered.extend(pairs.map(|(word, found)| ((*word).into(), Arc::clone(found))));
            found
        })
    }

    /// The nearest terms of each of so many directions: comparing all of them takes little longer than one.
    fn compare_with_dictionary(
        &self,
        count: usize,
        directions: &WordDirections,
    ) -> Vec<Arc<[Neighbour]>> {
        let mut near: Vec<Vec<Neighbour>> = vec![Vec::new(); count];
        for layer in self.layers() {
            Table::builtin().near(
                layer.vectors.whole_words(),
                directions,
                LEAST,
                |word, to, similarity| {
                    let term = layer.dictionary.term_at(word);
                    near[to].push(Neighbour { term, similarity });
                },
            );
        }
        near.into_iter().map(|near| self.nearest(near)).collect()
    }

    /// The nearest of some neighbours, each term once; equally near ones in the order of their spelling, because numbers depend
    /// on which articles share an index.
    fn nearest(&self, mut near: Vec<Neighbour>) -> Arc<[Neighbour]> {
        near.sort_by(|a, b| {
            let spelling = |near: &Neighbour| self.stem(near.term);
            b.similarity
                .total_cmp(&a.similarity)
                .then_with(|| spelling(a).cmp(spelling(b)))
        });
        let mut nearest: Vec<Neighbour> = Vec::with_capacity(REMEMBERED);
        for neighbour in near {
            if nearest.len() == REMEMBERED {
                break;
            }
            if nearest.iter().all(|other| other.term != neighbour.term) {
                nearest.push(neighbour);
            }
        }
        nearest.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::index;

    fn direction(word: &str) -> WordDirections {
        WordDirections::new(&[&Table::builtin().word(word).unwrap().vector])
    }

    /// The neighbours of a word among the words of a text.
    fn near(index: &Index, word: &str) -> Vec<String> {
        let neighbours = index.neighbours(&[word], &direction(word));
        let stems = neighbours[0]
            .iter()
            .map(|near| index.stem(near.term).to_owned());
        stems.collect()
    }

    #[test]
    fn near_words_are_found_once_and_the_nearest_first() {
        let index = index(
            "The robbers were elected. A robber met thieves, and a wealthy thief took the tram.",
        );
        assert_eq!(near(&index, "robbers"), ["robber", "thief"]);
        assert_eq!(near(&index, "rich"), ["wealthi"]);
        assert!(near(&index, "zucchini").is_empty());
    }

    #[test]
    fn what_is_remembered_is_what_is_found() {
        let index = index("Robbers and thieves took the tram.");
        let before = index.heap_bytes();
        let first = near(&index, "robbers");
        let after = index.heap_bytes();
        assert!(after > before);
        assert_eq!(near(&index, "robbers"), first);
        assert_eq!(index.heap_bytes(), after);
        for number in 0..2 * WORDS {
            index.neighbours(&[&format!("w{number}")], &direction("tram"));
        }
        assert!(index.neighbours.lock().len() <= WORDS);
        assert_eq!(near(&index, "robbers"), first);
    }
}
