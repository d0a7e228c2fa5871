//! The button that deletes an answer: for the member who asked, and for moderators.

use crate::{
    Button, ButtonStyle, Card, ComponentId, Refusal, Reply, Request, Response, Source, Visibility,
};

use super::refuse;

/// Deletes the message of the button.
pub(super) fn delete(request: &Request, message: &Source) -> Response {
    if request.may_remove(message) {
        Response::delete()
    } else {
        refuse(request, Refusal::NotAsker)
    }
}

/// The response, with that button if others can see it and no other button removes it.
pub(crate) fn deletable(request: &Request, mut response: Response) -> Response {
    let (card, visibility) = match &mut response.reply {
        Reply::Message { card, visibility } => (card, *visibility),
        Reply::Update(card) => (card, request.updated()),
        _ => return response,
    };
    if visibility == Visibility::Public && !card.has_id(ComponentId::Wrong) {
        let label = request.seen_by(visibility).locale.text("delete");
        let button = Button::new(&label, ButtonStyle::Secondary, ComponentId::Delete);
        **card = std::mem::take::<Card>(card).last_button(button);
    }
    response
}
