//! Arabic.

use super::{Abbreviations, Lang};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "ar",
    detected: Detected::Ara,
    stemmer: Some(Algorithm::Arabic),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "من ما ماذا متى اين لماذا كيف كم هل اي التي الذي هو هي كان كانت",
    question_words: "",
    number_questions: "",
    greetings: "",
    help_words: "",
    back_references: "",
    abbreviations: Abbreviations {
        before_name: "",
        before_number: "",
        anywhere: "",
    },
    sentence_starts: "",
    dotted_ordinals: false,
};
