//! Words of one family: a word that no article holds may stand there in another part of speech that the
//! stemmer keeps apart (`diplomat`, `diplomacy`; `Machiavelli`, `Machiavellian`).

use super::alphabet::Alphabet;
use super::dictionary::{Dictionary, TermId};
use std::cmp::Reverse;

/// Letters from the beginning that kin have in common, at least; with four, chance made as many pairs.
const LEAST_COMMON: usize = 5;
/// ... and the least share of the longer of the two stems, in percent.
const COMMON_PERCENT: usize = 60;
/// Kin of one word that are considered.
const MOST: usize = 3;

/// The terms that share the most of their beginning with `stem`, the nearest first; equals by frequency.
pub(super) fn kin(dictionary: &Dictionary, alphabet: &Alphabet, stem: &str) -> Vec<TermId> {
    let letters = stem.chars().count();
    let least = stem.char_indices().nth(LEAST_COMMON - 1);
    let least = least.and_then(|(at, letter)| stem.get(..at + letter.len_utf8()));
    let Some(beginning) = least.filter(|_| !stem.contains(char::is_numeric)) else {
        return Vec::new();
    };
    let begin_alike = alphabet.beginning(dictionary, beginning);
    let mut found: Vec<(usize, Reverse<u32>, TermId)> = begin_alike
        .iter()
        .filter_map(|entry| {
            let term = dictionary.term_of(entry.word);
            let other = dictionary.term(term);
            let pairs = stem.chars().zip(other.chars());
            let common = pairs.take_while(|(a, b)| a == b).count();
            let longer = letters.max(other.chars().count());
            let kin = common >= LEAST_COMMON && common * 100 >= COMMON_PERCENT * longer;
            let frequency = Reverse(dictionary.frequency(term));
            kin.then_some((longer - common, frequency, term))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST);
    found.into_iter().map(|(.., term)| term).collect()
}
