//! Channels and threads.

use super::{Outcome, unknown_route};
use crate::support::discord::options::permission;
use crate::support::discord::payload;
use crate::support::discord::reply::Reply;
use crate::support::discord::request::Request;
use crate::support::discord::world::World;

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
        _ => Err(unknown_route()),
    }
}
