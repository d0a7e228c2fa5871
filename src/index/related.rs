//! Words that mean nearly the same: countries and their people, abbreviations, numbers, close synonyms.

use crate::text::{fold, words};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<FxHashMap<String, Vec<String>>> =
    LazyLock::new(|| parse(include_str!("related.txt")));

/// Folded words related to a folded word; the words of a related phrase count one by one.
pub(super) fn related(folded: &str) -> &'static [String] {
    TABLE.get(folded).map(Vec::as_slice).unwrap_or_default()
}

/// One group a line, members between bars. A member of several words is given when another member is
/// asked for, but does not ask for others itself: `korea` alone is not `north korea`.
fn parse(table: &str) -> FxHashMap<String, Vec<String>> {
    let mut related: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let members: Vec<Vec<String>> = line.split('|').map(folded_words).collect();
        for (at, member) in members.iter().enumerate() {
            let [word] = member.as_slice() else {
                continue;
            };
            let others = members.iter().enumerate().filter(|(other, _)| *other != at);
            let row = related.entry(word.clone()).or_default();
            for other in others.flat_map(|(_, words)| words) {
                if other != word && !row.contains(other) {
                    row.push(other.clone());
                }
            }
        }
    }
    related
}

fn folded_words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    words(text, |span| found.push(fold(span.of(text))));
    found
}
