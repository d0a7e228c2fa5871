//! One connection to the gateway.
//!
//! twilight-gateway speaks the protocol: it connects within 10 s or fails, identifies or resumes, and closes a
//! connection that does not acknowledge a heartbeat. Its shard would also reconnect by itself. `shard_runner.rs` decides
//! when and how to do that, so here a shard is dropped when its connection ends.

use crate::config::Config;
use futures_util::{FutureExt, StreamExt};
use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;
use tokio::sync::oneshot;
use twilight_gateway::error::ReceiveMessageError;
use twilight_gateway::queue::Queue;
use twilight_gateway::{
    CloseFrame, ConfigBuilder, Intents, Message, Session, Shard, ShardId, ShardState,
};

/// A connection, which opens when it is first polled.
#[derive(Debug)]
pub(crate) struct Connection {
    shard: Shard<NoQueue>,
    opened: bool,
}

/// A session that can be resumed.
#[derive(Debug, Clone)]
pub(crate) struct ResumableSession {
    session: Session,
    /// Where Discord wants it to be resumed; `None` if it did not say.
    url: Option<String>,
}

impl Connection {
    /// Resumes `session`, or starts a new one at `url`.
    pub(crate) fn new(
        id: ShardId,
        config: &Config,
        url: &str,
        session: Option<ResumableSession>,
    ) -> Self {
        let mut builder = ConfigBuilder::new(config.token.expose().to_owned(), intents(config))
            .proxy_url(base(url))
            .queue(NoQueue);
        if let Some(ResumableSession { session, url }) = session {
            builder = builder.session(session);
            if let Some(url) = url {
                builder = builder.resume_url(base(&url));
            }
        }
        Self {
            shard: Shard::with_config(id, builder.build()),
            opened: false,
        }
    }

    /// The next message; `None` when the connection was open and has ended.
    pub(crate) async fn next(&mut self) -> Option<Result<Message, ReceiveMessageError>> {
        poll_fn(|context| {
            let message = self.shard.poll_next_unpin(context);
            let closed = self.is_closed();
            if closed && self.opened && message.is_pending() {
                return Poll::Ready(None);
            }
            self.opened |= !closed;
            message
        })
        .await
    }

    /// Whether it has not been opened yet, or has ended.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(
            self.shard.state(),
            ShardState::Disconnected { .. } | ShardState::FatallyClosed
        )
    }

    /// Ends the connection and its session.
    pub(crate) fn close(&mut self) {
        if !self.is_closed() {
            self.shard.close(CloseFrame::NORMAL);
            // One poll sends the frame. Another could open a new connection.
            let _ = self.next().now_or_never();
        }
    }

    /// The session, with the events received so far.
    pub(crate) fn session(&self) -> Option<ResumableSession> {
        let session = self.shard.session()?.clone();
        let url = self.shard.resume_url().map(str::to_owned);
        Some(ResumableSession { session, url })
    }

    /// Round-trip time of the last heartbeat; `None` before the first acknowledgement.
    pub(crate) fn latency(&self) -> Option<Duration> {
        self.shard.latency().recent().first().copied()
    }
}

/// A gateway address for the shard, which appends `/?v=10&encoding=json`. Discord's addresses have no path. Those of a
/// stand-in may, and the slash would change it, so the appended part goes into a fragment, which is never sent.
fn base(url: &str) -> String {
    let has_path = reqwest::Url::parse(url).is_ok_and(|url| url.path() != "/");
    if has_path {
        format!("{url}?v=10&encoding=json#")
    } else {
        url.trim_end_matches('/').to_owned()
    }
}

/// The content of messages that do not mention the bot is needed only in auto-answer channels.
fn intents(config: &Config) -> Intents {
    let usual = Intents::GUILDS | Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES;
    if config.auto_answer.is_empty() {
        usual
    } else {
        usual | Intents::MESSAGE_CONTENT
    }
}

/// Never delays an IDENTIFY: `identify.rs` has already waited.
#[derive(Debug)]
struct NoQueue;

impl Queue for NoQueue {
    fn enqueue(&self, _: u32) -> oneshot::Receiver<()> {
        let (sender, permit) = oneshot::channel();
        // The shard has the receiver.
        let _ = sender.send(());
        permit
    }
}
