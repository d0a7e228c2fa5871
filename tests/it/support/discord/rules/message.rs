//! Limits on content, embeds, mentions, attachments and flags.

use super::{FieldError, FieldErrors, characters};
use crate::support::discord::message::{File, Message, list};
use crate::support::discord::request::same_id;
use serde_json::Value;

/// Flags that a bot can set: suppress embeds, suppress notifications, ephemeral (interactions only).
const FLAGS: u64 = 1 << 2 | 1 << 12 | 1 << 6;

/// Whether the message would be empty.
pub fn is_empty(body: &Value, files: &[File]) -> bool {
    let content = body["content"].as_str().unwrap_or_default();
    let parts = ["embeds", "components", "sticker_ids"];
    content.trim().is_empty()
        && files.is_empty()
        && body["poll"].is_null()
        && parts.iter().all(|part| list(&body[*part]).is_empty())
}

/// Whether an edit would leave the message empty. What the edit doesn't mention stays.
pub fn would_be_empty(old: &Message, body: &Value, files: &[File]) -> bool {
    let text = body
        .get("content")
        .map(|text| text.as_str().unwrap_or_default());
    let text = text.unwrap_or(&old.content);
    let remains = |field: &str, old: usize| body.get(field).map_or(old, |new| list(new).len()) > 0;
    text.trim().is_empty()
        && files.is_empty()
        && !remains("embeds", old.embeds.len())
        && !remains("components", old.components.len())
        && !remains("attachments", old.files.len())
}

/// Checks everything but the components.
pub fn check(errors: &mut FieldErrors, path: &str, body: &Value, files: &[File]) {
    errors.length(&format!("{path}content"), &body["content"], 0..=2000);
    errors.count(&format!("{path}embeds"), &body["embeds"], 0..=10);
    errors.count(&format!("{path}attachments"), &body["attachments"], 0..=10);
    errors.require(
        files.len() <= 10,
        &format!("{path}attachments"),
        "Must be 10 or fewer files.",
    );
    let flags = body["flags"].as_u64().unwrap_or(0);
    errors.require(
        flags & !FLAGS == 0,
        &format!("{path}flags"),
        "Unknown flags, or flags that a bot cannot set.",
    );
    let nonce = &body["nonce"];
    errors.require(
        characters(nonce) <= 25,
        &format!("{path}nonce"),
        "Must be 25 or fewer in length.",
    );
    let embeds = list(&body["embeds"]);
    let total: usize = embeds.iter().map(size).sum();
    if total > 6000 {
        let message = format!("Embed size exceeds maximum size of 6000, and is {total}.");
        let error = FieldError::new(format!("{path}embeds"), message);
        errors.0.push(error.code("MAX_EMBED_SIZE_EXCEEDED"));
    }
    for (number, embed) in embeds.iter().enumerate() {
        check_embed(errors, &format!("{path}embeds.{number}"), embed, files);
    }
    check_mentions(
        errors,
        &format!("{path}allowed_mentions"),
        &body["allowed_mentions"],
    );
    let listed = list(&body["attachments"]).iter();
    for (number, listed) in listed.clone().enumerate() {
        let path = format!("{path}attachments.{number}.description");
        errors.length(&path, &listed["description"], 0..=1024);
    }
    for file in files {
        let repeats = listed
            .clone()
            .filter(|listed| same_id(&listed["id"], file.id))
            .count();
        errors.require(
            repeats < 2,
            &format!("{path}attachments"),
            "Duplicate attachment.",
        );
        errors.require(
            !file.name.is_empty(),
            &format!("{path}attachments"),
            "A file has no name.",
        );
    }
}

/// Characters that count toward the limit for all embeds.
fn size(embed: &Value) -> usize {
    let outside = ["/title", "/description", "/footer/text", "/author/name"];
    let outside = outside
        .iter()
        .filter_map(|path| embed.pointer(path))
        .map(trimmed)
        .sum::<usize>();
    let fields = list(&embed["fields"]).iter();
    outside
        + fields
            .map(|field| trimmed(&field["name"]) + trimmed(&field["value"]))
            .sum::<usize>()
}

/// Length of a text of an embed, whose ends Discord trims.
fn trimmed(text: &Value) -> usize {
    text.as_str().map_or(0, |text| text.trim().chars().count())
}

fn check_embed(errors: &mut FieldErrors, path: &str, embed: &Value, files: &[File]) {
    errors.length(&format!("{path}.title"), &embed["title"], 0..=256);
    errors.length(
        &format!("{path}.description"),
        &embed["description"],
        0..=4096,
    );
    errors.count(&format!("{path}.fields"), &embed["fields"], 0..=25);
    for (number, field) in list(&embed["fields"]).iter().enumerate() {
        for (part, most) in [("name", 256), ("value", 1024)] {
            let path = format!("{path}.fields.{number}.{part}");
            errors.length(&path, &field[part], 1..=most);
            errors.require(!is_blank(&field[part]), &path, "This field is required.");
        }
    }
    let (footer, author) = (&embed["footer"], &embed["author"]);
    if !footer.is_null() {
        errors.length(&format!("{path}.footer.text"), &footer["text"], 0..=2048);
    }
    if !author.is_null() {
        errors.length(&format!("{path}.author.name"), &author["name"], 1..=256);
    }
    let colour = embed["color"].as_u64().unwrap_or(0);
    errors.require(
        colour <= 0xff_ffff,
        &format!("{path}.color"),
        "Must be at most 0xffffff.",
    );
    for part in [
        "/url",
        "/image/url",
        "/thumbnail/url",
        "/author/url",
        "/author/icon_url",
        "/footer/icon_url",
    ] {
        if let Some(url) = embed.pointer(part).and_then(Value::as_str) {
            let attached = url
                .strip_prefix("attachment://")
                .is_some_and(|name| files.iter().any(|file| file.name == name));
            let web = ["http://", "https://"]
                .iter()
                .any(|scheme| url.starts_with(scheme))
                && !url.contains(char::is_whitespace);
            errors.require(
                attached || web,
                &format!("{path}{}", part.replace('/', ".")),
                "Not a well formed URL.",
            );
            errors.require(
                url.len() <= 2048,
                &format!("{path}{}", part.replace('/', ".")),
                "Must be 2048 or fewer in length.",
            );
        }
    }
    let seen = size(embed) > 0
        || ["image", "thumbnail"]
            .iter()
            .any(|part| !embed[*part].is_null());
    errors.require(seen, path, "Empty embed.");
}

fn is_blank(text: &Value) -> bool {
    text.as_str()
        .is_some_and(|text| !text.is_empty() && text.trim().is_empty())
}

fn check_mentions(errors: &mut FieldErrors, path: &str, allowed: &Value) {
    for kind in ["users", "roles"] {
        let both = list(&allowed["parse"]).iter().any(|parse| parse == kind)
            && !list(&allowed[kind]).is_empty();
        errors.require(!both, path, "parse and a list of ids exclude each other.");
        errors.count(&format!("{path}.{kind}"), &allowed[kind], 0..=100);
    }
    for parse in list(&allowed["parse"]) {
        let known = ["users", "roles", "everyone"]
            .iter()
            .any(|kind| parse == kind);
        errors.require(
            known,
            &format!("{path}.parse"),
            "Value must be one of users, roles, everyone.",
        );
    }
}
