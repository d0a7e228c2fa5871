//! "Find in articles", in the menu of a message: the message is the question.

use super::{Command, ask, refusal};
use crate::definition::{Definition, Kind, ShownTo};
use crate::limits::cut_plain;
use crate::{Arguments, Audience, MESSAGE, Refusal, Request, Response};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "Find in articles",
        id: "command-find",
        kind: Kind::Message,
        shown_to: ShownTo::Everyone,
        options: &[],
    },
    run,
};

/// Characters of the message that are taken: someone else wrote it, so a long one is no reason to refuse;
/// what it asks stands at its beginning, or words get too many to agree on a passage.
const MAX_MESSAGE: usize = 500;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    match arguments.text(MESSAGE) {
        Some(text) => {
            let asked = cut_plain(text, MAX_MESSAGE);
            ask::answer(engine, request, &asked, None, Audience::Member)
        }
        None => refusal(request, Refusal::NoText),
    }
}
