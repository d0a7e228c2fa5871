//! Registers the table of commands with Discord: only where Discord has another one.

use super::close_codes::Fatal;
use super::rest::route::Route;
use super::rest::{Call, CallError, Rest, told};
use pullquote_cards::{Payload, commands};
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;

/// Where commands are registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scope {
    pub(super) application: u64,
    /// In one server only, or everywhere.
    pub(super) server: Option<u64>,
}

/// What became of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synced {
    /// Discord has the table already.
    Same,
    /// Discord has it now.
    Changed,
}

/// Why commands could not be registered or removed.
#[derive(Debug, thiserror::Error)]
pub enum CommandsError {
    /// The token is wrong.
    #[error(transparent)]
    Fatal(#[from] Fatal),
    /// Discord refuses or is not there.
    #[error("{0}")]
    Discord(String),
    /// Discord does not say which application the token is for.
    #[error("Discord does not say which application this token is for")]
    NoApplication,
    /// The HTTP client could not be made.
    #[error("cannot prepare connections")]
    Http(#[from] reqwest::Error),
    /// The system gives no threads.
    #[error("cannot start threads")]
    Threads(#[source] std::io::Error),
}

impl From<CallError> for CommandsError {
    fn from(error: CallError) -> Self {
        match error.status() {
            401 => Self::Fatal(Fatal::Token),
            403 => Self::Discord(format!(
                "{error}: is the bot in that server, and was it invited with the scope applications.commands?"
            )),
            _ => Self::Discord(told(&error)),
        }
    }
}

/// How long a registration may take; Discord allows a few a day, and waiting is no loss.
const PATIENCE: Duration = Duration::from_mins(2);
/// How long the first request of a command on the command line may take.
const SHORT: Duration = Duration::from_secs(15);

impl Scope {
    fn route(self) -> Route<'static> {
        let application = self.application;
        match self.server {
            None => Route::Commands { application },
            Some(guild) => Route::GuildCommands { application, guild },
        }
    }
}

/// The application that the token is for.
pub(super) async fn application(rest: &Rest) -> Result<u64, CommandsError> {
    let answer = application_json(rest, Instant::now() + SHORT).await?;
    id(&answer).ok_or(CommandsError::NoApplication)
}

/// The id of anything that Discord tells of.
pub(super) fn id(of: &Value) -> Option<u64> {
    of["id"].as_str()?.parse().ok()
}

/// What Discord says of it.
pub(super) async fn application_json(rest: &Rest, deadline: Instant) -> Result<Value, CallError> {
    let call = Call::get(Route::CurrentApplication);
    rest.call(&call, deadline).await
}

/// Makes Discord's list what the table says.
pub(super) async fn sync(rest: &Rest, scope: Scope) -> Result<Synced, CallError> {
    if is_current(rest, scope).await? {
        return Ok(Synced::Same);
    }
    let table = commands::TABLE
        .iter()
        .map(|command| command.definition.json());
    put(rest, scope, table.collect()).await?;
    Ok(Synced::Changed)
}

/// Whether Discord's list is what the table says.
pub(super) async fn is_current(rest: &Rest, scope: Scope) -> Result<bool, CallError> {
    Ok(same(&registered(rest, scope).await?))
}

/// Makes Discord's list empty; how many there were.
pub(super) async fn clear(rest: &Rest, scope: Scope) -> Result<usize, CallError> {
    let before = registered(rest, scope).await?.len();
    if before > 0 {
        put(rest, scope, Value::Array(Vec::new())).await?;
    }
    Ok(before)
}

async fn registered(rest: &Rest, scope: Scope) -> Result<Vec<Value>, CallError> {
    let call = Call::get(scope.route()).query("?with_localizations=true");
    let answer = rest.call(&call, Instant::now() + PATIENCE).await?;
    Ok(match answer {
        Value::Array(commands) => commands,
        _ => Vec::new(),
    })
}

async fn put(rest: &Rest, scope: Scope, commands: Value) -> Result<(), CallError> {
    let payload = Payload {
        body: commands,
        file: None,
    };
    let call = Call::put(scope.route(), &payload);
    rest.call(&call, Instant::now() + PATIENCE).await?;
    Ok(())
}

/// Whether Discord has the table, no more and no less; order does not matter.
fn same(registered: &[Value]) -> bool {
    let ours = commands::TABLE.iter().map(|command| &command.definition);
    let known = |definition: &pullquote_cards::Definition| {
        registered
            .iter()
            .any(|theirs| !definition.differs_from(theirs))
    };
    registered.len() == commands::TABLE.len() && ours.into_iter().all(known)
}

#[cfg(test)]
mod tests {
    use super::same;
    use pullquote_cards::commands::TABLE;
    use serde_json::json;

    #[test]
    fn the_table_in_any_order_is_the_same() {
        let table = || TABLE.iter().map(|command| command.definition.json());
        let mut theirs: Vec<_> = table().rev().collect();
        assert!(same(&theirs));
        theirs.push(json!({"name": "old", "type": 1, "description": "old"}));
        assert!(!same(&theirs));
        theirs.remove(0);
        assert!(!same(&theirs));
        assert!(!same(&[]));
    }
}
