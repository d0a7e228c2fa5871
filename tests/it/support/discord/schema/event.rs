//! Events of the gateway. Discord's description has none, but most contain objects that responses contain too; the documentation
//! says which, and which fields events add or leave out. What else they contain is in `events.json`, by the tables of the documentation.

use super::interaction::resolved_violations;
use super::{DESCRIBED_EVENTS, EVENTS, is_there, violations, violations_of};
use serde_json::{Value, json};

/// An object in an event.
struct Described {
    events: &'static [&'static str],
    /// Where it is; `*` is every item of a list or of a map.
    pointer: &'static str,
    /// The schema of the same object in a response.
    schema: &'static str,
    /// Fields that it has in events besides, as pointers.
    besides: &'static [&'static str],
    /// Ids that it does not have in events.
    lacks: &'static [&'static str],
}

const fn object(
    events: &'static [&'static str],
    pointer: &'static str,
    schema: &'static str,
) -> Described {
    Described {
        events,
        pointer,
        schema,
        besides: &[],
        lacks: &[],
    }
}

impl Described {
    const fn with(self, besides: &'static [&'static str]) -> Self {
        Self { besides, ..self }
    }

    const fn without(self, lacks: &'static [&'static str]) -> Self {
        Self { lacks, ..self }
    }
}

const MESSAGES: &[&str] = &["MESSAGE_CREATE", "MESSAGE_UPDATE"];
const CHANNELS: &[&str] = &["CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE"];
const INTERACTION: &[&str] = &["INTERACTION_CREATE"];
const SERVER: &[&str] = &["GUILD_CREATE"];
const SYNC: &[&str] = &["THREAD_LIST_SYNC"];

const CHANNEL: &str = "GuildChannelResponse";
/// A channel of a server, a thread, or a channel of direct messages.
const ANY_CHANNEL: &str = "ResolvedObjectsResponse/properties/channels/additionalProperties";
const BARE_MEMBER: &str = "BasicGuildMemberResponse";
const MEMBER: &str = "GuildMemberResponse";
const MESSAGE: &str = "MessageResponse";
const THREAD: &str = "ThreadResponse";
const USER: &str = "UserResponse";

const OBJECTS: [Described; 22] = [
    object(&["READY"], "/user", "UserPIIResponse"),
    object(MESSAGES, "", MESSAGE).with(&[
        "guild_id",
        "member",
        "channel_type",
        "mentions/*/member",
    ]),
    object(MESSAGES, "/member", BARE_MEMBER).with(&["deaf", "mute"]),
    object(MESSAGES, "/mentions/*/member", BARE_MEMBER).with(&["deaf", "mute"]),
    object(CHANNELS, "", CHANNEL),
    object(&["THREAD_CREATE"], "", THREAD).with(&["newly_created"]),
    object(&["THREAD_UPDATE"], "", THREAD),
    object(SYNC, "/threads/*", THREAD),
    object(SYNC, "/members/*", "ThreadMemberResponse"),
    object(SERVER, "", "GuildResponse").with(&OF_SERVER),
    object(SERVER, "/members/*", MEMBER),
    object(SERVER, "/channels/*", CHANNEL).without(&["guild_id"]),
    object(SERVER, "/threads/*", THREAD),
    object(INTERACTION, "/message", MESSAGE),
    object(INTERACTION, "/member", MEMBER).with(&["permissions"]),
    object(INTERACTION, "/user", USER),
    object(INTERACTION, "/channel", ANY_CHANNEL),
    object(INTERACTION, "/data/resolved/messages/*", MESSAGE),
    object(INTERACTION, "/data/resolved/users/*", USER),
    object(INTERACTION, "/data/resolved/roles/*", "GuildRoleResponse"),
    object(INTERACTION, "/data/resolved/channels/*", CHANNEL).with(&["app_permissions"]),
    object(
        INTERACTION,
        "/data/resolved/attachments/*",
        "MessageAttachmentResponse",
    ),
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

/// How the data of an event violates what Discord describes.
pub fn event_violations(event: &str, data: &Value) -> Vec<String> {
    let mut found = Vec::new();
    if !is_there() {
        return found;
    }
    let described = || OBJECTS.iter().filter(|it| it.events.contains(&event));
    let is_whole = described().any(|it| it.pointer.is_empty());
    if !is_whole && DESCRIBED_EVENTS[event].is_null() {
        return vec![": no such event is described".to_owned()];
    }
    if !is_whole {
        found.extend(violations_of(&format!("{EVENTS}#/{event}"), data));
    }
    if event == "INTERACTION_CREATE" {
        let schema = format!("{EVENTS}#/data/{}", data["type"]);
        let of_data = violations_of(&schema, &data["data"]).into_iter();
        let of_objects = resolved_violations(&data["data"]).into_iter();
        found.extend(of_data.chain(of_objects).map(|it| format!("/data{it}")));
    }
    for described in described() {
        let place = format!("/components/schemas/{}", described.schema);
        for object in at(data, described.pointer.split('/').skip(1)) {
            let violations = violations(&place, &described.as_in_response(object));
            found.extend(
                violations
                    .iter()
                    .map(|it| format!("{}{it}", described.pointer)),
            );
        }
    }
    found
}

impl Described {
    /// The object as a response would have it.
    fn as_in_response(&self, object: &Value) -> Value {
        let mut object = object.clone();
        for field in self.besides {
            remove(&mut object, field);
        }
        for id in self.lacks {
            if object[*id].is_null() {
                object[*id] = json!("1");
            }
        }
        object
    }
}

/// What is at a pointer.
fn at(data: &Value, mut pointer: impl Iterator<Item = &'static str> + Clone) -> Vec<&Value> {
    let inside: Vec<&Value> = match (pointer.next(), data) {
        (None, _) => return vec![data],
        (Some("*"), Value::Array(items)) => items.iter().collect(),
        (Some("*"), Value::Object(fields)) => fields.values().collect(),
        (Some(field), _) => data.get(field).into_iter().collect(),
    };
    let inside = inside.into_iter();
    inside.flat_map(|it| at(it, pointer.clone())).collect()
}

/// Removes the field at a pointer.
fn remove(object: &mut Value, pointer: &str) {
    match (pointer.split_once('/'), object) {
        (None, Value::Object(fields)) => {
            fields.remove(pointer);
        }
        (Some(("*", inside)), Value::Array(items)) => {
            for item in items {
                remove(item, inside);
            }
        }
        (Some((field, inside)), object) => {
            if let Some(found) = object.get_mut(field) {
                remove(found, inside);
            }
        }
        _ => {}
    }
}
