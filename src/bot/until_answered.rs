//! What the bot cannot start without, it asks Discord for until it is told.

use crate::bot::backoff::Backoff;
use crate::bot::close_codes::Fatal;
use crate::bot::error::{RunError, error_chain};
use crate::bot::rest::CallError;
use std::time::Duration;
use tokio::time::sleep;
use tracing::warn;

const RETRY: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_mins(1));

/// Asks until Discord answers.
///
/// # Errors
///
/// If the token is wrong: to ask again does not help.
pub(super) async fn until_answered<T, Asked>(ask: impl Fn() -> Asked) -> Result<T, RunError>
where
    Asked: Future<Output = Result<T, CallError>>,
{
    let mut backoff = RETRY;
    loop {
        match ask().await {
            Ok(answer) => return Ok(answer),
            Err(error) if error.status() == 401 => return Err(Fatal::Token.into()),
            Err(error) => {
                let error = error_chain(&error);
                let delay = backoff.next_delay();
                let seconds = delay.as_secs_f32().ceil();
                warn!("cannot reach Discord, retrying in {seconds} s: {error}");
                sleep(delay).await;
            }
        }
    }
}
