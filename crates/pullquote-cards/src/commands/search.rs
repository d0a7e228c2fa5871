//! `/search`: passages that hold keywords, a few a page.

use super::{ARTICLE, Command, Pressed, article_named, article_of, ask, help, passages, refusal};
use crate::component_id::{ArticleKey, ComponentId};
use crate::definition::{Definition, Kind, OptionDefinition, ShownTo, Takes};
use crate::locale::Value;
use crate::{Arguments, Card, Refusal, Report, Request, Response, Tone};
use pullquote_core::answer::Options;
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "search",
        id: "command-search",
        kind: Kind::Slash,
        shown_to: ShownTo::Everyone,
        options: &[
            OptionDefinition {
                name: "keywords",
                takes: Takes::Text(1_000),
                required: true,
            },
            ARTICLE,
        ],
    },
    run,
};

/// Passages that can be paged to; always as many are asked for, so that pages stay as they are.
const FOUND: usize = 60;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    let Some(keywords) = arguments.text("keywords") else {
        return help::response(engine, request, crate::Audience::Member);
    };
    if keywords.chars().count() > ask::MAX_QUESTION {
        return refusal(request, Refusal::TooLong);
    }
    match article_named(engine, request, arguments, "article") {
        Ok(article) => {
            let card = page(engine, request, keywords, article, 0);
            Response::private(card, Report::Shown)
        }
        Err(response) => response,
    }
}

/// Another page.
pub(super) fn turn(
    engine: &Engine,
    request: &Request,
    pressed: &Pressed<'_>,
    article: Option<ArticleKey>,
    page: u16,
) -> Response {
    if pressed.asked.is_empty() {
        return refusal(request, Refusal::QuestionLost);
    }
    match article_of(engine, request, article) {
        Ok(article) => {
            let page = usize::from(page);
            Response::update(self::page(engine, request, pressed.asked, article, page))
        }
        Err(response) => response,
    }
}

fn page(
    engine: &Engine,
    request: &Request,
    keywords: &str,
    article: Option<ArticleId>,
    page: usize,
) -> Card {
    let locale = request.locale;
    let options = Options {
        article,
        limit: FOUND,
        ..Options::default()
    };
    let found = engine.search(keywords, &options);
    let card = Card::new(Tone::Plain).asked(keywords);
    if found.is_empty() {
        let filled_in = [("articles", Value::from(engine.corpus().articles().len()))];
        return card
            .paragraph(&locale.text_with("search-nothing", &filled_in))
            .paragraph(&locale.text("rephrase"));
    }
    let key = article.map(|id| ArticleKey::of(engine.corpus(), id));
    passages::list(engine, request, card, &found, page, |page| {
        ComponentId::Search { article: key, page }
    })
}
