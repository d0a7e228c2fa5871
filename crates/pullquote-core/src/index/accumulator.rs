//! Score accumulators of the first pass, and the selection of the best scores.

use super::Index;
use super::bm25::Statistics;
use std::cmp::Ordering;
use std::ops::Add;

/// Scores by number, with a list of the numbers in use, so that clearing costs no more than what was used.
#[derive(Debug, Default)]
pub(super) struct Accumulator {
    values: Vec<f32>,
    /// The first `count` are in use. One longer than `values`, so that noting a number needs no branch: whether it is new
    /// is unpredictable.
    noted: Vec<u32>,
    count: usize,
}

impl Accumulator {
    /// Makes room for numbers below `length`.
    pub(super) fn reserve(&mut self, length: usize) {
        if self.values.len() < length {
            self.values.resize(length, 0.0);
            self.noted.resize(length + 1, 0);
        }
    }

    /// How many numbers there is room for.
    fn len(&self) -> usize {
        self.values.len()
    }

    /// Combines a score with what the number has already.
    #[inline]
    pub(super) fn put(&mut self, at: u32, value: f32, combine: impl Fn(f32, f32) -> f32) {
        let sum = &mut self.values[at as usize];
        if let Some(next) = self.noted.get_mut(self.count) {
            *next = at;
        }
        self.count += usize::from(*sum == 0.0);
        *sum = combine(*sum, value);
    }

    /// The numbers in use.
    pub(super) fn used(&self) -> &[u32] {
        self.noted.get(..self.count).unwrap_or_default()
    }

    pub(super) fn get(&self, at: u32) -> f32 {
        self.values[at as usize]
    }

    /// The highest score; 0 where there is none.
    pub(super) fn highest(&self) -> f32 {
        let values = self.used().iter().map(|&at| self.get(at));
        values.fold(0.0, f32::max)
    }

    pub(super) fn clear(&mut self) {
        for &at in self.noted.iter().take(self.count) {
            self.values[at as usize] = 0.0;
        }
        self.count = 0;
    }

    /// Adds the scores of `other` and empties it.
    fn take(&mut self, other: &mut Self) {
        for &at in other.noted.iter().take(other.count) {
            let value = std::mem::take(&mut other.values[at as usize]);
            self.put(at, value, f32::add);
        }
        other.count = 0;
    }
}

/// Scores of passages, sections, articles and labels.
#[derive(Debug, Default)]
pub(super) struct FieldScores {
    pub(super) passages: Accumulator,
    pub(super) sections: Accumulator,
    pub(super) articles: Accumulator,
    pub(super) labels: Accumulator,
}

impl FieldScores {
    fn reserve(&mut self, index: &Index) {
        self.passages.reserve(index.passage_count());
        self.sections.reserve(index.end.sections as usize);
        self.articles.reserve(index.article_count());
        self.labels.reserve(index.end.labels as usize);
    }

    /// Adds the scores of `other` and empties it.
    pub(super) fn take(&mut self, other: &mut Self) {
        self.passages.take(&mut other.passages);
        self.sections.take(&mut other.sections);
        self.articles.take(&mut other.articles);
        self.labels.take(&mut other.labels);
    }

    pub(super) fn clear(&mut self) {
        self.passages.clear();
        self.sections.clear();
        self.articles.clear();
        self.labels.clear();
    }
}

/// Accumulators of the first pass. Callers keep them between questions: they are as long as the index.
#[derive(Debug, Default)]
pub(crate) struct FirstPassScratch {
    /// Scores by all terms of the question.
    pub(super) all: FieldScores,
    /// Scores by one term, while its expansions are compared.
    pub(super) term: FieldScores,
    /// For each article, the highest score of its title and headings.
    pub(super) labels_of: Accumulator,
}

/// Accumulators that are this many times as long as the index are given back: they were needed for a large file that is
/// gone, and each thread has its own.
const TOO_LONG: usize = 8;
/// Shorter ones are kept: 64 KB.
const SHORT: usize = 16_384;

impl FirstPassScratch {
    pub(super) fn reserve(&mut self, index: &Index) {
        if self.all.passages.len() > SHORT.max(TOO_LONG * index.passage_count()) {
            *self = Self::default();
        }
        self.all.reserve(index);
        self.term.reserve(index);
        self.labels_of.reserve(index.article_count());
    }
}

/// The highest scores out of many.
pub(super) struct TopK {
    limit: usize,
    /// Those above `bar`; cut down to `limit` when full.
    entries: Vec<(f32, u32)>,
    /// Scores below have no chance.
    bar: f32,
}

impl TopK {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            entries: Vec::with_capacity(Self::capacity(limit)),
            bar: f32::MIN,
        }
    }

    /// Enough that cutting down is rare, little enough that the first cut sets the bar early.
    fn capacity(limit: usize) -> usize {
        limit + limit.max(50)
    }

    /// Scores below cannot get in.
    pub(super) fn bar(&self) -> f32 {
        self.bar
    }

    /// Whether a score may still get in.
    pub(super) fn may_enter(&self, score: f32) -> bool {
        score >= self.bar
    }

    pub(super) fn put(&mut self, score: f32, passage: u32) {
        if !self.may_enter(score) {
            return;
        }
        if self.entries.len() == Self::capacity(self.limit) {
            self.cut();
        }
        self.entries.push((score, passage));
    }

    /// Highest first; equal scores in reading order.
    pub(super) fn order(a: (f32, u32), b: (f32, u32)) -> Ordering {
        b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
    }

    fn cut(&mut self) {
        if self.limit > 0 && self.entries.len() > self.limit {
            let (_, last, _) = self
                .entries
                .select_nth_unstable_by(self.limit - 1, |a, b| Self::order(*a, *b));
            self.bar = last.0;
        }
        self.entries.truncate(self.limit);
    }

    /// Highest first, `limit` at most.
    pub(super) fn into_sorted(mut self) -> Vec<(f32, u32)> {
        self.cut();
        self.entries.sort_unstable_by(|a, b| Self::order(*a, *b));
        self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Corpus;
    use proptest::prelude::*;

    #[test]
    fn an_accumulator_forgets_what_was_cleared() {
        let mut scores = Accumulator::default();
        scores.reserve(4);
        scores.put(2, 1.0, f32::add);
        scores.put(2, 0.5, f32::add);
        scores.put(0, 2.0, f32::max);
        assert_eq!(scores.used(), [2, 0]);
        assert!((scores.get(2) - 1.5).abs() < f32::EPSILON);
        assert!((scores.highest() - 2.0).abs() < f32::EPSILON);
        scores.clear();
        assert_eq!(scores.used(), [0_u32; 0]);
        assert!(scores.get(2).abs() < f32::EPSILON);
    }

    #[test]
    fn what_only_a_large_index_needs_is_given_back() {
        let index = Index::build(&Corpus::new(Vec::new()));
        let mut scratch = FirstPassScratch::default();
        for (length, kept) in [(SHORT, SHORT), (SHORT + 1, 0)] {
            scratch.all.passages.reserve(length);
            scratch.reserve(&index);
            assert_eq!(scratch.all.passages.len(), kept);
        }
    }

    proptest! {
        #[test]
        fn top_k_is_the_beginning_of_the_sorted_list(
            scores in prop::collection::vec(0_u8..50, 0..2_000),
            limit in 0_usize..20,
        ) {
            let mut all: Vec<(f32, u32)> = scores.iter().map(|&score| f32::from(score)).zip(0..).collect();
            let mut top = TopK::new(limit);
            for &(score, passage) in &all {
                top.put(score, passage);
            }
            all.sort_by(|a, b| TopK::order(*a, *b));
            all.truncate(limit);
            prop_assert_eq!(top.into_sorted(), all);
        }
    }
}
