//! Nearest words of the dictionary to a word that is not in it.
//!
//! A scan over the words of about the same length, sixteen bytes of state a word read from a flat
//! array, with a signature of the letters as filter; few words get as far as the edit distance.

use super::dictionary::{Dictionary, SurfaceId};

/// Words beyond this many letters are neither repaired nor offered as repairs.
const MAX_LETTERS: usize = 40;

/// Signatures of all words, by length.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    /// For each length in letters, where its words begin; one more at the end.
    starts: Vec<u32>,
    signatures: Vec<u64>,
    words: Vec<SurfaceId>,
}

/// A word near to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Neighbour {
    pub(super) surface: SurfaceId,
    /// Optimal string alignment distance.
    pub(super) distance: u32,
}

impl Spelling {
    pub(super) fn build(dictionary: &Dictionary) -> Self {
        let mut words: Vec<(usize, SurfaceId)> = (0..dictionary.surfaces())
            .map(SurfaceId)
            .filter_map(|surface| {
                let spelling = dictionary.spelling(surface);
                let letters = spelling.chars().count();
                is_repairable(spelling, letters).then_some((letters, surface))
            })
            .collect();
        words.sort_unstable();
        let starts = (0..=MAX_LETTERS + 1)
            .map(|length| words.partition_point(|&(letters, _)| letters < length) as u32)
            .collect();
        Self {
            starts,
            signatures: words
                .iter()
                .map(|&(_, surface)| signature(dictionary.spelling(surface)))
                .collect(),
            words: words.into_iter().map(|(_, surface)| surface).collect(),
        }
    }

    /// The words within `limit` edits of `word` (optimal string alignment), in no special order.
    pub(super) fn neighbours(
        &self,
        dictionary: &Dictionary,
        word: &str,
        limit: u32,
    ) -> Vec<Neighbour> {
        let letters = word.chars().count();
        if !is_repairable(word, letters) {
            return Vec::new();
        }
        let wanted = signature(word);
        let bound = |length: usize| self.starts[length.min(MAX_LETTERS + 1)] as usize;
        let shortest = letters.saturating_sub(limit as usize).max(2);
        let range = bound(shortest)..bound(letters + limit as usize + 1);
        let mut found = Vec::new();
        for (signature, &surface) in self.signatures[range.clone()]
            .iter()
            .zip(&self.words[range])
        {
            // A replaced letter changes two bits, an added or lost one changes one, a swap none.
            if (signature ^ wanted).count_ones() <= 2 * limit {
                let distance = strsim::osa_distance(word, dictionary.spelling(surface)) as u32;
                if distance <= limit {
                    found.push(Neighbour { surface, distance });
                }
            }
        }
        found
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.starts.capacity() * 4 + self.signatures.capacity() * 8 + self.words.capacity() * 4
    }
}

/// Numbers are never read as other numbers, and a single letter is near to every other.
fn is_repairable(word: &str, letters: usize) -> bool {
    (2..=MAX_LETTERS).contains(&letters)
        && !word.contains(|letter: char| letter.is_numeric())
        && !word.starts_with(crate::text::is_spaceless)
}

/// The letters of a word as a multiset: two bits a letter (one, two or more of it), letters taken
/// modulo 32, which keeps those of an alphabet apart.
fn signature(word: &str) -> u64 {
    let mut bits = 0_u64;
    for letter in word.chars() {
        let one = 1_u64 << (u32::from(letter) % 32 * 2);
        bits |= if bits & one == 0 { one } else { one << 1 };
    }
    bits
}
