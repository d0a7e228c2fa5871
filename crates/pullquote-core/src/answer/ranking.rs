//! The score of a passage: a weighted sum of its features.

use super::features::{FEATURES, Feature, Features};
use crate::index::FirstPass;

/// What each feature counts, in the order of [`FEATURES`]. With 0.8 for the heading, a FAQ page was answered worse than the
/// same questions with a page each, with 2.5 as well. The title counts for all that it tells, because what it tells counts for
/// little in the passages below it.
/// From [`Feature::Meaning`] on they speak of meaning.
pub const WEIGHTS: [f32; FEATURES.len()] = [
    0.1, 1.3, 5.0, 2.5, 0.3, 0.4, 0.3, 0.3, 1.0, 1.0, 1.0, 3.0, 5.0,
];

/// Where words account for little of a question, what the table tells counts up to so many times more: it is all there is to go
/// by, and the words that do agree are seldom those that matter.
const MEANING_ALONE: [(Feature, f32); 3] = [
    (Feature::Meaning, 20.0),
    (Feature::Label, 5.0),
    (Feature::Alignment, 5.0),
];
/// How fast that fades as words account for more. With 16 to 30, 0 to 10 and 6 to 10 above and 2 to 3 here, every set scored
/// within two points.
const MEANING_FADES: f32 = 2.5;

/// The same for [`Feature::Likeness`]. With weights of 3 to 5 and these from 2 to 6, each set gained, some more, some
/// less; where it did not fade (1.0) questions heard by machine lost.
const LIKENESS_ALONE: f32 = 3.0;
/// See [`LIKENESS_ALONE`].
const LIKENESS_FADES: f32 = 2.0;

/// How candidates are chosen: by the same weights as far as the index alone can tell. Reading 20 of them
/// instead of 12, or those below 0.6 of the best score, changed one answer in 4,500 on the development sets.
pub(super) const FIRST_PASS: FirstPass = FirstPass {
    article: 0.3,
    title: 1.0,
    heading: 1.0,
    near: 12,
    like: 12,
    words_tell: 0.5,
    limit: 12,
    least: 3,
    floor: 0.6,
    all: 0,
};

/// A passage with its score.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ranked {
    /// What speaks for it.
    pub features: Features,
    /// Weighted sum of the features; comparable within one question only.
    pub score: f32,
    /// The part of it that words account for, without meaning.
    pub by_words: f32,
    /// The part of that which the title accounts for.
    pub by_title: f32,
}

impl Ranked {
    /// Scores the passages for one question, the weak ones behind the `strong` first, so that the answer is the same however
    /// many are asked for. Where a sentence model helps, it is asked instead of the table about what words do not tell.
    pub(super) fn all(mut passages: Vec<Features>, strong: usize) -> Vec<Self> {
        let covered = passages.iter().take(strong).map(|passage| passage.covered);
        let missing = 1.0 - covered.fold(0.0, f32::max).min(1.0);
        let has_model = passages.iter().any(|passage| passage.likeness.is_some());
        let alone = missing.powf(MEANING_FADES);
        let like = 1.0 + LIKENESS_ALONE * missing.powf(LIKENESS_FADES);
        for passage in &mut passages {
            let values = &mut passage.values;
            values[Feature::Likeness as usize] *= like;
            if !has_model {
                for (feature, more) in MEANING_ALONE {
                    values[feature as usize] *= 1.0 + more * alone;
                }
            }
        }
        let mut ranked: Vec<Self> = passages.into_iter().map(Self::new).collect();
        let strong = strong.min(ranked.len());
        let (strong, weak) = ranked.split_at_mut(strong);
        sort(strong);
        sort(weak);
        let last = strong.last().map_or(f32::MAX, |last| last.score);
        for weak in weak {
            weak.score = weak.score.min(last);
        }
        ranked
    }

    fn new(features: Features) -> Self {
        let parts = features.values.iter().zip(WEIGHTS);
        let mut parts = parts.map(|(value, weight)| value * weight);
        let by_words: f32 = parts.by_ref().take(Feature::Meaning as usize).sum();
        Self {
            score: by_words + parts.sum::<f32>(),
            by_words,
            by_title: features.values[Feature::Title as usize] * WEIGHTS[Feature::Title as usize],
            features,
        }
    }

    /// Each feature with its value and weight.
    pub(super) fn parts(&self) -> impl Iterator<Item = (Feature, f32, f32)> {
        let values = FEATURES.iter().zip(self.features.values).zip(WEIGHTS);
        values.map(|((&feature, value), weight)| (feature, value, weight))
    }
}

/// Best first; equal scores in reading order.
fn sort(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| {
        let passage = |ranked: &Ranked| ranked.features.candidate.passage;
        b.score
            .total_cmp(&a.score)
            .then(passage(a).cmp(&passage(b)))
    });
}
