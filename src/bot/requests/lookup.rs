//! Asks Discord about channels of which no event has told. Each is asked about once.

use crate::bot::decode::{Channel, list};
use crate::bot::requests::channels::{Channels, Found, Parent, Place};
use crate::bot::rest::{Call, Rest, Route};
use std::time::Duration;
use tokio::time::Instant;
use tracing::warn;

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// A channel, as Discord describes it.
pub(crate) async fn channel(rest: &Rest, channel: u64) -> Option<Channel> {
    let call = Call::get(Route::Channel { channel });
    let answer = rest.call(&call, Instant::now() + TIMEOUT).await;
    answer
        .inspect_err(|error| warn!("cannot look up channel {channel}: {error}"))
        .ok()
        .as_ref()
        .and_then(Channel::new)
}

/// Finds the channels of a server, which its event told before it has chosen some. If that fails, each is looked up when
/// somebody writes there.
pub(crate) async fn channels(rest: &Rest, channels: &Channels, server: u64) {
    let _one_at_a_time = channels.lookup(server).await;
    if channels.knows(server) {
        return;
    }
    let call = Call::get(Route::GuildChannels { guild: server });
    let answer = rest.call(&call, Instant::now() + TIMEOUT).await;
    let answer = answer.inspect_err(|error| warn!("cannot list channels of {server}: {error}"));
    let answer = answer.unwrap_or_default();
    let all: Vec<Channel> = list(&answer).iter().filter_map(Channel::new).collect();
    channels.set(server, &all);
}

/// Where a channel is, if the bot answers there without being asked.
pub(crate) async fn place(
    rest: &Rest,
    channels: &Channels,
    server: u64,
    channel: u64,
) -> Option<Place> {
    let mut found = channels.place(server, channel);
    if found == Found::Unknown {
        let _one_at_a_time = channels.lookup(channel).await;
        found = channels.place(server, channel);
        if found == Found::Unknown {
            let answer = self::channel(rest, channel).await;
            channels.looked_up(server, channel, answer.as_ref());
            found = channels.place(server, channel);
        }
    }
    match found {
        Found::Here(place) => Some(place),
        Found::Elsewhere | Found::Unknown => None,
    }
}

/// What a channel is in.
pub(crate) async fn parent(
    rest: &Rest,
    channels: &Channels,
    server: u64,
    channel: u64,
) -> Option<u64> {
    if let Some(Parent(parent)) = channels.parent(server, channel) {
        return parent;
    }
    let _one_at_a_time = channels.lookup(channel).await;
    if let Some(Parent(parent)) = channels.parent(server, channel) {
        return parent;
    }
    let found = self::channel(rest, channel).await?;
    channels.set_parent(channel, found.parent);
    found.parent
}
