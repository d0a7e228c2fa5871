//! Answers: the best passages ranked, a quote of each, and the confidence that the first one answers.
//!
//! [`answer`] goes from the question's terms to candidates (the index's first pass), features of each candidate, a
//! ranking, quotes, a confidence, and from that to an outcome. The numbers are in two tables: [`FEATURES`] ranks
//! passages, [`CALIBRATION`] computes the confidence.

mod about;
mod calibration;
mod contribution;
mod corrections;
mod explanation;
mod extent;
mod features;
mod item;
mod nearest_word;
mod outcome;
mod passage_features;
mod passage_reader;
mod passage_reading;
mod passage_stats;
mod pinned;
mod pointed_to;
mod quote;
mod ranking;
mod retrieval;
mod standing;
mod token_matcher;

pub use about::{About, Topic};
pub use calibration::{BY_WORDS, CALIBRATION, CalibrationFeature, Fit};
pub(crate) use calibration::{CalibrationFeatures, SUGGEST_AT};
pub use contribution::Contribution;
pub use explanation::{ExpansionExplained, Explanation, WordExplained};
pub use features::{FEATURES, Feature, Signal, Unit};
pub use nearest_word::NearestWord;
pub use outcome::{Certainty, Outcome};
pub(crate) use quote::MAX_QUOTE_BYTES;

use crate::article::{ArticleId, Corpus, LineRange, PassageId};
use crate::index::Index;
use crate::query::{Intent, Query};
use crate::semantic::DenseIndex;
use crate::text::{Language, Span};
pub(crate) use pinned::Pinned;
use ranking::RankedPassage;
pub(crate) use retrieval::parse;
use retrieval::{Extract, Purpose, Retrieval};
use standing::Standing;
use std::sync::Arc;

/// Options of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Search this article only; `None` for all.
    pub article: Option<ArticleId>,
    /// Most quotes to return.
    pub limit: usize,
    /// Return the best passages whatever the outcome.
    pub always: bool,
    /// Explain how the answer came about.
    pub explain: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            article: None,
            limit: 3,
            always: false,
            explain: false,
        }
    }
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Whether it answers.
    pub outcome: Outcome,
    /// Probability, from 0 to 1, that the first quote answers the question.
    pub confidence: f32,
    /// Best first. The best sentence of each is in no quote before it, and no two are of passages with the same words.
    pub quotes: Vec<Quote>,
    /// Words that were understood otherwise than typed.
    pub corrections: Vec<Correction>,
    /// Whether the question has any searchable word.
    pub is_about_something: bool,
    /// What it says of the articles themselves, if that was asked.
    pub about: Option<About>,
    /// Whether a person has chosen the first quote as the answer to this question.
    pub is_pinned: bool,
    /// Answers to further questions of the same message, with what they answer.
    pub also: Vec<(String, Answer)>,
    /// How it came about, if [`Options::explain`] is set.
    pub explanation: Option<Explanation>,
}

/// A second quote that scores at least this share of the first one answers about as likely.
const AS_LIKELY: f32 = 0.9;
/// The same for one of the same article: who needs another section than the first one most often needs one near it.
const AS_LIKELY_IN_ARTICLE: f32 = 0.8;

impl Answer {
    /// The second quote, if it answers about as likely as the first: which of them is meant, only who asked can tell.
    /// `None` if the message asks several questions.
    pub fn second(&self) -> Option<&Quote> {
        let [first, second, ..] = self.quotes.as_slice() else {
            return None;
        };
        let is_in_article = first.article == second.article;
        let repeats = is_in_article && first.span.overlaps(second.span);
        let is_open = self.outcome == Outcome::Quoted && self.also.is_empty() && !self.is_pinned;
        let share = if is_in_article {
            AS_LIKELY_IN_ARTICLE
        } else {
            AS_LIKELY
        };
        (is_open && !repeats && second.score >= share * first.score).then_some(second)
    }
}

/// An answer from an article, word for word.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The passage that answers best.
    pub passage: PassageId,
    /// The article that contains it.
    pub article: ArticleId,
    /// The whole answer, as a span of the article's text: a section, or the paragraph, list, table or code that answers.
    pub span: Span,
    /// The sentences in it that answer best.
    pub best: Span,
    /// The names of the columns, if `best` is in a table.
    pub column_heads: Option<Span>,
    /// The sentence that announces the list, if the quote is one item of it.
    pub introduction: Option<Span>,
    /// The headings that the end of the quote announces, if nothing else follows it.
    pub headings: Vec<Span>,
    /// Number of the paragraph that contains `best`, from 0.
    pub paragraph: u32,
    /// Lines of that paragraph in the source file.
    pub lines: LineRange,
    /// Lines of the whole answer in the source file.
    pub answer_lines: LineRange,
    /// Score of the passage. Comparable within one answer.
    pub score: f32,
    /// The article's language, if the question is in another one.
    pub other_language: Option<Language>,
    /// Other articles that contain the same passage.
    pub also_in: Vec<ArticleId>,
    /// Words of the question inside `best`, as spans of the article's text.
    pub highlights: Vec<Span>,
    /// What each feature contributed to the score, if [`Options::explain`] is set.
    pub features: Vec<Contribution>,
    /// The most similar word here to each word of the question, if [`Options::explain`] is set.
    pub nearest_words: Vec<NearestWord>,
}

impl Quote {
    /// A quote that was not found by ranking; `None` if `span` is in no passage of the article.
    pub(crate) fn of_span(corpus: &Corpus, article: ArticleId, span: Span) -> Option<Self> {
        let id = corpus.passage_at(article, span)?;
        let of = corpus.article(article);
        let paragraph = corpus.passage(id).paragraph;
        Some(Self {
            passage: id,
            article,
            span,
            best: span,
            column_heads: None,
            introduction: None,
            headings: Vec::new(),
            paragraph,
            lines: of.paragraphs[paragraph as usize].lines,
            answer_lines: quote::lines(of, paragraph as usize, span),
            score: 0.0,
            other_language: None,
            also_in: Vec::new(),
            highlights: Vec::new(),
            features: Vec::new(),
            nearest_words: Vec::new(),
        })
    }

    /// What must be read above a part of the article, unless that contains it: the names of the columns, or what announces
    /// the list.
    pub fn lead(&self, shown: Span) -> Option<Span> {
        let lead = self.column_heads.or(self.introduction);
        lead.filter(|lead| !lead.overlaps(shown))
    }

    /// What to show in bold, as spans of the article's text: the sentences that answer best; where they are most of the
    /// quote, the words of the question in them.
    pub fn emphasis(&self) -> &[Span] {
        if 2 * self.best.len() > self.span.len() {
            &self.highlights
        } else {
            std::slice::from_ref(&self.best)
        }
    }

    /// Another article says the same.
    fn is_also_in(&mut self, article: ArticleId) {
        if article != self.article && !self.also_in.contains(&article) {
            self.also_in.push(article);
        }
    }
}

/// A word that was understood otherwise than typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// As understood: words of the articles.
    pub read: String,
}

/// What a search finds.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchResults {
    /// The passages, best first. Each quote is a whole one.
    pub passages: Vec<Quote>,
    /// Keywords that were understood otherwise than typed.
    pub corrections: Vec<Correction>,
}

/// Beside the first quote, others are returned if they score at least this share of its score: weaker ones distract.
const OTHERS_AT: f32 = 0.5;

/// An answer that does not state what was asked for has at most this share of the confidence from which answers are quoted.
const SUGGEST_UNSTATED: f32 = 0.9;

/// Answers a question from the passages of `corpus`, which `index` indexes, with a sentence model if one has embedded them.
/// `query` is the question parsed.
pub fn answer(
    corpus: &Corpus,
    index: &Index,
    dense_index: Option<&Arc<DenseIndex>>,
    question: &str,
    query: Query,
    options: &Options,
) -> Answer {
    let retrieval = Retrieval::new(
        corpus,
        index,
        dense_index,
        question,
        query,
        Purpose::Answer,
        options,
    );
    let (context, ranked) = (&retrieval.context, &retrieval.ranked);
    let leader = retrieval.leader();
    let standing = Standing::new(&retrieval, leader.unwrap_or(0));
    let evidence = CalibrationFeatures::new(context, retrieval.strong(), standing);
    let found = evidence.map_or(Outcome::Unknown, CalibrationFeatures::outcome);
    let names_section = evidence.is_some_and(|evidence| evidence.names_section);
    let intent = Intent::of(question, context.query());
    let outcome = Outcome::of(intent, found, names_section);
    let asked = evidence.filter(|_| outcome.is_about_articles());
    let floor = match outcome {
        _ if options.always => f32::MIN,
        Outcome::Unknown | Outcome::Greeting | Outcome::Help => f32::MAX,
        _ => ranked.first().map_or(0.0, |first| OTHERS_AT * first.score),
    };
    let (ahead, behind) = ranked.split_at(leader.unwrap_or(0));
    let (leading, behind) = behind.split_at(behind.len().min(1));
    let passages = [leading, ahead, behind].into_iter().flatten();
    let passages = passages.take_while(|ranked| ranked.score >= floor);
    let mut quotes = quotes(&retrieval, passages, options);
    // What a link leads to may contain an excluded word.
    if context.query().excluded.is_empty() {
        pointed_to::add(corpus, options.article, options.limit, &mut quotes);
    }
    let confidence = asked.map_or(0.0, CalibrationFeatures::confidence);
    let (outcome, confidence) = match (outcome, asked) {
        (Outcome::Quoted, Some(evidence)) if leader.is_none() => {
            let most = SUGGEST_UNSTATED * evidence.fit().quote_at;
            (Outcome::Suggested, confidence.min(most))
        }
        _ => (outcome, confidence),
    };
    Answer {
        outcome,
        confidence,
        corrections: corrected(&retrieval, question, &quotes),
        is_about_something: context.has_content(),
        about: None,
        is_pinned: false,
        also: Vec::new(),
        quotes,
        explanation: options
            .explain
            .then(|| Explanation::new(&retrieval, evidence, outcome)),
    }
}

/// The words that were corrected, as typed in `text`, and as the quotes write them.
fn corrected(retrieval: &Retrieval<'_>, text: &str, quotes: &[Quote]) -> Vec<Correction> {
    let words = &retrieval.context.query().words;
    let correction = |(word, read): &(usize, String)| Correction {
        typed: words[*word].span.of(text).to_owned(),
        read: corrections::with_accents(retrieval.corpus, quotes, read),
    };
    retrieval.corrections.iter().map(correction).collect()
}

/// Quotes from these passages, best first. What several passages say alike is quoted once, with the other articles' names.
fn quotes<'a>(
    retrieval: &Retrieval<'a>,
    passages: impl Iterator<Item = &'a RankedPassage>,
    options: &Options,
) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    for ranked in passages {
        let view = retrieval.context.passage(ranked.features.candidate.passage);
        let article = view.article();
        let says_the_same =
            |quote: &&mut Quote| view.says_the_same_as(retrieval.context.passage(quote.passage));
        if let Some(same) = quotes.iter_mut().find(says_the_same) {
            same.is_also_in(article);
        } else if quotes.len() < options.limit {
            let extract = retrieval.answer_in(ranked);
            let (span, best) = (extract.span, extract.best);
            let text_of = |article, span: Span| span.of(&retrieval.corpus.article(article).text);
            let says_the_same =
                |quote: &&mut Quote| text_of(quote.article, quote.span) == text_of(article, span);
            let is_inside = |quote: &Quote| quote.article == article && quote.span.overlaps(best);
            if quotes.iter().any(is_inside) {
                continue;
            }
            match quotes.iter_mut().find(says_the_same) {
                Some(same) => same.is_also_in(article),
                None => quotes.push(retrieval.quote(ranked, extract, options.explain)),
            }
        }
    }
    quotes
}

/// The passages that contain keywords, or whose heading does, best first; after them, those whose title does. None where no
/// passage contains every quoted phrase.
pub fn search(corpus: &Corpus, index: &Index, keywords: &str, options: &Options) -> SearchResults {
    let query = parse(index, None, keywords);
    let retrieval = Retrieval::new(
        corpus,
        index,
        None,
        keywords,
        query,
        Purpose::Search,
        options,
    );
    let passages = if retrieval.phrase_missing {
        Vec::new()
    } else {
        containing(&retrieval, options)
    };
    SearchResults {
        corrections: corrected(&retrieval, keywords, &passages),
        passages,
    }
}

/// The passages that contain a word of the query, or whose heading does, then those whose title does.
fn containing(retrieval: &Retrieval<'_>, options: &Options) -> Vec<Quote> {
    // Both score by content terms only.
    let contains = |ranked: &&RankedPassage| {
        ranked.features.candidate.heading > 0.0 || ranked.features.best_sentence > 0.0
    };
    let ranked = retrieval.ranked.iter();
    let (mut passages, others): (Vec<_>, Vec<_>) = ranked.partition(contains);
    let is_titled = |ranked: &&RankedPassage| ranked.features.candidate.title > 0.0;
    passages.extend(others.into_iter().filter(is_titled));
    passages.truncate(options.limit);
    let quote = |ranked: &RankedPassage| {
        let passage = ranked.features.candidate.passage;
        let span = retrieval.corpus.span(retrieval.corpus.passage(passage));
        let extract = Extract {
            passage,
            span,
            best: span,
            introduction: None,
        };
        retrieval.quote(ranked, extract, options.explain)
    };
    passages.into_iter().map(quote).collect()
}

#[cfg(test)]
mod tests {
    use super::{Corpus, Index, Options, Quote, answer, parse};

    /// The first quote of the answer to a question, whatever the outcome.
    pub(super) fn first_quote(corpus: &Corpus, question: &str) -> Quote {
        let options = Options {
            always: true,
            ..Options::default()
        };
        let index = Index::build(corpus);
        let query = parse(&index, None, question);
        let answer = answer(corpus, &index, None, question, query, &options);
        answer.quotes.into_iter().next().unwrap()
    }
}
