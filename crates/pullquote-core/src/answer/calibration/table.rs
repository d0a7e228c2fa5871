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
    /// Weight with a sentence model for a question in another language than the articles; `None` where the feature is not
    /// used.
    pub across_languages: Option<f32>,
    /// What the tuner found for `by_words` on the development sets; `None` for a feature that needs a sentence model.
    pub tuned: Option<f32>,
    /// Unit and range of the value.
    pub unit: &'static str,
    /// What it shows, and why it has its weights.
    pub why: &'static str,
    pub(super) value: fn(&CalibrationFeatures) -> f32,
}

/// All features of the calibration.
pub static CALIBRATION: [CalibrationFeature; 15] = [
    CalibrationFeature {
        name: "strength",
        by_words: Some(1.2),
        with_model: None,
        across_languages: None,
        tuned: Some(2.66),
        unit: "square root of a share, 0 to about 1.5",
        why: "score by terms; with a model it adds nothing",
        value: |features| features.strength,
    },
    CalibrationFeature {
        name: "margin",
        by_words: Some(3.44),
        with_model: None,
        across_languages: Some(2.2),
        tuned: Some(1.02),
        unit: "share, 0 to 1",
        why: "an answer stands out from the best passage of another section; with a model, `lead` says it",
        value: |features| features.margin,
    },
    CalibrationFeature {
        name: "words",
        by_words: Some(1.25),
        with_model: None,
        across_languages: None,
        tuned: Some(1.46),
        unit: "logarithm of a number of words",
        why: "many words match by chance more rarely than few",
        value: |features| features.words,
    },
    CalibrationFeature {
        name: "named",
        by_words: Some(1.27),
        with_model: None,
        across_languages: Some(1.4),
        tuned: Some(1.8),
        unit: "`words` times a share, 0 to about 3",
        why: "many words mean an answer only where the section contains those that are not common",
        value: |features| features.words * features.uncommon,
    },
    CalibrationFeature {
        name: "covered",
        by_words: Some(2.65),
        with_model: None,
        across_languages: None,
        tuned: Some(1.21),
        unit: "share of the idf sum, 0 to 1",
        why: "one sentence says most of what was asked",
        value: |features| features.covered,
    },
    CalibrationFeature {
        name: "asked",
        by_words: Some(3.96),
        with_model: None,
        across_languages: None,
        tuned: Some(1.21),
        unit: "share, 0 to 1.3",
        why: "a question that is a heading is answered below it",
        value: |features| features.asked,
    },
    CalibrationFeature {
        name: "near",
        by_words: Some(6.39),
        with_model: None,
        across_languages: None,
        tuned: Some(5.72),
        unit: "share of the idf sum, 0 to 1",
        why: "what terms lack of the question, similar words may have",
        value: |features| features.near,
    },
    CalibrationFeature {
        name: "dense",
        by_words: None,
        with_model: None,
        across_languages: Some(15.4),
        tuned: None,
        unit: "similarity, 0 to 1",
        why: "part by part by the model, across languages, where cosines differ less; otherwise, it adds nothing to its margin",
        value: |features| features.dense_similarity.unwrap_or(0.0),
    },
    CalibrationFeature {
        name: "aligned",
        by_words: None,
        with_model: Some(4.2),
        across_languages: None,
        tuned: None,
        unit: "share of the idf sum, 0 to 1",
        why: "one sentence says most of what was asked, or something similar",
        value: |features| features.aligned,
    },
    CalibrationFeature {
        name: "length",
        by_words: None,
        with_model: Some(1.3),
        across_languages: None,
        tuned: None,
        unit: "logarithm of a number of words",
        why: "a long question says more of what it is about",
        value: |features| features.length,
    },
    CalibrationFeature {
        name: "by parts",
        by_words: None,
        with_model: Some(3.9),
        across_languages: None,
        tuned: None,
        unit: "similarity, 0 to 1",
        why: "the answer has something similar to each part of the question",
        value: |features| features.standing.similarity_by_parts,
    },
    CalibrationFeature {
        name: "margin by parts",
        by_words: None,
        with_model: Some(2.9),
        across_languages: None,
        tuned: None,
        unit: "difference of similarities, -1 to 1",
        why: "the answer is more similar, part by part, than any other answer",
        value: |features| features.standing.margin_by_parts,
    },
    CalibrationFeature {
        name: "margin by sentences",
        by_words: None,
        with_model: Some(8.3),
        across_languages: None,
        tuned: None,
        unit: "difference of similarities, -1 to 1",
        why: "its most similar sentence is more similar than those of other answers",
        value: |features| features.standing.margin_by_sentences,
    },
    CalibrationFeature {
        name: "lead",
        by_words: None,
        with_model: Some(2.2),
        across_languages: None,
        tuned: None,
        unit: "share, below 1",
        why: "the next answer falls behind by score",
        value: |features| features.standing.lead,
    },
    CalibrationFeature {
        name: "agreement",
        by_words: None,
        with_model: Some(1.7),
        across_languages: None,
        tuned: None,
        unit: "share, 0 to 1",
        why: "most kinds of evidence find the same answer",
        value: |features| features.standing.agreement,
    },
];

/// What turns the features of one kind of evidence into a confidence and an outcome.
#[derive(Debug)]
pub struct Fit {
    /// The log-odds where every feature is 0.
    pub intercept: f32,
    /// An answer is quoted from this confidence on, from 0 to 1.
    pub quote_at: f32,
    pub(super) weight: fn(&CalibrationFeature) -> Option<f32>,
}

/// By words. The intercept is between what the tuner finds with `near` and without it, as the weights are. Of an encyclopaedia's
/// questions, 95 in 100 are quoted and 89 in 100 on other subjects refused; of 110 questions on four communities' pages, 32 are
/// answered rightly and 13 wrongly, and would be 27 and 10 if quoted from 0.5 on.
pub static BY_WORDS: Fit = Fit {
    intercept: -7.76,
    quote_at: 0.4,
    weight: |row| row.by_words,
};

/// With a sentence model. It was fitted on 1,410 questions on the pages of 30 communities, those without an answer counted three
/// times, as members ask more of them; questions on an encyclopaedia counted a tenth. Of communities left out of the fit, and of
/// the encyclopaedia, right answers were told from wrong ones better than with the weights before (`eval`: AUROC of right
/// ones). Then the intercept was set where confidences agree best with the share of right quotes among 2,316 questions on the
/// pages of 45 communities, whether those without an answer count once, twice or three times.
pub(super) static WITH_MODEL: Fit = Fit {
    intercept: -8.7,
    quote_at: 0.5,
    weight: |row| row.with_model,
};

/// With a sentence model, for a question in another language than the articles. Fitted on English questions on an encyclopaedia's
/// German and Russian articles, a fifth of them on subjects that no article is about; then the intercept was lowered a little, in
/// favour of refusing.
pub(super) static ACROSS_LANGUAGES: Fit = Fit {
    intercept: -3.1,
    quote_at: 0.4,
    weight: |row| row.across_languages,
};
