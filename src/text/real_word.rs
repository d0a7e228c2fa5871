//! Which spellings are words: a question's word that no article holds is a slip only if it is not
//! a word of its own. `currency` must not be read as `current`.

use super::Language;
use std::cmp::Ordering;

/// Sorted folded words of four letters or more, one a line, with a star behind the 1,500 most frequent
/// (`real_words/NOTICE` tells their origin).
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

/// How well known a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Familiarity {
    /// Among the 1,500 most frequent of four letters or more: it says little (`happened`, `called`).
    Common,
    /// A word of the language.
    Real,
}

impl Language {
    /// How well known a folded word is; `None` for what is not on the language's list.
    pub fn familiarity(self, folded: &str) -> Option<Familiarity> {
        let (_, list) = LISTS.iter().find(|(code, _)| *code == self.code())?;
        find(list, folded)
    }
}

/// Binary search over the lines of a sorted text.
fn find(list: &str, word: &str) -> Option<Familiarity> {
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
        let (held, familiarity) = match line.strip_suffix(b"*") {
            Some(held) => (held, Familiarity::Common),
            None => (line, Familiarity::Real),
        };
        match held.cmp(word.as_bytes()) {
            Ordering::Equal => return Some(familiarity),
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_slips() {
        let check = |word| Language::ENGLISH.familiarity(word);
        for word in ["currency", "horse", "able", "zoom", "zone"] {
            assert!(check(word).is_some(), "{word}");
        }
        for word in ["curency", "hrose", "aaaa", "zzzzzz", "", "*"] {
            assert_eq!(check(word), None, "{word}");
        }
        assert_eq!(check("happened"), Some(Familiarity::Common));
        assert_eq!(check("sanctions"), Some(Familiarity::Real));
        let french = Language::from_code("fr").unwrap();
        assert!(french.familiarity("maison").is_some() && french.familiarity("mayson").is_none());
    }
}
