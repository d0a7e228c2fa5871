//! Character 4-grams of the dictionary's words: they match parts of a word where other letters of it are wrong.
//!
//! Grams are word-bounded: `juche` has `^juc`, `juch`, `uche`, `che$`. Each is stored as a hash of 16 bits or fewer,
//! with the number of its occurrences. Collisions are rare and made no measurable difference.

use super::dictionary::{Dictionary, SurfaceId};
use super::lists::Lists;
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// Letters in a gram.
const LENGTH: usize = 4;
/// Most bits of a gram's code.
const MAX_BITS: u32 = 16;

/// The grams of every word.
#[derive(Debug, Clone)]
pub(super) struct Grams {
    /// For each surface form, the codes of its grams.
    codes: Lists<u16>,
    /// For each code, the number of tokens with such a gram.
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

    /// The codes of a surface form's grams.
    pub(super) fn of_surface(&self, surface: SurfaceId) -> &[u16] {
        self.codes.row(surface.0)
    }

    /// Calls `each` with the codes of any folded word's grams.
    pub(super) fn of_word(&self, word: &str, each: impl FnMut(u16)) {
        grams_of(word, self.bits, each);
    }

    /// Number of codes.
    pub(super) fn len(&self) -> usize {
        self.frequency.len()
    }

    /// Number of tokens with a gram of this code.
    pub(super) fn frequency(&self, code: u16) -> usize {
        self.frequency[usize::from(code)] as usize
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.codes.heap_bytes() + self.frequency.capacity() * 4
    }
}

/// Calls `each` with the codes of a folded word's grams: none for a number or a word of fewer than three letters.
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
