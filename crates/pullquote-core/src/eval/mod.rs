//! Evaluation: how good the answers to a question set are.
//!
//! Paragraph measures look at the ranking, whatever the outcome; the others look at what a member would see. Parsing,
//! asking and scoring are here; reading files and printing are the callers' job.

mod question;
mod scores;

pub use question::{Question, QuestionError};
pub use scores::{Bin, Scores};

use crate::answer::{Answer, Options, Outcome, Quote};
use crate::article::{ArticleId, Corpus};
use crate::engine::Engine;
use crate::text::Span;
use std::time::Duration;

/// Options for judging: ten quotes, whatever the outcome.
const JUDGED: Options = Options {
    article: None,
    limit: 10,
    always: true,
    explain: false,
};

/// Asks every question and judges the answers; each with the kind of its question. `clock` is the time since any fixed
/// moment: the core has no clock.
pub fn ask_all(
    engine: &Engine,
    questions: &[Question],
    clock: impl Fn() -> Duration,
) -> Vec<(Option<String>, Judged)> {
    let ask = |question: &Question| {
        let start = clock();
        let answer = engine.ask(&question.question, &JUDGED);
        let micros = clock().saturating_sub(start).as_secs_f64() * 1e6;
        let judged = Judged::new(question, &answer, engine.corpus(), micros);
        (question.kind.clone(), judged)
    };
    questions.iter().map(ask).collect()
}

/// A passage that was ranked for a question.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedCandidate {
    /// One value for each row of [`FEATURES`](crate::answer::FEATURES).
    pub features: Vec<f64>,
    /// Whether its paragraph answers the question.
    pub right: bool,
}

/// The passages that are ranked for a question, best first.
pub fn candidates(engine: &Engine, question: &Question) -> Vec<RankedCandidate> {
    let options = Options {
        limit: usize::MAX,
        explain: true,
        ..JUDGED
    };
    let answer = engine.ask(&question.question, &options);
    let is_right = right_quotes(question, engine.corpus());
    let quotes = answer.quotes.iter();
    quotes
        .map(|quote| RankedCandidate {
            features: quote
                .features
                .iter()
                .map(|feature| f64::from(feature.value))
                .collect(),
            right: is_right(quote),
        })
        .collect()
}

/// Whether a quote is from a paragraph that answers the question.
fn right_quotes(question: &Question, corpus: &Corpus) -> impl Fn(&Quote) -> bool {
    let article = answering_article(question, corpus);
    let paragraphs = question.right_paragraphs();
    move |quote| {
        article.is_some_and(|article| quote.article == article)
            && paragraphs.contains(&quote.paragraph)
    }
}

/// The article that answers a question; `None` where none does or it is not in the corpus.
fn answering_article(question: &Question, corpus: &Corpus) -> Option<ArticleId> {
    let name = question.article.as_deref();
    name.filter(|_| !question.unanswerable)
        .and_then(|name| corpus.find(name))
}

/// An answer compared with what its question expects.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Whether an article answers the question.
    pub answerable: bool,
    /// Rank of the first quote from a right paragraph, from 0; `None` if there is none.
    pub rank: Option<usize>,
    /// Whether the first quote overlaps the sentence that answers; `None` if the question names no sentence.
    pub sentence: Option<bool>,
    /// Whether it was quoted as the answer.
    pub quoted: bool,
    /// Its confidence.
    pub confidence: f32,
    /// Time to answer, in microseconds.
    pub micros: f64,
}

impl Judged {
    /// Judges an answer. Ask with [`Options::always`]. `micros` is the time it took, in microseconds.
    pub fn new(question: &Question, answer: &Answer, corpus: &Corpus, micros: f64) -> Self {
        let answerable = answering_article(question, corpus).is_some();
        let is_right = right_quotes(question, corpus);
        let rank = answer.quotes.iter().position(&is_right);
        let overlaps = |sentence: &String| {
            let quote = answer.quotes.first().filter(|quote| is_right(quote));
            quote.is_some_and(|quote| overlaps(corpus, quote, sentence))
        };
        Self {
            answerable,
            rank,
            sentence: question
                .answer_sentence
                .as_ref()
                .filter(|_| answerable)
                .map(overlaps),
            quoted: answer.outcome == Outcome::Quoted,
            confidence: answer.confidence,
            micros,
        }
    }

    /// Whether the first quote is right: its sentence, or its paragraph if the question names no sentence.
    pub fn right(&self) -> bool {
        self.sentence.unwrap_or(self.rank == Some(0))
    }
}

/// Whether a quote overlaps a sentence in its paragraph.
fn overlaps(corpus: &Corpus, quote: &Quote, sentence: &str) -> bool {
    let article = corpus.article(quote.article);
    let paragraph = article.paragraphs[quote.paragraph as usize].span;
    let text = paragraph.of(&article.text);
    text.match_indices(sentence).any(|(at, found)| {
        let span = Span::new(at, at + found.len()).shifted(paragraph.start);
        span.overlaps(quote.span)
    })
}
