//! Controls that show passages: around a quote, near misses, others for the same question.

use super::{Pressed, article, article_of, excerpt, pager, passage_menu, refusal, source};
use crate::component_id::{ArticleKey, ComponentId, Door, PassageKey};
use crate::{Audience, Block, Button, Card, Refusal, Report, Request, Response, Run, Style, Tone};
use pullquote_core::answer::{Options, Outcome, Quote};
use pullquote_core::article::PassageId;
use pullquote_core::engine::Engine;
use pullquote_core::text::Span;

/// Passages on a page.
const PAGE: usize = 3;
/// Passages that can be paged to. Always as many are asked for: the order of the first ones may depend
/// on how many are.
const OTHERS: usize = 30;

/// The whole passage, the quote in it standing out.
pub(super) fn more(
    engine: &Engine,
    request: &Request,
    key: PassageKey,
    quote: (u32, u32),
) -> Response {
    match key.find(engine.corpus()) {
        Some(id) => whole(engine, request, id, quote),
        None => refusal(request, Refusal::Changed),
    }
}

/// A passage that was chosen from a menu.
pub(super) fn chosen(engine: &Engine, request: &Request, pressed: &Pressed<'_>) -> Response {
    let found = pressed
        .value
        .and_then(PassageKey::parse)
        .and_then(|key| key.find(engine.corpus()));
    match found {
        Some(id) => whole(engine, request, id, (0, 0)),
        None => refusal(request, Refusal::Changed),
    }
}

fn whole(engine: &Engine, request: &Request, id: PassageId, quote: (u32, u32)) -> Response {
    let corpus = engine.corpus();
    let passage = corpus.passage(id);
    let article = corpus.article(passage.article);
    let span = corpus.span(passage);
    let from = span.start.saturating_add(quote.0);
    let to = span.start.saturating_add(quote.1);
    let marked = Span::new(from as usize, to as usize);
    // A quote may go on into the list below its paragraph.
    let longer = span.to(marked);
    let goes_on = marked.end > span.end && !longer.of(&article.text).is_empty();
    let shown = if goes_on { longer } else { span };
    let run = Run::default().marked(&article.text, shown, &[marked]);
    let read = ComponentId::Read {
        article: ArticleKey::of(corpus, passage.article),
        page: article::page_of(corpus, id),
        door: Door::Opens,
    };
    let label = request.locale.text("read-on");
    let card = Card::new(Tone::Plain)
        .with(Block::Quote(run))
        .with(source(article, passage.paragraph))
        .buttons([Button::new(&label, Style::Secondary, read)]);
    Response::private(card, Report::Shown)
}

/// A page of what else may answer the question that the message shows.
pub(super) fn others(
    engine: &Engine,
    request: &Request,
    pressed: &Pressed<'_>,
    key: Option<ArticleKey>,
    page: u16,
    door: Door,
) -> Response {
    if pressed.asked.is_empty() {
        return refusal(request, Refusal::QuestionLost);
    }
    let article = match article_of(engine, request, key) {
        Ok(article) => article,
        Err(response) => return response,
    };
    let options = |limit: usize| Options {
        article,
        limit,
        always: true,
        explain: false,
    };
    let first = engine.ask(pressed.asked, &options(1));
    let shown = first
        .quotes
        .first()
        .filter(|_| first.outcome == Outcome::Quoted)
        .map(|quote| quote.passage);
    let mut quotes = engine.ask(pressed.asked, &options(OTHERS)).quotes;
    quotes.retain(|quote| Some(quote.passage) != shown);
    let id = |page| ComponentId::Others {
        article: key,
        page,
        door: Door::Turns,
    };
    let card = Card::new(Tone::Plain).asked(pressed.asked);
    let card = list(engine, request, card, &quotes, usize::from(page), id);
    match door {
        Door::Opens => Response::message(card, Audience::Member, Report::Shown),
        Door::Turns => Response::update(card),
    }
}

/// A page of passages: the words around what was found, a menu to see each whole, buttons to other pages.
/// A page beyond the last one is the last one.
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
    let page = page.min(pages - 1);
    let shown = || quotes.iter().skip(page * PAGE).take(PAGE);
    if quotes.is_empty() {
        return card.paragraph(&locale.text("nothing-else"));
    }
    for quote in shown() {
        let article = engine.corpus().article(quote.article);
        let span = excerpt(article, quote);
        let run = Run::default().marked(&article.text, span, &quote.highlights);
        card = card
            .with(Block::Quote(run))
            .with(source(article, quote.paragraph));
    }
    let (buttons, line) = pager(locale, page, pages, id);
    if let Some(line) = line {
        card = card.small(&line);
    }
    card.select(passage_menu(engine, &locale.text("show-passage"), shown()))
        .buttons(buttons)
}
