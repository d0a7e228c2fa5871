//! Where Discord's gateway is: asked before anything else, until there is an answer. A wrong token shows here.

use crate::bot::backoff::Backoff;
use crate::bot::close_codes::Fatal;
use crate::bot::rest::route::Route;
use crate::bot::rest::{Call, CallError, Rest, told};
use crate::bot::run::RunError;
use crate::config::{self, Config};
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing::warn;

/// How long Discord may take for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Waits between two tries.
const AGAIN: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(1));

/// Where to connect, and how many times.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) url: String,
    /// Connections that Discord wants: one for 2,500 servers at most.
    pub(crate) shards: u32,
}

/// Asks until there is an answer.
pub(crate) async fn find(rest: &Rest, config: &Config) -> Result<Gateway, RunError> {
    let mut backoff = AGAIN;
    loop {
        match ask(rest).await {
            Ok(answer) if wait_for_session(&answer).await => {}
            Ok(answer) => return read(&answer, config),
            Err(error) if error.status() == 401 => return Err(Fatal::Token.into()),
            Err(error) => {
                let error = told(&error);
                let wait = backoff.wait();
                let seconds = wait.as_secs_f32().ceil();
                warn!("Discord is out of reach, trying again in {seconds} s: {error}");
                sleep(wait).await;
            }
        }
    }
}

async fn ask(rest: &Rest) -> Result<Value, CallError> {
    let call = |route| async move {
        rest.call(&Call::get(route), Instant::now() + PATIENCE)
            .await
    };
    match call(Route::GatewayBot).await {
        // A Discord that is played may know the simpler one only.
        Err(error) if error.status() == 404 => call(Route::Gateway).await,
        answer => answer,
    }
}

/// Whether it had to be waited for: Discord allows 1,000 sessions a day, and whoever begins more loses the token.
async fn wait_for_session(answer: &Value) -> bool {
    let limit = &answer["session_start_limit"];
    if limit["remaining"] != 0 {
        return false;
    }
    let wait = Duration::from_millis(limit["reset_after"].as_u64().unwrap_or(60_000));
    let seconds = wait.as_secs();
    warn!("Discord allows no more sessions today: waiting for {seconds} s");
    sleep(wait).await;
    true
}

fn read(answer: &Value, config: &Config) -> Result<Gateway, RunError> {
    let url = answer["url"].as_str().unwrap_or_default().to_owned();
    if config.api_base.is_some() && !config::is_this_machine(&url) {
        return Err(RunError::GatewayElsewhere(url));
    }
    let shards = answer["shards"].as_u64().unwrap_or(1);
    let shards = u32::try_from(shards).unwrap_or(1).max(1);
    Ok(Gateway { url, shards })
}
