//! A knowledge base that answers: all articles and their index, immutable. A reload builds another
//! one beside it.

use crate::answer::{Answer, Options, Quote, answer, search};
use crate::article::{Article, ArticleId, Corpus};
use crate::index::Index;
use crate::summary::{self, Length, Phrase, Summary};

/// Passages that a digest is made of, at most: the best ones on its matter.
const DIGEST_PASSAGES: usize = 40;

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

    /// The gist of an article in its own sentences.
    pub fn summarise(&self, article: ArticleId, options: &summary::Options<'_>) -> Summary {
        summary::summarise(&self.corpus, &self.index, article, options)
    }

    /// What all articles say on one matter, in their own sentences.
    pub fn digest(&self, focus: &str, length: Length) -> Summary {
        let options = Options {
            limit: DIGEST_PASSAGES,
            ..Options::default()
        };
        let found = self.search(focus, &options);
        let passages = found.iter().map(|passage| passage.passage).collect();
        summary::digest(&self.corpus, &self.index, passages, focus, length)
    }

    /// The most telling sentence of each article.
    pub fn overview(&self) -> Summary {
        let articles = (0..self.corpus.articles().len() as u32).map(ArticleId);
        let options = summary::Options {
            length: Length::Sentences(1),
            focus: None,
        };
        Summary {
            sentences: articles
                .flat_map(|id| self.summarise(id, &options).sentences)
                .collect(),
            whole: false,
        }
    }

    /// Key phrases of an article, the most telling first; no more than `limit`.
    pub fn keywords(&self, article: ArticleId, limit: usize) -> Vec<Phrase> {
        summary::keywords(&self.corpus, &self.index, article, limit)
    }

    /// The passages that hold keywords, best first; no more than `options.limit`.
    pub fn search(&self, keywords: &str, options: &Options) -> Vec<Quote> {
        search(&self.corpus, &self.index, keywords, options)
    }
}
