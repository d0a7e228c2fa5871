//! `/help`: how to ask, with an example from the articles.

use super::{Command, TABLE};
use crate::locale::FluentValue;
use crate::{
    Access, Arguments, Block, Card, CommandKind, Definition, OptionKind, Request, RequestOutcome,
    Response, Run, Tone, Visibility, suggest,
};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "help",
        id: "command-help",
        kind: CommandKind::Slash,
        access: Access::Everyone,
        options: &[],
    },
    run,
};

fn run(engine: &Engine, request: &Request, _: &Arguments) -> Response {
    response(engine, request, Visibility::Ephemeral)
}

/// Says what the bot is for, in response to a message that asks nothing.
pub(super) fn purpose(engine: &Engine, request: &Request, visibility: Visibility) -> Response {
    let id = if engine.corpus().is_empty() {
        "no-articles"
    } else {
        "purpose"
    };
    let card = Card::new(Tone::Plain).paragraph(&request.locale.text(id));
    Response::message(card, visibility, RequestOutcome::Shown)
}

/// The help card.
pub(super) fn response(engine: &Engine, request: &Request, visibility: Visibility) -> Response {
    let locale = request.locale;
    let articles = engine.corpus().article_count();
    let args = [("articles", FluentValue::from(articles))];
    let id = if articles == 0 { "no-articles" } else { "help" };
    let mut card = Card::new(Tone::Plain)
        .titled(&locale.text("help-title"))
        .paragraph(&locale.text_with(id, &args));
    if let Some(example) = suggest::example(engine) {
        let run = Run::new(&locale.text("help-example"))
            .and(" ")
            .bold(&example);
        card = card.with(Block::Paragraph(run));
    }
    let is_for = |access| match access {
        Access::Everyone => true,
        Access::Manager => request.context.manages_server,
        Access::Operator => false,
    };
    let card = TABLE
        .iter()
        .map(|command| &command.definition)
        .filter(|definition| definition.kind == CommandKind::Slash && is_for(definition.access))
        .fold(card, |card, definition| {
            card.with_all(command_lines(request, definition))
        });
    let card = card.small(&locale.text("help-message-command"));
    Response::message(card, visibility, RequestOutcome::Shown)
}

/// `/name – description`, with a name to click where Discord has one; a line for each subcommand, if there are any.
fn command_lines(request: &Request, definition: &Definition) -> Vec<Block> {
    let locale = request.locale;
    let line = |names: [String; 2], description: &str| {
        let [registered, shown] = names;
        let run = match request.context.command_ids.of(definition.name) {
            Some(id) => Run::default().command(&registered, id),
            None => Run::default().bold(&format!("/{shown}")),
        };
        Block::Item(run.and(" – ").and(&locale.text(description)))
    };
    let (name, id) = (definition.name, definition.id);
    let subcommands = definition.options.iter().filter_map(|option| {
        let OptionKind::Subcommand(_) = option.kind else {
            return None;
        };
        let shown = [
            locale.text(id),
            locale.text(&format!("{id}.{}", option.name)),
        ];
        Some(line(
            [format!("{name} {}", option.name), shown.join(" ")],
            &format!("{id}.{}-description", option.name),
        ))
    });
    let subcommands: Vec<Block> = subcommands.collect();
    if subcommands.is_empty() {
        let names = [name.to_owned(), locale.text(id)];
        return vec![line(names, &format!("{id}.description"))];
    }
    subcommands
}
