//! Which spellings are words: a question's word that no article contains is a typo only if it is not a word. `currency`
//! must not be corrected to `current`.

use super::Language;
use std::cmp::Ordering;

impl Language {
    /// Whether a folded word is on the language's list of words. Of words under four letters only the most frequent are
    /// listed (`real_words/NOTICE` describes the lists). Always false for a language without a list.
    pub fn is_real_word(self, folded: &str) -> bool {
        contains_line(self.lang().real_words, folded)
    }
}

/// Binary search over the sorted lines of `list`; a star at the end of a line does not count.
fn contains_line(list: &str, word: &str) -> bool {
    let bytes = list.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        // The bounds of the line with the middle byte.
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
    fn words_and_typos() {
        let check = |word| Language::ENGLISH.is_real_word(word);
        for word in ["currency", "horse", "able", "zoom", "zone"] {
            assert!(check(word), "{word}");
        }
        for word in ["curency", "hrose", "aaaa", "zzzzzz", "", "*"] {
            assert!(!check(word), "{word}");
        }
        let french = Language::from_code("fr").unwrap();
        assert!(french.is_real_word("maison") && !french.is_real_word("mayson"));
    }
}
