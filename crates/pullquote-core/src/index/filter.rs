//! Which passages may answer: those of one article, with every quoted phrase and no excluded word. A title or heading with
//! a phrase counts for what is below it.

use super::bm25::Statistics;
use super::{Index, SurfaceId, TermId};
use crate::article::PassageId;
use crate::query::{Query, Word};
use std::ops::Range;

/// Most quoted phrases that are looked up; a text with more is not a question.
const MAX_PHRASES: usize = 8;

/// The passages that may answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    within: Range<usize>,
    /// Passages with every quoted phrase, in order; `None` where nothing is quoted.
    only: Option<Vec<u32>>,
    /// Passages with an excluded word, in order.
    without: Vec<u32>,
    /// Whether no passage has every quoted phrase. The filter then ignores phrases.
    pub phrase_missing: bool,
}

impl Filter {
    /// The same filter for a question, where passages without its phrases may answer, too.
    pub(crate) fn without_phrases(&self) -> Self {
        Self {
            only: None,
            ..self.clone()
        }
    }

    /// Whether a passage has every quoted phrase.
    pub(crate) fn has_phrases(&self, passage: PassageId) -> bool {
        let only = self.only.as_ref();
        only.is_none_or(|only| only.binary_search(&passage.0).is_ok())
    }

    /// Passages outside may not answer.
    pub(super) fn within(&self) -> &Range<usize> {
        &self.within
    }

    /// Whether a passage may answer.
    #[inline]
    pub(super) fn allows(&self, passage: u32) -> bool {
        self.within.contains(&(passage as usize))
            && self.without.binary_search(&passage).is_err()
            && self.has_phrases(PassageId(passage))
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
        let only = self.with_every_phrase(query, &within);
        let phrase_missing = only.as_ref().is_some_and(Vec::is_empty);
        Filter {
            within,
            only: only.filter(|_| !phrase_missing),
            without,
            phrase_missing,
        }
    }

    /// The passages with every quoted phrase, or below a title or heading with it; `None` where nothing is quoted.
    fn with_every_phrase(&self, query: &Query, within: &Range<usize>) -> Option<Vec<u32>> {
        let mut only: Option<Vec<u32>> = None;
        let mut looked_up = Vec::new();
        for phrase in &query.phrases {
            let words = query.words[phrase.clone()].iter();
            let term = |word: &Word| Some(self.term_as_typed(&word.folded, query.language)?.0);
            let is_indexed = |word: &&Word| !query.language.is_stop_word(&word.folded);
            // Labels are indexed without stop words.
            let label_terms: Option<Vec<TermId>> =
                words.clone().filter(is_indexed).map(term).collect();
            let terms: Option<Vec<TermId>> = words.map(term).collect();
            let phrase = (terms, label_terms);
            if looked_up.len() == MAX_PHRASES || looked_up.contains(&phrase) {
                continue;
            }
            let is_allowed = |passage: u32| {
                within.contains(&(passage as usize))
                    && only
                        .as_ref()
                        .is_none_or(|only| only.binary_search(&passage).is_ok())
            };
            let (terms, label_terms) = (phrase.0.iter(), phrase.1.iter());
            let below = label_terms.flat_map(|terms| self.below_phrase(terms));
            let mut matching: Vec<u32> = terms
                .flat_map(|terms| self.with_phrase(terms, &is_allowed))
                .chain(below.filter(|&passage| is_allowed(passage)))
                .collect();
            matching.sort_unstable();
            matching.dedup();
            only = Some(matching);
            looked_up.push(phrase);
        }
        only
    }

    /// The passages below a title or heading in which terms follow each other, stop words aside.
    fn below_phrase<'a>(&'a self, terms: &'a [TermId]) -> impl Iterator<Item = u32> + 'a {
        let labels = terms.first().into_iter();
        labels
            .flat_map(|first| self.labels_with(*first))
            .filter(|&label| self.has_in_order(self.label_words(label), terms))
            .flat_map(|label| self.passages_below(label))
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
                    self.has_in_order(&tokens, terms)
                })
            })
    }

    /// Whether terms follow each other in `words`.
    fn has_in_order(&self, words: &[SurfaceId], terms: &[TermId]) -> bool {
        words.windows(terms.len()).any(|window| {
            let mut pairs = window.iter().zip(terms);
            pairs.all(|(word, term)| self.term_of(*word) == *term)
        })
    }
}
