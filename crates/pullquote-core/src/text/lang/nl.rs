//! Dutch.

use super::{Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "nl",
    detected: Detected::Nld,
    stemmer: Some(Algorithm::Dutch),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "\
        wie wat welke welk wanneer waar waarom hoe hoeveel hallo dank bedankt alsjeblieft graag",
    question_words: "",
    padding: PaddingLists::NONE,
    amount_words: "",
    amount_questions: "\
        hoeveel|hoe oud|hoe lang|hoe ver|hoe hoog|hoe diep|hoe groot|hoe vaak|hoe snel|hoe zwaar",
    time_questions: "wanneer|welk jaar|hoe laat",
    time_words: "",
    greetings: "",
    about: AboutLists::NONE,
    present: PresentLists::NONE,
    follow_up: FollowUpLists::NONE,
    bylines: "",
    help_words: "",
    back_references: "hij zij dit deze maar",
    forward_references: "hieronder volgende onderstaande",
    abbreviations: Abbreviations {
        before_name: "dr prof",
        before_number: "art nr p",
        anywhere: "etc",
    },
    sentence_starts: "",
    dotted_ordinals: false,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};
