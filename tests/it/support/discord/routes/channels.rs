//! Channels and threads.

use super::{Outcome, threads, unknown_route};
use crate::support::discord::message::list;
use crate::support::discord::options::{BOT, Place, permission};
use crate::support::discord::payload;
use crate::support::discord::reply::Reply;
use crate::support::discord::request::Request;
use crate::support::discord::rules::FieldError;
use crate::support::discord::world::World;
use serde_json::Value;

/// Tags of a post, at most.
const MAX_TAGS: usize = 5;

/// Handles `/channels/{channel}`.
pub fn answer(world: &mut World, request: &Request, channel: u64) -> Outcome {
    let Some(known) = world.channel(channel) else {
        return Err(Reply::failure(404, 10003, "Unknown Channel"));
    };
    if !world.may(channel, permission::VIEW) {
        return Err(Reply::failure(403, 50001, "Missing Access"));
    }
    match request.method.as_str() {
        "GET" => Ok(Reply::json(200, payload::channel(known))),
        "PATCH" => change(world, request, channel),
        _ => Err(unknown_route()),
    }
}

/// Changes the tags of a post, which needs Manage Threads unless the bot wrote the post.
fn change(world: &mut World, request: &Request, post: u64) -> Outcome {
    let known = &world.options.channels[&post];
    let Place::Thread(parent) = known.place else {
        return Err(Reply::violation(403, 50013, "Missing Permissions"));
    };
    if known.owner.id != BOT && !world.may(post, permission::MANAGE_THREADS) {
        return Err(Reply::failure(403, 50013, "Missing Permissions"));
    }
    // Nothing else of an archived thread can be changed.
    let reopens = request.body["archived"] == false;
    if known.archived && !reopens {
        return Err(Reply::failure(400, 50083, "Thread is archived"));
    }
    if known.archived {
        threads::may_activate(world)?;
    }
    let body = request.body.as_object();
    let is_known = |key: &str| key == "applied_tags" || key == "archived" && reopens;
    let only = body.is_some_and(|body| body.keys().all(|key| is_known(key)));
    let sent = list(&request.body["applied_tags"]);
    let available = world.channel(parent).map_or(&[][..], |forum| &forum.tags);
    let is_tag = |id: &Value| available.iter().any(|tag| tag["id"] == *id);
    if !only || sent.len() > MAX_TAGS || !sent.iter().all(is_tag) {
        let error = FieldError::new("applied_tags", "Must be at most 5 tags of the forum");
        return Err(Reply::invalid(&[error]));
    }
    let sent = sent.to_vec();
    if let Some(known) = world.options.channels.get_mut(&post) {
        known.tags = sent;
        known.archived &= !reopens;
    }
    world.dispatch_channel("THREAD_UPDATE", post);
    Ok(Reply::json(
        200,
        payload::channel(&world.options.channels[&post]),
    ))
}
