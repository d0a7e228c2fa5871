//! Which spellings are real words. A word of a question that no article contains is a typo only if it is not a real
//! word: `currency` must not be corrected to `current`.

use super::Language;
use fst::raw::{Fst, Node};
use std::sync::LazyLock;

/// By language code, a finite-state set of folded words, compiled from `real_words/*.txt` by the build script. The most
/// frequent words have a star behind them. `real_words/NOTICE` names the origin of the lists.
const LISTS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/real_words.rs"));

/// The mark of a frequent word.
const STAR: u8 = b'*';

type Set = Fst<&'static [u8]>;

static SETS: LazyLock<Vec<(Language, Set)>> = LazyLock::new(|| {
    let sets = LISTS.iter().filter_map(|&(code, bytes)| {
        let language = Language::from_code(code)?;
        Some((language, Fst::new(bytes).ok()?))
    });
    sets.collect()
});

impl Language {
    /// Whether a folded word is on the language's list; false for all words of a language without a list. The lists have
    /// words of four letters or more, and of the shorter ones only the most frequent.
    pub(crate) fn is_real_word(self, folded: &str) -> bool {
        find(self, folded).is_some_and(|(set, word)| word.is_final() || is_common(set, word))
    }

    /// Whether there is a list of the language's words.
    pub(crate) fn has_word_list(self) -> bool {
        SETS.iter().any(|(known, _)| *known == self)
    }

    /// Whether a folded word is one of the language's 1,700 or so most frequent (`happened`, `called`, `new`), which say
    /// little about a topic.
    pub fn is_common_word(self, folded: &str) -> bool {
        find(self, folded).is_some_and(|(set, word)| is_common(set, word))
    }
}

/// The language's set and the node in it that the letters of `word` lead to.
fn find(language: Language, word: &str) -> Option<(&'static Set, Node<'static>)> {
    if word.as_bytes().contains(&STAR) {
        return None;
    }
    let (_, set) = SETS.iter().find(|(known, _)| *known == language)?;
    let mut letters = word.bytes();
    let node = letters.try_fold(set.root(), |node, byte| follow(set, node, byte))?;
    Some((set, node))
}

fn is_common(set: &'static Set, word: Node<'static>) -> bool {
    follow(set, word, STAR).is_some()
}

/// The node behind `node` on the transition for `byte`.
fn follow(set: &'static Set, node: Node<'static>, byte: u8) -> Option<Node<'static>> {
    let transition = node.find_input(byte)?;
    Some(set.node(node.transition_addr(transition)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(code: &str) -> Language {
        Language::from_code(code).unwrap()
    }

    #[test]
    fn typos_are_not_real_words() {
        let check = |code, word, expected| {
            assert_eq!(language(code).is_real_word(word), expected, "{word}");
        };
        for word in ["currency", "horse", "able", "zoom", "zone", "new"] {
            check("en", word, true);
        }
        for word in [
            "curency", "hrose", "aaaa", "zzzzzz", "curr", "new*", "", "*",
        ] {
            check("en", word, false);
        }
        check("fr", "maison", true);
        check("fr", "mayson", false);
        check("ru", "собака", true);
        // Finnish has no list.
        check("fi", "talo", false);
    }

    #[test]
    fn only_frequent_words_are_common() {
        let check = |word, expected| {
            assert_eq!(Language::ENGLISH.is_common_word(word), expected, "{word}");
        };
        check("happened", true);
        check("new", true);
        check("sanctions", false);
        check("hrose", false);
        check("new*", false);
        check("", false);
    }

    #[test]
    fn sets_contain_what_the_lists_do() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text/real_words");
        assert_eq!(SETS.len(), LISTS.len());
        for (code, _) in LISTS {
            let language = language(code);
            let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}.txt"));
            let list = read(code).unwrap();
            let names = read(&format!("{code}_names")).unwrap_or_default();
            let (mut words, mut common) = (0, 0);
            for line in list.lines().chain(names.lines()) {
                let word = line.strip_suffix('*').unwrap_or(line);
                assert!(language.is_real_word(word), "{code} {word}");
                assert_eq!(language.is_common_word(word), word != line, "{code} {word}");
                words += 1;
                common += usize::from(word != line);
            }
            assert!(words > 18_000 && common > 1_500, "{code}: {words} {common}");
            let (_, set) = SETS.iter().find(|(known, _)| *known == language).unwrap();
            assert_eq!(set.len(), words, "{code}");
        }
    }
}
