//! The keys of the embedding table: words and word pieces, grouped by position in the word and by length.

use super::word_pieces::PiecePosition;
use std::cmp::Ordering;

/// Length of the longest key, in bytes.
pub const LONGEST: usize = 20;

/// The keys of a table, in place in its bytes.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// By length, from 1.
    starts: Vec<Group>,
    /// By length, from 1.
    insides: Vec<Group>,
    count: usize,
}

/// Sorted keys of one length, without separators.
#[derive(Debug)]
struct Group {
    /// Row of the first key.
    first: usize,
    bytes: &'static [u8],
}

impl Keys {
    /// Reads the counts and keys at the start of `bytes`. Also returns the rest; `None` if the bytes are cut short.
    pub(super) fn parse(bytes: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let mut rest = bytes;
        let mut counts = Vec::with_capacity(2 * LONGEST);
        for _ in 0..2 * LONGEST {
            let (count, after) = rest.split_first_chunk::<4>()?;
            counts.push(u32::from_le_bytes(*count) as usize);
            rest = after;
        }
        let mut starts = Vec::with_capacity(counts.len());
        let mut first = 0;
        for (at, count) in counts.into_iter().enumerate() {
            let length = at % LONGEST + 1;
            let (bytes, after) = rest.split_at_checked(count.checked_mul(length)?)?;
            starts.push(Group { first, bytes });
            first += count;
            rest = after;
        }
        let insides = starts.split_off(LONGEST);
        let keys = Self {
            starts,
            insides,
            count: first,
        };
        Some((keys, rest))
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The row of a key.
    pub(super) fn find(&self, place: PiecePosition, key: &str) -> Option<usize> {
        let groups = match place {
            PiecePosition::Start => &self.starts,
            PiecePosition::Inside => &self.insides,
        };
        let group = groups.get(key.len().checked_sub(1)?)?;
        Some(group.first + search(group.bytes, key.as_bytes())?)
    }

    /// The key of a row, if it is one of the start of a word.
    pub(super) fn start(&self, row: usize) -> Option<&'static str> {
        // The last group that begins at or before the row, and so the length of its keys.
        let length = self.starts.partition_point(|group| group.first <= row);
        let group = self.starts.get(length.checked_sub(1)?)?;
        let from = (row - group.first) * length;
        str::from_utf8(group.bytes.get(from..from + length)?).ok()
    }

    /// How many keys are those of the start of a word: their rows come first.
    pub(super) fn start_count(&self) -> usize {
        self.insides.first().map_or(0, |group| group.first)
    }
}

/// Position of `key` among sorted `keys` of the same length.
fn search(keys: &[u8], key: &[u8]) -> Option<usize> {
    let (mut low, mut high) = (0, keys.len() / key.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let found = keys.get(middle * key.len()..(middle + 1) * key.len())?;
        match found.cmp(key) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Some(middle),
            Ordering::Greater => high = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_key_among_keys_of_its_length() {
        let check = |keys: &str, key: &str, expected| {
            assert_eq!(search(keys.as_bytes(), key.as_bytes()), expected, "{key}");
        };
        check("abbacd", "ab", Some(0));
        check("abbacd", "ba", Some(1));
        check("abbacd", "cd", Some(2));
        // Not at a key's boundary.
        check("abbacd", "bb", None);
        check("abbacd", "zz", None);
        check("", "ab", None);
    }
}
