//! The words of a corpus: surface forms as written, and the terms (stems) that they share.

use super::Index;
use super::rows::{Counter, Rows};
use super::strings::Strings;
use crate::text::{Language, fold};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A folded word as written in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct SurfaceId(pub u32);

/// A stem: the unit of matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct TermId(pub u32);

/// The surface forms and terms that are not in the index below, and how often the articles contain each.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    surfaces: Strings,
    terms: Strings,
    /// For each surface form its term, and in the lowest bit whether it is a stop word.
    term_of: Vec<u32>,
    surface_rows: Rows,
    /// For each row, tokens of the surface form.
    surface_frequency: Vec<u32>,
    term_rows: Rows,
    /// For each row, tokens of the term.
    term_frequency: Vec<u32>,
    /// For each word without accents, the surface forms that keep theirs and differ from it by nothing else.
    accented: FxHashMap<String, Vec<SurfaceId>>,
}

impl Dictionary {
    /// The surface form with this spelling.
    pub(super) fn find_surface(&self, folded: &str) -> Option<SurfaceId> {
        let at = self.surfaces.find(folded)?;
        Some(SurfaceId(self.surface_rows.first() + at))
    }

    /// The term with this spelling.
    pub(super) fn find_stem(&self, stem: &str) -> Option<TermId> {
        let at = self.terms.find(stem)?;
        Some(TermId(self.term_rows.first() + at))
    }

    /// Whether any surface form keeps its accents.
    pub(super) fn has_accented(&self) -> bool {
        !self.accented.is_empty()
    }

    /// The surface forms that differ from a word without accents only by theirs, in a language in which these tell words apart.
    pub(super) fn accented(&self, unaccented: &str) -> &[SurfaceId] {
        let found = self.accented.get(unaccented);
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// Spelling of one of its surface forms, folded.
    pub(super) fn spelling(&self, surface: SurfaceId) -> &str {
        self.spelling_at((surface.0 - self.surface_rows.first()) as usize)
    }

    /// Spelling of the surface form at a position, folded.
    pub(super) fn spelling_at(&self, at: usize) -> &str {
        self.surfaces.get(at as u32)
    }

    /// Spelling of the term at a position.
    pub(super) fn stem_at(&self, at: usize) -> &str {
        self.terms.get(at as u32)
    }

    /// The term of the surface form at a position.
    #[inline]
    pub(super) fn term_at(&self, at: usize) -> TermId {
        TermId(self.term_of[at] >> 1)
    }

    /// Whether the surface form at a position is a stop word of the language in which it was first seen.
    #[inline]
    pub(super) fn is_stop_word_at(&self, at: usize) -> bool {
        self.term_of[at] & 1 == 1
    }

    /// How often the articles contain a surface form.
    pub(super) fn surface_frequency(&self, surface: SurfaceId) -> u32 {
        let row = self.surface_rows.of(surface.0);
        let count = row.and_then(|row| self.surface_frequency.get(row as usize));
        count.copied().unwrap_or_default()
    }

    /// How often the articles contain a term.
    pub(super) fn term_frequency(&self, term: TermId) -> u32 {
        let count = self
            .row_of(term)
            .and_then(|row| self.term_frequency.get(row as usize));
        count.copied().unwrap_or_default()
    }

    /// The row of a term in tables by term; `None` for one that the articles do not contain.
    #[inline]
    pub(super) fn row_of(&self, term: TermId) -> Option<u32> {
        self.term_rows.of(term.0)
    }

    /// How many rows tables by term have.
    pub(super) fn term_row_count(&self) -> usize {
        self.term_frequency.len()
    }

    /// The surface forms that the articles contain, with how often.
    pub(super) fn contained(&self) -> impl Iterator<Item = (SurfaceId, u32)> {
        let numbers = self.surface_rows.numbers().map(SurfaceId);
        numbers.zip(self.surface_frequency.iter().copied())
    }

    /// Its surface forms.
    pub(super) fn surfaces(&self) -> Range<u32> {
        let first = self.surface_rows.first();
        first..first + self.surfaces.len() as u32
    }

    /// Its terms.
    pub(super) fn terms(&self) -> Range<u32> {
        let first = self.term_rows.first();
        first..first + self.terms.len() as u32
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.surfaces.heap_bytes()
            + self.terms.heap_bytes()
            + self.surface_rows.heap_bytes()
            + self.term_rows.heap_bytes()
            + (self.term_of.capacity() + self.surface_frequency.capacity()) * 4
            + self.term_frequency.capacity() * 4
            + self.accented.capacity() * (size_of::<(String, Vec<SurfaceId>)>() + 1)
            + self
                .accented
                .iter()
                .map(|(word, forms)| word.capacity() + forms.capacity() * 4)
                .sum::<usize>()
    }
}

/// A dictionary while words are added to it.
///
/// A surface form has one term, stemmed in the language in which it was first seen. In a knowledge base of several languages,
/// a homograph is therefore stemmed the same everywhere.
#[derive(Debug)]
pub(super) struct DictionaryBuilder<'a> {
    below: Option<&'a Index>,
    first_surface: u32,
    first_term: u32,
    dictionary: Dictionary,
    surfaces: Counter,
    terms: Counter,
}

impl<'a> DictionaryBuilder<'a> {
    /// An empty dictionary on top of an index.
    pub(super) fn new(below: Option<&'a Index>) -> Self {
        let end = below.map(|below| below.end).unwrap_or_default();
        Self {
            below,
            first_surface: end.surfaces,
            first_term: end.terms,
            dictionary: Dictionary::default(),
            surfaces: Counter::new(end.surfaces),
            terms: Counter::new(end.terms),
        }
    }

    /// Counts one token and returns its surface form. `word` is as written, because stemmers need accents; `folded` is the
    /// key.
    pub(super) fn surface(&mut self, word: &str, folded: &str, language: Language) -> SurfaceId {
        let below = self.below.and_then(|below| below.find_surface(folded));
        let surface = below.unwrap_or_else(|| self.own_surface(word, folded, language));
        self.surfaces.add(surface.0);
        self.terms.add(self.term_of(surface).0);
        surface
    }

    fn own_surface(&mut self, word: &str, folded: &str, language: Language) -> SurfaceId {
        let (at, new) = self.dictionary.surfaces.intern(folded);
        if new {
            let stem = stem(word, folded, language);
            let below = self.below.and_then(|below| below.find_stem(&stem));
            let term = below.map_or_else(
                || self.first_term + self.dictionary.terms.intern(&stem).0,
                |term| term.0,
            );
            let is_stop_word = u32::from(language.is_stop_word(folded));
            self.dictionary.term_of.push(term << 1 | is_stop_word);
        }
        let surface = SurfaceId(self.first_surface + at);
        if new && language.lang().accents_tell_words_apart && !folded.is_ascii() {
            let forms = self.dictionary.accented.entry(fold(folded));
            forms.or_default().push(surface);
        }
        surface
    }

    fn term_of(&self, surface: SurfaceId) -> TermId {
        match (surface.0.checked_sub(self.first_surface), self.below) {
            (None, Some(below)) => below.term_of(surface),
            (own, _) => self.dictionary.term_at(own.unwrap_or_default() as usize),
        }
    }

    /// Whether a surface form is a stop word of the language in which it was first seen.
    pub(super) fn is_stop_word(&self, surface: SurfaceId) -> bool {
        match (surface.0.checked_sub(self.first_surface), self.below) {
            (None, Some(below)) => below.is_stop_word(surface),
            (own, _) => self
                .dictionary
                .is_stop_word_at(own.unwrap_or_default() as usize),
        }
    }

    /// The dictionary, in as little memory as possible.
    pub(super) fn finish(self) -> Dictionary {
        let mut dictionary = self.dictionary;
        dictionary.surfaces.shrink();
        dictionary.terms.shrink();
        dictionary.term_of.shrink_to_fit();
        (dictionary.surface_rows, dictionary.surface_frequency) = self.surfaces.finish();
        (dictionary.term_rows, dictionary.term_frequency) = self.terms.finish();
        dictionary
    }
}

/// Stems the word as written, because stemmers expect accents, and folds the stem.
pub(super) fn stem(word: &str, folded: &str, language: Language) -> String {
    if word.is_ascii() {
        return language.stem(folded).into_owned();
    }
    language.fold(&language.stem(&word.to_lowercase()))
}
