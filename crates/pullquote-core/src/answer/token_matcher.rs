//! Which terms of the question each token of a passage matches.
//!
//! Passages are read token by token, and most tokens match nothing. Each surface form is looked up once a question and
//! cached; small bitmaps rule most of them out without a look into the large tables.

use crate::index::bm25;
use crate::index::{QueryContext, QueryTerm, SurfaceId, TermId};
use crate::query::Role;
use crate::semantic::Lanes;

/// No query term.
pub(super) const NONE: u8 = u8::MAX;
/// Most grams of one question: one bit each.
const MAX_GRAMS: usize = 128;
/// Bits of the filter over terms.
const TERM_BITS: u32 = 4096;

/// What a surface form matches.
#[derive(Debug, Clone, Copy)]
pub(super) struct TokenMatch {
    /// The question's grams in it, one bit each.
    pub(super) grams: u128,
    /// Weight of the expansion that matches; 0 where none does.
    pub(super) weight: f32,
    /// Number of the query term that matches, or [`NONE`].
    pub(super) term: u8,
    /// Whether it is a stop word of its language.
    pub(super) is_stop_word: bool,
    /// Whether it is a number, not the question's own, and the question asks for one.
    pub(super) is_asked_number: bool,
    /// Place of its row of similarities, from 1; 0 for none.
    similarities: u16,
}

/// Tables of a [`TokenMatcher`]. Callers keep them between questions: one is as long as the dictionary.
#[derive(Debug, Default)]
pub(super) struct MatcherScratch {
    /// For each surface form, one more than its place in `matches`; 0 before it is looked up.
    places: Vec<u16>,
    matches: Vec<TokenMatch>,
    /// Rows of similarities to the query terms that have a vector, from 0 to 1, for surface forms with one.
    similarities: Vec<Lanes>,
    /// Surface forms with a place, to be cleared.
    looked_up: Vec<SurfaceId>,
    /// A bit for each gram code: whether the question has it.
    gram_filter: Vec<u64>,
}

/// A table that is this many times as long as the dictionary is given back.
const TOO_LONG: usize = 8;
/// A shorter one is kept: 128 KB.
const SHORT: usize = 65_536;

impl MatcherScratch {
    fn reserve(&mut self, context: &QueryContext<'_>) {
        let count = context.surface_count();
        if self.places.len() > SHORT.max(TOO_LONG * count) {
            // It was needed for a large file that is gone.
            *self = Self::default();
        }
        if self.places.len() < count {
            self.places.resize(count, 0);
        }
        let grams = QueryContext::gram_count().div_ceil(64);
        self.gram_filter.resize(grams, 0);
    }

    fn has_gram(&self, code: u16) -> bool {
        self.gram_filter[usize::from(code) / 64] >> (code % 64) & 1 != 0
    }
}

/// Matches tokens against one question.
pub(super) struct TokenMatcher<'a> {
    context: &'a QueryContext<'a>,
    scratch: &'a mut MatcherScratch,
    /// For each query term with a vector, [`QueryTerm::certainty`]. As long as a row of similarities.
    certainty: Vec<Lanes>,
    /// Sorted by term: the number of its query term, and the weight of the expansion.
    terms: Vec<(TermId, u8, f32)>,
    term_filter: [u64; TERM_BITS as usize / 64],
    /// Sorted by gram code: its bit.
    grams: Vec<(u16, u8)>,
    /// For each bit, the idf of its gram and the number of its query term.
    gram_idf: Vec<(f32, usize)>,
}

impl<'a> TokenMatcher<'a> {
    /// Prepares the tables. The question may have at most 254 terms.
    pub(super) fn new(context: &'a QueryContext<'a>, scratch: &'a mut MatcherScratch) -> Self {
        scratch.reserve(context);
        let mut grams: Vec<(u16, u8)> = Vec::new();
        let mut gram_idf = Vec::new();
        for (at, term) in context.terms().iter().enumerate() {
            if term.role == Role::Content {
                context.grams(term, |code, idf| {
                    if !scratch.has_gram(code) && gram_idf.len() < MAX_GRAMS {
                        scratch.gram_filter[usize::from(code) / 64] |= 1 << (code % 64);
                        grams.push((code, gram_idf.len() as u8));
                        gram_idf.push((idf, at));
                    }
                });
            }
        }
        grams.sort_unstable();
        let terms = matched_terms(context.terms());
        let mut term_filter = [0; TERM_BITS as usize / 64];
        for (term, ..) in &terms {
            let bit = term.0 % TERM_BITS;
            term_filter[bit as usize / 64] |= 1 << (bit % 64);
        }
        Self {
            context,
            scratch,
            certainty: certainty(context),
            terms,
            term_filter,
            grams,
            gram_idf,
        }
    }

    /// How many grams the question has that are matched: their bits are below.
    pub(super) fn gram_count(&self) -> usize {
        self.gram_idf.len()
    }

    /// BM25 of the question's grams, which occur `tf` times each (by bit) in a passage with this norm ([`bm25::Norm::of`]). The
    /// grams of each query term are weighted by `weights`.
    pub(super) fn gram_score(&self, tf: &[u16], norm: f32, weights: &[f32]) -> f32 {
        let counted = self.gram_idf.iter().zip(tf);
        let values =
            counted.map(|((idf, term), tf)| weights[*term] * idf * bm25::tf(f32::from(*tf), norm));
        values.sum()
    }

    /// Similarities of a token to the query terms that have a vector, from 0 to 1; empty if it has none.
    #[inline]
    pub(super) fn similarities(&self, matched: TokenMatch) -> &[Lanes] {
        let width = self.certainty.len();
        let end = usize::from(matched.similarities) * width;
        self.scratch
            .similarities
            .get(end.saturating_sub(width)..end)
            .unwrap_or_default()
    }

    /// What a token matches.
    #[inline]
    pub(super) fn look_up(&mut self, surface: SurfaceId) -> TokenMatch {
        match self.scratch.places[surface.0 as usize] {
            0 => self.find(surface),
            place => self.scratch.matches[usize::from(place) - 1],
        }
    }

    fn find(&mut self, surface: SurfaceId) -> TokenMatch {
        let (term, weight) = self.find_term(self.context.term_of(surface));
        let is_stop_word = self.context.is_stop_word(surface);
        // A typo never stands for a stop word, and stop words have no vectors.
        let (grams, similarities) = if is_stop_word {
            (0, 0)
        } else {
            (
                self.find_grams(surface),
                self.find_similarities(surface).unwrap_or(0),
            )
        };
        let matched = TokenMatch {
            grams,
            weight,
            term,
            is_stop_word,
            is_asked_number: self.context.query().asked_for.is_some()
                && term == NONE
                && self.context.spelling(surface).starts_with(char::is_numeric),
            similarities,
        };
        if self.scratch.matches.len() < usize::from(u16::MAX) {
            self.scratch.matches.push(matched);
            self.scratch.looked_up.push(surface);
            self.scratch.places[surface.0 as usize] = self.scratch.matches.len() as u16;
        }
        matched
    }

    /// The query term that a term matches, and the weight of the expansion.
    fn find_term(&self, term: TermId) -> (u8, f32) {
        let bit = term.0 % TERM_BITS;
        let may_match = self.term_filter[bit as usize / 64] >> (bit % 64) & 1 != 0;
        let found = may_match.then(|| self.terms.binary_search_by_key(&term, |(term, ..)| *term));
        match found {
            Some(Ok(at)) => (self.terms[at].1, self.terms[at].2),
            _ => (NONE, 0.0),
        }
    }

    /// The question's grams in a surface form, one bit each.
    fn find_grams(&self, surface: SurfaceId) -> u128 {
        let mut grams = 0;
        for &code in self.context.grams_of(surface) {
            if self.scratch.has_gram(code)
                && let Ok(at) = self.grams.binary_search_by_key(&code, |(code, _)| *code)
            {
                grams |= 1 << self.grams[at].1;
            }
        }
        grams
    }

    /// Adds the row of similarities of a surface form and returns its place, from 1. A similarity to a corrected word
    /// is worth as much less as the correction is uncertain.
    fn find_similarities(&mut self, surface: SurfaceId) -> Option<u16> {
        let similarities = &mut self.scratch.similarities;
        let (first, width) = (similarities.len(), self.certainty.len());
        let place = u16::try_from(first.checked_div(width)? + 1).ok()?;
        let has_vector = self.context.term_similarities(surface, similarities);
        let row = similarities[first..].iter_mut().zip(&self.certainty);
        for (similarities, certainty) in row {
            for (similarity, certainty) in similarities.iter_mut().zip(certainty) {
                *similarity *= certainty;
            }
        }
        has_vector.then_some(place)
    }
}

/// For each query term with a vector, [`QueryTerm::certainty`].
fn certainty(context: &QueryContext<'_>) -> Vec<Lanes> {
    let vectors = context.vectors();
    let mut certainty = vec![Lanes::default(); vectors.words.lanes()];
    let lanes = certainty.as_flattened_mut().iter_mut();
    for (lane, term) in lanes.zip(&vectors.terms) {
        *lane = context.terms()[*term].certainty();
    }
    certainty
}

/// For each term that an expansion matches, its query term and weight, sorted by term. Of several query terms, the one
/// with the highest weight; the earlier of equals.
fn matched_terms(terms: &[QueryTerm]) -> Vec<(TermId, u8, f32)> {
    let mut matched: Vec<(TermId, u8, f32)> = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        let expansions = term.expansions.iter();
        matched.extend(expansions.map(|expansion| (expansion.term, at as u8, expansion.weight)));
    }
    matched.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.total_cmp(&a.2)).then(a.1.cmp(&b.1)));
    matched.dedup_by_key(|(term, ..)| *term);
    matched
}

impl Drop for TokenMatcher<'_> {
    fn drop(&mut self) {
        for surface in self.scratch.looked_up.drain(..) {
            self.scratch.places[surface.0 as usize] = 0;
        }
        self.scratch.matches.clear();
        self.scratch.similarities.clear();
        for (code, _) in &self.grams {
            self.scratch.gram_filter[usize::from(*code) / 64] = 0;
        }
    }
}
