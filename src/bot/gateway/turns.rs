//! Turns to begin a session, where several processes share the shards. The database knows whose turn it is in each bucket, and how
//! many sessions are left: three processes that each see 15 would otherwise begin 45.

use super::gateway_info::{GatewayInfo, IDENTIFY_INTERVAL};
use crate::bot::bot::Bot;
use crate::bot::error::{RunError, error_chain};
use pullquote_store::{StoreError, Turn as Answer};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::sleep;
use tracing::debug;

/// How often the database is asked again.
const AGAIN: Duration = Duration::from_millis(500);

/// Turns of a process.
#[derive(Debug)]
pub(super) struct Turns {
    bot: Arc<Bot>,
    process: i64,
}

/// A turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    bot: Arc<Bot>,
    process: i64,
    bucket: u32,
    is_used: bool,
}

/// What the database said.
enum Reply {
    Granted(Turn),
    Wait,
    AskDiscord { granted: i64 },
}

impl Turns {
    pub(super) fn new(bot: &Arc<Bot>, process: i64) -> Self {
        Self {
            bot: Arc::clone(bot),
            process,
        }
    }

    /// Waits for a turn in a bucket, and until Discord has a session left. While the database is away, none begins.
    pub(super) async fn take(&self, bucket: u32) -> Result<Turn, RunError> {
        let mut has_asked = false;
        loop {
            match self.try_take(bucket).await {
                Ok(Reply::Granted(turn)) => return Ok(turn),
                Ok(Reply::AskDiscord { granted }) if !has_asked => {
                    has_asked = true;
                    let info = GatewayInfo::fetch(&self.bot.rest, &self.bot.config, true).await?;
                    let set = self
                        .bot
                        .articles
                        .store()
                        .set_budget(info.sessions_left, granted);
                    if let Err(error) = set.await {
                        debug!(
                            "cannot note the sessions that are left: {}",
                            error_chain(&error)
                        );
                    }
                    continue;
                }
                Ok(_) => {}
                Err(error) => debug!(
                    "cannot take a turn to begin a session: {}",
                    error_chain(&error)
                ),
            }
            has_asked = false;
            sleep(AGAIN).await;
        }
    }

    /// In a task of its own: the database may grant a turn although nobody waits for it any more.
    async fn try_take(&self, bucket: u32) -> Result<Reply, StoreError> {
        let (bot, process) = (Arc::clone(&self.bot), self.process);
        let taking = tokio::spawn(async move {
            let answer = bot.articles.store().take_turn(process, bucket).await;
            Ok(match answer? {
                Answer::Granted => Reply::Granted(Turn {
                    bot: Arc::clone(&bot),
                    process,
                    bucket,
                    is_used: false,
                }),
                Answer::Wait => Reply::Wait,
                Answer::AskDiscord { granted } => Reply::AskDiscord { granted },
            })
        });
        taking.await.unwrap_or(Ok(Reply::Wait))
    }
}

impl Turn {
    /// The IDENTIFY is being sent.
    pub(super) fn used(&mut self) {
        self.is_used = true;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let (bot, process, bucket) = (Arc::clone(&self.bot), self.process, self.bucket);
        let pause = (self.is_used, IDENTIFY_INTERVAL.as_millis() as i64);
        // There is none when the process ends; the turn is then over with it.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        runtime.spawn(async move {
            let store = bot.articles.store();
            while store.end_turn(process, bucket, pause).await.is_err() {
                sleep(AGAIN).await;
            }
        });
    }
}
