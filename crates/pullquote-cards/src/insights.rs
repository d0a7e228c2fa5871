//! What a server's members asked and the articles could not answer, for those who manage it. Plain data; the shell keeps it.

use super::limits::cut_plain;
use super::{ArticleKey, PassageKey};
use pullquote_core::answer::{Options, Outcome};
use pullquote_core::engine::Engine;
use std::fmt;

/// Questions on a page: one screen of a phone.
pub const INSIGHTS_PAGE: usize = 8;
/// Characters of a passage: about three lines on a phone.
const PASSAGE: usize = 160;

/// Names a question without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct QuestionKey(pub u64);

/// A kind of file for questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Drafts of articles in Markdown.
    Markdown,
    /// A table.
    Csv,
}

/// What a manager wants to see or do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InsightsEffect {
    /// List the questions without an answer.
    List {
        /// Page number, from 0, of [`INSIGHTS_PAGE`] questions.
        page: usize,
    },
    /// Show a question.
    Open(QuestionKey),
    /// Hide a question, and count it no more.
    Dismiss(QuestionKey),
    /// Bring back a hidden question.
    Reopen(QuestionKey),
    /// List the passages that members found not helpful.
    Misleading,
    /// Write all questions to a file.
    Export(ExportFormat),
}

/// What came of an [`InsightsEffect`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InsightsOutcome {
    /// A page of questions.
    Listed(QuestionPage),
    /// A question; `None` if it is not in the list any more.
    Opened(Option<OpenQuestion>),
    /// The question is hidden.
    Dismissed(QuestionKey),
    /// The question is back.
    Reopened,
    /// The passages.
    Misleading(Vec<RatedPassage>),
    /// The content of the file.
    Exported(ExportFormat, String),
}

/// A page of questions without an answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QuestionPage {
    /// Its number, from 0.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// Its questions.
    pub questions: Vec<OpenQuestion>,
    /// How many questions were asked on each of the last days, and how many of them were answered.
    pub days: Vec<(u64, u64)>,
}

/// A question without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Names it.
    pub key: QuestionKey,
    /// Its wordings, the most asked first.
    pub wordings: Vec<String>,
    /// How often it was asked.
    pub count: u64,
    /// When it was last asked: `2026-01-31`.
    pub last: String,
    /// The nearest passage.
    pub nearest: Option<Nearest>,
}

/// The passage that is nearest to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Its article and heading.
    pub place: String,
    /// Its beginning.
    pub text: String,
    /// Whether it is quoted as the answer by now.
    pub answers: bool,
}

/// A passage that members rated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatedPassage {
    /// Its article and heading.
    pub place: String,
    /// Its beginning.
    pub text: String,
    /// Ratings as helpful.
    pub helpful: u64,
    /// Ratings as not helpful.
    pub not_helpful: u64,
}

impl OpenQuestion {
    /// Its most asked wording.
    pub fn wording(&self) -> &str {
        self.wordings.first().map_or("", String::as_str)
    }
}

impl QuestionKey {
    /// Parses the output of [`fmt::Display`].
    pub fn parse(text: &str) -> Option<Self> {
        ArticleKey::parse(text)?;
        u64::from_str_radix(text, 16).ok().map(Self)
    }
}

/// 16 hexadecimal digits.
impl fmt::Display for QuestionKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:016x}", self.0)
    }
}

/// The passage that is nearest to a question.
///
/// ```
/// use pullquote_cards::nearest;
/// use pullquote_core::article::Article;
/// use pullquote_core::engine::Engine;
///
/// let text = b"# Ferry\n\nThe ferry leaves at seven.\n";
/// let article = Article::new("ferry.md", pullquote_readers::read("ferry.md", text));
/// let engine = Engine::build(article.into_iter().collect());
/// let near = nearest(&engine, "When does the ferry leave?").expect("a passage");
/// assert_eq!((near.place.as_str(), near.text.as_str(), near.answers), ("Ferry", "The ferry leaves at seven.", true));
/// assert_eq!(nearest(&engine, "Who repairs bicycles?"), None);
/// ```
pub fn nearest(engine: &Engine, question: &str) -> Option<Nearest> {
    let options = Options {
        always: true,
        ..Options::default()
    };
    let answer = engine.ask(question, &options);
    // A passage without a word of the question is near only by chance.
    let mut near = answer
        .quotes
        .iter()
        .filter(|quote| !quote.highlights.is_empty());
    let quote = near.next()?;
    let article = engine.corpus().article(quote.article);
    Some(Nearest {
        place: super::commands::location(article, quote.paragraph),
        text: cut_plain(quote.best.of(&article.text), PASSAGE),
        answers: answer.outcome == Outcome::Quoted,
    })
}

/// A passage with its ratings; `None` if it has changed or is gone.
pub fn rated_passage(
    engine: &Engine,
    key: &str,
    (helpful, not_helpful): (u64, u64),
) -> Option<RatedPassage> {
    let corpus = engine.corpus();
    let passage = corpus.passage(PassageKey::parse(key)?.find(corpus)?);
    let article = corpus.article(passage.article);
    Some(RatedPassage {
        place: super::commands::location(article, passage.paragraph),
        text: cut_plain(corpus.span(passage).of(&article.text), PASSAGE),
        helpful,
        not_helpful,
    })
}
