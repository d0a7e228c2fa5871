//! A language to copy; this one is Esperanto. Only the tests compile this file.
//!
//! `Lang` in `mod.rs` describes each field. Leave a list empty (`""`) if the language does not need it.

use super::{Abbreviations, AboutLists, FollowUpLists, Lang, PaddingLists, PresentLists};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "eo",
    detected: Detected::Epo,
    stemmer: Some(Algorithm::Esperanto),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "\
        kiu kio kies kia kie kiam kial kiel kiom cu \
        estas estis bonvolu dankon saluton",
    question_words: "ĉu kiu kio kies kia kie kiam kial kiel kiom",
    padding: PaddingLists {
        words: "saluton amikoj demando rapida helpo helpu dankon antaue pardonu nova",
        pleas: "iu helpo",
        interrogatives: "kiel kiam kial kie",
        joiners: "kaj",
        openers: "dankon pardonu",
    },
    amount_words: "nul unu du tri kvar kvin ses sep ok nau dek cent mil neniu cio",
    amount_questions: "kiom|kiom da",
    time_questions: "kiam|en kiu jaro",
    time_words: "januaro lundo tago semajno monato jaro horo hodiau post antau ekde gis",
    greetings: "saluton|bonan matenon|bonan tagon|dankon",
    about: AboutLists {
        ignored: "estas la",
        pointers: "ci tiu tio artikolo",
        author: "kiu verkis *",
        date: "kiam aperis *",
        publisher: "kie aperis *",
        source: "kie mi legu *",
        gist: "pri kio temas *|resumu *",
        length: "kiom longa *",
        articles: "kiujn artikolojn vi havas",
        help: "kion mi demandu",
    },
    present: PresentLists {
        ways: "kiel kial kie kiu",
        now: "nun|hodiau|cimomente",
        be: "estas cu",
        states: "for atingebla rompita",
        places: "ci tie veka",
        anybody: "iu",
        rules: "ebla permesata necesa kiel",
        around: "la por iu mi vi nun ankau denove",
    },
    follow_up: FollowUpLists {
        interjections: "nu bone",
        openers: "kaj kio pri|kaj|sed",
        prepositions: "por kun en sur sen de al",
        pronouns: "gi tio ili li si",
    },
    bylines: "de",
    help_words: "helpo",
    back_references: "li ŝi ĝi ili tio tiuj sed tamen do",
    forward_references: "sube jena jenaj",
    abbreviations: Abbreviations {
        before_name: "d-ro prof s-ro s-ino",
        before_number: "n-ro p",
        anywhere: "ktp",
    },
    sentence_starts: "la li ŝi ĝi ili",
    dotted_ordinals: false,
    spaces_between_syllables: false,
    accents_tell_words_apart: false,
};
