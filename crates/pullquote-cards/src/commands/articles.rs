//! `/articles`: the list of articles, with a menu to open one.

use super::parts::pager;
use super::{Command, article};
use crate::locale::FluentValue;
use crate::places::title;
use crate::{
    Access, Arguments, ArticleKey, Block, Card, CommandKind, ComponentId, Definition, Request,
    RequestOutcome, Response, Run, SelectMenu, SelectOption, Tone,
};
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "articles",
        id: "command-articles",
        kind: CommandKind::Slash,
        access: Access::Everyone,
        options: &[],
    },
    run,
};

/// Articles on a page: one screen of a phone.
const PAGE: usize = 10;

fn run(engine: &Engine, request: &Request, _: &Arguments) -> Response {
    Response::ephemeral(page(engine, request, 0), RequestOutcome::Shown)
}

/// Replaces the page.
pub(super) fn other_page(engine: &Engine, request: &Request, page: u16) -> Response {
    Response::update(self::page(engine, request, usize::from(page)))
}

/// A page of the list.
pub(super) fn page(engine: &Engine, request: &Request, page: usize) -> Card {
    let locale = request.locale;
    let corpus = engine.corpus();
    let count = corpus.article_count();
    let args = [
        ("articles", FluentValue::from(count)),
        ("passages", FluentValue::from(corpus.passage_count())),
    ];
    let card = Card::new(Tone::Plain).titled(&locale.text("articles-title"));
    if corpus.is_empty() {
        return card.paragraph(&locale.text("no-articles"));
    }
    let mut by_title: Vec<(ArticleId, &Article)> = corpus.ids().zip(corpus.articles()).collect();
    by_title.sort_by_cached_key(|(_, article)| article.meta.title.to_lowercase());
    let pages = count.div_ceil(PAGE);
    let page = page.min(pages - 1);
    let shown = || by_title.iter().skip(page * PAGE).take(PAGE);
    let items = shown().map(|(_, article)| Block::Item(Run::new(&title(article))));
    let mut card = card
        .paragraph(&locale.text_with("articles-count", &args))
        .with_all(items);
    let (buttons, line) = pager(locale, page, pages, |page| ComponentId::Articles { page });
    if let Some(line) = line {
        card = card.small(&line);
    }
    let options = shown().filter_map(|(id, article)| {
        let key = ArticleKey::of(corpus, *id).to_string();
        let description = article::description(engine, *id);
        SelectOption::new(&article.meta.title, &description, &key)
    });
    let menu = SelectMenu::new(
        ComponentId::PickArticle,
        &locale.text("open-article"),
        options.collect(),
    );
    card.select(menu).buttons(buttons)
}
