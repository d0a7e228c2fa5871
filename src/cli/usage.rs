//! What is suggested in place of a mistyped command, option or value: only what is close. clap suggests whatever shares some letters.

use clap::Error;
use clap::error::{ContextKind, ContextValue};
use pullquote_core::text::closest;

/// What was typed, and what is suggested in its place.
const SUGGESTIONS: [[ContextKind; 2]; 3] = [
    [
        ContextKind::InvalidSubcommand,
        ContextKind::SuggestedSubcommand,
    ],
    [ContextKind::InvalidArg, ContextKind::SuggestedArg],
    [ContextKind::InvalidValue, ContextKind::SuggestedValue],
];

/// The error with the nearest suggestion, if one is close to what was typed.
pub(super) fn only_close(mut error: Error) -> Error {
    for [typed, suggested] in SUGGESTIONS {
        let Some(ContextValue::String(typed)) = error.get(typed) else {
            continue;
        };
        let names: Vec<&str> = match error.get(suggested) {
            Some(ContextValue::String(name)) => vec![name.as_str()],
            Some(ContextValue::Strings(names)) => names.iter().map(String::as_str).collect(),
            _ => continue,
        };
        let close = closest(plain(typed), names.iter().copied().map(plain));
        let close = names.iter().find(|name| Some(plain(name)) == close);
        match close.map(|name| ContextValue::String((*name).to_owned())) {
            Some(close) => error.insert(suggested, close),
            None => error.remove(suggested),
        };
    }
    error
}

/// A name without the hyphens of an option: they are no part of what could be mistyped.
fn plain(name: &str) -> &str {
    name.trim_start_matches('-')
}

#[cfg(test)]
mod tests {
    use super::only_close;
    use crate::cli::Arguments;
    use clap::Parser;

    #[track_caller]
    fn check(typed: &str, tip: Option<&str>) {
        let arguments = ["pullquote"].into_iter().chain(typed.split(' '));
        let error = only_close(Arguments::try_parse_from(arguments).unwrap_err()).to_string();
        let tips = error.lines().filter(|line| line.contains("exist"));
        let tips: Vec<&str> = tips.map(str::trim).collect();
        assert_eq!(tips, Vec::from_iter(tip), "{typed}");
    }

    #[test]
    fn only_what_is_close_is_suggested() {
        let command = |name| format!("tip: a similar subcommand exists: '{name}'");
        for (typed, meant) in [
            ("serch", "search"),
            ("heath", "health"),
            ("dat", "data"),
            ("models", "model"),
            ("docter", "doctor"),
            ("source snyc", "sync"),
            ("data bakup", "backup"),
        ] {
            check(typed, Some(&command(meant)));
        }
        for typed in ["banana", "sauce", "d", "model instal", "data banana"] {
            check(typed, None);
        }
        check(
            "search --limt 3 x",
            Some("tip: a similar argument exists: '--limit'"),
        );
        check("search --list 3 x", None);
        check(
            "summary --length shrot",
            Some("tip: a similar value exists: 'short'"),
        );
        check("summary --length sorted", None);
    }
}
