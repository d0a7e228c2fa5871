//! Questions that an article answers, for members who do not know what to ask.

use super::article::title_argument;
use super::{ComponentData, ask, refuse};
use crate::{
    ArticleKey, Card, ComponentId, Refusal, Request, RequestOutcome, Response, SelectMenu,
    SelectOption, Tone, Visibility, suggest,
};
use pullquote_core::engine::Engine;

/// Offers questions about an article.
pub(super) fn offer(engine: &Engine, request: &Request, key: ArticleKey) -> Response {
    let locale = request.locale;
    let Some(id) = key.find(engine.corpus()) else {
        return refuse(request, Refusal::ArticleChanged);
    };
    let options = suggest::about(engine, id)
        .into_iter()
        .filter_map(|choice| SelectOption::new(choice.name(), "", choice.value()));
    let menu = SelectMenu::new(
        ComponentId::PickQuestion { article: key },
        &locale.text("pick-question"),
        options.collect(),
    );
    let args = [title_argument(engine.corpus().article(id))];
    let card = Card::new(Tone::Plain)
        .paragraph(&locale.text_with("ask-about-article", &args))
        .select(menu);
    Response::ephemeral(card, RequestOutcome::Shown)
}

/// Answers the question picked from a menu.
pub(super) fn picked(
    engine: &Engine,
    request: &Request,
    data: &ComponentData<'_>,
    key: ArticleKey,
) -> Response {
    match (key.find(engine.corpus()), data.value()) {
        (Some(id), Some(question)) => {
            ask::answer(engine, request, question, Some(id), Visibility::Ephemeral)
        }
        _ => refuse(request, Refusal::ArticleChanged),
    }
}
