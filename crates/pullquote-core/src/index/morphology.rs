//! Word families. A word that is in no article may occur as a derivation with another stem (`diplomat`, `diplomacy`;
//! `Machiavelli`, `Machiavellian`), or as part of a compound (`Bienen`, `Bienenvölker`; `berries`, `blueberries`).

use super::alphabet::Entry;
use super::{Index, TermId};
use std::cmp::Reverse;

/// Fewest leading letters that two words of a family share. With four, as many pairs were chance.
const MIN_COMMON: usize = 5;
/// Smallest shared part of the longer of the two stems, in percent.
const COMMON_PERCENT: usize = 60;
/// Most terms that are returned for one word.
const LIMIT: usize = 3;

/// Up to [`LIMIT`] terms that begin like `stem`, those that differ in the fewest letters first; equals by
/// frequency, then by spelling.
pub(super) fn word_family(index: &Index, stem: &str) -> Vec<TermId> {
    let letters = stem.chars().count();
    let Some(beginning) = long_enough(stem) else {
        return Vec::new();
    };
    let near = |term: TermId| {
        let other = index.stem(term);
        let pairs = stem.chars().zip(other.chars());
        let common = pairs.take_while(|(a, b)| a == b).count();
        let longer = letters.max(other.chars().count());
        let is_family = common >= MIN_COMMON && common * 100 >= COMMON_PERCENT * longer;
        is_family.then_some(longer - common)
    };
    let entries = index
        .layers()
        .flat_map(|layer| layer.alphabet.beginning(&layer.dictionary, beginning));
    nearest(index, entries, near)
}

/// Up to [`LIMIT`] terms of longer words that begin with a word (or with its stem, if that is long enough) or end with
/// it, the shortest first; equals by frequency, then by spelling.
pub(super) fn compounds(index: &Index, word: &str, stem: &str) -> Vec<TermId> {
    if long_enough(word).is_none() {
        return Vec::new();
    }
    let beginning = if long_enough(stem).is_some() {
        stem
    } else {
        word
    };
    let entries = index.layers().flat_map(|layer| {
        let begin = layer.alphabet.beginning(&layer.dictionary, beginning);
        let end = layer.alphabet.ending(&layer.dictionary, word);
        begin.iter().chain(end)
    });
    let longer = |term: TermId| Some(index.stem(term).len());
    nearest(index, entries, longer)
}

/// The letters that every word of the family begins with; `None` for a word that is too short or contains a digit.
fn long_enough(word: &str) -> Option<&str> {
    let (at, letter) = word.char_indices().nth(MIN_COMMON - 1)?;
    let least = word.get(..at + letter.len_utf8());
    least.filter(|_| !word.contains(char::is_numeric))
}

/// The terms of `entries` with the smallest distance. A distance of `None` excludes a term.
fn nearest<'a>(
    index: &Index,
    entries: impl Iterator<Item = &'a Entry>,
    distance: impl Fn(TermId) -> Option<usize>,
) -> Vec<TermId> {
    let terms = entries.map(|entry| index.term_of(entry.word));
    let mut found: Vec<(usize, Reverse<u32>, &str, TermId)> = terms
        .filter_map(|term| {
            let frequency = Reverse(index.term_frequency(term));
            Some((distance(term)?, frequency, index.stem(term), term))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(LIMIT);
    found.into_iter().map(|(.., term)| term).collect()
}
