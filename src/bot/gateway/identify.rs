//! When a session may begin. Discord allows one in 5 s and about 1,000 a day, and takes the token away from whoever
//! begins more; taking one up again costs nothing.

use crate::bot::bot::Bot;
use crate::bot::gateway::gateway_info::{self, Gateway};
use crate::bot::run::RunError;
use crate::config::Config;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep_until};

/// Least time between two.
const BETWEEN: Duration = Duration::from_secs(5);

/// Lets one session begin after the other.
#[derive(Debug)]
pub(crate) struct Sessions {
    bot: Arc<Bot>,
    config: Arc<Config>,
    turn: Mutex<Turn>,
}

#[derive(Debug)]
struct Turn {
    /// What Discord said last of where it is, and that a session may begin.
    gateway: Gateway,
    /// When the last one began.
    last: Option<Instant>,
}

/// Leave to begin one session.
#[derive(Debug)]
pub(crate) struct Leave<'a>(MutexGuard<'a, Turn>);

impl Sessions {
    /// `gateway` is what Discord has just said: enough for the first session.
    pub(crate) fn new(bot: Arc<Bot>, config: Arc<Config>, gateway: Gateway) -> Self {
        let last = None;
        let turn = Mutex::new(Turn { gateway, last });
        Self { bot, config, turn }
    }

    /// Waits for leave: for the others' turns, and until Discord says that there are sessions left today.
    pub(crate) async fn leave(&self) -> Result<Leave<'_>, RunError> {
        let mut turn = self.turn.lock().await;
        if let Some(last) = turn.last {
            sleep_until(last + BETWEEN).await;
            turn.gateway = gateway_info::find(&self.bot.rest, &self.config).await?;
        }
        Ok(Leave(turn))
    }
}

impl Leave<'_> {
    /// Where to connect.
    pub(crate) fn url(&self) -> &str {
        &self.0.gateway.url
    }

    /// The session begins now.
    pub(crate) fn used(mut self) {
        self.0.last = Some(Instant::now());
    }
}
