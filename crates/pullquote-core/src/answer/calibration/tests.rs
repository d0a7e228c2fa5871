//! One test a row, and the outcomes.

use super::*;
use crate::answer::Options;
use crate::article::{BlockKind, ParagraphKind, article_of};
use crate::engine::Engine;
use crate::query::{Intent, Role};

/// Far ahead of nothing.
const STANDING: Standing = Standing {
    similarity: 0.0,
    similarity_by_parts: 0.0,
    margin_by_sentences: 0.0,
    margin_by_parts: 0.0,
    lead: 0.0,
    agreement: 0.0,
};

/// A middling answer.
const FEATURES: CalibrationFeatures = CalibrationFeatures {
    strength: 1.0,
    margin: 0.5,
    words: 1.0,
    near: 0.1,
    aligned: 0.6,
    dense_similarity: None,
    standing: STANDING,
    length: 1.5,
    foreign: false,
    asked: 0.0,
    uncommon: 0.0,
    covered: 0.4,
    names_section: false,
    rarest: 10,
};

/// The same with a model.
const WITH_MODEL: CalibrationFeatures = CalibrationFeatures {
    dense_similarity: Some(0.5),
    ..FEATURES
};

/// The same for a question in another language than the articles.
const FOREIGN: CalibrationFeatures = CalibrationFeatures {
    foreign: true,
    ..WITH_MODEL
};

/// Checks that the confidence rises (or falls) where one feature is higher.
#[track_caller]
fn check(higher: CalibrationFeatures, rises: bool) {
    let middling = match higher.dense_similarity {
        None => FEATURES,
        Some(_) if higher.foreign => FOREIGN,
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
fn a_syllable_counts_for_less_than_a_word() {
    let body = BlockKind::Paragraph(ParagraphKind::Body);
    let check = |texts: &[&str], question: &str, word: f32| {
        let blocks: Vec<_> = texts.iter().map(|text| (body, *text)).collect();
        let engine = Engine::build(vec![article_of("ferry.md", &blocks).unwrap()]);
        let options = Options {
            explain: true,
            ..Options::default()
        };
        let explanation = engine.ask(question, &options).explanation.unwrap();
        let words = explanation.words.iter();
        let content = words.filter(|word| word.role == Role::Content).count();
        assert!(content >= 3, "{question}");
        let counted = explanation.evidence.iter().find(|it| it.name == "words");
        let expected = (word * content as f32).ln();
        assert!((counted.unwrap().value - expected).abs() < 1e-4);
    };
    let english = ["The helmsman stamps vouchers.", "Otters doze."];
    check(&english, "Which helmsman stamps vouchers?", 1.0);
    // In few passages, every word is a common one.
    let mut vietnamese = vec!["Rái cá ngủ trưa trên bờ sông."; 20];
    vietnamese.push("Thuyền trưởng đóng dấu lên vé.");
    check(&vietnamese, "Thuyền trưởng đóng dấu lên gì?", SYLLABLE);
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
fn similarity_by_a_model_raises_confidence() {
    let names = |features: CalibrationFeatures| -> Vec<&str> {
        features.contributions().map(|part| part.name).collect()
    };
    let by_words = [
        "strength", "margin", "words", "named", "covered", "asked", "near",
    ];
    assert_eq!(names(FEATURES), by_words);
    let with_model = [
        "aligned",
        "length",
        "by parts",
        "margin by parts",
        "margin by sentences",
        "lead",
        "agreement",
    ];
    assert_eq!(names(WITH_MODEL), with_model);
    assert_eq!(names(FOREIGN), ["margin", "named", "dense"]);
    check(
        CalibrationFeatures {
            dense_similarity: Some(0.6),
            ..FOREIGN
        },
        true,
    );
    check(
        CalibrationFeatures {
            aligned: 0.7,
            ..WITH_MODEL
        },
        true,
    );
    check(
        CalibrationFeatures {
            length: 2.0,
            ..WITH_MODEL
        },
        true,
    );
}

#[test]
fn an_answer_ahead_of_others_raises_confidence() {
    let raise: [fn(&mut Standing); 5] = [
        |standing| standing.similarity_by_parts = 0.1,
        |standing| standing.margin_by_parts = 0.1,
        |standing| standing.margin_by_sentences = 0.1,
        |standing| standing.lead = 0.1,
        |standing| standing.agreement = 0.1,
    ];
    for raise in raise {
        let mut higher = WITH_MODEL;
        raise(&mut higher.standing);
        check(higher, true);
    }
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
            near: 0.0,
            dense_similarity: Some(0.0),
            ..weak
        },
        Outcome::Unknown,
    );
    // A near miss is no reply to small talk.
    assert!(FEATURES.outcome() == Outcome::Suggested);
    assert_eq!(
        Outcome::of(Intent::SmallTalk, FEATURES.outcome(), false),
        Outcome::Greeting
    );
}

#[test]
fn with_a_model_what_is_similar_is_suggested() {
    let similar = |similarity| CalibrationFeatures {
        standing: Standing {
            similarity,
            ..STANDING
        },
        dense_similarity: Some(0.0),
        aligned: 0.3,
        ..FEATURES
    };
    let outcome = |similarity| similar(similarity).outcome();
    assert_eq!(outcome(SUGGEST_SIMILARITY), Outcome::Suggested);
    assert_eq!(outcome(0.9 * SUGGEST_SIMILARITY), Outcome::Unknown);
}
