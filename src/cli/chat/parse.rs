//! Parses commands as they are typed: `/ask article:faq what is it`.

use pullquote_cards::{
    Argument, Arguments, CommandKind, Definition, Locale, OptionDefinition, OptionKind, SUBCOMMAND,
    commands,
};

/// All slash commands.
pub(super) fn slash_commands() -> impl Iterator<Item = &'static Definition> {
    let definitions = commands::TABLE.iter().map(|command| &command.definition);
    definitions.filter(|definition| definition.kind == CommandKind::Slash)
}

/// The slash command with this name, in any language.
pub(super) fn slash_command(name: &str) -> Option<&'static Definition> {
    slash_commands().find(|definition| {
        let mut locales = Locale::ALL.iter();
        name == definition.name || locales.any(|locale| name == locale.text(definition.id))
    })
}

/// The arguments in `article:faq private:yes what is it`: named options, and the rest as the command's first option. The error
/// lists the subcommands, of which a command that has some needs one.
pub(super) fn arguments(definition: &Definition, typed: &str) -> Result<Arguments, String> {
    let typed = typed.trim();
    let word = typed.split_whitespace().next().unwrap_or_default();
    let subcommands: Vec<_> = subcommands(definition).collect();
    match subcommands.iter().find(|(name, _)| *name == word) {
        Some((name, options)) => {
            let rest = typed.get(name.len()..).unwrap_or_default();
            Ok(options_in(options, rest).with_text(SUBCOMMAND, name))
        }
        None if subcommands.is_empty() => Ok(options_in(definition.options, typed)),
        None => {
            let name = |(name, _): &(&str, _)| format!("/{} {name}", definition.name);
            let names: Vec<String> = subcommands.iter().map(name).collect();
            Err(format!("Type one of these: {}.", names.join(", ")))
        }
    }
}

fn options_in(options: &'static [OptionDefinition], typed: &str) -> Arguments {
    let mut arguments = Arguments::default();
    let mut rest = typed.trim();
    while let Some((option, value, after)) = named_option(options, rest) {
        let value = match option.kind {
            OptionKind::Boolean => Argument::Boolean(!matches!(value, "no" | "false" | "0")),
            OptionKind::Text(_)
            | OptionKind::Autocomplete(..)
            | OptionKind::Choices(_)
            | OptionKind::Role
            | OptionKind::Channel(_)
            | OptionKind::Subcommand(_) => Argument::Text(value.to_owned()),
        };
        arguments = arguments.with(option.name, value);
        rest = after;
    }
    match options.first() {
        Some(first) if !rest.is_empty() => arguments.with_text(first.name, rest),
        _ => arguments,
    }
}

/// The subcommands of a command, each with its options.
fn subcommands(
    definition: &Definition,
) -> impl Iterator<Item = (&'static str, &'static [OptionDefinition])> {
    let options = definition.options.iter();
    options.filter_map(|option| match option.kind {
        OptionKind::Subcommand(own) => Some((option.name, own)),
        _ => None,
    })
}

/// Splits `article:faq what is it` into the option `article`, its value `faq`, and the rest. As on Discord, there may be a space
/// behind the colon, and the value of the first option may have several words, up to the next option.
pub(super) fn named_option<'a>(
    options: &'static [OptionDefinition],
    typed: &'a str,
) -> Option<(&'static OptionDefinition, &'a str, &'a str)> {
    let (name, rest) = typed.split_once(':')?;
    let option = options.iter().find(|option| option.name == name)?;
    let is_first = options.first().is_some_and(|first| first.name == name);
    let rest = rest.trim_start();
    let end = if is_first {
        next_option(options, rest)
    } else {
        rest.find(char::is_whitespace)
    };
    let (value, after) = rest.split_at(end.unwrap_or(rest.len()));
    Some((option, value.trim_end(), after.trim_start()))
}

/// Where the name of another option begins.
fn next_option(options: &[OptionDefinition], typed: &str) -> Option<usize> {
    let begins = |at: &usize| {
        let word = typed.get(*at..).unwrap_or_default().trim_start();
        let name = word.split_once(':').map(|(name, _)| name);
        options.iter().any(|option| name == Some(option.name))
    };
    let spaces = typed.char_indices().filter(|(_, it)| it.is_whitespace());
    spaces.map(|(at, _)| at).find(begins)
}

#[cfg(test)]
mod tests {
    use super::{arguments, slash_command};
    use pullquote_cards::SUBCOMMAND;

    #[test]
    fn options_are_named_as_discord_shows_them() {
        for (typed, question, article) in [
            ("what is it", "what is it", None),
            ("question: what is it", "what is it", None),
            ("question:what is it", "what is it", None),
            ("article:faq what is it", "what is it", Some("faq")),
            (
                "question: what is it article: faq",
                "what is it",
                Some("faq"),
            ),
            (
                "article: faq question: note: what is it",
                "note: what is it",
                Some("faq"),
            ),
            ("why: what is it", "why: what is it", None),
            ("question: é article:", "é", None),
        ] {
            let parsed = arguments(slash_command("ask").unwrap(), typed).unwrap();
            assert_eq!(parsed.text("question"), Some(question), "{typed}");
            assert_eq!(parsed.text("article"), article, "{typed}");
        }
        let tried = arguments(
            slash_command("knowledge").unwrap(),
            "try question: what is it role: 7",
        )
        .unwrap();
        assert_eq!(tried.text(SUBCOMMAND), Some("try"));
        assert_eq!(
            (tried.text("question"), tried.text("role")),
            (Some("what is it"), Some("7"))
        );
    }
}
