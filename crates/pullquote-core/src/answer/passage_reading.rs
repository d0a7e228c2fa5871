//! What was read in one passage: what features are computed from.

use super::passage_stats::{PassageCounts, SentenceScore};
use super::token_matcher::TokenMatcher;
use crate::index::{Candidate, PassageView, QueryContext, bm25};
use crate::semantic::Vector;

/// What one passage says about the question: what features are computed from.
pub(super) struct PassageReading<'r> {
    pub(super) view: PassageView<'r>,
    pub(super) candidate: &'r Candidate,
    pub(super) counts: &'r PassageCounts,
    /// The best score of any sentence, each kind by itself.
    pub(super) best: &'r SentenceScore,
    /// The share of the heading's matching idf that the title does not contain already, from 0 to 1.
    pub(super) heading_share: f32,
    /// How nearly the question is the heading above the passage, from 0 to 1; above 1 if it is it word for word.
    pub(super) heading_match: f32,
    /// Similarity of the passage part by part by a sentence model, from 0 to 1, where there is a model.
    pub(super) dense_similarity: Option<f32>,
    /// Similarity of the whole passage and of its most similar sentence, half and half, by a sentence model, from 0 to 1, where
    /// there is a model.
    pub(super) dense_passage: Option<f32>,
    /// The question's idf sum.
    pub(super) idf_sum: f32,
    /// How much each query term counts where it occurs in a passage of this article.
    pub(super) term_weights: &'r [f32],
    pub(super) context: &'r QueryContext<'r>,
    pub(super) matcher: &'r TokenMatcher<'r>,
}

impl PassageReading<'_> {
    /// BM25 of query terms that were counted so often, among passages.
    pub(super) fn bm25(&self, counts: &[u16]) -> f32 {
        let norm = self.view.norm();
        let terms = self.context.terms().iter().zip(counts);
        let values = terms
            .zip(self.term_weights)
            .map(|((term, tf), weight)| weight * term.idf * bm25::tf(f32::from(*tf), norm));
        values.sum()
    }

    /// BM25 of the question's character 4-grams.
    pub(super) fn gram_bm25(&self) -> f32 {
        let norm = self.view.norm();
        self.matcher
            .gram_score(&self.counts.grams, norm, self.term_weights)
    }

    /// Direction of the whole question, where it has vectors.
    pub(super) fn direction(&self) -> Option<&Vector> {
        self.context.vectors().direction.as_ref()
    }
}
