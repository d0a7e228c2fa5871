//! Splits a text into tokens as the model was trained: without accents, in lower case, words in the pieces of its vocabulary
//! (Devlin et al. 2019, section 3).

use crate::weights::{MAGIC, MAX_TOKENS};
use pullquote_core::semantic::{PiecePosition, word_pieces};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Before a piece that does not start a word.
const INSIDE: &str = "##";
/// Tokens of a text that count, beside the two that open and close it.
pub(crate) const LONGEST_TEXT: usize = MAX_TOKENS - 2;
/// Longer words are not split: they are unknown.
const LONGEST_WORD: usize = 100;

/// The model's vocabulary.
pub(crate) struct Vocabulary {
    starts: FxHashMap<&'static str, usize>,
    insides: FxHashMap<&'static str, usize>,
    /// Of the longest piece, in bytes.
    longest: usize,
    open: usize,
    close: usize,
    unknown: usize,
}

impl Vocabulary {
    /// Reads the vocabulary at the start of the file: a piece a line, up to an empty line. Also returns the rest; `None` if
    /// the file is of another kind.
    pub(crate) fn parse(file: &'static [u8]) -> Option<(Self, &'static [u8])> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let (mut starts, mut insides) = (FxHashMap::default(), FxHashMap::default());
        loop {
            let end = rest.iter().position(|byte| *byte == b'\n')?;
            let (line, after) = rest.split_at_checked(end)?;
            rest = after.split_first()?.1;
            let piece = str::from_utf8(line).ok()?;
            let token = starts.len() + insides.len();
            match piece.strip_prefix(INSIDE) {
                _ if piece.is_empty() => break,
                Some(inside) if !inside.is_empty() => insides.insert(inside, token),
                _ => starts.insert(piece, token),
            };
        }
        let lengths = starts.keys().chain(insides.keys()).map(|piece| piece.len());
        let special = |name: &str| starts.get(name).copied();
        let vocabulary = Self {
            longest: lengths.max()?,
            open: special("[CLS]")?,
            close: special("[SEP]")?,
            unknown: special("[UNK]")?,
            starts,
            insides,
        };
        Some((vocabulary, rest))
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() + self.insides.len()
    }

    /// The tokens of a text, at most [`LONGEST_TEXT`].
    pub(crate) fn tokens(&self, text: &str) -> Vec<usize> {
        let mut tokens = Vec::new();
        for word in words(text) {
            tokens.extend(self.pieces(&word));
            if tokens.len() >= LONGEST_TEXT {
                break;
            }
        }
        tokens.truncate(LONGEST_TEXT);
        tokens
    }

    /// Tokens between the two that open and close a text.
    pub(crate) fn enclosed(&self, tokens: &[usize]) -> Vec<usize> {
        [&[self.open], tokens, &[self.close]].concat()
    }

    fn pieces(&self, word: &str) -> Vec<usize> {
        let find = |place, piece: &str| match place {
            PiecePosition::Start => self.starts.get(piece).copied(),
            PiecePosition::Inside => self.insides.get(piece).copied(),
        };
        let short = word.len() <= LONGEST_WORD;
        let pieces = short.then(|| word_pieces(word, self.longest, find));
        pieces.flatten().unwrap_or_else(|| vec![self.unknown])
    }
}

/// The words of a text. Each character that is no letter, digit or mark is a word of its own.
fn words(text: &str) -> impl Iterator<Item = String> {
    let letters = text.nfd().filter(|letter| !is_combining_mark(*letter));
    let mut letters = letters.flat_map(char::to_lowercase).peekable();
    std::iter::from_fn(move || {
        while letters.next_if(|letter| is_ignored(*letter)).is_some() {}
        let first = letters.next()?;
        let mut word = String::from(first);
        if first.is_alphanumeric() {
            while let Some(letter) = letters.next_if(|letter| letter.is_alphanumeric()) {
                word.push(letter);
            }
        }
        Some(word)
    })
}

fn is_ignored(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let mut file = MAGIC.to_vec();
        file.extend(
            "[CLS]\n[SEP]\n[UNK]\nwho\nabduct\n##ed\n?\nde\n##tente\n#\n##\n\nrest".bytes(),
        );
        let (vocabulary, rest) = Vocabulary::parse(file.leak()).unwrap();
        assert_eq!((vocabulary.len(), rest), (11, &b"rest"[..]));
        vocabulary
    }

    #[test]
    fn texts_become_pieces() {
        let check = |text: &str, expected: &[usize]| {
            let vocabulary = vocabulary();
            let tokens = vocabulary.tokens(text);
            assert_eq!(vocabulary.enclosed(&tokens), expected, "{text}");
        };
        check("Who abducted?", &[0, 3, 4, 5, 6, 1]);
        check("DÉTENTE\u{0}\n?", &[0, 7, 8, 6, 1]);
        check("黑 who", &[0, 2, 3, 1]);
        check("##", &[0, 9, 9, 1]);
        check("", &[0, 1]);
        check(&"who".repeat(40), &[0, 2, 1]);
        let many = "who ".repeat(1_000);
        assert_eq!(vocabulary().tokens(&many).len(), LONGEST_TEXT);
    }

    #[test]
    fn other_files_are_refused() {
        for file in [
            "",
            "pullquote minilm 0\n\n",
            "pullquote minilm 1\nwho\n",
            "pullquote minilm 1\nwho\n\n",
        ] {
            assert!(Vocabulary::parse(file.as_bytes()).is_none(), "{file:?}");
        }
    }
}
