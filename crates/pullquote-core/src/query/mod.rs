//! What is asked: a question becomes words with roles, quoted phrases and exclusions.
//!
//! Nothing here knows what the articles hold; [`crate::index`] does that next.

use crate::text::{Language, Span, fold, words};
use std::ops::Range;

mod amounts;
mod intent;

pub use intent::{Intent, reads_like_a_question};

/// A question in parts. `words` are in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Every word that was read, up to [`MAX_WORDS`].
    pub words: Vec<Word>,
    /// Two or more words in quotation marks: ranges of `words` that must stand together in a passage.
    /// One word in quotation marks is only certain to be meant.
    pub phrases: Vec<Range<usize>>,
    /// Folded words that must not stand in a passage (`-word`).
    pub excluded: Vec<String>,
    /// The language that the question was read in: one of the articles'.
    pub language: Language,
    /// Whether it asks for an amount or a time: `how many`, `when`.
    pub asks_number: bool,
}

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the question.
    pub span: Span,
    /// Its folded form.
    pub folded: String,
    /// What it does in the question.
    pub role: Role,
}

/// What a word does in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Says what is asked about.
    Content,
    /// Holds the question together (who, does, the, please): never searched for by itself.
    Function,
}

/// Words of a question that are read; a question may be a paragraph, not a book.
pub const MAX_WORDS: usize = 256;

impl Query {
    /// Reads a question in the one of `languages` whose function words it uses most; the first one
    /// where that does not tell. With no languages, English.
    pub fn parse(question: &str, languages: &[Language]) -> Self {
        let mut found: Vec<(Span, String)> = Vec::new();
        words(question, |span| {
            if found.len() < MAX_WORDS {
                found.push((span, fold(span.of(question))));
            }
        });
        let language = language_of(&found, languages);
        let excluded = take_excluded(question, language, &mut found);
        let quoted = quoted(question);
        let words: Vec<Word> = found
            .into_iter()
            .map(|(span, folded)| {
                let is_quoted = quoted.iter().any(|phrase| phrase.overlaps(span));
                let function = language.is_function_word(&folded);
                // `IT` and `WHO` in capitals are names.
                let name = is_acronym(span.of(question)) && !is_shouted(question);
                Word {
                    span,
                    folded,
                    role: if function && !is_quoted && !name {
                        Role::Function
                    } else {
                        Role::Content
                    },
                }
            })
            .collect();
        let phrases = quoted
            .iter()
            .map(|phrase| {
                let start = words.partition_point(|word| word.span.start < phrase.start);
                let end = words.partition_point(|word| word.span.start < phrase.end);
                start..end
            })
            .filter(|range| range.len() > 1)
            .collect();
        Self {
            asks_number: amounts::asks_number(&words, language),
            words,
            phrases,
            excluded,
            language,
        }
    }

    /// Whether no word says what is asked about.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| word.role == Role::Function)
    }
}

/// The language whose function words make up most of the question.
fn language_of(words: &[(Span, String)], languages: &[Language]) -> Language {
    let first = languages.first().copied().unwrap_or(Language::ENGLISH);
    let count = |language: Language| {
        words
            .iter()
            .filter(|(_, folded)| language.is_function_word(folded))
            .count()
    };
    let mut best = (count(first), first);
    for &language in languages.iter().skip(1) {
        let words = count(language);
        if words > best.0 {
            best = (words, language);
        }
    }
    best.1
}

/// Takes the excluded words out of `found`. After a word that holds the sentence together, a minus
/// stands for a part left out: `Staaten und -organisationen`.
fn take_excluded(
    question: &str,
    language: Language,
    found: &mut Vec<(Span, String)>,
) -> Vec<String> {
    let mut excluded = Vec::new();
    let mut after_function_word = false;
    found.retain(|(span, folded)| {
        let exclude = !after_function_word && has_minus(question, *span);
        if exclude {
            excluded.push(folded.clone());
        }
        after_function_word = language.is_function_word(folded);
        !exclude
    });
    excluded
}

/// `-word`: a minus before a letter, with nothing but a space before it.
fn has_minus(question: &str, word: Span) -> bool {
    let before = Span::new(0, word.start as usize).of(question);
    let Some(rest) = before.strip_suffix(['-', '\u{2212}']) else {
        return false;
    };
    (rest.is_empty() || rest.ends_with(char::is_whitespace))
        && word.of(question).starts_with(char::is_alphabetic)
}

/// What stands between quotation marks, without the marks.
fn quoted(question: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, mark) in question.char_indices() {
        match open {
            Some((start, closing)) if mark == closing || closing == '“' && mark == '”' => {
                found.push(Span::new(start, at));
                open = None;
            }
            Some(_) => {}
            None => {
                let closing = match mark {
                    '"' => '"',
                    '“' => '”',
                    '„' => '“',
                    '«' => '»',
                    '「' => '」',
                    _ => continue,
                };
                open = Some((at + mark.len_utf8(), closing));
            }
        }
    }
    found
}

/// Whether a word is no word, but one that holds a question together with two letters swapped: `hwo`,
/// `teh`, `mnay`.
pub fn is_swapped(folded: &str, language: Language) -> bool {
    let letters: Vec<char> = folded.chars().collect();
    let swapped = |at: usize| {
        let mut swapped = letters.clone();
        swapped.swap(at, at + 1);
        language.is_function_word(&swapped.iter().collect::<String>())
    };
    (3..=8).contains(&letters.len())
        && !language.is_real_word(folded)
        && (0..letters.len() - 1).any(swapped)
}

fn is_acronym(word: &str) -> bool {
    word.len() >= 2
        && word
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte == b'.')
}

/// Several words and nothing in lower case: capitals tell nothing.
fn is_shouted(question: &str) -> bool {
    question.trim().contains(char::is_whitespace) && !question.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(question: &str, content: &[&str], phrases: usize, excluded: &[&str]) {
        let query = Query::parse(question, &[Language::ENGLISH]);
        let found: Vec<_> = query
            .words
            .iter()
            .filter(|word| word.role == Role::Content)
            .map(|word| word.folded.as_str())
            .collect();
        assert_eq!(found, content, "{question}");
        assert_eq!(query.phrases.len(), phrases, "{question}");
        assert_eq!(query.excluded, excluded, "{question}");
    }

    #[test]
    fn questions_in_parts() {
        check("What does juche mean?", &["juche"], 0, &[]);
        check("who is kim's boss", &["kim", "boss"], 0, &[]);
        check(
            "the \"unipolar moment\" of what",
            &["unipolar", "moment"],
            1,
            &[],
        );
        check(
            "„so genannt“ -trump self-reliance -5",
            &["so", "genannt", "self", "reliance", "5"],
            1,
            &["trump"],
        );
        check("cats and -dogs", &["cats", "dogs"], 0, &[]);
        check("What is IT about?", &["it"], 0, &[]);
        check("WHAT IS IT?", &[], 0, &[]);
        check("US", &["us"], 0, &[]);
        check("hello there, how are you", &[], 0, &[]);
        check("", &[], 0, &[]);
        check("an unclosed \"quote", &["unclosed", "quote"], 0, &[]);
    }
}
