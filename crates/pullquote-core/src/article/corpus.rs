//! All articles together, cut into the passages that are ranked.

use super::{Article, Paragraph, ParagraphKind};
use crate::text::Span;
use std::ops::Range;

/// Position of an article in [`Corpus::articles`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub u32);

/// Position of a passage in [`Corpus::passages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageId(pub u32);

/// A paragraph above this many bytes becomes several passages, cut at sentence bounds. A Discord
/// embed shows 4,096 characters; two thousand leave room for everything around a passage.
const MAX_PASSAGE_BYTES: usize = 2_000;

/// The unit of ranking: a paragraph, or a run of sentences of a very long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The article that it is of.
    pub article: ArticleId,
    /// Number of its paragraph in the article, from 0.
    pub paragraph: u32,
    /// First of its sentences in [`Article::sentences`].
    first_sentence: u32,
    /// One past its last sentence.
    end_sentence: u32,
}

impl Passage {
    /// Range of [`Article::sentences`] that the passage is made of; never empty.
    pub fn sentences(&self) -> Range<usize> {
        self.first_sentence as usize..self.end_sentence as usize
    }
}

/// Articles in a fixed order, and their passages in reading order.
#[derive(Debug, Clone, Default)]
pub struct Corpus {
    articles: Vec<Article>,
    passages: Vec<Passage>,
    /// For each article, one past its last passage.
    passage_ends: Vec<u32>,
}

impl Corpus {
    /// Takes the articles in any order; the corpus holds them by path, so that equal files make an
    /// equal corpus.
    pub fn new(mut articles: Vec<Article>) -> Self {
        articles.sort_by(|a, b| a.path.cmp(&b.path));
        let mut passages = Vec::new();
        let mut passage_ends = Vec::with_capacity(articles.len());
        for (id, article) in articles.iter().enumerate() {
            let paragraphs = article.paragraphs.iter().enumerate();
            let answers = |paragraph: &Paragraph| paragraph.kind != ParagraphKind::Question;
            for (number, paragraph) in paragraphs.filter(|(_, paragraph)| answers(paragraph)) {
                cut(article, paragraph, |sentences| {
                    passages.push(Passage {
                        article: ArticleId(id as u32),
                        paragraph: number as u32,
                        first_sentence: sentences.start as u32,
                        end_sentence: sentences.end as u32,
                    });
                });
            }
            passage_ends.push(passages.len() as u32);
        }
        Self {
            articles,
            passages,
            passage_ends,
        }
    }

    /// All articles, by path.
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// All passages, in the order of the articles and of reading.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// One article. The id must come from this corpus.
    pub fn article(&self, id: ArticleId) -> &Article {
        &self.articles[id.0 as usize]
    }

    /// One passage. The id must come from this corpus.
    pub fn passage(&self, id: PassageId) -> &Passage {
        &self.passages[id.0 as usize]
    }

    /// The passages of an article, as positions in [`Self::passages`].
    pub fn passages_of(&self, id: ArticleId) -> Range<usize> {
        let at = id.0 as usize;
        let start = at
            .checked_sub(1)
            .map_or(0, |before| self.passage_ends[before]);
        start as usize..self.passage_ends[at] as usize
    }

    /// The article of this name; where there is none, of this name in another case.
    pub fn find(&self, name: &str) -> Option<ArticleId> {
        let named = |is: &dyn Fn(&str) -> bool| self.articles.iter().position(|a| is(&a.name));
        let exactly = named(&|other| other == name);
        let at = exactly.or_else(|| named(&|other| other.eq_ignore_ascii_case(name)))?;
        Some(ArticleId(at as u32))
    }

    /// Where a passage stands in its article's text.
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

/// The runs of sentences that a paragraph is cut into: about equally long, none above the limit
/// unless a single sentence is.
fn cut(article: &Article, paragraph: &Paragraph, mut each: impl FnMut(Range<usize>)) {
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
