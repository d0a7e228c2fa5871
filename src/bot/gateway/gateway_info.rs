//! Where the gateway is and how many connections it wants. This is the bot's first request, so a wrong token is
//! reported here.

use crate::bot::error::RunError;
use crate::bot::rest::{Call, CallError, Rest, Route};
use crate::bot::until_answered::until_answered;
use crate::config::{self, Config, MAX_SHARDS};
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tracing::warn;

/// The shortest time between two IDENTIFYs of a bucket, as Discord receives them.
pub(crate) const IDENTIFY_INTERVAL: Duration = Duration::from_secs(5);
/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Sessions that may begin at once, at most: more than shards of a process.
const MAX_CONCURRENCY: u64 = 1_000;
/// The longest wait for new sessions. Discord counts them by the day.
const MAX_RESET: Duration = Duration::from_hours(24);

/// What `GET /gateway/bot` returns.
#[derive(Debug, Clone)]
pub(crate) struct GatewayInfo {
    pub(crate) url: String,
    /// Connections to open: one for 2,500 servers at most.
    pub(crate) shards: u32,
    /// Sessions that may begin within 5 s, each of a shard with another remainder.
    pub(crate) max_concurrency: u32,
    /// Sessions that may still begin today.
    pub(crate) sessions_left: u32,
}

impl GatewayInfo {
    /// Asks until Discord answers and, if the bot `needs_session`, allows another one.
    pub(crate) async fn fetch(
        rest: &Rest,
        config: &Config,
        needs_session: bool,
    ) -> Result<Self, RunError> {
        loop {
            let answer = until_answered(|| request(rest)).await?;
            if !needs_session || !wait_for_session(&answer).await {
                return Self::read(&answer, config);
            }
        }
    }

    fn read(answer: &Value, config: &Config) -> Result<Self, RunError> {
        let url = answer["url"].as_str().unwrap_or_default().to_owned();
        if config.api_base.is_some() && !config::is_this_machine(&url) {
            return Err(RunError::GatewayElsewhere(url));
        }
        let limit = &answer["session_start_limit"];
        let max_concurrency = limit["max_concurrency"].as_u64().unwrap_or(1);
        let sessions_left = limit["remaining"].as_u64().unwrap_or(u64::MAX);
        Ok(Self {
            url,
            shards: shards(answer),
            max_concurrency: max_concurrency.clamp(1, MAX_CONCURRENCY) as u32,
            sessions_left: sessions_left.min(u32::MAX.into()) as u32,
        })
    }

    /// How many shards Discord recommends now; `None` if it does not answer.
    pub(crate) async fn recommended_shards(rest: &Rest) -> Option<u32> {
        request(rest).await.ok().as_ref().map(shards)
    }
}

fn shards(answer: &Value) -> u32 {
    let named = answer["shards"].as_u64().unwrap_or(1);
    named.clamp(1, MAX_SHARDS.into()) as u32
}

async fn request(rest: &Rest) -> Result<Value, CallError> {
    let get = |route| async move { rest.call(&Call::get(route), Instant::now() + TIMEOUT).await };
    match get(Route::GatewayBot).await {
        // A stand-in for Discord may offer the simpler endpoint only.
        Err(error) if error.status() == 404 => get(Route::Gateway).await,
        answer => answer,
    }
}

/// Waits if no session is left today, and returns whether it did. Discord allows about 1,000 sessions a day and resets
/// the token of a bot that starts more.
async fn wait_for_session(answer: &Value) -> bool {
    let limit = &answer["session_start_limit"];
    if limit["remaining"] != 0 {
        return false;
    }
    let wait = Duration::from_millis(limit["reset_after"].as_u64().unwrap_or(60_000));
    let wait = wait.min(MAX_RESET);
    warn!(
        "no gateway sessions are left today: waiting {} s",
        wait.as_secs()
    );
    sleep(wait).await;
    true
}

#[cfg(test)]
mod tests {
    use super::shards;
    use serde_json::json;

    #[test]
    fn the_number_of_connections_is_bounded() {
        for (named, expected) in [
            (json!(3), 3),
            (json!(0), 1),
            (json!(u64::MAX), 200),
            (json!(-1), 1),
            (json!("many"), 1),
        ] {
            assert_eq!(shards(&json!({"shards": named})), expected, "{named}");
        }
        assert_eq!(shards(&json!({})), 1);
    }
}
