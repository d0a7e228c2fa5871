//! The words of the articles that are nearest in meaning to a word of a question, by the built-in table.

use super::bm25::Statistics;
use super::expand::{Expansion, ExpansionKind, QueryTerm, RELATED_WEIGHT};
use super::{Index, QueryVectors, TermId};
use crate::query::Query;
use crate::semantic::{NearWords, RowId, Table};

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
    /// From [`NearWords::LEAST`] to 1.
    similarity: f32,
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
        for at in &vectors.terms {
            let term = &mut terms[*at];
            let first = term.expansions.first();
            if first.is_none_or(|first| first.via != ExpansionKind::Word) {
                continue;
            }
            let rows = self.rows_of(query, term).unwrap_or_default();
            let near = self.neighbours(&rows);
            let new = near
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

    /// The terms near to a word that consists of `rows`, the nearest first and each once. Those of a word of several pieces are
    /// near to one of them at least.
    fn neighbours(&self, rows: &[RowId]) -> Vec<Neighbour> {
        let table = Table::builtin();
        let Some(word) = table.sum(rows) else {
            return Vec::new();
        };
        let mut near: Vec<Neighbour> = Vec::new();
        for row in rows.iter().flat_map(|row| NearWords::builtin().of(*row)) {
            let surface = table
                .whole_word(row)
                .and_then(|word| self.find_surface(word));
            let Some(surface) = surface.filter(|surface| !self.is_stop_word(*surface)) else {
                continue;
            };
            let (term, similarity) = (
                self.term_of(surface),
                word.vector.similarity(&table.vector(row)),
            );
            match near.iter_mut().find(|other| other.term == term) {
                _ if similarity < NearWords::LEAST => {}
                Some(other) => other.similarity = other.similarity.max(similarity),
                None => near.push(Neighbour { term, similarity }),
            }
        }
        // Equally near ones in the order of their spelling, because numbers depend on which articles share an index.
        near.sort_by(|a, b| {
            let order = b.similarity.total_cmp(&a.similarity);
            order.then_with(|| self.stem(a.term).cmp(self.stem(b.term)))
        });
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::index;

    /// The neighbours of a word among the words of a text.
    fn near(index: &Index, word: &str) -> Vec<String> {
        let neighbours = index.neighbours(&Table::builtin().rows(word));
        let stems = neighbours
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
    fn a_word_of_several_pieces_has_neighbours() {
        assert!(Table::builtin().rows("riverboatmen").len() > 1);
        let index = index("A boat on the river. Bread is baked in the morning.");
        assert_eq!(near(&index, "riverboatmen"), ["river", "boat"]);
    }
}
