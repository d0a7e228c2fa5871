//! One connection to the gateway.
//!
//! twilight-gateway speaks the protocol: it connects within 10 s or not at all, identifies or resumes, and ends a
//! connection on which nothing comes back for a heartbeat. It would also connect again by itself; when that is
//! done, and as what, is decided in `line.rs`, so here its shard ends with its connection.

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

/// A connection that opens when it is listened to.
#[derive(Debug)]
pub(crate) struct Connection {
    shard: Shard<AtOnce>,
    opened: bool,
}

/// A session that can be taken up again, and where.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    session: Session,
    url: Option<String>,
}

impl Connection {
    /// To take up a session that is known, or else to begin one.
    pub(crate) fn new(id: ShardId, config: &Config, url: &str, known: Option<Known>) -> Self {
        let mut builder = ConfigBuilder::new(config.token.expose().to_owned(), intents(config))
            .proxy_url(base(url))
            .queue(AtOnce);
        if let Some(Known { session, url }) = known {
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

    /// What comes over it; nothing when it was open and is gone.
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

    /// Whether it is not open yet, or not any more.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(
            self.shard.state(),
            ShardState::Disconnected { .. } | ShardState::FatallyClosed
        )
    }

    /// Ends it and its session.
    pub(crate) fn close(&mut self) {
        if !self.is_closed() {
            self.shard.close(CloseFrame::NORMAL);
            // The shard writes it when it is looked at; looked at again, it would open another connection.
            let _ = self.next().now_or_never();
        }
    }

    /// The session, as far as it has come.
    pub(crate) fn known(&self) -> Option<Known> {
        let session = self.shard.session()?.clone();
        let url = self.shard.resume_url().map(str::to_owned);
        Some(Known { session, url })
    }

    /// How long the last heartbeat took to be acknowledged.
    pub(crate) fn latency(&self) -> Option<Duration> {
        self.shard.latency().recent().first().copied()
    }
}

/// An address as the shard wants it, which appends `/?v=10&encoding=json`. Discord's have no path. Behind the path of a
/// Discord that is played, that slash would lead elsewhere: so there it stands in a fragment, which is not sent.
fn base(url: &str) -> String {
    let has_path = reqwest::Url::parse(url).is_ok_and(|url| url.path() != "/");
    if has_path {
        format!("{url}?v=10&encoding=json#")
    } else {
        url.trim_end_matches('/').to_owned()
    }
}

/// Members and their messages are none of its business, but for what is said to it.
fn intents(config: &Config) -> Intents {
    let usual = Intents::GUILDS | Intents::GUILD_MESSAGES | Intents::DIRECT_MESSAGES;
    if config.auto_answer.is_empty() {
        usual
    } else {
        usual | Intents::MESSAGE_CONTENT
    }
}

/// A session has leave to begin before its connection is opened.
#[derive(Debug)]
struct AtOnce;

impl Queue for AtOnce {
    fn enqueue(&self, _: u32) -> oneshot::Receiver<()> {
        let (now, leave) = oneshot::channel();
        // The shard holds the other end.
        let _ = now.send(());
        leave
    }
}
