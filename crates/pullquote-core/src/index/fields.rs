//! Titles and headings ("labels"): short texts above passages that say what these are about.

use super::bm25;
use super::dictionary::{Dictionary, SurfaceId, TermId};
use super::lists::Lists;
use crate::article::{ArticleId, Corpus};
use crate::text::{self, Language, fold_into};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// All labels. Label `i` is the title of article `i`, with its aliases and tags; headings follow, in reading order.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    /// For each label, the first passage below it and one past the last.
    passages: Vec<(u32, u32)>,
    /// For each label, its [`bm25::norm`] among labels.
    norms: Vec<f32>,
    /// The words of each label, without stop words.
    words: Lists<SurfaceId>,
    /// Labels from this number on are headings.
    titles: u32,
    /// For each term, the labels that contain it.
    postings: Lists<u32>,
    /// For each passage, the label of its heading; [`NO_LABEL`] for none.
    heading_of: Vec<u32>,
    /// For each label, that of the heading above it; [`NO_LABEL`] for none.
    above: Vec<u32>,
    /// For each label, a hash of all its words.
    hashes: Vec<u64>,
}

const NO_LABEL: u32 = u32::MAX;

impl Fields {
    /// The titles (with aliases and tags) and headings of all articles.
    pub(super) fn build(corpus: &Corpus, dictionary: &mut Dictionary) -> Self {
        let mut labels = Labels::default();
        for (id, article) in corpus.articles().iter().enumerate() {
            let range = corpus.passages_of(ArticleId(id as u32));
            let meta = &article.meta;
            let others = meta.aliases.iter().chain(&meta.tags);
            labels.add_words(&meta.title, article.written_in(), dictionary);
            for name in others {
                push_words(name, article.written_in(), dictionary, &mut labels.words);
            }
            labels.end(NO_LABEL, range.start as u32..range.end as u32);
        }
        let heading_of = labels.add_headings(corpus, dictionary);
        let Labels {
            mut words,
            passages,
            above,
            hashes,
        } = labels;
        words.shrink();
        let average = bm25::average(words.len(), passages.len());
        let rows = 0..passages.len() as u32;
        Self {
            norms: rows
                .map(|label| bm25::norm(words.row(label).len(), average))
                .collect(),
            postings: postings(&words, passages.len(), dictionary),
            words,
            titles: corpus.articles().len() as u32,
            passages,
            heading_of,
            above,
            hashes,
        }
    }

    /// Labels that contain a term, in order.
    pub(super) fn with(&self, term: TermId) -> &[u32] {
        self.postings.row(term.0)
    }

    /// BM25 of a label for a term that it contains, among labels.
    ///
    /// For a heading, the idf is at least that among passages (`passage_idf`). Not so for a title: in a small knowledge
    /// base, that would outweigh whatever the passages lack.
    pub(super) fn score(&self, label: u32, term: TermId, passage_idf: f32) -> f32 {
        let label_idf = bm25::idf(self.with(term).len(), self.passages.len());
        let idf = if label < self.titles {
            label_idf
        } else {
            label_idf.max(passage_idf)
        };
        idf * bm25::tf(1.0, self.norms[label as usize])
    }

    /// The passages below a label.
    pub(super) fn passages(&self, label: u32) -> Range<u32> {
        let (start, end) = self.passages[label as usize];
        start..end
    }

    /// The words of a label, without stop words.
    pub(super) fn words(&self, label: u32) -> &[SurfaceId] {
        self.words.row(label)
    }

    /// The label of the heading above a passage.
    pub(super) fn heading_of(&self, passage: u32) -> Option<u32> {
        let label = self.heading_of[passage as usize];
        (label != NO_LABEL).then_some(label)
    }

    /// The labels of the heading above a passage and of those above that, upwards.
    pub(super) fn headings_of(&self, passage: u32) -> impl Iterator<Item = u32> {
        let above = |label: &u32| {
            let above = self.above[*label as usize];
            (above != NO_LABEL).then_some(above)
        };
        std::iter::successors(self.heading_of(passage), above)
    }

    /// Whether a label consists of these folded words.
    pub(super) fn has(&self, words: &[String]) -> bool {
        self.hashes
            .contains(&hash_words(words.iter().map(String::as_str)))
    }

    /// The [`hash_words`] of a label.
    pub(super) fn hash(&self, label: u32) -> u64 {
        self.hashes[label as usize]
    }

    /// How many labels there are.
    pub(super) fn len(&self) -> usize {
        self.passages.len()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.passages.capacity() * 8
            + self.norms.capacity() * 4
            + self.words.heap_bytes()
            + self.postings.heap_bytes()
            + (self.heading_of.capacity() + self.above.capacity()) * 4
            + self.hashes.capacity() * 8
    }
}

/// Labels while they are collected.
#[derive(Default)]
struct Labels {
    words: Lists<SurfaceId>,
    passages: Vec<(u32, u32)>,
    above: Vec<u32>,
    hashes: Vec<u64>,
}

impl Labels {
    /// Adds the words of the next label.
    fn add_words(&mut self, text: &str, language: Language, dictionary: &mut Dictionary) {
        push_words(text, language, dictionary, &mut self.words);
        let words: Vec<String> = text::words(text)
            .map(|word| text::fold(word.of(text)))
            .collect();
        self.hashes
            .push(hash_words(words.iter().map(String::as_str)));
    }

    /// Ends the label and returns its number.
    fn end(&mut self, above: u32, passages: Range<u32>) -> u32 {
        self.words.end_row();
        self.above.push(above);
        self.passages.push((passages.start, passages.end));
        self.above.len() as u32 - 1
    }

    /// Adds the headings of all articles that have a passage below them. Returns the label of each passage's heading.
    fn add_headings(&mut self, corpus: &Corpus, dictionary: &mut Dictionary) -> Vec<u32> {
        let mut heading_of = vec![NO_LABEL; corpus.passages().len()];
        for (id, article) in corpus.articles().iter().enumerate() {
            let mut labels = vec![NO_LABEL; article.headings.len()];
            for at in corpus.passages_of(ArticleId(id as u32)) {
                let paragraph = &article.paragraphs[corpus.passages()[at].paragraph as usize];
                let Some(heading) = paragraph.heading else {
                    continue;
                };
                let mut path: Vec<u32> = article.heading_path(heading).collect();
                path.reverse();
                let mut above = NO_LABEL;
                for heading in path {
                    let label = &mut labels[heading as usize];
                    if *label == NO_LABEL {
                        let text = article.headings[heading as usize].span.of(&article.text);
                        self.add_words(text, article.written_in(), dictionary);
                        *label = self.end(above, at as u32..at as u32);
                    }
                    above = *label;
                    self.passages[above as usize].1 = at as u32 + 1;
                }
                heading_of[at] = above;
            }
        }
        heading_of
    }
}

/// A hash of folded words in order.
pub(super) fn hash_words<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut hasher = FxHasher::default();
    for word in words {
        word.hash(&mut hasher);
    }
    hasher.finish()
}

/// Adds the words of a label, without stop words, to the last row of `words`.
fn push_words(
    text: &str,
    language: Language,
    dictionary: &mut Dictionary,
    words: &mut Lists<SurfaceId>,
) {
    let mut folded = String::new();
    for span in text::words(text) {
        fold_into(span.of(text), &mut folded);
        let surface = dictionary.surface(span.of(text), &folded, language);
        if !dictionary.is_stop_word(surface) {
            words.push(surface);
        }
    }
}

/// For each term, the labels that contain it.
fn postings(words: &Lists<SurfaceId>, labels: usize, dictionary: &Dictionary) -> Lists<u32> {
    let mut pairs: Vec<(TermId, u32)> = (0..labels as u32)
        .flat_map(|label| words.row(label).iter().map(move |&word| (word, label)))
        .map(|(word, label)| (dictionary.term_of(word), label))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut lists = Lists::default();
    let mut pairs = pairs.into_iter().peekable();
    for row in 0..dictionary.terms() as u32 {
        while let Some((_, label)) = pairs.next_if(|(term, _)| term.0 == row) {
            lists.push(label);
        }
        lists.end_row();
    }
    lists
}
