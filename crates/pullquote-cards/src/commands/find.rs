//! "Find in articles", in the context menu of a message: asks the message's text as a question.

use super::{Command, ask, refuse};
use crate::limits::cut_plain;
use crate::{
    Access, Arguments, CommandKind, Definition, MESSAGE, Refusal, Request, Response, Visibility,
};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "Find in articles",
        id: "command-find",
        kind: CommandKind::Message,
        access: Access::Everyone,
        options: &[],
    },
    run,
};

/// Characters of the message that are searched for. The member did not write it, so a long message is cut, not
/// refused. Most messages ask at their beginning, and with more words no passage matches enough of them.
const MAX_MESSAGE: usize = 500;

fn run(engine: &Engine, request: &Request, arguments: &Arguments) -> Response {
    match arguments.text(MESSAGE) {
        Some(text) => {
            let question = cut_plain(text, MAX_MESSAGE);
            ask::answer(engine, request, &question, None, Visibility::Ephemeral)
        }
        None => refuse(request, Refusal::NoText),
    }
}
