//! Character 4-grams of the dictionary's words: they match parts of a word where other letters of it are wrong.
//!
//! Grams are word-bounded: `juche` has `^juc`, `juch`, `uche`, `che$`. Each is stored as a hash of 16 bits, with the number
//! of its occurrences. Collisions are rare and made no measurable difference.

use super::dictionary::Dictionary;
use super::lists::Lists;
use super::{Index, SurfaceId};
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Letters in a gram.
const LENGTH: usize = 4;
/// How many codes there are.
pub(super) const CODES: usize = 1 << u16::BITS;

/// The grams of every word.
#[derive(Debug, Clone, Default)]
pub(super) struct Grams {
    /// For each surface form of the dictionary, the codes of its grams.
    codes: Lists<u16>,
    frequency: Frequencies,
}

impl Grams {
    /// The grams of the words that the articles of `index` contain.
    pub(super) fn build(index: &Index) -> Self {
        let mut frequency = vec![0_u32; CODES];
        for (surface, tokens) in index.dictionary.contained() {
            of_word(index.spelling(surface), |code| {
                frequency[usize::from(code)] += tokens;
            });
        }
        Self {
            codes: codes(&index.dictionary),
            frequency: Frequencies::new(&frequency),
        }
    }

    /// The codes of the grams of the surface form at a position.
    pub(super) fn at(&self, at: usize) -> &[u16] {
        self.codes.row(at as u32)
    }

    /// Number of tokens with a gram of this code.
    pub(super) fn frequency(&self, code: u16) -> u32 {
        self.frequency.of(code)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.codes.heap_bytes() + self.frequency.heap_bytes()
    }
}

fn codes(dictionary: &Dictionary) -> Lists<u16> {
    let mut codes = Lists::default();
    for surface in dictionary.surfaces().map(SurfaceId) {
        of_word(dictionary.spelling(surface), |code| codes.push(code));
        codes.end_row();
    }
    codes.shrink();
    codes
}

/// Calls `each` with the codes of a folded word's grams: none for a number or a word of fewer than three letters.
pub(super) fn of_word(word: &str, mut each: impl FnMut(u16)) {
    let mut letters = [' '; 66];
    let mut count = 1;
    for letter in word.chars().take(64) {
        letters[count] = letter;
        count += 1;
    }
    let is_number = || {
        word.bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    if count < LENGTH || is_number() {
        return;
    }
    for gram in letters[..=count].windows(LENGTH) {
        each((FxBuildHasher.hash_one(gram) >> (u64::BITS - u16::BITS)) as u16);
    }
}

/// Numbers by code, most of them 0: the others in order of their codes, and a bit for each code.
#[derive(Debug, Clone, Default)]
struct Frequencies {
    present: Vec<u64>,
    /// For each word of `present`, how many bits are set before it.
    before: Vec<u32>,
    values: Vec<u32>,
}

impl Frequencies {
    fn new(all: &[u32]) -> Self {
        let mut values: Vec<u32> = Vec::new();
        let (mut present, mut before) = (Vec::new(), Vec::new());
        for chunk in all.chunks(64) {
            before.push(values.len() as u32);
            let bits = chunk.iter().enumerate();
            let bits = bits.fold(0, |bits, (at, value)| bits | u64::from(*value > 0) << at);
            present.push(bits);
            values.extend(chunk.iter().filter(|value| **value > 0));
        }
        values.shrink_to_fit();
        Self {
            present,
            before,
            values,
        }
    }

    fn of(&self, code: u16) -> u32 {
        let (word, bit) = (usize::from(code / 64), code % 64);
        let bits = self.present.get(word).copied().unwrap_or_default();
        if bits >> bit & 1 == 0 {
            return 0;
        }
        let rank = (bits & ((1 << bit) - 1)).count_ones();
        self.values[(self.before[word] + rank) as usize]
    }

    fn heap_bytes(&self) -> usize {
        self.present.capacity() * 8 + (self.before.capacity() + self.values.capacity()) * 4
    }
}

#[cfg(test)]
mod tests {
    use super::{CODES, Frequencies};

    #[test]
    fn each_code_has_its_frequency() {
        let mut all = vec![0; CODES];
        for (code, value) in [(0, 3), (63, 1), (64, 9), (200, 2), (CODES - 1, 7)] {
            all[code] = value;
        }
        let frequencies = Frequencies::new(&all);
        let found: Vec<u32> = (0..=u16::MAX).map(|code| frequencies.of(code)).collect();
        assert_eq!(found, all);
    }
}
