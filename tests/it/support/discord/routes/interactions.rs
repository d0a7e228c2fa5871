//! Responses to interactions: the initial one, once and within the deadline; edits and follow-ups while the token is valid.

use super::{Outcome, number, threads, unknown_route};
use crate::support::discord::draft::draft;
use crate::support::discord::interaction::{Callback, Record, token_of};
use crate::support::discord::message::{Message, list};
use crate::support::discord::options::{PULLQUOTE, Place};
use crate::support::discord::payload;
use crate::support::discord::reply::Reply;
use crate::support::discord::request::Request;
use crate::support::discord::rules::{self, FieldError};
use crate::support::discord::world::World;
use serde_json::{Value, json};

/// The initial response. One that is refused does not acknowledge the interaction.
pub fn callback(world: &mut World, request: &Request, id: &str, token: &str) -> Outcome {
    let now = world.clock.now();
    let unknown = || Reply::failure(404, 10062, "Unknown interaction");
    let record = world
        .interactions
        .get(&number(id))
        .filter(|record| token == token_of(record.id));
    let record = record.ok_or_else(unknown)?.clone();
    let took = now.saturating_sub(record.born);
    if record.callback.is_some() {
        let twice = (400, 40060, "Interaction has already been acknowledged.");
        // A retry is correct after an injected fault or a lost response.
        return Err(if record.faulted || world.options.lossy {
            Reply::failure(twice.0, twice.1, twice.2)
        } else {
            Reply::violation(twice.0, twice.1, twice.2)
        });
    }
    if took > world.options.first_response {
        return Err(unknown());
    }
    let kind = request.body["type"].as_u64().unwrap_or(0);
    let data = &request.body["data"];
    rules::files(&request.files, world.upload_limit(record.channel))?;
    rules::callback(record.trigger, kind, data, &request.files)?;
    if matches!(kind, 6 | 7) && record.source.is_none() {
        let error = FieldError::new(
            "type",
            "Only for components, and for forms that one opened.",
        );
        return Err(Reply::invalid(&[error]));
    }
    if kind == 7 && record.source.is_some_and(|id| world.message(id).is_none()) {
        return Err(Reply::failure(404, 10008, "Unknown Message"));
    }
    let source = record.source.and_then(|id| world.message(id));
    let is_public = match kind {
        4 | 5 => !is_ephemeral(data),
        7 => source.is_some_and(|source| !source.ephemeral),
        _ => false,
    };
    if is_public {
        threads::may_write(world, record.channel)?;
    }
    let original = respond(world, request, &record, kind);
    let choices = list(&data["choices"]).to_vec();
    let pings = matches!(kind, 4 | 7).then(|| rules::ping_violations(data, kind == 4));
    if let Some(record) = world.interactions.get_mut(&record.id) {
        record.callback = Some(Callback {
            kind,
            took,
            choices,
            form: match kind {
                9 => data.clone(),
                _ => Value::Null,
            },
        });
        record.original = original;
    }
    let reply = if request.query.contains("with_response=true") {
        Reply::json(200, with_response(world, &record, kind, original))
    } else {
        Reply::nothing()
    };
    Ok(reply.with(pings.unwrap_or_default()))
}

/// Whether only the member is to see a message.
fn is_ephemeral(data: &Value) -> bool {
    data["flags"].as_u64().unwrap_or(0) & 1 << 6 != 0
}

/// Executes the callback. Returns the message that `@original` refers to from now on.
fn respond(world: &mut World, request: &Request, record: &Record, kind: u64) -> Option<u64> {
    let data = &request.body["data"];
    match kind {
        4 => {
            let mut message = draft(world, record.channel, data, &request.files);
            message.interaction = Some(record.id);
            message.reply_to = record.source;
            Some(world.post(message))
        }
        5 => {
            let id = world.clock.snowflake();
            let mut message = Message::new(id, record.channel, PULLQUOTE, "");
            message.thinking = true;
            message.interaction = Some(record.id);
            message.ephemeral = is_ephemeral(data);
            Some(world.post(message))
        }
        6 => record.source,
        7 => {
            let source = record.source?;
            world.rewrite(source, data, &request.files);
            Some(source)
        }
        _ => None,
    }
}

fn with_response(world: &World, record: &Record, kind: u64, original: Option<u64>) -> Value {
    let message = original.and_then(|id| world.message(id));
    let message_id = original.map(|id| id.to_string());
    let resource = match (kind, message) {
        (4 | 7, Some(message)) => {
            json!({"type": kind, "message": payload::message(world, message)})
        }
        _ => json!({"type": kind}),
    };
    json!({
        "interaction": {"id": record.id.to_string(), "type": record.trigger.number(), "response_message_id": message_id},
        "resource": resource,
    })
}

/// Webhook requests with an interaction's token, valid after the initial response.
pub fn webhook(world: &mut World, request: &Request, token: &str, rest: &[&str]) -> Outcome {
    let id = token.rsplit('-').next().map_or(0, number);
    let record = world.interactions.get(&id).cloned();
    let record = record.filter(|record| token == token_of(record.id) && record.callback.is_some());
    let record = record.ok_or_else(|| Reply::failure(404, 10015, "Unknown Webhook"))?;
    if world.clock.now().saturating_sub(record.born) > world.options.token_life {
        return Err(Reply::failure(401, 50027, "Invalid Webhook Token"));
    }
    rules::files(&request.files, world.upload_limit(record.channel))?;
    match (request.method.as_str(), rest) {
        ("POST", []) => follow_up(world, request, &record),
        (method, ["messages", which]) => {
            let id = match *which {
                "@original" => record.original.unwrap_or(0),
                id => number(id),
            };
            let mine = record.original == Some(id) || record.followups.contains(&id);
            if !mine || world.message(id).is_none() {
                return Err(Reply::failure(404, 10008, "Unknown Message"));
            }
            match method {
                "GET" => Ok(Reply::json(
                    200,
                    payload::message(world, &world.messages[&id]),
                )),
                "PATCH" => {
                    if !world.messages[&id].ephemeral {
                        threads::may_change(world, record.channel)?;
                    }
                    rules::edited_message(&world.messages[&id], &request.body, &request.files)?;
                    world.rewrite(id, &request.body, &request.files);
                    let pings = rules::ping_violations(&request.body, false);
                    Ok(Reply::json(200, payload::message(world, &world.messages[&id])).with(pings))
                }
                "DELETE" => {
                    world.delete(id);
                    Ok(Reply::nothing())
                }
                _ => Err(unknown_route()),
            }
        }
        _ => Err(unknown_route()),
    }
}

/// A follow-up message. The first one after a deferral replaces "thinking ..." and keeps its visibility.
fn follow_up(world: &mut World, request: &Request, record: &Record) -> Outcome {
    let body = &request.body;
    let place = world.channel(record.channel).map(|known| known.place);
    if place == Some(Place::Private) && record.followups.len() >= 5 {
        let most = "Interaction has reached the maximum number of follow-up messages";
        return Err(Reply::violation(400, 40094, most));
    }
    rules::new_message(body, &request.files)?;
    let waiting = record.original.filter(|id| {
        world
            .messages
            .get(id)
            .is_some_and(|message| message.thinking)
    });
    let is_hidden = match waiting {
        Some(id) => world.messages[&id].ephemeral,
        None => is_ephemeral(body),
    };
    if !is_hidden {
        threads::may_write(world, record.channel)?;
    }
    let id = if let Some(id) = waiting {
        world.rewrite(id, body, &request.files);
        id
    } else {
        let mut message = draft(world, record.channel, body, &request.files);
        message.interaction = Some(record.id);
        message.reply_to = record.original;
        world.post(message)
    };
    if let Some(record) = world.interactions.get_mut(&record.id) {
        record.followups.push(id);
    }
    Ok(
        Reply::json(200, payload::message(world, &world.messages[&id]))
            .with(rules::ping_violations(body, true)),
    )
}

impl World {
    /// Records that a fault was injected into a response to an interaction.
    pub fn note_fault(&mut self, request: &Request) {
        let id = request
            .path
            .strip_prefix("/interactions/")
            .and_then(|rest| rest.split('/').next());
        if let Some(record) = id.and_then(|id| self.interactions.get_mut(&number(id))) {
            record.faulted = true;
        }
    }
}
