//! English words with nearly the same meaning: countries and their people, abbreviations, numbers, close synonyms.
//! `related.txt` describes its own format.

use crate::text::{Language, fold, words};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<FxHashMap<String, Vec<String>>> =
    LazyLock::new(|| parse(include_str!("related.txt")));

/// The stems related to a stem. Each word of a related phrase is a stem of its own.
pub(super) fn related(stem: &str, language: Language) -> &'static [String] {
    let row = (language == Language::ENGLISH).then(|| TABLE.get(stem));
    row.flatten().map(Vec::as_slice).unwrap_or_default()
}

fn parse(table: &str) -> FxHashMap<String, Vec<String>> {
    let mut related: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let members: Vec<Vec<String>> = line.split('|').map(stems).collect();
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

/// Stems of the words that are not stop words.
fn stems(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |span| {
        let folded = fold(span.of(text));
        if !Language::ENGLISH.is_stop_word(&folded) {
            found.push(Language::ENGLISH.stem(&folded).into_owned());
        }
    });
    found
}
