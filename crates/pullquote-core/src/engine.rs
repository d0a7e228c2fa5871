//! A knowledge base that answers: all articles and their index, immutable. A reload builds another
//! one beside it.

use crate::answer::{Answer, Options, Quote, answer, search};
use crate::article::{Article, ArticleId, Corpus};
use crate::index::Index;
use crate::semantic::Embedded;
use crate::summary::{self, Length, Phrase, Summary};
use crate::text::Language;
use std::sync::{Arc, OnceLock};

/// Passages that a digest is made of, at most: the best ones on its matter.
const DIGEST_PASSAGES: usize = 40;

/// Key phrases of an article that are remembered: menus show fewer.
const PHRASES: usize = 8;

/// Articles that can be asked.
#[derive(Debug, Clone)]
pub struct Engine {
    corpus: Arc<Corpus>,
    index: Arc<Index>,
    /// By article, once they were asked for: that takes a look through all of it, which may be a book.
    phrases: Arc<[OnceLock<Vec<Phrase>>]>,
    embedded: Option<Arc<Embedded>>,
}

impl Engine {
    /// Indexes the articles; their order does not matter.
    pub fn build(articles: Vec<Article>) -> Self {
        let corpus = Corpus::new(articles);
        let index = Index::build(&corpus);
        let articles = corpus.articles().iter();
        Self {
            phrases: articles.map(|_| OnceLock::new()).collect(),
            corpus: Arc::new(corpus),
            index: Arc::new(index),
            embedded: None,
        }
    }

    /// What a sentence model is shown of each sentence that may answer, in the order in which [`Engine::with_model`]
    /// wants them: the heading above it or else the title, the sentence before it, itself. By itself alone it was
    /// found less often in nearly every set: 1 point on badly typed questions, 4 on FAQs. With the language of its article.
    pub fn texts(&self) -> impl Iterator<Item = (Language, String)> {
        self.corpus.passages().iter().flat_map(|passage| {
            let article = self.corpus.article(passage.article);
            let paragraph = &article.paragraphs[passage.paragraph as usize];
            let label = article.heading_of(paragraph);
            let label = label.unwrap_or(&article.meta.title);
            let sentences = &article.sentences[passage.sentences()];
            (0..sentences.len()).map(move |at| {
                let before = sentences[at.saturating_sub(1)];
                let text = before.to(sentences[at]).of(&article.text);
                let language = article.written_in();
                (language, format!("{label}: {text}"))
            })
        })
    }

    /// The same articles, answered with the help of a sentence model that has seen their sentences.
    #[must_use]
    pub fn with_model(&self, embedded: Embedded) -> Self {
        Self {
            corpus: Arc::clone(&self.corpus),
            index: Arc::clone(&self.index),
            phrases: Arc::clone(&self.phrases),
            embedded: Some(Arc::new(embedded)),
        }
    }

    /// What a sentence model sees, if one helps.
    pub fn embedded(&self) -> Option<&Embedded> {
        self.embedded.as_deref()
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
        answer(
            &self.corpus,
            &self.index,
            self.embedded(),
            question,
            options,
        )
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
            ..Summary::default()
        }
    }

    /// Key phrases of an article, the most telling first; no more than `limit`.
    pub fn keywords(&self, article: ArticleId, limit: usize) -> Vec<Phrase> {
        let told = |limit| summary::keywords(&self.corpus, &self.index, article, limit);
        match self.phrases.get(article.0 as usize) {
            Some(phrases) if limit <= PHRASES => {
                let phrases = phrases.get_or_init(|| told(PHRASES)).iter();
                phrases.take(limit).cloned().collect()
            }
            _ => told(limit),
        }
    }

    /// The passages that hold keywords, best first; no more than `options.limit`.
    pub fn search(&self, keywords: &str, options: &Options) -> Vec<Quote> {
        search(&self.corpus, &self.index, keywords, options)
    }
}
