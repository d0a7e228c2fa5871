//! `/help`: what can be asked, with an example from the articles.

use super::{Command, TABLE};
use crate::definition::{Definition, Kind, ShownTo};
use crate::locale::Value;
use crate::{Arguments, Audience, Block, Card, Report, Request, Response, Run, Tone, suggest};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "help",
        id: "command-help",
        kind: Kind::Slash,
        shown_to: ShownTo::Everyone,
        options: &[],
    },
    run,
};

fn run(engine: &Engine, request: &Request, _: &Arguments) -> Response {
    response(engine, request, Audience::Member)
}

/// What the bot is there for, where nothing was asked.
pub(super) fn purpose(engine: &Engine, request: &Request, audience: Audience) -> Response {
    let said = if engine.corpus().articles().is_empty() {
        "no-articles"
    } else {
        "small-talk"
    };
    let card = Card::new(Tone::Plain).paragraph(&request.locale.text(said));
    Response::message(card, audience, Report::Shown)
}

/// The help card.
pub(super) fn response(engine: &Engine, request: &Request, audience: Audience) -> Response {
    let locale = request.locale;
    let articles = engine.corpus().articles().len();
    let filled_in = [("articles", Value::from(articles))];
    let said = if articles == 0 { "no-articles" } else { "help" };
    let mut card = Card::new(Tone::Plain)
        .titled(&locale.text("help-title"))
        .paragraph(&locale.text_with(said, &filled_in));
    if let Some(example) = suggest::example(engine) {
        let run = Run::new(&locale.text("help-example"))
            .and(" ")
            .bold(&example);
        card = card.with(Block::Paragraph(run));
    }
    let slash = TABLE.iter().map(|command| &command.definition);
    let card = slash
        .filter(|definition| definition.kind == Kind::Slash)
        .filter(|definition| definition.shown_to == ShownTo::Everyone)
        .fold(card, |card, definition| {
            let name = locale.text(definition.id);
            let does = locale.text(&format!("{}.description", definition.id));
            let run = Run::default()
                .bold(&format!("/{name}"))
                .and(" – ")
                .and(&does);
            card.with(Block::Item(run))
        });
    let card = card.small(&locale.text("help-message-command"));
    Response::message(card, audience, Report::Shown)
}
