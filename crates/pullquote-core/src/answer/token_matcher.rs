//! What the words of the corpus mean to one question.
//!
//! Passages are read token by token, and most tokens mean nothing: each surface form is looked at once
//! a question, what it means is kept close together, and small bitmaps answer "nothing" without a
//! look into the large tables.

use crate::index::{Index, QueryTerm, QueryVectors, SurfaceId, TermId, saturation};
use crate::query::{Query, Role};

/// No group.
pub(super) const NONE: u8 = u8::MAX;
/// Most grams of one question that are told apart: one bit each.
pub(super) const MAX_GRAMS: usize = 128;
/// Bits of the filter over terms.
const TERM_BITS: u32 = 4096;

/// What a surface form means to the question.
#[derive(Debug, Clone, Copy)]
pub(super) struct TokenMatch {
    /// The question's grams in it, one bit each.
    pub(super) grams: u128,
    /// How much it counts for its group.
    pub(super) weight: f32,
    /// The group that it stands for, or [`NONE`].
    pub(super) group: u8,
    /// Whether it is a stop word of its language.
    pub(super) is_stop_word: bool,
    /// Whether it is a number that the question asks for.
    pub(super) is_asked_number: bool,
    /// Where its nearness to the question's words stands, from 1; 0 if nothing is known of it.
    near: u16,
}

/// Room for the tables of one question; reused, because one of them is as long as the dictionary.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// For each surface form, one more than its place in `matches`; 0 if not looked at yet.
    places: Vec<u16>,
    matches: Vec<TokenMatch>,
    /// For surface forms whose sense is known, how near they are to each group's word, from 0 to 1.
    near: Vec<f32>,
    looked_at: Vec<SurfaceId>,
    gram_filter: Vec<u64>,
}

/// The tables of one question.
pub(super) struct TokenMatcher<'a> {
    index: &'a Index,
    asks_number: bool,
    scratch: &'a mut Scratch,
    meant: &'a QueryVectors,
    /// By group, [`QueryTerm::sureness`].
    sureness: Vec<f32>,
    /// By term: its group, and how much it counts for it.
    terms: Vec<(TermId, u8, f32)>,
    term_filter: [u64; TERM_BITS as usize / 64],
    /// By gram: its bit.
    grams: Vec<(u16, u8)>,
    /// By bit, how rare each gram is, and the group whose it is.
    gram_idf: Vec<(f32, usize)>,
}

impl<'a> TokenMatcher<'a> {
    /// Prepares the tables. `groups` must be at most 254.
    pub(super) fn new(
        index: &'a Index,
        query: &Query,
        groups: &[QueryTerm],
        meant: &'a QueryVectors,
        scratch: &'a mut Scratch,
    ) -> Self {
        let (surfaces, _) = index.dictionary_size();
        if scratch.places.len() < surfaces {
            scratch.places.resize(surfaces, 0);
        }
        if scratch.gram_filter.len() * 64 < index.gram_count() {
            scratch
                .gram_filter
                .resize(index.gram_count().div_ceil(64), 0);
        }
        let mut terms: Vec<(TermId, u8, f32)> = Vec::new();
        let mut grams: Vec<(u16, u8)> = Vec::new();
        let mut gram_idf = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            terms.extend(
                group
                    .variants
                    .iter()
                    .map(|variant| (variant.term, at as u8, variant.weight)),
            );
            if group.role == Role::Content {
                index.grams(query, group, |code, rarity| {
                    let word = &mut scratch.gram_filter[usize::from(code) / 64];
                    if *word >> (code % 64) & 1 == 0 && gram_idf.len() < MAX_GRAMS {
                        *word |= 1 << (code % 64);
                        grams.push((code, gram_idf.len() as u8));
                        gram_idf.push((rarity, at));
                    }
                });
            }
        }
        // Of the groups that a term may stand for, the one that it counts most for; the earlier of equals.
        terms.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.total_cmp(&a.2)).then(a.1.cmp(&b.1)));
        terms.dedup_by_key(|(term, ..)| *term);
        grams.sort_unstable();
        let mut term_filter = [0; TERM_BITS as usize / 64];
        for (term, ..) in &terms {
            let bit = term.0 % TERM_BITS;
            term_filter[bit as usize / 64] |= 1 << (bit % 64);
        }
        Self {
            index,
            asks_number: query.asks_number,
            scratch,
            meant,
            sureness: groups.iter().map(QueryTerm::sureness).collect(),
            terms,
            term_filter,
            grams,
            gram_idf,
        }
    }

    /// BM25 of grams that occur so often, by bit, in a passage of this `length_norm`; those of each group count so much.
    pub(super) fn gram_worth(&self, tf: &[u16], norm: f32, counts: &[f32]) -> f32 {
        let counted = self.gram_idf.iter().zip(tf);
        let values = counted.map(|((rarity, group), tf)| {
            counts[*group] * rarity * saturation(f32::from(*tf), norm)
        });
        values.sum()
    }

    /// How near a token is in meaning to the word of each group; empty if nothing is known of it.
    #[inline]
    pub(super) fn near(&self, matched: TokenMatch) -> &[f32] {
        let width = self.meant.words.len();
        let end = usize::from(matched.near) * width;
        self.scratch
            .near
            .get(end.saturating_sub(width)..end)
            .unwrap_or_default()
    }

    /// What a token means.
    #[inline]
    pub(super) fn look_up(&mut self, surface: SurfaceId) -> TokenMatch {
        match self.scratch.places[surface.0 as usize] {
            0 => self.look_at(surface),
            place => self.scratch.matches[usize::from(place) - 1],
        }
    }

    fn look_at(&mut self, surface: SurfaceId) -> TokenMatch {
        let term = self.index.term_of(surface);
        let bit = term.0 % TERM_BITS;
        let known = self.term_filter[bit as usize / 64] >> (bit % 64) & 1 != 0;
        let found = known.then(|| self.terms.binary_search_by_key(&term, |(term, ..)| *term));
        let (group, weight) = match found {
            Some(Ok(at)) => (self.terms[at].1, self.terms[at].2),
            _ => (NONE, 0.0),
        };
        let is_stop_word = self.index.is_stop_word(surface);
        let mut grams = 0;
        // A slip is never meant for a stop word, and nothing is near to one in meaning.
        let (codes, near) = if is_stop_word {
            (&[][..], 0)
        } else {
            (
                self.index.grams_of(surface),
                self.sense(surface).unwrap_or(0),
            )
        };
        for &code in codes {
            let word = self.scratch.gram_filter[usize::from(code) / 64];
            if word >> (code % 64) & 1 != 0
                && let Ok(at) = self.grams.binary_search_by_key(&code, |(code, _)| *code)
            {
                grams |= 1 << self.grams[at].1;
            }
        }
        let matched = TokenMatch {
            near,
            grams,
            weight,
            group,
            is_stop_word,
            is_asked_number: self.asks_number
                && group == NONE
                && self.index.spelling(surface).starts_with(char::is_numeric),
        };
        if self.scratch.matches.len() < usize::from(u16::MAX) {
            self.scratch.matches.push(matched);
            self.scratch.looked_at.push(surface);
            self.scratch.places[surface.0 as usize] = self.scratch.matches.len() as u16;
        }
        matched
    }
}

impl TokenMatcher<'_> {
    /// Notes how near a surface form is to the question's words.
    fn sense(&mut self, surface: SurfaceId) -> Option<u16> {
        let width = self.meant.words.len();
        let place = self.scratch.near.len().checked_div(width)? + 1;
        let place = u16::try_from(place).ok()?;
        let near = &mut self.scratch.near;
        let mut sureness = self.sureness.iter();
        let each = |value: f32| near.push(value * sureness.next().unwrap_or(&1.0));
        if !self.index.near(surface, self.meant, each) {
            return None;
        }
        Some(place)
    }
}

impl Drop for TokenMatcher<'_> {
    fn drop(&mut self) {
        for surface in self.scratch.looked_at.drain(..) {
            self.scratch.places[surface.0 as usize] = 0;
        }
        self.scratch.matches.clear();
        self.scratch.near.clear();
        for (code, _) in &self.grams {
            self.scratch.gram_filter[usize::from(*code) / 64] = 0;
        }
    }
}
