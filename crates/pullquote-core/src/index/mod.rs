//! The keyword index of a corpus: who says what, where.
//!
//! SentenceStats in flat arrays, built in two counting passes:
//!
//! - a *dictionary* of surface forms (folded words as they stand) and terms (their stems),
//! - the *tokens* of every sentence in order, as surface numbers: what needs positions (phrases,
//!   adjacent pairs, best sentence) is computed from them for the best candidates only,
//! - *postings*: for each term the passages that hold it and how often,
//! - *labels* (titles and headings) with the passages that they stand above,
//! - *senses*: where words, sentences and labels of English articles point in the space of meaning,
//! - the words of the dictionary in alphabetical order, from both ends (`alphabet`), and their 4-grams
//!   (`grams`).

use crate::article::{self, ArticleId, Corpus, PassageId};
use crate::text::{Language, fold_into, words};
use std::ops::Range;

mod alphabet;
mod candidates;
mod dictionary;
mod expand;
mod fields;
mod filter;
mod grams;
mod lists;
mod morphology;
mod related;
mod spelling;
mod strings;
mod term_vectors;

pub use candidates::{Candidate, Candidates, FirstPass, Scratch, worth};
pub use dictionary::{SurfaceId, TermId};
pub use expand::{Expansion, ExpansionKind, QueryTerm};
pub use filter::Filter;
pub use term_vectors::QueryVectors;

use alphabet::Alphabet;
use dictionary::Dictionary;
use fields::Fields;
use grams::Grams;
use lists::Lists;
use term_vectors::TermVectors;

/// BM25's term saturation and length normalisation (Robertson & Zaragoza 2009, section 3.5).
/// Values between 0.9 and 1.5, and 0.4 and 0.8, made no difference above noise.
pub const K1: f32 = 1.2;
/// See [`K1`].
pub const B: f32 = 0.7;

/// The inverse document frequency of BM25 in Lucene's form: positive even for what stands everywhere,
/// which a knowledge base of one article needs.
pub fn idf(holding: usize, all: usize) -> f32 {
    let (n, all) = (holding.min(all) as f32, all as f32);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

/// BM25's weight of a term that occurs `tf` times, without its idf; `norm` is [`length_norm`].
pub fn saturation(tf: f32, norm: f32) -> f32 {
    tf * (K1 + 1.0) / (tf + norm)
}

/// BM25's length normalisation, `k1 * (1 - b + b * length / average)`.
pub fn length_norm(length: usize, average: f32) -> f32 {
    K1 * (1.0 - B + B * length as f32 / average.max(1.0))
}

/// One passage that holds a term.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Posting {
    /// Passage number in the upper 28 bits, term frequency (at most 15) in the lower four.
    packed: u32,
}

impl Posting {
    const TF_BITS: u32 = 4;

    fn new(passage: u32, tf: u32) -> Self {
        Self {
            packed: passage << Self::TF_BITS | tf.min(15),
        }
    }

    fn passage(self) -> u32 {
        self.packed >> Self::TF_BITS
    }

    fn tf(self) -> u32 {
        self.packed & 15
    }
}

/// The index of one corpus. Immutable once built.
#[derive(Debug, Clone)]
pub struct Index {
    dictionary: Dictionary,
    grams: Grams,
    alphabet: Alphabet,
    labels: Fields,
    senses: TermVectors,
    /// For each sentence of each passage, its tokens.
    sentences: Lists<SurfaceId>,
    /// For each passage, one past its last row in `sentences`.
    sentence_ends: Vec<u32>,
    postings: Lists<Posting>,
    /// For each term, how many articles hold it.
    articles_with: Vec<u32>,
    /// For each passage its [`length_norm`].
    norms: Vec<f32>,
    article_of: Vec<u32>,
    article_norms: Vec<f32>,
    /// For each article, one past its last passage.
    passage_ends: Vec<u32>,
    /// Tokens in an average sentence.
    average_sentence: f32,
    /// Languages of the articles, the most frequent first.
    languages: Vec<Language>,
}

impl Index {
    /// The index of all passages of `corpus`.
    pub fn build(corpus: &Corpus) -> Self {
        let mut dictionary = Dictionary::default();
        let mut sentences = Lists::default();
        let mut sentence_ends = Vec::with_capacity(corpus.passages().len());
        let mut folded = String::new();
        let mut sentence_count = 0;
        for passage in corpus.passages() {
            let article = corpus.article(passage.article);
            let language = article.written_in();
            for sentence in &article.sentences[passage.sentences()] {
                let text = sentence.of(&article.text);
                words(text, |word| {
                    let word = word.of(text);
                    fold_into(word, &mut folded);
                    sentences.push(dictionary.surface(word, &folded, language));
                });
                sentences.end_row();
                sentence_count += 1;
            }
            sentence_ends.push(sentence_count);
        }
        let labels = Fields::build(corpus, &mut dictionary);
        dictionary.shrink();
        let tokens_of = |passage: usize| {
            let first: u32 = passage
                .checked_sub(1)
                .map_or(0, |before| sentence_ends[before]);
            sentences.rows(first..sentence_ends[passage])
        };
        let average = average(sentences.len(), corpus.passages().len());
        let norms = (0..corpus.passages().len())
            .map(|passage| length_norm(tokens_of(passage).len(), average))
            .collect();
        let (postings, articles_with) = postings(corpus, &dictionary, tokens_of);
        let passage_ends: Vec<u32> = (0..corpus.articles().len())
            .map(|id| corpus.passages_of(ArticleId(id as u32)).end as u32)
            .collect();
        let article_average = self::average(sentences.len(), corpus.articles().len());
        let article_norms = (0..corpus.articles().len())
            .map(|id| {
                let passages = corpus.passages_of(ArticleId(id as u32));
                length_norm(
                    passages.map(|passage| tokens_of(passage).len()).sum(),
                    article_average,
                )
            })
            .collect();
        let mut index = Self {
            senses: TermVectors::default(),
            grams: Grams::build(&dictionary),
            alphabet: Alphabet::build(&dictionary),
            labels,
            average_sentence: self::average(sentences.len(), sentence_count as usize),
            sentences,
            sentence_ends,
            postings,
            articles_with,
            norms,
            article_of: corpus
                .passages()
                .iter()
                .map(|passage| passage.article.0)
                .collect(),
            article_norms,
            passage_ends,
            dictionary,
            languages: article::languages(corpus.articles()),
        };
        index.senses = TermVectors::build(&index, corpus);
        index
    }

    /// How many passages are indexed.
    pub fn passage_count(&self) -> usize {
        self.norms.len()
    }

    /// Languages of the articles, the most frequent first.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The tokens of each sentence of a passage, in order.
    pub fn sentences(&self, passage: PassageId) -> impl Iterator<Item = &[SurfaceId]> {
        self.sentence_rows(passage)
            .map(|row| self.sentences.row(row))
    }

    /// Where the sentences of a passage stand among all sentences.
    fn sentence_rows(&self, passage: PassageId) -> Range<u32> {
        let at = passage.0 as usize;
        let first = at
            .checked_sub(1)
            .map_or(0, |before| self.sentence_ends[before]);
        first..self.sentence_ends[at]
    }

    /// The term that a surface form belongs to.
    pub fn term_of(&self, surface: SurfaceId) -> TermId {
        self.dictionary.term_of(surface)
    }

    /// Whether a surface form is a stop word of the language in which it was seen.
    pub fn is_stop_word(&self, surface: SurfaceId) -> bool {
        self.dictionary.is_stop_word(surface)
    }

    /// The [`length_norm`] of a passage.
    pub fn norm(&self, passage: PassageId) -> f32 {
        self.norms[passage.0 as usize]
    }

    /// How many surface forms and terms the dictionary holds.
    pub fn dictionary_size(&self) -> (usize, usize) {
        (self.dictionary.surfaces() as usize, self.dictionary.terms())
    }

    /// The article of a passage.
    pub fn article_of(&self, passage: PassageId) -> ArticleId {
        ArticleId(self.article_of[passage.0 as usize])
    }

    /// Whether a term stands in the title, aliases or tags of an article.
    pub fn is_in_title(&self, article: ArticleId, term: TermId) -> bool {
        self.labels.with(term).binary_search(&article.0).is_ok()
    }

    /// Whether a term stands in the heading above a passage.
    pub fn is_in_heading(&self, passage: PassageId, term: TermId) -> bool {
        let heading = self.labels.heading_of(passage.0);
        heading.is_some_and(|label| self.labels.with(term).binary_search(&label).is_ok())
    }

    /// Tokens in an average sentence.
    pub fn average_sentence(&self) -> f32 {
        self.average_sentence
    }

    /// The passages of an article.
    fn passages_of(&self, article: u32) -> Range<u32> {
        let at = article as usize;
        let first = at
            .checked_sub(1)
            .map_or(0, |before| self.passage_ends[before]);
        first..self.passage_ends[at]
    }

    /// How many sentences an article has, and in about how many of them `term` stands: each passage
    /// that holds the term counts as often as the term is repeated in passages on average.
    pub fn sentence_frequency(&self, article: ArticleId, term: TermId) -> (usize, usize) {
        let passages = self.passages_of(article.0);
        let first = passages
            .start
            .checked_sub(1)
            .map_or(0, |before| self.sentence_ends[before as usize]);
        let end = passages
            .end
            .checked_sub(1)
            .map_or(0, |last| self.sentence_ends[last as usize]);
        let all = (end.saturating_sub(first)) as usize;
        let postings = self.postings.row(term.0);
        let from = postings.partition_point(|posting| posting.passage() < passages.start);
        let to = postings.partition_point(|posting| posting.passage() < passages.end);
        let mean = self.dictionary.frequency(term) as f32 / postings.len().max(1) as f32;
        (((to - from) as f32 * mean).round() as usize, all)
    }

    /// Heap bytes held; what `pullquote articles --memory` and the benchmark report.
    pub fn heap_bytes(&self) -> usize {
        self.dictionary.heap_bytes()
            + self.grams.heap_bytes()
            + self.alphabet.heap_bytes()
            + self.labels.heap_bytes()
            + self.senses.heap_bytes()
            + self.sentences.heap_bytes()
            + self.postings.heap_bytes()
            + (self.sentence_ends.capacity() + self.articles_with.capacity()) * 4
            + (self.norms.capacity() + self.article_of.capacity()) * 4
            + (self.article_norms.capacity() + self.passage_ends.capacity()) * 4
    }
}

/// Postings of all terms, and for each term the number of articles that hold it.
fn postings<'a>(
    corpus: &Corpus,
    dictionary: &Dictionary,
    tokens_of: impl Fn(usize) -> &'a [SurfaceId],
) -> (Lists<Posting>, Vec<u32>) {
    let passages = corpus.passages();
    let mut counts = vec![0_u32; dictionary.terms()];
    let mut articles_with = vec![0_u32; dictionary.terms()];
    let mut last_passage = vec![u32::MAX; dictionary.terms()];
    let mut last_article = vec![u32::MAX; dictionary.terms()];
    for (id, passage) in passages.iter().enumerate() {
        for &surface in tokens_of(id) {
            let term = dictionary.term_of(surface).0 as usize;
            if last_passage[term] != id as u32 {
                last_passage[term] = id as u32;
                counts[term] += 1;
                if last_article[term] != passage.article.0 {
                    last_article[term] = passage.article.0;
                    articles_with[term] += 1;
                }
            }
        }
    }
    drop(last_article);
    last_passage.fill(u32::MAX);
    let mut rows: Lists<Posting> = Lists::with_counts(&counts);
    let mut next: Vec<u32> = (0..counts.len())
        .map(|term| rows.range(term as u32).start as u32)
        .collect();
    for id in 0..passages.len() as u32 {
        for &surface in tokens_of(id as usize) {
            let term = dictionary.term_of(surface).0 as usize;
            let items = rows.items_mut();
            if last_passage[term] == id {
                let last = &mut items[next[term] as usize - 1];
                *last = Posting::new(id, last.tf() + 1);
            } else {
                last_passage[term] = id;
                items[next[term] as usize] = Posting::new(id, 1);
                next[term] += 1;
            }
        }
    }
    (rows, articles_with)
}

fn average(tokens: usize, over: usize) -> f32 {
    tokens as f32 / over.max(1) as f32
}
