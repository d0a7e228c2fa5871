//! The dictionary's nearest words to a word that is not in it.
//!
//! One edit leaves one half of a word unchanged, so words at distance one begin or end with the same half. Only if
//! there are none, the whole dictionary is searched for words at distance two.
//!
//! The comparison stops at the limit and allocates nothing, unlike `strsim::osa_distance`, which the tests check it
//! against.

use super::Index;
use super::alphabet::{Alphabet, Entry, Sketch};
use super::dictionary::{Dictionary, SurfaceId};
use std::str::Chars;

/// The words nearest to another, all at the same distance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Neighbours {
    /// Optimal string alignment distance: 1 or 2.
    pub(super) distance: u32,
    /// In no particular order.
    pub(super) surfaces: Vec<SurfaceId>,
}

impl Index {
    /// The words nearest to `word`, which is in no dictionary, at most `limit` (1 or 2) edits away.
    pub(super) fn nearest_words(&self, word: &str, limit: u32) -> Neighbours {
        let mut all = Neighbours {
            distance: limit,
            surfaces: Vec::new(),
        };
        for layer in self.layers() {
            let near = nearest(&layer.dictionary, &layer.alphabet, word, all.distance);
            if !near.surfaces.is_empty() && near.distance < all.distance {
                all.surfaces.clear();
                all.distance = near.distance;
            }
            all.surfaces.extend(near.surfaces);
        }
        all
    }
}

/// The words of a dictionary nearest to `word`, which is not in it, at most `limit` (1 or 2) edits away.
pub(super) fn nearest(
    dictionary: &Dictionary,
    alphabet: &Alphabet,
    word: &str,
    limit: u32,
) -> Neighbours {
    let mut distance = 1;
    let mut surfaces = Vec::new();
    if let Some(sketch) = Sketch::of(word) {
        surfaces = one_edit_away(dictionary, alphabet, word, sketch);
        if surfaces.is_empty() && limit > 1 {
            distance = 2;
            let near = |entry: &&Entry| {
                sketch.may_be_within(entry.sketch, 2)
                    && is_within(word, dictionary.spelling(entry.word), 2)
            };
            let found = alphabet.all().iter().filter(near);
            surfaces = found.map(|entry| entry.word).collect();
        }
    }
    Neighbours { distance, surfaces }
}

/// Words with the same first half, with the same second half, or with two letters swapped between them.
fn one_edit_away(
    dictionary: &Dictionary,
    alphabet: &Alphabet,
    word: &str,
    sketch: Sketch,
) -> Vec<SurfaceId> {
    let middle = word.char_indices().nth(word.chars().count() / 2);
    let halves = middle.and_then(|(at, _)| word.split_at_checked(at));
    let Some((front, back)) = halves else {
        return Vec::new();
    };
    let near = |entry: &&Entry| {
        sketch.may_be_within(entry.sketch, 1) && is_within(word, dictionary.spelling(entry.word), 1)
    };
    let beginning = alphabet.beginning(dictionary, front).iter();
    let ending = alphabet.ending(dictionary, back).iter();
    let found = beginning.chain(ending).filter(near);
    let mut found: Vec<SurfaceId> = found.map(|entry| entry.word).collect();
    let (mut front, mut back) = (front.chars(), back.chars());
    if let (Some(left), Some(right)) = (front.next_back(), back.next()) {
        let swapped = [front.as_str(), back.as_str()].join(&format!("{right}{left}"));
        found.extend(dictionary.find_surface(&swapped));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether the optimal string alignment distance of two words is at most `edits`: letters added, removed or replaced, two
/// neighbours swapped, no letter edited twice.
fn is_within(word: &str, other: &str, edits: u32) -> bool {
    let Some(fewer) = edits.checked_sub(1) else {
        return word == other;
    };
    let (mut word, mut other) = (word.chars(), other.chars());
    // Skipping a common prefix never makes the distance larger.
    loop {
        let ((a, word_rest), (b, other_rest)) = (first_of(&word), first_of(&other));
        if a.is_none() && b.is_none() {
            return true;
        }
        if a != b {
            let within = |a: &Chars<'_>, b: &Chars<'_>| is_within(a.as_str(), b.as_str(), fewer);
            let swapped = || {
                let ((next_a, word_rest), (next_b, other_rest)) =
                    (first_of(&word_rest), first_of(&other_rest));
                next_a.is_some() && next_a == b && next_b == a && within(&word_rest, &other_rest)
            };
            return within(&word_rest, &other_rest)
                || within(&word_rest, &other)
                || within(&word, &other_rest)
                || swapped();
        }
        (word, other) = (word_rest, other_rest);
    }
}

/// The first letter and the rest.
fn first_of<'a>(letters: &Chars<'a>) -> (Option<char>, Chars<'a>) {
    let mut rest = letters.clone();
    (rest.next(), rest)
}

#[cfg(test)]
mod tests {
    use super::super::dictionary::DictionaryBuilder;
    use super::*;
    use crate::text::Language;
    use proptest::prelude::*;

    /// Few letters, so that words are often near to each other.
    const WORD: &str = "[abcdé]{2,9}";

    proptest! {
        #[test]
        fn edits_are_those_of_optimal_string_alignment(a in WORD, b in WORD, limit in 0_u32..3) {
            let distance = strsim::osa_distance(&a, &b) as u32;
            prop_assert_eq!(is_within(&a, &b, limit), distance <= limit);
        }

        #[test]
        fn nearest_finds_what_a_search_through_all_words_finds(
            words in prop::collection::vec(WORD, 1..60),
            typed in WORD,
            limit in 1_u32..3,
        ) {
            let mut dictionary = DictionaryBuilder::new(None);
            let words: Vec<String> = words.into_iter().filter(|word| *word != typed).collect();
            for word in &words {
                dictionary.surface(word, word, Language::ENGLISH);
            }
            let dictionary = dictionary.finish();
            let alphabet = Alphabet::build(&dictionary);
            let near = nearest(&dictionary, &alphabet, &typed, limit);
            let distance = |word: &String| strsim::osa_distance(&typed, word) as u32;
            let shortest = words.iter().map(distance).filter(|&distance| distance <= limit).min();
            let mut wanted: Vec<&String> = words.iter().filter(|word| Some(distance(word)) == shortest).collect();
            wanted.sort();
            wanted.dedup();
            let mut found: Vec<&str> =
                near.surfaces.iter().map(|surface| dictionary.spelling(*surface)).collect();
            found.sort_unstable();
            prop_assert_eq!(found, wanted);
        }
    }
}
