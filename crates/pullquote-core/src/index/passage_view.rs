//! One passage as the index stores it.

use super::bm25::{self, Statistics};
use super::fields::hash_words;
use super::{Index, QueryVectors, Sentence, SurfaceId, TermId};
use crate::article::{ArticleId, PassageId};
use crate::query::Query;
use crate::semantic::{Similarities, Vector};

/// A passage of an index. Everything that ranking and summaries ask the index about a passage goes through it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PassageView<'a> {
    index: &'a Index,
    /// The layer that contains it, and its position there.
    layer: &'a Index,
    at: usize,
    id: PassageId,
    article: ArticleId,
}

impl<'a> PassageView<'a> {
    pub(super) fn new(index: &'a Index, id: PassageId) -> Self {
        let (layer, at) = index.of_passage(id.0);
        Self {
            index,
            layer,
            at,
            id,
            article: ArticleId(layer.article_of[at]),
        }
    }

    /// Its article.
    pub(crate) fn article(self) -> ArticleId {
        self.article
    }

    /// The tokens of each sentence, in order.
    pub(crate) fn sentences(self) -> impl Iterator<Item = Sentence<'a>> {
        let tokens = &self.layer.tokens;
        let rows = tokens.sentences_of(self.at);
        rows.map(|row| tokens.sentence(row))
    }

    /// The term of a token.
    pub(crate) fn term_of(self, token: SurfaceId) -> TermId {
        self.index.term_of(token)
    }

    /// Whether a token is a stop word of the language in which it was first seen.
    pub(crate) fn is_stop_word(self, token: SurfaceId) -> bool {
        self.index.is_stop_word(token)
    }

    /// [`bm25::Norm::of`] the passage among passages.
    pub(crate) fn norm(self) -> f32 {
        let length = self.layer.lengths[self.at];
        self.index.norms.passages.of(length as usize)
    }

    /// [`bm25::Norm::of`] a sentence of `length` tokens among sentences.
    pub(crate) fn sentence_norm(self, length: usize) -> f32 {
        self.index.norms.sentences.of(length)
    }

    /// Whether the title, an alias or a tag of the article contains a term.
    pub(crate) fn is_in_title(self, term: TermId) -> bool {
        let title = self.index.title_of(self.article);
        self.index.label_has(title, term)
    }

    /// Whether the heading above the passage, or one above that, contains a term.
    pub(crate) fn is_in_heading(self, term: TermId) -> bool {
        let mut headings = self.index.headings_of(self.id.0);
        headings.any(|label| self.index.label_has(label, term))
    }

    /// Number of its section: the passages under the same heading.
    pub(crate) fn section(self) -> u32 {
        self.layer.sections.of(self.at)
    }

    /// Whether another passage consists of the same words.
    pub(crate) fn says_the_same_as(self, other: Self) -> bool {
        let words = |passage: Self| passage.layer.tokens.of_passage(passage.at);
        words(self) == words(other)
    }

    /// Whether a passage of the section contains a term.
    pub(crate) fn is_in_section(self, term: TermId) -> bool {
        let passages = self.index.passages_of_section(self.section());
        let postings = self.layer.own_postings(term);
        let from = postings.partition_point(|posting| posting.passage() < passages.start);
        let first = postings.get(from);
        first.is_some_and(|posting| posting.passage() < passages.end)
    }

    /// The terms of what stands right above the passage: the heading, or the title where there is none.
    pub(crate) fn own_label_terms(self) -> impl Iterator<Item = TermId> {
        let words = self.index.label_words(self.own_label()).iter();
        words.map(move |&word| self.term_of(word))
    }

    /// Whether the question is what stands right above the passage, word for word.
    pub(crate) fn is_own_label(self, query: &Query) -> bool {
        let words = query.typed.iter().map(String::as_str);
        self.index.label_hash(self.own_label()) == hash_words(words)
    }

    /// Whether there is a heading above the passage.
    pub(crate) fn has_heading(self) -> bool {
        self.index.heading_of(self.id.0).is_some()
    }

    fn own_label(self) -> u32 {
        let title = || self.index.title_of(self.article);
        self.index.heading_of(self.id.0).unwrap_or_else(title)
    }

    /// The words of the headings above the passage and of the title, without stop words.
    pub(crate) fn label_words(self) -> impl Iterator<Item = SurfaceId> {
        let words = |label| self.index.label_words(label);
        self.labels().flat_map(words).copied()
    }

    /// How rare a term is among the sentences of the passage's article: its [`bm25::idf`].
    ///
    /// Counted from postings: each passage of the article that contains the term counts as often as passages repeat the
    /// term on average.
    pub(crate) fn sentence_idf(self, term: TermId) -> f32 {
        let (index, layer) = (self.index, self.layer);
        let passages = index.passages_of(self.article);
        let postings = layer.own_postings(term);
        let from = postings.partition_point(|posting| posting.passage() < passages.start);
        let to = postings.partition_point(|posting| posting.passage() < passages.end);
        let all = index.passages_with(term).max(1);
        let mean = index.term_frequency(term) as f32 / all as f32;
        let matching = ((to - from) as f32 * mean).round() as usize;
        let own = |passage: u32| (passage - layer.first.passages) as usize;
        let sentences = own(passages.start)..own(passages.end);
        bm25::idf(matching, layer.tokens.sentences_of_all(sentences).len())
    }

    /// Whether the passage's sentences have vectors: only those of English articles do.
    pub(crate) fn has_vectors(self) -> bool {
        self.layer.has_vectors(self.article)
    }

    /// Similarity of the passage's most similar sentence to a direction, from 0 to 1.
    pub(crate) fn sentence_similarity(self, direction: &Vector) -> f32 {
        let rows = self.layer.tokens.sentences_of(self.at);
        let rows = rows.start as usize..rows.end as usize;
        let sentences = self.layer.vectors.sentences();
        sentences.highest_similarity(rows, direction)
    }

    /// Similarity of the title or heading, whichever is more similar, to a direction, from 0 to 1.
    pub(crate) fn label_similarity(self, direction: &Vector) -> f32 {
        self.labels()
            .map(|label| self.index.label_similarity(label, direction))
            .fold(0.0, f32::max)
    }

    /// Similarity of the whole passage to the question by a sentence model, from 0 to 1; `None` where there is none.
    pub(crate) fn whole_similarity(self, vectors: &QueryVectors) -> Option<f32> {
        let dense = vectors.dense.as_ref()?;
        Some(dense.whole(self.id.0 as usize))
    }

    /// Similarity of the passage and of its sentences to the question, which are compared as wholes, likewise.
    pub(crate) fn similarity_by_sentences(self, vectors: &QueryVectors) -> Option<Similarities> {
        let dense = vectors.dense.as_ref()?;
        Some(dense.by_sentences(self.id.0 as usize))
    }

    /// Similarity of the passage and of its sentences to the question, part by part, likewise.
    pub(crate) fn similarity_by_parts(self, vectors: &QueryVectors) -> Option<Similarities> {
        let dense = vectors.dense.as_ref()?;
        Some(dense.by_parts(self.id.0 as usize))
    }

    fn labels(self) -> impl Iterator<Item = u32> {
        let headings = self.index.headings_of(self.id.0);
        headings.chain([self.index.title_of(self.article)])
    }
}
