//! A question set, with the sentences of its articles.

use anyhow::{Context, Result, anyhow};
use pullquote_core::article::Article;
use pullquote_core::eval;
use pullquote_core::text::{Language, fold, words};
use pullquote_readers::read;
use std::fs;
use std::path::Path;

/// A text as its words.
pub struct Text {
    pub text: String,
    /// Distinct words, folded, without stop words.
    pub words: Vec<String>,
    /// Their stems.
    pub stems: Vec<String>,
}

impl Text {
    pub fn new(text: &str) -> Text {
        let mut found: Vec<String> = Vec::new();
        for span in words(text) {
            let word = fold(span.of(text));
            if !Language::ENGLISH.is_stop_word(&word) && !found.contains(&word) {
                found.push(word);
            }
        }
        let stems = found
            .iter()
            .map(|word| Language::ENGLISH.stem(word).into_owned());
        Text {
            text: text.to_owned(),
            stems: stems.collect(),
            words: found,
        }
    }
}

/// A sentence and its place.
pub struct Sentence {
    pub text: Text,
    pub article: String,
    pub paragraph: usize,
    /// Number in the paragraph, from 0.
    pub number: usize,
}

/// A question, with the indexes in [`Set::sentences`] of its answers.
pub struct Question {
    pub text: Text,
    pub answers: Vec<usize>,
}

/// Sentences and questions.
pub struct Set {
    pub sentences: Vec<Sentence>,
    pub questions: Vec<Question>,
}

impl Set {
    pub fn read(articles: &Path, questions: &Path) -> Result<Set> {
        let mut sentences = Vec::new();
        let listing = fs::read_dir(articles)
            .with_context(|| format!("cannot read {}", articles.display()))?;
        let mut paths: Vec<_> = listing
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_>>()?;
        paths.sort();
        for path in paths {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if let Some(article) = Article::new(&name, read(&name, &fs::read(&path)?)) {
                sentences.extend(sentences_of(&article));
            }
        }
        let lines = fs::read_to_string(questions)
            .with_context(|| format!("cannot read {}", questions.display()))?;
        let mut found = Vec::new();
        let lines = eval::Question::parse_set(&lines)
            .map_err(|(line, error)| anyhow!("{} line {line}: {error}", questions.display()))?;
        for line in lines {
            let answers = answers(&line, &sentences);
            if !answers.is_empty() {
                found.push(Question {
                    text: Text::new(&line.question),
                    answers,
                });
            }
        }
        Ok(Set {
            sentences,
            questions: found,
        })
    }
}

fn sentences_of(article: &Article) -> Vec<Sentence> {
    let paragraphs = article.paragraphs.iter().enumerate();
    let all = paragraphs.flat_map(|(paragraph, there)| {
        let spans = article.sentences[there.sentences()].iter().enumerate();
        spans.map(move |(number, span)| Sentence {
            text: Text::new(span.of(&article.text)),
            article: article.name.clone(),
            paragraph,
            number,
        })
    });
    all.collect()
}

/// The sentences that answer a question, by text or by number in the paragraph.
fn answers(line: &eval::Question, sentences: &[Sentence]) -> Vec<usize> {
    let text = line.answer_sentence.as_deref();
    let fits = |sentence: &Sentence| {
        let here = &sentence.text.text;
        let by_text = text.is_some_and(|text| text.contains(here) || here.contains(text));
        let by_number = line.sentence == Some(sentence.number as u32);
        Some(sentence.article.as_str()) == line.article.as_deref()
            && Some(sentence.paragraph as u32) == line.paragraph
            && (by_text || by_number)
    };
    let fitting = sentences
        .iter()
        .enumerate()
        .filter(|(_, sentence)| fits(sentence));
    fitting.map(|(at, _)| at).collect()
}
