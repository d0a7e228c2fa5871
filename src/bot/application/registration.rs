//! Registers the table of commands with Discord, if Discord's list differs from it.

use crate::bot::decode::id;
use crate::bot::error::CommandsError;
use crate::bot::rest::{Call, CallError, Rest, Route};
use pullquote_cards::{CommandIds, Definition, Installs, Payload, Registration, commands};
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;

/// How long a request may take. It is worth waiting, because Discord limits how many commands a bot creates in a day.
const TIMEOUT: Duration = Duration::from_mins(2);
/// How long the first request of a command line may take.
const FIRST_TIMEOUT: Duration = Duration::from_secs(15);

/// Where commands are registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scope {
    pub(crate) application: u64,
    /// A single server; `None` for everywhere.
    pub(crate) server: Option<u64>,
}

/// The result of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synced {
    /// Discord already had these commands.
    Same,
    /// Discord has these commands now.
    Changed,
}

impl Scope {
    fn route(self) -> Route<'static> {
        let application = self.application;
        match self.server {
            None => Route::Commands { application },
            Some(guild) => Route::GuildCommands { application, guild },
        }
    }
}

/// The id of the application that the token belongs to.
pub(crate) async fn application(rest: &Rest) -> Result<u64, CommandsError> {
    let answer = application_json(rest, Instant::now() + FIRST_TIMEOUT).await?;
    id(&answer["id"]).ok_or(CommandsError::NoApplication)
}

/// The application that the token belongs to, as Discord's JSON.
pub(crate) async fn application_json(rest: &Rest, deadline: Instant) -> Result<Value, CallError> {
    rest.call(&Call::get(Route::CurrentApplication), deadline)
        .await
}

/// Replaces Discord's list by the table, if they differ. Also returns the ids of the commands.
pub(crate) async fn sync(rest: &Rest, scope: Scope) -> Result<(Synced, CommandIds), CallError> {
    let registration = registration(rest, scope).await?;
    let known = registered(rest, scope).await?;
    if is_table(&known, registration) {
        return Ok((Synced::Same, command_ids(&known)));
    }
    let table = commands::TABLE
        .iter()
        .map(|command| command.definition.json(registration));
    let known = put(rest, scope, table.collect()).await?;
    Ok((Synced::Changed, command_ids(&known)))
}

fn command_ids(registered: &[Value]) -> CommandIds {
    let id_of = |command: &Value| Some((command["name"].as_str()?.to_owned(), id(&command["id"])?));
    registered.iter().filter_map(id_of).collect()
}

/// Whether Discord's list is the table.
pub(crate) async fn is_current(rest: &Rest, scope: Scope) -> Result<bool, CallError> {
    let registration = registration(rest, scope).await?;
    Ok(is_table(&registered(rest, scope).await?, registration))
}

/// How the commands are registered: globally, for the ways in which the application can be installed.
async fn registration(rest: &Rest, scope: Scope) -> Result<Registration, CallError> {
    if scope.server.is_some() {
        return Ok(Registration::Server);
    }
    let application = application_json(rest, Instant::now() + TIMEOUT).await?;
    Ok(Registration::Global(Installs::of(&application)))
}

/// Removes all commands. Returns how many there were.
pub(crate) async fn clear(rest: &Rest, scope: Scope) -> Result<usize, CallError> {
    let before = registered(rest, scope).await?.len();
    if before > 0 {
        put(rest, scope, Value::Array(Vec::new())).await?;
    }
    Ok(before)
}

async fn registered(rest: &Rest, scope: Scope) -> Result<Vec<Value>, CallError> {
    let call = Call::get(scope.route()).query("?with_localizations=true");
    let answer = rest.call(&call, Instant::now() + TIMEOUT).await?;
    Ok(items(answer))
}

fn items(list: Value) -> Vec<Value> {
    match list {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

/// Returns the commands as Discord has registered them.
async fn put(rest: &Rest, scope: Scope, commands: Value) -> Result<Vec<Value>, CallError> {
    let payload = Payload {
        body: commands,
        file: None,
    };
    let call = Call::put(scope.route(), &payload);
    let answer = rest.call(&call, Instant::now() + TIMEOUT).await?;
    Ok(items(answer))
}

/// Whether a list has the commands of the table and no others, in any order.
fn is_table(registered: &[Value], registration: Registration) -> bool {
    let mut table = commands::TABLE.iter().map(|command| &command.definition);
    let is_registered = |definition: &Definition| {
        registered
            .iter()
            .any(|theirs| !definition.differs_from(theirs, registration))
    };
    registered.len() == commands::TABLE.len() && table.all(is_registered)
}

#[cfg(test)]
mod tests {
    use super::is_table;
    use pullquote_cards::commands::TABLE;
    use pullquote_cards::{Installs, Registration};
    use serde_json::Value;
    use serde_json::json;

    #[test]
    fn order_does_not_matter_but_every_command_does() {
        let everywhere = Registration::Global(Installs::ALL);
        let is_table = |registered: &[Value]| is_table(registered, everywhere);
        let table = || {
            TABLE
                .iter()
                .map(|command| command.definition.json(everywhere))
        };
        let mut registered: Vec<_> = table().rev().collect();
        assert!(is_table(&registered));
        registered.push(json!({"name": "old", "type": 1, "description": "old"}));
        assert!(!is_table(&registered));
        registered.remove(0);
        assert!(!is_table(&registered));
        assert!(!is_table(&[]));
    }
}
