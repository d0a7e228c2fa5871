//! The features of one passage.

use super::features::FEATURES;
use crate::index::Candidate;

/// A passage with its features.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PassageFeatures {
    /// The passage.
    pub(super) candidate: Candidate,
    /// One value for each row of [`FEATURES`].
    pub(super) values: [f32; FEATURES.len()],
    /// Share of the question's idf sum that one sentence, with title and heading, contains at best.
    pub(super) covered: f32,
    /// How nearly the question is the heading above the passage, from 0 to 1; above 1 if it is it word for word.
    pub(super) heading_match: f32,
    /// Idf sum of the question's words, each times the similarity of the nearest word of the best sentence, the title
    /// or the heading.
    pub(super) aligned: f32,
    /// Similarity of the passage part by part by a sentence model, from 0 to 1, where there is a model.
    pub(super) dense_similarity: Option<f32>,
    /// Best body score of a sentence's content words; 0 where no sentence contains any.
    pub(super) best_sentence: f32,
    /// For each sentence, how well it answers. Comparable within one passage.
    pub(super) sentences: Vec<f32>,
}

impl PassageFeatures {
    /// Whether the heading contains words of the question and no sentence below it does.
    pub(super) fn only_heading_matches(&self) -> bool {
        self.candidate.heading > 0.0 && self.best_sentence <= 0.0
    }
}
