//! The keyword index of a corpus: which passages contain which terms, and what surrounds them.
//!
//! Stored in flat arrays and immutable once built:
//!
//! - `dictionary`: surface forms (folded words as written) and terms (their stems),
//! - the tokens of every sentence in order, as surface numbers. Whatever needs positions (phrases, adjacent pairs, the best
//!   sentence) is computed from them, for the best candidates only,
//! - `posting`: for each term, the passages that contain it and how often,
//! - `fields`: titles and headings ("labels"), with the passages below each,
//! - `glossary`: abbreviations that the articles explain, and the words of a glossary,
//! - `sections`: the passages under one heading, as one text,
//! - `term_vectors`: embeddings of the words, sentences and labels of English articles,
//! - `alphabet` and `grams`: the dictionary sorted from both ends, and its character 4-grams, for typos.
//!
//! Callers use two views: [`QueryContext`] for one question and [`PassageView`] for one passage. Besides those, [`Index`]
//! only reports counts.

use crate::article::{self, ArticleId, Corpus, PassageId};
use crate::query::Query;
use crate::text::{Language, fold, fold_into, words};
use std::ops::Range;

mod accumulator;
mod alphabet;
pub mod bm25;
mod candidates;
mod dictionary;
mod expand;
mod fields;
mod filter;
mod glossary;
mod grams;
mod lists;
mod morphology;
mod passage_view;
mod posting;
mod query_context;
mod related;
mod repair;
mod sections;
mod spelling;
mod strings;
mod term_vectors;

pub use accumulator::FirstPassScratch;
pub use candidates::{Candidate, Candidates, FirstPass};
pub use dictionary::{SurfaceId, TermId};
pub use expand::{Expansion, ExpansionKind, QueryTerm};
pub use filter::Filter;
pub use glossary::glossary_lines;
pub use passage_view::PassageView;
pub use query_context::QueryContext;
pub use term_vectors::QueryVectors;

use alphabet::Alphabet;
use dictionary::Dictionary;
use fields::Fields;
use glossary::Glossary;
use grams::Grams;
use lists::Lists;
use posting::Posting;
use sections::Sections;
use term_vectors::TermVectors;

/// The index of one corpus. Immutable once built.
#[derive(Debug, Clone)]
pub struct Index {
    dictionary: Dictionary,
    grams: Grams,
    alphabet: Alphabet,
    fields: Fields,
    glossary: Glossary,
    sections: Sections,
    vectors: TermVectors,
    tokens: Tokens,
    postings: Lists<Posting>,
    /// For each term, how many articles contain it.
    articles_with: Vec<u32>,
    /// For each passage, its [`bm25::norm`] among passages.
    norms: Vec<f32>,
    article_of: Vec<u32>,
    /// For each article, its [`bm25::norm`] among articles.
    article_norms: Vec<f32>,
    /// For each article, one past its last passage.
    passage_ends: Vec<u32>,
    /// Tokens in an average sentence.
    average_sentence: f32,
    /// Languages of the articles, the most frequent first.
    languages: Vec<Language>,
}

/// The tokens of all sentences, passage after passage.
#[derive(Debug, Clone, Default)]
struct Tokens {
    /// For each sentence of each passage, its tokens.
    sentences: Lists<SurfaceId>,
    /// For each passage, one past its last row in `sentences`.
    sentence_ends: Vec<u32>,
}

impl Tokens {
    /// Reads all sentences of a corpus and fills the dictionary with their words.
    fn build(corpus: &Corpus, dictionary: &mut Dictionary) -> Self {
        let mut tokens = Self {
            sentence_ends: Vec::with_capacity(corpus.passages().len()),
            ..Self::default()
        };
        let mut folded = String::new();
        let mut sentence_count = 0;
        for passage in corpus.passages() {
            let article = corpus.article(passage.article);
            let language = article.written_in();
            for sentence in &article.sentences[passage.sentences()] {
                let text = sentence.of(&article.text);
                for word in words(text) {
                    let word = word.of(text);
                    fold_into(word, &mut folded);
                    let surface = dictionary.surface(word, &folded, language);
                    tokens.sentences.push(surface);
                }
                tokens.sentences.end_row();
                sentence_count += 1;
            }
            tokens.sentence_ends.push(sentence_count);
        }
        tokens
    }

    /// Numbers of the sentences of a passage.
    fn sentences_of(&self, passage: usize) -> Range<u32> {
        self.sentences_of_all(passage..passage + 1)
    }

    /// Numbers of the sentences of neighbouring passages.
    fn sentences_of_all(&self, passages: Range<usize>) -> Range<u32> {
        let end = |passage: Option<usize>| passage.map_or(0, |passage| self.sentence_ends[passage]);
        let first = end(passages.start.checked_sub(1));
        first..end(passages.end.checked_sub(1)).max(first)
    }

    fn sentence_count(&self) -> usize {
        self.sentence_ends.last().map_or(0, |end| *end as usize)
    }

    fn of_passage(&self, passage: usize) -> &[SurfaceId] {
        self.sentences.rows(self.sentences_of(passage))
    }

    fn heap_bytes(&self) -> usize {
        self.sentences.heap_bytes() + self.sentence_ends.capacity() * 4
    }
}

impl Index {
    /// Indexes all passages of `corpus`.
    pub fn build(corpus: &Corpus) -> Self {
        let mut dictionary = Dictionary::default();
        let tokens = Tokens::build(corpus, &mut dictionary);
        let fields = Fields::build(corpus, &mut dictionary);
        dictionary.shrink();
        let (passages, articles) = (corpus.passages().len(), corpus.articles().len());
        let length = |passage: usize| tokens.of_passage(passage).len();
        let average = bm25::average(tokens.sentences.len(), passages);
        let article_average = bm25::average(tokens.sentences.len(), articles);
        let passages_of = |id: usize| corpus.passages_of(ArticleId(id as u32));
        let article_norm =
            |id: usize| bm25::norm(passages_of(id).map(length).sum(), article_average);
        let (postings, articles_with) =
            posting::build(corpus, &dictionary, |passage| tokens.of_passage(passage));
        let mut index = Self {
            vectors: TermVectors::default(),
            grams: Grams::build(&dictionary),
            alphabet: Alphabet::build(&dictionary),
            fields,
            glossary: Glossary::build(corpus, &dictionary),
            sections: Sections::build(corpus, length),
            norms: (0..passages)
                .map(|passage| bm25::norm(length(passage), average))
                .collect(),
            article_norms: (0..articles).map(article_norm).collect(),
            passage_ends: (0..articles).map(|id| passages_of(id).end as u32).collect(),
            average_sentence: bm25::average(tokens.sentences.len(), tokens.sentence_count()),
            tokens,
            postings,
            articles_with,
            article_of: corpus
                .passages()
                .iter()
                .map(|passage| passage.article.0)
                .collect(),
            dictionary,
            languages: article::languages(corpus.articles()),
        };
        index.vectors = TermVectors::build(&index, corpus);
        index
    }

    /// Languages of the articles, the most frequent first.
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Whether a question is in another language than all articles.
    pub(crate) fn is_foreign(&self, query: &Query) -> bool {
        !self.languages.is_empty() && !self.languages.contains(&query.language)
    }

    /// The view of one passage.
    pub fn passage(&self, id: PassageId) -> PassageView<'_> {
        PassageView::new(self, id)
    }

    /// How many surface forms and how many terms the dictionary contains.
    pub fn dictionary_size(&self) -> (usize, usize) {
        (self.dictionary.surfaces() as usize, self.dictionary.terms())
    }

    /// Heap bytes in use, as `pullquote articles --memory` and the benchmark report.
    pub fn heap_bytes(&self) -> usize {
        self.dictionary.heap_bytes()
            + self.grams.heap_bytes()
            + self.alphabet.heap_bytes()
            + self.fields.heap_bytes()
            + self.sections.heap_bytes()
            + self.glossary.heap_bytes()
            + self.vectors.heap_bytes()
            + self.tokens.heap_bytes()
            + self.postings.heap_bytes()
            + self.articles_with.capacity() * 4
            + (self.norms.capacity() + self.article_of.capacity()) * 4
            + (self.article_norms.capacity() + self.passage_ends.capacity()) * 4
    }

    /// Whether a text is a title or heading, word for word.
    pub fn is_label(&self, text: &str) -> bool {
        self.fields.has(
            &words(text)
                .map(|word| fold(word.of(text)))
                .collect::<Vec<_>>(),
        )
    }

    /// The article of a passage.
    fn article_of(&self, passage: u32) -> ArticleId {
        ArticleId(self.article_of[passage as usize])
    }

    /// The passages of an article.
    fn passages_of(&self, article: ArticleId) -> Range<u32> {
        let end = |article: usize| self.passage_ends[article];
        let at = article.0 as usize;
        at.checked_sub(1).map_or(0, end)..end(at)
    }
}

impl bm25::Statistics for Index {
    fn passage_count(&self) -> usize {
        self.norms.len()
    }

    fn article_count(&self) -> usize {
        self.article_norms.len()
    }

    fn passages_with(&self, term: TermId) -> usize {
        self.postings.row(term.0).len()
    }

    fn articles_with(&self, term: TermId) -> usize {
        self.articles_with[term.0 as usize] as usize
    }

    fn average_passage(&self) -> f32 {
        bm25::average(self.tokens.sentences.len(), self.passage_count())
    }

    fn average_article(&self) -> f32 {
        bm25::average(self.tokens.sentences.len(), self.article_count())
    }

    fn average_sentence(&self) -> f32 {
        self.average_sentence
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};

    /// An article named `name` from Markdown-like blocks: `# title`, `## heading`, paragraphs.
    pub(crate) fn article(name: &str, text: &str) -> Article {
        let block = |(at, block): (usize, &str)| {
            let (kind, text) = if let Some(title) = block.strip_prefix("# ") {
                (BlockKind::Title, title)
            } else if let Some(heading) = block.strip_prefix("## ") {
                (BlockKind::Heading(2), heading)
            } else {
                (BlockKind::Paragraph(ParagraphKind::Body), block)
            };
            let line = 2 * at as u32 + 1;
            let lines = LineRange {
                first: line,
                last: line,
            };
            Block::new(kind, text.to_owned(), lines)
        };
        let document = ParsedDocument {
            blocks: text.split("\n\n").enumerate().map(block).collect(),
            ..ParsedDocument::default()
        };
        Article::new(&format!("{name}.md"), document).unwrap()
    }

    /// The index of one article.
    pub(crate) fn index(text: &str) -> Index {
        Index::build(&Corpus::new(vec![article("article", text)]))
    }
}
