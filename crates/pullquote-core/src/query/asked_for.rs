//! What a question asks for, where its answer must state it: an amount or a time.
//!
//! Persons and places are left out: nearly every passage of real pages names one, so nothing would be refused by them.

use super::{Query, Word};
use crate::text::{Language, Span, fold, phrases, words};
use rustc_hash::FxHashSet;

/// What an answer must state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedFor {
    /// A number, an age, a price, how often: `how many`.
    Amount,
    /// A date, a day, a year, before or after what: `when`.
    Time,
}

impl AskedFor {
    /// What a question asks for; `None` for everything else.
    pub(super) fn of(question: &[Word], language: Language) -> Option<Self> {
        let lang = language.lang();
        if phrases(lang.amount_questions).any(|phrase| contains(question, phrase)) {
            return Some(Self::Amount);
        }
        // A single word also joins clauses: "it stops when I log in".
        let asks = |phrase: &str| {
            let begins = question.first().is_some_and(|word| word.folded == phrase);
            begins || (phrase.contains(' ') && contains(question, phrase))
        };
        let asks_time = phrases(lang.time_questions).any(asks);
        asks_time.then_some(Self::Time)
    }

    /// Whether a text states it, in words that are not in the question. True for a language whose words for it are not
    /// known.
    ///
    /// ```
    /// use pullquote_core::query::{AskedFor, Query};
    /// use pullquote_core::text::Language;
    ///
    /// let query = Query::parse("When does the ferry leave?", &[]);
    /// let is_stated = |text| AskedFor::Time.is_stated(text, &query, Language::ENGLISH);
    /// assert!(is_stated("It leaves after the mail is on board."));
    /// assert!(!is_stated("The ferry is blue."));
    /// ```
    pub fn is_stated(self, text: &str, query: &Query, language: Language) -> bool {
        let lang = language.lang();
        if lang.amount_words.is_empty() {
            return true;
        }
        let of_times = match self {
            Self::Amount => "",
            Self::Time => lang.time_words,
        };
        let lists = [lang.amount_words, of_times].into_iter();
        let known: FxHashSet<&str> = lists.flat_map(str::split_whitespace).collect();
        let states = |word: &str| word.starts_with(char::is_numeric) || known.contains(word);
        let counted = words(text).filter(|word| !is_number_of_step(text, *word));
        let mut folded = counted.map(|word| fold(word.of(text)));
        folded.any(|word| states(&word) && !query.typed.contains(&word))
    }
}

/// Whether a word is the number of a step at the beginning of a line: `2. Open the gate.`
fn is_number_of_step(text: &str, word: Span) -> bool {
    let before = Span::new(0, word.start as usize).of(text);
    let before = before.trim_end_matches([' ', '\t']);
    let after = Span::new(word.end as usize, text.len()).of(text);
    (before.is_empty() || before.ends_with('\n'))
        && (after.starts_with(". ") || after.starts_with(") "))
        && word.of(text).chars().all(char::is_numeric)
}

/// Whether the words of `phrase` occur among `words`, one after the other.
fn contains(words: &[Word], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words.windows(phrase.len()).any(|window| {
        let mut pairs = window.iter().zip(&phrase);
        pairs.all(|(word, part)| word.folded == *part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_stated(question: &str, text: &str, expected: bool) {
        let query = Query::parse(question, &[Language::ENGLISH]);
        let asked_for = query.asked_for.unwrap();
        let found = asked_for.is_stated(text, &query, Language::ENGLISH);
        assert_eq!(found, expected, "{question} {text}");
    }

    #[test]
    fn amounts_are_numbers_and_words_for_them() {
        for (text, expected) in [
            ("Two boats are red.", true),
            ("There are 5.", true),
            ("None is.", true),
            ("Of the 3 boats, the old ones.", false),
            ("Red boats are old.", false),
            ("Boats are red on Monday.", false),
            ("1. Paint it.\n2. Let it dry.", false),
            ("1. Paint 7 boats.", true),
        ] {
            check_stated("How many of the 3 boats are red?", text, expected);
        }
    }

    #[test]
    fn times_are_also_days_and_what_comes_before_or_after() {
        for (text, expected) in [
            ("In 1931.", true),
            ("On a Monday in March.", true),
            ("Once the harbour was dry.", true),
            ("Twice.", true),
            ("By two brothers with a red boat.", true),
            ("By brothers with a red boat.", false),
        ] {
            check_stated("When was the shed built?", text, expected);
        }
    }

    #[test]
    fn nothing_is_known_of_other_languages() {
        let query = Query::parse("How many are there?", &[Language::ENGLISH]);
        let unknown = Language::from_code("th").unwrap();
        assert!(AskedFor::Amount.is_stated("?", &query, unknown));
    }

    #[test]
    fn questions_for_amounts_and_times() {
        use AskedFor::{Amount, Time};
        for (code, question, expected) in [
            ("en", "How many sanctions are there?", Some(Amount)),
            ("en", "When did it begin?", Some(Time)),
            ("en", "in what year?", Some(Time)),
            ("en", "which port do I open", Some(Amount)),
            ("en", "What is the number of boats?", Some(Amount)),
            ("en", "How can I see the number of boats?", None),
            ("en", "How does it work?", None),
            ("en", "many people ask how", None),
            ("en", "it stops when I log in, why?", None),
            ("de", "Wie viele Bienen sind das?", Some(Amount)),
            ("de", "Seit wann gibt es das?", Some(Time)),
            ("de", "Wie heißt er?", None),
            ("fr", "Quel âge a-t-il ?", Some(Amount)),
            ("es", "¿Cuántos años tiene?", Some(Amount)),
            ("ru", "В каком году это было?", Some(Time)),
            ("zh", "多少?", None),
        ] {
            let languages = [Language::from_code(code).unwrap()];
            let found = Query::parse(question, &languages).asked_for;
            assert_eq!(found, expected, "{question}");
        }
    }
}
