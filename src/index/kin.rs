//! Words of one family: a word that no article holds may stand there in another part of speech that the
//! stemmer keeps apart (`diplomat`, `diplomacy`; `Machiavelli`, `Machiavellian`).

use super::dictionary::{Dictionary, TermId};
use std::cmp::Reverse;

/// Letters from the beginning that kin have in common, at least; with four, chance made as many pairs.
const LEAST_COMMON: usize = 5;
/// ... and the least share of the longer of the two stems, in percent.
const COMMON_PERCENT: usize = 60;
/// Kin of one word that are considered.
const MOST: usize = 3;

/// The terms in alphabetical order.
#[derive(Debug, Clone)]
pub(super) struct Kin {
    sorted: Vec<TermId>,
}

impl Kin {
    pub(super) fn build(dictionary: &Dictionary) -> Self {
        let long = |term: &TermId| dictionary.term(*term).len() >= LEAST_COMMON;
        let mut sorted: Vec<TermId> = (0..dictionary.terms() as u32)
            .map(TermId)
            .filter(long)
            .collect();
        sorted.sort_unstable_by_key(|&term| dictionary.term(term));
        sorted.shrink_to_fit();
        Self { sorted }
    }

    /// The terms that share the most of their beginning with `stem`, the nearest first; equals by
    /// frequency.
    pub(super) fn of(&self, dictionary: &Dictionary, stem: &str) -> Vec<TermId> {
        let letters = stem.chars().count();
        let Some((cut, _)) = stem.char_indices().nth(LEAST_COMMON - 1) else {
            return Vec::new();
        };
        if stem.contains(char::is_numeric) {
            return Vec::new();
        }
        // All before the fifth letter; the fifth is compared with the rest.
        let (head, _) = stem.split_at_checked(cut).unwrap_or_default();
        let from = self
            .sorted
            .partition_point(|&term| dictionary.term(term) < head);
        let mut found: Vec<(usize, Reverse<u32>, TermId)> = self.sorted[from..]
            .iter()
            .map(|&term| (term, dictionary.term(term)))
            .take_while(|(_, other)| other.starts_with(head))
            .filter_map(|(term, other)| {
                let pairs = stem.chars().zip(other.chars());
                let common = pairs.take_while(|(a, b)| a == b).count();
                let longer = letters.max(other.chars().count());
                let kin = common >= LEAST_COMMON && common * 100 >= COMMON_PERCENT * longer;
                let frequency = Reverse(dictionary.frequency(term));
                kin.then_some((longer - common, frequency, term))
            })
            .collect();
        found.sort_unstable();
        found.truncate(MOST);
        found.into_iter().map(|(.., term)| term).collect()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.sorted.capacity() * size_of::<TermId>()
    }
}
