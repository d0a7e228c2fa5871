//! Events that serenity could not read, read after all.
//!
//! Serenity drops an event for a single field that is missing or odd, also where the bot has no use for it: a
//! member would press a button and hear nothing. Here such an event loses what the bot does not look at, and gets
//! what serenity cannot do without.

use serde_json::{Map, Value, json};
use serenity::all::{
    Event, InteractionCreateEvent, MessageCreateEvent, MessageUpdateEvent, UnknownEvent,
};

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

/// The event, if it is one that the bot listens to and enough of it is there.
pub(super) fn mend(event: UnknownEvent) -> Option<Event> {
    let mut value = event.value;
    match event.kind.as_str() {
        "INTERACTION_CREATE" => {
            interaction(&mut value);
            let event: InteractionCreateEvent = serde_json::from_value(value).ok()?;
            Some(Event::InteractionCreate(event))
        }
        "MESSAGE_CREATE" => {
            message(&mut value);
            let event: MessageCreateEvent = serde_json::from_value(value).ok()?;
            Some(Event::MessageCreate(event))
        }
        "MESSAGE_UPDATE" => {
            message(&mut value);
            let event: MessageUpdateEvent = serde_json::from_value(value).ok()?;
            Some(Event::MessageUpdate(event))
        }
        _ => None,
    }
}

fn interaction(value: &mut Value) {
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

fn message(value: &mut Value) {
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

#[cfg(test)]
mod tests {
    use super::mend;
    use serde_json::{Value, json};
    use serenity::all::{Event, Interaction, UnknownEvent};

    /// As serenity gives it over.
    fn check(kind: &str, value: &Value) -> Option<Event> {
        let unknown: UnknownEvent = serde_json::from_value(json!({"t": kind, "d": value})).unwrap();
        mend(unknown)
    }

    #[test]
    fn a_bare_command_is_read() {
        let bare = json!({
            "id": "5", "type": 2, "token": "t", "channel_id": "7", "guild_id": "8",
            "data": {"id": "9", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "why?"}]},
            "member": {"user": {"id": "10"}}, "authorizing_integration_owners": "odd",
        });
        let Some(Event::InteractionCreate(event)) = check("INTERACTION_CREATE", &bare) else {
            panic!("not read");
        };
        let Interaction::Command(command) = event.interaction else {
            panic!("no command");
        };
        assert_eq!(
            (command.user.id.get(), command.data.name.as_str()),
            (10, "ask")
        );
    }

    #[test]
    fn a_bare_button_and_a_bare_message_are_read() {
        let message = json!({
            "id": "5", "channel_id": "7", "author": {"id": "10"}, "mentions": [{"id": "1"}],
            "embeds": [{"author": {"name": "why?"}}], "interaction_metadata": 3, "referenced_message": null,
        });
        let button = json!({
            "id": "5", "type": 3, "token": "t", "channel_id": "7", "user": {"id": "10"}, "message": message,
            "data": {"custom_id": "open", "component_type": 2},
        });
        assert!(check("INTERACTION_CREATE", &button).is_some());
        assert!(check("MESSAGE_CREATE", &message).is_some());
        assert!(check("MESSAGE_UPDATE", &message).is_some());
    }

    #[test]
    fn what_is_not_enough_is_nothing() {
        assert!(check("INTERACTION_CREATE", &json!({"id": "5"})).is_none());
        assert!(check("MESSAGE_CREATE", &json!(null)).is_none());
        assert!(check("SOMETHING_NEW", &json!({})).is_none());
    }
}
