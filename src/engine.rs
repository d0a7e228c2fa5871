//! A knowledge base that answers: all articles and their index, immutable. A reload builds another
//! one beside it.

use crate::answer::{Answer, Options, Quote, answer, search};
use crate::article::{Article, Corpus};
use crate::index::Index;

/// Articles that can be asked.
#[derive(Debug, Clone)]
pub struct Engine {
    corpus: Corpus,
    index: Index,
}

impl Engine {
    /// Indexes the articles; their order does not matter.
    pub fn build(articles: Vec<Article>) -> Self {
        let corpus = Corpus::new(articles);
        let index = Index::build(&corpus);
        Self { corpus, index }
    }

    /// The articles and their passages.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Their index.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Answers a question.
    pub fn ask(&self, question: &str, options: &Options) -> Answer {
        answer(&self.corpus, &self.index, question, options)
    }

    /// The passages that hold keywords, best first; no more than `options.limit`.
    pub fn search(&self, keywords: &str, options: &Options) -> Vec<Quote> {
        search(&self.corpus, &self.index, keywords, options)
    }
}
