//! Completes commands, and the values that Discord would suggest for their options.

use super::{TERMINAL_COMMANDS, parse, request};
use pullquote_cards::{Action, Arguments, Locale, Reply, respond};
use pullquote_library::EngineHandle;
use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};
use std::sync::Arc;

/// Completes from the articles of a handle.
pub(super) struct Completion {
    pub(super) handle: Arc<EngineHandle>,
}

impl Completion {
    /// What Discord would suggest for an option after `typed`.
    fn suggestions(&self, command: &str, option: &str, typed: &str) -> Vec<String> {
        let action = Action::Autocomplete {
            command: command.to_owned(),
            option: option.to_owned(),
            typed: typed.to_owned(),
            arguments: Arguments::default(),
        };
        match respond(&self.handle.engine(), &request(action, Locale::default())).reply {
            Reply::Choices(choices) => {
                let values = choices.iter().map(|choice| choice.value().to_owned());
                values.collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Completer for Completion {
    type Candidate = String;

    /// Returns where the completed text starts, and its candidates.
    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line.get(..at).unwrap_or(line);
        let Some(command) = typed.strip_prefix('/') else {
            return Ok((0, self.suggestions("ask", "question", typed)));
        };
        let Some((name, rest)) = command.split_once(char::is_whitespace) else {
            let names = parse::slash_commands().map(|definition| format!("/{}", definition.name));
            let own = TERMINAL_COMMANDS.iter().map(|(name, _)| (*name).to_owned());
            let names = names.chain(own).filter(|name| name.starts_with(typed));
            return Ok((0, names.collect()));
        };
        let Some(definition) = parse::slash_command(name) else {
            return Ok((at, Vec::new()));
        };
        let mut rest = rest.trim_start();
        while let Some((option, value, after)) = parse::named_option(definition.options, rest) {
            if after.is_empty() && !rest.ends_with(char::is_whitespace) {
                let found = self.suggestions(definition.name, option.name, value);
                return Ok((at - value.len(), found));
            }
            rest = after;
        }
        let first = definition.options.first();
        let found = first.map_or(Vec::new(), |first| {
            self.suggestions(definition.name, first.name, rest)
        });
        Ok((at - rest.len(), found))
    }
}

impl Hinter for Completion {
    type Hint = String;
}

impl Highlighter for Completion {}
impl Validator for Completion {}
impl Helper for Completion {}
