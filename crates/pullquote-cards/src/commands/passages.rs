//! Components that show passages: the context of a quote, a passage picked from a menu, other passages.

use super::insights::pin_menu;
use super::parts::{excerpt, pager, passage_menu, passage_options, source_with_page};
use super::{ComponentData, article_of, read, refuse};
use crate::component_id::{Scope, Target};
use crate::{
    ArticleKey, Block, Button, ButtonStyle, Card, ComponentId, PassageKey, Refusal, Request,
    RequestOutcome, Response, Run, Tone, Visibility,
};
use pullquote_core::answer::{Options, Outcome, Quote};
use pullquote_core::article::{Article, ArticleId, PassageId};
use pullquote_core::engine::Engine;
use pullquote_core::text::Span;
use std::ops::Range;

/// Bytes that are shown around an answer: a card has room for 4,096 characters.
const SURROUNDINGS: usize = 3_000;
/// Passages on a page.
const PAGE: usize = 3;
/// Passages on all pages. Every page asks for the same number, so that a passage stays on its page.
const OTHERS: usize = 30;

/// Shows what stands around the sentences that answer, with these in bold.
pub(super) fn context(
    engine: &Engine,
    request: &Request,
    data: &ComponentData<'_>,
    key: PassageKey,
    quote: (u32, u32),
    scope: Scope,
) -> Response {
    let corpus = engine.corpus();
    let Some(id) = key.find(corpus) else {
        return refuse(request, Refusal::ArticleChanged);
    };
    let passage = corpus.passage(id);
    let article = corpus.article(passage.article);
    let start = corpus.span(passage).start;
    let [start, end] = [quote.0, quote.1].map(|at| start.saturating_add(at) as usize);
    let quote = Span::new(start, end);
    if quote.is_empty() {
        return whole(engine, request, id);
    }
    let shown = surroundings(article, passage.paragraph as usize);
    // Where nothing stands around the quote, bold would stress everything, and so nothing.
    let is_part = shown.start < quote.start || quote.end < shown.end;
    let bold: &[Span] = if is_part { &[quote] } else { &[] };
    let run = Run::default().marked(&article.text, &article.marks, shown, bold);
    let card = Card::new(Tone::Plain)
        .with_question(data.question)
        .with(Block::Quote(run))
        .with(source_with_page(
            request.locale,
            article,
            passage.paragraph,
            quote,
        ))
        .buttons(
            [read_button(engine, request, id)]
                .into_iter()
                .chain(others_button(engine, request, data, scope, passage.article)),
        );
    Response::ephemeral(card, RequestOutcome::Shown)
}

/// The button to other passages for the question in the message, if there are any.
fn others_button(
    engine: &Engine,
    request: &Request,
    data: &ComponentData<'_>,
    scope: Scope,
    article: ArticleId,
) -> Option<Button> {
    let article = (scope == Scope::Article).then_some(article);
    let others = || engine.ask(data.question, &options(article, 2)).quotes.len() > 1;
    (!data.question.is_empty() && others()).then(|| {
        let id = ComponentId::OtherPassages {
            article: article.map(|id| ArticleKey::of(engine.corpus(), id)),
            page: 0,
            target: Target::NewMessage,
        };
        let label = request.locale.text("other-passages");
        Button::new(&label, ButtonStyle::Secondary, id)
    })
}

/// Shows the passage picked from a menu.
pub(super) fn picked(engine: &Engine, request: &Request, data: &ComponentData<'_>) -> Response {
    let id = data
        .value()
        .and_then(PassageKey::parse)
        .and_then(|key| key.find(engine.corpus()));
    match id {
        Some(id) => whole(engine, request, id),
        None => refuse(request, Refusal::ArticleChanged),
    }
}

/// Shows a passage.
fn whole(engine: &Engine, request: &Request, id: PassageId) -> Response {
    let corpus = engine.corpus();
    let passage = corpus.passage(id);
    let article = corpus.article(passage.article);
    let span = corpus.span(passage);
    let run = Run::default().marked(&article.text, &article.marks, span, &[]);
    let card = Card::new(Tone::Plain)
        .with(Block::Quote(run))
        .with(source_with_page(
            request.locale,
            article,
            passage.paragraph,
            span,
        ))
        .buttons([read_button(engine, request, id)]);
    Response::ephemeral(card, RequestOutcome::Shown)
}

fn read_button(engine: &Engine, request: &Request, id: PassageId) -> Button {
    let corpus = engine.corpus();
    let read = ComponentId::Read {
        article: ArticleKey::of(corpus, corpus.passage(id).article),
        page: read::page_of(corpus, id),
        target: Target::NewMessage,
    };
    let label = request.locale.text("read-in-article");
    Button::new(&label, ButtonStyle::Secondary, read)
}

/// A paragraph with its neighbours under the same heading, as many as fit.
fn surroundings(article: &Article, number: usize) -> Span {
    let section = article.section(number);
    let mut shown = number..number + 1;
    loop {
        let before = shown.start.saturating_sub(1).max(section.start)..shown.end;
        let after = shown.start..(shown.end + 1).min(section.end);
        let fits = |range: &Range<usize>| {
            *range != shown && article.span_of(range.clone()).len() <= SURROUNDINGS
        };
        let Some(longer) = [after, before].into_iter().find(fits) else {
            return article.span_of(shown);
        };
        shown = longer;
    }
}

fn options(article: Option<ArticleId>, limit: usize) -> Options {
    Options {
        article,
        limit,
        always: true,
        explain: false,
    }
}

/// Shows a page of other passages for the question in the message.
pub(super) fn others(
    engine: &Engine,
    request: &Request,
    data: &ComponentData<'_>,
    key: Option<ArticleKey>,
    page: u16,
    target: Target,
) -> Response {
    if data.question.is_empty() {
        return refuse(request, Refusal::QuestionGone);
    }
    let article = match article_of(engine, request, key) {
        Ok(article) => article,
        Err(response) => return response,
    };
    let answer = engine.ask(data.question, &options(article, 1));
    let shown = answer
        .quotes
        .first()
        .filter(|_| answer.outcome == Outcome::Quoted)
        .map(|quote| quote.passage);
    let mut quotes = engine.ask(data.question, &options(article, OTHERS)).quotes;
    quotes.retain(|quote| Some(quote.passage) != shown);
    let id = |page| ComponentId::OtherPassages {
        article: key,
        page,
        target: Target::Update,
    };
    let card = Card::new(Tone::Plain).with_question(data.question);
    let mut card = list(engine, request, card, &quotes, usize::from(page), id);
    if request.context.manages_server {
        let shown = page_of(&quotes, usize::from(page)).1;
        card = card.select(pin_menu(
            request.locale,
            passage_options(engine, request.locale, shown),
        ));
    }
    match target {
        Target::NewMessage => Response::message(card, Visibility::Ephemeral, RequestOutcome::Shown),
        Target::Update => Response::update(card),
    }
}

/// A page of passages, and its number. One beyond the last is the last.
fn page_of(quotes: &[Quote], page: usize) -> (usize, impl Iterator<Item = &Quote> + Clone) {
    let page = page.min(quotes.len().div_ceil(PAGE).saturating_sub(1));
    (page, quotes.iter().skip(page * PAGE).take(PAGE))
}

/// Adds a page of passages: excerpts, a menu to show one in full, buttons to the other pages. A page beyond the
/// last shows the last.
pub(super) fn list(
    engine: &Engine,
    request: &Request,
    mut card: Card,
    quotes: &[Quote],
    page: usize,
    id: impl Fn(u16) -> ComponentId,
) -> Card {
    let locale = request.locale;
    let pages = quotes.len().div_ceil(PAGE).max(1);
    let (page, shown) = page_of(quotes, page);
    if quotes.is_empty() {
        return card.paragraph(&locale.text("no-other-passages"));
    }
    for quote in shown.clone() {
        let article = engine.corpus().article(quote.article);
        let span = excerpt(article, quote);
        let run = Run::default().marked(&article.text, &article.marks, span, &quote.highlights);
        card = card.with(Block::Quote(run)).with(source_with_page(
            locale,
            article,
            quote.paragraph,
            quote.best,
        ));
    }
    let (buttons, line) = pager(locale, page, pages, id);
    if let Some(line) = line {
        card = card.small(&line);
    }
    card.select(passage_menu(engine, locale, "show-passage", shown))
        .buttons(buttons)
}
