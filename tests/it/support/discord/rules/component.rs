//! Limits on action rows, buttons and selects.

use super::{FieldErrors, characters};
use crate::support::discord::message::list;
use serde_json::Value;

/// Checks the components of a message.
pub fn check(errors: &mut FieldErrors, path: &str, rows: &Value) {
    errors.count(&format!("{path}components"), rows, 0..=5);
    for (number, row) in list(rows).iter().enumerate() {
        let path = format!("{path}components.{number}");
        errors.require(
            row["type"] == 1,
            &path,
            "A message's components must be in action rows (type 1).",
        );
        errors.count(&format!("{path}.components"), &row["components"], 1..=5);
        let parts = list(&row["components"]);
        let selects = parts.iter().filter(|part| is_select(part)).count();
        errors.require(
            selects == 0 || parts.len() == 1,
            &path,
            "A select must be alone in its row.",
        );
        for (number, part) in parts.iter().enumerate() {
            check_part(errors, &format!("{path}.components.{number}"), part);
        }
    }
    let parts = list(rows).iter().flat_map(|row| list(&row["components"]));
    errors.distinct(
        &format!("{path}components"),
        parts.map(|part| &part["custom_id"]),
        "custom id",
    );
}

/// Whether it is a select: of strings, users, roles, mentionables or channels.
fn is_select(part: &Value) -> bool {
    matches!(part["type"].as_u64(), Some(3 | 5..=8))
}

fn check_part(errors: &mut FieldErrors, path: &str, part: &Value) {
    match part["type"].as_u64() {
        Some(2) => check_button(errors, path, part),
        Some(3 | 5..=8) => check_select(errors, path, part),
        _ => errors.add(path, "Must be a button or a select."),
    }
}

fn check_button(errors: &mut FieldErrors, path: &str, button: &Value) {
    let (has_id, has_url) = (!button["custom_id"].is_null(), !button["url"].is_null());
    errors.length(&format!("{path}.label"), &button["label"], 0..=80);
    let shown = characters(&button["label"]) > 0 || !button["emoji"].is_null();
    errors.require(shown, path, "A button needs a label or an emoji.");
    match button["style"].as_u64() {
        Some(1..=4) => {
            errors.length(&format!("{path}.custom_id"), &button["custom_id"], 1..=100);
            errors.require(!has_url, path, "Only a link button has a url.");
        }
        Some(5) => {
            errors.require(
                has_url,
                &format!("{path}.url"),
                "A link button needs a url.",
            );
            errors.require(!has_id, path, "A link button has no custom id.");
            let url = button["url"].as_str().unwrap_or_default();
            let web = ["http://", "https://", "discord://"]
                .iter()
                .any(|scheme| url.starts_with(scheme));
            errors.require(
                web && url.len() <= 512,
                &format!("{path}.url"),
                "Not a well formed URL of at most 512.",
            );
        }
        _ => errors.add(&format!("{path}.style"), "A button has a style of 1 to 5."),
    }
}

fn check_select(errors: &mut FieldErrors, path: &str, select: &Value) {
    errors.length(&format!("{path}.custom_id"), &select["custom_id"], 1..=100);
    errors.length(
        &format!("{path}.placeholder"),
        &select["placeholder"],
        0..=150,
    );
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(1);
    errors.require(
        least <= most && (1..=25).contains(&most),
        path,
        "Invalid min_values or max_values.",
    );
    if select["type"] != 3 {
        return;
    }
    let options = list(&select["options"]);
    errors.count(&format!("{path}.options"), &select["options"], 1..=25);
    errors.require(
        most as usize <= options.len(),
        path,
        "max_values exceeds the number of options.",
    );
    errors.distinct(
        &format!("{path}.options"),
        options.iter().map(|option| &option["value"]),
        "value",
    );
    for (number, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{number}");
        errors.length(&format!("{path}.label"), &option["label"], 1..=100);
        errors.length(&format!("{path}.value"), &option["value"], 1..=100);
        errors.length(
            &format!("{path}.description"),
            &option["description"],
            0..=100,
        );
    }
}

/// Checks a form. Its fields stand in labels.
pub fn check_form(errors: &mut FieldErrors, form: &Value) {
    errors.length("data.custom_id", &form["custom_id"], 1..=100);
    errors.length("data.title", &form["title"], 1..=45);
    errors.count("data.components", &form["components"], 1..=5);
    let mut ids = Vec::new();
    for (number, part) in list(&form["components"]).iter().enumerate() {
        let path = format!("data.components.{number}");
        errors.require(part["type"] == 18, &path, "Must be a label.");
        check_label(errors, &path, part);
        let field = &part["component"];
        check_field(errors, &path, field);
        ids.push(&field["custom_id"]);
    }
    errors.distinct("data.components", ids.into_iter(), "custom id");
}

fn check_label(errors: &mut FieldErrors, path: &str, label: &Value) {
    errors.length(&format!("{path}.label"), &label["label"], 1..=45);
    if !label["description"].is_null() {
        let description = format!("{path}.description");
        errors.length(&description, &label["description"], 1..=100);
    }
    let field = &label["component"];
    errors.require(
        field["label"].is_null(),
        path,
        "A field in a label has no label of its own.",
    );
}

/// Checks a field of a form: a text (4), a select (3, 5 to 8) or files (19).
fn check_field(errors: &mut FieldErrors, path: &str, field: &Value) {
    match field["type"].as_u64() {
        Some(4) => check_text_field(errors, path, field),
        Some(3 | 5..=8) => {
            check_select(errors, path, field);
            errors.require(
                field["disabled"].is_null(),
                path,
                "A select in a form cannot be disabled.",
            );
            check_least(errors, path, field);
        }
        Some(19) => {
            errors.length(&format!("{path}.custom_id"), &field["custom_id"], 1..=100);
            let least = field["min_values"].as_u64().unwrap_or(1);
            let most = field["max_values"].as_u64().unwrap_or(1);
            let fits = least <= most && (1..=10).contains(&most);
            errors.require(fits, path, "Invalid min_values or max_values.");
            check_least(errors, path, field);
        }
        _ => errors.add(path, "Must be a text field, a select or a file upload."),
    }
}

/// What must be filled in needs at least one value.
fn check_least(errors: &mut FieldErrors, path: &str, field: &Value) {
    let least = field["min_values"].as_u64().unwrap_or(1);
    let is_required = field["required"] != false;
    errors.require(
        !is_required || least > 0,
        path,
        "A required field has a min_values of at least 1.",
    );
}

fn check_text_field(errors: &mut FieldErrors, path: &str, field: &Value) {
    errors.length(&format!("{path}.custom_id"), &field["custom_id"], 1..=100);
    let least = field["min_length"].as_u64().unwrap_or(0);
    let most = field["max_length"].as_u64().unwrap_or(4_000);
    errors.require(
        (1..=4_000).contains(&most) && least <= most,
        path,
        "max_length is 1 to 4000, and min_length not more.",
    );
    errors.require(
        matches!(field["style"].as_u64(), Some(1 | 2)),
        path,
        "A text field has a style of 1 or 2.",
    );
    errors.length(&format!("{path}.value"), &field["value"], 0..=most as usize);
    errors.length(
        &format!("{path}.placeholder"),
        &field["placeholder"],
        0..=100,
    );
}
