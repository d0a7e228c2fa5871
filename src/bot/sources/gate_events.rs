//! Events that may change who can see a forum: `forum_gates.rs` asks Discord again after them.

use crate::bot::decode::{ChannelEvent, ChannelType, Event};
use crate::lock::lock;
use std::collections::BTreeSet;
use std::mem;
use std::sync::Mutex;
use tokio::sync::Notify;

/// Servers where a forum may have been hidden or shown.
#[derive(Debug, Default)]
pub(crate) struct GateEvents {
    changed: Mutex<BTreeSet<u64>>,
    heard: Notify,
}

impl GateEvents {
    /// Takes note of an event that may change who can see a forum.
    pub(crate) fn note(&self, event: &Event) {
        match event {
            Event::Role { server, .. } => self.check(*server),
            Event::Guild(guild) => self.check(guild.id),
            Event::Channel { server, event } => match event {
                ChannelEvent::Changed(channel) if channel.kind == ChannelType::Forum => {
                    self.check(*server);
                }
                ChannelEvent::Deleted { .. } => self.check(*server),
                _ => {}
            },
            _ => {}
        }
    }

    /// Lets the gates of a server's forums be checked at once.
    pub(crate) fn check(&self, server: u64) {
        lock(&self.changed).insert(server);
        self.heard.notify_one();
    }

    /// Waits until something is to be checked.
    pub(crate) async fn heard(&self) {
        self.heard.notified().await;
    }

    /// Takes the servers that are to be checked.
    pub(crate) fn take(&self) -> BTreeSet<u64> {
        mem::take(&mut *lock(&self.changed))
    }
}
