//! Spanish.

use super::{Abbreviations, Lang};
use frostem::Algorithm;
use whatlang::Lang as Detected;

pub(super) const LANG: Lang = Lang {
    code: "es",
    detected: Detected::Spa,
    stemmer: Some(Algorithm::Spanish),
    respelling: None,
    irregular_forms: "",
    related_words: "",
    function_words: "\
        que quien quienes cual cuales cuando donde por como cuanto cuanta cuantos cuantas hola gracias \
        favor fue fueron era eran hay significa",
    question_words: "quién quiénes qué cuándo dónde cuál cuáles cómo cuánto cuánta cuántos cuántas",
    number_questions: "cuando|cuanto|cuanta|cuantos|cuantas|que edad|que ano|que hora|que fecha",
    greetings: "hola|buenos dias|buenas tardes|buenas noches|gracias|muchas gracias",
    help_words: "ayuda",
    back_references: "él ella ellos esto pero",
    abbreviations: Abbreviations {
        before_name: "av dr dra prof sr sra",
        before_number: "art fig num núm pág vol",
        anywhere: "etc",
    },
    sentence_starts: "el en la las los un",
    dotted_ordinals: false,
};
