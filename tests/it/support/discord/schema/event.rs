//! Events of the gateway. The description has none, but most contain objects that responses contain too; the documentation of
//! the gateway says which, and which fields events add.

use super::{is_there, violations};
use serde_json::Value;

/// An object in an event.
struct Described {
    event: &'static str,
    /// Where it is; `*` is every item of a list.
    pointer: &'static str,
    /// The schema of the same object in a response.
    schema: &'static str,
    /// Fields that it has in events besides.
    besides: &'static [&'static str],
}

const fn object(
    event: &'static str,
    pointer: &'static str,
    schema: &'static str,
    besides: &'static [&'static str],
) -> Described {
    Described {
        event,
        pointer,
        schema,
        besides,
    }
}

const OBJECTS: [Described; 15] = [
    object(
        "MESSAGE_CREATE",
        "",
        "MessageResponse",
        &["guild_id", "member"],
    ),
    object(
        "MESSAGE_CREATE",
        "/member",
        "BasicGuildMemberResponse",
        &["deaf", "mute"],
    ),
    object(
        "MESSAGE_UPDATE",
        "",
        "MessageResponse",
        &["guild_id", "member"],
    ),
    object(
        "MESSAGE_UPDATE",
        "/member",
        "BasicGuildMemberResponse",
        &["deaf", "mute"],
    ),
    object("CHANNEL_CREATE", "", "GuildChannelResponse", &[]),
    object("CHANNEL_UPDATE", "", "GuildChannelResponse", &[]),
    object("CHANNEL_DELETE", "", "GuildChannelResponse", &[]),
    object("THREAD_CREATE", "", "ThreadResponse", &["newly_created"]),
    object("THREAD_UPDATE", "", "ThreadResponse", &[]),
    object("GUILD_CREATE", "", "GuildResponse", &OF_SERVER),
    object("GUILD_CREATE", "/members/*", "GuildMemberResponse", &[]),
    object("GUILD_CREATE", "/threads/*", "ThreadResponse", &[]),
    object("INTERACTION_CREATE", "/message", "MessageResponse", &[]),
    object(
        "INTERACTION_CREATE",
        "/member",
        "GuildMemberResponse",
        &["permissions"],
    ),
    object("INTERACTION_CREATE", "/user", "UserResponse", &[]),
];

const OF_SERVER: [&str; 12] = [
    "joined_at",
    "large",
    "unavailable",
    "member_count",
    "voice_states",
    "members",
    "channels",
    "threads",
    "presences",
    "stage_instances",
    "guild_scheduled_events",
    "soundboard_sounds",
];

/// How the data of an event violates the description.
pub fn event_violations(event: &str, data: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let described = OBJECTS.iter().filter(|it| is_there() && it.event == event);
    for described in described {
        for mut object in at(data, described.pointer) {
            if let Some(fields) = object.as_object_mut() {
                fields.retain(|name, _| !described.besides.contains(&name.as_str()));
            }
            let place = format!("/components/schemas/{}", described.schema);
            let violations = violations(&place, &object).into_iter();
            found.extend(violations.map(|it| format!("{}{it}", described.pointer)));
        }
    }
    found
}

/// Copies of what is at a pointer.
fn at(data: &Value, pointer: &str) -> Vec<Value> {
    let (whole, of_each) = match pointer.strip_suffix("/*") {
        Some(whole) => (whole, true),
        None => (pointer, false),
    };
    match data.pointer(whole) {
        Some(Value::Array(items)) if of_each => items.clone(),
        Some(found) => vec![found.clone()],
        None => Vec::new(),
    }
}
