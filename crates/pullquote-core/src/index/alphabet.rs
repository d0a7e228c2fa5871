//! The dictionary's words in alphabetical order, read from the front and from the back: which words begin,
//! or end, with these letters. Beside each word stands a sketch of it, so that most words that are not near to
//! another are told without a look at their letters.

use super::dictionary::{Dictionary, SurfaceId};
use std::cmp::Ordering;

/// Both orders. Holds words of 2 to [`MAX_LETTERS`] letters without digits.
#[derive(Debug, Clone)]
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

/// Words beyond this many letters are neither repaired nor offered as repairs.
const MAX_LETTERS: usize = 40;

impl Alphabet {
    pub(super) fn build(dictionary: &Dictionary) -> Self {
        let entry = |word: SurfaceId| {
            let sketch = Sketch::of(dictionary.spelling(word))?;
            Some(Entry { word, sketch })
        };
        let mut forward: Vec<Entry> = (0..dictionary.surfaces())
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
        let holds = |entry: &Entry| spelling(entry).starts_with(letters);
        stretch(&self.forward, start, holds)
    }

    /// The words that end with `letters`.
    pub(super) fn ending(&self, dictionary: &Dictionary, letters: &str) -> &[Entry] {
        let spelling = |entry: &Entry| dictionary.spelling(entry.word);
        let start = |entry: &Entry| from_the_back(spelling(entry), letters).is_lt();
        let holds = |entry: &Entry| spelling(entry).ends_with(letters);
        stretch(&self.backward, start, holds)
    }

    pub(super) fn heap_bytes(&self) -> usize {
        (self.forward.capacity() + self.backward.capacity()) * size_of::<Entry>()
    }
}

/// What comes after all that are `before`, as far as they are `inside`.
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

/// Which letters a word has, and how many in all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sketch {
    /// The number of letters above [`Self::LETTER_BITS`] bits, one for each letter that occurs: letters taken
    /// modulo their number, which keeps those of the Latin alphabet apart.
    bits: u32,
}

impl Sketch {
    const LETTER_BITS: u32 = 26;

    /// `None` for what is never repaired: numbers are not read as other numbers, a single letter is near to
    /// every other, and writing without spaces has no words.
    pub(super) fn of(word: &str) -> Option<Self> {
        let (mut count, mut bits) = (0, 0);
        for letter in word.chars() {
            if letter.is_numeric() {
                return None;
            }
            count += 1;
            bits |= 1 << (u32::from(letter) % Self::LETTER_BITS);
        }
        let repairable =
            (2..=MAX_LETTERS).contains(&count) && !word.starts_with(crate::text::is_spaceless);
        repairable.then_some(Self {
            bits: (count as u32) << Self::LETTER_BITS | bits,
        })
    }

    /// Whether so few edits may be enough to make one word of the other. A replaced letter changes two bits,
    /// an added or lost one changes one, a swap none.
    pub(super) fn may_be_within(self, other: Self, edits: u32) -> bool {
        let letters = |sketch: Self| sketch.bits >> Self::LETTER_BITS;
        let mut differ = (self.bits ^ other.bits) << (u32::BITS - Self::LETTER_BITS);
        // Takes the lowest bit away; quicker than counting where a processor has no instruction for that.
        for _ in 0..2 * edits {
            differ &= differ.wrapping_sub(1);
        }
        differ == 0 && letters(self).abs_diff(letters(other)) <= edits
    }
}
