//! Which passages may answer at all: those of one article, that hold every quoted phrase, and no
//! excluded word.

use super::{Index, TermId};
use crate::article::PassageId;
use crate::query::Query;
use std::ops::Range;

/// Quoted phrases that are looked for; more than that are no question.
const MAX_PHRASES: usize = 8;

/// Passages that may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    within: Range<usize>,
    /// The only ones, in order, where phrases are quoted.
    only: Option<Vec<u32>>,
    /// Those with an excluded word, in order.
    without: Vec<u32>,
    /// Whether no passage holds all that is quoted; then nothing is left out for it.
    pub phrase_missing: bool,
}

impl Filter {
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
    /// The passages that may answer `query`, among the range `within` (one article's) if one is given.
    pub fn filter(&self, query: &Query, within: Option<Range<usize>>) -> Filter {
        let within = within.unwrap_or(0..self.passage_count());
        let term = |folded: &str| Some(self.term_as_written(folded, query.language)?.0);
        let mut without: Vec<u32> = query
            .excluded
            .iter()
            .filter_map(|word| term(word))
            .flat_map(|term| self.postings.row(term.0))
            .map(|posting| posting.passage())
            .collect();
        without.sort_unstable();
        let mut only: Option<Vec<u32>> = None;
        let phrases = query.phrases.iter().map(|phrase| {
            let words = query.words[phrase.clone()].iter();
            words.map(|word| term(&word.folded)).collect()
        });
        let mut looked_for: Vec<Option<Vec<TermId>>> = Vec::new();
        for terms in phrases {
            if looked_for.len() == MAX_PHRASES || looked_for.contains(&terms) {
                continue;
            }
            let may = |passage: u32| {
                within.contains(&(passage as usize))
                    && only
                        .as_ref()
                        .is_none_or(|only| only.binary_search(&passage).is_ok())
            };
            let holding = terms
                .iter()
                .flat_map(|terms| self.with_phrase(terms, &may))
                .collect();
            only = Some(holding);
            looked_for.push(terms);
        }
        let phrase_missing = only.as_ref().is_some_and(Vec::is_empty);
        Filter {
            within,
            only: only.filter(|_| !phrase_missing),
            without,
            phrase_missing,
        }
    }

    /// The passages that `may` be and in which terms stand one after the other within a sentence, in order.
    pub(super) fn with_phrase<'a>(
        &'a self,
        terms: &'a [TermId],
        may: impl Fn(u32) -> bool + 'a,
    ) -> impl Iterator<Item = u32> + 'a {
        let rarest = terms.iter().min_by_key(|term| self.passages_with(**term));
        let row = rarest.map_or(&[][..], |term| self.postings.row(term.0));
        row.iter()
            .map(|posting| posting.passage())
            .filter(move |&passage| may(passage))
            .filter(move |&passage| {
                self.sentences(PassageId(passage)).any(|tokens| {
                    tokens.windows(terms.len()).any(|window| {
                        let mut pairs = window.iter().zip(terms);
                        pairs.all(|(token, term)| self.term_of(*token) == *term)
                    })
                })
            })
    }
}
