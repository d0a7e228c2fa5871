//! Routes of the REST API. Channels, messages, commands and interactions are in submodules.

mod channels;
mod commands;
mod interactions;
mod messages;
mod threads;

use super::options::{BOT, PULLQUOTE, Place, SERVER};
use super::payload;
use super::reply::Reply;
use super::request::Request;
use super::world::World;
use serde_json::{Value, json};

/// A result or an error.
pub type Outcome = Result<Reply, Reply>;

/// Handles a well-formed request.
pub fn answer(world: &mut World, request: &Request) -> Outcome {
    let path = request.path.trim_matches('/').to_owned();
    let parts: Vec<&str> = path.split('/').collect();
    match (request.method.as_str(), parts.as_slice()) {
        ("POST", ["interactions", id, token, "callback"]) => {
            interactions::callback(world, request, id, token)
        }
        (_, ["webhooks", application, token, rest @ ..]) if *application == BOT.to_string() => {
            interactions::webhook(world, request, token, rest)
        }
        ("GET", ["gateway"]) => Ok(Reply::json(
            200,
            json!({"url": payload::gateway_url(world)}),
        )),
        _ if !request.authorized => Err(Reply::failure(401, 0, "401: Unauthorized")),
        (_, ["applications", application, rest @ ..]) if *application == BOT.to_string() => {
            commands::answer(world, request, rest)
        }
        (_, ["channels", channel]) => channels::answer(world, request, number(channel)),
        ("GET", ["channels", channel, "threads", "archived", "public"]) => {
            threads::archived(world, request, number(channel))
        }
        (_, ["channels", channel, rest @ ..]) => {
            messages::answer(world, request, number(channel), rest)
        }
        ("GET", ["users", "@me", "guilds"]) => listed_servers(world, request),
        ("GET", parts) => get(world, parts).ok_or_else(unknown_route),
        ("POST", ["users", "@me", "channels"]) => open_direct(world, request),
        _ => Err(unknown_route()),
    }
}

/// GET requests.
fn get(world: &World, parts: &[&str]) -> Option<Reply> {
    let body = match parts {
        ["gateway", "bot"] => {
            let (left, wait) = world.sessions_left();
            let limit = json!({
                "total": 1000, "remaining": left, "reset_after": wait.as_millis() as u64, "max_concurrency": world.options.max_concurrency,
            });
            let shards = world.options.shards;
            json!({"url": payload::gateway_url(world), "shards": shards, "session_start_limit": limit})
        }
        ["users", "@me"] => payload::bot_user(),
        ["applications", "@me"] | ["oauth2", "applications", "@me"] => payload::application(world),
        ["guilds", server, rest @ ..] if number(server) == SERVER && world.options.invited => {
            match rest {
                [] => payload::server(world),
                ["channels"] => payload::listed_channels(world),
                ["members", id] if number(id) == BOT => payload::member(PULLQUOTE, &[]),
                ["members", id] => return threads::member(world, number(id)),
                ["threads", "active"] => threads::active(world),
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(Reply::json(200, body))
}

/// A page of the servers that the bot is in, by id.
fn listed_servers(world: &World, request: &Request) -> Outcome {
    let mut servers = world.options.more_servers.clone();
    servers.extend(world.options.invited.then_some(SERVER));
    let (mut after, mut limit) = (0, 200);
    for (name, value) in request.query.split('&').filter_map(|it| it.split_once('=')) {
        match name {
            "after" => after = number(value),
            "limit" => limit = number(value) as usize,
            _ => return Err(Reply::violation(400, 50035, "an unknown parameter")),
        }
    }
    if !(1..=200).contains(&limit) {
        return Err(Reply::violation(400, 50035, "`limit` is 1 to 200"));
    }
    let page = servers.range(after + 1..).take(limit);
    let page: Vec<Value> = page.map(|id| payload::listed_server(world, *id)).collect();
    Ok(Reply::json(200, page.into()))
}

fn open_direct(world: &World, request: &Request) -> Outcome {
    let with = request.body["recipient_id"].as_str().map_or(0, number);
    let direct = world
        .options
        .channels
        .values()
        .find(|known| matches!(known.place, Place::Direct(user) if user.id == with));
    let direct = direct.ok_or_else(|| Reply::failure(400, 50033, "Invalid Recipient(s)"))?;
    Ok(Reply::json(200, payload::channel(direct)))
}

/// The error for a route that the bot does not need or that does not exist.
fn unknown_route() -> Reply {
    Reply::violation(
        404,
        0,
        "404: Not Found (the stand-in does not know this route)",
    )
}

/// An id in a path; 0, which is no id, for anything else.
fn number(part: &str) -> u64 {
    part.parse().unwrap_or(0)
}
