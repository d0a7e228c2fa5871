//! Portuguese.

use super::{Abbreviations, AboutLists, Lang, PaddingLists};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "pt",
    detected: Detected::Por,
    stemmer: Some(Algorithm::Portuguese),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "\
        quem que qual quais quando onde porque por como quanto quanta quantos quantas significa ola \
        obrigado obrigada favor foi foram",
    question_words: "",
    padding: PaddingLists::NONE,
    number_questions: "quando|quanto|quanta|quantos|quantas|que idade|que ano|que horas",
    greetings: "",
    about: AboutLists::NONE,
    bylines: "",
    help_words: "",
    back_references: "ele ela eles isso mas",
    abbreviations: Abbreviations {
        before_name: "av dr dra prof sr sra",
        before_number: "art fig n nº p vol",
        anywhere: "etc",
    },
    sentence_starts: "",
    dotted_ordinals: false,
};
