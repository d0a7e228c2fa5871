//! The entry point of the core: articles and their index, which answer questions.

use crate::about::AboutQuestion;
use crate::answer::{
    Answer, Options, Outcome, Pinned, Quote, SearchResults, answer, parse, search,
};
use crate::article::{Article, ArticleId, Corpus, Passage, PassageId};
use crate::index::Index;
use crate::query::Query;
use crate::semantic::{DenseIndex, PassageEmbeddings, PassageText};
use crate::summary::{self, Length, Phrase, Summary};
use crate::text::{Language, Span};
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

/// Maximum number of passages that a digest summarises: the best ones for its topic.
const DIGEST_PASSAGES: usize = 40;

/// Questions of one message that are answered one by one.
const MAX_QUESTIONS: usize = 3;

/// Number of key phrases cached for each article. Menus show fewer.
const PHRASES: usize = 8;

/// Answers whose passages are embedded for one question.
const ANSWERS_EMBEDDED: usize = 30;

/// Articles and their index.
///
/// An engine is immutable: a reload builds another one. Clones share all data and are cheap.
#[derive(Debug, Clone)]
pub struct Engine {
    below: Option<Arc<Engine>>,
    corpus: Arc<Corpus>,
    index: Arc<Index>,
    /// For each article that is not of the engine below, computed on first use: finding them takes a pass over the article,
    /// which may be a book.
    phrases: Arc<[OnceLock<Vec<Phrase>>]>,
    dense_index: Option<Arc<DenseIndex>>,
    pinned: Arc<Pinned>,
}

impl Engine {
    /// Indexes the articles. Their order does not matter.
    ///
    /// ```
    /// use pullquote_core::article::ArticleId;
    /// use pullquote_core::engine::Engine;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let island = article("island.md", "The ferry to the island leaves at noon.");
    /// let harbour = article("harbour.md", "The harbour opens at seven.");
    /// let engine = Engine::build(vec![island, harbour]);
    /// assert_eq!(engine.corpus().article(ArticleId(0)).name, "harbour");
    /// ```
    pub fn build(articles: Vec<Article>) -> Self {
        let corpus = Corpus::new(articles);
        let index = Index::build(&corpus);
        Self {
            below: None,
            phrases: corpus.ids().map(|_| OnceLock::new()).collect(),
            corpus: Arc::new(corpus),
            index: Arc::new(index),
            dense_index: None,
            pinned: Arc::default(),
        }
    }

    /// An engine of these articles on top of the others, with which it shares them: it answers as if all were in one folder.
    ///
    /// ```
    /// use pullquote_core::answer::{Options, Outcome};
    /// use pullquote_core::engine::Engine;
    /// use std::sync::Arc;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let shared = Arc::new(Engine::build(vec![article("harbour.md", "The harbour opens at seven.")]));
    /// let one = shared.with(vec![article("ferry.md", "The ferry to the island leaves at noon.")]);
    /// assert_eq!((one.corpus().article_count(), shared.corpus().article_count()), (2, 1));
    /// let outcome = |engine: &Engine, question| engine.ask(question, &Options::default()).outcome;
    /// assert_eq!(outcome(&one, "When does the ferry leave?"), Outcome::Quoted);
    /// assert_eq!(outcome(&one, "When does the harbour open?"), Outcome::Quoted);
    /// assert_ne!(outcome(&shared, "When does the ferry leave?"), Outcome::Quoted);
    /// ```
    #[must_use]
    pub fn with(self: &Arc<Self>, articles: Vec<Article>) -> Self {
        let phrases = articles.iter().map(|_| OnceLock::new()).collect();
        let corpus = Corpus::on(&self.corpus, articles);
        let index = Index::on(&self.index, &corpus);
        Self {
            below: Some(Arc::clone(self)),
            phrases,
            corpus: Arc::new(corpus),
            index: Arc::new(index),
            dense_index: None,
            pinned: Arc::default(),
        }
    }

    /// Heap bytes of the articles, of their index and of their embeddings, without what the engine below has.
    pub fn heap_bytes(&self) -> usize {
        let articles = self.corpus.own_articles().map(|(_, article)| article);
        let articles: usize = articles.map(Article::heap_bytes).sum();
        let embeddings = self.dense_index().map(|dense_index| dense_index.passages());
        articles + self.index.heap_bytes() + embeddings.map_or(0, PassageEmbeddings::heap_bytes)
    }

    /// The passages as a sentence model reads them, in the order that [`Engine::with_model`] expects, with their language. Not
    /// those of the engine below.
    pub fn embedding_inputs(&self) -> impl Iterator<Item = (Language, PassageText<'_>)> {
        self.corpus.own_passages().iter().map(|passage| {
            let article = self.corpus.article(passage.article);
            let paragraph = &article.paragraphs[passage.paragraph as usize];
            let span = self.corpus.span(passage);
            let sentences = article.sentences[passage.sentences()].iter();
            let text = PassageText {
                title: &article.meta.title,
                heading: article.heading_of(paragraph),
                text: span.of(&article.text),
                sentences: sentences.map(|sentence| sentence.within(span)).collect(),
            };
            (article.written_in(), text)
        })
    }

    /// Which of the [`Engine::embedding_inputs`] a question needs most, by their places: those of the passages that are found
    /// first without a model, in `article` if it is named, with about `bytes` of text. Embedding these alone takes a moment where all articles would take
    /// minutes.
    ///
    /// ```
    /// use pullquote_core::engine::Engine;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let harbour = article("harbour.md", "The harbour opens at seven.");
    /// let engine = Engine::build(vec![harbour, article("rules.md", "Be kind.")]);
    /// assert_eq!(engine.inputs_for("When does the harbour open?", None, 20), [0]);
    /// ```
    pub fn inputs_for(
        &self,
        question: &str,
        article: Option<ArticleId>,
        bytes: usize,
    ) -> Vec<usize> {
        let options = Options {
            article,
            limit: ANSWERS_EMBEDDED,
            always: true,
            ..Options::default()
        };
        let answer = self.ask(question, &options);
        let also = answer.also.iter().flat_map(|(_, also)| &also.quotes);
        let quotes: Vec<&Quote> = answer.quotes.iter().chain(also).collect();
        let own = self.corpus.own_passages();
        let below = self.corpus.passage_count() - own.len();
        // The best passage of each answer, then the others.
        let best = quotes
            .iter()
            .filter_map(|quote| (quote.passage.0 as usize).checked_sub(below));
        let others = quotes.iter().flat_map(|quote| {
            let is_in = |passage: &Passage| {
                quote.article == passage.article && quote.span.overlaps(self.corpus.span(passage))
            };
            let passages = own.iter().enumerate();
            passages
                .filter(move |(_, passage)| is_in(passage))
                .map(|(at, _)| at)
        });
        let (mut inputs, mut taken) = (BTreeSet::new(), 0);
        for at in best.chain(others) {
            if taken >= bytes {
                break;
            }
            if inputs.insert(at) {
                taken += self.corpus.span(&own[at]).len();
            }
        }
        inputs.into_iter().collect()
    }

    /// Whether embeddings of its own articles would help: not if the engine below has articles and no embeddings of them.
    pub fn can_use_model(&self) -> bool {
        let is_complete =
            |below: &Arc<Self>| below.dense_index.is_some() || below.corpus.passage_count() == 0;
        self.below.as_ref().is_none_or(is_complete)
    }

    /// The same engine with embeddings, which must be those of [`Engine::embedding_inputs`] in the same order. They are
    /// used only if it [can use](Self::can_use_model) them.
    #[must_use]
    pub fn with_model(&self, dense_index: DenseIndex) -> Self {
        let below = self.below.as_ref();
        let below = below.and_then(|below| below.dense_index.as_ref());
        let dense_index = dense_index.on(below);
        Self {
            dense_index: self.can_use_model().then(|| Arc::new(dense_index)),
            ..self.clone()
        }
    }

    /// The same engine with passages that answer questions by choice, whatever ranking says. A question is recognised in other
    /// word forms and with typos. Those of the engine below do not count.
    ///
    /// ```
    /// use pullquote_core::answer::Options;
    /// use pullquote_core::article::PassageId;
    /// use pullquote_core::engine::Engine;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let engine = Engine::build(vec![article("harbour.md", "The harbour opens at seven.")]);
    /// let engine = engine.with_pinned(&[("Why is nobody here?".to_owned(), PassageId(0))]);
    /// let answer = engine.ask("hi, why is nobdy here??", &Options::default());
    /// assert_eq!((answer.is_pinned, answer.quotes[0].passage), (true, PassageId(0)));
    /// assert!(!engine.ask("Who is here?", &Options::default()).is_pinned);
    /// ```
    #[must_use]
    pub fn with_pinned(&self, pinned: &[(String, PassageId)]) -> Self {
        let read = |(question, passage): &(String, PassageId)| {
            let query = parse(&self.index, self.dense_index(), question);
            (query, *passage)
        };
        let pinned = pinned.iter().map(read).collect();
        Self {
            pinned: Arc::new(Pinned::new(pinned)),
            ..self.clone()
        }
    }

    /// The embeddings, if there is a model.
    pub fn dense_index(&self) -> Option<&Arc<DenseIndex>> {
        self.dense_index.as_ref()
    }

    /// The articles, sorted by path, and their passages.
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The index of the articles.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Answers a question: from the articles, or about them.
    ///
    /// ```
    /// use pullquote_core::answer::{Options, Outcome};
    /// use pullquote_core::engine::Engine;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let text = "The harbour opens at seven. The ferry to the island leaves at noon.";
    /// let engine = Engine::build(vec![article("harbour.md", text)]);
    /// let answer = engine.ask("When does the ferry leave?", &Options::default());
    /// assert_eq!(answer.outcome, Outcome::Quoted);
    /// let best = answer.quotes[0].best;
    /// assert_eq!(best.of(text), "The ferry to the island leaves at noon.");
    /// ```
    pub fn ask(&self, question: &str, options: &Options) -> Answer {
        if let Some(pinned) = self.pinned(question, options) {
            return pinned;
        }
        let about = AboutQuestion::parse(question, &self.corpus, options.article);
        if let Some(about) = about.filter(|_| !self.index.is_label(question)) {
            return about.answer(&self.corpus, &self.index);
        }
        let query = parse(&self.index, self.dense_index(), question);
        self.answer_each(question, &query.questions, options)
            .unwrap_or_else(|| self.answer(question, query, options))
    }

    fn answer(&self, question: &str, query: Query, options: &Options) -> Answer {
        answer(
            &self.corpus,
            &self.index,
            self.dense_index(),
            question,
            query,
            options,
        )
    }

    /// The answer that was chosen for a question, unless another article is asked for.
    fn pinned(&self, question: &str, options: &Options) -> Option<Answer> {
        if self.pinned.is_empty() {
            return None;
        }
        let query = parse(&self.index, self.dense_index(), question);
        let passage = self.pinned.passage(&query)?;
        let article = self.corpus.passage(passage).article;
        let is_asked = options.article.is_none_or(|asked| asked == article);
        let answer = is_asked.then(|| self.answer(question, query, options))?;
        Some(answer.pinned(&self.corpus, passage, options))
    }

    /// Answers the questions of a message one by one: the first answer, with the others; `None` unless each is quoted
    /// from another place.
    fn answer_each(&self, message: &str, questions: &[Span], options: &Options) -> Option<Answer> {
        let questions = questions.get(..questions.len().min(MAX_QUESTIONS))?;
        let mut answers: Vec<(String, Answer)> = Vec::new();
        for question in questions {
            let question = question.of(message);
            let pinned = self.pinned(question, options);
            let answer = pinned.unwrap_or_else(|| {
                let query = parse(&self.index, self.dense_index(), question);
                self.answer(question, query, options)
            });
            let quote = answer
                .quotes
                .first()
                .filter(|_| answer.outcome == Outcome::Quoted)?;
            let is_same = |(_, other): &(String, Answer)| {
                let other = other.quotes.first();
                other.is_some_and(|other| {
                    other.article == quote.article && other.span.overlaps(quote.span)
                })
            };
            if answers.iter().any(is_same) {
                return None;
            }
            answers.push((question.to_owned(), answer));
        }
        let mut answers = answers.into_iter();
        let (_, first) = answers.next()?;
        Some(Answer {
            also: answers.collect(),
            ..first
        })
    }

    /// Summarises an article in its own sentences.
    ///
    /// ```
    /// use pullquote_core::article::ArticleId;
    /// use pullquote_core::summary::{Length, Options};
    /// use pullquote_core::engine::Engine;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let text = "Sailors painted seven boats. Storms damaged the old lighthouse. Fishermen repaired their nets.";
    /// let engine = Engine::build(vec![article("harbour.md", text)]);
    /// let options = Options { length: Length::Medium, focus: Some("lighthouse") };
    /// let summary = engine.summarise(ArticleId(0), &options);
    /// assert_eq!(summary.sentences[0].span.of(text), "Storms damaged the old lighthouse.");
    /// ```
    pub fn summarise(&self, article: ArticleId, options: &summary::Options<'_>) -> Summary {
        summary::summarise(&self.corpus, &self.index, article, options)
    }

    /// Summarises what all articles say about a topic, in their own sentences.
    ///
    /// ```
    /// use pullquote_core::summary::Length;
    /// use pullquote_core::engine::Engine;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let island = article("island.md", "The ferry to the island leaves at noon.");
    /// let prices = article("prices.md", "The ferry costs two crowns.");
    /// let engine = Engine::build(vec![island, prices]);
    /// let digest = engine.digest("ferry", Length::Short);
    /// assert_eq!(digest.sentences.len(), 2);
    /// ```
    pub fn digest(&self, focus: &str, length: Length) -> Summary {
        let options = Options {
            limit: DIGEST_PASSAGES,
            ..Options::default()
        };
        let found = self.search(focus, &options);
        let passages = found.passages.iter().map(|quote| quote.passage).collect();
        summary::digest(&self.corpus, &self.index, passages, focus, length)
    }

    /// The most important sentence of each article.
    ///
    /// ```
    /// use pullquote_core::engine::Engine;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let island = article("island.md", "The ferry to the island leaves at noon.");
    /// let harbour = article("harbour.md", "The harbour opens at seven.");
    /// let engine = Engine::build(vec![island, harbour]);
    /// assert_eq!(engine.overview().sentences.len(), 2);
    /// ```
    pub fn overview(&self) -> Summary {
        let options = summary::Options {
            length: Length::Sentences(1),
            focus: None,
        };
        Summary {
            sentences: self
                .corpus
                .ids()
                .flat_map(|id| self.summarise(id, &options).sentences)
                .collect(),
            ..Summary::default()
        }
    }

    /// Up to `limit` key phrases of an article, the most important first.
    pub fn keywords(&self, article: ArticleId, limit: usize) -> Vec<Phrase> {
        let of_below = self.corpus.below().map_or(0, Corpus::article_count);
        let Some(own) = (article.0 as usize).checked_sub(of_below) else {
            let below = self.below.as_ref();
            return below.map_or_else(Vec::new, |below| below.keywords(article, limit));
        };
        let find = |limit| summary::keywords(&self.corpus, &self.index, article, limit);
        match self.phrases.get(own) {
            Some(phrases) if limit <= PHRASES => {
                let phrases = phrases.get_or_init(|| find(PHRASES)).iter();
                phrases.take(limit).cloned().collect()
            }
            _ => find(limit),
        }
    }

    /// Up to `options.limit` passages that contain the keywords, best first.
    ///
    /// ```
    /// use pullquote_core::answer::Options;
    /// use pullquote_core::engine::Engine;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let island = article("island.md", "The ferry to the island leaves at noon.");
    /// let harbour = article("harbour.md", "The harbour opens at seven.");
    /// let engine = Engine::build(vec![island, harbour]);
    /// let found = engine.search("fery", &Options::default());
    /// assert_eq!(found.passages.len(), 1);
    /// assert_eq!(engine.corpus().article(found.passages[0].article).name, "island");
    /// assert_eq!(found.corrections[0].read, "ferry");
    /// ```
    pub fn search(&self, keywords: &str, options: &Options) -> SearchResults {
        search(&self.corpus, &self.index, keywords, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::article;

    fn engine(names: [&str; 2]) -> Engine {
        let articles = names.map(|name| {
            let text = format!("# {name}\n\n## Ferry\n\nThe {name} ferry sails. It never stops.");
            article(name, &text)
        });
        Engine::build(articles.into())
    }

    #[test]
    fn order_of_the_articles_does_not_matter() {
        let (one, other) = (engine(["harbour", "island"]), engine(["island", "harbour"]));
        assert!(one.corpus().articles().eq(other.corpus().articles()));
        let ask = |engine: &Engine| engine.ask("Which ferry sails?", &Options::default());
        assert_eq!(format!("{:?}", ask(&one)), format!("{:?}", ask(&other)));
    }

    #[test]
    fn a_model_reads_passages_with_their_labels_and_sentences() {
        let engine = engine(["harbour", "island"]);
        let read = |(_, passage): (_, PassageText<'_>)| {
            let sentences = passage.sentences.iter();
            let sentences: Vec<&str> = sentences.map(|it| it.of(passage.text)).collect();
            format!("{}{}", passage.labels(), sentences.join("|"))
        };
        let read: Vec<String> = engine.embedding_inputs().map(read).collect();
        let expected = [
            "harbour: Ferry: The harbour ferry sails.|It never stops.",
            "island: Ferry: The island ferry sails.|It never stops.",
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn the_same_text_in_two_articles_is_as_sure_an_answer_as_in_one() {
        let text =
            "The harbour opens at seven.\n\nThe ferry leaves at noon.\n\nDogs travel for free.";
        let ask = |names: &[&str]| {
            let articles = names.iter().map(|name| article(name, text)).collect();
            let answer = Engine::build(articles).ask("Do dogs travel?", &Options::default());
            (answer.outcome, answer.confidence)
        };
        let (one, two) = (ask(&["one"]), ask(&["one", "two"]));
        assert_eq!((one.0, two.0), (Outcome::Quoted, Outcome::Quoted));
        assert!(two.1 > 0.9 * one.1, "{} and {}", one.1, two.1);
    }

    #[test]
    fn an_overview_quotes_one_sentence_per_article() {
        let overview = engine(["harbour", "island"]).overview();
        let articles: Vec<u32> = overview.sentences.iter().map(|one| one.article.0).collect();
        assert_eq!(articles, [0, 1]);
    }

    #[test]
    fn cached_keywords_are_a_prefix_of_all() {
        let engine = engine(["harbour", "island"]);
        let all = engine.keywords(ArticleId(0), 50);
        let few = engine.keywords(ArticleId(0), 1);
        assert_eq!(few, all[..1]);
    }
}
