//! An index on top of another one: all numbers (of words, terms, passages and so on) go on from those of the index below, so
//! that both are searched as one, with the statistics of both.
//!
//! Every table of an index contains what its own articles add. Functions here find the layer that a number belongs to, or
//! sum over all layers.

use super::dictionary::{SurfaceId, TermId};
use super::{Index, bm25};
use crate::article::ArticleId;
use crate::text::Language;
use std::ops::Range;

/// How many there are of everything: one past the highest number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) surfaces: u32,
    pub(super) terms: u32,
    pub(super) articles: u32,
    pub(super) sections: u32,
    pub(super) passages: u32,
    pub(super) sentences: u32,
    pub(super) labels: u32,
    /// Tokens of passages, and of labels without their stop words.
    pub(super) tokens: usize,
    pub(super) label_tokens: usize,
}

impl Index {
    /// The index below.
    pub(super) fn below(&self) -> Option<&Self> {
        self.below.as_deref()
    }

    /// This index and those below it, from the top.
    pub(super) fn layers(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |layer| layer.below())
    }

    /// The layer that a number belongs to, and its position there. `first` is the number that a layer's own go on from.
    #[inline]
    fn holding(&self, number: u32, first: impl Fn(&Numbers) -> u32) -> (&Self, usize) {
        let mut layer = self;
        while let Some(below) = layer.below()
            && number < first(&layer.first)
        {
            layer = below;
        }
        (layer, (number - first(&layer.first)) as usize)
    }

    #[inline]
    pub(super) fn of_surface(&self, surface: SurfaceId) -> (&Self, usize) {
        self.holding(surface.0, |first| first.surfaces)
    }

    pub(super) fn of_article(&self, article: ArticleId) -> (&Self, usize) {
        self.holding(article.0, |first| first.articles)
    }

    #[inline]
    pub(super) fn of_passage(&self, passage: u32) -> (&Self, usize) {
        self.holding(passage, |first| first.passages)
    }

    pub(super) fn of_section(&self, section: u32) -> (&Self, usize) {
        self.holding(section, |first| first.sections)
    }

    pub(super) fn of_label(&self, label: u32) -> (&Self, usize) {
        self.holding(label, |first| first.labels)
    }

    /// The surface form with this spelling.
    pub(super) fn find_surface(&self, folded: &str) -> Option<SurfaceId> {
        self.layers()
            .find_map(|layer| layer.dictionary.find_surface(folded))
    }

    /// Whether an article is in a language in which accents tell words apart.
    pub(super) fn has_accented(&self) -> bool {
        self.layers().any(|layer| layer.dictionary.has_accented())
    }

    /// The surface forms that differ from a word without accents only by theirs, in a language in which these tell words apart.
    pub(super) fn accented(&self, unaccented: &str) -> impl Iterator<Item = SurfaceId> {
        self.layers()
            .flat_map(move |layer| layer.dictionary.accented(unaccented).iter().copied())
    }

    /// The term with this spelling.
    pub(super) fn find_stem(&self, stem: &str) -> Option<TermId> {
        self.layers()
            .find_map(|layer| layer.dictionary.find_stem(stem))
    }

    /// The term of a folded word, in this or another of its forms; with its surface form if an article contains this one.
    pub(super) fn term_as_typed(
        &self,
        folded: &str,
        language: Language,
    ) -> Option<(TermId, Option<SurfaceId>)> {
        if let Some(surface) = self.find_surface(folded) {
            return Some((self.term_of(surface), Some(surface)));
        }
        let term = self.find_stem(&super::dictionary::stem(folded, folded, language))?;
        Some((term, None))
    }

    /// The term of a surface form.
    #[inline]
    pub(super) fn term_of(&self, surface: SurfaceId) -> TermId {
        let (layer, at) = self.of_surface(surface);
        layer.dictionary.term_at(at)
    }

    /// Whether a surface form is a stop word of the language in which it was first seen.
    #[inline]
    pub(super) fn is_stop_word(&self, surface: SurfaceId) -> bool {
        let (layer, at) = self.of_surface(surface);
        layer.dictionary.is_stop_word_at(at)
    }

    /// Spelling of a surface form, folded.
    pub(super) fn spelling(&self, surface: SurfaceId) -> &str {
        let (layer, at) = self.of_surface(surface);
        layer.dictionary.spelling_at(at)
    }

    /// Spelling of a term.
    pub(super) fn stem(&self, term: TermId) -> &str {
        let (layer, at) = self.holding(term.0, |first| first.terms);
        layer.dictionary.stem_at(at)
    }

    /// How often a surface form occurs.
    pub(super) fn surface_frequency(&self, surface: SurfaceId) -> u32 {
        self.layers()
            .map(|layer| layer.dictionary.surface_frequency(surface))
            .sum()
    }

    /// How often a term occurs.
    pub(super) fn term_frequency(&self, term: TermId) -> u32 {
        self.layers()
            .map(|layer| layer.dictionary.term_frequency(term))
            .sum()
    }

    /// How many words have a character 4-gram of this code.
    pub(super) fn gram_frequency(&self, code: u16) -> usize {
        let frequency = self.layers().map(|layer| layer.grams.frequency(code));
        frequency.sum::<u32>() as usize
    }

    /// The terms that may stand for a term.
    pub(super) fn explained_by(&self, term: TermId) -> impl Iterator<Item = TermId> {
        self.layers()
            .flat_map(move |layer| layer.glossary.of(term))
            .copied()
    }

    /// The article of a passage.
    pub(super) fn article_of(&self, passage: u32) -> ArticleId {
        let (layer, at) = self.of_passage(passage);
        ArticleId(layer.article_of[at])
    }

    /// The passages of an article.
    pub(super) fn passages_of(&self, article: ArticleId) -> Range<u32> {
        let (layer, at) = self.of_article(article);
        let end = |at: usize| layer.passage_ends[at];
        at.checked_sub(1).map_or(layer.first.passages, end)..end(at)
    }
}

impl bm25::Statistics for Index {
    fn passage_count(&self) -> usize {
        self.end.passages as usize
    }

    fn article_count(&self) -> usize {
        self.end.articles as usize
    }

    fn passages_with(&self, term: TermId) -> usize {
        self.layers()
            .map(|layer| layer.own_postings(term).len())
            .sum()
    }

    fn articles_with(&self, term: TermId) -> usize {
        let own = |layer: &Self| {
            let row = layer.dictionary.row_of(term)?;
            layer.articles_with.get(row as usize).copied()
        };
        self.layers().filter_map(own).sum::<u32>() as usize
    }
}
