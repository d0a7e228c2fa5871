//! Questions with their answers, and the lines of a question set.

use crate::article::Corpus;
use crate::text::closest;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;

/// A question and what answers it: one line of a question set.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Question {
    /// The question as asked.
    pub question: String,
    /// Name of the article that answers it.
    #[serde(default)]
    pub article: Option<String>,
    /// Number of the paragraph that answers it, from 0.
    #[serde(default)]
    pub paragraph: Option<u32>,
    /// Several paragraphs, each of which answers it.
    #[serde(default)]
    pub alt_paragraphs: Option<Vec<u32>>,
    /// The sentence that answers it, as written in the paragraph.
    #[serde(default)]
    pub answer_sentence: Option<String>,
    /// Number of that sentence in its paragraph, from 0, for sets that must not quote the text. `pullquote eval`
    /// ignores it.
    #[serde(default)]
    pub sentence: Option<u32>,
    /// Texts, any of which answers it, in place of a paragraph: the quoted answer must contain one.
    #[serde(default)]
    pub accept: Vec<String>,
    /// The same for the second question of a message that asks two.
    #[serde(default)]
    pub accept_also: Vec<String>,
    /// Whether no article answers it.
    #[serde(default)]
    pub unanswerable: bool,
    /// Kind of question. Scores are also computed for each kind.
    #[serde(default)]
    pub kind: Option<String>,
    /// Its line in the set, from 1; 0 if it was not read from a set.
    #[serde(skip)]
    pub line: usize,
}

/// Why no answer to a question can be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impossible {
    /// It is `unanswerable`, and yet has an answer.
    Contradiction,
    /// Its article has no such paragraph.
    NoParagraph {
        /// The number in the set, from 0.
        paragraph: u32,
        /// How many paragraphs the article has.
        paragraphs: usize,
    },
    /// None of its paragraphs contains the sentence.
    NoSentence,
}

impl fmt::Display for Impossible {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Contradiction => {
                out.write_str("is `unanswerable`, but names what answers it: remove one of them")
            }
            Self::NoParagraph {
                paragraph,
                paragraphs,
            } => write!(
                out,
                "there is no paragraph {paragraph}: the article has {paragraphs}, counted from 0"
            ),
            Self::NoSentence => out.write_str("the `answer_sentence` is in none of its paragraphs"),
        }
    }
}

/// Why a line is not a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionError {
    /// Not a JSON object with a `question`, or a value has the wrong type.
    Syntax,
    /// A key looks like a misspelt one.
    MisspeltKey {
        /// The key in the line.
        key: String,
        /// The key that was probably meant.
        known: &'static str,
    },
    /// An answerable question names no article.
    NoArticle,
    /// An answerable question names neither a paragraph nor an accepted text.
    NoParagraph,
}

impl fmt::Display for QuestionError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax => out.write_str(
                "not a question: expected {\"question\": \"...\", \"article\": \"...\", \"paragraph\": 0}",
            ),
            Self::MisspeltKey { key, known } => {
                write!(out, "unknown key `{key}`; did you mean `{known}`?")
            }
            Self::NoArticle => out.write_str(
                "names no `article`; if no article answers, add \"unanswerable\": true",
            ),
            Self::NoParagraph => {
                out.write_str("names no `paragraph` that answers, counted from 0, and no text to `accept`")
            }
        }
    }
}

impl std::error::Error for QuestionError {}

impl Question {
    /// The keys of a line. Others are ignored.
    const KEYS: [&str; 10] = [
        "question",
        "article",
        "paragraph",
        "alt_paragraphs",
        "answer_sentence",
        "sentence",
        "accept",
        "accept_also",
        "unanswerable",
        "kind",
    ];

    /// Parses a line of a question set: a JSON object.
    ///
    /// # Errors
    ///
    /// If the line is not such an object, has a key that looks misspelt, or does not say what answers the question.
    pub fn parse(line: &str) -> Result<Self, QuestionError> {
        let keys: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(line).map_err(|_| QuestionError::Syntax)?;
        for key in keys.keys() {
            if let Some(known) = closest(key, Self::KEYS) {
                let key = key.clone();
                return Err(QuestionError::MisspeltKey { key, known });
            }
        }
        let question: Self = serde_json::from_str(line).map_err(|_| QuestionError::Syntax)?;
        let has_paragraph = question.paragraph.is_some() || question.alt_paragraphs.is_some();
        match question.article {
            _ if question.unanswerable || !question.accept.is_empty() => Ok(question),
            None => Err(QuestionError::NoArticle),
            Some(_) if !has_paragraph => Err(QuestionError::NoParagraph),
            Some(_) => Ok(question),
        }
    }

    /// Parses a question set: one question a line. Empty lines are skipped.
    ///
    /// # Errors
    ///
    /// The number of the first bad line, from 1, and what is wrong with it.
    pub fn parse_set(text: &str) -> Result<Vec<Self>, (usize, QuestionError)> {
        let lines = text.lines().enumerate();
        let lines = lines.filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(at, text)| {
                let line = at + 1;
                let question = Self::parse(text).map_err(|error| (line, error))?;
                Ok(Self { line, ..question })
            })
            .collect()
    }

    /// Why no answer from these articles can be right. An article that is not among them is no such reason.
    pub fn impossible(&self, corpus: &Corpus) -> Option<Impossible> {
        let right = self.right_paragraphs();
        let sentence = self.answer_sentence.as_deref();
        if self.unanswerable {
            let has_answer = !right.is_empty() || sentence.is_some() || !self.accept.is_empty();
            return has_answer.then_some(Impossible::Contradiction);
        }
        if !self.accept.is_empty() {
            return None;
        }
        let article = corpus.article(corpus.find(self.article.as_deref()?)?);
        let paragraphs = article.paragraphs.len();
        let is_missing = |paragraph: &&u32| **paragraph as usize >= paragraphs;
        if let Some(&paragraph) = right.iter().find(is_missing) {
            return Some(Impossible::NoParagraph {
                paragraph,
                paragraphs,
            });
        }
        let contains = |sentence: &str| {
            let mut spans = right.iter().map(|at| article.paragraphs[*at as usize].span);
            spans.any(|span| span.of(&article.text).contains(sentence))
        };
        let is_there = sentence.is_none_or(contains);
        (!is_there).then_some(Impossible::NoSentence)
    }

    /// The paragraphs that answer it.
    pub fn right_paragraphs(&self) -> Vec<u32> {
        let one = self.paragraph.map(|paragraph| vec![paragraph]);
        self.alt_paragraphs.clone().or(one).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_answers() {
        let check = |line: &str, expected: Result<Vec<u32>, QuestionError>| {
            let paragraphs = Question::parse(line).map(|question| question.right_paragraphs());
            assert_eq!(paragraphs, expected, "{line}");
        };
        check(
            r#"{"question": "a", "article": "b", "paragraph": 2, "id": 7}"#,
            Ok(vec![2]),
        );
        check(
            r#"{"question": "a", "article": "b", "paragraph": 2, "alt_paragraphs": [3, 4]}"#,
            Ok(vec![3, 4]),
        );
        check(r#"{"question": "a", "unanswerable": true}"#, Ok(Vec::new()));
        check(r#"{"question": "a", "accept": ["b"]}"#, Ok(Vec::new()));
        check(r#"{"question": "a"}"#, Err(QuestionError::NoArticle));
        check(
            r#"{"question": "a", "article": "b"}"#,
            Err(QuestionError::NoParagraph),
        );
        check(r#"{"question": 1}"#, Err(QuestionError::Syntax));
        check("[]", Err(QuestionError::Syntax));
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let error = Question::parse(r#"{"question": "a", "answer_sentense": "b"}"#).unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown key `answer_sentense`; did you mean `answer_sentence`?"
        );
    }

    #[test]
    fn a_bad_line_is_numbered_and_empty_ones_are_skipped() {
        let set = "{\"question\": \"a\", \"unanswerable\": true}\n\n?\n";
        assert_eq!(Question::parse_set(set), Err((3, QuestionError::Syntax)));
        assert_eq!(
            Question::parse_set(set.trim_end_matches("?\n"))
                .unwrap()
                .len(),
            1
        );
    }
}
