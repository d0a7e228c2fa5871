//! Who helps where the articles have no answer: a pointer to them, and a button that passes the question on.

use super::{ComponentData, rate_limited, refuse};
use crate::commands::failed;
use crate::{
    Action, Block, Button, ButtonStyle, Card, ComponentId, Effect, HelpRequest, Helpers, PostError,
    Refusal, Request, RequestOutcome, Response, Run, Tone, Visibility,
};

/// Adds to a card who helps, if anybody does.
pub(super) fn point_to_helpers(request: &Request, card: Card) -> Card {
    let Helpers { channel, role, .. } = request.context.helpers;
    if (channel, role) == (None, None) {
        return card;
    }
    let mut run = Run::new(&request.locale.text("helpers"));
    if let Some(channel) = channel {
        run = run.and(" ").channel(channel);
    }
    if let Some(role) = role {
        run = run.and(" ").role(role);
    }
    let label = request.locale.text("ask-helpers");
    let button =
        channel.map(|_| Button::new(&label, ButtonStyle::Primary, ComponentId::AskHelpers));
    card.with(Block::Paragraph(run)).buttons(button)
}

/// Passes the question in a message on.
pub(super) fn ask(request: &Request, data: &ComponentData<'_>) -> Response {
    let helpers = request.context.helpers;
    if data.question.is_empty() {
        return refuse(request, Refusal::QuestionGone);
    }
    let Some(channel) = helpers.channel else {
        return refuse(request, Refusal::UnknownComponent);
    };
    let locale = request.seen_by(Visibility::Public).locale;
    let asked_by = Run::new(&locale.text("helpers-question"))
        .and(" ")
        .member(request.member);
    let link = data.message.link.as_deref();
    let card = Card::new(Tone::Unsure)
        .with_question(data.question)
        .with(Block::Paragraph(asked_by))
        .buttons(link.and_then(|url| Button::link(&locale.text("go-to-question"), url)));
    Response::perform(Effect::AskHelpers(HelpRequest {
        channel,
        ping: helpers.role.filter(|_| helpers.ping),
        card: Box::new(card),
        message: data.message.id,
    }))
}

/// Says in the message that its question was passed on, or the member why it was not.
pub(crate) fn asked_helpers(request: &Request, outcome: &Result<(), PostError>) -> Response {
    let pointing = |request: &Request, text: &str| {
        let run = Run::new(&request.locale.text(text)).and(" ");
        Block::Paragraph(match request.context.helpers.channel {
            Some(channel) => run.channel(channel),
            None => run,
        })
    };
    match outcome {
        Ok(()) => {
            let request = request.seen_by(request.updated());
            let question = match &request.action {
                Action::Component { source, .. } => source.question.as_deref(),
                _ => None,
            };
            let card = Card::new(Tone::Unsure)
                .with_question(question.unwrap_or_default())
                .with(pointing(&request, "helpers-asked"));
            Response {
                outcome: RequestOutcome::AskedHelpers,
                ..Response::update(card)
            }
        }
        Err(PostError::Forbidden) => {
            let card = Card::new(Tone::Unsure).with(pointing(request, "helpers-refused"));
            Response::ephemeral(card, RequestOutcome::Failed)
        }
        Err(PostError::TooFast(seconds)) => rate_limited(request, *seconds),
        Err(PostError::Failed(id)) => failed(request, id),
    }
}
