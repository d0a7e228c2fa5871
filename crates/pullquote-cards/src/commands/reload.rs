//! `/reload`: reads the articles again. For the operator only. An example of a command with an effect.

use super::Command;
use crate::limits::cut_plain;
use crate::{
    Access, Arguments, Card, CommandKind, Definition, Effect, Request, RequestOutcome, Response,
    Tone,
};
use pullquote_core::article::Changes;
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "reload",
        id: "command-reload",
        kind: CommandKind::Slash,
        access: Access::Operator,
        options: &[],
    },
    run: |_: &Engine, _: &Request, _: &Arguments| Response::perform(Effect::Reload),
};

/// Characters of a list of files, or of an error.
const SHOWN: usize = 1_000;

/// Shows which articles changed, or why the old ones stay.
pub(crate) fn reloaded(request: &Request, outcome: &Result<Changes, String>) -> Response {
    let locale = request.locale;
    let card = match outcome {
        Ok(changes) => {
            let lists = [
                ("reload-added", &changes.added),
                ("reload-changed", &changes.changed),
                ("reload-removed", &changes.removed),
                ("reload-rejected", &changes.failed),
            ];
            let title = if changes.is_none() {
                "reload-unchanged"
            } else {
                "reload-done"
            };
            let card = Card::new(Tone::Plain).paragraph(&locale.text(title));
            let lists = lists.into_iter().filter(|(_, paths)| !paths.is_empty());
            lists.fold(card, |card, (id, paths)| {
                let name = format!("{} ({})", locale.text(id), paths.len());
                card.field(&name, &cut_plain(&paths.join(", "), SHOWN))
            })
        }
        Err(reason) => Card::new(Tone::Unsure)
            .paragraph(&locale.text("reload-failed"))
            .paragraph(&cut_plain(reason, SHOWN)),
    };
    Response::ephemeral(card, RequestOutcome::Shown)
}

#[cfg(test)]
mod tests {
    use crate::commands::TABLE;
    use crate::{
        Access, Action, Arguments, ChannelKind, Context, Effect, EffectOutcome, Locale, Reply,
        Request, Status, access, after, respond,
    };
    use pullquote_core::article::Changes;
    use pullquote_core::engine::Engine;

    fn request(name: &str) -> Request {
        Request {
            action: Action::Command {
                name: name.to_owned(),
                arguments: Arguments::default(),
            },
            locale: Locale::English,
            channel: ChannelKind::Server,
            member: 1,
            status: Status::default(),
            context: Context::default(),
        }
    }

    #[test]
    fn asks_the_shell_to_reload_and_shows_what_changed() {
        let request = request("reload");
        let response = respond(&Engine::build(Vec::new()), &request);
        assert_eq!(response.reply, Reply::Perform(Effect::Reload));
        let changes = Changes {
            added: vec!["new.md".to_owned()],
            ..Changes::default()
        };
        let response = after(&request, &EffectOutcome::Reloaded(Ok(changes)));
        let card = response.card().unwrap();
        assert_eq!(card.fields()[0].plain(), ("Added (1)", "new.md"));
        let failed = EffectOutcome::Reloaded(Err("no articles".to_owned()));
        let response = after(&request, &failed);
        assert!(response.card().unwrap().body().ends_with("no articles"));
    }

    #[test]
    fn only_the_operator_may_use_it() {
        for command in TABLE {
            let name = command.definition.name;
            let expect = match name {
                "reload" => Access::Operator,
                "knowledge" | "Add to articles" | "insights" | "settings" => Access::Manager,
                _ => Access::Everyone,
            };
            assert_eq!(access(&request(name)), expect, "{name}");
        }
        assert_eq!(access(&request("no such command")), Access::Everyone);
    }
}
