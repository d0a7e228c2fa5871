//! Text as the token numbers that a sentence model was trained on: `tokenizer.json` as Hugging Face writes it, or the
//! `vocab.txt` of older models. `WordPiece` only, which BERT and its like use.

use super::pieces::{Place, pieces};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are one unknown token, as in BERT (there: characters).
const LONGEST_WORD: usize = 100;

/// Why a tokenizer's file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenizerError {
    /// It is not what Hugging Face writes.
    #[error("the tokenizer is not readable: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It cuts text in another way.
    #[error("the tokenizer is of the kind `{0}`; only `WordPiece` is known")]
    Kind(String),
    /// A token that has to be there is not.
    #[error("the vocabulary has no `{0}`")]
    Missing(&'static str),
}

/// Turns text into token numbers.
#[derive(Debug)]
pub struct Tokenizer {
    starts: FxHashMap<String, i32>,
    insides: FxHashMap<String, i32>,
    longest: usize,
    lowercase: bool,
    begin: i32,
    end: i32,
    unknown: i32,
}

/// The parts of `tokenizer.json` that are read.
#[derive(Deserialize)]
struct File {
    model: Model,
    normalizer: Option<Normalizer>,
}

#[derive(Deserialize)]
struct Model {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    vocab: serde_json::Value,
}

#[derive(Deserialize)]
struct Normalizer {
    lowercase: Option<bool>,
}

impl Tokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// # Errors
    ///
    /// Where it is something else, or of a kind that is not known.
    pub fn from_json(text: &str) -> Result<Tokenizer, TokenizerError> {
        let file: File = serde_json::from_str(text)?;
        let kind = file.model.kind.unwrap_or_default();
        if kind != "WordPiece" {
            return Err(TokenizerError::Kind(kind));
        }
        let vocabulary: FxHashMap<String, i32> = serde_json::from_value(file.model.vocab)?;
        let lowercase = file.normalizer.and_then(|normalizer| normalizer.lowercase);
        Tokenizer::new(vocabulary, lowercase.unwrap_or(true))
    }

    /// Reads a `vocab.txt`: one token a line, its number that of the line. Taken for lower case, as nearly all are.
    ///
    /// # Errors
    ///
    /// Where a token is missing that every such model has.
    pub fn from_vocabulary(text: &str) -> Result<Tokenizer, TokenizerError> {
        let tokens = text.lines().zip(0..);
        Tokenizer::new(
            tokens
                .map(|(token, id)| (token.trim_end().to_owned(), id))
                .collect(),
            true,
        )
    }

    fn new(
        vocabulary: FxHashMap<String, i32>,
        lowercase: bool,
    ) -> Result<Tokenizer, TokenizerError> {
        let special = |name| {
            vocabulary
                .get(name)
                .copied()
                .ok_or(TokenizerError::Missing(name))
        };
        let (begin, end, unknown) = (special("[CLS]")?, special("[SEP]")?, special("[UNK]")?);
        let longest = vocabulary.keys().map(String::len).max().unwrap_or_default();
        let mut starts = FxHashMap::default();
        let mut insides = FxHashMap::default();
        for (token, id) in vocabulary {
            match token.strip_prefix("##") {
                Some(inside) if !inside.is_empty() => insides.insert(inside.to_owned(), id),
                _ => starts.insert(token, id),
            };
        }
        Ok(Tokenizer {
            starts,
            insides,
            longest,
            lowercase,
            begin,
            end,
            unknown,
        })
    }

    /// The tokens of `text` between those that open and close a text, `most` in all.
    pub fn tokens(&self, text: &str, most: usize) -> Vec<i32> {
        let mut tokens = Vec::new();
        for word in self.words(text) {
            match pieces(&word, self.longest, |place, piece| self.find(place, piece)) {
                Some(found) if word.chars().count() <= LONGEST_WORD => tokens.extend(found),
                _ => tokens.push(self.unknown),
            }
        }
        tokens.truncate(most.saturating_sub(2));
        self.closed(&tokens)
    }

    /// `tokens` between those that open and close a text.
    pub fn closed(&self, tokens: &[i32]) -> Vec<i32> {
        let mut closed = vec![self.begin];
        closed.extend(tokens);
        closed.push(self.end);
        closed
    }

    fn find(&self, place: Place, piece: &str) -> Option<i32> {
        match place {
            Place::Start => self.starts.get(piece).copied(),
            Place::Inside => self.insides.get(piece).copied(),
        }
    }

    /// Runs of letters and digits, every sign of punctuation and every Chinese character by itself.
    fn words(&self, text: &str) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut open = false;
        let mut push = |letter: char| {
            let joins = open && !stands_alone(letter);
            match words.last_mut().filter(|_| joins) {
                _ if letter.is_whitespace() => open = false,
                _ if is_invisible(letter) => {}
                Some(word) => word.push(letter),
                None => {
                    words.push(letter.to_string());
                    open = !stands_alone(letter);
                }
            }
        };
        if self.lowercase {
            let plain = text.nfd().filter(|letter| !is_combining_mark(*letter));
            plain.flat_map(char::to_lowercase).for_each(&mut push);
        } else {
            text.chars().for_each(&mut push);
        }
        words
    }
}

/// Signs without a shape, which the model has never seen.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}')
        || matches!(letter, '\u{feff}' | '\u{fffd}')
}

/// Punctuation and Chinese characters.
fn stands_alone(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_punctuation();
    }
    matches!(letter,
        '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '・'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3d}' | '\u{ff5b}' | '\u{ff5d}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ebef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const VOCABULARY: &str =
        "[PAD]\n[UNK]\n[CLS]\n[SEP]\nwho\nwas\nabduct\n##ed\n?\n黑\nde\n##tente\n";

    fn check(text: &str, expect: &[i32]) {
        let tokenizer = Tokenizer::from_vocabulary(VOCABULARY).unwrap();
        assert_eq!(tokenizer.tokens(text, 8), expect, "{text}");
    }

    #[test]
    fn words_and_signs_become_tokens() {
        check("Who was abducted?", &[2, 4, 5, 6, 7, 8, 3]);
        check("Détente", &[2, 10, 11, 3]);
        check("who\u{ad}was黑?", &[2, 1, 9, 8, 3]);
        check("", &[2, 3]);
    }

    #[test]
    fn a_long_text_is_cut() {
        check("who who who who who who who who", &[2, 4, 4, 4, 4, 4, 4, 3]);
    }

    #[test]
    fn the_other_file_says_the_same() {
        let ids = VOCABULARY
            .lines()
            .zip(0..)
            .collect::<std::collections::BTreeMap<_, i32>>();
        let json = serde_json::json!({"model": {"type": "WordPiece", "vocab": ids}, "normalizer": {"lowercase": true}});
        let tokenizer = Tokenizer::from_json(&json.to_string()).unwrap();
        assert_eq!(
            tokenizer.tokens("Who was abducted?", 8),
            [2, 4, 5, 6, 7, 8, 3]
        );
    }

    #[test]
    fn what_is_wrong_is_told() {
        let wrong = |json: &str| Tokenizer::from_json(json).unwrap_err().to_string();
        assert!(wrong("{").starts_with("the tokenizer is not readable"));
        assert!(wrong(r#"{"model": {"type": "BPE"}}"#).contains("`BPE`"));
        assert!(
            wrong(r#"{"model": {"type": "WordPiece", "vocab": {"[CLS]": 0}}}"#).contains("`[SEP]`")
        );
    }
}
