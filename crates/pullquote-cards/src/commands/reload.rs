//! `/reload`: the articles read again, for whoever runs the bot. The reading itself, and the question who runs
//! it, are the shell's; where there is no shell, it is nobody's.

use super::{Command, refusal};
use crate::definition::{Definition, Kind, ShownTo};
use crate::limits::cut_plain;
use crate::{Arguments, Card, Refusal, Report, Request, Response, Tone};
use pullquote_core::article::Changes;
use pullquote_core::engine::Engine;

/// The command's registered name.
pub const NAME: &str = "reload";

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: NAME,
        id: "command-reload",
        kind: Kind::Slash,
        shown_to: ShownTo::Administrators,
        options: &[],
    },
    run,
};

/// Characters of what is reported.
const SHOWN: usize = 1_000;

/// For everyone else.
fn run(_: &Engine, request: &Request, _: &Arguments) -> Response {
    refusal(request, Refusal::NotOwner)
}

/// What came of it: the same as in the log, but for paths of the machine.
pub(crate) fn reloaded(request: &Request, outcome: &Result<Changes, String>) -> Response {
    let locale = request.locale;
    let card = match outcome {
        Ok(changes) => {
            let lists = [
                ("reload-added", &changes.added),
                ("reload-changed", &changes.changed),
                ("reload-removed", &changes.removed),
                ("reload-failed", &changes.failed),
            ];
            let title = if changes.is_none() {
                "reload-same"
            } else {
                "reload-done"
            };
            let card = Card::new(Tone::Plain).paragraph(&locale.text(title));
            let told = lists.into_iter().filter(|(_, paths)| !paths.is_empty());
            told.fold(card, |card, (id, paths)| {
                let name = format!("{} ({})", locale.text(id), paths.len());
                card.field(&name, &cut_plain(&paths.join(", "), SHOWN))
            })
        }
        Err(reason) => Card::new(Tone::Unsure)
            .paragraph(&locale.text("reload-kept"))
            .paragraph(&cut_plain(reason, SHOWN)),
    };
    Response::private(card, Report::Shown)
}
