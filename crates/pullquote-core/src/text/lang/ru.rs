//! Russian.

use super::{Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "ru",
    detected: Detected::Rus,
    stemmer: Some(Algorithm::Russian),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "\
        кто что какои какая какое какие каких каким какому какую когда где куда откуда почему зачем как \
        сколько чеи чья каком каков какова каковы привет спасибо пожалуиста ли кого кому чем чего",
    question_words: "",
    padding: PaddingLists::NONE,
    amount_words: "",
    amount_questions: "сколько|как долго|как часто",
    time_questions: "когда|в каком году",
    time_words: "",
    greetings: "",
    about: AboutLists::NONE,
    present: PresentLists::NONE,
    follow_up: FollowUpLists::NONE,
    bylines: "",
    help_words: "",
    back_references: "он она оно они это но однако",
    forward_references: "ниже следующие следующий",
    abbreviations: Abbreviations {
        before_name: "г-н гг им см тов ул",
        before_number: "рис стр",
        anywhere: "др т.д т.е т.п",
    },
    sentence_starts: "",
    dotted_ordinals: false,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};
