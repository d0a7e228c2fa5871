//! Evaluation: how good the answers to a question set are.
//!
//! Paragraph measures look at the ranking, whatever the outcome; the others look at what a member would see. Parsing,
//! asking and scoring are here; reading files and printing are the callers' job.
//!
//! ```
//! use pullquote_core::article::Article;
//! use pullquote_core::engine::Engine;
//! use pullquote_core::eval::{Judged, Question, Scores, Seen, ask_all};
//! use std::time::Duration;
//! # use pullquote_core::article::{Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
//! # let article = |name: &str, texts: &[&str]| {
//! #     let blocks = (1..).zip(texts).map(|(line, text)| {
//! #         let kind = BlockKind::Paragraph(ParagraphKind::Body);
//! #         Block::new(kind, (*text).to_owned(), LineRange { first: line, last: line })
//! #     });
//! #     let document = ParsedDocument { blocks: blocks.collect(), ..ParsedDocument::default() };
//! #     Article::new(name, document).expect("the document has a paragraph")
//! # };
//! let ferry = article("ferry.md", &["The ferry leaves at seven.", "The orchard grows quinces."]);
//! let engine = Engine::build(vec![ferry]);
//! let set = r#"
//! {"question": "When does the ferry leave?", "article": "ferry", "paragraph": 0, "kind": "times"}
//! {"question": "Who sank the Titanic?", "unanswerable": true}
//! "#;
//! let questions = Question::parse_set(set).unwrap();
//! assert_eq!(questions[0].right_paragraphs(), [0]);
//!
//! let judged = ask_all(&engine, &questions, || Duration::ZERO);
//! let first: &Judged = &judged[0].1;
//! assert!(first.right() && first.quoted() && first.seen() == Seen::Right);
//! let all: Vec<&Judged> = judged.iter().map(|(_, judged)| judged).collect();
//! let scores = Scores::of(&all);
//! assert_eq!((scores.answerable, scores.hit_at_1), (1, Some(100.0)));
//! assert_eq!(scores.seen.right, 1);
//! assert!(Scores::by_kind(&judged).contains_key("times"));
//! ```

mod question;
mod scores;

pub use question::{Impossible, Question, QuestionError};
pub use scores::{Bin, Scores};

use crate::answer::{Answer, Options, Outcome, Quote};
use crate::article::{ArticleId, Corpus};
use crate::engine::Engine;
use crate::text::Span;
use std::time::Duration;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

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

/// Whether a quote answers the question: it is from a right paragraph, or contains an accepted text.
fn right_quotes(question: &Question, corpus: &Corpus) -> impl Fn(&Quote) -> bool {
    let article = answering_article(question, corpus);
    let paragraphs = question.right_paragraphs();
    let accepted = Accepted::new(&question.accept);
    move |quote| {
        if accepted.is_empty() {
            article.is_some_and(|article| quote.article == article)
                && paragraphs.contains(&quote.paragraph)
        } else {
            accepted.is_in(&quoted_text(corpus, quote))
        }
    }
}

/// Texts, any of which answers a question. Case, accents and white space do not matter.
struct Accepted(Vec<String>);

impl Accepted {
    fn new(texts: &[String]) -> Self {
        Self(texts.iter().map(|text| comparable(text)).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn is_in(&self, text: &str) -> bool {
        let text = comparable(text);
        self.0.iter().any(|accepted| text.contains(accepted))
    }
}

/// A text in lower case, without accents and white space. Its punctuation stays: to [`fold`](crate::text::fold) it whole
/// would be to take it for one word, in which a digit decides what a comma is.
fn comparable(text: &str) -> String {
    let is_kept = |letter: &char| !letter.is_whitespace() && !is_combining_mark(*letter);
    let letters = text.nfkd().filter(is_kept);
    letters.flat_map(char::to_lowercase).collect()
}

/// What a member reads: the quote, below what must be read above it, and above the headings that it announces.
fn quoted_text(corpus: &Corpus, quote: &Quote) -> String {
    let text = &corpus.article(quote.article).text;
    let lead = quote.lead(quote.span).map(|lead| lead.of(text));
    let headings = quote.headings.iter().map(|heading| heading.of(text));
    let quote = [lead.unwrap_or_default(), quote.span.of(text)];
    quote
        .into_iter()
        .chain(headings)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The article that answers a question; `None` where none does or it is not in the corpus.
fn answering_article(question: &Question, corpus: &Corpus) -> Option<ArticleId> {
    let name = question.article.as_deref();
    name.filter(|_| !question.unanswerable)
        .and_then(|name| corpus.find(name))
}

/// What a member who asked sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A quote that answers.
    Right,
    /// A quote that does not answer, from the section that does.
    RightSection,
    /// A quote of something else.
    Wrong,
    /// "Did you mean", and one of the passages shown answers.
    SuggestedRight,
    /// "Did you mean", and none does.
    Suggested,
    /// No answer.
    Refused,
}

/// An answer compared with what its question expects.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// Whether an article answers the question.
    pub answerable: bool,
    /// Rank of the first right quote, from 0; `None` if there is none.
    pub rank: Option<usize>,
    /// Whether a right quote is shown as the answer: the first, or a second that answers about as likely.
    pub shown: bool,
    /// Whether the best sentence of the first quote is the sentence that answers; `None` if the question names no
    /// sentence.
    pub sentence: Option<bool>,
    /// Whether the section of the first quote contains an accepted text.
    pub section: bool,
    /// Whether it is quoted, suggested or refused.
    pub outcome: Outcome,
    /// Its confidence.
    pub confidence: f32,
    /// Time to answer, in microseconds.
    pub micros: f64,
}

/// Passages that "did you mean" shows.
const SUGGESTIONS: usize = 3;

impl Judged {
    /// Judges an answer. Ask with [`Options::always`]. `micros` is the time it took, in microseconds.
    pub(crate) fn new(question: &Question, answer: &Answer, corpus: &Corpus, micros: f64) -> Self {
        let accepts = !question.unanswerable && !question.accept.is_empty();
        let answerable = accepts || answering_article(question, corpus).is_some();
        let is_right = right_quotes(question, corpus);
        let is_right = |quote: &Quote| answerable && is_right(quote);
        let rank = answer.quotes.iter().position(is_right);
        let overlaps = |sentence: &String| {
            let quote = answer.quotes.first().filter(|quote| is_right(quote));
            quote.is_some_and(|quote| overlaps(corpus, quote, sentence))
        };
        Self {
            answerable,
            rank,
            shown: rank == Some(0) || answer.second().is_some_and(is_right),
            sentence: question
                .answer_sentence
                .as_ref()
                .filter(|_| answerable)
                .map(overlaps),
            section: answer.quotes.first().is_some_and(|quote| {
                let article = corpus.article(quote.article);
                let section = article.span_of(article.section(quote.paragraph as usize));
                Accepted::new(&question.accept).is_in(section.of(&article.text))
            }),
            outcome: answer.outcome,
            confidence: answer.confidence,
            micros,
        }
    }

    /// Whether the first quote is right: its sentence, or its paragraph if the question names no sentence.
    pub fn right(&self) -> bool {
        self.sentence.unwrap_or(self.rank == Some(0))
    }

    /// Whether it was quoted as the answer.
    pub fn quoted(&self) -> bool {
        self.outcome == Outcome::Quoted
    }

    /// Whether neither a quote nor a suggestion was shown.
    pub(crate) fn got_nothing(&self) -> bool {
        !matches!(
            self.outcome,
            Outcome::Quoted | Outcome::Suggested | Outcome::About
        )
    }

    /// What the member who asked sees.
    pub fn seen(&self) -> Seen {
        match (self.outcome, self.rank) {
            (Outcome::Quoted, _) if self.shown => Seen::Right,
            (Outcome::Quoted, _) if self.section => Seen::RightSection,
            (Outcome::Quoted, _) => Seen::Wrong,
            (Outcome::Suggested, Some(rank)) if rank < SUGGESTIONS => Seen::SuggestedRight,
            (Outcome::Suggested, _) => Seen::Suggested,
            (Outcome::Unknown | Outcome::About | Outcome::Greeting | Outcome::Help, _) => {
                Seen::Refused
            }
        }
    }
}

/// Whether the best sentence of a quote overlaps a sentence in its paragraph.
fn overlaps(corpus: &Corpus, quote: &Quote, sentence: &str) -> bool {
    let article = corpus.article(quote.article);
    let paragraph = article.paragraphs[quote.paragraph as usize].span;
    let text = paragraph.of(&article.text);
    text.match_indices(sentence).any(|(at, found)| {
        let span = Span::new(at, at + found.len()).shifted(paragraph.start);
        span.overlaps(quote.best)
    })
}

#[cfg(test)]
mod tests {
    use super::Accepted;

    #[test]
    fn an_accepted_text_is_found_as_it_is_written() {
        let text = "The Café costs 1,250\n| crowns, or 3.50 a day.";
        let accepts = |accepted: &str| Accepted::new(&[accepted.to_owned()]).is_in(text);
        // Each has a comma or a dot, but no digit or another one than the text.
        for accepted in [
            "crowns, or",
            "a day.",
            "costs 1,250",
            "1,250 | Crowns",
            "the cafe",
        ] {
            assert!(accepts(accepted), "{accepted}");
        }
        for accepted in ["1.250", "350", "crowns or", "tea"] {
            assert!(!accepts(accepted), "{accepted}");
        }
    }
}
