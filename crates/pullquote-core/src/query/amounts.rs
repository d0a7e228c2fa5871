//! Questions that a number answers.

use super::{Query, Word};
use crate::text::{Language, fold, phrases, words};

/// Whether a question asks for an amount or a time (`how many`, `when`).
pub(super) fn asks_number(words: &[Word], language: Language) -> bool {
    phrases(language.lang().number_questions).any(|phrase| contains_phrase(words, phrase))
}

/// Whether a question asks for an amount, not for a time (`when`), which need not be told in numbers.
pub(super) fn asks_amount(words: &[Word], language: Language) -> bool {
    let mut amounts = phrases(language.lang().number_questions).skip(1);
    amounts.any(|phrase| contains_phrase(words, phrase))
}

/// Whether a text states an amount that is not in the question: a number, in digits or as a word, or `none`, `daily`.
/// True for a language whose words for numbers are not known.
pub fn states_amount(text: &str, query: &Query, language: Language) -> bool {
    let names = language.lang().number_words;
    let is_amount = |word: &str| {
        word.starts_with(char::is_numeric) || names.split_whitespace().any(|name| name == word)
    };
    let mut folded = words(text).map(|word| fold(word.of(text)));
    names.is_empty() || folded.any(|word| is_amount(&word) && !query.typed.contains(&word))
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
    fn amounts_are_numbers_and_words_for_them() {
        let query = Query::parse("How many of the 3 boats are red?", &[Language::ENGLISH]);
        assert!(query.asks_amount);
        for (text, expected) in [
            ("Two boats are red.", true),
            ("There are 5.", true),
            ("None is.", true),
            ("Of the 3 boats, the old ones.", false),
            ("Red boats are old.", false),
        ] {
            let found = super::states_amount(text, &query, Language::ENGLISH);
            assert_eq!(found, expected, "{text}");
        }
        assert!(!Query::parse("When did it begin?", &[Language::ENGLISH]).asks_amount);
        let unknown = Language::from_code("th").unwrap();
        assert!(super::states_amount("?", &query, unknown));
    }

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
