//! Postings: for each term, the passages that contain it.

use super::lists::Lists;
use super::{Index, SurfaceId, TermId};

/// One passage that contains a term.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Posting {
    /// Passage number in the upper 28 bits, term frequency (15 at most) in the lower four.
    packed: u32,
}

impl Posting {
    const TF_BITS: u32 = 4;

    fn new(passage: u32, tf: u32) -> Self {
        Self {
            packed: passage << Self::TF_BITS | tf.min(15),
        }
    }

    pub(super) fn passage(self) -> u32 {
        self.packed >> Self::TF_BITS
    }

    /// How often the term occurs in the passage; 15 stands for 15 or more.
    pub(super) fn tf(self) -> u32 {
        self.packed & 15
    }
}

/// For each row of the dictionary's terms, the passages that contain the term, and how many articles do.
///
/// Counts first and fills second, so that all rows share one allocation of the right size.
pub(super) fn build(index: &Index) -> (Lists<Posting>, Vec<u32>) {
    let (counts, articles_with) = count(index);
    let mut rows: Lists<Posting> = Lists::with_counts(&counts);
    let mut next: Vec<u32> = (0..counts.len())
        .map(|term| rows.range(term as u32).start as u32)
        .collect();
    let mut last_passage = vec![u32::MAX; counts.len()];
    for (id, at) in (index.first.passages..).zip(0..index.lengths.len()) {
        for row in rows_of(index, at) {
            let items = rows.items_mut();
            if last_passage[row] == id {
                let last = &mut items[next[row] as usize - 1];
                *last = Posting::new(id, last.tf() + 1);
            } else {
                last_passage[row] = id;
                items[next[row] as usize] = Posting::new(id, 1);
                next[row] += 1;
            }
        }
    }
    (rows, articles_with)
}

/// For each row of the dictionary's terms, how many passages and how many articles contain the term.
fn count(index: &Index) -> (Vec<u32>, Vec<u32>) {
    let terms = index.dictionary.term_row_count();
    let (mut passages_with, mut articles_with) = (vec![0_u32; terms], vec![0_u32; terms]);
    let (mut last_passage, mut last_article) = (vec![usize::MAX; terms], vec![u32::MAX; terms]);
    for (at, &article) in index.article_of.iter().enumerate() {
        for row in rows_of(index, at) {
            if last_passage[row] != at {
                last_passage[row] = at;
                passages_with[row] += 1;
                if last_article[row] != article {
                    last_article[row] = article;
                    articles_with[row] += 1;
                }
            }
        }
    }
    (passages_with, articles_with)
}

/// The row of the term of each token of the passage at a position.
fn rows_of(index: &Index, passage: usize) -> impl Iterator<Item = usize> {
    let tokens = index.tokens.of_passage(passage);
    let row = |token: SurfaceId| index.dictionary.row_of(index.term_of(token));
    tokens.filter_map(row).map(|row| row as usize)
}

impl Index {
    /// The passages of this layer that contain a term, in reading order.
    pub(super) fn own_postings(&self, term: TermId) -> &[Posting] {
        let row = self.dictionary.row_of(term);
        row.map_or(&[], |row| self.postings.row(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_keeps_passage_and_frequency() {
        let check = |passage: u32, tf: u32, kept: u32| {
            let posting = Posting::new(passage, tf);
            assert_eq!((posting.passage(), posting.tf()), (passage, kept));
        };
        check(0, 1, 1);
        check((1 << 28) - 1, 15, 15);
        check(7, 40, 15);
    }
}
