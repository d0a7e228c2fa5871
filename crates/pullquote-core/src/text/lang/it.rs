//! Italian.

use super::{Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "it",
    detected: Detected::Ita,
    stemmer: Some(Algorithm::Italian),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "\
        chi che cosa quale quali quando dove perche come quanto quanta quanti quante significa ciao grazie \
        favore",
    question_words: "",
    padding: PaddingLists::NONE,
    amount_words: "",
    amount_questions: "quanto|quanta|quanti|quante",
    time_questions: "quando|che anno|in quale anno|che ora",
    time_words: "",
    greetings: "",
    about: AboutLists::NONE,
    present: PresentLists::NONE,
    follow_up: FollowUpLists::NONE,
    bylines: "",
    help_words: "",
    back_references: "egli essi questo questa ma",
    forward_references: "sotto seguente seguenti",
    abbreviations: Abbreviations {
        before_name: "dott dr prof sig",
        before_number: "art fig n p pp vol",
        anywhere: "etc",
    },
    sentence_starts: "il la le un",
    dotted_ordinals: false,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};
