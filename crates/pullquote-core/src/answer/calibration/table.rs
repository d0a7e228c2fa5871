//! The table of the calibration: one row a feature.

use super::CalibrationFeatures;

/// A row of the calibration: one feature and how much it counts.
#[derive(Debug)]
pub struct CalibrationFeature {
    /// Name in explanations.
    pub name: &'static str,
    /// Weight where there is no sentence model; `None` where the feature is not used.
    pub by_words: Option<f32>,
    /// Weight with a sentence model; `None` where the feature is not used.
    pub with_model: Option<f32>,
    /// What the tuner found for `by_words` on the development sets; `None` for a feature that needs a sentence model.
    pub tuned: Option<f32>,
    /// Unit and range of the value.
    pub unit: &'static str,
    /// What it shows, and why it has its weights.
    pub why: &'static str,
    pub(super) value: fn(&CalibrationFeatures) -> f32,
}

/// All features of the calibration.
pub static CALIBRATION: [CalibrationFeature; 8] = [
    CalibrationFeature {
        name: "strength",
        by_words: Some(4.6),
        with_model: Some(0.0),
        tuned: Some(5.41),
        unit: "square root of a share, 0 to about 1.5",
        why: "score by terms; the tuner gives it -0.7 with a model, but it must not count against an answer",
        value: |features| features.strength,
    },
    CalibrationFeature {
        name: "margin",
        by_words: Some(0.6),
        with_model: Some(1.9),
        tuned: Some(0.39),
        unit: "share, 0 to 1",
        why: "an answer stands out from the second best passage",
        value: |features| features.margin,
    },
    CalibrationFeature {
        name: "words",
        by_words: Some(1.45),
        with_model: Some(0.4),
        tuned: Some(2.57),
        unit: "logarithm of a number of words",
        why: "many words match by chance more rarely than few",
        value: |features| features.words,
    },
    CalibrationFeature {
        name: "size",
        by_words: Some(-0.35),
        with_model: Some(-0.3),
        tuned: Some(-0.21),
        unit: "logarithm of the number of passages",
        why: "of many passages, some match by chance",
        value: |features| features.size,
    },
    CalibrationFeature {
        name: "heading",
        by_words: Some(1.5),
        with_model: Some(1.5),
        tuned: Some(5.56),
        unit: "fourth power of a share, 0 to 1",
        why: "a question that names a section is answered by it; few sets have headings to tune it on",
        value: |features| features.heading,
    },
    CalibrationFeature {
        name: "near",
        by_words: Some(1.5),
        with_model: None,
        tuned: Some(4.46),
        unit: "share of the idf sum, 0 to 1",
        why: "with the tuner's weight, paraphrases are quoted more often, but small talk and misspelt off-topic questions are too",
        value: |features| features.near,
    },
    CalibrationFeature {
        name: "aligned",
        by_words: None,
        with_model: Some(3.1),
        tuned: None,
        unit: "share of the idf sum, 0 to 1",
        why: "a model separates small talk from questions, so all of the alignment may count, not just what terms lack",
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
