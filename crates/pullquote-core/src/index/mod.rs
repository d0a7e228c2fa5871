//! The keyword index of a corpus: which passages contain which terms, and what surrounds them.
//!
//! Stored in flat arrays and immutable once built:
//!
//! - `dictionary`: surface forms (folded words as written) and terms (their stems),
//! - `tokens`: the tokens of every sentence in order, as surface numbers. Whatever needs positions (phrases, adjacent pairs, the best
//!   sentence) is computed from them, for the best candidates only,
//! - `posting`: for each term, the passages that contain it and how often,
//! - `fields`: titles and headings ("labels"), with the passages below each,
//! - `glossary`: abbreviations that the articles explain, and the words of a glossary,
//! - `sections`: the passages under one heading, as one text,
//! - `term_vectors`: embeddings of the words, sentences and labels of English articles,
//! - `alphabet` and `grams`: the dictionary sorted from both ends, and its character 4-grams, for typos.
//!
//! An index may stand on another one (`layers`): the articles that many share below, those of one server on top.
//!
//! The crate uses two views: [`QueryContext`] for one question and `PassageView` for one passage. To other crates, an
//! [`Index`] only reports its size and its languages; they ask an [`Engine`](crate::engine::Engine).

use crate::article::{self, Corpus, PassageId};
use crate::query::Query;
use crate::text::Language;
use std::sync::Arc;

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
mod layers;
mod lists;
mod morphology;
mod neighbours;
mod passage_view;
mod posting;
mod query_context;
mod related;
mod repair;
mod rows;
mod sections;
mod spelling;
mod strings;
mod term_vectors;
mod tokens;

pub(crate) use accumulator::FirstPassScratch;
pub use candidates::Candidate;
pub(crate) use candidates::FirstPass;
pub(crate) use dictionary::{SurfaceId, TermId};
pub use expand::ExpansionKind;
pub(crate) use expand::QueryTerm;
pub use filter::Filter;
pub(crate) use passage_view::PassageView;
pub use query_context::QueryContext;
pub(crate) use term_vectors::QueryVectors;
pub(crate) use tokens::Sentence;

use alphabet::Alphabet;
use bm25::Norm;
use dictionary::{Dictionary, DictionaryBuilder};
use fields::Fields;
use glossary::Glossary;
use grams::Grams;
use layers::Numbers;
use lists::Lists;
use posting::Posting;
use sections::Sections;
use term_vectors::TermVectors;
use tokens::Tokens;

/// The index of one corpus. It never changes once it is built.
#[derive(Debug, Clone, Default)]
pub struct Index {
    below: Option<Arc<Index>>,
    /// What the numbers of this index go on from.
    first: Numbers,
    /// How many there are of everything, with the index below.
    end: Numbers,
    norms: Norms,
    dictionary: Dictionary,
    grams: Grams,
    alphabet: Alphabet,
    fields: Fields,
    glossary: Glossary,
    sections: Sections,
    vectors: TermVectors,
    tokens: Tokens,
    /// For each row of the dictionary's terms, the passages that contain the term.
    postings: Lists<Posting>,
    /// For each row of the dictionary's terms, how many articles contain the term.
    articles_with: Vec<u32>,
    /// For each passage, its tokens.
    lengths: Vec<u32>,
    article_of: Vec<u32>,
    /// For each article, its tokens.
    article_lengths: Vec<u32>,
    /// For each article, one past its last passage.
    passage_ends: Vec<u32>,
    /// Languages of all articles, the most frequent first.
    languages: Vec<Language>,
}

/// Length normalisation among texts of each kind.
#[derive(Debug, Clone, Copy, Default)]
struct Norms {
    passages: Norm,
    sentences: Norm,
    sections: Norm,
    articles: Norm,
    labels: Norm,
}

impl Norms {
    fn among(all: &Numbers) -> Self {
        let among = |tokens, texts: u32| Norm::among(bm25::average(tokens, texts as usize));
        Self {
            passages: among(all.tokens, all.passages),
            sentences: among(all.tokens, all.sentences),
            sections: among(all.tokens, all.sections),
            articles: among(all.tokens, all.articles),
            labels: among(all.label_tokens, all.labels),
        }
    }
}

impl Index {
    /// Indexes all passages of `corpus`.
    pub(crate) fn build(corpus: &Corpus) -> Self {
        Self::default().filled(corpus)
    }

    /// Indexes the passages of `corpus` that are not in the corpus below it, on top of the index of that one.
    ///
    /// Both are searched as if they were one index, with the statistics of both, and answer as such. The one exception: where
    /// no article below is in English, words that occur below have no vectors.
    pub(crate) fn on(below: &Arc<Self>, corpus: &Corpus) -> Self {
        let index = Self {
            below: Some(Arc::clone(below)),
            first: below.end,
            ..Self::default()
        };
        index.filled(corpus)
    }

    /// Fills an empty index. Each part is built from those before it.
    fn filled(mut self, corpus: &Corpus) -> Self {
        let below = self.below.clone();
        let mut dictionary = DictionaryBuilder::new(below.as_deref());
        self.tokens = Tokens::build(corpus, &mut dictionary);
        let fields = Fields::collect(corpus, &self.first, &mut dictionary);
        self.dictionary = dictionary.finish();
        let passages = 0..corpus.own_passages().len();
        self.lengths = passages
            .map(|at| self.tokens.of_passage(at).len() as u32)
            .collect();
        let articles = corpus.own_passages().iter().map(|it| it.article.0);
        self.article_of = articles.collect();
        for (id, _) in corpus.own_articles() {
            let passages = corpus.passages_of(id);
            let own = |passage: usize| passage - self.first.passages as usize;
            let lengths = &self.lengths[own(passages.start)..own(passages.end)];
            self.article_lengths.push(lengths.iter().sum());
            self.passage_ends.push(passages.end as u32);
        }
        self.sections = Sections::build(&self, corpus);
        self.end = Numbers {
            surfaces: self.dictionary.surfaces().end,
            terms: self.dictionary.terms().end,
            articles: corpus.article_count() as u32,
            passages: corpus.passage_count() as u32,
            sections: self.first.sections + self.sections.len() as u32,
            sentences: self.first.sentences + self.tokens.sentence_count() as u32,
            labels: self.first.labels + fields.len() as u32,
            tokens: self.first.tokens + self.tokens.count(),
            label_tokens: self.first.label_tokens + fields.tokens(),
        };
        self.norms = Norms::among(&self.end);
        self.fields = fields.with_postings(&self);
        (self.postings, self.articles_with) = posting::build(&self);
        self.grams = Grams::build(&self);
        self.alphabet = Alphabet::build(&self.dictionary);
        self.glossary = Glossary::build(&self, corpus);
        self.languages = article::languages(corpus.articles());
        self.vectors = TermVectors::build(&self, corpus);
        self
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
    pub(crate) fn passage(&self, id: PassageId) -> PassageView<'_> {
        PassageView::new(self, id)
    }

    /// How many surface forms and how many terms the dictionary contains.
    pub(crate) fn dictionary_size(&self) -> (usize, usize) {
        (self.end.surfaces as usize, self.end.terms as usize)
    }

    /// Heap bytes in use, without the index below. `pullquote articles --memory` and the benchmark report them.
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
            + (self.lengths.capacity() + self.article_of.capacity()) * 4
            + (self.article_lengths.capacity() + self.passage_ends.capacity()) * 4
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
