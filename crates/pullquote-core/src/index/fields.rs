//! Titles and headings ("labels"): short texts above passages that say what these are about.

use super::bm25;
use super::dictionary::{DictionaryBuilder, SurfaceId, TermId};
use super::layers::Numbers;
use super::lists::Lists;
use super::{Index, Norms};
use crate::article::{ArticleId, Corpus};
use crate::text::{self, Language};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// The labels of the articles: first their titles, each with its aliases and tags, then the headings in reading order.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    /// For each label, the first passage below it and one past the last.
    passages: Vec<(u32, u32)>,
    /// The words of each label, without stop words.
    words: Lists<SurfaceId>,
    /// Labels from this position on are headings.
    titles: usize,
    /// For each row of the dictionary's terms, the labels that contain the term.
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
    /// The titles (with aliases and tags) and headings of the articles, which go on from `first`. Has no postings yet.
    pub(super) fn collect(
        corpus: &Corpus,
        first: &Numbers,
        dictionary: &mut DictionaryBuilder<'_>,
    ) -> Self {
        let mut fields = Self::default();
        for (id, article) in corpus.own_articles() {
            let range = corpus.passages_of(id);
            let meta = &article.meta;
            let others = meta.aliases.iter().chain(&meta.tags);
            fields.add_words(&meta.title, article.written_in(), dictionary);
            for name in others {
                push_words(name, article.written_in(), dictionary, &mut fields.words);
            }
            fields.end_label(NO_LABEL, range.start as u32..range.end as u32);
        }
        fields.titles = fields.passages.len();
        fields.add_headings(corpus, first, dictionary);
        fields.words.shrink();
        fields
    }

    /// Adds the words of the next label.
    fn add_words(
        &mut self,
        text: &str,
        language: Language,
        dictionary: &mut DictionaryBuilder<'_>,
    ) {
        push_words(text, language, dictionary, &mut self.words);
        let words = text::folded_words(text);
        self.hashes
            .push(hash_words(words.iter().map(String::as_str)));
    }

    /// Ends the label and returns its position.
    fn end_label(&mut self, above: u32, passages: Range<u32>) -> usize {
        self.words.end_row();
        self.above.push(above);
        self.passages.push((passages.start, passages.end));
        self.above.len() - 1
    }

    /// Adds the headings that have a passage below them.
    fn add_headings(
        &mut self,
        corpus: &Corpus,
        first: &Numbers,
        dictionary: &mut DictionaryBuilder<'_>,
    ) {
        let mut article = None;
        let mut labels: Vec<Option<usize>> = Vec::new();
        for (at, passage) in (first.passages..).zip(corpus.own_passages()) {
            let text = corpus.article(passage.article);
            if article.replace(passage.article) != Some(passage.article) {
                labels = vec![None; text.headings.len()];
            }
            let heading = text.paragraphs[passage.paragraph as usize].heading;
            let mut path: Vec<u32> = heading
                .into_iter()
                .flat_map(|heading| text.heading_path(heading))
                .collect();
            path.reverse();
            let mut above = NO_LABEL;
            for heading in path {
                let label = labels[heading as usize].unwrap_or_else(|| {
                    let words = text.headings[heading as usize].span.of(&text.text);
                    self.add_words(words, text.written_in(), dictionary);
                    self.end_label(above, at..at)
                });
                labels[heading as usize] = Some(label);
                self.passages[label].1 = at + 1;
                above = first.labels + label as u32;
            }
            self.heading_of.push(above);
        }
    }

    /// Adds the postings. The dictionary of `index` must contain the words.
    pub(super) fn with_postings(mut self, index: &Index) -> Self {
        let mut pairs: Vec<(u32, u32)> = (0..self.len() as u32)
            .flat_map(|label| self.words.row(label).iter().map(move |&word| (word, label)))
            .filter_map(|(word, label)| {
                let row = index.dictionary.row_of(index.term_of(word))?;
                Some((row, index.first.labels + label))
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut pairs = pairs.into_iter().peekable();
        for row in 0..index.dictionary.term_row_count() as u32 {
            while let Some((_, label)) = pairs.next_if(|(of, _)| *of == row) {
                self.postings.push(label);
            }
            self.postings.end_row();
        }
        self.postings.shrink();
        self
    }

    /// How many labels there are.
    pub(super) fn len(&self) -> usize {
        self.passages.len()
    }

    /// How many words they have, without stop words.
    pub(super) fn tokens(&self) -> usize {
        self.words.len()
    }

    pub(super) fn heap_bytes(&self) -> usize {
        self.passages.capacity() * 8
            + self.words.heap_bytes()
            + self.postings.heap_bytes()
            + (self.heading_of.capacity() + self.above.capacity()) * 4
            + self.hashes.capacity() * 8
    }
}

impl Index {
    /// The label of an article's title.
    pub(super) fn title_of(&self, article: ArticleId) -> u32 {
        self.of_article(article).0.own_title_of(article)
    }

    /// The label of the title of an article of this layer.
    #[inline]
    pub(super) fn own_title_of(&self, article: ArticleId) -> u32 {
        self.first.labels + (article.0 - self.first.articles)
    }

    /// The article that a label belongs to.
    pub(super) fn article_of_label(&self, label: u32) -> ArticleId {
        let (layer, at) = self.of_label(label);
        if at < layer.fields.titles {
            return ArticleId(layer.first.articles + at as u32);
        }
        self.article_of(self.passages_below(label).start)
    }

    /// Labels that contain a term.
    pub(super) fn labels_with(&self, term: TermId) -> impl Iterator<Item = u32> {
        self.layers()
            .flat_map(move |layer| layer.own_labels_with(term))
            .copied()
    }

    /// Those of this layer, in order.
    fn own_labels_with(&self, term: TermId) -> &[u32] {
        let row = self.dictionary.row_of(term);
        row.map_or(&[], |row| self.fields.postings.row(row))
    }

    /// Whether a label contains a term.
    pub(super) fn label_has(&self, label: u32, term: TermId) -> bool {
        let (layer, _) = self.of_label(label);
        layer.own_labels_with(term).binary_search(&label).is_ok()
    }

    /// BM25 of a label for a term that it and `labels` in all contain, among labels.
    ///
    /// For a heading, the idf is at least that among passages (`passage_idf`). Not so for a title: in a small knowledge
    /// base, that would outweigh whatever the passages lack.
    pub(super) fn label_score(&self, label: u32, labels: usize, passage_idf: f32) -> f32 {
        let label_idf = bm25::idf(labels, self.end.labels as usize);
        let (layer, at) = self.of_label(label);
        let idf = if at < layer.fields.titles {
            label_idf
        } else {
            label_idf.max(passage_idf)
        };
        let Norms { labels, .. } = self.norms;
        let words = layer.fields.words.row(at as u32).len();
        idf * bm25::tf(1.0, labels.of(words))
    }

    /// The passages below a label.
    pub(super) fn passages_below(&self, label: u32) -> Range<u32> {
        let (layer, at) = self.of_label(label);
        let (start, end) = layer.fields.passages[at];
        start..end
    }

    /// The words of a label, without stop words.
    pub(super) fn label_words(&self, label: u32) -> &[SurfaceId] {
        let (layer, at) = self.of_label(label);
        layer.fields.words.row(at as u32)
    }

    /// The label of the heading above a passage.
    pub(super) fn heading_of(&self, passage: u32) -> Option<u32> {
        let (layer, at) = self.of_passage(passage);
        layer.own_headings_of(at).next()
    }

    /// The labels of the heading above a passage and of those above that, upwards.
    pub(super) fn headings_of(&self, passage: u32) -> impl Iterator<Item = u32> {
        let (layer, at) = self.of_passage(passage);
        layer.own_headings_of(at)
    }

    /// The same for the passage at a position of this layer.
    #[inline]
    pub(super) fn own_headings_of(&self, passage: usize) -> impl Iterator<Item = u32> {
        let known = |label: u32| (label != NO_LABEL).then_some(label);
        let above = move |label: &u32| {
            let at = (label - self.first.labels) as usize;
            known(self.fields.above[at])
        };
        std::iter::successors(known(self.fields.heading_of[passage]), above)
    }

    /// Whether a text is a title or heading, word for word.
    pub(crate) fn is_label(&self, text: &str) -> bool {
        let words = text::folded_words(text);
        let hash = hash_words(words.iter().map(String::as_str));
        self.layers()
            .any(|layer| layer.fields.hashes.contains(&hash))
    }

    /// The [`hash_words`] of a label.
    pub(super) fn label_hash(&self, label: u32) -> u64 {
        let (layer, at) = self.of_label(label);
        layer.fields.hashes[at]
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
    dictionary: &mut DictionaryBuilder<'_>,
    words: &mut Lists<SurfaceId>,
) {
    let mut folded = String::new();
    for span in text::words(text) {
        language.fold_into(span.of(text), &mut folded);
        let surface = dictionary.surface(span.of(text), &folded, language);
        if !dictionary.is_stop_word(surface) {
            words.push(surface);
        }
    }
}
