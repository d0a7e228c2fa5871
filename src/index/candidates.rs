//! The first pass: the passages that words, titles and headings bring forward.

use super::expand::Group;
use super::{Index, K1, TermId, idf};
use crate::article::PassageId;
use crate::query::Role;
use std::ops::Range;

/// A passage that may answer, with the parts of its score that the whole index is needed for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Which.
    pub passage: PassageId,
    /// BM25 of its words.
    pub body: f32,
    /// BM25 of its article's words, the article taken as one text.
    pub article: f32,
    /// BM25 of its article's title, aliases and tags.
    pub title: f32,
    /// BM25 of the heading above it.
    pub heading: f32,
}

/// How much each part counts in choosing candidates; only their order matters here.
#[derive(Debug, Clone, Copy)]
pub struct FirstPass {
    /// Weight of [`Candidate::article`].
    pub article: f32,
    /// Weight of [`Candidate::title`].
    pub title: f32,
    /// Weight of [`Candidate::heading`].
    pub heading: f32,
    /// How many candidates to keep at most.
    pub limit: usize,
    /// How many to keep however weak they are.
    pub least: usize,
    /// Beyond those, only candidates with at least this share of the best score.
    pub floor: f32,
}

/// Passages that a matching title alone brings forward: enough for an answer, not a whole book.
const PASSAGES_PER_LABEL: u32 = 40;

/// Sums by number, with a list of which are in use, so that clearing costs what was used.
#[derive(Debug, Default)]
struct Sums {
    values: Vec<f32>,
    used: Vec<u32>,
}

impl Sums {
    fn sized(&mut self, length: usize) {
        if self.values.len() < length {
            self.values.resize(length, 0.0);
        }
    }

    #[inline]
    fn add(&mut self, at: u32, value: f32) {
        let held = &mut self.values[at as usize];
        if *held == 0.0 {
            self.used.push(at);
        }
        *held += value;
    }

    #[inline]
    fn raise(&mut self, at: u32, value: f32) {
        let held = &mut self.values[at as usize];
        if *held == 0.0 {
            self.used.push(at);
        }
        *held = held.max(value);
    }

    fn get(&self, at: u32) -> f32 {
        self.values[at as usize]
    }

    fn clear(&mut self) {
        for &at in &self.used {
            self.values[at as usize] = 0.0;
        }
        self.used.clear();
    }

    /// Adds what `group` holds and empties it.
    fn take(&mut self, group: &mut Self) {
        for &at in &group.used {
            let value = std::mem::take(&mut group.values[at as usize]);
            self.add(at, value);
        }
        group.used.clear();
    }
}

/// Room for the sums of one question; reused, because it is as long as the index.
#[derive(Debug, Default)]
pub struct Scratch {
    passages: Sums,
    articles: Sums,
    labels: Sums,
    group: Sums,
    article_group: Sums,
    label_group: Sums,
}

impl Index {
    /// The best passages for `groups` by the first pass, best first, ties in reading order.
    /// `within` restricts them to a range of passages (one article's).
    pub fn candidates(
        &self,
        groups: &[Group],
        within: Option<Range<usize>>,
        weights: &FirstPass,
        scratch: &mut Scratch,
    ) -> Vec<Candidate> {
        scratch.passages.sized(self.passage_count());
        scratch.group.sized(self.passage_count());
        scratch.articles.sized(self.article_norms.len());
        scratch.article_group.sized(self.article_norms.len());
        scratch.labels.sized(self.labels.len());
        scratch.label_group.sized(self.labels.len());
        for group in groups.iter().filter(|group| group.role == Role::Content) {
            self.add_group(group, scratch);
        }
        for at in 0..scratch.labels.used.len() {
            let passages = self.labels.passages(scratch.labels.used[at]);
            for passage in passages.take(PASSAGES_PER_LABEL as usize) {
                // Brought forward, worth nothing by its own words.
                scratch.passages.add(passage, f32::MIN_POSITIVE);
            }
        }
        let mut best: Vec<(f32, Candidate)> = Vec::with_capacity(scratch.passages.used.len());
        let within = within.unwrap_or(0..self.passage_count());
        for &passage in &scratch.passages.used {
            if within.contains(&(passage as usize)) {
                let candidate = self.candidate(passage, scratch);
                let score = candidate.body
                    + weights.article * candidate.article
                    + weights.title * candidate.title
                    + weights.heading * candidate.heading;
                best.push((score, candidate));
            }
        }
        scratch.passages.clear();
        scratch.articles.clear();
        scratch.labels.clear();
        let order = |a: &(f32, Candidate), b: &(f32, Candidate)| {
            b.0.total_cmp(&a.0).then(a.1.passage.cmp(&b.1.passage))
        };
        if best.len() > weights.limit {
            best.select_nth_unstable_by(weights.limit, order);
            best.truncate(weights.limit);
        }
        best.sort_unstable_by(order);
        let floor = best.first().map_or(0.0, |(score, _)| weights.floor * score);
        let enough = best.partition_point(|(score, _)| *score >= floor);
        best.truncate(enough.max(weights.least));
        best.into_iter().map(|(_, candidate)| candidate).collect()
    }

    fn candidate(&self, passage: u32, scratch: &Scratch) -> Candidate {
        let article = self.article_of[passage as usize];
        let heading = self.labels.heading_of(passage);
        Candidate {
            passage: PassageId(passage),
            body: scratch.passages.get(passage),
            article: scratch.articles.get(article),
            // Label `i` is the title of article `i`.
            title: scratch.labels.get(article),
            heading: heading.map_or(0.0, |label| scratch.labels.get(label)),
        }
    }

    /// Adds one word of the question: of its variants the best counts, passage by passage.
    fn add_group(&self, group: &Group, scratch: &mut Scratch) {
        for variant in &group.variants {
            let weight = group.idf * variant.weight * (K1 + 1.0);
            self.add_postings(variant.term, weight, variant.weight, scratch);
            for &label in self.labels.with(variant.term) {
                let value = variant.weight * self.labels.weight(label, variant.term);
                scratch.label_group.raise(label, value);
            }
        }
        scratch.passages.take(&mut scratch.group);
        scratch.articles.take(&mut scratch.article_group);
        scratch.labels.take(&mut scratch.label_group);
    }

    fn add_postings(&self, term: TermId, weight: f32, variant: f32, scratch: &mut Scratch) {
        let articles_with = self.articles_with[term.0 as usize] as usize;
        let rarity = variant * idf(articles_with, self.article_norms.len()) * (K1 + 1.0);
        let mut article = u32::MAX;
        let mut in_article = 0.0;
        for posting in self.postings.row(term.0) {
            let passage = posting.passage();
            let tf = posting.tf() as f32;
            let value = weight * tf / (tf + self.norms[passage as usize]);
            scratch.group.raise(passage, value);
            let of = self.article_of[passage as usize];
            if of != article {
                self.add_article(article, in_article, rarity, scratch);
                article = of;
                in_article = 0.0;
            }
            in_article += tf;
        }
        self.add_article(article, in_article, rarity, scratch);
    }

    fn add_article(&self, article: u32, tf: f32, rarity: f32, scratch: &mut Scratch) {
        if let Some(norm) = self.article_norms.get(article as usize) {
            scratch
                .article_group
                .raise(article, rarity * tf / (tf + norm));
        }
    }
}
