//! What a message wants before anything is searched: an answer, the help, or nothing at all.

use super::{Query, Role};
use crate::text::{ANY_LANGUAGE, fold, words};

/// What a message wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// An answer from the articles.
    Answer,
    /// Nothing: it greets or thanks.
    Greeting,
    /// Nothing that its words name: function words alone, or everyday words that ask no question. The articles may
    /// still contain an answer.
    SmallTalk,
    /// The help: the word alone.
    Help,
}

/// Words a question has at least, unless it is one long word with a question mark. `really?` and `what` ask nothing
/// that an article could answer.
const MIN_WORDS: usize = 3;
/// Characters of a question of one word, in languages that put no blanks between words.
const MIN_CHARACTERS: usize = 12;

impl Intent {
    /// What `text`, parsed as `query`, wants.
    pub fn of(text: &str, query: &Query) -> Self {
        let mut folded: Vec<String> = Vec::new();
        words(text, |word| folded.push(fold(word.of(text))));
        let folded = folded.join(" ");
        if ANY_LANGUAGE.greetings.contains(folded.as_str()) {
            Self::Greeting
        } else if ANY_LANGUAGE.help_words.contains(folded.as_str()) {
            Self::Help
        } else if is_small_talk(text, query) {
            Self::SmallTalk
        } else {
            Self::Answer
        }
    }
}

fn is_small_talk(text: &str, query: &Query) -> bool {
    let asks = reads_like_a_question(text);
    query.words.iter().all(|word| {
        word.role == Role::Function || !asks && query.language.is_common_word(&word.folded)
    })
}

/// Whether a message that is addressed to nobody asks something: it has some words, and ends with a question mark or
/// begins with a question word.
pub fn reads_like_a_question(text: &str) -> bool {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_quoted = text.starts_with('>') || text.starts_with("```");
    let has_mark = text.ends_with(['?', '？', '؟']) || text.starts_with('¿');
    let first = words.first().map_or(String::new(), |word| {
        word.trim_matches(|letter: char| !letter.is_alphanumeric())
            .to_lowercase()
    });
    let begins = ANY_LANGUAGE.question_words.contains(first.as_str());
    let is_long_word = text.encode_utf16().count() >= MIN_CHARACTERS && words.len() == 1;
    let is_long = words.len() >= MIN_WORDS || is_long_word && has_mark;
    is_long && !is_quoted && (has_mark || begins && !text.ends_with(['!', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn tells_questions_from_what_only_looks_like_one() {
        for (text, expected) in [
            ("merci", Intent::Greeting),
            ("Guten Morgen!", Intent::Greeting),
            ("help", Intent::Help),
            ("Hilfe!", Intent::Help),
            ("what is it?", Intent::SmallTalk),
            ("???", Intent::SmallTalk),
            ("What does juche mean?", Intent::Answer),
            ("help with juche", Intent::Answer),
        ] {
            let query = Query::parse(text, &[Language::ENGLISH]);
            assert_eq!(Intent::of(text, &query), expected, "{text}");
        }
    }
}
