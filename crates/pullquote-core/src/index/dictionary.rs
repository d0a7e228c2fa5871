//! The words of a corpus: surface forms as written, and the terms (stems) that they share.

use super::strings::Strings;
use crate::text::{Language, fold};

/// A folded word as written in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SurfaceId(pub u32);

/// A stem: the unit of matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TermId(pub u32);

/// Surface forms and terms. A surface form has one term, stemmed in the language in which it was first seen. In a
/// knowledge base of several languages, a homograph is therefore stemmed the same everywhere.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    surfaces: Strings,
    terms: Strings,
    /// For each surface form its term, and in the lowest bit whether it is a stop word.
    term_of: Vec<u32>,
    /// Tokens of each surface form.
    surface_frequency: Vec<u32>,
    /// Tokens of each term.
    term_frequency: Vec<u32>,
}

impl Dictionary {
    /// Counts one token and returns its surface form. `word` is as written, because stemmers need accents; `folded` is the
    /// key.
    pub(super) fn surface(&mut self, word: &str, folded: &str, language: Language) -> SurfaceId {
        let (id, new) = self.surfaces.intern(folded);
        if new {
            let stem = stem(word, folded, language);
            let (term, new_term) = self.terms.intern(&stem);
            self.term_of
                .push(term << 1 | u32::from(language.is_stop_word(folded)));
            self.surface_frequency.push(0);
            if new_term {
                self.term_frequency.push(0);
            }
        }
        self.surface_frequency[id as usize] += 1;
        self.term_frequency[(self.term_of[id as usize] >> 1) as usize] += 1;
        SurfaceId(id)
    }

    /// The surface form with this spelling.
    pub(super) fn find_surface(&self, folded: &str) -> Option<SurfaceId> {
        self.surfaces.find(folded).map(SurfaceId)
    }

    /// The term of a word that is not in the dictionary itself, if other forms of it are.
    pub(super) fn find_term(&self, folded: &str, language: Language) -> Option<TermId> {
        self.terms.find(&stem(folded, folded, language)).map(TermId)
    }

    /// The term with this spelling.
    pub(super) fn term_of_stem(&self, stem: &str) -> Option<TermId> {
        self.terms.find(stem).map(TermId)
    }

    /// Spelling of a surface form, folded.
    pub(super) fn spelling(&self, surface: SurfaceId) -> &str {
        self.surfaces.get(surface.0)
    }

    /// Spelling of a term.
    pub(super) fn term(&self, term: TermId) -> &str {
        self.terms.get(term.0)
    }

    pub(super) fn term_of(&self, surface: SurfaceId) -> TermId {
        TermId(self.term_of[surface.0 as usize] >> 1)
    }

    pub(super) fn is_stop_word(&self, surface: SurfaceId) -> bool {
        self.term_of[surface.0 as usize] & 1 == 1
    }

    /// How often a surface form occurs in the corpus.
    pub(super) fn surface_frequency(&self, surface: SurfaceId) -> u32 {
        self.surface_frequency[surface.0 as usize]
    }

    /// How often a term occurs in the corpus.
    pub(super) fn frequency(&self, term: TermId) -> u32 {
        self.term_frequency[term.0 as usize]
    }

    /// Number of surface forms.
    pub(super) fn surfaces(&self) -> u32 {
        self.surfaces.len() as u32
    }

    /// Number of terms.
    pub(super) fn terms(&self) -> usize {
        self.terms.len()
    }

    pub(super) fn shrink(&mut self) {
        self.surfaces.shrink();
        self.terms.shrink();
        self.term_of.shrink_to_fit();
        self.surface_frequency.shrink_to_fit();
        self.term_frequency.shrink_to_fit();
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.surfaces.heap_bytes()
            + self.terms.heap_bytes()
            + self.term_of.capacity() * 8
            + self.term_frequency.capacity() * 4
    }
}

/// Stems the word as written, because stemmers expect accents, and folds the stem.
fn stem(word: &str, folded: &str, language: Language) -> String {
    if word.is_ascii() {
        return language.stem(folded).into_owned();
    }
    fold(&language.stem(&word.to_lowercase()))
}
