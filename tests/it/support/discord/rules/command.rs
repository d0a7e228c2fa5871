//! Limits on commands and on choices.

use super::{FieldError, FieldErrors, characters};
use crate::support::discord::message::list;
use crate::support::discord::reply::Reply;
use serde_json::Value;

/// Discord's locales.
const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];

/// Checks all commands of a scope, as they would be after the request. `installs` is the application's
/// `integration_types_config`; `None` for the commands of a single server, which have neither contexts nor integration types.
pub fn commands(all: &[Value], installs: Option<&Value>) -> Result<(), Reply> {
    let mut errors = FieldErrors::default();
    for (number, command) in all.iter().enumerate() {
        for kind in list(&command["integration_types"]) {
            errors.require(
                installs.is_none_or(|config| config[kind.to_string()].is_object()),
                &format!("{number}.integration_types"),
                "The application does not support this integration type.",
            );
        }
        for field in ["contexts", "integration_types"] {
            errors.require(
                installs.is_some() || command[field].is_null(),
                &format!("{number}.{field}"),
                "Only a global command has this field.",
            );
        }
    }
    for (kind, most) in [(1, 100), (2, 15), (3, 15)] {
        let same = all.iter().filter(|command| kind_of(command) == kind);
        errors.require(
            same.clone().count() <= most,
            "",
            &format!("Over {most} commands of type {kind}."),
        );
        errors.distinct("", same.map(|command| &command["name"]), "command");
    }
    for (number, command) in all.iter().enumerate() {
        check(&mut errors, &format!("{number}"), command);
    }
    errors.refusal()
}

fn kind_of(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

fn check(errors: &mut FieldErrors, path: &str, command: &Value) {
    let slash = kind_of(command) == 1;
    named(errors, path, command, slash, 32);
    if slash {
        described(errors, path, command);
        options(errors, path, command, 0);
    } else {
        errors.require(
            characters(&command["description"]) == 0,
            path,
            "A context menu command has no description.",
        );
        errors.require(
            list(&command["options"]).is_empty(),
            path,
            "A context menu command has no options.",
        );
    }
    let total = size(command);
    if total > 8000 {
        let message = format!("Command exceeds maximum size (8000), and is {total}.");
        let error = FieldError::new(path, message);
        errors.0.push(error.code("APPLICATION_COMMAND_TOO_LARGE"));
    }
    for context in list(&command["contexts"]) {
        errors.require(
            context.as_u64().is_some_and(|context| context <= 2),
            &format!("{path}.contexts"),
            "A context is 0, 1 or 2.",
        );
    }
    for kind in list(&command["integration_types"]) {
        errors.require(
            kind.as_u64().is_some_and(|kind| kind <= 1),
            &format!("{path}.integration_types"),
            "0 or 1.",
        );
    }
    let permissions = &command["default_member_permissions"];
    // A number in Discord's schema, a string in its guide; it accepts both.
    let fits = permissions.is_null()
        || permissions.is_u64()
        || permissions
            .as_str()
            .is_some_and(|bits| bits.parse::<u64>().is_ok());
    errors.require(
        fits,
        &format!("{path}.default_member_permissions"),
        "Must be bits, as a number or a string.",
    );
}

/// Checks a name and its translations.
fn named(errors: &mut FieldErrors, path: &str, item: &Value, lower: bool, most: usize) {
    for (at, name) in with_translations(errors, path, item, "name") {
        errors.length(&at, &name, 1..=most);
        let text = name.as_str().unwrap_or_default();
        if lower {
            let fits = text
                .chars()
                .all(|c| c.is_alphanumeric() || "-_'".contains(c) || is_mark(c));
            errors.require(fits, &at, "A name has letters, digits, - and _ only.");
            errors.require(text == text.to_lowercase(), &at, "A name is in lower case.");
        }
    }
}

fn described(errors: &mut FieldErrors, path: &str, item: &Value) {
    for (at, description) in with_translations(errors, path, item, "description") {
        errors.length(&at, &description, 1..=100);
    }
}

/// Discord counts the vowel signs of Devanagari and Thai as letters.
fn is_mark(c: char) -> bool {
    ('\u{900}'..='\u{97f}').contains(&c) || ('\u{e00}'..='\u{e7f}').contains(&c)
}

/// A field and its translations, each with its path in the body.
fn with_translations(
    errors: &mut FieldErrors,
    path: &str,
    item: &Value,
    field: &str,
) -> Vec<(String, Value)> {
    let mut all = vec![(format!("{path}.{field}"), item[field].clone())];
    let translations = format!("{field}_localizations");
    for (locale, text) in item[&translations].as_object().into_iter().flatten() {
        let at = format!("{path}.{translations}.{locale}");
        errors.require(
            LOCALES.contains(&locale.as_str()),
            &at,
            "Discord has no such locale.",
        );
        all.push((at, text.clone()));
    }
    all
}

fn options(errors: &mut FieldErrors, path: &str, item: &Value, depth: usize) {
    let options = list(&item["options"]);
    let path = format!("{path}.options");
    errors.count(&path, &item["options"], 0..=25);
    errors.distinct(
        &path,
        options.iter().map(|option| &option["name"]),
        "option",
    );
    for locale in LOCALES {
        let shown = options.iter().map(|option| shown_name(option, locale));
        errors.distinct(&path, shown, "option");
    }
    let first_optional = options.iter().position(|option| option["required"] != true);
    let last_required = options
        .iter()
        .rposition(|option| option["required"] == true);
    if let (Some(optional), Some(required)) = (first_optional, last_required) {
        errors.require(
            required < optional,
            &path,
            "Required options must be placed before non-required options.",
        );
    }
    let subs = options
        .iter()
        .filter(|option| matches!(option["type"].as_u64(), Some(1 | 2)))
        .count();
    errors.require(
        subs == 0 || subs == options.len(),
        &path,
        "Subcommands and other options exclude each other.",
    );
    let (groups, kind) = (
        options.iter().filter(|it| it["type"] == 2).count(),
        kind_of(item),
    );
    let fits = match (depth, kind) {
        (0, _) => true,
        (_, 1) => subs == 0,
        _ => groups == 0 && subs == options.len(),
    };
    errors.require(
        fits,
        &path,
        "A group has subcommands only, and a subcommand has none.",
    );
    for (number, option) in options.iter().enumerate() {
        let path = format!("{path}.{number}");
        named(errors, &path, option, true, 32);
        described(errors, &path, option);
        check_option(errors, &path, option, depth);
    }
}

/// The name of an option in a locale: the default name where there is no other.
fn shown_name<'a>(option: &'a Value, locale: &str) -> &'a Value {
    match &option["name_localizations"][locale] {
        Value::Null => &option["name"],
        name => name,
    }
}

fn check_option(errors: &mut FieldErrors, path: &str, option: &Value, depth: usize) {
    let kind = option["type"].as_u64().unwrap_or(0);
    errors.require(
        (1..=11).contains(&kind),
        &format!("{path}.type"),
        "An option has a type of 1 to 11.",
    );
    let is_sub = kind <= 2;
    errors.require(
        is_sub || option["options"].is_null(),
        path,
        "Only subcommands and groups have options.",
    );
    let values = [
        "required",
        "choices",
        "autocomplete",
        "min_length",
        "max_length",
    ];
    errors.require(
        !is_sub || values.iter().all(|field| option[*field].is_null()),
        path,
        "A subcommand takes no value.",
    );
    if is_sub {
        return options(errors, path, option, depth + 1);
    }
    let (choices_at, offered) = (format!("{path}.choices"), list(&option["choices"]));
    let takes_choices = matches!(kind, 3 | 4 | 10);
    let completes = option["autocomplete"] == true;
    errors.require(
        offered.is_empty() || !completes,
        &choices_at,
        "Choices and autocomplete exclude each other.",
    );
    errors.require(
        takes_choices || (offered.is_empty() && !completes),
        &choices_at,
        "Only strings and numbers have choices.",
    );
    choices(errors, &choices_at, &option["choices"], kind);
    for (bound, least) in [("min_length", 0), ("max_length", 1)] {
        let number = option[bound].as_u64();
        let fits = option[bound].is_null()
            || (kind == 3 && number.is_some_and(|number| (least..=6000).contains(&number)));
        errors.require(
            fits,
            &format!("{path}.{bound}"),
            "For strings only, and at most 6000.",
        );
    }
    for bound in ["min_value", "max_value"] {
        let fits = option[bound].is_null() || (matches!(kind, 4 | 10) && option[bound].is_number());
        errors.require(fits, &format!("{path}.{bound}"), "For numbers only.");
    }
}

/// Checks the choices of an option, fixed or from autocomplete; `kind` is the option's type.
pub fn choices(errors: &mut FieldErrors, path: &str, choices: &Value, kind: u64) {
    errors.count(path, choices, 0..=25);
    for (number, choice) in list(choices).iter().enumerate() {
        let path = format!("{path}.{number}");
        named(errors, &path, choice, false, 100);
        match kind {
            3 => {
                errors.require(
                    choice["value"].is_string(),
                    &format!("{path}.value"),
                    "Must be a string.",
                );
                errors.length(&format!("{path}.value"), &choice["value"], 1..=100);
            }
            _ => errors.require(
                choice["value"].is_number(),
                &format!("{path}.value"),
                "Must be a number.",
            ),
        }
    }
}

/// Characters that count toward the limit per command: the longest translation of each text.
fn size(item: &Value) -> usize {
    let longest = |field: &str| {
        let translations = item[format!("{field}_localizations")]
            .as_object()
            .into_iter()
            .flatten();
        translations
            .map(|(_, text)| characters(text))
            .chain([characters(&item[field])])
            .max()
            .unwrap_or(0)
    };
    let inner = ["options", "choices"]
        .iter()
        .flat_map(|inner| list(&item[*inner]));
    longest("name")
        + longest("description")
        + characters(&item["value"])
        + inner.map(size).sum::<usize>()
}
