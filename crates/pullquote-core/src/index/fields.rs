//! Titles and headings: short texts that stand above passages and say what they are about.

use super::dictionary::{Dictionary, SurfaceId, TermId};
use super::lists::Lists;
use super::{idf, length_norm, saturation};
use crate::article::{ArticleId, Corpus};
use crate::text::{self, Language, fold_into};
use std::ops::Range;

/// All labels. Label `i` is the title of article `i` for the first ones, headings follow.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    /// For each label, the passages that it stands above.
    passages: Vec<(u32, u32)>,
    norms: Vec<f32>,
    /// The words of each, without stop words.
    words: Lists<SurfaceId>,
    /// How many titles there are: labels from here on are headings.
    titles: u32,
    /// For each term, the labels that hold it.
    postings: Lists<u32>,
    /// For each passage, its heading's label; `u32::MAX` for none.
    heading_of: Vec<u32>,
}

impl Fields {
    /// Titles (with aliases and tags) and headings of all articles.
    pub(super) fn build(corpus: &Corpus, dictionary: &mut Dictionary) -> Self {
        let mut passages = Vec::new();
        let mut words: Lists<SurfaceId> = Lists::default();
        for (id, article) in corpus.articles().iter().enumerate() {
            let language = article.written_in();
            let range = corpus.passages_of(ArticleId(id as u32));
            passages.push((range.start as u32, range.end as u32));
            let meta = &article.meta;
            let names = std::iter::once(&meta.title)
                .chain(&meta.aliases)
                .chain(&meta.tags);
            for name in names {
                push_words(name, language, dictionary, &mut words);
            }
            words.end_row();
        }
        let mut heading_of = vec![u32::MAX; corpus.passages().len()];
        for (id, article) in corpus.articles().iter().enumerate() {
            let language = article.written_in();
            let mut last = None;
            for at in corpus.passages_of(ArticleId(id as u32)) {
                let paragraph = &article.paragraphs[corpus.passages()[at].paragraph as usize];
                let Some(heading) = paragraph.heading else {
                    continue;
                };
                if last != Some(heading) {
                    last = Some(heading);
                    let text = article.headings[heading as usize].span.of(&article.text);
                    push_words(text, language, dictionary, &mut words);
                    words.end_row();
                    passages.push((at as u32, at as u32));
                }
                heading_of[at] = passages.len() as u32 - 1;
                if let Some((_, end)) = passages.last_mut() {
                    *end = at as u32 + 1;
                }
            }
        }
        words.shrink();
        let average = super::average(words.len(), passages.len());
        let rows = 0..passages.len() as u32;
        Self {
            norms: rows
                .map(|label| length_norm(words.row(label).len(), average))
                .collect(),
            postings: postings(&words, passages.len(), dictionary),
            words,
            titles: corpus.articles().len() as u32,
            passages,
            heading_of,
        }
    }

    /// Fields that hold a term.
    pub(super) fn with(&self, term: TermId) -> &[u32] {
        self.postings.row(term.0)
    }

    /// What a label is worth for a term that it holds: BM25 over labels. A word of a heading is as rare as it
    /// is among passages (`rarity`) if that is more; a title's would make up for whatever a small knowledge base
    /// does not tell.
    pub(super) fn weight(&self, label: u32, term: TermId, rarity: f32) -> f32 {
        let among_labels = idf(self.with(term).len(), self.passages.len());
        let rarity = if label < self.titles {
            among_labels
        } else {
            among_labels.max(rarity)
        };
        rarity * saturation(1.0, self.norms[label as usize])
    }

    /// The passages that a label stands above.
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

    /// How many there are.
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

/// Adds the words of a label without stop words to the last row of `words`.
fn push_words(
    text: &str,
    language: Language,
    dictionary: &mut Dictionary,
    words: &mut Lists<SurfaceId>,
) {
    let mut folded = String::new();
    text::words(text, |span| {
        fold_into(span.of(text), &mut folded);
        let surface = dictionary.surface(span.of(text), &folded, language);
        if !dictionary.is_stop_word(surface) {
            words.push(surface);
        }
    });
}

/// For each term, the labels that hold it.
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
