//! Which passages may answer: those of one article, with every quoted phrase and no excluded word.

use super::bm25::Statistics;
use super::{Index, SurfaceId, TermId};
use crate::article::PassageId;
use crate::query::Query;
use std::ops::Range;

/// Most quoted phrases that are looked up; a text with more is not a question.
const MAX_PHRASES: usize = 8;

/// The passages that may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    within: Range<usize>,
    /// Passages that contain every quoted phrase, in order; `None` where nothing is quoted.
    only: Option<Vec<u32>>,
    /// Passages with an excluded word, in order.
    without: Vec<u32>,
    /// Whether no passage contains every quoted phrase. The filter then ignores phrases.
    pub phrase_missing: bool,
}

impl Filter {
    /// Passages outside may not answer.
    pub(super) fn within(&self) -> &Range<usize> {
        &self.within
    }

    /// Whether a passage may answer.
    #[inline]
    pub(super) fn allows(&self, passage: u32) -> bool {
        self.within.contains(&(passage as usize))
            && self.without.binary_search(&passage).is_err()
            && self
                .only
                .as_ref()
                .is_none_or(|only| only.binary_search(&passage).is_ok())
    }
}

impl Index {
    /// The passages that may answer `query`, within a range of passages if one is given.
    pub(super) fn filter(&self, query: &Query, within: Option<Range<usize>>) -> Filter {
        let within = within.unwrap_or(0..self.passage_count());
        let term = |folded: &str| Some(self.term_as_typed(folded, query.language)?.0);
        let mut without: Vec<u32> = query
            .excluded
            .iter()
            .filter_map(|word| term(word))
            .flat_map(|term| self.layers().map(move |layer| layer.own_postings(term)))
            .flatten()
            .map(|posting| posting.passage())
            .collect();
        without.sort_unstable();
        let mut only: Option<Vec<u32>> = None;
        let phrases = query.phrases.iter().map(|phrase| {
            let words = query.words[phrase.clone()].iter();
            words.map(|word| term(&word.folded)).collect()
        });
        let mut looked_up: Vec<Option<Vec<TermId>>> = Vec::new();
        for terms in phrases {
            if looked_up.len() == MAX_PHRASES || looked_up.contains(&terms) {
                continue;
            }
            let is_allowed = |passage: u32| {
                within.contains(&(passage as usize))
                    && only
                        .as_ref()
                        .is_none_or(|only| only.binary_search(&passage).is_ok())
            };
            let phrase = terms.iter();
            let mut matching: Vec<u32> = phrase
                .flat_map(|terms| self.with_phrase(terms, &is_allowed))
                .collect();
            matching.sort_unstable();
            only = Some(matching);
            looked_up.push(terms);
        }
        let phrase_missing = only.as_ref().is_some_and(Vec::is_empty);
        Filter {
            within,
            only: only.filter(|_| !phrase_missing),
            without,
            phrase_missing,
        }
    }

    /// The allowed passages in which terms follow each other within a sentence.
    pub(super) fn with_phrase<'a>(
        &'a self,
        terms: &'a [TermId],
        is_allowed: impl Fn(u32) -> bool + 'a,
    ) -> impl Iterator<Item = u32> + 'a {
        let rarest = terms.iter().min_by_key(|term| self.passages_with(**term));
        let layers = rarest
            .into_iter()
            .flat_map(|term| self.layers().map(|layer| layer.own_postings(*term)));
        layers
            .flatten()
            .map(|posting| posting.passage())
            .filter(move |&passage| is_allowed(passage))
            .filter(move |&passage| {
                self.passage(PassageId(passage)).sentences().any(|tokens| {
                    let tokens: Vec<SurfaceId> = tokens.collect();
                    tokens.windows(terms.len()).any(|window| {
                        let mut pairs = window.iter().zip(terms);
                        pairs.all(|(token, term)| self.term_of(*token) == *term)
                    })
                })
            })
    }
}
