//! One test a row, and the outcomes.

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
    asked: 0.0,
    uncommon: 0.0,
    covered: 0.4,
    rarest: 10,
};

/// The same with a model.
const WITH_MODEL: CalibrationFeatures = CalibrationFeatures {
    dense_similarity: Some(0.5),
    ..FEATURES
};

/// Checks that the confidence rises (or falls) where one feature is higher.
#[track_caller]
fn check(higher: CalibrationFeatures, rises: bool) {
    let middling = match higher.dense_similarity {
        None => FEATURES,
        Some(_) => WITH_MODEL,
    };
    let difference = higher.confidence() - middling.confidence();
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
fn size_lowers_confidence_with_a_model() {
    check(
        CalibrationFeatures {
            size: 5.0,
            ..WITH_MODEL
        },
        false,
    );
}

#[test]
fn heading_raises_confidence_with_a_model() {
    check(
        CalibrationFeatures {
            heading: 1.0,
            ..WITH_MODEL
        },
        true,
    );
}

#[test]
fn uncommon_words_in_the_section_raise_confidence() {
    check(
        CalibrationFeatures {
            uncommon: 1.0,
            ..FEATURES
        },
        true,
    );
}

#[test]
fn a_sentence_that_says_more_raises_confidence() {
    check(
        CalibrationFeatures {
            covered: 0.8,
            ..FEATURES
        },
        true,
    );
}

#[test]
fn a_question_that_is_a_heading_raises_confidence() {
    check(
        CalibrationFeatures {
            asked: 1.0,
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
    let with_model = WITH_MODEL;
    let names = |features: CalibrationFeatures| -> Vec<&str> {
        features.contributions().map(|part| part.name).collect()
    };
    assert_eq!(
        names(FEATURES),
        [
            "strength", "margin", "words", "named", "covered", "asked", "near"
        ]
    );
    assert_eq!(
        names(with_model),
        [
            "strength", "margin", "words", "size", "heading", "asked", "aligned", "dense"
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
            asked: 1.0,
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
