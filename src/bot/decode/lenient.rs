//! Events that serenity could not read, read after all.
//!
//! Serenity drops an event for a single field that is missing or odd, also where the bot has no use for it: a
//! member would press a button and hear nothing. Here such an event loses what the bot does not look at, and gets
//! what serenity cannot do without.

use serde_json::{Map, Value, json};

/// Fields of a message that the bot looks at.
const MESSAGE: &[&str] = &[
    "id",
    "channel_id",
    "guild_id",
    "author",
    "content",
    "timestamp",
    "edited_timestamp",
    "mentions",
    "embeds",
    "type",
    "webhook_id",
    "referenced_message",
];
/// Fields of an interaction that the bot looks at.
const INTERACTION: &[&str] = &[
    "id",
    "type",
    "token",
    "data",
    "guild_id",
    "channel_id",
    "member",
    "user",
    "locale",
    "context",
    "message",
];

/// Makes an interaction readable.
pub(crate) fn interaction(value: &mut Value) {
    let fixed = json!({
        "application_id": "1", "version": 1, "entitlements": [], "attachment_size_limit": 0, "locale": "en-US",
    });
    let Some(fields) = lean(value, INTERACTION, &fixed) else {
        return;
    };
    if let Some(member) = fields.get_mut("member") {
        let fixed = json!({"roles": [], "deaf": false, "mute": false, "flags": 0});
        if let Some(member) = lean(member, &["user"], &fixed) {
            member.get_mut("user").map(user);
        }
    }
    fields.get_mut("user").map(user);
    fields.get_mut("message").map(message);
    let resolved = fields
        .get_mut("data")
        .and_then(|data| data.get_mut("resolved"));
    let messages = resolved.and_then(|resolved| resolved.get_mut("messages"));
    let messages = messages.and_then(Value::as_object_mut);
    messages
        .into_iter()
        .flatten()
        .for_each(|(_, found)| message(found));
}

/// Makes a message readable.
pub(crate) fn message(value: &mut Value) {
    let fixed = json!({
        "content": "", "timestamp": "2015-01-01T00:00:00Z", "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
    });
    let Some(fields) = lean(value, MESSAGE, &fixed) else {
        return;
    };
    fields.get_mut("author").map(user);
    let mentions = fields.get_mut("mentions").and_then(Value::as_array_mut);
    mentions.into_iter().flatten().for_each(user);
    match fields.get_mut("referenced_message") {
        Some(answered @ Value::Object(_)) => message(answered),
        _ => {
            fields.remove("referenced_message");
        }
    }
}

fn user(value: &mut Value) {
    let fixed = json!({"username": "member", "discriminator": "0"});
    lean(value, &["id", "username", "global_name", "bot"], &fixed);
}

/// Keeps the fields that are named, and adds those that are fixed where they are missing.
fn lean<'a>(
    value: &'a mut Value,
    kept: &[&str],
    fixed: &Value,
) -> Option<&'a mut Map<String, Value>> {
    let fields = value.as_object_mut()?;
    fields.retain(|name, _| kept.contains(&name.as_str()));
    for (name, value) in fixed.as_object().into_iter().flatten() {
        fields.entry(name.clone()).or_insert_with(|| value.clone());
    }
    Some(fields)
}
