//! Lists of threads, and members by id.

use super::Outcome;
use crate::support::discord::options::{Channel, Place, UserKind, permission};
use crate::support::discord::payload;
use crate::support::discord::reply::Reply;
use crate::support::discord::request::Request;
use crate::support::discord::rules::FieldError;
use crate::support::discord::world::World;
use serde_json::{Value, json};

/// Threads in a list, unless the bot asks for fewer.
const USUAL: usize = 50;

/// Whether the bot may write in a channel: not in a thread that is locked, unless it manages threads. The documentation has a code
/// of its own for this, 160005, but Discord says 50083 (discord-api-docs, issues 6884 and 7707).
pub fn may_write(world: &World, channel: u64) -> Result<(), Reply> {
    let is_locked = world.channel(channel).is_some_and(|known| known.locked);
    if is_locked && !world.may(channel, permission::MANAGE_THREADS) {
        return Err(Reply::failure(403, 50083, "Thread is archived"));
    }
    Ok(())
}

/// Whether the bot may change what is written in a channel: also not in a thread that is archived.
pub fn may_change(world: &World, channel: u64) -> Result<(), Reply> {
    may_write(world, channel)?;
    if world.channel(channel).is_some_and(|known| known.archived) {
        return Err(Reply::failure(400, 50083, "Thread is archived"));
    }
    Ok(())
}

/// Whether one more thread may be active in the server.
pub fn may_activate(world: &World) -> Result<(), Reply> {
    let all = world.options.channels.values();
    let active = all.filter(|known| known.place.is_thread() && !known.archived);
    if active.count() < world.options.most_threads {
        Ok(())
    } else {
        let most = "Maximum number of active threads reached";
        Err(Reply::failure(400, 160_006, most))
    }
}

/// The threads of all channels that the bot may see and that are not archived.
pub fn active(world: &World) -> Value {
    let all = world.options.channels.values();
    let forums = all.filter(|known| !known.place.is_thread());
    let threads = forums.flat_map(|forum| payload::threads_of(world, forum.id));
    // `has_more` is in Discord's description, but not in its documentation.
    json!({"threads": threads.collect::<Vec<_>>(), "members": [], "has_more": false})
}

/// A page of the archived public threads of a channel, the last archived first.
pub fn archived(world: &World, request: &Request, channel: u64) -> Outcome {
    if world.channel(channel).is_none() {
        return Err(Reply::failure(404, 10003, "Unknown Channel"));
    }
    if !world.may(channel, permission::VIEW | permission::HISTORY) {
        return Err(Reply::failure(403, 50001, "Missing Access"));
    }
    let limit = match request.parameter("limit").map(|limit| limit.parse()) {
        None => USUAL,
        Some(Ok(limit @ 2..=100)) => limit,
        Some(_) => {
            let error = FieldError::new("limit", "int value should be between 2 and 100.");
            return Err(Reply::invalid(&[error]));
        }
    };
    let before = request.parameter("before");
    let is_in = |known: &&Channel| known.archived && known.place == Place::Thread(channel);
    let all = world.options.channels.values().filter(is_in);
    let mut threads: Vec<Value> = all.map(payload::channel).collect();
    let time = |thread: &Value| {
        let time = thread["thread_metadata"]["archive_timestamp"].as_str();
        time.unwrap_or_default().to_owned()
    };
    threads.retain(|thread| before.as_ref().is_none_or(|before| time(thread) < *before));
    threads.sort_by_key(|thread| std::cmp::Reverse(time(thread)));
    let has_more = threads.len() > limit;
    threads.truncate(limit);
    Ok(Reply::json(
        200,
        json!({"threads": threads, "members": [], "has_more": has_more}),
    ))
}

/// A member with the roles that they wrote with last. `None`, an unknown route, for somebody who never wrote.
pub fn member(world: &World, id: u64) -> Option<Reply> {
    let mut messages = world.messages.values().rev();
    let last = messages.find(|message| message.author.id == id)?;
    if last.author.kind == UserKind::Webhook {
        return Some(Reply::failure(404, 10007, "Unknown Member"));
    }
    let member = payload::member(last.author, &last.roles);
    Some(Reply::json(200, member))
}
