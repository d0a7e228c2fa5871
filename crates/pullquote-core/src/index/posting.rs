//! Postings: for each term, the passages that contain it.

use super::SurfaceId;
use super::dictionary::Dictionary;
use super::lists::Lists;
use crate::article::Corpus;

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

/// Postings of all terms, and for each term the number of articles that contain it.
///
/// Counts first and fills second, so that all rows share one allocation of the right size.
pub(super) fn build<'a>(
    corpus: &Corpus,
    dictionary: &Dictionary,
    tokens_of: impl Fn(usize) -> &'a [SurfaceId],
) -> (Lists<Posting>, Vec<u32>) {
    let (counts, articles_with) = count(corpus, dictionary, &tokens_of);
    let mut rows: Lists<Posting> = Lists::with_counts(&counts);
    let mut next: Vec<u32> = (0..counts.len())
        .map(|term| rows.range(term as u32).start as u32)
        .collect();
    let mut last_passage = vec![u32::MAX; counts.len()];
    for id in 0..corpus.passages().len() as u32 {
        for &surface in tokens_of(id as usize) {
            let term = dictionary.term_of(surface).0 as usize;
            let items = rows.items_mut();
            if last_passage[term] == id {
                let last = &mut items[next[term] as usize - 1];
                *last = Posting::new(id, last.tf() + 1);
            } else {
                last_passage[term] = id;
                items[next[term] as usize] = Posting::new(id, 1);
                next[term] += 1;
            }
        }
    }
    (rows, articles_with)
}

/// For each term, how many passages and how many articles contain it.
fn count<'a>(
    corpus: &Corpus,
    dictionary: &Dictionary,
    tokens_of: impl Fn(usize) -> &'a [SurfaceId],
) -> (Vec<u32>, Vec<u32>) {
    let terms = dictionary.terms();
    let (mut passages_with, mut articles_with) = (vec![0_u32; terms], vec![0_u32; terms]);
    let (mut last_passage, mut last_article) = (vec![u32::MAX; terms], vec![u32::MAX; terms]);
    for (id, passage) in corpus.passages().iter().enumerate() {
        for &surface in tokens_of(id) {
            let term = dictionary.term_of(surface).0 as usize;
            if last_passage[term] != id as u32 {
                last_passage[term] = id as u32;
                passages_with[term] += 1;
                if last_article[term] != passage.article.0 {
                    last_article[term] = passage.article.0;
                    articles_with[term] += 1;
                }
            }
        }
    }
    (passages_with, articles_with)
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
