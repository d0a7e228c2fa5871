//! The confidence of an answer: the probability, from 0 to 1, that its first quote answers the question.
//!
//! A logistic regression over a few features of the best passage: one table, one row a feature ([`CALIBRATION`]). To add one, write a
//! function over [`CalibrationFeatures`] and a row that names it.
//!
//! There are two sets of weights: by words and term vectors alone, and with a sentence model. Both were chosen by hand, starting from
//! what `cargo run -p xtask -- tune` found on the development sets. The features show whether the articles cover the subject of a
//! question at all. Whether a passage on the right subject contains the one fact that is asked for, they show only in part.

use super::Outcome;
use super::explanation::Contribution;
use super::ranking::RankedPassage;
use crate::index::bm25::Statistics;
use crate::index::{QueryContext, QueryTerm};

/// An answer is quoted from this confidence on: there, about 95 in 100 questions on other subjects are refused and 93 in 100 of the
/// others are answered.
pub const QUOTE_AT: f32 = 0.25;
/// From this confidence on, passages are suggested; below it, there is no answer.
pub const SUGGEST_AT: f32 = 0.1;

/// A row of the calibration: one feature and how much it counts.
#[derive(Debug)]
pub struct CalibrationFeature {
    /// Name in explanations.
    pub name: &'static str,
    /// Weight where there is no sentence model; `None` where the feature is not used.
    pub by_words: Option<f32>,
    /// Weight with a sentence model; `None` where the feature is not used.
    pub with_model: Option<f32>,
    /// What the tuner found for `by_words` on the development sets; `None` where it was not measured.
    pub tuned: Option<f32>,
    /// Unit and range of the value.
    pub unit: &'static str,
    /// What it shows, and why it has its weights.
    pub why: &'static str,
    value: fn(&CalibrationFeatures) -> f32,
}

/// All features of the calibration.
pub static CALIBRATION: [CalibrationFeature; 8] = [
    CalibrationFeature {
        name: "strength",
        by_words: Some(4.6),
        with_model: Some(0.0),
        tuned: None,
        unit: "square root of a share, 0 to about 1.5",
        why: "score by terms; the tuner gives it -0.7 with a model, but it must not count against an answer",
        value: |features| features.strength,
    },
    CalibrationFeature {
        name: "margin",
        by_words: Some(0.6),
        with_model: Some(1.9),
        tuned: None,
        unit: "share, 0 to 1",
        why: "an answer stands out from the second best passage",
        value: |features| features.margin,
    },
    CalibrationFeature {
        name: "words",
        by_words: Some(1.45),
        with_model: Some(0.4),
        tuned: None,
        unit: "logarithm of a number of words",
        why: "many words match by chance more rarely than few",
        value: |features| features.words,
    },
    CalibrationFeature {
        name: "size",
        by_words: Some(-0.35),
        with_model: Some(-0.3),
        tuned: None,
        unit: "logarithm of the number of passages",
        why: "of many passages, some match by chance",
        value: |features| features.size,
    },
    CalibrationFeature {
        name: "heading",
        by_words: Some(1.5),
        with_model: Some(1.5),
        tuned: None,
        unit: "fourth power of a share, 0 to 1",
        why: "naming a section is answered by that section; few sets have headings, so the weight is not from the tuner",
        value: |features| features.heading,
    },
    CalibrationFeature {
        name: "near",
        by_words: Some(1.5),
        with_model: None,
        tuned: None,
        unit: "share of the idf sum, 0 to 1",
        why: "the tuner gives it 4.1, which quotes paraphrases more often, but small talk and misspelt off-topic questions as well",
        value: |features| features.near,
    },
    CalibrationFeature {
        name: "aligned",
        by_words: None,
        with_model: Some(3.1),
        tuned: None,
        unit: "share of the idf sum, 0 to 1",
        why: "a model tells small talk from questions, so all of the alignment may count, and not just what terms lack",
        value: |features| features.aligned,
    },
    CalibrationFeature {
        name: "dense",
        by_words: None,
        with_model: Some(8.4),
        tuned: None,
        unit: "similarity, 0 to 1",
        why: "the most similar sentence by the model",
        value: |features| features.dense_similarity.unwrap_or(0.0),
    },
];

/// Intercept by words: between what the tuner finds with `near` and without it, as the weights are.
pub const INTERCEPT_BY_WORDS: f32 = -7.7;
/// Intercept with a sentence model: the one at which off-topic questions are refused as often as by words.
pub const INTERCEPT_WITH_MODEL: f32 = -5.4;

/// How much of its idf an unknown word counts if it is a common one: that no passage contains "happened" says little, that none contains
/// "Zurich" says much. Matters most where there is one article: 81 of 100 answerable questions were answered with 1.0, 86 with 0.3.
const UNKNOWN_COMMON: f32 = 0.5;

/// How much a common word counts in [`CalibrationFeatures::words`]: "what time is it" must not be answered with any passage that contains
/// "time". Of small talk, with one article, 84 in 100 lines were refused with 1.0 and 99 with 0.3, and answers were told from other
/// passages as well or better.
const COMMON_WORD: f32 = 0.3;

/// The part of the title's score that does not count in [`CalibrationFeatures::strength`]. With 0.0, more unanswerable questions on the
/// subject were quoted; with 0.5, fewer FAQ questions whose title is the very question.
const TITLE_DISCOUNT: f32 = 0.3;

/// Power of the heading's share: of a half, almost nothing remains.
const HEADING_POWER: i32 = 4;

/// [`CalibrationFeatures::near`] where the question has no vectors: the average, which is evidence neither way.
const NEAR_UNKNOWN: f32 = 0.1;

/// A passage that contains, or is similar in meaning to, this share of the question is suggested however low the confidence. Of
/// questions that share no word with the right sentence, two to four times as many got a suggestion as by [`SUGGEST_AT`] alone.
const SUGGEST_COVERAGE: f32 = 0.5;

/// Questions of common words (`when are you open`, `can I bring my dog`) get suggestions only where no more passages than this contain
/// the rarest word: a member can look at that many.
const FEW_PASSAGES: usize = 3;

/// What the confidence is computed from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CalibrationFeatures {
    /// Square root of the best passage's score by terms, the title discounted, as a share of the question's idf sum, in which unknown
    /// words count too.
    pub strength: f32,
    /// How far the second passage falls behind, from 0 (equal) to 1 (there is none).
    pub margin: f32,
    /// Logarithm of the number of content words. A common word counts for less unless it is in the best passage's heading.
    pub words: f32,
    /// Logarithm of the number of passages.
    pub size: f32,
    /// How much of the question the heading above the best passage contains, together with the title, from 0 to 1.
    pub heading: f32,
    /// Share of the question that the best passage is similar to but does not contain, from 0 to 1; 0.1 where the question has no
    /// vectors.
    pub near: f32,
    /// Share of the question that the best passage contains or is similar to, from 0 to 1; 0 where the question has no vectors.
    pub aligned: f32,
    /// Similarity of the best passage's most similar sentence by a sentence model, from 0 to 1, where there is a model.
    pub dense_similarity: Option<f32>,
    /// Share of the question that one sentence of the best passage contains, from 0 to 1. Used in [`Self::is_worth_suggesting`] only.
    pub covered: f32,
    /// Number of passages that contain the question's rarest known word. Used in [`Self::is_worth_suggesting`] only.
    pub rarest: usize,
}

impl CalibrationFeatures {
    /// The features of the first of the ranked passages; `None` where there is none.
    pub(super) fn new(context: &QueryContext<'_>, ranked: &[RankedPassage]) -> Option<Self> {
        let best = ranked.first()?;
        let view = context.passage(best.features.candidate.passage);
        let second = ranked.get(1).map_or(0.0, |second| second.score);
        let idf_sum: f32 = context.content_terms().map(discounted_idf).sum();
        let word_weight = |term: &QueryTerm| {
            if term.common && !term.any(|term| view.is_in_heading(term)) {
                COMMON_WORD
            } else {
                1.0
            }
        };
        let aligned = best.features.aligned / idf_sum;
        let covered = best.features.covered * context.idf_sum() / idf_sum;
        let statistics = context.statistics();
        let known = context
            .content_terms()
            .filter_map(|term| term.expansions.first());
        let rarest = known
            .map(|first| statistics.passages_with(first.term))
            .min();
        (best.score > 0.0 && idf_sum > 0.0).then(|| Self {
            strength: ((best.by_terms - TITLE_DISCOUNT * best.by_title) / idf_sum).sqrt(),
            margin: 1.0 - second / best.score,
            words: context.content_terms().map(word_weight).sum::<f32>().ln(),
            size: (statistics.passage_count() as f32).ln(),
            heading: best.features.heading_coverage.powi(HEADING_POWER),
            near: match aligned {
                0.0 => NEAR_UNKNOWN,
                aligned => (aligned - covered).max(0.0),
            },
            aligned,
            dense_similarity: best.features.dense_similarity,
            covered,
            rarest: rarest.unwrap_or(0),
        })
    }

    /// The outcome of an answer with these features.
    pub fn outcome(self) -> Outcome {
        match self.confidence() {
            confidence if confidence >= QUOTE_AT => Outcome::Quoted,
            confidence if confidence >= SUGGEST_AT || self.is_worth_suggesting() => {
                Outcome::Suggested
            }
            _ => Outcome::Unknown,
        }
    }

    /// Whether to suggest a passage however low the confidence: it is similar to most of the question; or the question has only common
    /// words, and the passage contains most of them and few others do. Not where there is a sentence model, which judges better.
    pub fn is_worth_suggesting(self) -> bool {
        let contains = self.covered >= SUGGEST_COVERAGE && self.rarest <= FEW_PASSAGES;
        let is_similar = self.aligned >= SUGGEST_COVERAGE && self.words >= 0.0;
        self.dense_similarity.is_none() && (is_similar || contains)
    }

    /// The features in use, with values and weights.
    pub fn contributions(self) -> impl Iterator<Item = Contribution> {
        CALIBRATION.iter().filter_map(move |row| {
            let weight = match self.dense_similarity {
                None => row.by_words,
                Some(_) => row.with_model,
            };
            Some(Contribution {
                name: row.name,
                value: (row.value)(&self),
                weight: weight?,
            })
        })
    }

    /// The probability that the first quote answers, from 0 to 1.
    pub fn confidence(self) -> f32 {
        let intercept = match self.dense_similarity {
            None => INTERCEPT_BY_WORDS,
            Some(_) => INTERCEPT_WITH_MODEL,
        };
        let parts = self.contributions().map(|part| part.value * part.weight);
        let sum = parts.sum::<f32>() + intercept;
        1.0 / (1.0 + (-sum).exp())
    }
}

/// The idf of a term, reduced for a common word that is unknown.
fn discounted_idf(term: &QueryTerm) -> f32 {
    if term.common && term.expansions.is_empty() {
        UNKNOWN_COMMON * term.idf
    } else {
        term.idf
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A middling answer.
    const FEATURES: CalibrationFeatures = CalibrationFeatures {
        strength: 1.0,
        margin: 0.5,
        words: 1.0,
        size: 3.0,
        heading: 0.0,
        near: 0.1,
        aligned: 0.6,
        dense_similarity: None,
        covered: 0.4,
        rarest: 10,
    };

    /// Checks that the confidence rises (or falls) where one feature is higher.
    #[track_caller]
    fn check(higher: CalibrationFeatures, rises: bool) {
        let difference = higher.confidence() - FEATURES.confidence();
        assert!(
            if rises {
                difference > 0.0
            } else {
                difference < 0.0
            },
            "{difference}"
        );
    }

    #[test]
    fn strength_raises_confidence() {
        check(
            CalibrationFeatures {
                strength: 1.1,
                ..FEATURES
            },
            true,
        );
    }

    #[test]
    fn margin_raises_confidence() {
        check(
            CalibrationFeatures {
                margin: 0.9,
                ..FEATURES
            },
            true,
        );
    }

    #[test]
    fn words_raise_confidence() {
        check(
            CalibrationFeatures {
                words: 1.5,
                ..FEATURES
            },
            true,
        );
    }

    #[test]
    fn size_lowers_confidence() {
        check(
            CalibrationFeatures {
                size: 5.0,
                ..FEATURES
            },
            false,
        );
    }

    #[test]
    fn heading_raises_confidence() {
        check(
            CalibrationFeatures {
                heading: 1.0,
                ..FEATURES
            },
            true,
        );
    }

    #[test]
    fn near_raises_confidence() {
        check(
            CalibrationFeatures {
                near: 0.4,
                ..FEATURES
            },
            true,
        );
    }

    #[test]
    fn aligned_and_dense_similarity_count_with_a_model_only() {
        let with_model = CalibrationFeatures {
            dense_similarity: Some(0.5),
            ..FEATURES
        };
        let names = |features: CalibrationFeatures| -> Vec<&str> {
            features.contributions().map(|part| part.name).collect()
        };
        assert_eq!(
            names(FEATURES),
            ["strength", "margin", "words", "size", "heading", "near"]
        );
        assert_eq!(
            names(with_model),
            [
                "strength", "margin", "words", "size", "heading", "aligned", "dense"
            ]
        );
        let nearer = CalibrationFeatures {
            dense_similarity: Some(0.6),
            ..FEATURES
        };
        let aligned = CalibrationFeatures {
            aligned: 0.8,
            ..with_model
        };
        assert!(nearer.confidence() > with_model.confidence());
        assert!(aligned.confidence() > with_model.confidence());
        assert!(strength_is_ignored(with_model));
    }

    fn strength_is_ignored(features: CalibrationFeatures) -> bool {
        let stronger = CalibrationFeatures {
            strength: 2.0,
            ..features
        };
        (stronger.confidence() - features.confidence()).abs() < f32::EPSILON
    }

    #[test]
    fn outcomes_follow_the_confidence_and_the_coverage() {
        let check = |features: CalibrationFeatures, expected: Outcome| {
            assert_eq!(features.outcome(), expected, "{}", features.confidence());
        };
        let weak = CalibrationFeatures {
            strength: 0.4,
            aligned: 0.3,
            ..FEATURES
        };
        check(
            CalibrationFeatures {
                strength: 2.0,
                ..FEATURES
            },
            Outcome::Quoted,
        );
        check(weak, Outcome::Unknown);
        check(
            CalibrationFeatures {
                aligned: 0.5,
                ..weak
            },
            Outcome::Suggested,
        );
        check(
            CalibrationFeatures {
                covered: 0.5,
                ..weak
            },
            Outcome::Unknown,
        );
        check(
            CalibrationFeatures {
                covered: 0.5,
                rarest: 3,
                ..weak
            },
            Outcome::Suggested,
        );
        check(
            CalibrationFeatures {
                aligned: 0.5,
                dense_similarity: Some(0.0),
                ..weak
            },
            Outcome::Unknown,
        );
    }
}
