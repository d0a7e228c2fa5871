//! Words with nearly the same meaning: countries and their people, abbreviations, numbers, close synonyms.
//! `text/lang/en_related.txt` describes the format.

use crate::text::{Language, fold, phrases, words};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Stem -> related stems.
type Table = FxHashMap<String, Vec<String>>;

static TABLES: LazyLock<FxHashMap<Language, Table>> = LazyLock::new(|| {
    let tables = Language::all().map(|language| (language, parse(language)));
    tables.filter(|(_, table)| !table.is_empty()).collect()
});

/// The stems related to a stem. Each word of a related phrase is a stem of its own.
pub(super) fn related(stem: &str, language: Language) -> &'static [String] {
    let row = TABLES.get(&language).and_then(|table| table.get(stem));
    row.map(Vec::as_slice).unwrap_or_default()
}

fn parse(language: Language) -> Table {
    let mut related = Table::default();
    let lines = language.lang().related_words.lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let members: Vec<Vec<String>> = phrases(line).map(|text| stems(text, language)).collect();
        for (at, member) in members.iter().enumerate() {
            let [word] = member.as_slice() else {
                continue;
            };
            let others = members.iter().enumerate().filter(|(other, _)| *other != at);
            let row = related.entry(word.clone()).or_default();
            for other in others.flat_map(|(_, stems)| stems) {
                if other != word && !row.contains(other) {
                    row.push(other.clone());
                }
            }
        }
    }
    related
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
}
