//! The dictionary's words sorted by their beginning and by their end, for prefix and suffix searches. Each entry has a
//! sketch of the word, which rules most words out as corrections without comparing letters.

use super::dictionary::{Dictionary, SurfaceId};
use std::cmp::Ordering;

/// Both orders, with the words of 2 to [`MAX_LETTERS`] letters that contain no digits.
#[derive(Debug, Clone, Default)]
pub(super) struct Alphabet {
    forward: Vec<Entry>,
    backward: Vec<Entry>,
}

/// A word of the dictionary.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) word: SurfaceId,
    pub(super) sketch: Sketch,
}

/// Longer words are neither corrected nor offered as corrections.
const MAX_LETTERS: usize = 40;

impl Alphabet {
    pub(super) fn build(dictionary: &Dictionary) -> Self {
        let entry = |word: SurfaceId| {
            let sketch = Sketch::of(dictionary.spelling(word))?;
            Some(Entry { word, sketch })
        };
        let mut forward: Vec<Entry> = dictionary
            .surfaces()
            .map(SurfaceId)
            .filter_map(entry)
            .collect();
        forward.shrink_to_fit();
        let mut backward = forward.clone();
        let spelling = |entry: &Entry| dictionary.spelling(entry.word);
        forward.sort_unstable_by(|a, b| spelling(a).cmp(spelling(b)));
        backward.sort_unstable_by(|a, b| from_the_back(spelling(a), spelling(b)));
        Self { forward, backward }
    }

    /// All words, in alphabetical order.
    pub(super) fn all(&self) -> &[Entry] {
        &self.forward
    }

    /// The words that begin with `letters`, in alphabetical order.
    pub(super) fn beginning(&self, dictionary: &Dictionary, letters: &str) -> &[Entry] {
        let spelling = |entry: &Entry| dictionary.spelling(entry.word);
        let start = |entry: &Entry| spelling(entry) < letters;
        let inside = |entry: &Entry| spelling(entry).starts_with(letters);
        stretch(&self.forward, start, inside)
    }

    /// The words that end with `letters`.
    pub(super) fn ending(&self, dictionary: &Dictionary, letters: &str) -> &[Entry] {
        let spelling = |entry: &Entry| dictionary.spelling(entry.word);
        let start = |entry: &Entry| from_the_back(spelling(entry), letters).is_lt();
        let inside = |entry: &Entry| spelling(entry).ends_with(letters);
        stretch(&self.backward, start, inside)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        (self.forward.capacity() + self.backward.capacity()) * size_of::<Entry>()
    }
}

/// The entries after all that are `before`, up to the last that is `inside`.
fn stretch(
    entries: &[Entry],
    before: impl Fn(&Entry) -> bool,
    inside: impl Fn(&Entry) -> bool,
) -> &[Entry] {
    let rest = entries.get(entries.partition_point(before)..);
    let rest = rest.unwrap_or_default();
    rest.get(..rest.partition_point(inside)).unwrap_or_default()
}

fn from_the_back(a: &str, b: &str) -> Ordering {
    a.bytes().rev().cmp(b.bytes().rev())
}

/// Which letters a word has, and how many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sketch {
    /// The lowest [`Self::LETTER_BITS`] bits: one for each letter that occurs, modulo their number, which keeps the letters
    /// of the Latin alphabet apart. Above them: the number of letters.
    bits: u32,
}

impl Sketch {
    const LETTER_BITS: u32 = 26;

    /// `None` for what is never corrected: a number may be any other number, a single letter is one edit from every
    /// other, and scripts without spaces have no words.
    pub(super) fn of(word: &str) -> Option<Self> {
        let (mut count, mut bits) = (0, 0);
        for letter in word.chars() {
            if letter.is_numeric() {
                return None;
            }
            count += 1;
            bits |= 1 << (u32::from(letter) % Self::LETTER_BITS);
        }
        let is_correctable =
            (2..=MAX_LETTERS).contains(&count) && !word.starts_with(crate::text::is_spaceless);
        is_correctable.then_some(Self {
            bits: (count as u32) << Self::LETTER_BITS | bits,
        })
    }

    /// Whether the words may be within this many edits of each other. Replacing a letter changes two bits, adding or
    /// removing one changes one bit, a swap changes none.
    pub(super) fn may_be_within(self, other: Self, edits: u32) -> bool {
        let letters = |sketch: Self| sketch.bits >> Self::LETTER_BITS;
        let mut differ = (self.bits ^ other.bits) << (u32::BITS - Self::LETTER_BITS);
        // Clears the lowest bit: faster than counting bits where the processor has no instruction for that.
        for _ in 0..2 * edits {
            differ &= differ.wrapping_sub(1);
        }
        differ == 0 && letters(self).abs_diff(letters(other)) <= edits
    }
}
