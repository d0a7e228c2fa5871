//! French.

use super::{Abbreviations, Lang};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "fr",
    detected: Detected::Fra,
    stemmer: Some(Algorithm::French),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "\
        qui que quoi quel quelle quels quelles quand ou pourquoi comment combien est sont svp bonjour salut \
        merci etait etaient signifie lequel laquelle lesquels",
    question_words: "qui que quoi quand où pourquoi quel quelle quels quelles comment combien",
    number_questions: "\
        quand|combien|quel age|en quelle annee|quelle annee|quelle heure|quelle date",
    greetings: "bonjour|bonsoir|salut|merci|merci beaucoup",
    help_words: "aide",
    back_references: "il elle ils elles cela ceci cette mais donc",
    abbreviations: Abbreviations {
        before_name: "av cf dr mlle mme prof st ste",
        before_number: "art fig no nº p vol",
        anywhere: "etc",
    },
    sentence_starts: "elle en il la le les un une",
    dotted_ordinals: false,
};
