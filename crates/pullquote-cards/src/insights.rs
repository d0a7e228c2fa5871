//! What a server's members asked and the articles could not answer, for those who manage it. Plain data; the shell keeps it.

use super::limits::cut_plain;
use super::quotes::{QuotesPage, QuotesView};
use super::{PassageKey, QuestionKey};
use pullquote_core::answer::{Options, Outcome};
use pullquote_core::engine::Engine;

/// Questions on a page: one screen of a phone.
pub const INSIGHTS_PAGE: usize = 8;
/// Characters of a passage: about three lines on a phone.
const PASSAGE: usize = 160;

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
    /// List the articles that were quoted, or those that were not.
    Quotes(QuotesView),
    /// Show or change which answers were chosen.
    Pins(PinEffect),
    /// Write all questions to a file.
    Export(ExportFormat),
}

impl InsightsEffect {
    /// Whether it changes nothing.
    pub(crate) fn only_shows(&self) -> bool {
        match self {
            Self::Dismiss(_) | Self::Reopen(_) => false,
            Self::Pins(effect) => effect.only_shows(),
            Self::List { .. }
            | Self::Open(_)
            | Self::Misleading
            | Self::Quotes(_)
            | Self::Export(_) => true,
        }
    }
}

/// What a manager wants to see or do about answers that were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinEffect {
    /// Choose a passage as the answer to a question.
    Pin {
        /// The question.
        question: String,
        /// The passage.
        passage: PassageKey,
    },
    /// Leave the answer to a question to ranking again.
    Unpin {
        /// The question.
        question: String,
    },
    /// List the questions whose answers were chosen.
    List {
        /// Page number, from 0, of [`INSIGHTS_PAGE`] questions.
        page: usize,
    },
    /// Show a question whose answer was chosen.
    Open(QuestionKey),
}

impl PinEffect {
    /// Whether it changes nothing.
    fn only_shows(&self) -> bool {
        match self {
            Self::Pin { .. } | Self::Unpin { .. } => false,
            Self::List { .. } | Self::Open(_) => true,
        }
    }
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
    /// The articles; `None` if no quote was counted yet.
    Quotes(Option<QuotesPage>),
    /// The answer to this question is chosen; `None` if the passage is gone.
    Pinned(Option<PinnedQuestion>),
    /// The answer to this question is left to ranking.
    Unpinned(String),
    /// A page of questions whose answers were chosen.
    PinnedListed {
        /// Its number, from 0.
        page: usize,
        /// How many there are.
        pages: usize,
        /// Its questions.
        questions: Vec<PinnedQuestion>,
    },
    /// A question whose answer was chosen; `None` if that is over.
    PinnedOpened(Option<PinnedQuestion>),
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
    /// How many there are besides that are not shown, because fewer than two members have asked them on one day.
    pub hidden: u64,
    /// What was asked on the last days; `None` if nothing was.
    pub activity: Option<Activity>,
}

/// What was asked on the last days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// How many days.
    pub days: usize,
    /// The first of them: `2026-01-02`.
    pub first: String,
    /// The last of them: `2026-01-31`.
    pub last: String,
    /// How many questions were asked.
    pub asked: u64,
    /// How many of them were answered.
    pub answered: u64,
    /// The most questions of a day.
    pub most: u64,
    /// A chart of it, as PNG. Answered questions are blue, the others yellow.
    pub picture: Vec<u8>,
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
    /// The nearest passages, best first.
    pub nearest: Vec<Nearest>,
}

/// A passage that is near to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// Names it.
    pub passage: PassageKey,
    /// Its article and heading.
    pub place: String,
    /// Its beginning.
    pub text: String,
    /// Whether it is quoted as the answer by now.
    pub answers: bool,
}

/// A question whose answer was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinnedQuestion {
    /// The question.
    pub question: String,
    /// Article and heading of the passage, and its beginning; `None` if it has changed or is gone, and ranking answers.
    pub passage: Option<(String, String)>,
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

/// The passages that are nearest to a question, at most `limit`, best first.
///
/// ```
/// use pullquote_cards::nearest;
/// use pullquote_core::article::Article;
/// use pullquote_core::engine::Engine;
///
/// let text = b"# Ferry\n\nThe ferry leaves at seven.\n";
/// let article = Article::new("ferry.md", pullquote_readers::read("ferry.md", text));
/// let engine = Engine::build(article.into_iter().collect());
/// let near = &nearest(&engine, "When does the ferry leave?", 1)[0];
/// assert_eq!((near.place.as_str(), near.text.as_str(), near.answers), ("Ferry", "The ferry leaves at seven.", true));
/// assert!(nearest(&engine, "Who repairs bicycles?", 1).is_empty());
/// ```
pub fn nearest(engine: &Engine, question: &str, limit: usize) -> Vec<Nearest> {
    let options = Options {
        always: true,
        limit: limit + 2,
        ..Options::default()
    };
    let answer = engine.ask(question, &options);
    // A passage without a word of the question is near only by chance.
    let near = answer
        .quotes
        .iter()
        .filter(|quote| answer.is_pinned || !quote.highlights.is_empty());
    let corpus = engine.corpus();
    let nearest = near.enumerate().map(|(at, quote)| {
        let article = corpus.article(quote.article);
        Nearest {
            passage: PassageKey::of(corpus, quote.passage),
            place: super::places::location(article, quote.best),
            text: cut_plain(quote.best.of(&article.text), PASSAGE),
            answers: at == 0 && answer.outcome == Outcome::Quoted,
        }
    });
    nearest.take(limit).collect()
}

/// Article and heading of a passage, and its beginning; `None` if it has changed or is gone.
pub fn passage_place(engine: &Engine, key: PassageKey) -> Option<(String, String)> {
    let corpus = engine.corpus();
    let passage = corpus.passage(key.find(corpus)?);
    let article = corpus.article(passage.article);
    let place = super::places::location(article, corpus.span(passage));
    let text = cut_plain(corpus.span(passage).of(&article.text), PASSAGE);
    Some((place, text))
}

/// A passage with its ratings; `None` if it has changed or is gone.
pub fn rated_passage(
    engine: &Engine,
    key: &str,
    (helpful, not_helpful): (u64, u64),
) -> Option<RatedPassage> {
    let (place, text) = passage_place(engine, PassageKey::parse(key)?)?;
    Some(RatedPassage {
        place,
        text,
        helpful,
        not_helpful,
    })
}
