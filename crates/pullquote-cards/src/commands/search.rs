//! `/search`: passages that contain keywords, a few per page.

use super::parts::corrections;
use super::{
    ARTICLE, Command, ComponentData, article_named, article_of, help, is_too_long, passages, refuse,
};
use crate::{
    Access, Arguments, ArticleKey, Card, CommandKind, ComponentId, Definition, OptionDefinition,
    OptionKind, Refusal, Request, RequestOutcome, Response, Tone, Visibility,
};
use pullquote_core::answer::Options;
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "search",
        id: "command-search",
        kind: CommandKind::Slash,
        access: Access::Everyone,
        options: &[
            OptionDefinition {
                name: "keywords",
                kind: OptionKind::Text(1_000),
                required: true,
            },
            ARTICLE,
        ],
    },
    run,
};

/// Passages on all pages. Every page asks for the same number, so that a passage stays on its page.
const FOUND: usize = 60;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    let Some(keywords) = arguments.text("keywords") else {
        return help::response(engine, request, Visibility::Ephemeral);
    };
    if is_too_long(keywords) {
        return refuse(request, Refusal::TooLong);
    }
    match article_named(engine, request, arguments, "article") {
        Ok(article) => {
            let card = page(engine, request, keywords, article, 0);
            Response::ephemeral(card, RequestOutcome::Shown)
        }
        Err(response) => response,
    }
}

/// Replaces the page.
pub(super) fn other_page(
    engine: &Engine,
    request: &Request,
    data: &ComponentData<'_>,
    article: Option<ArticleKey>,
    page: u16,
) -> Response {
    if data.question.is_empty() {
        return refuse(request, Refusal::QuestionGone);
    }
    match article_of(engine, request, article) {
        Ok(article) => {
            let page = usize::from(page);
            Response::update(self::page(engine, request, data.question, article, page))
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
    let mut card = Card::new(Tone::Plain).with_question(keywords);
    if let Some(line) = corrections(locale, &found.corrections) {
        card = card.small(&line);
    }
    if found.passages.is_empty() {
        return card
            .paragraph(&locale.text("search-no-results"))
            .paragraph(&locale.text("rephrase"));
    }
    let key = article.map(|id| ArticleKey::of(engine.corpus(), id));
    passages::list(engine, request, card, &found.passages, page, |page| {
        ComponentId::Search { article: key, page }
    })
}
