//! What was read in one passage, and the features that come of it.

use super::features::FEATURES;
use super::passage_stats::{PassageCounts, SentenceScore};
use super::token_matcher::TokenMatcher;
use crate::index::{Candidate, PassageView, QueryContext, bm25};
use crate::semantic::Vector;

/// A passage with its features.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PassageFeatures {
    /// The passage.
    pub(super) candidate: Candidate,
    /// One value for each row of [`FEATURES`].
    pub(super) values: [f32; FEATURES.len()],
    /// Share of the question's idf sum that one sentence, with title and heading, contains at best.
    pub(super) covered: f32,
    /// Share of the question's idf sum that the heading and the title contain; 0 where the heading adds nothing to the
    /// title.
    pub(super) heading_coverage: f32,
    /// Idf sum of the question's words, each times the similarity of the nearest word of the best sentence, the title
    /// or the heading.
    pub(super) aligned: f32,
    /// Similarity of the most similar sentence by a sentence model, from 0 to 1, where there is a model.
    pub(super) dense_similarity: Option<f32>,
    /// Best body score of a sentence's content words; 0 where no sentence contains any.
    pub(super) best_sentence: f32,
    /// For each sentence, how well it answers. Comparable within one passage.
    pub(super) sentences: Vec<f32>,
    /// For each sentence, the query terms that occur in it.
    pub(super) terms: Vec<Vec<u8>>,
}

impl PassageFeatures {
    /// Whether the heading contains words of the question and no sentence below it does.
    pub(super) fn only_heading_matches(&self) -> bool {
        self.candidate.heading > 0.0 && self.best_sentence <= 0.0
    }
}

/// What one passage says about the question: what features are computed from.
pub(super) struct PassageReading<'r> {
    pub(super) view: PassageView<'r>,
    pub(super) candidate: &'r Candidate,
    pub(super) counts: &'r PassageCounts,
    /// The best score of any sentence, each kind by itself.
    pub(super) best: &'r SentenceScore,
    /// The share of the heading's matching idf that the title does not contain already, from 0 to 1.
    pub(super) heading_share: f32,
    /// Similarity of the most similar sentence by a sentence model, from 0 to 1, where there is a model.
    pub(super) dense_similarity: Option<f32>,
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
