//! Looks at Discord without changing anything: whose token it is.

use super::registration::{self, CommandsError};
use super::rest::{Call, Rest};
use crate::config::Config;
use serde_json::Value;
use serenity::http::{LightMethod, Route};
use std::time::Duration;
use tokio::time::Instant;

/// How long one look may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// The application that a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id, which the invite link names.
    pub id: u64,
    /// Its name in the developer portal.
    pub name: String,
}

/// Asks Discord whose token it is.
///
/// # Errors
///
/// When the token is wrong, or Discord is not there.
pub fn application(config: &Config) -> Result<Application, CommandsError> {
    let rest = Rest::new(config.token.clone(), config.api_base.clone())?;
    let runtime = super::runtime().map_err(CommandsError::Threads)?;
    let answer = runtime.block_on(look(&rest, Route::Oauth2ApplicationCurrent))?;
    let name = answer["name"].as_str().unwrap_or_default().to_owned();
    let id = registration::id(&answer).ok_or(CommandsError::NoApplication)?;
    Ok(Application { id, name })
}

async fn look(rest: &Rest, route: Route<'_>) -> Result<Value, super::CallError> {
    let call = Call::new(LightMethod::Get, route);
    rest.call(&call, Instant::now() + PATIENCE).await
}
