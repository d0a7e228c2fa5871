//! Words of one family: a word that no article holds may stand there in another part of speech that the
//! stemmer keeps apart (`diplomat`, `diplomacy`; `Machiavelli`, `Machiavellian`), or inside of a longer one
//! (`Bienen`, `Bienenvölker`; `berries`, `blueberries`).

use super::alphabet::{Alphabet, Entry};
use super::dictionary::{Dictionary, TermId};
use std::cmp::Reverse;

/// Letters from the beginning that kin have in common, at least; with four, chance made as many pairs.
const LEAST_COMMON: usize = 5;
/// ... and the least share of the longer of the two stems, in percent.
const COMMON_PERCENT: usize = 60;
/// Kin of one word that are considered.
const MOST: usize = 3;

/// The terms that share the most of their beginning with `stem`, the nearest first; equals by frequency.
pub(super) fn word_family(dictionary: &Dictionary, alphabet: &Alphabet, stem: &str) -> Vec<TermId> {
    let letters = stem.chars().count();
    let Some(beginning) = long_enough(stem) else {
        return Vec::new();
    };
    let near = |term: TermId| {
        let other = dictionary.term(term);
        let pairs = stem.chars().zip(other.chars());
        let common = pairs.take_while(|(a, b)| a == b).count();
        let longer = letters.max(other.chars().count());
        let kin = common >= LEAST_COMMON && common * 100 >= COMMON_PERCENT * longer;
        kin.then_some(longer - common)
    };
    nearest(dictionary, alphabet.beginning(dictionary, beginning), near)
}

/// The terms of longer words that begin with a word (or with its stem, if that is long enough) or end with it, the
/// shortest first; equals by frequency.
pub(super) fn compounds(
    dictionary: &Dictionary,
    alphabet: &Alphabet,
    word: &str,
    stem: &str,
) -> Vec<TermId> {
    if long_enough(word).is_none() {
        return Vec::new();
    }
    let beginning = if long_enough(stem).is_some() {
        stem
    } else {
        word
    };
    let begin = alphabet.beginning(dictionary, beginning);
    let end = alphabet.ending(dictionary, word);
    let longer = |term: TermId| Some(dictionary.term(term).len());
    nearest(dictionary, begin.iter().chain(end), longer)
}

/// The letters that kin of a word begin with at least; `None` for one that is too short, or a number.
fn long_enough(word: &str) -> Option<&str> {
    let (at, letter) = word.char_indices().nth(LEAST_COMMON - 1)?;
    let least = word.get(..at + letter.len_utf8());
    least.filter(|_| !word.contains(char::is_numeric))
}

/// The few terms that are nearest, of those of `entries` that are near at all.
fn nearest<'a>(
    dictionary: &Dictionary,
    entries: impl IntoIterator<Item = &'a Entry>,
    distance: impl Fn(TermId) -> Option<usize>,
) -> Vec<TermId> {
    let terms = entries
        .into_iter()
        .map(|entry| dictionary.term_of(entry.word));
    let mut found: Vec<(usize, Reverse<u32>, TermId)> = terms
        .filter_map(|term| {
            let frequency = Reverse(dictionary.frequency(term));
            Some((distance(term)?, frequency, term))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST);
    found.into_iter().map(|(.., term)| term).collect()
}
