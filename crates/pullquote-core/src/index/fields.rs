//! Titles and headings ("labels"): short texts above passages that say what these are about.

use super::bm25;
use super::dictionary::{Dictionary, SurfaceId, TermId};
use super::lists::Lists;
use crate::article::{ArticleId, Corpus};
use crate::text::{self, Language, fold_into};
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
    /// For each passage, the label of its heading; `u32::MAX` for none.
    heading_of: Vec<u32>,
}

impl Fields {
    /// The titles (with aliases and tags) and headings of all articles.
    pub(super) fn build(corpus: &Corpus, dictionary: &mut Dictionary) -> Self {
        let mut passages = Vec::new();
        let mut words: Lists<SurfaceId> = Lists::default();
        for (id, article) in corpus.articles().iter().enumerate() {
            let range = corpus.passages_of(ArticleId(id as u32));
            passages.push((range.start as u32, range.end as u32));
            let meta = &article.meta;
            let names = std::iter::once(&meta.title)
                .chain(&meta.aliases)
                .chain(&meta.tags);
            for name in names {
                push_words(name, article.written_in(), dictionary, &mut words);
            }
            words.end_row();
        }
        let heading_of = headings(corpus, dictionary, &mut words, &mut passages);
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
        (label != u32::MAX).then_some(label)
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
            + self.heading_of.capacity() * 4
    }
}

/// Adds the headings of all articles to the labels. Returns, for each passage, the label of its heading; `u32::MAX` for
/// none.
fn headings(
    corpus: &Corpus,
    dictionary: &mut Dictionary,
    words: &mut Lists<SurfaceId>,
    passages: &mut Vec<(u32, u32)>,
) -> Vec<u32> {
    let mut heading_of = vec![u32::MAX; corpus.passages().len()];
    for (id, article) in corpus.articles().iter().enumerate() {
        let mut last = None;
        for at in corpus.passages_of(ArticleId(id as u32)) {
            let paragraph = &article.paragraphs[corpus.passages()[at].paragraph as usize];
            let Some(heading) = paragraph.heading else {
                continue;
            };
            if last != Some(heading) {
                last = Some(heading);
                let text = article.headings[heading as usize].span.of(&article.text);
                push_words(text, article.written_in(), dictionary, words);
                words.end_row();
                passages.push((at as u32, at as u32));
            }
            heading_of[at] = passages.len() as u32 - 1;
            if let Some((_, end)) = passages.last_mut() {
                *end = at as u32 + 1;
            }
        }
    }
    heading_of
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
