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

/// The arguments in `article:faq private:yes what is it`: named options, and the rest as the command's first option.
pub(super) fn arguments(definition: &Definition, typed: &str) -> Arguments {
    let mut arguments = Arguments::default();
    let mut rest = typed.trim();
    if let Some(subcommand) = subcommand(definition, rest) {
        return arguments.with_text(SUBCOMMAND, subcommand);
    }
    while let Some((option, value, after)) = named_option(definition, rest) {
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
    match definition.options.first() {
        Some(first) if !rest.is_empty() => arguments.with_text(first.name, rest),
        _ => arguments,
    }
}

/// The subcommand at the beginning of what is typed. What comes after it is of no use in a terminal, which belongs to no server.
fn subcommand(definition: &Definition, typed: &str) -> Option<&'static str> {
    let word = typed.split_whitespace().next()?;
    let mut options = definition.options.iter();
    let is_it = |option: &&OptionDefinition| {
        matches!(option.kind, OptionKind::Subcommand(_)) && option.name == word
    };
    options.find(is_it).map(|option| option.name)
}

/// Splits `article:faq what is it` into the option `article`, its value `faq`, and the rest.
pub(super) fn named_option<'a>(
    definition: &Definition,
    typed: &'a str,
) -> Option<(&'static OptionDefinition, &'a str, &'a str)> {
    let (word, after) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let (name, value) = word.split_once(':')?;
    let mut options = definition.options.iter();
    let option = options.find(|option| option.name == name)?;
    Some((option, value, after.trim_start()))
}
