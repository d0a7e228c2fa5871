//! Messages in channels: the bot posts, edits, deletes and reads them, if it has the permissions.

use super::{Outcome, number, threads, unknown_route};
use crate::support::discord::draft::draft;
use crate::support::discord::message::{Message, list};
use crate::support::discord::options::{BOT, PULLQUOTE, Place, permission};
use crate::support::discord::payload;
use crate::support::discord::reply::Reply;
use crate::support::discord::request::Request;
use crate::support::discord::rules::{self, FieldError};
use crate::support::discord::world::{Nonce, World};
use serde_json::{Value, json};
use std::time::Duration;

/// How long Discord knows a nonce: it says a few minutes.
const NONCE_LIFE: Duration = Duration::from_mins(3);
/// Types of messages that can be replied to: messages, replies, commands.
const ANSWERABLE: [u64; 4] = [0, 19, 20, 23];
/// The flag of a message that only one member sees.
const EPHEMERAL: u64 = 1 << 6;

/// Handles `/channels/{channel}/`.
pub fn answer(world: &mut World, request: &Request, channel: u64, rest: &[&str]) -> Outcome {
    if world.channel(channel).is_none() {
        return Err(Reply::failure(404, 10003, "Unknown Channel"));
    }
    if !world.may(channel, permission::VIEW) {
        return Err(Reply::failure(403, 50001, "Missing Access"));
    }
    match (request.method.as_str(), rest) {
        ("POST", ["messages"]) => create(world, request, channel),
        ("POST", ["messages", id, "threads"]) => open_thread(world, request, channel, id),
        ("POST", ["typing"]) => {
            need(world, channel, world.writing(channel)).map(|()| Reply::nothing())
        }
        ("GET", ["messages"]) => list_messages(world, request, channel),
        ("GET", ["messages", id]) => {
            need(world, channel, permission::HISTORY)?;
            let found = find(world, channel, id)?;
            Ok(Reply::json(
                200,
                payload::message_read(world, &world.messages[&found]),
            ))
        }
        ("PATCH", ["messages", id]) => edit(world, request, channel, id),
        ("DELETE", ["messages", id]) => {
            let id = own(world, channel, id)?;
            // In an archived thread, messages may still be deleted, unless it is locked, too.
            if world.channel(channel).is_some_and(|known| known.archived) {
                threads::may_write(world, channel)?;
            }
            world.delete(id);
            Ok(Reply::nothing())
        }
        ("PUT" | "DELETE", ["messages", id, "reactions", _, "@me"]) => {
            find(world, channel, id)?;
            need(
                world,
                channel,
                permission::ADD_REACTIONS | permission::HISTORY,
            )?;
            threads::may_change(world, channel)?;
            Ok(Reply::nothing())
        }
        _ => Err(unknown_route()),
    }
}

/// The newest messages of a channel, or those before one, the newest first; none without the permission to read what was written before.
fn list_messages(world: &World, request: &Request, channel: u64) -> Outcome {
    let limit = match request.parameter("limit").map(|limit| limit.parse()) {
        None => 50,
        Some(Ok(limit @ 1..=100)) => limit,
        Some(_) => {
            let error = FieldError::new("limit", "int value should be between 1 and 100.");
            return Err(Reply::invalid(&[error]));
        }
    };
    let before = match request.parameter("before").map(|before| before.parse()) {
        None => u64::MAX,
        Some(Ok(before)) => before,
        Some(Err(_)) => {
            let error = FieldError::new("before", "Value is not snowflake.");
            return Err(Reply::invalid(&[error]));
        }
    };
    let may_read = world.may(channel, permission::HISTORY);
    let is_there = |message: &&Message| {
        message.channel == channel && message.id < before && !message.deleted && !message.ephemeral
    };
    let newest = world.messages.values().rev().filter(is_there).take(limit);
    let newest = newest.filter(|_| may_read);
    let listed: Vec<Value> = newest.map(|it| payload::message_read(world, it)).collect();
    Ok(Reply::json(200, listed.into()))
}

fn create(world: &mut World, request: &Request, channel: u64) -> Outcome {
    let body = &request.body;
    may_write(world, request, channel)?;
    rules::new_message(body, &request.files)?;
    if body["flags"].as_u64().unwrap_or(0) & EPHEMERAL != 0 {
        let error = FieldError::new("flags", "Only responses to interactions are ephemeral.");
        return Err(Reply::invalid(&[error]));
    }
    let target = target(world, body, channel)?;
    let nonce = match &body["nonce"] {
        Value::String(nonce) => Some(nonce.clone()),
        Value::Number(nonce) => Some(nonce.to_string()),
        _ => None,
    };
    let unique = nonce
        .clone()
        .filter(|_| body["enforce_nonce"] == true)
        .map(|nonce| (channel, nonce));
    let sent = world.clock.now();
    let twin = unique.as_ref().and_then(|unique| world.nonces.get(unique));
    let twin = twin.filter(|twin| sent.saturating_sub(twin.sent) < NONCE_LIFE);
    if let Some(twin) = twin.and_then(|twin| world.message(twin.message)) {
        return Ok(Reply::json(200, payload::message(world, twin)));
    }
    let mut message = draft(world, channel, body, &request.files);
    message.nonce = nonce;
    message.reply_to = target;
    let rings =
        body["allowed_mentions"].is_null() || body["allowed_mentions"]["replied_user"] == true;
    let asked = target
        .and_then(|id| world.message(id))
        .map(|asked| asked.author.id);
    if let Some(asked) = asked.filter(|_| rings) {
        message.pings.push(asked.to_string());
        message.mentions.push(asked);
    }
    let mut body = body.clone();
    if let Some(role) = world.options.may_ping
        && body["allowed_mentions"]["roles"] == json!([role.to_string()])
    {
        body["allowed_mentions"]["roles"] = json!([]);
    }
    let id = world.post(message);
    let nonce = Nonce { message: id, sent };
    world.nonces.extend(unique.map(|unique| (unique, nonce)));
    Ok(
        Reply::json(200, payload::message(world, &world.messages[&id]))
            .with(rules::ping_violations(&body, true)),
    )
}

/// Opens a thread on a message. It gets the id of the message.
fn open_thread(world: &mut World, request: &Request, channel: u64, id: &str) -> Outcome {
    let body = &request.body;
    let message = find(world, channel, id)?;
    if world.channel(channel).map(|known| known.place) != Some(Place::Text) {
        let wrong = "Cannot execute action on this channel type";
        return Err(Reply::failure(400, 50024, wrong));
    }
    need(world, channel, permission::CREATE_THREADS)?;
    if world.channel(message).is_some() {
        let twice = "A thread has already been created for this message";
        return Err(Reply::failure(400, 160_004, twice));
    }
    let name = body["name"].as_str().unwrap_or_default();
    let durations = [60, 1_440, 4_320, 10_080];
    let duration = &body["auto_archive_duration"];
    if !(1..=100).contains(&name.chars().count()) {
        let error = FieldError::new("name", "Must be between 1 and 100 in length.");
        return Err(Reply::invalid(&[error]));
    }
    if !duration.is_null() && !durations.iter().any(|known| *duration == *known) {
        let error = FieldError::new(
            "auto_archive_duration",
            "Value must be one of the known ones.",
        );
        return Err(Reply::invalid(&[error]));
    }
    threads::may_activate(world)?;
    world.open(message, name, Place::Thread(channel), PULLQUOTE);
    if let Some(found) = world.messages.get_mut(&message) {
        found.flags |= 1 << 5;
    }
    world.dispatch_channel("THREAD_CREATE", message);
    world.dispatch_message("MESSAGE_UPDATE", message);
    // The first message of the thread only refers to that message.
    let first = world.clock.snowflake();
    let author = world.messages[&message].author;
    let mut first = Message::new(first, message, author, "");
    first.kind = Some(21);
    first.reply_to = Some(message);
    world.post(first);
    let thread = payload::channel(&world.options.channels[&message]);
    Ok(Reply::json(201, thread))
}

fn may_write(world: &World, request: &Request, channel: u64) -> Result<(), Reply> {
    match world.channel(channel).map(|known| known.place) {
        Some(Place::Forum) => {
            let forum = "Cannot send a message in a forum channel";
            return Err(Reply::failure(400, 40058, forum));
        }
        Some(Place::Category) => {
            let category = "Cannot send messages in a non-text channel";
            return Err(Reply::failure(400, 50008, category));
        }
        Some(Place::EmptyPost(_)) => {
            let until = "Cannot message this thread until after the post author has sent an initial message.";
            return Err(Reply::failure(403, 40058, until));
        }
        Some(Place::Direct(_)) if !world.may(channel, permission::SEND) => {
            return Err(Reply::failure(
                403,
                50007,
                "Cannot send messages to this user",
            ));
        }
        _ => need(world, channel, world.writing(channel))?,
    }
    threads::may_write(world, channel)?;
    if world.channel(channel).is_some_and(|known| known.archived) {
        threads::may_activate(world)?;
    }
    if !list(&request.body["embeds"]).is_empty() {
        need(world, channel, permission::EMBED)?;
    }
    if !request.files.is_empty() {
        need(world, channel, permission::ATTACH)?;
    }
    rules::files(&request.files, world.upload_limit(channel))
}

/// The message that a new one replies to.
fn target(world: &World, body: &Value, channel: u64) -> Result<Option<u64>, Reply> {
    let reference = &body["message_reference"];
    if reference["message_id"].is_null() {
        return Ok(None);
    }
    if !world.may(channel, permission::HISTORY) {
        return Err(Reply::failure(
            400,
            160_002,
            "Cannot reply without permission to read message history",
        ));
    }
    let id = match &reference["message_id"] {
        Value::String(id) => id.clone(),
        id => id.to_string(),
    };
    match find(world, channel, &id) {
        Ok(found) if !is_answerable(&world.messages[&found]) => {
            let error = FieldError::new("message_reference", "Cannot reply to a system message");
            Err(Reply::invalid(&[
                error.code("REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE")
            ]))
        }
        Ok(found) => Ok(Some(found)),
        Err(_) if reference["fail_if_not_exists"] == false => Ok(None),
        Err(_) => {
            let mut refusal =
                Reply::invalid(&[FieldError::new("message_reference", "Unknown message")
                    .code("REPLIES_UNKNOWN_MESSAGE")]);
            // Not the bot's fault: the message may have just been deleted.
            refusal.violations.clear();
            Err(refusal)
        }
    }
}

fn is_answerable(message: &Message) -> bool {
    message.kind.is_none_or(|kind| ANSWERABLE.contains(&kind))
}

fn edit(world: &mut World, request: &Request, channel: u64, id: &str) -> Outcome {
    let id = own(world, channel, id)?;
    threads::may_change(world, channel)?;
    rules::files(&request.files, world.upload_limit(channel))?;
    rules::edited_message(&world.messages[&id], &request.body, &request.files)?;
    world.rewrite(id, &request.body, &request.files);
    Ok(
        Reply::json(200, payload::message(world, &world.messages[&id]))
            .with(rules::ping_violations(&request.body, false)),
    )
}

fn need(world: &World, channel: u64, permission: u64) -> Result<(), Reply> {
    if world.may(channel, permission) {
        Ok(())
    } else {
        Err(Reply::failure(403, 50013, "Missing Permissions"))
    }
}

/// A message that everyone in the channel can see.
fn find(world: &World, channel: u64, id: &str) -> Result<u64, Reply> {
    let found = world
        .message(number(id))
        .filter(|message| message.channel == channel && !message.ephemeral);
    found
        .map(|message| message.id)
        .ok_or_else(|| Reply::failure(404, 10008, "Unknown Message"))
}

fn own(world: &World, channel: u64, id: &str) -> Result<u64, Reply> {
    let id = find(world, channel, id)?;
    if world.messages[&id].author.id == BOT {
        Ok(id)
    } else {
        Err(Reply::violation(
            403,
            50005,
            "Cannot edit a message authored by another user",
        ))
    }
}
