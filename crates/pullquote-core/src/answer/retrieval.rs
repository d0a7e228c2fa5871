//! From a question to ranked passages.

use super::nearest_word::NearestWord;
use super::passage_reader::PassageReader;
use super::ranking::{FIRST_PASS, RankedPassage};
use super::token_matcher::MatcherScratch;
use super::{Options, Quote, corrections, quote};
use crate::article::Corpus;
use crate::index::{Candidate, FirstPass, FirstPassScratch, Index, QueryContext};
use crate::query::Query;
use crate::semantic::DenseIndex;
use crate::text::Span;
use std::cell::RefCell;

/// Most terms of a question that are matched; of more, the most frequent are left out.
const MAX_TERMS: usize = 200;
/// Most candidates that are read.
const MAX_CANDIDATES: usize = 2_000;

/// How much code counts among passages: who asks how to do something needs the text around the code, which an answer
/// then brings with it.
const CODE: f32 = 0.8;

thread_local! {
    static SCRATCH: RefCell<(FirstPassScratch, MatcherScratch)> = RefCell::default();
}

/// A question with its passages.
pub(super) struct Retrieval<'a> {
    corpus: &'a Corpus,
    pub(super) context: QueryContext<'a>,
    /// Best first.
    pub(super) ranked: Vec<RankedPassage>,
    /// The words that were corrected: position in the query, and the correction.
    pub(super) corrections: Vec<(usize, String)>,
    /// Whether no passage contains every quoted phrase. `ranked` then ignores phrases.
    pub(super) phrase_missing: bool,
}

impl<'a> Retrieval<'a> {
    pub(super) fn new(
        corpus: &'a Corpus,
        index: &'a Index,
        dense_index: Option<&DenseIndex>,
        question: &str,
        options: &Options,
    ) -> Self {
        let query = Query::parse(question, index.languages());
        let context = QueryContext::new(index, query).with_distinct_terms(MAX_TERMS);
        let corrections = corrections::find(&context);
        let dense_similarity = dense_index.and_then(|dense_index| {
            let corrected = corrections::apply(question, context.query(), &corrections);
            dense_index.similarities(&corrected, context.query().language)
        });
        let context = context
            .with_term_vectors()
            .with_dense_similarity(dense_similarity);
        let within = options.article.map(|article| corpus.passages_of(article));
        let filter = context.filter(within);
        let first_pass = FirstPass {
            total: options.limit.min(MAX_CANDIDATES),
            ..FIRST_PASS
        };
        let ranked = SCRATCH.with_borrow_mut(|(first_pass_scratch, matcher_scratch)| {
            let found = context.candidates(&filter, &first_pass, first_pass_scratch);
            let mut reader = PassageReader::new(&context, matcher_scratch);
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
            RankedPassage::rank(all.map(read).collect(), strong)
        });
        Self {
            corpus,
            context,
            ranked,
            corrections,
            phrase_missing: filter.phrase_missing,
        }
    }

    /// A quote of a passage: `span` is quoted, `best` in it answers best.
    pub(super) fn quote(
        &self,
        ranked: &RankedPassage,
        span: Span,
        best: Span,
        explain: bool,
    ) -> Quote {
        let id = ranked.features.candidate.passage;
        let passage = self.corpus.passage(id);
        let article = self.corpus.article(passage.article);
        let view = self.context.passage(id);
        let (features, nearest_words) = if explain {
            let quoted = quote::sentences(view, article, passage, best);
            let quoted = quoted.flat_map(|(_, tokens)| tokens).copied();
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
            column_heads: quote::column_heads(article, passage).filter(|row| !row.overlaps(span)),
            paragraph: passage.paragraph,
            lines: article.paragraphs[passage.paragraph as usize].lines,
            answer_lines: quote::lines(article, passage.paragraph as usize, span),
            score: ranked.score,
            highlights: quote::highlights(&self.context, article, (id, passage), best),
            features,
            nearest_words,
        }
    }
}
