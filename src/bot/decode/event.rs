//! What Discord says on the gateway, as far as the bot listens. Anything else is not even read: servers are large.

use crate::bot::decode::lenient;
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;
use serde_json::{Value, from_str};
use serenity::all::{ApplicationId, GuildId, Interaction, Message, MessageUpdateEvent, UserId};
use std::borrow::Cow;
use std::time::Duration;

/// What a payload says.
#[derive(Debug)]
pub(crate) enum Said {
    /// The connection is open; the time between two heartbeats.
    Hello(Duration),
    /// Something has happened.
    Event(Box<Event>),
    /// Nothing that the bot does anything about.
    Other,
}

/// What has happened.
#[derive(Debug)]
pub(crate) enum Event {
    /// A session has begun.
    Ready(Ready),
    /// A session is taken up again.
    Resumed,
    /// A member uses a command, a button, a menu, or types an option.
    Interaction(Interaction),
    /// Somebody has written.
    Message(Message),
    /// A message is not what it was.
    Edit(MessageUpdateEvent),
    /// A server that the bot is in.
    Server(Server),
}

/// The first event of a session.
#[derive(Debug, Deserialize)]
pub(crate) struct Ready {
    pub(crate) user: Me,
    pub(crate) application: Application,
    /// The servers that the bot is in.
    pub(crate) guilds: Vec<IgnoredAny>,
    /// Where the session is taken up again.
    pub(crate) resume_gateway_url: String,
}

/// The bot as a user.
#[derive(Debug, Deserialize)]
pub(crate) struct Me {
    pub(crate) id: UserId,
    pub(crate) username: String,
}

/// The bot as an application.
#[derive(Debug, Deserialize)]
pub(crate) struct Application {
    pub(crate) id: ApplicationId,
}

/// A server, with the language that it speaks.
#[derive(Debug, Deserialize)]
pub(crate) struct Server {
    pub(crate) id: GuildId,
    #[serde(default)]
    pub(crate) preferred_locale: String,
}

/// The frame around all that Discord says.
#[derive(Deserialize)]
struct Payload<'a> {
    op: u8,
    #[serde(borrow)]
    t: Option<Cow<'a, str>>,
    #[serde(borrow)]
    d: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Hello {
    heartbeat_interval: u64,
}

/// Reads a payload.
pub(crate) fn read(text: &str) -> serde_json::Result<Said> {
    let payload: Payload<'_> = from_str(text)?;
    let data = payload.d.map_or("null", RawValue::get);
    Ok(match (payload.op, payload.t.as_deref()) {
        (0, Some(kind)) => match event(kind, data)? {
            Some(event) => Said::Event(Box::new(event)),
            None => Said::Other,
        },
        (10, _) => {
            let hello: Hello = from_str(data)?;
            Said::Hello(Duration::from_millis(hello.heartbeat_interval))
        }
        _ => Said::Other,
    })
}

fn event(kind: &str, data: &str) -> serde_json::Result<Option<Event>> {
    Ok(Some(match kind {
        "READY" => Event::Ready(from_str(data)?),
        "RESUMED" => Event::Resumed,
        "INTERACTION_CREATE" => Event::Interaction(mended(data, lenient::interaction)?),
        "MESSAGE_CREATE" => Event::Message(mended(data, lenient::message)?),
        "MESSAGE_UPDATE" => Event::Edit(mended(data, lenient::message)?),
        "GUILD_CREATE" | "GUILD_UPDATE" => Event::Server(from_str(data)?),
        _ => return Ok(None),
    }))
}

/// Reads it as it is, or else once it is mended.
fn mended<T: DeserializeOwned>(data: &str, mend: fn(&mut Value)) -> serde_json::Result<T> {
    let mut value: Value = from_str(data)?;
    T::deserialize(&value).or_else(|_| {
        mend(&mut value);
        T::deserialize(&value)
    })
}

#[cfg(test)]
mod tests {
    use super::{Event, Said, read};
    use serde_json::{Value, json};
    use serenity::all::Interaction;
    use std::time::Duration;

    /// The event in a payload with this kind and data, if it is one that the bot listens to and enough of it is there.
    fn check(kind: &str, data: &Value) -> Option<Event> {
        let payload = json!({"op": 0, "s": 1, "t": kind, "d": data});
        match read(&payload.to_string()) {
            Ok(Said::Event(event)) => Some(*event),
            _ => None,
        }
    }

    #[test]
    fn a_bare_command_is_read() {
        let bare = json!({
            "id": "5", "type": 2, "token": "t", "channel_id": "7", "guild_id": "8",
            "data": {"id": "9", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": "why?"}]},
            "member": {"user": {"id": "10"}}, "authorizing_integration_owners": "odd",
        });
        let Some(Event::Interaction(Interaction::Command(command))) =
            check("INTERACTION_CREATE", &bare)
        else {
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
        assert!(read("").is_err() && read("{}").is_err() && read("[]").is_err());
    }

    #[test]
    fn of_the_rest_only_what_is_needed() {
        let ready = json!({
            "v": 10, "user": {"id": "1", "username": "bot"}, "application": {"id": "2"}, "guilds": [{"id": "3"}],
            "resume_gateway_url": "ws://127.0.0.1",
        });
        assert!(
            matches!(check("READY", &ready), Some(Event::Ready(ready)) if ready.guilds.len() == 1)
        );
        assert!(matches!(check("RESUMED", &json!({})), Some(Event::Resumed)));
        let server = json!({"id": "3", "preferred_locale": "de", "members": 7});
        assert!(
            matches!(check("GUILD_CREATE", &server), Some(Event::Server(it)) if it.preferred_locale == "de")
        );
        let hello = read(r#"{"op":10,"d":{"heartbeat_interval":41250},"s":null,"t":null}"#);
        assert!(matches!(hello, Ok(Said::Hello(time)) if time == Duration::from_millis(41_250)));
        assert!(matches!(read(r#"{"op":11}"#), Ok(Said::Other)));
    }
}
