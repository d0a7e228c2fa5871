//! Words with nearly the same meaning: countries and their people, abbreviations, numbers, close synonyms.
//! `text/lang/en_related.txt` describes the format.

use crate::query::Word;
use crate::text::{Language, fold, phrases, words};
use rustc_hash::FxHashMap;
use std::sync::{LazyLock, OnceLock};

/// The related words of one language.
#[derive(Debug, Default)]
struct Table {
    /// Stem -> related stems.
    words: FxHashMap<String, Vec<String>>,
    /// First stem of a phrase -> the phrases that begin with it.
    phrases: FxHashMap<String, Vec<Phrase>>,
}

/// A phrase that asks for words: `turn off` for `disable`.
#[derive(Debug)]
struct Phrase {
    /// The stems after the first.
    rest: Vec<String>,
    /// The stems that it asks for.
    related: Vec<String>,
}

/// Words that may stand between the words of a phrase: `turn it off`.
const BETWEEN: usize = 1;

/// For each language that has related words, its table from the first question in that language on: parsing them takes time, and
/// most communities ask in one language.
static TABLES: LazyLock<FxHashMap<Language, OnceLock<Table>>> = LazyLock::new(|| {
    let has_table = |language: &Language| !language.lang().related_words.is_empty();
    let languages = Language::all().filter(has_table);
    languages
        .map(|language| (language, OnceLock::new()))
        .collect()
});

fn table(language: Language) -> Option<&'static Table> {
    let table = TABLES.get(&language)?;
    Some(table.get_or_init(|| parse(language)))
}

/// The stems related to a stem. Each word of a related phrase is a stem of its own.
pub(super) fn related(stem: &str, language: Language) -> &'static [String] {
    let row = table(language).and_then(|table| table.words.get(stem));
    row.map(Vec::as_slice).unwrap_or_default()
}

/// The stems related to the phrases that begin with the first of some words.
pub(super) fn related_to_phrase(
    words: &[Word],
    language: Language,
) -> impl Iterator<Item = &'static String> {
    let is_stem = move |word: &Word, stem: &str| *language.stem(&word.folded) == *stem;
    let phrases = words.split_first().and_then(|(first, _)| {
        let table = table(language)?;
        table.phrases.get(&*language.stem(&first.folded))
    });
    let begins = move |phrase: &&Phrase| {
        let mut after = words.iter().skip(1);
        phrase.rest.iter().all(|stem| {
            let mut next = after.by_ref().take(1 + BETWEEN);
            next.any(|word| is_stem(word, stem))
        })
    };
    let phrases = phrases.into_iter().flatten().filter(begins);
    phrases.flat_map(|phrase| &phrase.related)
}

fn parse(language: Language) -> Table {
    let mut table = Table::default();
    let lines = language.lang().related_words.lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        match line.split_once('>') {
            Some((asking, asked)) => table.add_phrases(asking, asked, language),
            None => table.add_group(line, language),
        }
    }
    table
}

impl Table {
    /// Adds words that are related to each other.
    fn add_group(&mut self, line: &str, language: Language) {
        let members: Vec<Vec<String>> = phrases(line).map(|text| stems(text, language)).collect();
        for (at, member) in members.iter().enumerate() {
            let [word] = member.as_slice() else {
                continue;
            };
            let others = members.iter().enumerate().filter(|(other, _)| *other != at);
            let row = self.words.entry(word.clone()).or_default();
            for other in others.flat_map(|(_, stems)| stems) {
                if other != word && !row.contains(other) {
                    row.push(other.clone());
                }
            }
        }
    }

    /// Adds phrases that ask for words, but not the other way round.
    fn add_phrases(&mut self, asking: &str, asked: &str, language: Language) {
        let related: Vec<String> = phrases(asked)
            .flat_map(|text| stems(text, language))
            .collect();
        for phrase in phrases(asking) {
            let mut stems = all_stems(phrase, language);
            if let Some(first) = stems.next() {
                self.phrases.entry(first).or_default().push(Phrase {
                    rest: stems.collect(),
                    related: related.clone(),
                });
            }
        }
    }
}

/// The stems of all words, stop words too.
fn all_stems(text: &str, language: Language) -> impl Iterator<Item = String> {
    let folded = words(text).map(|span| fold(span.of(text)));
    folded.map(move |word| language.stem(&word).into_owned())
}

/// The stems of the words that are not stop words.
fn stems(text: &str, language: Language) -> Vec<String> {
    let mut found = Vec::new();
    for span in words(text) {
        let folded = fold(span.of(text));
        if !language.is_stop_word(&folded) {
            found.push(language.stem(&folded).into_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_group_are_related() {
        let stem = |word| Language::ENGLISH.stem(word).into_owned();
        for (word, other, expected) in [
            ("author", "writer", true),
            ("writer", "author", true),
            ("uk", "britain", true),
            ("uk", "kingdom", true),
            ("kingdom", "uk", false),
            ("author", "author", false),
            ("author", "boat", false),
        ] {
            let found = related(&stem(word), Language::ENGLISH);
            assert_eq!(found.contains(&stem(other)), expected, "{word} {other}");
        }
        let german = Language::from_code("de").unwrap();
        assert!(related(&stem("author"), german).is_empty());
    }
    #[test]
    fn phrases_are_related_to_words() {
        for (question, other, expected) in [
            ("turn off the light", "disable", true),
            ("turn it off", "disable", true),
            ("turn the big light off", "disable", false),
            ("turn left", "disable", false),
            ("get rid of it", "remove", true),
        ] {
            let query = crate::query::Query::parse(question, &[Language::ENGLISH]);
            let other = Language::ENGLISH.stem(other).into_owned();
            let mut found = related_to_phrase(&query.words, Language::ENGLISH);
            assert_eq!(found.any(|stem| *stem == other), expected, "{question}");
        }
        assert_eq!(related_to_phrase(&[], Language::ENGLISH).count(), 0);
    }
}
