//! Gateway payloads, as far as the bot uses them.

use super::channel::{Channel, ChannelEvent, channel_event, channels};
use super::fields::{MODERATOR, id, ids, list, permissions, text};
use super::interaction::IncomingInteraction;
use super::message::IncomingMessage;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, from_str};
use std::borrow::Cow;

/// A payload from the gateway.
#[derive(Debug)]
pub(crate) enum GatewayPayload {
    /// The first payload of a connection: heartbeats begin, at this interval in milliseconds.
    Hello(Option<u64>),
    /// Discord asks for a heartbeat.
    Heartbeat,
    /// A heartbeat has arrived.
    Acknowledged,
    /// The connection should be replaced.
    Reconnect,
    /// The session cannot go on.
    InvalidSession,
    /// A dispatched event.
    Event(Box<Event>),
    /// Anything that the bot ignores.
    Other,
}

/// A dispatched event.
#[derive(Debug)]
pub(crate) enum Event {
    /// A new session has started.
    Ready(Ready),
    /// The previous session continues.
    Resumed,
    /// A member used a command or a component, or is typing an option.
    Interaction(IncomingInteraction),
    /// A message was written or edited.
    Message(IncomingMessage),
    /// Messages were deleted.
    Deleted(DeletedMessages),
    /// The pinned messages of a channel have changed.
    Pins { server: u64, channel: u64 },
    /// The bot joined a server, reconnected to it, or the server's settings changed.
    Guild(Guild),
    /// A role of a server is new, has changed, or was deleted.
    Role {
        server: u64,
        role: u64,
        /// Whether its members may manage messages.
        moderates: bool,
    },
    /// Channels or threads of a server have changed.
    Channel { server: u64, event: ChannelEvent },
}

/// Messages that were deleted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DeletedMessages {
    /// `None` in direct messages.
    pub(crate) server: Option<u64>,
    pub(crate) channel: u64,
    pub(crate) messages: Vec<u64>,
}

/// The first event of a session.
#[derive(Debug)]
pub(crate) struct Ready {
    /// The bot's id and name as a user.
    pub(crate) user: u64,
    pub(crate) name: String,
    pub(crate) application: u64,
    /// Number of servers that the bot is in.
    pub(crate) servers: usize,
    /// The id of the session.
    pub(crate) session: Option<String>,
    pub(crate) resume_gateway_url: String,
}

/// A server that the bot is in.
#[derive(Debug)]
pub(crate) struct Guild {
    pub(crate) id: u64,
    /// Language code such as `en-US`; empty where Discord does not send one.
    pub(crate) preferred_locale: String,
    /// Roles that belong to a bot: role and bot.
    pub(crate) bot_roles: Vec<(u64, u64)>,
    pub(crate) roles: Vec<u64>,
    /// The member who owns it.
    pub(crate) owner: Option<u64>,
    /// Roles whose members may manage messages.
    pub(crate) moderators: Vec<u64>,
    /// Its channels and active threads; `None` if the event does not list them.
    pub(crate) channels: Option<Vec<Channel>>,
}

/// The envelope of every payload.
#[derive(Deserialize)]
struct Envelope<'a> {
    op: u8,
    s: Option<u64>,
    #[serde(borrow)]
    t: Option<Cow<'a, str>>,
    #[serde(borrow)]
    d: Option<&'a RawValue>,
}

/// Reads a payload from its JSON. Also returns its sequence number, which even an unreadable event has.
pub(crate) fn read(text: &str) -> (Option<u64>, serde_json::Result<GatewayPayload>) {
    match from_str::<Envelope<'_>>(text) {
        Ok(envelope) => (envelope.s, envelope.content()),
        Err(error) => (None, Err(error)),
    }
}

impl Envelope<'_> {
    fn content(&self) -> serde_json::Result<GatewayPayload> {
        let data = self.d.map_or("null", RawValue::get);
        Ok(match (self.op, self.t.as_deref()) {
            (0, Some(kind)) => match read_event(kind, &from_str(data)?) {
                Some(event) => GatewayPayload::Event(Box::new(event)),
                None => GatewayPayload::Other,
            },
            (1, _) => GatewayPayload::Heartbeat,
            (7, _) => GatewayPayload::Reconnect,
            // `true` if the session can be resumed.
            (9, _) if data == "true" => GatewayPayload::Reconnect,
            (9, _) => GatewayPayload::InvalidSession,
            (10, _) => {
                let hello: Value = from_str(data).unwrap_or_default();
                GatewayPayload::Hello(hello["heartbeat_interval"].as_u64())
            }
            (11, _) => GatewayPayload::Acknowledged,
            _ => GatewayPayload::Other,
        })
    }
}

/// `None` for events that the bot does not act on, and for those that lack what it needs.
fn read_event(kind: &str, data: &Value) -> Option<Event> {
    Some(match kind {
        "READY" => Event::Ready(ready(data)?),
        "RESUMED" => Event::Resumed,
        "INTERACTION_CREATE" => Event::Interaction(IncomingInteraction::new(data)?),
        "MESSAGE_CREATE" => Event::Message(IncomingMessage::new(data)?),
        "MESSAGE_UPDATE" => Event::Message(IncomingMessage::edited(data)?),
        "MESSAGE_DELETE" => deleted(data, vec![id(&data["id"])?])?,
        "MESSAGE_DELETE_BULK" => deleted(data, ids(&data["ids"]))?,
        "CHANNEL_PINS_UPDATE" => Event::Pins {
            server: id(&data["guild_id"])?,
            channel: id(&data["channel_id"])?,
        },
        // During an outage, the event names the server and says nothing of it.
        "GUILD_CREATE" if data["unavailable"] == true => return None,
        "GUILD_CREATE" | "GUILD_UPDATE" => Event::Guild(guild(data)?),
        "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE" | "GUILD_ROLE_DELETE" => role(data)?,
        _ => {
            let (server, event) = channel_event(kind, data)?;
            Event::Channel { server, event }
        }
    })
}

fn deleted(data: &Value, messages: Vec<u64>) -> Option<Event> {
    Some(Event::Deleted(DeletedMessages {
        server: id(&data["guild_id"]),
        channel: id(&data["channel_id"])?,
        messages,
    }))
}

fn ready(data: &Value) -> Option<Ready> {
    Some(Ready {
        user: id(&data["user"]["id"])?,
        name: text(&data["user"]["username"]).to_owned(),
        application: id(&data["application"]["id"])?,
        servers: list(&data["guilds"]).len(),
        session: data["session_id"].as_str().map(str::to_owned),
        resume_gateway_url: data["resume_gateway_url"].as_str()?.to_owned(),
    })
}

/// A server, as in its event and in the REST API.
pub(crate) fn guild(data: &Value) -> Option<Guild> {
    let server = id(&data["id"])?;
    let roles = list(&data["roles"]);
    let bot_role = |role: &Value| Some((id(&role["id"])?, id(&role["tags"]["bot_id"])?));
    let moderators = roles.iter().filter(|role| moderates(role, server));
    Some(Guild {
        id: server,
        owner: id(&data["owner_id"]),
        moderators: moderators.filter_map(|role| id(&role["id"])).collect(),
        preferred_locale: text(&data["preferred_locale"]).to_owned(),
        bot_roles: roles.iter().filter_map(bot_role).collect(),
        roles: ids_of(&data["roles"]).collect(),
        channels: channels(data),
    })
}

/// The ids of the objects in a list.
fn ids_of(objects: &Value) -> impl Iterator<Item = u64> {
    list(objects).iter().filter_map(|object| id(&object["id"]))
}

/// A deleted role is only named.
fn role(data: &Value) -> Option<Event> {
    let server = id(&data["guild_id"])?;
    let role = &data["role"];
    Some(Event::Role {
        server,
        role: id(&role["id"]).or_else(|| id(&data["role_id"]))?,
        moderates: moderates(role, server),
    })
}

/// Whether members of a role may manage messages. The role of everyone, which has the id of the server, makes nobody a
/// moderator.
fn moderates(role: &Value, server: u64) -> bool {
    id(&role["id"]) != Some(server) && permissions(&role["permissions"]).intersects(MODERATOR)
}

#[cfg(test)]
mod tests {
    use super::{Event, GatewayPayload, read};
    use pullquote_cards::Action;
    use serde_json::{Value, json};

    /// The event in a payload of this kind; `None` if the bot ignores it or too much of it is missing.
    fn check(kind: &str, data: &Value) -> Option<Event> {
        let payload = json!({"op": 0, "s": 1, "t": kind, "d": data});
        match read(&payload.to_string()) {
            (Some(1), Ok(GatewayPayload::Event(event))) => Some(*event),
            _ => None,
        }
    }

    #[test]
    fn a_command_with_the_minimum_of_fields_is_read() {
        let bare = json!({
            "id": "5", "type": 2, "token": "t", "channel_id": "7", "guild_id": "8",
            "data": {"id": "9", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "why?"}]},
            "member": {"user": {"id": "10"}}, "authorizing_integration_owners": "odd",
        });
        let Some(Event::Interaction(interaction)) = check("INTERACTION_CREATE", &bare) else {
            panic!("no command");
        };
        assert_eq!((interaction.id, interaction.channel), (5, 7));
        assert_eq!((interaction.member, interaction.server), (10, Some(8)));
        assert!(matches!(&interaction.action, Action::Command { name, .. } if name == "ask"));
    }

    #[test]
    fn a_button_and_a_message_with_the_minimum_of_fields_are_read() {
        let message = json!({
            "id": "5", "channel_id": "7", "author": {"id": "10"}, "mentions": [{"id": "1"}],
            "edited_timestamp": "2026-01-01T00:00:00Z", "embeds": [{"author": {"name": "why?"}}],
            "interaction_metadata": 3, "referenced_message": null,
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
    fn fields_of_other_types_cost_no_event() {
        let message = json!({
            "id": "5", "channel_id": "7", "author": {"id": "10", "global_name": 3, "avatar_decoration_data": []},
            "type": 4_000_000_000_u64, "mentions": {"new": true}, "components": [{"type": 300, "components": "none"}],
            "embeds": "none", "flags": "many", "poll": [], "message_snapshots": 0, "content": 7,
        });
        assert!(matches!(
            check("MESSAGE_CREATE", &message),
            Some(Event::Message(_))
        ));
        let command = json!({
            "id": "5", "type": 2, "token": "t", "channel_id": "7", "context": 9, "locale": 1, "entitlements": {},
            "data": {"name": "ask", "options": [{"name": "question", "type": 99, "value": "why?"}, 8]},
            "member": {"user": {"id": "10"}, "roles": null},
        });
        assert!(matches!(
            check("INTERACTION_CREATE", &command),
            Some(Event::Interaction(_))
        ));
    }

    #[test]
    fn an_update_without_an_edit_is_ignored() {
        let update =
            json!({"id": "5", "channel_id": "7", "author": {"id": "10"}, "content": "a link"});
        assert!(check("MESSAGE_UPDATE", &update).is_none());
    }

    #[test]
    fn incomplete_or_unknown_events_are_ignored() {
        assert!(check("INTERACTION_CREATE", &json!({"id": "5"})).is_none());
        assert!(check("MESSAGE_CREATE", &json!(null)).is_none());
        assert!(check("SOMETHING_NEW", &json!({})).is_none());
        for unreadable in ["", "{}", "[]", "nonsense"] {
            assert!(matches!(read(unreadable), (None, Err(_))), "{unreadable}");
        }
        let unreadable = read(r#"{"op":0,"s":7,"t":"MESSAGE_CREATE","d":1e999}"#);
        assert!(matches!(unreadable, (Some(7), Err(_))));
    }

    #[test]
    fn payloads_are_told_apart() {
        let check = |text: &str| read(text).1.unwrap();
        let hello = check(r#"{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}"#);
        assert!(matches!(hello, GatewayPayload::Hello(Some(41_250))));
        for interval in ["-1", "1e300", "1e999", "\"x\"", "null"] {
            let hello = check(&format!(
                r#"{{"op":10,"d":{{"heartbeat_interval":{interval}}}}}"#
            ));
            assert!(matches!(hello, GatewayPayload::Hello(None)), "{interval}");
        }
        assert!(matches!(
            check(r#"{"op":9,"d":true}"#),
            GatewayPayload::Reconnect
        ));
        assert!(matches!(
            check(r#"{"op":9,"d":false}"#),
            GatewayPayload::InvalidSession
        ));
        assert!(matches!(
            check(r#"{"op":11}"#),
            GatewayPayload::Acknowledged
        ));
        assert!(matches!(check(r#"{"op":12}"#), GatewayPayload::Other));
    }

    #[test]
    fn sessions_servers_and_hello_need_few_fields() {
        let ready = json!({
            "v": 10, "user": {"id": "1", "username": "bot"}, "application": {"id": "2"}, "guilds": [{"id": "3"}],
            "session_id": "a", "resume_gateway_url": "ws://127.0.0.1",
        });
        assert!(
            matches!(check("READY", &ready), Some(Event::Ready(it)) if it.servers == 1 && it.session.as_deref() == Some("a"))
        );
        assert!(matches!(check("RESUMED", &json!({})), Some(Event::Resumed)));
        let deleted = check(
            "MESSAGE_DELETE_BULK",
            &json!({"ids": ["7", "8"], "channel_id": "1"}),
        );
        assert!(
            matches!(deleted, Some(Event::Deleted(it)) if it.messages == [7, 8] && it.channel == 1)
        );
        let pins = json!({"guild_id": "3", "channel_id": "1"});
        assert!(matches!(
            check("CHANNEL_PINS_UPDATE", &pins),
            Some(Event::Pins {
                server: 3,
                channel: 1
            })
        ));
        let roles = json!([{"id": "3", "permissions": "8192"}, {"id": "6", "permissions": "8192"}, {"id": "7", "permissions": "8"}, {"id": "4", "tags": {"bot_id": "1"}}, {"id": "5", "tags": {"integration_id": "2"}}]);
        let guild = json!({"id": "3", "preferred_locale": "de", "members": 7, "roles": roles});
        let Some(Event::Guild(guild)) = check("GUILD_CREATE", &guild) else {
            panic!("no server");
        };
        assert_eq!(
            (guild.preferred_locale.as_str(), guild.bot_roles),
            ("de", vec![(4, 1)])
        );
        assert_eq!((guild.moderators, guild.channels), (vec![6, 7], None));
        let outage = json!({"id": "3", "unavailable": true});
        assert!(check("GUILD_CREATE", &outage).is_none());
        let deleted = check(
            "GUILD_ROLE_DELETE",
            &json!({"guild_id": "3", "role_id": "6"}),
        );
        assert!(matches!(
            deleted,
            Some(Event::Role {
                server: 3,
                role: 6,
                moderates: false
            })
        ));
        let role = json!({"guild_id": "3", "role": {"id": "6", "permissions": "8192"}});
        let changed = check("GUILD_ROLE_UPDATE", &role);
        assert!(matches!(
            changed,
            Some(Event::Role {
                role: 6,
                moderates: true,
                ..
            })
        ));
    }
}
