//! The gist of articles in their own sentences, and their key phrases. Nothing is made up: a summary is a
//! choice of sentences, in the article's order, each with its place.
//!
//! - `unit.rs`: what may be chosen: sentences, and what says nothing in parts
//! - `candidate.rs`: what speaks for each by itself
//! - `cover.rs`: the choice, which covers the article's words and says nothing twice
//! - `keywords.rs`: key phrases

mod candidate;
mod cover;
mod keywords;
mod unit;

pub use keywords::{Phrase, keywords};

use crate::article::{ArticleId, Corpus, LineRange, PassageId};
use crate::index::Index;
use crate::query::Query;
use crate::text::Span;
use candidate::{Candidate, Focus};

/// How long a summary is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Length {
    /// About three sentences.
    #[default]
    Short,
    /// About six.
    Medium,
    /// About twelve, or a fifth of a long article; at most what fits one message.
    Long,
    /// So many; a list, a table or the answer to a question counts as one.
    Sentences(usize),
}

/// What to summarise, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// How long.
    pub length: Length,
    /// What it shall be about; all that the article says without.
    pub focus: Option<&'a str>,
}

/// Sentences that stand for an article, or for what several say on one matter.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// In the order of the articles.
    pub sentences: Vec<Sentence>,
    /// Whether that is all there is: the article is as short as its summary.
    pub whole: bool,
    /// Whether a longer one would say more.
    pub more: bool,
}

/// A sentence of a summary, or several that say nothing apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sentence {
    /// Whose.
    pub article: ArticleId,
    /// The passage that it stands in.
    pub passage: PassageId,
    /// Where it stands in the article's text.
    pub span: Span,
    /// What must be read before it: the question that it answers, what announces a list or table, its heading.
    pub above: Option<Span>,
    /// Number of its paragraph, from 0.
    pub paragraph: u32,
    /// Where the paragraph stands in the file.
    pub lines: LineRange,
    /// What it added to the ones chosen before it: 1 for the first, then less.
    pub score: f32,
}

/// Bytes of a long summary: an embed holds 4,096 characters, and each sentence takes some for its place.
const MESSAGE_BYTES: usize = 3_500;
/// Sentences of a medium summary.
const MEDIUM: usize = 6;
/// The least of a long one, if there are as many.
const LONG: usize = 12;

/// The gist of one article.
pub fn summarise(
    corpus: &Corpus,
    index: &Index,
    article: ArticleId,
    options: &Options<'_>,
) -> Summary {
    let query = options
        .focus
        .map(|focus| Query::parse(focus, index.languages()));
    let focus = query.map(|query| Focus::new(index, query, false));
    let passages = corpus.passages_of(article).map(|id| PassageId(id as u32));
    let candidates = candidate::of(corpus, index, passages, focus.as_ref());
    let summary = choose(corpus, &candidates, options.length);
    let sentences = |id: usize| corpus.passages()[id].sentences().len();
    let all: usize = corpus.passages_of(article).map(sentences).sum();
    let told: usize = candidates.iter().map(|one| one.sentences).sum();
    Summary {
        whole: !summary.more && told == all,
        ..summary
    }
}

/// What some passages, of several articles perhaps, say on one matter.
pub fn digest(
    corpus: &Corpus,
    index: &Index,
    mut passages: Vec<PassageId>,
    focus: &str,
    length: Length,
) -> Summary {
    passages.sort_unstable();
    let query = Query::parse(focus, index.languages());
    let focus = Focus::new(index, query, true);
    let candidates = candidate::of(corpus, index, passages.into_iter(), Some(&focus));
    choose(corpus, &candidates, length)
}

fn choose(corpus: &Corpus, candidates: &[Candidate], length: Length) -> Summary {
    let count = match length {
        Length::Short => 3,
        Length::Medium => MEDIUM,
        Length::Long => LONG.max(candidates.len().div_ceil(5)),
        Length::Sentences(count) => count,
    };
    let mut chosen = cover::choose(candidates, count);
    if length == Length::Long {
        // The first of them say most.
        let mut bytes = 0;
        let fits = chosen.iter().take_while(|(at, _)| {
            let Candidate { span, above, .. } = &candidates[*at];
            bytes += span.len() + above.map_or(0, Span::len);
            bytes <= MESSAGE_BYTES
        });
        let fits = fits.count();
        chosen.truncate(fits.max(1));
    }
    chosen.sort_unstable_by_key(|(at, _)| *at);
    let sentences = chosen.iter().map(|&(at, score)| {
        let candidate = &candidates[at];
        let passage = corpus.passage(candidate.passage);
        let paragraphs = &corpus.article(passage.article).paragraphs;
        Sentence {
            article: passage.article,
            passage: candidate.passage,
            span: candidate.span,
            above: candidate.above,
            paragraph: passage.paragraph,
            lines: paragraphs[passage.paragraph as usize].lines,
            score,
        }
    });
    Summary {
        sentences: sentences.collect(),
        whole: false,
        more: chosen.len() < candidates.len(),
    }
}
