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
    let typed = typed.trim();
    match subcommand(definition, typed) {
        Some((name, options)) => {
            let rest = typed.get(name.len()..).unwrap_or_default();
            options_in(options, rest).with_text(SUBCOMMAND, name)
        }
        None => options_in(definition.options, typed),
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

/// The subcommand at the beginning of what is typed, and its options.
fn subcommand(
    definition: &Definition,
    typed: &str,
) -> Option<(&'static str, &'static [OptionDefinition])> {
    let word = typed.split_whitespace().next()?;
    let mut options = definition.options.iter();
    options.find_map(|option| match option.kind {
        OptionKind::Subcommand(own) if option.name == word => Some((option.name, own)),
        _ => None,
    })
}

/// Splits `article:faq what is it` into the option `article`, its value `faq`, and the rest.
pub(super) fn named_option<'a>(
    options: &'static [OptionDefinition],
    typed: &'a str,
) -> Option<(&'static OptionDefinition, &'a str, &'a str)> {
    let (word, after) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let (name, value) = word.split_once(':')?;
    let option = options.iter().find(|option| option.name == name)?;
    Some((option, value, after.trim_start()))
}
