//! The first pass: picks the passages that are worth reading closely, by terms, titles and headings, and by embeddings
//! where terms say little.

use super::accumulator::{Accumulator, FieldScores, FirstPassScratch, TopK};
use super::bm25::{K1, Statistics};
use super::expand::{Expansion, QueryTerm};
use super::{Filter, Index, QueryContext};
use crate::article::{ArticleId, PassageId};
use std::ops::Add;

/// A passage that may answer, with the scores that only the whole index can give.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The passage.
    pub passage: PassageId,
    /// BM25 of the passage's terms.
    pub body: f32,
    /// BM25 of its section's terms, the section taken as one text.
    pub section: f32,
    /// BM25 of its article's terms, the article taken as one text.
    pub article: f32,
    /// BM25 of its article's title, aliases and tags.
    pub title: f32,
    /// BM25 of the heading above it, and for less of those above that.
    pub heading: f32,
}

/// Weights and limits of the first pass. Only the order of its scores matters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FirstPass {
    /// Weight of [`Candidate::body`].
    pub body: f32,
    /// Weight of [`Candidate::section`].
    pub section: f32,
    /// Weight of [`Candidate::article`].
    pub article: f32,
    /// Weight of [`Candidate::title`].
    pub title: f32,
    /// Weight of [`Candidate::heading`].
    pub heading: f32,
    /// Passages to add by term vectors, where terms say little.
    pub by_term_vectors: usize,
    /// Passages to add by a sentence model, where there is one.
    pub by_sentence_model: usize,
    /// Terms say little when the best body score is below this share of the question's idf sum.
    pub terms_suffice: f32,
    /// Most candidates that terms may add.
    pub limit: usize,
    /// Candidates to keep however low they score.
    pub at_least: usize,
    /// Beyond those, keep candidates with at least this share of the best score.
    pub floor: f32,
    /// Passages to return in all, strong and weak, where there are as many.
    pub total: usize,
}

impl FirstPass {
    fn score(&self, candidate: &Candidate) -> f32 {
        self.body * candidate.body
            + self.section * candidate.section
            + self.article * candidate.article
            + self.title * candidate.title
            + self.heading * candidate.heading
    }
}

/// What the first pass finds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Candidates {
    /// Passages that may answer. The same whatever [`FirstPass::total`] is.
    pub strong: Vec<Candidate>,
    /// Weaker ones, up to [`FirstPass::total`].
    pub weak: Vec<Candidate>,
}

/// Most passages that a matching title or heading adds: enough for an answer, not a whole book.
const PASSAGES_PER_LABEL: usize = 40;
/// How much a heading counts for what is below the next heading of a lower level, and so on downwards.
const ABOVE: f32 = 0.5;

impl QueryContext<'_> {
    /// The best passages by the first pass, best first, equal scores in reading order. Where terms say little, the
    /// strong ones are followed by those that are nearest in meaning.
    pub(crate) fn candidates(
        &self,
        filter: &Filter,
        first_pass: &FirstPass,
        scratch: &mut FirstPassScratch,
    ) -> Candidates {
        scratch.reserve(self.index);
        let FirstPassScratch {
            all,
            term,
            labels_of,
        } = scratch;
        for group in self.content_terms() {
            self.index.add_term(group, all, term);
        }
        for &label in all.labels.used() {
            let article = self.index.article_of_label(label);
            labels_of.put(article.0, all.labels.get(label), f32::max);
            let passages = self.index.passages_below(label);
            for passage in passages.take(PASSAGES_PER_LABEL) {
                // Made a candidate, with no score from its own terms.
                all.passages.put(passage, f32::MIN_POSITIVE, f32::add);
            }
        }
        let (mut strong, mut weak) = self.index.best(all, labels_of, first_pass, filter);
        let best_body = strong.first().map_or(0.0, |&best| all.passages.get(best));
        self.add_by_term_vectors(filter, first_pass, best_body, &mut strong);
        self.add_by_sentence_model(filter, first_pass, &mut strong);
        weak.retain(|passage| !strong.contains(passage));
        weak.truncate(first_pass.total.saturating_sub(strong.len()));
        let to_candidates = |passages: Vec<u32>| {
            let passages = passages.into_iter();
            passages
                .map(|passage| self.index.candidate(passage, all))
                .collect()
        };
        let found = Candidates {
            strong: to_candidates(strong),
            weak: to_candidates(weak),
        };
        all.clear();
        labels_of.clear();
        found
    }

    fn add_by_term_vectors(
        &self,
        filter: &Filter,
        first_pass: &FirstPass,
        best_body: f32,
        strong: &mut Vec<u32>,
    ) {
        if let Some(direction) = &self.vectors().direction
            && best_body < first_pass.terms_suffice * self.idf_sum()
        {
            let mut nearest = Nearest::new(first_pass.by_term_vectors, filter, strong);
            for layer in self.index.layers() {
                layer.sentence_similarities(filter.within(), direction, |passage, similarity| {
                    nearest.put(similarity, passage);
                    nearest.top.bar()
                });
            }
            nearest.add_to(strong);
        }
    }

    fn add_by_sentence_model(
        &self,
        filter: &Filter,
        first_pass: &FirstPass,
        strong: &mut Vec<u32>,
    ) {
        if self.vectors().dense.is_some() {
            let mut nearest = Nearest::new(first_pass.by_sentence_model, filter, strong);
            for passage in filter.within().clone() {
                let view = self.passage(PassageId(passage as u32));
                let similarity = view.whole_similarity(self.vectors()).unwrap_or(0.0);
                nearest.put(similarity, passage as u32);
            }
            nearest.add_to(strong);
        }
    }
}

/// The most similar passages, to be added to those that are known.
struct Nearest<'a> {
    /// Most passages to add.
    limit: usize,
    filter: &'a Filter,
    top: TopK,
}

impl<'a> Nearest<'a> {
    fn new(limit: usize, filter: &'a Filter, known: &[u32]) -> Self {
        Self {
            limit,
            filter,
            top: TopK::new(limit + known.len()),
        }
    }

    /// Takes note of a passage, unless its similarity is 0 or below.
    #[inline]
    fn put(&mut self, similarity: f32, passage: u32) {
        if similarity > 0.0 && self.top.may_enter(similarity) && self.filter.allows(passage) {
            self.top.put(similarity, passage);
        }
    }

    /// Adds them, the most similar first.
    fn add_to(self, known: &mut Vec<u32>) {
        let nearest = self.top.into_sorted().into_iter();
        let new: Vec<u32> = nearest
            .map(|(_, passage)| passage)
            .filter(|passage| !known.contains(passage))
            .take(self.limit)
            .collect();
        known.extend(new);
    }
}

impl Index {
    /// The passages with the highest scores, best first: the strong ones, then the weak ones. `labels_of` has the highest score
    /// of a title or heading of each article.
    fn best(
        &self,
        scores: &FieldScores,
        labels_of: &Accumulator,
        first_pass: &FirstPass,
        filter: &Filter,
    ) -> (Vec<u32>, Vec<u32>) {
        // Most that each field can add. A heading and those above it together add less than a geometric series.
        let of_label = first_pass.title + first_pass.heading / (1.0 - ABOVE);
        let labels = of_label * scores.labels.highest();
        let around = first_pass.section * scores.sections.highest()
            + first_pass.article * scores.articles.highest();
        let mut top = TopK::new(first_pass.limit.max(first_pass.total));
        for &passage in scores.passages.used() {
            let body = first_pass.body * scores.passages.get(passage);
            if !top.may_enter(body + around + labels) {
                continue;
            }
            // The fields are read from the cheapest to the dearest, as long as the passage may get in with what is left.
            let (layer, at) = self.of_passage(passage);
            let section = first_pass.section * scores.sections.get(layer.sections.of(at));
            let article = layer.article_of[at];
            let labels = of_label * labels_of.get(article);
            let article = first_pass.article * scores.articles.get(article);
            if top.may_enter(body + section + article + labels) && filter.allows(passage) {
                top.put(first_pass.score(&self.candidate(passage, scores)), passage);
            }
        }
        let best = top.into_sorted();
        let floor = best
            .first()
            .map_or(0.0, |(score, _)| first_pass.floor * score);
        let enough = best.partition_point(|(score, _)| *score >= floor);
        let enough = enough.clamp(first_pass.at_least, first_pass.limit);
        let mut strong: Vec<u32> = best.into_iter().map(|(_, passage)| passage).collect();
        let weak = strong.split_off(enough.min(strong.len()));
        (strong, weak)
    }

    fn candidate(&self, passage: u32, scores: &FieldScores) -> Candidate {
        let (layer, at) = self.of_passage(passage);
        let article = layer.article_of[at];
        let faded = |(score, factor): (f32, f32), label| {
            (score + factor * scores.labels.get(label), factor * ABOVE)
        };
        Candidate {
            passage: PassageId(passage),
            body: scores.passages.get(passage),
            section: scores.sections.get(layer.sections.of(at)),
            article: scores.articles.get(article),
            title: scores.labels.get(layer.own_title_of(ArticleId(article))),
            heading: layer.own_headings_of(at).fold((0.0, 1.0), faded).0,
        }
    }

    /// Adds the scores of one query term. Of its expansions, the best counts in each passage.
    fn add_term(&self, term: &QueryTerm, all: &mut FieldScores, scratch: &mut FieldScores) {
        if let [only] = term.expansions.as_slice() {
            return self.add_expansion(term.idf, only, all, f32::add);
        }
        for expansion in &term.expansions {
            self.add_expansion(term.idf, expansion, scratch, f32::max);
        }
        all.take(scratch);
    }

    /// Puts the score of one expansion to each passage, article and label that contains it.
    fn add_expansion(
        &self,
        idf: f32,
        expansion: &Expansion,
        to: &mut FieldScores,
        combine: impl Fn(f32, f32) -> f32,
    ) {
        let term = expansion.term;
        // `bm25::tf` with its constant factor taken out of the loop.
        let weight = idf * expansion.weight * (K1 + 1.0);
        let article_weight = expansion.weight * self.article_idf(term) * (K1 + 1.0);
        let norms = &self.norms;
        for layer in self.layers() {
            let first = &layer.first;
            let mut put_article = |at: u32, tf: f32| {
                let length = layer.article_lengths[(at - first.articles) as usize];
                let value = article_weight * tf / (tf + norms.articles.of(length as usize));
                to.articles.put(at, value, &combine);
            };
            let mut put_section = |at: u32, tf: f32| {
                let length = layer.sections.length((at - first.sections) as usize);
                let value = weight * tf / (tf + norms.sections.of(length as usize));
                to.sections.put(at, value, &combine);
            };
            let (mut in_article, mut in_section) = (Sum::default(), Sum::default());
            for posting in layer.own_postings(term) {
                let (passage, tf) = (posting.passage(), posting.tf() as f32);
                let at = (passage - first.passages) as usize;
                let norm = norms.passages.of(layer.lengths[at] as usize);
                to.passages
                    .put(passage, weight * tf / (tf + norm), &combine);
                in_article.add(layer.article_of[at], tf, &mut put_article);
                in_section.add(layer.sections.of(at), tf, &mut put_section);
            }
            in_article.put(&mut put_article);
            in_section.put(&mut put_section);
        }
        let labels = self.labels_with(term).count();
        for label in self.labels_with(term) {
            let value = expansion.weight * self.label_score(label, labels, idf);
            to.labels.put(label, value, &combine);
        }
    }
}

/// Occurrences in the text whose passages are being read: an article or a section.
#[derive(Default)]
struct Sum {
    /// Number of the text.
    of: Option<u32>,
    tf: f32,
}

impl Sum {
    /// Adds occurrences in text `of`. Calls `put` with the text before it, if that was another.
    #[inline]
    fn add(&mut self, of: u32, tf: f32, put: impl FnMut(u32, f32)) {
        if self.of != Some(of) {
            self.put(put);
            *self = Self {
                of: Some(of),
                tf: 0.0,
            };
        }
        self.tf += tf;
    }

    #[inline]
    fn put(&self, mut put: impl FnMut(u32, f32)) {
        if let Some(of) = self.of {
            put(of, self.tf);
        }
    }
}
