//! Which spellings are words: a question's word that no article holds is a slip only if it is not
//! a word of its own. `currency` must not be read as `current`.

use super::Language;
use rustc_hash::FxHashSet;
use std::cmp::Ordering;
use std::sync::LazyLock;

/// Sorted folded words, one a line, with a star behind the most frequent (`real_words/NOTICE` tells their
/// origin).
const LISTS: &[(&str, &str)] = &[
    ("en", include_str!("real_words/en.txt")),
    ("de", include_str!("real_words/de.txt")),
    ("fr", include_str!("real_words/fr.txt")),
    ("es", include_str!("real_words/es.txt")),
    ("it", include_str!("real_words/it.txt")),
    ("pt", include_str!("real_words/pt.txt")),
    ("nl", include_str!("real_words/nl.txt")),
    ("ru", include_str!("real_words/ru.txt")),
];

/// The stars of each list.
static COMMON: LazyLock<Vec<FxHashSet<&str>>> = LazyLock::new(|| {
    let common = |list: &'static str| list.lines().filter_map(|line| line.strip_suffix('*'));
    LISTS
        .iter()
        .map(|(_, list)| common(list).collect())
        .collect()
});

impl Language {
    /// Whether a folded word is on the language's list. Of words under four letters only the most frequent are.
    pub fn is_real_word(self, folded: &str) -> bool {
        self.list().is_some_and(|at| holds(LISTS[at].1, folded))
    }

    /// Whether a folded word is one of the 1,500 or so that are heard most: it says little (`happened`, `called`,
    /// `new`).
    pub fn is_common_word(self, folded: &str) -> bool {
        self.list().is_some_and(|at| COMMON[at].contains(folded))
    }

    fn list(self) -> Option<usize> {
        LISTS.iter().position(|(code, _)| *code == self.code())
    }
}

/// Binary search over the lines of a sorted text.
fn holds(list: &str, word: &str) -> bool {
    let bytes = list.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        // The line that the middle byte is in.
        let start = bytes[..middle]
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |before| before + 1);
        let length = bytes[start..].iter().position(|&byte| byte == b'\n');
        let end = length.map_or(bytes.len(), |length| start + length);
        let line = &bytes[start..end];
        match line.strip_suffix(b"*").unwrap_or(line).cmp(word.as_bytes()) {
            Ordering::Equal => return true,
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_slips() {
        let check = |word| Language::ENGLISH.is_real_word(word);
        for word in ["currency", "horse", "able", "zoom", "zone"] {
            assert!(check(word), "{word}");
        }
        for word in ["curency", "hrose", "aaaa", "zzzzzz", "", "*"] {
            assert!(!check(word), "{word}");
        }
        assert!(Language::ENGLISH.is_common_word("happened"));
        assert!(!Language::ENGLISH.is_common_word("sanctions"));
        let french = Language::from_code("fr").unwrap();
        assert!(french.is_real_word("maison") && !french.is_real_word("mayson"));
    }
}
