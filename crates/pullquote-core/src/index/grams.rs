//! Character 4-grams of the dictionary's words: what is left of a word when letters of it are wrong.
//!
//! Grams are word-bounded: `juche` has `^juc`, `juch`, `uche`, `che$`. Each word keeps its grams as
//! numbers, hashed into sixteen bits or fewer; how often each number stands in the corpus tells how
//! rare it is. A gram shares its number with another now and then, which costs nothing measurable.

use super::dictionary::{Dictionary, SurfaceId};
use super::lists::Lists;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Letters in a gram.
const LENGTH: usize = 4;
/// Numbers of grams, in bits, at most.
const MAX_BITS: u32 = 16;

/// The grams of every word.
#[derive(Debug, Clone)]
pub(super) struct Grams {
    /// For each surface form, its grams.
    codes: Lists<u16>,
    /// For each gram, tokens that hold it.
    frequency: Vec<u32>,
    bits: u32,
}

impl Grams {
    pub(super) fn build(dictionary: &Dictionary) -> Self {
        let bits = (dictionary.surfaces().max(1).ilog2() + 3).clamp(8, MAX_BITS);
        let mut frequency = vec![0_u32; 1 << bits];
        let mut codes = Lists::default();
        for surface in (0..dictionary.surfaces()).map(SurfaceId) {
            let tokens = dictionary.surface_frequency(surface);
            grams_of(dictionary.spelling(surface), bits, |code| {
                frequency[usize::from(code)] += tokens;
                codes.push(code);
            });
            codes.end_row();
        }
        codes.shrink();
        Self {
            codes,
            frequency,
            bits,
        }
    }

    /// The grams of a word of the dictionary.
    pub(super) fn of_surface(&self, surface: SurfaceId) -> &[u16] {
        self.codes.row(surface.0)
    }

    /// The grams of any folded word.
    pub(super) fn of_word(&self, word: &str, each: impl FnMut(u16)) {
        grams_of(word, self.bits, each);
    }

    /// How many numbers of grams there are.
    pub(super) fn len(&self) -> usize {
        self.frequency.len()
    }

    /// How many tokens of the corpus hold a gram.
    pub(super) fn frequency(&self, code: u16) -> usize {
        self.frequency[usize::from(code)] as usize
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.codes.heap_bytes() + self.frequency.capacity() * 4
    }
}

/// The grams of a folded word; none for words under three letters and numbers.
fn grams_of(word: &str, bits: u32, mut each: impl FnMut(u16)) {
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
        each((FxBuildHasher.hash_one(gram) >> (64 - bits)) as u16);
    }
}
