//! Which spellings are words: a question's word that no article holds is a slip only if it is not
//! a word of its own. `currency` must not be read as `current`.

use super::Language;
use std::cmp::Ordering;

/// Sorted folded words of four letters or more, one a line (`real_words/NOTICE` tells their origin).
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

impl Language {
    /// Whether a folded word is a known word of the language; `false` where there is no list.
    pub fn is_real_word(self, folded: &str) -> bool {
        LISTS
            .iter()
            .find(|(code, _)| *code == self.code())
            .is_some_and(|(_, list)| holds(list, folded))
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
        match bytes[start..end].cmp(word.as_bytes()) {
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
        for word in ["currency", "horse", "able", "zurich", "zone"] {
            assert!(Language::ENGLISH.is_real_word(word), "{word}");
        }
        for word in ["curency", "hrose", "aaaa", "zzzzzz", ""] {
            assert!(!Language::ENGLISH.is_real_word(word), "{word}");
        }
        let french = Language::from_code("fr").unwrap();
        assert!(french.is_real_word("maison") && !french.is_real_word("mayson"));
    }
}
