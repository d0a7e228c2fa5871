//! Commands, global and of the server.

use super::{Outcome, number, unknown_route};
use crate::support::discord::message::list;
use crate::support::discord::options::SERVER;
use crate::support::discord::payload;
use crate::support::discord::reply::Reply;
use crate::support::discord::request::Request;
use crate::support::discord::rules;
use crate::support::discord::world::World;
use serde_json::Value;

/// Handles `/applications/{application}/`.
pub fn answer(world: &mut World, request: &Request, rest: &[&str]) -> Outcome {
    let (scope, rest) = match rest {
        ["commands", rest @ ..] => (None, rest),
        ["guilds", server, "commands", rest @ ..] if number(server) == SERVER => {
            (Some(SERVER), rest)
        }
        ["guilds", _, "commands", ..] => return Err(Reply::failure(403, 50001, "Missing Access")),
        _ => return Err(unknown_route()),
    };
    let installs = installs(world, scope);
    let known = world.commands.entry(scope).or_default();
    match (request.method.as_str(), rest) {
        ("GET", []) => {
            let localized = request.query.contains("with_localizations=true");
            Ok(Reply::json(
                200,
                known
                    .iter()
                    .map(|command| shown(command, localized))
                    .collect(),
            ))
        }
        ("PUT", []) => {
            let sent = list(&request.body);
            rules::commands(sent, installs.as_ref())?;
            let kept = sent.iter().map(|sent| world.keep(scope, sent)).collect();
            world.commands.insert(scope, kept);
            Ok(Reply::json(200, world.commands[&scope].clone().into()))
        }
        ("POST", []) => {
            let sent = &request.body;
            let mut all: Vec<Value> = known
                .iter()
                .filter(|old| !same_command(old, sent))
                .cloned()
                .collect();
            all.push(sent.clone());
            rules::commands(&all, installs.as_ref())?;
            let kept = world.keep(scope, sent);
            let known = world.commands.entry(scope).or_default();
            known.retain(|old| !same_command(old, sent));
            known.push(kept.clone());
            Ok(Reply::json(201, kept))
        }
        (method, [id]) => {
            let place = known.iter().position(|command| command["id"] == **id);
            let place =
                place.ok_or_else(|| Reply::failure(404, 10063, "Unknown application command"))?;
            match method {
                "GET" => Ok(Reply::json(200, known[place].clone())),
                "DELETE" => {
                    known.remove(place);
                    Ok(Reply::nothing())
                }
                _ => Err(unknown_route()),
            }
        }
        _ => Err(unknown_route()),
    }
}

/// The application's ways of installation, for global commands.
fn installs(world: &World, scope: Option<u64>) -> Option<Value> {
    let application = payload::application(world);
    scope
        .is_none()
        .then(|| application["integration_types_config"].clone())
}

impl World {
    /// A command as registered. One that is registered again keeps its id.
    fn keep(&mut self, scope: Option<u64>, sent: &Value) -> Value {
        let mut kept = payload::command(&mut self.clock, scope, sent);
        let known = self.commands.get(&scope).into_iter().flatten();
        if let Some(old) = known.into_iter().find(|old| same_command(old, sent)) {
            kept["id"] = old["id"].clone();
        }
        kept
    }
}

fn same_command(one: &Value, other: &Value) -> bool {
    let kind = |command: &Value| command["type"].as_u64().unwrap_or(1);
    one["name"] == other["name"] && kind(one) == kind(other)
}

/// A command as listed, with its translations only on request.
fn shown(command: &Value, localized: bool) -> Value {
    let mut shown = command.clone();
    if !localized {
        hide_translations(&mut shown);
    }
    shown
}

fn hide_translations(value: &mut Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|name, _| !name.ends_with("_localizations"));
        for inner in ["options", "choices"] {
            let inner = fields.get_mut(inner).and_then(Value::as_array_mut);
            inner.into_iter().flatten().for_each(hide_translations);
        }
    }
}
