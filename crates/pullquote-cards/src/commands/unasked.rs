//! The buttons below answers that nobody asked the bot for: *Wrong*, and *Solved* in forum posts.

use super::refuse;
use crate::locale::FluentValue;
use crate::{
    Addressed, Button, ButtonStyle, Card, ComponentId, Effect, Refusal, Reply, Request,
    RequestOutcome, Response, Solved, Source, Tone,
};

/// The answer with these buttons. In a post, *Solved* takes the place of *Helpful*.
pub(super) fn with_buttons(
    mut response: Response,
    request: &Request,
    addressed: Addressed,
) -> Response {
    let Reply::Message { card, .. } = &mut response.reply else {
        return response;
    };
    let label = |text: &str| request.locale.text(text);
    if addressed == Addressed::Post {
        card.replace_buttons(|button| {
            let is_helpful = matches!(
                button.id(),
                Some(ComponentId::Feedback { helpful: true, .. })
            );
            let solved =
                || Button::new(&label("solved"), ButtonStyle::Primary, ComponentId::Solved);
            is_helpful.then(solved)
        });
    }
    let wrong = Button::new(&label("wrong"), ButtonStyle::Secondary, ComponentId::Wrong);
    **card = std::mem::take::<Card>(card).last_button(wrong);
    response
}

/// Removes an answer: for the member who asked, and for moderators.
pub(super) fn wrong(request: &Request, message: &Source) -> Response {
    if request.may_remove(message) {
        Response::wrong()
    } else {
        refuse(request, Refusal::NotAsker)
    }
}

/// Marks a post as solved: for its author, and for members who may manage messages or threads there.
pub(super) fn solve(request: &Request, message: &Source) -> Response {
    if request.may_remove(message) || request.context.manages_threads {
        Response::perform(Effect::Solve)
    } else {
        refuse(request, Refusal::NotAuthor)
    }
}

/// Says whether the post is marked now.
pub(crate) fn solved(request: &Request, outcome: Solved) -> Response {
    let locale = request.locale;
    let text = match outcome {
        Solved::Tagged => locale.text("solved-tagged"),
        Solved::NoTag => locale.text("feedback-helpful"),
        Solved::NotPermitted => {
            let permission = locale.text("permission-manage-threads");
            let args = [("permission", FluentValue::from(permission))];
            locale.text_with("solved-not-permitted", &args)
        }
        Solved::Failed => locale.text("solved-failed"),
    };
    let card = Card::new(Tone::Plain).paragraph(&text);
    Response::ephemeral(card, RequestOutcome::Solved)
}
