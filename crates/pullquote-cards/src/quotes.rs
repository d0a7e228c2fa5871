//! Which articles a server quotes and which it does not, for those who manage it. Plain data; the shell counts.

use super::places::title;
use pullquote_core::article::ArticleRef;
use pullquote_core::engine::Engine;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;

/// Articles on a page: one screen of a phone.
const PAGE: usize = 15;
/// The numbers of last days that a list can be of.
pub const PERIODS: [u16; 3] = [7, 30, 90];

/// What a list of articles shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuotesView {
    /// Which articles.
    pub list: QuotesList,
    /// Of how many last days, one of [`PERIODS`].
    pub days: u16,
    /// Page number, from 0.
    pub page: u16,
}

/// Which articles a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotesList {
    /// Those that were quoted, the most quoted first.
    Most,
    /// Those that were not, the server's own first.
    Not,
}

/// A page of a list of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotesPage {
    /// What it shows.
    pub view: QuotesView,
    /// How many pages there are.
    pub pages: usize,
    /// How many articles were quoted, and how many there are.
    pub quoted: (usize, usize),
    /// Its articles.
    pub articles: Vec<QuotedArticle>,
    /// The day that counting began, if not before those of the list: `2026-01-31`.
    pub since: Option<String>,
}

/// An article with how often it was quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedArticle {
    /// Its title on one line.
    pub title: String,
    /// How often.
    pub count: u64,
    /// Whether all servers share it.
    pub is_shared: bool,
}

impl QuotesView {
    /// Reads the parts of what [`fmt::Display`] has written.
    pub(super) fn parse<'a>(mut next: impl FnMut() -> Option<&'a str>) -> Option<Self> {
        let list = match next()? {
            "most" => QuotesList::Most,
            "not" => QuotesList::Not,
            _ => return None,
        };
        let days = next()?.parse().ok()?;
        let page = next()?.parse().ok()?;
        PERIODS.contains(&days).then_some(Self { list, days, page })
    }
}

impl fmt::Display for QuotesView {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = match self.list {
            QuotesList::Most => "most",
            QuotesList::Not => "not",
        };
        write!(out, "{list}:{}:{}", self.days, self.page)
    }
}

impl QuotesPage {
    /// The page of a list of the articles that an engine answers from, with how often each was quoted. Articles that are gone
    /// are left out.
    ///
    /// ```
    /// use pullquote_cards::{QuotesList, QuotesPage, QuotesView};
    /// use pullquote_core::article::{Article, ArticleId};
    /// use pullquote_core::engine::Engine;
    ///
    /// let article = |path: &str| Article::new(path, pullquote_readers::read(path, b"It leaves at seven."));
    /// let engine = Engine::build(["bus.md", "ferry.md"].iter().filter_map(|path| article(path)).collect());
    /// let counts = [(engine.corpus().reference(ArticleId(1)), 3)].into();
    /// let titles = |list| {
    ///     let page = QuotesPage::new(&engine, &counts, QuotesView { list, days: 7, page: 0 });
    ///     page.articles.into_iter().map(|it| it.title).collect::<Vec<_>>()
    /// };
    /// assert_eq!(titles(QuotesList::Most), ["Ferry"]);
    /// assert_eq!(titles(QuotesList::Not), ["Bus"]);
    /// ```
    pub fn new(engine: &Engine, counts: &HashMap<ArticleRef, u64>, view: QuotesView) -> Self {
        let corpus = engine.corpus();
        let (quoted, not): (Vec<_>, Vec<_>) = corpus
            .ids()
            .map(|id| {
                let reference = corpus.reference(id);
                QuotedArticle {
                    title: title(corpus.article(id)),
                    count: counts.get(&reference).copied().unwrap_or_default(),
                    is_shared: reference.is_shared,
                }
            })
            .partition(|article| article.count > 0);
        let quoted_of = (quoted.len(), corpus.article_count());
        let mut articles = match view.list {
            QuotesList::Most => quoted,
            QuotesList::Not => not,
        };
        // Without counts, those come first that the server's people can change.
        articles.sort_by_cached_key(|it| (Reverse(it.count), it.is_shared, it.title.clone()));
        let pages = articles.len().div_ceil(PAGE);
        let page = usize::from(view.page).min(pages.saturating_sub(1));
        Self {
            view: QuotesView {
                page: u16::try_from(page).unwrap_or(u16::MAX),
                ..view
            },
            pages,
            quoted: quoted_of,
            articles: articles.into_iter().skip(page * PAGE).take(PAGE).collect(),
            since: None,
        }
    }
}
