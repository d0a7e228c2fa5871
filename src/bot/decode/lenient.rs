//! A second attempt at events that serenity cannot read.
//!
//! Serenity rejects an event for a single missing or unexpected field, even one that the bot never uses, and a member
//! who pressed a button would get no answer. These functions remove every field that the bot does not use and add
//! those that serenity requires.

use serde_json::{Map, Value, json};

/// Fields of a message that the bot uses.
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
/// Fields of an interaction that the bot uses.
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

/// Simplifies an interaction until serenity can read it.
pub(crate) fn interaction(value: &mut Value) {
    let required = json!({
        "application_id": "1", "version": 1, "entitlements": [], "attachment_size_limit": 0, "locale": "en-US",
    });
    let Some(fields) = simplify(value, INTERACTION, &required) else {
        return;
    };
    if let Some(member) = fields.get_mut("member") {
        let required = json!({"roles": [], "deaf": false, "mute": false, "flags": 0});
        if let Some(member) = simplify(member, &["user"], &required) {
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

/// Simplifies a message, and the message that it replies to, until serenity can read it.
pub(crate) fn message(value: &mut Value) {
    let required = json!({
        "content": "", "timestamp": "2015-01-01T00:00:00Z", "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "type": 0,
    });
    let Some(fields) = simplify(value, MESSAGE, &required) else {
        return;
    };
    fields.get_mut("author").map(user);
    let mentions = fields.get_mut("mentions").and_then(Value::as_array_mut);
    mentions.into_iter().flatten().for_each(user);
    match fields.get_mut("referenced_message") {
        Some(replied_to @ Value::Object(_)) => message(replied_to),
        _ => {
            fields.remove("referenced_message");
        }
    }
}

fn user(value: &mut Value) {
    let required = json!({"username": "member", "discriminator": "0"});
    simplify(value, &["id", "username", "global_name", "bot"], &required);
}

/// Removes all fields but those in `kept`, then adds those of `required` that are missing.
fn simplify<'a>(
    value: &'a mut Value,
    kept: &[&str],
    required: &Value,
) -> Option<&'a mut Map<String, Value>> {
    let fields = value.as_object_mut()?;
    fields.retain(|name, _| kept.contains(&name.as_str()));
    for (name, value) in required.as_object().into_iter().flatten() {
        fields.entry(name.clone()).or_insert_with(|| value.clone());
    }
    Some(fields)
}
