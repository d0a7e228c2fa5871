//! What is replied: the best passages ranked, a sentence of each as the quote, and how sure that is.
//!
//! [`answer`] is the way through: question words -> groups -> candidates -> features -> ranking ->
//! quotes -> confidence -> outcome.

mod calibration;
mod explanation;
mod features;
mod outcome;
mod quote;
mod ranking;
mod tally;
mod token_matcher;

pub use calibration::{CalibrationFeatures, QUOTE_AT, SUGGEST_AT};
pub use explanation::{ExpansionExplained, Explanation, Met, WordExplained};
pub use features::{FEATURES, Feature};
pub use outcome::{Certainty, Outcome};
pub use ranking::WEIGHTS;

use crate::article::{Article, ArticleId, Corpus, LineRange, Passage, PassageId};
use crate::index::{
    Candidate, ExpansionKind, Filter, FirstPass, Index, QueryTerm, QueryVectors, Scratch,
    SurfaceId, TermId,
};
use crate::query::{Intent, Query, Role};
use crate::semantic::Embedded;
use crate::text::{Span, fold, words};
use features::{Features, Reader};
use ranking::{FIRST_PASS, Ranked};
use std::cell::RefCell;

/// How to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Look in this article only.
    pub article: Option<ArticleId>,
    /// At most this many quotes.
    pub limit: usize,
    /// Give the best passages that there are, whatever the outcome.
    pub always: bool,
    /// Say how the answer came about.
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

/// A reply to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How it is meant.
    pub outcome: Outcome,
    /// Chance from 0 to 1 that the first quote answers the question.
    pub confidence: f32,
    /// Best first, each from another passage.
    pub quotes: Vec<Quote>,
    /// Words that were read otherwise than typed.
    pub corrections: Vec<Correction>,
    /// Whether any word of the question says what it is about.
    pub is_about_something: bool,
    /// How it came about, if asked for.
    pub explanation: Option<Explanation>,
}

/// Sentences of an article, word for word.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// The passage that they are of.
    pub passage: PassageId,
    /// The article.
    pub article: ArticleId,
    /// Where they stand in its text.
    pub span: Span,
    /// The first row of the table, where the quote is of other rows: it names what they tell.
    pub column_heads: Option<Span>,
    /// Number of the paragraph in the article, from 0.
    pub paragraph: u32,
    /// Where the paragraph stands in the file; with the list or table below it, where the quote goes on into that.
    pub lines: LineRange,
    /// How well the passage fits; comparable within one answer only.
    pub score: f32,
    /// Words of the question inside `span`, as spans of the article's text.
    pub highlights: Vec<Span>,
    /// Each feature of the passage with its value and weight, if an explanation was asked for.
    pub features: Vec<(Feature, f32, f32)>,
    /// The nearest word here to each word of the question, if an explanation was asked for.
    pub met: Vec<Met>,
}

/// A word that was read otherwise than typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// As typed.
    pub typed: String,
    /// As read: a word of the articles.
    pub read: String,
}

/// A question's words beyond this many are left out of matching, the most frequent first.
const MAX_GROUPS: usize = 200;

/// Beside the first quote, others are shown from this share of its score on: what is much weaker only
/// distracts.
const ALSO_AT: f32 = 0.5;

/// Candidates that are read at most.
const MAX_LIMIT: usize = 2_000;

thread_local! {
    static SCRATCH: RefCell<(Scratch, token_matcher::Scratch)> = RefCell::default();
}

/// A question as the index understood it, and the passages for it.
struct Found {
    query: Query,
    groups: Vec<QueryTerm>,
    meant: QueryVectors,
    /// Best first.
    ranked: Vec<Ranked>,
    /// The words that were read otherwise than typed: their places among the query's, and as what.
    repaired: Vec<(usize, String)>,
    /// Whether no passage holds every quoted phrase; `ranked` then holds what comes near.
    phrase_missing: bool,
}

impl Found {
    fn new(
        corpus: &Corpus,
        index: &Index,
        embedded: Option<&Embedded>,
        question: &str,
        options: &Options,
    ) -> Self {
        let query = Query::parse(question, index.languages());
        let groups = distinct(&query, index.expand(&query));
        let within = options.article.map(|article| corpus.passages_of(article));
        let filter = index.filter(&query, within);
        let repaired = repaired(index, &groups);
        let like = |embedded: &Embedded| {
            let read = as_read(question, &query, &repaired);
            embedded.likeness(&read, query.language)
        };
        let meant = QueryVectors {
            likeness: embedded.and_then(like),
            ..index.meant(&query, &groups)
        };
        let ranked = rank(
            corpus,
            index,
            (&query, &groups, &meant),
            &filter,
            options.limit,
        );
        Self {
            query,
            groups,
            meant,
            ranked,
            repaired,
            phrase_missing: filter.phrase_missing,
        }
    }

    fn is_about_something(&self) -> bool {
        self.groups.iter().any(|group| group.role == Role::Content)
    }

    fn quote(
        &self,
        corpus: &Corpus,
        index: &Index,
        ranked: &Ranked,
        span: Span,
        explain: bool,
    ) -> Quote {
        let id = ranked.features.candidate.passage;
        let passage = corpus.passage(id);
        let article = corpus.article(passage.article);
        let (features, met) = if explain {
            let told = sentences(index, article, (id, passage), span);
            let told = told.flat_map(|(_, tokens)| tokens).copied();
            let met = Met::all(index, self, id, told.chain(index.label_words(id)));
            (ranked.parts().collect(), met)
        } else {
            Default::default()
        };
        Quote {
            passage: id,
            article: passage.article,
            span,
            column_heads: quote::column_heads(article, passage).filter(|row| !row.overlaps(span)),
            paragraph: passage.paragraph,
            lines: lines(article, passage, span),
            score: ranked.score,
            highlights: highlights(index, &self.groups, article, (id, passage), span),
            features,
            met,
        }
    }
}

/// Answers a question from the passages of `corpus`, of which `index` is the index; with the help of a sentence
/// model, where one has seen their sentences.
pub fn answer(
    corpus: &Corpus,
    index: &Index,
    embedded: Option<&Embedded>,
    question: &str,
    options: &Options,
) -> Answer {
    let found = Found::new(corpus, index, embedded, question, options);
    let (query, ranked) = (&found.query, &found.ranked);
    let evidence = CalibrationFeatures::new(index, &found.groups, ranked);
    let believed = evidence.filter(|_| !found.phrase_missing);
    let outcome = Outcome::of(Intent::of(question, query), believed);
    let asked = believed.filter(|_| outcome.is_about_articles());
    let confidence = asked.map_or(0.0, CalibrationFeatures::confidence);
    let floor = match outcome {
        _ if options.always => f32::MIN,
        Outcome::Unknown | Outcome::Greeting | Outcome::Help => f32::MAX,
        _ => ranked.first().map_or(0.0, |first| ALSO_AT * first.score),
    };
    let quotes: Vec<Quote> = ranked
        .iter()
        .take_while(|ranked| ranked.score >= floor)
        .take(options.limit)
        .map(|ranked| {
            let passage = corpus.passage(ranked.features.candidate.passage);
            let article = corpus.article(passage.article);
            let span = quote::choose(article, passage, &ranked.features);
            found.quote(corpus, index, ranked, span, options.explain)
        })
        .collect();
    let correction = |(word, read): &(usize, String)| Correction {
        typed: query.words[*word].span.of(question).to_owned(),
        read: accented(corpus, &quotes, read),
    };
    Answer {
        outcome,
        confidence,
        corrections: found.repaired.iter().map(correction).collect(),
        is_about_something: found.is_about_something(),
        quotes,
        explanation: options
            .explain
            .then(|| Explanation::new(index, &found, evidence, outcome)),
    }
}

/// The passages that hold keywords or stand below a heading that does, best first, and behind them those below a title
/// that does; each quote is the whole passage. None where a quoted phrase is nowhere.
pub fn search(corpus: &Corpus, index: &Index, keywords: &str, options: &Options) -> Vec<Quote> {
    let found = Found::new(corpus, index, None, keywords, options);
    if found.phrase_missing {
        return Vec::new();
    }
    let is_content = |group: &u8| found.groups[usize::from(*group)].role == Role::Content;
    // Fields are worth what the content words in them are.
    let holds = |ranked: &&Ranked| {
        let Features {
            candidate, found, ..
        } = &ranked.features;
        candidate.heading > 0.0 || found.iter().flatten().any(is_content)
    };
    let (mut passages, others): (Vec<&Ranked>, Vec<&Ranked>) = found.ranked.iter().partition(holds);
    let titled = |ranked: &&Ranked| ranked.features.candidate.title > 0.0;
    passages.extend(others.into_iter().filter(titled));
    passages.truncate(options.limit);
    passages
        .into_iter()
        .map(|ranked| {
            let span = corpus.span(corpus.passage(ranked.features.candidate.passage));
            found.quote(corpus, index, ranked, span, options.explain)
        })
        .collect()
}

/// One group for each term, and for each word that no article holds: a word that is repeated asks for nothing more.
/// Of `US` and `us`, the one that says what is asked about stays.
fn distinct(query: &Query, groups: Vec<QueryTerm>) -> Vec<QueryTerm> {
    let mut kept: Vec<QueryTerm> = Vec::with_capacity(groups.len());
    let term = |group: &QueryTerm| group.variants.first().map(|variant| variant.term);
    let typed = |group: &QueryTerm| &query.words[group.word].folded;
    for group in groups {
        let same = |other: &&mut QueryTerm| match (term(other), term(&group)) {
            (None, None) => typed(other) == typed(&group),
            (other, one) => other == one,
        };
        match kept.iter_mut().find(same) {
            Some(known) if known.role == Role::Function && group.role == Role::Content => {
                *known = group;
            }
            Some(_) => {}
            None => kept.push(group),
        }
    }
    if kept.len() > MAX_GROUPS {
        kept.sort_by(|a, b| b.idf.total_cmp(&a.idf).then(a.word.cmp(&b.word)));
        kept.truncate(MAX_GROUPS);
        kept.sort_by_key(|group| group.word);
    }
    kept
}

/// The best passages, best first.
fn rank(
    corpus: &Corpus,
    index: &Index,
    (query, groups, meant): (&Query, &[QueryTerm], &QueryVectors),
    filter: &Filter,
    limit: usize,
) -> Vec<Ranked> {
    let first_pass = FirstPass {
        all: limit.min(MAX_LIMIT),
        ..FIRST_PASS
    };
    SCRATCH.with_borrow_mut(|(candidates, tables)| {
        let found = index.candidates(groups, filter, meant, &first_pass, candidates);
        let mut reader = Reader::new(index, query, groups, meant, tables);
        let read = |candidate: Candidate| {
            let article = corpus.passage(candidate.passage).article;
            reader.read(candidate, article)
        };
        let strong = found.strong.len();
        let all = found.strong.into_iter().chain(found.weak);
        Ranked::all(all.map(read).collect(), strong)
    })
}

/// The words inside `span` that the question asked for.
fn highlights(
    index: &Index,
    groups: &[QueryTerm],
    article: &Article,
    passage: (PassageId, &Passage),
    span: Span,
) -> Vec<Span> {
    let mut asked: Vec<TermId> = groups
        .iter()
        .filter(|group| group.role == Role::Content)
        .flat_map(|group| group.variants.iter().map(|variant| variant.term))
        .collect();
    asked.sort_unstable();
    let mut found = Vec::new();
    for (sentence, tokens) in sentences(index, article, passage, span) {
        let mut tokens = tokens.iter();
        words(sentence.of(&article.text), |word| {
            let term = tokens.next().map(|&surface| index.term_of(surface));
            if term.is_some_and(|term| asked.binary_search(&term).is_ok()) {
                found.push(word.shifted(sentence.start));
            }
        });
    }
    found
}

/// The lines of the paragraphs that a quote of a passage is of.
fn lines(article: &Article, passage: &Passage, span: Span) -> LineRange {
    let at = passage.paragraph as usize;
    let paragraphs = article.paragraphs[at..].iter();
    let below = paragraphs
        .skip(1)
        .take_while(|paragraph| paragraph.span.overlaps(span));
    let lines = article.paragraphs[at].lines;
    below.fold(lines, |lines, paragraph| LineRange {
        last: paragraph.lines.last,
        ..lines
    })
}

/// The sentences of a passage inside `span`, with their tokens.
fn sentences<'a>(
    index: &'a Index,
    article: &'a Article,
    passage: (PassageId, &Passage),
    span: Span,
) -> impl Iterator<Item = (Span, &'a [SurfaceId])> {
    let sentences = article.sentences[passage.1.sentences()].iter().copied();
    let told = sentences.zip(index.sentences(passage.0));
    told.filter(move |(sentence, _)| sentence.overlaps(span))
}

/// The words that are read otherwise than typed: the place of each in the question, and what it is read as.
fn repaired(index: &Index, groups: &[QueryTerm]) -> Vec<(usize, String)> {
    let spelling = |surface: Option<SurfaceId>| surface.map(|surface| index.spelling(surface));
    let read = |group: &QueryTerm| {
        let parts: Vec<&str> = match group.variants.first()?.via {
            ExpansionKind::Slip(_) => spelling(group.surface).into_iter().collect(),
            ExpansionKind::Spacing => {
                let parts = group
                    .variants
                    .iter()
                    .filter(|variant| variant.via == ExpansionKind::Spacing);
                parts
                    .filter_map(|variant| spelling(variant.surface))
                    .collect()
            }
            _ => return None,
        };
        Some((group.word, parts.join(" ")))
    };
    groups.iter().filter_map(read).collect()
}

/// Folded words with the accents that the quotes write them with, where one holds them.
fn accented(corpus: &Corpus, quotes: &[Quote], folded: &str) -> String {
    let lights = quotes.iter().flat_map(|quote| {
        let text = &corpus.article(quote.article).text;
        quote.highlights.iter().map(|light| light.of(text))
    });
    let written: Vec<String> = lights.map(str::to_lowercase).collect();
    let word = |part| {
        let mut same = written.iter().filter(|word| fold(word) == part);
        same.next().map_or(part, String::as_str)
    };
    folded.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The question with its words as they are read.
fn as_read(question: &str, query: &Query, repaired: &[(usize, String)]) -> String {
    let mut out = String::with_capacity(question.len());
    let mut at = 0;
    for (word, read) in repaired {
        let typed = query.words[*word].span;
        out.push_str(Span::new(at, typed.start as usize).of(question));
        out.push_str(read);
        at = typed.end as usize;
    }
    out.push_str(Span::new(at, question.len()).of(question));
    out
}
