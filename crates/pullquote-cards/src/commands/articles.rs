//! `/articles`: what the bot knows, some a page, with a menu to open one.

use super::{Command, TITLE_SHOWN, article, pager};
use crate::component_id::{ArticleKey, ComponentId};
use crate::definition::{Definition, Kind, ShownTo};
use crate::limits::cut_plain;
use crate::locale::Value;
use crate::{Arguments, Block, Card, Report, Request, Response, Run, Select, SelectOption, Tone};
use pullquote_core::article::{Article, ArticleId};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "articles",
        id: "command-articles",
        kind: Kind::Slash,
        shown_to: ShownTo::Everyone,
        options: &[],
    },
    run,
};

/// Articles on a page: a screen of a phone.
const PAGE: usize = 10;

fn run(engine: &Engine, request: &Request, _: &Arguments) -> Response {
    Response::private(page(engine, request, 0), Report::Shown)
}

/// Another page.
pub(super) fn turn(engine: &Engine, request: &Request, page: u16) -> Response {
    Response::update(self::page(engine, request, usize::from(page)))
}

fn page(engine: &Engine, request: &Request, page: usize) -> Card {
    let locale = request.locale;
    let corpus = engine.corpus();
    let all = corpus.articles();
    let filled_in = [
        ("articles", Value::from(all.len())),
        ("passages", Value::from(corpus.passages().len())),
    ];
    let card = Card::new(Tone::Plain).titled(&locale.text("articles-title"));
    if all.is_empty() {
        return card.paragraph(&locale.text_with("no-articles", &filled_in));
    }
    let mut by_title: Vec<(ArticleId, &Article)> = all
        .iter()
        .enumerate()
        .map(|(at, article)| (ArticleId(at as u32), article))
        .collect();
    by_title.sort_by_cached_key(|(_, article)| article.meta.title.to_lowercase());
    let pages = all.len().div_ceil(PAGE);
    let page = page.min(pages - 1);
    let shown = || by_title.iter().skip(page * PAGE).take(PAGE);
    let items = shown()
        .map(|(_, article)| Block::Item(Run::new(&cut_plain(&article.meta.title, TITLE_SHOWN))));
    let mut card = card
        .paragraph(&locale.text_with("articles-count", &filled_in))
        .with_all(items);
    let (buttons, line) = pager(locale, page, pages, |page| ComponentId::Articles { page });
    if let Some(line) = line {
        card = card.small(&line);
    }
    let options = shown().filter_map(|(id, article)| {
        let key = ArticleKey::of(corpus, *id).to_string();
        SelectOption::new(
            &article.meta.title,
            &article::description(engine, *id),
            &key,
        )
    });
    let menu = Select::new(
        ComponentId::Open,
        &locale.text("open-article"),
        options.collect(),
    );
    card.select(menu).buttons(buttons)
}
