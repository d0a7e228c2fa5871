//! The score of a passage: a weighted sum of its features.

use super::contribution::Contribution;
use super::features::{FEATURES, Signal, first_pass_weight};
use super::passage_features::PassageFeatures;
use crate::index::FirstPass;

/// How fast the boost of [`Signal::TermVectors`] fades as terms account for more of the question. With 2 to 3, every
/// set scored within two points.
const TERM_VECTORS_FADE: f32 = 2.5;
/// The same for [`Signal::SentenceModel`]. With 1, questions recognised from speech lost.
const SENTENCE_MODEL_FADE: f32 = 2.0;

/// How candidates are chosen. Reading 20 of them instead of 12, or those below 0.6 of the best score, changed one
/// answer in 4,500 on the development sets.
pub(super) const FIRST_PASS: FirstPass = FirstPass {
    body: first_pass_weight("body"),
    section: first_pass_weight("section"),
    article: first_pass_weight("article"),
    title: first_pass_weight("title"),
    heading: first_pass_weight("heading"),
    by_term_vectors: 12,
    by_sentence_model: 12,
    terms_suffice: 0.5,
    limit: 12,
    at_least: 3,
    floor: 0.6,
    total: 0,
};

/// A passage with its score.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RankedPassage {
    pub(super) features: PassageFeatures,
    /// Weighted sum of the features. Comparable within one question.
    pub(super) score: f32,
    /// The part of `score` that shared terms account for.
    pub(super) by_terms: f32,
    /// The part of `by_terms` that the title accounts for.
    pub(super) by_title: f32,
}

impl RankedPassage {
    /// Scores the passages of one question and sorts them, best first. The first `strong` ones stay ahead of the weak
    /// ones, so that the answer does not depend on how many passages were requested.
    pub(super) fn rank(mut passages: Vec<PassageFeatures>, strong: usize) -> Vec<Self> {
        boost(&mut passages, strong);
        let mut ranked: Vec<Self> = passages.into_iter().map(Self::new).collect();
        let strong = strong.min(ranked.len());
        let (strong, weak) = ranked.split_at_mut(strong);
        sort(strong);
        sort(weak);
        let lowest = strong.last().map_or(f32::MAX, |last| last.score);
        for weak in weak {
            weak.score = weak.score.min(lowest);
        }
        ranked
    }

    fn new(features: PassageFeatures) -> Self {
        let sum = |counts: &dyn Fn(Signal) -> bool| -> f32 {
            let rows = FEATURES.iter().zip(features.values);
            let counted = rows.filter(|(feature, _)| counts(feature.signal));
            counted.map(|(feature, value)| value * feature.weight).sum()
        };
        let by_terms = sum(&Signal::is_terms);
        Self {
            score: by_terms + sum(&|signal| !signal.is_terms()),
            by_terms,
            by_title: sum(&|signal| signal == Signal::Title),
            features,
        }
    }

    /// Each feature with its value and weight.
    pub(super) fn contributions(&self) -> impl Iterator<Item = Contribution> {
        let rows = FEATURES.iter().zip(self.features.values);
        rows.map(|(feature, value)| Contribution {
            name: feature.name,
            value,
            weight: feature.weight,
        })
    }
}

/// Multiplies the features about meaning by their boosts: where terms account for little of a question, meaning is all
/// there is to go by, and the terms that do match are seldom those that matter. Where there is a sentence model, it is
/// boosted instead of the term vectors.
fn boost(passages: &mut [PassageFeatures], strong: usize) {
    let covered = passages.iter().take(strong).map(|passage| passage.covered);
    let missing = 1.0 - covered.fold(0.0, f32::max).min(1.0);
    let has_model = passages
        .iter()
        .any(|passage| passage.dense_similarity.is_some());
    let term_vectors = missing.powf(TERM_VECTORS_FADE);
    let sentence_model = missing.powf(SENTENCE_MODEL_FADE);
    for passage in passages {
        for (feature, value) in FEATURES.iter().zip(&mut passage.values) {
            match feature.signal {
                Signal::TermVectors { boost } if !has_model => *value *= 1.0 + boost * term_vectors,
                Signal::SentenceModel { boost } => *value *= 1.0 + boost * sentence_model,
                _ => {}
            }
        }
    }
}

/// Best first; equal scores in reading order.
fn sort(ranked: &mut [RankedPassage]) {
    ranked.sort_by(|a, b| {
        let passage = |ranked: &RankedPassage| ranked.features.candidate.passage;
        b.score
            .total_cmp(&a.score)
            .then(passage(a).cmp(&passage(b)))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::PassageId;
    use crate::index::Candidate;

    /// A passage with the same value for every feature.
    fn passage(id: u32, value: f32, covered: f32) -> PassageFeatures {
        PassageFeatures {
            candidate: Candidate {
                passage: PassageId(id),
                body: 0.0,
                section: 0.0,
                article: 0.0,
                title: 0.0,
                heading: 0.0,
            },
            values: [value; FEATURES.len()],
            covered,
            heading_match: 0.0,
            aligned: 0.0,
            dense_similarity: None,
            best_sentence: 0.0,
            sentences: Vec::new(),
        }
    }

    fn order(ranked: &[RankedPassage]) -> Vec<u32> {
        let ids = ranked.iter().map(|one| one.features.candidate.passage.0);
        ids.collect()
    }

    #[test]
    fn weak_passages_stay_behind() {
        let passages = vec![
            passage(0, 1.0, 1.0),
            passage(1, 2.0, 1.0),
            passage(2, 9.0, 1.0),
        ];
        let ranked = RankedPassage::rank(passages, 2);
        assert_eq!(order(&ranked), [1, 0, 2]);
        assert!(ranked[2].score <= ranked[1].score);
    }

    #[test]
    fn equal_scores_keep_reading_order() {
        let passages = vec![passage(2, 1.0, 1.0), passage(1, 1.0, 1.0)];
        assert_eq!(order(&RankedPassage::rank(passages, 2)), [1, 2]);
    }

    #[test]
    fn meaning_counts_more_where_terms_cover_less() {
        let score = |covered: f32| RankedPassage::rank(vec![passage(0, 1.0, covered)], 1)[0].score;
        assert!(score(0.0) > score(0.5) && score(0.5) > score(1.0));
        let plain: f32 = FEATURES.iter().map(|feature| feature.weight).sum();
        assert!((score(1.0) - plain).abs() < 1e-4);
    }

    #[test]
    fn contributions_sum_to_the_score() {
        let ranked = &RankedPassage::rank(vec![passage(0, 0.5, 0.3)], 1)[0];
        let sum: f32 = ranked
            .contributions()
            .map(|one| one.value * one.weight)
            .sum();
        assert!((sum - ranked.score).abs() < 1e-3);
        assert!(ranked.by_title > 0.0 && ranked.by_title < ranked.by_terms);
    }
}
