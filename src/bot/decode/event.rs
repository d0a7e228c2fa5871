//! Gateway payloads, as far as the bot uses them. The data of all others is skipped unparsed.

use super::interaction::IncomingInteraction;
use super::lenient;
use super::message::IncomingMessage;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;
use serde_json::{Value, from_str};
use serenity::all::{ApplicationId, GuildId, UserId};
use std::borrow::Cow;

/// A payload from the gateway.
#[derive(Debug)]
pub(crate) enum GatewayPayload {
    /// The first payload of a connection.
    Hello,
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
    /// The bot joined a server, reconnected to it, or the server's settings changed.
    Guild(Guild),
}

/// The first event of a session.
#[derive(Debug, Deserialize)]
pub(crate) struct Ready {
    pub(crate) user: CurrentUser,
    pub(crate) application: Application,
    /// One entry for each server that the bot is in.
    pub(crate) guilds: Vec<IgnoredAny>,
    pub(crate) resume_gateway_url: String,
}

/// The bot as a user.
#[derive(Debug, Deserialize)]
pub(crate) struct CurrentUser {
    pub(crate) id: UserId,
    pub(crate) username: String,
}

/// The bot as an application.
#[derive(Debug, Deserialize)]
pub(crate) struct Application {
    pub(crate) id: ApplicationId,
}

/// A server that the bot is in.
#[derive(Debug, Deserialize)]
pub(crate) struct Guild {
    pub(crate) id: GuildId,
    /// Language code such as `en-US`; empty where Discord does not send one.
    #[serde(default)]
    pub(crate) preferred_locale: String,
}

/// The envelope of every payload.
#[derive(Deserialize)]
struct Envelope<'a> {
    op: u8,
    #[serde(borrow)]
    t: Option<Cow<'a, str>>,
    #[serde(borrow)]
    d: Option<&'a RawValue>,
}

/// Reads a payload from its JSON.
pub(crate) fn read(text: &str) -> serde_json::Result<GatewayPayload> {
    let envelope: Envelope<'_> = from_str(text)?;
    let data = envelope.d.map_or("null", RawValue::get);
    Ok(match (envelope.op, envelope.t.as_deref()) {
        (0, Some(kind)) => match read_event(kind, data)? {
            Some(event) => GatewayPayload::Event(Box::new(event)),
            None => GatewayPayload::Other,
        },
        (10, _) => GatewayPayload::Hello,
        _ => GatewayPayload::Other,
    })
}

/// `None` for events that the bot does not act on.
fn read_event(kind: &str, data: &str) -> serde_json::Result<Option<Event>> {
    Ok(match kind {
        "READY" => Some(Event::Ready(from_str(data)?)),
        "RESUMED" => Some(Event::Resumed),
        "INTERACTION_CREATE" => {
            let interaction = parse_leniently(data, lenient::interaction)?;
            IncomingInteraction::new(&interaction).map(Event::Interaction)
        }
        "MESSAGE_CREATE" => {
            let message = parse_leniently(data, lenient::message)?;
            Some(Event::Message(IncomingMessage::new(&message)))
        }
        "MESSAGE_UPDATE" => {
            let update = parse_leniently(data, lenient::message)?;
            IncomingMessage::edited(&update).map(Event::Message)
        }
        "GUILD_CREATE" | "GUILD_UPDATE" => Some(Event::Guild(from_str(data)?)),
        _ => None,
    })
}

/// Parses an event as it is and, if that fails, once more after `simplify` has reduced it to what the bot needs.
fn parse_leniently<T: DeserializeOwned>(
    data: &str,
    simplify: fn(&mut Value),
) -> serde_json::Result<T> {
    let mut value: Value = from_str(data)?;
    T::deserialize(&value).or_else(|_| {
        simplify(&mut value);
        T::deserialize(&value)
    })
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
            Ok(GatewayPayload::Event(event)) => Some(*event),
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
        assert!(read("").is_err() && read("{}").is_err() && read("[]").is_err());
    }

    #[test]
    fn sessions_servers_and_hello_need_few_fields() {
        let ready = json!({
            "v": 10, "user": {"id": "1", "username": "bot"}, "application": {"id": "2"}, "guilds": [{"id": "3"}],
            "resume_gateway_url": "ws://127.0.0.1",
        });
        assert!(
            matches!(check("READY", &ready), Some(Event::Ready(ready)) if ready.guilds.len() == 1)
        );
        assert!(matches!(check("RESUMED", &json!({})), Some(Event::Resumed)));
        let guild = json!({"id": "3", "preferred_locale": "de", "members": 7});
        assert!(
            matches!(check("GUILD_CREATE", &guild), Some(Event::Guild(it)) if it.preferred_locale == "de")
        );
        let hello = read(r#"{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}"#);
        assert!(matches!(hello, Ok(GatewayPayload::Hello)));
        assert!(matches!(read(r#"{"op":11}"#), Ok(GatewayPayload::Other)));
    }
}
