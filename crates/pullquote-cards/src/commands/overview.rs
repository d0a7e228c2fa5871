//! `/summary` without an article: one sentence from each article, a few per page.

use super::parts::pager;
use super::sentences::blocks;
use crate::{ArticleKey, Card, ComponentId, Request, Response, SelectMenu, SelectOption, Tone};
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;
use pullquote_core::summary::{Length, Options, Sentence};

/// Articles on a page.
const PAGE: usize = 5;

/// Replaces the page.
pub(super) fn other_page(engine: &Engine, request: &Request, page: u16) -> Response {
    Response::update(card(engine, request, usize::from(page)))
}

/// A page of the overview. A page beyond the last shows the last.
pub(super) fn card(engine: &Engine, request: &Request, page: usize) -> Card {
    let locale = request.locale;
    let corpus = engine.corpus();
    let count = corpus.article_count();
    let card = Card::new(Tone::Plain).titled(&locale.text("overview-title"));
    if count == 0 {
        return card.paragraph(&locale.text("no-articles"));
    }
    let pages = count.div_ceil(PAGE);
    let page = page.min(pages - 1);
    let shown = (page * PAGE..count.min((page + 1) * PAGE)).map(|at| ArticleId(at as u32));
    let options = Options {
        length: Length::Sentences(1),
        focus: None,
    };
    let sentences: Vec<Sentence> = shown
        .flat_map(|id| engine.summarise(id, &options).sentences)
        .collect();
    let mut card = card.with_all(blocks(engine, Some(locale), &sentences));
    let (buttons, line) = pager(locale, page, pages, |page| ComponentId::Overview { page });
    if let Some(line) = line {
        card = card.small(&line);
    }
    let option = |sentence: &Sentence| {
        let key = ArticleKey::of(corpus, sentence.article).to_string();
        SelectOption::new(&corpus.article(sentence.article).meta.title, "", &key)
    };
    let options = sentences.iter().filter_map(option).collect();
    let placeholder = locale.text("open-article");
    let menu = SelectMenu::new(ComponentId::PickArticle, &placeholder, options);
    card.select(menu).buttons(buttons)
}
