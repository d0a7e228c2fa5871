//! When a new session may start. Discord allows one IDENTIFY in 5 s and about 1,000 a day; RESUME is free.

use super::gateway_info::GatewayInfo;
use crate::bot::bot::Bot;
use crate::bot::error::RunError;
use crate::config::Config;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep_until};

/// The shortest time between two IDENTIFYs, as Discord receives them.
const INTERVAL: Duration = Duration::from_secs(5);

/// Starts the sessions of all shards one after the other.
#[derive(Debug)]
pub(crate) struct IdentifyQueue {
    bot: Arc<Bot>,
    config: Arc<Config>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// What was fetched at the start, until it is used. Later it is fetched before each session, because it says how many
    /// are left.
    info: Option<GatewayInfo>,
    /// When Discord had surely received the last IDENTIFY, or the connection had ended.
    last_identify: Option<Instant>,
}

/// Permission to send one IDENTIFY. The next one waits until this is dropped: when the session is ready, or the connection
/// has ended.
#[derive(Debug)]
pub(crate) struct IdentifyPermit<'a> {
    state: MutexGuard<'a, State>,
    url: String,
    is_used: bool,
}

impl IdentifyQueue {
    /// `info` has just been fetched, so the first session needs no other.
    pub(crate) fn new(bot: Arc<Bot>, config: Arc<Config>, info: GatewayInfo) -> Self {
        let state = Mutex::new(State {
            info: Some(info),
            last_identify: None,
        });
        Self { bot, config, state }
    }

    /// Waits for the shards that came first, for the interval, and until Discord has a session left.
    pub(crate) async fn permit(&self) -> Result<IdentifyPermit<'_>, RunError> {
        let mut state = self.state.lock().await;
        if let Some(last) = state.last_identify {
            sleep_until(last + INTERVAL).await;
        }
        let info = match state.info.take() {
            Some(info) => info,
            None => GatewayInfo::fetch(&self.bot.rest, &self.config).await?,
        };
        Ok(IdentifyPermit {
            state,
            url: info.url,
            is_used: false,
        })
    }
}

impl IdentifyPermit<'_> {
    /// Where to connect.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Uses the permit: the IDENTIFY is being sent.
    pub(crate) fn used(&mut self) {
        self.is_used = true;
    }

    pub(crate) fn is_used(&self) -> bool {
        self.is_used
    }
}

impl Drop for IdentifyPermit<'_> {
    fn drop(&mut self) {
        if self.is_used {
            self.state.last_identify = Some(Instant::now());
        }
    }
}
