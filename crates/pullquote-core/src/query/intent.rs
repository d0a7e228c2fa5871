//! The intent of a message, before anything is searched: a question, a call for help, or small talk.

use super::{Query, Role};
use crate::text::ANY_LANGUAGE;

/// The intent of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// A question for the articles.
    Answer,
    /// Only a greeting or thanks. Without this, spelling correction would find `merci` as mercy in English articles.
    Greeting,
    /// Only function words, or common words that ask no question. The articles may still contain an answer.
    SmallTalk,
    /// Only the word help.
    Help,
}

/// Fewest words of a question, unless it is one long word with a question mark: no article answers `really?` or `what`.
const MIN_WORDS: usize = 3;
/// Fewest UTF-16 units of a question of one word, in languages without spaces between words.
const MIN_CHARACTERS: usize = 12;

impl Intent {
    /// The intent of `text`, parsed as `query`.
    pub fn of(text: &str, query: &Query) -> Self {
        let folded: Vec<&str> = query
            .words
            .iter()
            .map(|word| word.folded.as_str())
            .collect();
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
    let asks = reads_like_a_question(text) || has_mark(text) && begins_with_question_word(text);
    query.words.iter().all(|word| {
        word.role == Role::Function || !asks && query.language.is_common_word(&word.folded)
    })
}

/// Whether a message that does not address the bot asks something: it is long enough, and ends with a question mark or
/// begins with a question word.
pub fn reads_like_a_question(text: &str) -> bool {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_quoted = text.starts_with('>') || text.starts_with("```");
    let (has_mark, begins) = (has_mark(text), begins_with_question_word(text));
    let is_long_word = text.encode_utf16().count() >= MIN_CHARACTERS && words.len() == 1;
    let is_long = words.len() >= MIN_WORDS || is_long_word && has_mark;
    is_long && !is_quoted && (has_mark || begins && !text.ends_with(['!', '.']))
}

fn has_mark(text: &str) -> bool {
    let text = text.trim();
    text.ends_with(['?', '？', '؟']) || text.starts_with('¿')
}

fn begins_with_question_word(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    let first = first.trim_matches(|letter: char| !letter.is_alphanumeric());
    ANY_LANGUAGE
        .question_words
        .contains(first.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn questions_greetings_help_and_small_talk() {
        for (text, expected) in [
            ("merci", Intent::Greeting),
            ("Guten Morgen!", Intent::Greeting),
            ("help", Intent::Help),
            ("Hilfe!", Intent::Help),
            ("muchas gracias", Intent::Greeting),
            ("afk", Intent::Greeting),
            ("what does afk mean", Intent::Answer),
            ("hello", Intent::SmallTalk),
            ("I am so happy today", Intent::SmallTalk),
            ("what is it?", Intent::SmallTalk),
            ("???", Intent::SmallTalk),
            ("What does juche mean?", Intent::Answer),
            ("What happened?", Intent::Answer),
            ("help with juche", Intent::Answer),
        ] {
            let query = Query::parse(text, &[Language::ENGLISH]);
            assert_eq!(Intent::of(text, &query), expected, "{text}");
        }
    }

    #[test]
    fn messages_that_read_like_questions() {
        for (text, expected) in [
            ("where is the library", true),
            ("Wann wurde Juche erfunden?", true),
            ("Où est la bibliothèque", true),
            ("¿Qué es juche?", true),
            ("主体思想是什么时候提出来的？", true),
            ("I know it. Do you agree?", true),
            ("really?", false),
            ("what a day!", false),
            ("I know where it is", false),
            ("> what does juche mean?", false),
            ("", false),
        ] {
            assert_eq!(reads_like_a_question(text), expected, "{text}");
        }
    }
}
