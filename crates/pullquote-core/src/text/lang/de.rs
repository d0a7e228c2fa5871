//! German.

use super::{Abbreviations, Lang};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "de",
    detected: Detected::Deu,
    stemmer: Some(Algorithm::German),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "\
        wer wem wen wessen was wann wo warum wieso weshalb wie woher wohin welche welcher welches welchem \
        welchen viel viele wieviel wieviele bitte hallo danke gibt wurde wurden wird werden worden hat \
        hatte konnte womit wodurch wofur woran worauf wovon bedeutet bedeutung heisst",
    question_words: "\
        wer wen wem wessen was wann wo woher wohin warum wieso weshalb welche welcher welches wie",
    number_questions: "\
        wann|wie viel|wie viele|wieviel|wieviele|wie alt|wie lang|wie lange|wie weit|wie hoch|wie tief|\
        wie gross|wie oft|wie schnell|wie schwer|in welchem jahr|um wie viel",
    greetings: "hallo|guten morgen|guten tag|guten abend|gute nacht|danke|vielen dank",
    help_words: "hilfe",
    back_references: "er sie es sein seine dies diese dieser dieses aber jedoch daher deshalb so",
    abbreviations: Abbreviations {
        before_name: "bzw ca d.h dr fr hr prof sog st u.a vgl z.b zb",
        before_number: "abb abs art bd nr s",
        anywhere: "usw",
    },
    sentence_starts: "das der die ein eine er es im sie",
    dotted_ordinals: true,
};
