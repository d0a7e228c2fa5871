//! The first pass: the passages that words, titles and headings bring forward.

use super::expand::{Expansion, QueryTerm};
use super::{Filter, Index, K1, QueryVectors, idf};
use crate::article::PassageId;
use crate::query::Role;
use std::cmp::Ordering;
use std::ops::Add;

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
    /// How many passages to add for being near in meaning, where words tell little.
    pub near: usize,
    /// How many passages to add for being near by a sentence model, where one helps.
    pub like: usize,
    /// Words tell little below this share of what they are worth together.
    pub words_tell: f32,
    /// How many candidates words may bring forward.
    pub limit: usize,
    /// How many of them however weak they are.
    pub least: usize,
    /// Beyond those, only candidates with at least this share of the best score.
    pub floor: f32,
    /// How many passages to find in all, where there are so many.
    pub all: usize,
}

/// What the first pass finds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Candidates {
    /// Those that may answer: the same, however many are to be found.
    pub strong: Vec<Candidate>,
    /// What is weaker.
    pub weak: Vec<Candidate>,
}

/// What the words that say what is asked about are worth together.
pub fn worth(groups: &[QueryTerm]) -> f32 {
    let content = groups.iter().filter(|group| group.role == Role::Content);
    content.map(|group| group.idf).sum()
}

/// Passages that a matching title alone brings forward: enough for an answer, not a whole book.
const PASSAGES_PER_LABEL: u32 = 40;

/// Sums by number, with a list of which are in use, so that clearing costs what was used.
#[derive(Debug, Default)]
struct Sums {
    values: Vec<f32>,
    /// The first `count` are in use. One longer than `values`, so that noting a number needs no branch:
    /// whether it is new is as good as random.
    noted: Vec<u32>,
    count: usize,
}

impl Sums {
    fn sized(&mut self, length: usize) {
        if self.values.len() < length {
            self.values.resize(length, 0.0);
            self.noted.resize(length + 1, 0);
        }
    }

    /// Puts a value to what is held already.
    #[inline]
    fn put(&mut self, at: u32, value: f32, together: impl Fn(f32, f32) -> f32) {
        let held = &mut self.values[at as usize];
        if let Some(next) = self.noted.get_mut(self.count) {
            *next = at;
        }
        self.count += usize::from(*held == 0.0);
        *held = together(*held, value);
    }

    /// The numbers in use.
    fn used(&self) -> &[u32] {
        self.noted.get(..self.count).unwrap_or_default()
    }

    fn get(&self, at: u32) -> f32 {
        self.values[at as usize]
    }

    /// The highest sum; 0 where there is none.
    fn highest(&self) -> f32 {
        let values = self.used().iter().map(|&at| self.get(at));
        values.fold(0.0, f32::max)
    }

    fn clear(&mut self) {
        for &at in self.noted.iter().take(self.count) {
            self.values[at as usize] = 0.0;
        }
        self.count = 0;
    }

    /// Adds what `other` holds and empties it.
    fn take(&mut self, other: &mut Self) {
        for &at in other.used() {
            self.put(at, other.get(at), f32::add);
        }
        other.clear();
    }
}

/// The highest scores out of many.
struct Best {
    limit: usize,
    /// What is held of them; now and then cut down to `limit`.
    held: Vec<(f32, u32)>,
    /// What is below has no chance.
    bar: f32,
}

impl Best {
    fn new(limit: usize) -> Self {
        Self {
            limit,
            held: Vec::with_capacity(Self::room(limit)),
            bar: f32::MIN,
        }
    }

    /// Enough that cutting down is rare, little enough to stay in the nearest cache.
    fn room(limit: usize) -> usize {
        limit + limit.max(500)
    }

    fn put(&mut self, score: f32, passage: u32) {
        if score < self.bar {
            return;
        }
        if self.held.len() == Self::room(self.limit) {
            self.cut();
        }
        self.held.push((score, passage));
    }

    /// Highest first; equals in reading order.
    fn order(a: (f32, u32), b: (f32, u32)) -> Ordering {
        b.0.total_cmp(&a.0).then(a.1.cmp(&b.1))
    }

    fn cut(&mut self) {
        if self.limit > 0 && self.held.len() > self.limit {
            let (_, last, _) = self
                .held
                .select_nth_unstable_by(self.limit - 1, |a, b| Self::order(*a, *b));
            self.bar = last.0;
        }
        self.held.truncate(self.limit);
    }

    fn sorted(mut self) -> Vec<(f32, u32)> {
        self.cut();
        self.held.sort_unstable_by(|a, b| Self::order(*a, *b));
        self.held
    }
}

/// What passages, articles and labels are worth.
#[derive(Debug, Default)]
struct Worth {
    passages: Sums,
    articles: Sums,
    labels: Sums,
}

impl Worth {
    fn sized(&mut self, index: &Index) {
        self.passages.sized(index.passage_count());
        self.articles.sized(index.article_norms.len());
        self.labels.sized(index.labels.len());
    }

    fn take(&mut self, other: &mut Self) {
        self.passages.take(&mut other.passages);
        self.articles.take(&mut other.articles);
        self.labels.take(&mut other.labels);
    }

    fn clear(&mut self) {
        self.passages.clear();
        self.articles.clear();
        self.labels.clear();
    }
}

/// Room for the sums of one question; reused, because it is as long as the index.
#[derive(Debug, Default)]
pub struct Scratch {
    /// By all words of the question.
    all: Worth,
    /// By one word.
    word: Worth,
}

impl Index {
    /// The best passages for `groups` by the first pass, best first, ties in reading order; behind the strong ones, where
    /// words account for little of the question, those that are nearest to it in meaning.
    pub fn candidates(
        &self,
        groups: &[QueryTerm],
        filter: &Filter,
        meant: &QueryVectors,
        weights: &FirstPass,
        scratch: &mut Scratch,
    ) -> Candidates {
        let Scratch { all, word } = scratch;
        all.sized(self);
        word.sized(self);
        for group in groups.iter().filter(|group| group.role == Role::Content) {
            self.add_group(group, all, word);
        }
        for &label in all.labels.used() {
            let passages = self.labels.passages(label);
            for passage in passages.take(PASSAGES_PER_LABEL as usize) {
                // Brought forward, worth nothing by its own words.
                all.passages.put(passage, f32::MIN_POSITIVE, f32::add);
            }
        }
        let (mut best, mut weak) = self.best(all, weights, filter);
        let first = best.first().map_or(0.0, |&first| all.passages.get(first));
        if let Some(direction) = &meant.direction
            && first < weights.words_tell * worth(groups)
        {
            let new = |passage| filter.allows(passage) && !best.contains(&passage);
            let near = |passage| self.nearness(passage, direction);
            best.extend(self.nearest_passages(weights.near, new, near));
        }
        if meant.likeness.is_some() {
            let new = |passage| filter.allows(passage) && !best.contains(&passage);
            let near = |passage| {
                self.likeness(passage, meant)
                    .iter()
                    .copied()
                    .fold(0.0, f32::max)
            };
            best.extend(self.nearest_passages(weights.like, new, near));
        }
        weak.retain(|passage| !best.contains(passage));
        weak.truncate(weights.all.saturating_sub(best.len()));
        let of = |passages: Vec<u32>| {
            let passages = passages.into_iter();
            passages
                .map(|passage| self.candidate(passage, all))
                .collect()
        };
        let found = Candidates {
            strong: of(best),
            weak: of(weak),
        };
        all.clear();
        found
    }

    /// The passages that are worth most, best first: the strong ones, the others.
    fn best(&self, all: &Worth, weights: &FirstPass, filter: &Filter) -> (Vec<u32>, Vec<u32>) {
        let label = weights.title + weights.heading;
        let at_most = weights.article * all.articles.highest() + label * all.labels.highest();
        let mut best = Best::new(weights.limit.max(weights.all));
        for &passage in all.passages.used() {
            let body = all.passages.get(passage);
            if body + at_most < best.bar || !filter.allows(passage) {
                continue;
            }
            let candidate = self.candidate(passage, all);
            let score = candidate.body
                + weights.article * candidate.article
                + weights.title * candidate.title
                + weights.heading * candidate.heading;
            best.put(score, passage);
        }
        let best = best.sorted();
        let floor = best.first().map_or(0.0, |(score, _)| weights.floor * score);
        let enough = best.partition_point(|(score, _)| *score >= floor);
        let enough = enough.clamp(weights.least, weights.limit);
        let mut strong: Vec<u32> = best.into_iter().map(|(_, passage)| passage).collect();
        let weak = strong.split_off(enough.min(strong.len()));
        (strong, weak)
    }

    fn candidate(&self, passage: u32, worth: &Worth) -> Candidate {
        let article = self.article_of[passage as usize];
        let heading = self.labels.heading_of(passage);
        Candidate {
            passage: PassageId(passage),
            body: worth.passages.get(passage),
            article: worth.articles.get(article),
            // Label `i` is the title of article `i`.
            title: worth.labels.get(article),
            heading: heading.map_or(0.0, |label| worth.labels.get(label)),
        }
    }

    /// Adds one word of the question: of its variants the best counts, passage by passage.
    fn add_group(&self, group: &QueryTerm, all: &mut Worth, word: &mut Worth) {
        if let [variant] = group.variants.as_slice() {
            return self.add_variant(group.idf, variant, all, f32::add);
        }
        for variant in &group.variants {
            self.add_variant(group.idf, variant, word, f32::max);
        }
        all.take(word);
    }

    /// Puts what one variant is worth to each passage, article and label that holds it.
    fn add_variant(
        &self,
        rarity: f32,
        variant: &Expansion,
        to: &mut Worth,
        together: impl Fn(f32, f32) -> f32,
    ) {
        let term = variant.term;
        let weight = rarity * variant.weight * (K1 + 1.0);
        let holding = self.articles_with[term.0 as usize] as usize;
        let of_article = variant.weight * idf(holding, self.article_norms.len()) * (K1 + 1.0);
        let mut put_article = |at: u32, tf: f32| {
            if let Some(norm) = self.article_norms.get(at as usize) {
                let value = of_article * tf / (tf + norm);
                to.articles.put(at, value, &together);
            }
        };
        let (mut article, mut in_article) = (u32::MAX, 0.0);
        for posting in self.postings.row(term.0) {
            let passage = posting.passage();
            let tf = posting.tf() as f32;
            let value = weight * tf / (tf + self.norms[passage as usize]);
            to.passages.put(passage, value, &together);
            let of = self.article_of[passage as usize];
            if of != article {
                put_article(article, in_article);
                (article, in_article) = (of, 0.0);
            }
            in_article += tf;
        }
        put_article(article, in_article);
        for &label in self.labels.with(term) {
            let value = variant.weight * self.labels.weight(label, term, rarity);
            to.labels.put(label, value, &together);
        }
    }
}
