//! The dictionary by character 4-grams: which words share letters with a word of the question.
//!
//! Grams are word-bounded: `juche` has `^juc`, `juch`, `uche`, `che$`. They are kept hashed into
//! buckets, over words and not over passages, so that they weigh little.

use super::dictionary::{Dictionary, SurfaceId};
use super::lists::Lists;
use std::hash::{BuildHasher, Hash};

/// Letters in a gram.
const LENGTH: usize = 4;

/// Words by the grams that they hold.
#[derive(Debug, Clone)]
pub(super) struct Grams {
    buckets: Lists<SurfaceId>,
    mask: u32,
}

/// The grams of a folded word as hashes; none for words under three letters and numbers.
pub(super) fn grams_of(word: &str, mut each: impl FnMut(u32)) {
    let mut letters = [' '; 66];
    let mut count = 1;
    for letter in word.chars().take(64) {
        letters[count] = letter;
        count += 1;
    }
    if count < LENGTH
        || word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return;
    }
    count += 1;
    for gram in letters[..count].windows(LENGTH) {
        each(hash(gram));
    }
}

impl Grams {
    pub(super) fn build(dictionary: &Dictionary) -> Self {
        // About four times as many buckets as words keeps most grams apart.
        let rows = (dictionary.surfaces() as usize * 4)
            .next_power_of_two()
            .clamp(1 << 8, 1 << 20);
        let mask = rows as u32 - 1;
        let mut counts = vec![0_u32; rows];
        let all = || (0..dictionary.surfaces()).map(SurfaceId);
        for surface in all() {
            grams_of(dictionary.spelling(surface), |gram| {
                counts[(gram & mask) as usize] += 1;
            });
        }
        let mut buckets = Lists::with_counts(&counts);
        let mut next: Vec<u32> = (0..rows as u32)
            .map(|row| buckets.range(row).start as u32)
            .collect();
        for surface in all() {
            grams_of(dictionary.spelling(surface), |gram| {
                let place = &mut next[(gram & mask) as usize];
                buckets.items_mut()[*place as usize] = surface;
                *place += 1;
            });
        }
        Self { buckets, mask }
    }

    /// The words that hold a gram (and, rarely, some of another gram in the same bucket).
    pub(super) fn words(&self, gram: u32) -> &[SurfaceId] {
        self.buckets.row(gram & self.mask)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.buckets.heap_bytes()
    }
}

fn hash(gram: &[char]) -> u32 {
    let mut hasher = rustc_hash::FxBuildHasher.build_hasher();
    gram.hash(&mut hasher);
    (std::hash::Hasher::finish(&hasher) >> 20) as u32
}
