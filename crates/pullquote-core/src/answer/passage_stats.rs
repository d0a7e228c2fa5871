//! Counts made while the tokens of a passage are read, for the whole passage and for each sentence.

use super::token_matcher::TokenMatch;
use crate::semantic::Lanes;

/// Counts over all tokens of a passage.
#[derive(Default)]
pub(super) struct PassageCounts {
    /// For each query term, tokens that are its word exactly as typed or corrected.
    pub(super) exact: Vec<u16>,
    /// For each query term, how often it follows the query term before it.
    pub(super) pairs: Vec<u16>,
    /// For each gram of the question, tokens that contain it.
    pub(super) grams: Vec<u16>,
}

impl PassageCounts {
    pub(super) fn new(terms: usize, grams: usize) -> Self {
        Self {
            exact: vec![0; terms],
            pairs: vec![0; terms],
            grams: vec![0; grams],
        }
    }

    pub(super) fn clear(&mut self) {
        self.exact.fill(0);
        self.pairs.fill(0);
        self.grams.fill(0);
    }

    /// Counts the grams whose bits are set.
    pub(super) fn add_grams(&mut self, mut grams: u128) {
        while grams != 0 {
            self.grams[grams.trailing_zeros() as usize] += 1;
            grams &= grams - 1;
        }
    }
}

/// What one sentence contains of the question.
#[derive(Default)]
pub(super) struct SentenceStats {
    /// For each query term, how often it occurs.
    pub(super) tf: Vec<u8>,
    /// For each query term, the highest weight of its expansions here.
    pub(super) weight: Vec<f32>,
    /// For each query term, the highest similarity of a word here, from 0 to 1.
    pub(super) similarity: Vec<f32>,
    /// The same for those that have a vector, by [`QueryVectors::by_term`](crate::index::QueryVectors::by_term).
    pub(super) by_vectors: Vec<Lanes>,
    /// The query terms that occur.
    pub(super) terms: Vec<u8>,
    /// Position of the first token that matches a content term.
    pub(super) first_match: Option<usize>,
    /// Whether the question asks for a number and one occurs.
    pub(super) has_asked_number: bool,
}

impl SentenceStats {
    /// For so many query terms, the similarities to which take so many [`Lanes`].
    pub(super) fn new(terms: usize, lanes: usize) -> Self {
        Self {
            tf: vec![0; terms],
            weight: vec![0.0; terms],
            similarity: vec![0.0; terms],
            by_vectors: vec![Lanes::default(); lanes],
            terms: Vec::new(),
            first_match: None,
            has_asked_number: false,
        }
    }

    pub(super) fn clear(&mut self) {
        self.tf.fill(0);
        self.weight.fill(0.0);
        self.similarity.fill(0.0);
        self.by_vectors.fill(Lanes::default());
        self.terms.clear();
        self.first_match = None;
        self.has_asked_number = false;
    }

    pub(super) fn add(&mut self, matched: TokenMatch) {
        let at = usize::from(matched.term);
        if self.tf[at] == 0 {
            self.terms.push(matched.term);
        }
        self.tf[at] = self.tf[at].saturating_add(1);
        self.weight[at] = self.weight[at].max(matched.weight);
    }
}

/// Scores of one sentence, or the highest of each over several sentences.
#[derive(Default)]
pub(super) struct SentenceScore {
    /// BM25 of the content terms among passages.
    pub(super) content: f32,
    /// BM25 of all terms among the sentences of the article.
    pub(super) local: f32,
    /// Idf sum of the content terms that occur here, in the title or in the heading, each times its weight.
    pub(super) covered: f32,
    /// `local`, adjusted for choosing the sentence of a passage.
    pub(super) choice: f32,
    /// Idf sum of the content terms, each times the similarity of the nearest word.
    pub(super) aligned: f32,
    /// How far `aligned`, with title and heading, exceeds that of title and heading alone.
    pub(super) aligned_gain: f32,
}

impl SentenceScore {
    /// Raises the best scores to those of `other`, whose alignment together with its labels is `aligned`.
    pub(super) fn raise(&mut self, other: &Self, aligned: f32) {
        self.content = self.content.max(other.content);
        self.local = self.local.max(other.local);
        self.covered = self.covered.max(other.covered);
        self.aligned = self.aligned.max(aligned);
    }
}

/// [`raise`] for values in groups of eight.
pub(super) fn raise_lanes(values: &mut [Lanes], others: &[Lanes]) {
    for (values, others) in values.iter_mut().zip(others) {
        raise(values, others);
    }
}

/// Raises each value to at least that of `others` in the same place.
#[inline]
pub(super) fn raise(values: &mut [f32], others: &[f32]) {
    for (value, other) in values.iter_mut().zip(others) {
        // One instruction for several values, unlike `f32::max`, which is several because of NaN.
        *value = if *other > *value { *other } else { *value };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grams_are_counted_by_bit() {
        let mut counts = PassageCounts::new(0, 128);
        counts.add_grams(1 | 1 << 127);
        counts.add_grams(1 << 127);
        assert_eq!(
            (counts.grams[0], counts.grams[1], counts.grams[127]),
            (1, 0, 2)
        );
    }

    #[test]
    fn values_are_raised_and_never_lowered() {
        let mut values = [0.25, 0.75, 0.5];
        raise(&mut values, &[0.5, 0.25]);
        let quarters = values.map(|value| (4.0 * value) as u8);
        assert_eq!(quarters, [2, 3, 2]);
    }
}
