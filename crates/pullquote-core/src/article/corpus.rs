//! All articles, split into the passages that are ranked.

use super::{Article, Paragraph, ParagraphKind};
use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// Number of an article in a [`Corpus`], from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u32);

/// Number of a passage in a [`Corpus`], from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageId(pub u32);

/// Names an article in every corpus that has it. One that stands on another may have a file of the same path as that.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleRef {
    /// Path of its file.
    pub path: String,
    /// Whether it is of the corpus below, or of a corpus that stands on none.
    pub is_shared: bool,
}

/// Longer paragraphs are split into several passages, at sentence boundaries. The description of a Discord embed is
/// limited to 4,096 characters; 2,000 bytes leave room for what is shown around a passage.
const MAX_PASSAGE_BYTES: usize = 2_000;

/// The unit of ranking: a paragraph, or a run of sentences of a very long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Article that contains it.
    pub article: ArticleId,
    /// Number of its paragraph in the article, from 0.
    pub paragraph: u32,
    /// Position of its first sentence in [`Article::sentences`].
    first_sentence: u32,
    /// One past its last sentence.
    end_sentence: u32,
}

impl Passage {
    /// Its range in [`Article::sentences`]; never empty.
    pub fn sentences(&self) -> Range<usize> {
        self.first_sentence as usize..self.end_sentence as usize
    }
}

/// Articles sorted by path, and their passages in reading order.
///
/// ```
/// use pullquote_core::article::{Article, ArticleId, Changes, Corpus, PassageId, languages};
/// # use pullquote_core::article::{Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
/// # let article = |name: &str, texts: &[&str]| {
/// #     let blocks = (1..).zip(texts).map(|(line, text)| {
/// #         let kind = BlockKind::Paragraph(ParagraphKind::Body);
/// #         Block::new(kind, (*text).to_owned(), LineRange { first: line, last: line })
/// #     });
/// #     let document = ParsedDocument { blocks: blocks.collect(), ..ParsedDocument::default() };
/// #     Article::new(name, document).expect("the document has a paragraph")
/// # };
/// let ferry = article("ferry.md", &["It leaves at seven.", "It returns at noon."]);
/// let corpus = Corpus::new(vec![ferry, article("bus.md", &["The bus is slow."])]);
///
/// let ferry = corpus.find("ferry").unwrap();
/// assert_eq!((ferry, corpus.passages_of(ferry)), (ArticleId(1), 1..3));
/// let passage = corpus.passage(PassageId(2));
/// let text = corpus.span(passage).of(&corpus.article(passage.article).text);
/// assert_eq!(text, "It returns at noon.");
///
/// // Members write names as they like.
/// assert_eq!(corpus.completions("fe").next(), Some(ferry));
/// assert_eq!(corpus.nearest("fery").next(), Some(ferry));
/// assert_eq!(corpus.called(&["ferry"], |_| false), Some(ferry));
/// assert_eq!(languages(corpus.articles())[0].code(), "en");
///
/// let changes = Changes::between(corpus.articles().take(1), corpus.articles());
/// assert_eq!(changes.added, ["ferry.md"]);
/// ```
///
/// The same articles make the same corpus, whatever order they are passed in.
///
/// A corpus may stand on another one, whose articles come first and are shared with it.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    below: Option<Arc<Corpus>>,
    /// Number of the first article and of the first passage that is not of the corpus below.
    first_article: u32,
    first_passage: u32,
    articles: Vec<Article>,
    passages: Vec<Passage>,
    /// For each article, one past its last passage.
    passage_ends: Vec<u32>,
}

impl Corpus {
    /// Sorts the articles by path and splits them into passages. Questions above their answers are not passages.
    pub fn new(articles: Vec<Article>) -> Self {
        Self::default().filled(articles)
    }

    /// A corpus of the articles below and of further ones. One whose name is taken below gets a number behind it.
    ///
    /// ```
    /// use pullquote_core::article::{ArticleId, Corpus};
    /// use std::sync::Arc;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let below = Arc::new(Corpus::new(vec![article("ferry.md", "It leaves at seven.")]));
    /// let corpus = Corpus::on(&below, vec![article("bus.md", "The bus is slow.")]);
    /// assert_eq!((corpus.find("ferry"), corpus.find("bus")), (Some(ArticleId(0)), Some(ArticleId(1))));
    ///
    /// let corpus = Corpus::on(&below, vec![article("ferry.md", "It is slow.")]);
    /// assert_eq!(corpus.find("ferry-2"), Some(ArticleId(1)));
    /// ```
    pub fn on(below: &Arc<Self>, mut articles: Vec<Article>) -> Self {
        for article in &mut articles {
            let name = std::mem::take(&mut article.name);
            let is_free = |name: &String| below.find(name).is_none();
            let numbered = (2..).map(|number| format!("{name}-{number}"));
            let mut names = std::iter::once(name.clone()).chain(numbered);
            article.name = names.find(is_free).unwrap_or_default();
        }
        let corpus = Self {
            first_article: below.article_count() as u32,
            first_passage: below.passage_count() as u32,
            below: Some(Arc::clone(below)),
            ..Self::default()
        };
        corpus.filled(articles)
    }

    fn filled(mut self, mut articles: Vec<Article>) -> Self {
        articles.sort_by(|a, b| a.path.cmp(&b.path));
        for (id, article) in (self.first_article..).zip(&articles) {
            let paragraphs = article.paragraphs.iter().enumerate();
            let has_text = article.paragraphs.iter().any(Paragraph::is_text);
            let is_passage = |paragraph: &Paragraph| {
                paragraph.is_text() || !has_text && paragraph.kind == ParagraphKind::Picture
            };
            for (number, paragraph) in paragraphs.filter(|(_, paragraph)| is_passage(paragraph)) {
                split(article, paragraph, |sentences| {
                    self.passages.push(Passage {
                        article: ArticleId(id),
                        paragraph: number as u32,
                        first_sentence: sentences.start as u32,
                        end_sentence: sentences.end as u32,
                    });
                });
            }
            let end = self.first_passage + self.passages.len() as u32;
            self.passage_ends.push(end);
        }
        Self { articles, ..self }
    }

    /// The corpus below.
    pub(crate) fn below(&self) -> Option<&Self> {
        self.below.as_deref()
    }

    /// All articles: those of the corpus below, then the others, each sorted by path.
    pub fn articles(
        &self,
    ) -> impl ExactSizeIterator<Item = &Article> + DoubleEndedIterator + Clone {
        self.ids().map(|id| self.article(id))
    }

    /// The numbers of all articles.
    pub fn ids(
        &self,
    ) -> impl ExactSizeIterator<Item = ArticleId> + DoubleEndedIterator + Clone + use<> {
        (0..self.article_count() as u32).map(ArticleId)
    }

    /// Whether there are no articles.
    pub fn is_empty(&self) -> bool {
        self.article_count() == 0
    }

    /// How many articles there are.
    pub fn article_count(&self) -> usize {
        self.first_article as usize + self.articles.len()
    }

    /// The articles that are not of the corpus below, sorted by path, with their numbers.
    pub(crate) fn own_articles(&self) -> impl Iterator<Item = (ArticleId, &Article)> + Clone {
        let ids = (self.first_article..).map(ArticleId);
        ids.zip(&self.articles)
    }

    /// The passages of [`Self::own_articles`].
    pub(crate) fn own_passages(&self) -> &[Passage] {
        &self.passages
    }

    /// How many passages there are.
    pub fn passage_count(&self) -> usize {
        self.first_passage as usize + self.passages.len()
    }

    /// The article with this id, which must be of this corpus.
    pub fn article(&self, id: ArticleId) -> &Article {
        let (layer, at) = self.holding(id.0, |layer| layer.first_article);
        &layer.articles[at]
    }

    /// The passage with this id, which must be of this corpus.
    pub fn passage(&self, id: PassageId) -> &Passage {
        let (layer, at) = self.holding(id.0, |layer| layer.first_passage);
        &layer.passages[at]
    }

    /// Names the article with this id.
    ///
    /// ```
    /// use pullquote_core::article::{ArticleId, Corpus};
    /// use std::sync::Arc;
    /// # use pullquote_core::article::{Article, Block, BlockKind, LineRange, ParagraphKind, ParsedDocument};
    /// # let article = |name: &str, text: &str| {
    /// #     let kind = BlockKind::Paragraph(ParagraphKind::Body);
    /// #     let block = Block::new(kind, text.to_owned(), LineRange { first: 1, last: 1 });
    /// #     let document = ParsedDocument { blocks: vec![block], ..ParsedDocument::default() };
    /// #     Article::new(name, document).expect("the document has a paragraph")
    /// # };
    /// let below = Arc::new(Corpus::new(vec![article("ferry.md", "It leaves at seven.")]));
    /// let corpus = Corpus::on(&below, vec![article("ferry.md", "It is slow.")]);
    /// let [shared, own] = [ArticleId(0), ArticleId(1)].map(|id| corpus.reference(id));
    /// assert_eq!((shared.path.as_str(), own.path.as_str()), ("ferry.md", "ferry.md"));
    /// assert_eq!((shared.is_shared, own.is_shared), (true, false));
    /// assert_eq!(below.reference(ArticleId(0)), shared);
    /// ```
    pub fn reference(&self, id: ArticleId) -> ArticleRef {
        ArticleRef {
            path: self.article(id).path.clone(),
            is_shared: self.below.is_none() || id.0 < self.first_article,
        }
    }

    /// Numbers of the article's passages.
    pub fn passages_of(&self, id: ArticleId) -> Range<usize> {
        let (layer, at) = self.holding(id.0, |layer| layer.first_article);
        let end = |at: usize| layer.passage_ends[at];
        let start = at.checked_sub(1).map_or(layer.first_passage, end);
        start as usize..end(at) as usize
    }

    /// The corpus, this one or one below, that a number belongs to, and its position there. `first` is the number that a
    /// corpus goes on from.
    fn holding(&self, number: u32, first: impl Fn(&Self) -> u32) -> (&Self, usize) {
        let mut layer = self;
        while let Some(below) = layer.below()
            && number < first(layer)
        {
            layer = below;
        }
        (layer, (number - first(layer)) as usize)
    }

    /// The article with this [`Article::name`]; if there is none, one whose name differs only in ASCII case. Of several,
    /// the first that is not of the corpus below.
    pub fn find(&self, name: &str) -> Option<ArticleId> {
        self.position(|article| article.name == name)
            .or_else(|| self.position(|article| article.name.eq_ignore_ascii_case(name)))
    }

    /// The first article that is of a kind; one that is not of the corpus below, if there is one.
    pub(crate) fn position(&self, is: impl Fn(&Article) -> bool) -> Option<ArticleId> {
        let mut layer = Some(self);
        while let Some(corpus) = layer {
            let mut own = corpus.own_articles();
            if let Some((id, _)) = own.find(|(_, article)| is(article)) {
                return Some(id);
            }
            layer = corpus.below();
        }
        None
    }

    /// The passage of an article that a span is in.
    pub(crate) fn passage_at(&self, article: ArticleId, span: Span) -> Option<PassageId> {
        let mut passages = self.passages_of(article);
        let overlaps = |at: &usize| {
            let passage = self.passage(PassageId(*at as u32));
            self.span(passage).overlaps(span)
        };
        Some(PassageId(passages.find(overlaps)? as u32))
    }

    /// The passage's span in its article's text.
    pub fn span(&self, passage: &Passage) -> Span {
        let sentences = self
            .article(passage.article)
            .sentences
            .get(passage.sentences());
        match sentences {
            Some([first, .., last]) => first.to(*last),
            Some([only]) => *only,
            _ => Span::default(),
        }
    }
}

/// Calls `each` with the sentences of each passage that a paragraph is split into. Passages of a paragraph have about the
/// same length.
fn split(article: &Article, paragraph: &Paragraph, mut each: impl FnMut(Range<usize>)) {
    let all = paragraph.sentences();
    let length = paragraph.span.len();
    let target = length / length.div_ceil(MAX_PASSAGE_BYTES).max(1);
    let mut start = all.start;
    let mut bytes = 0;
    for at in all.clone() {
        let sentence = article.sentences[at].len() + 1;
        if at > start && bytes + sentence / 2 > target && length > MAX_PASSAGE_BYTES {
            each(start..at);
            start = at;
            bytes = 0;
        }
        bytes += sentence;
    }
    if start < all.end {
        each(start..all.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BlockKind, article_of};
    use crate::index::tests::article;

    /// The passages of an article with these paragraphs.
    fn check(text: &str, expected: &[&str]) {
        let corpus = Corpus::new(vec![article("article", text)]);
        let text = &corpus.article(ArticleId(0)).text;
        let passages = corpus.own_passages().iter();
        let found: Vec<&str> = passages
            .map(|passage| corpus.span(passage).of(text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_paragraph_is_a_passage() {
        check(
            "# Title\n\n## Heading\n\nOne sails. Two sail.\n\nThree.",
            &["One sails. Two sail.", "Three."],
        );
    }

    #[test]
    fn a_picture_is_a_passage_only_in_an_article_of_pictures() {
        let kinds = |kinds: &[ParagraphKind]| {
            let blocks = kinds
                .iter()
                .map(|kind| (BlockKind::Paragraph(*kind), "A boat."));
            let article = article_of("boats.md", &blocks.collect::<Vec<_>>()).unwrap();
            let corpus = Corpus::new(vec![article]);
            let passages = corpus.own_passages().iter();
            passages.map(|it| it.paragraph).collect::<Vec<_>>()
        };
        let (picture, body) = (ParagraphKind::Picture, ParagraphKind::Body);
        assert_eq!(kinds(&[picture, body, picture]), [1]);
        assert_eq!(kinds(&[picture, picture]), [0, 1]);
    }

    #[test]
    fn long_paragraphs_are_split_evenly_between_sentences() {
        let sentence = format!("The {}ship.", "long ".repeat(195));
        let two = [sentence.as_str(); 2].join(" ");
        check(&format!("{two} {two}"), &[&two, &two]);
        // A sentence is not split, even if it is longer than a passage may be.
        let sentence = format!("The {}ship.", "long ".repeat(450));
        check(&sentence, &[&sentence]);
    }

    #[test]
    fn articles_are_sorted_and_found_by_name() {
        let names = ["island", "Harbour", "harbour"];
        let corpus = Corpus::new(names.map(|name| article(name, "Ships sail.")).into());
        let check = |name: &str, expected: Option<&str>| {
            let found = corpus.find(name).map(|id| corpus.article(id).name.as_str());
            assert_eq!(found, expected, "{name}");
        };
        check("harbour", Some("harbour"));
        check("Harbour", Some("Harbour"));
        check("HARBOUR", Some("Harbour"));
        check("Island", Some("island"));
        check("ship", None);
        let ranges = (0..3).map(|id| corpus.passages_of(ArticleId(id)));
        assert!(ranges.eq([0..1, 1..2, 2..3]));
    }
}
