//! Questions that a number answers.

use super::Word;
use crate::text::{Language, phrases};

/// Whether a question asks for an amount or a time (`how many`, `when`).
pub(super) fn asks_number(words: &[Word], language: Language) -> bool {
    phrases(language.lang().number_questions).any(|phrase| contains_phrase(words, phrase))
}

/// Whether the words of `phrase` occur among `words`, one after the other.
fn contains_phrase(words: &[Word], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words.windows(phrase.len()).any(|window| {
        let mut pairs = window.iter().zip(&phrase);
        pairs.all(|(word, part)| word.folded == *part)
    })
}

#[cfg(test)]
mod tests {
    use crate::query::Query;
    use crate::text::Language;

    #[test]
    fn questions_for_amounts_and_times() {
        for (code, question, expected) in [
            ("en", "How many sanctions are there?", true),
            ("en", "When did it begin?", true),
            ("en", "in what year?", true),
            ("en", "How does it work?", false),
            ("en", "many people ask how", false),
            ("de", "Wie viele Bienen sind das?", true),
            ("de", "Wie heißt er?", false),
            ("fr", "Quel âge a-t-il ?", true),
            ("es", "¿Cuántos años tiene?", true),
            ("ru", "В каком году это было?", true),
            ("zh", "多少?", false),
        ] {
            let languages = [Language::from_code(code).unwrap()];
            let found = Query::parse(question, &languages).asks_number;
            assert_eq!(found, expected, "{question}");
        }
    }
}
