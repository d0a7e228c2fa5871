//! Rows of buttons and selects.

use super::{Broken, characters};
use crate::support::discord::message::list;
use serde_json::Value;

/// At most five rows, and no custom id twice.
pub fn check(broken: &mut Broken, path: &str, rows: &Value) {
    broken.count(&format!("{path}components"), rows, 0..=5);
    for (number, row) in list(rows).iter().enumerate() {
        let path = format!("{path}components.{number}");
        broken.unless(
            row["type"] == 1,
            &path,
            "A message's components stand in rows (type 1).",
        );
        broken.count(&format!("{path}.components"), &row["components"], 1..=5);
        let parts = list(&row["components"]);
        let selects = parts.iter().filter(|part| is_select(part)).count();
        broken.unless(
            selects == 0 || parts.len() == 1,
            &path,
            "A select stands alone in its row.",
        );
        for (number, part) in parts.iter().enumerate() {
            check_part(broken, &format!("{path}.components.{number}"), part);
        }
    }
    let parts = list(rows).iter().flat_map(|row| list(&row["components"]));
    broken.distinct(
        &format!("{path}components"),
        parts.map(|part| &part["custom_id"]),
        "The custom id",
    );
}

/// A select of texts, users, roles, both, or channels.
fn is_select(part: &Value) -> bool {
    matches!(part["type"].as_u64(), Some(3 | 5..=8))
}

fn check_part(broken: &mut Broken, path: &str, part: &Value) {
    match part["type"].as_u64() {
        Some(2) => check_button(broken, path, part),
        Some(3 | 5..=8) => check_select(broken, path, part),
        _ => broken.say(path, "Neither a button nor a select."),
    }
}

fn check_button(broken: &mut Broken, path: &str, button: &Value) {
    let (has_id, has_url) = (!button["custom_id"].is_null(), !button["url"].is_null());
    broken.length(&format!("{path}.label"), &button["label"], 0..=80);
    let shown = characters(&button["label"]) > 0 || !button["emoji"].is_null();
    broken.unless(shown, path, "A button needs a label or an emoji.");
    match button["style"].as_u64() {
        Some(1..=4) => {
            broken.length(&format!("{path}.custom_id"), &button["custom_id"], 1..=100);
            broken.unless(!has_url, path, "Only a link button has a url.");
        }
        Some(5) => {
            broken.unless(
                has_url,
                &format!("{path}.url"),
                "A link button needs a url.",
            );
            broken.unless(!has_id, path, "A link button has no custom id.");
            let url = button["url"].as_str().unwrap_or_default();
            let web = ["http://", "https://", "discord://"]
                .iter()
                .any(|scheme| url.starts_with(scheme));
            broken.unless(
                web && url.len() <= 512,
                &format!("{path}.url"),
                "Not a well formed URL of at most 512.",
            );
        }
        _ => broken.say(&format!("{path}.style"), "A button has a style of 1 to 5."),
    }
}

fn check_select(broken: &mut Broken, path: &str, select: &Value) {
    broken.length(&format!("{path}.custom_id"), &select["custom_id"], 1..=100);
    broken.length(
        &format!("{path}.placeholder"),
        &select["placeholder"],
        0..=150,
    );
    let least = select["min_values"].as_u64().unwrap_or(1);
    let most = select["max_values"].as_u64().unwrap_or(1);
    broken.unless(
        least <= most && (1..=25).contains(&most),
        path,
        "min_values and max_values do not fit.",
    );
    if select["type"] != 3 {
        return;
    }
    let options = list(&select["options"]);
    broken.count(&format!("{path}.options"), &select["options"], 1..=25);
    broken.unless(
        most as usize <= options.len(),
        path,
        "max_values is over the number of options.",
    );
    broken.distinct(
        &format!("{path}.options"),
        options.iter().map(|option| &option["value"]),
        "The value",
    );
    for (number, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{number}");
        broken.length(&format!("{path}.label"), &option["label"], 1..=100);
        broken.length(&format!("{path}.value"), &option["value"], 1..=100);
        broken.length(
            &format!("{path}.description"),
            &option["description"],
            0..=100,
        );
    }
}
