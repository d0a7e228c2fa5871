//! Parts that the cards for managers of a server share.

use super::refuse;
use crate::locale::FluentValue;
use crate::{
    Button, ButtonStyle, Card, ComponentId, Effect, Form, FormField, FormInput, FormValues, Gate,
    Locale, Refusal, Request, RequestOutcome, Response, Run,
};

/// Articles or files of one kind that a card describes.
pub(super) const SHOWN: usize = 10;
/// Roles or channels that a form takes.
const GATED: u8 = 25;
/// Discord's numbers of text and announcement channels and forums.
pub(super) const GATED_CHANNELS: &[u8] = &[0, 5, 15];
/// Ids of the form's fields.
const ROLES_FIELD: &str = "roles";
const CHANNELS_FIELD: &str = "channels";

/// Asks for an effect, if the member may manage the server.
pub(super) fn managed(request: &Request, effect: Effect) -> Response {
    if request.context.manages_server {
        Response::perform(effect)
    } else {
        refuse(request, Refusal::NotManager)
    }
}

/// Opens the form to choose who may see an article, or those of a source. Its id says which.
pub(super) fn gate_form(request: &Request, id: ComponentId) -> Response {
    if !request.context.manages_server {
        return refuse(request, Refusal::NotManager);
    }
    let label = |id: &str| request.locale.text(id);
    let roles = FormInput::Role { most: GATED };
    let channels = FormInput::Channel {
        types: GATED_CHANNELS,
        most: GATED,
    };
    let form = Form::new(id, &label("gate"))
        .field(
            FormField::new(ROLES_FIELD, &label("gate-roles"), roles)
                .described(&label("gate-roles-hint"))
                .optional(),
        )
        .field(
            FormField::new(CHANNELS_FIELD, &label("gate-channels"), channels)
                .described(&label("gate-channels-hint"))
                .optional(),
        );
    Response::form(form)
}

/// Who may see what the form is about.
pub(super) fn gate_of(values: &FormValues) -> Gate {
    Gate::new(values.ids(ROLES_FIELD), values.ids(CHANNELS_FIELD))
}

/// Says who may see an article.
pub(super) fn who(locale: Locale, gate: &Gate) -> Run {
    if gate.is_open() {
        return Run::new(&locale.text("gate-open"));
    }
    let spaced = |run: Run, at: usize| if at == 0 { run } else { run.and(" ") };
    let mut run = Run::new(&format!("{}: ", locale.text("gate")));
    for (at, role) in gate.roles.iter().enumerate() {
        run = spaced(run, at).role(*role);
    }
    if !gate.roles.is_empty() && !gate.channels.is_empty() {
        run = run.and(" · ");
    }
    for (at, channel) in gate.channels.iter().enumerate() {
        run = spaced(run, at).channel(*channel);
    }
    run
}

/// Says how many there are beyond those shown.
pub(super) fn more(locale: Locale, card: Card, all: usize) -> Card {
    match all.checked_sub(SHOWN) {
        None | Some(0) => card,
        Some(more) => {
            let more = [("more", FluentValue::from(more))];
            card.small(&locale.text_with("draft-more", &more))
        }
    }
}

/// The button to the list.
pub(super) fn back(locale: Locale) -> Button {
    let first = ComponentId::OwnArticles { page: 0 };
    Button::new(&locale.text("own-articles"), ButtonStyle::Secondary, first)
}

/// A response to a change of the articles.
pub(super) fn taught(card: Card) -> Response {
    Response {
        outcome: RequestOutcome::Taught,
        ..Response::update(card)
    }
}
