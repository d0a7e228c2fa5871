//! From a question to ranked passages.

use super::nearest_word::NearestWord;
use super::passage_reader::PassageReader;
use super::ranking::{FIRST_PASS, RankedPassage};
use super::token_matcher::MatcherScratch;
use super::{Options, Quote, corrections, extent, item, quote};
use crate::article::{Corpus, Passage, PassageId};
use crate::index::{Candidate, Filter, FirstPass, FirstPassScratch, Index, QueryContext};
use crate::query::{Query, foreign_language};
use crate::semantic::{DenseIndex, DenseMatch};
use crate::text::Span;
use std::cell::RefCell;
use std::sync::Arc;

/// Most terms of a question that are matched; of more, the most frequent are left out.
const MAX_TERMS: usize = 200;
/// Most candidates that are read.
const MAX_CANDIDATES: usize = 2_000;

/// What scores at least this share of an answer and stands near it in the article answers about as well, and is quoted with it.
const ABOUT_AS_WELL: f32 = 0.75;

/// From this [`PassageFeatures::heading_match`](super::passage_features::PassageFeatures::heading_match) on, a question asks for
/// the section below the heading.
const HEADING_IS_ASKED: f32 = 0.5;

/// Of the passages that score at least this share of the first one, the first that states what was asked for (an amount,
/// a time) leads. On ten communities' pages this answers two of 69 such questions more, and spoils none.
const LEADS_AT: f32 = 0.7;

/// How much code counts among passages: who asks how to do something needs the text around the code, which an answer
/// then brings with it.
const CODE: f32 = 0.8;

thread_local! {
    static SCRATCH: RefCell<(FirstPassScratch, MatcherScratch)> = RefCell::default();
}

/// Parses a question in the language of the articles that it is written in; in its own, if it is in none of theirs and
/// the sentence model knows it. Then meaning decides, with names and numbers.
pub(crate) fn parse(index: &Index, dense_index: Option<&Arc<DenseIndex>>, question: &str) -> Query {
    let foreign = dense_index.and_then(|dense_index| {
        let language = foreign_language(question, index.languages(), dense_index.languages())?;
        dense_index.knows(language).then_some(language)
    });
    match foreign {
        Some(language) => Query::parse(question, &[language]),
        None => Query::parse(question, index.languages()),
    }
}

/// Reads a question with a sentence model: as a whole, or only the sentences that ask, whichever is more similar to a passage.
/// What people add to a question makes it more like its answer; what they write around it is like no passage.
fn read_by_model<'a>(
    context: QueryContext<'a>,
    dense_index: &Arc<DenseIndex>,
    question: &str,
    corrections: &[(usize, String)],
) -> QueryContext<'a> {
    let query = context.query();
    let read = |without: &[Span]| {
        let text = corrections::apply(question, query, corrections, without);
        DenseMatch::new(dense_index, &text, query.language)
    };
    let whole = read(&[]);
    let asking = (!query.beside.is_empty()).then(|| read(&query.beside));
    match (whole, asking.flatten()) {
        (Some(whole), Some(asking)) if asking.nearest() > whole.nearest() => {
            context.asking_alone().with_dense(Some(asking))
        }
        (whole, _) => context.with_dense(whole),
    }
}

/// The passages that `filter` allows, best first, and how many of them may answer.
fn rank(
    corpus: &Corpus,
    context: &QueryContext<'_>,
    filter: &Filter,
    options: &Options,
) -> (Vec<RankedPassage>, usize) {
    let first_pass = FirstPass {
        total: options.limit.min(MAX_CANDIDATES),
        ..FIRST_PASS
    };
    SCRATCH.with_borrow_mut(|(first_pass_scratch, matcher_scratch)| {
        let found = context.candidates(filter, &first_pass, first_pass_scratch);
        let mut reader = PassageReader::new(context, matcher_scratch);
        let strong = found.strong.len();
        let all = found.strong.into_iter().chain(found.weak);
        let read = |candidate: Candidate| {
            let passage = corpus.passage(candidate.passage);
            let mut features = reader.read(candidate);
            if corpus
                .article(passage.article)
                .is_code(passage.paragraph as usize)
            {
                features.values.iter_mut().for_each(|value| *value *= CODE);
            }
            features
        };
        (RankedPassage::rank(all.map(read).collect(), strong), strong)
    })
}

/// Passages with the quoted phrases answer alone, if the best of them scores at least this share of the best one: who quotes means
/// the words as they are, but the answer may have others.
const PHRASE_AT: f32 = 0.8;

/// Only the passages with the quoted phrases, where one of them answers nearly as well as the best.
fn with_phrases(
    (mut ranked, strong): (Vec<RankedPassage>, usize),
    filter: &Filter,
) -> (Vec<RankedPassage>, usize) {
    let has = |ranked: &RankedPassage| filter.has_phrases(ranked.features.candidate.passage);
    let best = ranked.first().map_or(0.0, |ranked| ranked.score);
    let with: Vec<f32> = ranked[..strong.min(ranked.len())]
        .iter()
        .filter(|ranked| has(ranked))
        .map(|ranked| ranked.score)
        .collect();
    if with.first().is_none_or(|score| *score < PHRASE_AT * best) {
        return (ranked, strong);
    }
    ranked.retain(has);
    (ranked, with.len())
}

/// Which passages a question is to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Those that may answer it: words near to its own in meaning count, too.
    Answer,
    /// Those that contain its words.
    Search,
}

/// What a passage answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extract {
    /// The passage that contains `best`.
    pub(super) passage: PassageId,
    /// The whole answer.
    pub(super) span: Span,
    /// The sentences in it that answer best.
    pub(super) best: Span,
    /// What announces the list of which the answer is an item.
    pub(super) introduction: Option<Span>,
}

/// A question with its passages.
pub(super) struct Retrieval<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) context: QueryContext<'a>,
    /// Best first.
    pub(super) ranked: Vec<RankedPassage>,
    /// How many of them may answer: the same number whatever [`Options::limit`] is.
    strong: usize,
    /// The words that were corrected: position in the query, and the correction.
    pub(super) corrections: Vec<(usize, String)>,
    /// Whether no passage contains every quoted phrase. `ranked` then ignores phrases.
    pub(super) phrase_missing: bool,
}

impl<'a> Retrieval<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        index: &'a Index,
        dense_index: Option<&Arc<DenseIndex>>,
        question: &str,
        query: Query,
        purpose: Purpose,
        options: &Options,
    ) -> Self {
        let context = QueryContext::new(index, query).with_distinct_terms(MAX_TERMS);
        let corrections = corrections::find(&context);
        let context = match dense_index {
            Some(dense_index) => read_by_model(context, dense_index, question, &corrections),
            None => context,
        };
        let context = context.with_term_vectors();
        let context = match purpose {
            Purpose::Answer => context.with_neighbours(),
            Purpose::Search => context,
        };
        let within = options.article.map(|article| corpus.passages_of(article));
        let filter = context.filter(within);
        let (ranked, strong) = match purpose {
            Purpose::Answer => {
                let all = rank(corpus, &context, &filter.without_phrases(), options);
                with_phrases(all, &filter)
            }
            Purpose::Search => rank(corpus, &context, &filter, options),
        };
        Self {
            corpus,
            context,
            ranked,
            strong,
            corrections,
            phrase_missing: filter.phrase_missing,
        }
    }

    /// The passages that may answer, best first.
    pub(super) fn strong(&self) -> &[RankedPassage] {
        self.ranked.get(..self.strong).unwrap_or(&self.ranked)
    }

    /// The position of the passage to quote first; `None` if no passage states what the question asks for.
    pub(super) fn leader(&self) -> Option<usize> {
        let query = self.context.query();
        let Some(asked_for) = query.asked_for else {
            return Some(0);
        };
        let states_it = |ranked: &RankedPassage| {
            let Extract { passage, span, .. } = self.answer_in(ranked);
            let article = self.corpus.article(self.corpus.passage(passage).article);
            asked_for.is_stated(span.of(&article.text), query, article.written_in())
        };
        let first = self.ranked.first().map_or(0.0, |first| first.score);
        let close = self.strong().iter();
        close
            .take_while(|ranked| ranked.score >= LEADS_AT * first)
            .position(states_it)
    }

    /// The answer in a passage, with what stands near it in the article and answers about as well. Only with strong passages: an
    /// answer does not depend on how many passages were requested.
    pub(super) fn answer_in(&self, ranked: &RankedPassage) -> Extract {
        let answer = self.answer_alone(ranked);
        if !self.context.query().excluded.is_empty() || answer.introduction.is_some() {
            return answer;
        }
        let passage = |ranked: &RankedPassage| {
            let id = ranked.features.candidate.passage;
            self.corpus.passage(id)
        };
        let id = passage(ranked).article;
        let article = self.corpus.article(id);
        let others = self.strong().iter();
        let others = others
            .take_while(|other| other.score >= ABOUT_AS_WELL * ranked.score)
            .filter(|other| passage(other).article == id);
        let span = others.fold(answer.span, |span, other| {
            let best = self.corpus.span(passage(other));
            if best.overlaps(span) || !extent::is_near(span, best) {
                return span;
            }
            let other = self.answer_alone(other).span;
            extent::together(article, span, other).unwrap_or(span)
        });
        Extract { span, ..answer }
    }

    /// The answer in a passage by itself.
    fn answer_alone(&self, ranked: &RankedPassage) -> Extract {
        let id = ranked.features.candidate.passage;
        let passage = self.corpus.passage(id);
        let article = self.corpus.article(passage.article);
        let best = quote::choose(article, passage, &ranked.features);
        let whole = |span| Extract {
            passage: id,
            span,
            best,
            introduction: None,
        };
        if !self.context.query().excluded.is_empty() {
            // Its neighbours may contain an excluded word.
            return whole(self.corpus.span(passage));
        }
        self.named_item(id, best).unwrap_or_else(|| {
            let number = passage.paragraph as usize;
            let asked = extent::Asked {
                section: ranked.features.heading_match >= HEADING_IS_ASKED,
                announcement: self.asks_for_announcement((id, passage), best),
            };
            whole(extent::around(article, number, best, asked))
        })
    }

    /// Whether the last sentence of a paragraph, which may announce what follows, matches at least half as many terms of the
    /// question as its best one.
    fn asks_for_announcement(&self, (id, passage): (PassageId, &Passage), best: Span) -> bool {
        let article = self.corpus.article(passage.article);
        let number = passage.paragraph as usize;
        if !article.introduces(number) {
            return false;
        }
        let last = article.sentences_of(number..number + 1).last();
        let terms = |span: Span| {
            let matches = quote::matches(&self.context, article, (id, passage), span);
            let mut terms: Vec<usize> = matches.iter().map(|(_, term)| *term).collect();
            terms.sort_unstable();
            terms.dedup();
            terms.len()
        };
        last.is_some_and(|last| 2 * terms(*last) >= terms(best))
    }

    /// The item or row that the question names, of the list or table that a passage is in or announces; `None` if `best` is in
    /// another one.
    fn named_item(&self, id: PassageId, best: Span) -> Option<Extract> {
        let passage = self.corpus.passage(id);
        let article = self.corpus.article(passage.article);
        let number = passage.paragraph as usize;
        let list = match article.introduced_list(number) {
            Some(_) => number + 1,
            None => number,
        };
        if !item::is_choice(article, list) {
            return None;
        }
        let announces = |it: &usize| {
            article.introduces(*it) && article.paragraphs[*it].span.len() <= item::MAX_BYTES
        };
        let before = list.checked_sub(1).filter(announces);
        let introduction = before.and_then(|it| article.sentences_of(it..it + 1).last());
        let known = before.map_or_else(Vec::new, |it| self.matches_in(id, it));
        let known: Vec<usize> = known.iter().map(|(_, term)| *term).collect();
        let item = item::named(article, list, &self.matches_in(id, list), &known)?;
        if article.paragraphs[list].span.overlaps(best) && !item.overlaps(best) {
            return None;
        }
        let mut passages = self.passages_near(id, list);
        Some(Extract {
            passage: passages
                .find(|it| self.corpus.span(self.corpus.passage(*it)).overlaps(item))?,
            span: item,
            best: item,
            introduction: introduction.copied(),
        })
    }

    /// The words of a paragraph near a passage that match a term of the question.
    fn matches_in(&self, id: PassageId, paragraph: usize) -> Vec<(Span, usize)> {
        let passages = self.passages_near(id, paragraph);
        let matches = passages.map(|id| {
            let passage = self.corpus.passage(id);
            let article = self.corpus.article(passage.article);
            let span = self.corpus.span(passage);
            quote::matches(&self.context, article, (id, passage), span)
        });
        matches.flatten().collect()
    }

    /// The passages of a paragraph that is that of a passage, or next to it.
    fn passages_near(&self, id: PassageId, paragraph: usize) -> impl Iterator<Item = PassageId> {
        let all = self.corpus.passages_of(self.corpus.passage(id).article);
        let paragraph_of =
            |at: &usize| self.corpus.passage(PassageId(*at as u32)).paragraph as usize;
        let at = id.0 as usize;
        let before = (all.start..at)
            .rev()
            .take_while(|it| paragraph_of(it) >= paragraph);
        let first = before.last().unwrap_or(at);
        let until = (first..all.end).take_while(|it| paragraph_of(it) <= paragraph);
        let inside = until.filter(|it| paragraph_of(it) == paragraph);
        let inside: Vec<usize> = inside.collect();
        inside.into_iter().map(|at| PassageId(at as u32))
    }

    /// A quote of what a passage answers.
    pub(super) fn quote(&self, ranked: &RankedPassage, extract: Extract, explain: bool) -> Quote {
        let Extract {
            passage: id,
            span,
            best,
            introduction,
        } = extract;
        let passage = self.corpus.passage(id);
        let article = self.corpus.article(passage.article);
        let view = self.context.passage(id);
        let (features, nearest_words) = if explain {
            let quoted = quote::sentences(view, article, passage, best);
            let quoted = quoted.flat_map(|(_, tokens)| tokens);
            let tokens = quoted.chain(view.label_words());
            (
                ranked.contributions().collect(),
                NearestWord::all(&self.context, id, tokens),
            )
        } else {
            Default::default()
        };
        Quote {
            passage: id,
            article: passage.article,
            span,
            best,
            column_heads: quote::column_heads(article, passage),
            introduction,
            headings: extent::announced_headings(article, span),
            paragraph: passage.paragraph,
            lines: article.paragraphs[passage.paragraph as usize].lines,
            answer_lines: quote::lines(article, passage.paragraph as usize, span),
            score: ranked.score,
            other_language: article
                .language
                .filter(|language| self.context.query().is_clearly_not_in(*language)),
            also_in: Vec::new(),
            highlights: quote::highlights(&self.context, article, (id, passage), best),
            features,
            nearest_words,
        }
    }
}
