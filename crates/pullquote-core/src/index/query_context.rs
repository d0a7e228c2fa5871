//! One question as the index sees it: its terms with their expansions, its statistics, its vectors.

use super::bm25::Statistics;
use super::{Filter, Index, PassageView, QueryTerm, QueryVectors, SurfaceId, TermId, grams};
use crate::article::PassageId;
use crate::query::{Query, Role};
use crate::semantic::{DenseMatch, Lanes};
use std::ops::Range;

/// A question against an index. Everything that ranking asks the index about a question goes through it.
#[derive(Debug)]
pub struct QueryContext<'a> {
    pub(super) index: &'a Index,
    query: Query,
    terms: Vec<QueryTerm>,
    vectors: QueryVectors,
}

impl<'a> QueryContext<'a> {
    /// Expands the words of a question, one term a word, in their order. Has no vectors yet.
    pub fn new(index: &'a Index, query: Query) -> Self {
        Self {
            terms: index.expand(&query),
            index,
            query,
            vectors: QueryVectors::default(),
        }
    }

    /// Keeps one term for each word that is repeated, and at most `limit` terms, those with the highest idf. Of `US` and
    /// `us`, the one that states what is asked about stays.
    #[must_use]
    pub(crate) fn with_distinct_terms(mut self, limit: usize) -> Self {
        let all = std::mem::take(&mut self.terms);
        let mut kept: Vec<QueryTerm> = Vec::with_capacity(all.len());
        let first = |term: &QueryTerm| term.expansions.first().map(|expansion| expansion.term);
        let typed = |term: &QueryTerm| &self.query.words[term.word].folded;
        for term in all {
            let is_same = |other: &&mut QueryTerm| match (first(other), first(&term)) {
                (None, None) => typed(other) == typed(&term),
                (other, one) => other == one,
            };
            match kept.iter_mut().find(is_same) {
                Some(known) if known.role == Role::Function && term.role == Role::Content => {
                    *known = term;
                }
                Some(_) => {}
                None => kept.push(term),
            }
        }
        if kept.len() > limit {
            kept.sort_by(|a, b| b.idf.total_cmp(&a.idf).then(a.word.cmp(&b.word)));
            kept.truncate(limit);
            kept.sort_by_key(|term| term.word);
        }
        self.terms = kept;
        self
    }

    /// Keeps only the terms of the sentences that ask.
    #[must_use]
    pub(crate) fn asking_alone(mut self) -> Self {
        let Query { words, beside, .. } = &self.query;
        let is_beside = |term: &QueryTerm| {
            let word = words[term.word].span;
            beside.iter().any(|part| part.overlaps(word))
        };
        self.terms.retain(|term| !is_beside(term));
        self
    }

    /// Adds the vectors of the terms. They stay empty for a question that is not in English.
    #[must_use]
    pub(crate) fn with_term_vectors(mut self) -> Self {
        self.vectors = QueryVectors {
            dense: self.vectors.dense.take(),
            ..self.index.query_vectors(&self.query, &self.terms)
        };
        self
    }

    /// Adds the words of the articles that are near to the terms in meaning, where these have vectors.
    #[must_use]
    pub(crate) fn with_neighbours(mut self) -> Self {
        self.index
            .add_neighbours(&self.query, &mut self.terms, &self.vectors);
        self
    }

    /// Adds what a sentence model makes of the question; `None` where there is no model or it does not know the language.
    #[must_use]
    pub(crate) fn with_dense(mut self, dense: Option<DenseMatch>) -> Self {
        self.vectors.dense = dense;
        self
    }

    /// The question.
    pub(crate) fn query(&self) -> &Query {
        &self.query
    }

    /// Whether it is in another language than all articles.
    pub(crate) fn is_foreign(&self) -> bool {
        self.index.is_foreign(&self.query)
    }

    /// Its terms.
    pub(crate) fn terms(&self) -> &[QueryTerm] {
        &self.terms
    }

    /// The terms that state what is asked about.
    pub(crate) fn content_terms(&self) -> impl Iterator<Item = &QueryTerm> {
        let is_content = |term: &&QueryTerm| term.role == Role::Content;
        self.terms.iter().filter(is_content)
    }

    /// Whether any term states what is asked about.
    pub(crate) fn has_content(&self) -> bool {
        self.content_terms().next().is_some()
    }

    /// Its vectors.
    pub(crate) fn vectors(&self) -> &QueryVectors {
        &self.vectors
    }

    /// Sum of the inverse document frequencies of the content terms: how much a passage could match of the question.
    pub(crate) fn idf_sum(&self) -> f32 {
        self.content_terms().map(|term| term.idf).sum()
    }

    /// Statistics of the collection.
    pub(crate) fn statistics(&self) -> &'a impl Statistics {
        self.index
    }

    /// Which passages may answer, within a range of passages (one article's) if one is given.
    pub(crate) fn filter(&self, within: Option<Range<usize>>) -> Filter {
        self.index.filter(&self.query, within)
    }

    /// The view of one passage.
    pub(crate) fn passage(&self, id: PassageId) -> PassageView<'a> {
        self.index.passage(id)
    }

    /// How many surface forms the dictionary contains: their numbers are below.
    pub(crate) fn surface_count(&self) -> usize {
        self.index.dictionary_size().0
    }

    /// The term of a surface form.
    pub(crate) fn term_of(&self, surface: SurfaceId) -> TermId {
        self.index.term_of(surface)
    }

    /// Whether a surface form is a stop word of the language in which it was first seen.
    pub(crate) fn is_stop_word(&self, surface: SurfaceId) -> bool {
        self.index.is_stop_word(surface)
    }

    /// A surface form as a folded word.
    pub(crate) fn spelling(&self, surface: SurfaceId) -> &'a str {
        self.index.spelling(surface)
    }

    /// A term as a stem.
    pub(crate) fn stem(&self, term: TermId) -> &'a str {
        self.index.stem(term)
    }

    /// How many different character 4-grams there may be: their codes are below.
    pub(crate) fn gram_count() -> usize {
        grams::CODES
    }

    /// The character 4-grams of a surface form.
    pub(crate) fn grams_of(&self, surface: SurfaceId) -> &'a [u16] {
        let (layer, at) = self.index.of_surface(surface);
        layer.grams.at(at)
    }

    /// Calls `each` with the code and idf of every character 4-gram of a term's word and of its first correction, each
    /// gram once.
    pub(crate) fn grams(&self, term: &QueryTerm, mut each: impl FnMut(u16, f32)) {
        let index = self.index;
        let mut seen = Vec::new();
        let mut visit = |word: &str| {
            grams::of_word(word, |gram| {
                if !seen.contains(&gram) {
                    seen.push(gram);
                    each(gram, index.passage_idf(index.gram_frequency(gram)));
                }
            });
        };
        visit(&self.query.words[term.word].folded);
        if let Some(surface) = term.surface {
            visit(self.spelling(surface));
        }
    }

    /// Adds to `found` the similarities of a surface form, from 0 to 1, to the terms that have a vector:
    /// [`QueryVectors::by_term`] says to which. Returns `false`, and adds nothing, where the surface form or the question has no
    /// vector.
    pub(crate) fn term_similarities(&self, surface: SurfaceId, found: &mut Vec<Lanes>) -> bool {
        self.index.term_similarities(surface, &self.vectors, found)
    }
}
