//! Portuguese.

use super::{Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists};
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
    amount_words: "",
    amount_questions: "quanto|quanta|quantos|quantas|que idade",
    time_questions: "quando|que ano|que horas",
    time_words: "",
    greetings: "",
    about: AboutLists::NONE,
    present: PresentLists::NONE,
    follow_up: FollowUpLists::NONE,
    bylines: "",
    help_words: "",
    back_references: "ele ela eles isso mas",
    forward_references: "abaixo seguinte seguintes",
    abbreviations: Abbreviations {
        before_name: "av dr dra prof sr sra",
        before_number: "art fig n nº p vol",
        anywhere: "etc",
    },
    sentence_starts: "",
    dotted_ordinals: false,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};
