//! Asks Discord about channels of which no event has told. What it says is remembered; if it cannot say, it is asked again later.

use crate::bot::decode::{Channel, list};
use crate::bot::requests::channels::{Channels, Found, Parent, Place};
use crate::bot::rest::{Call, Rest, Route};
use std::time::Duration;
use tokio::time::Instant;
use tracing::warn;

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Discord could not say.
pub(crate) struct Later;

/// A channel, as Discord describes it. `None` if the bot cannot see it.
pub(crate) async fn channel(
    rest: &Rest,
    channels: &Channels,
    channel: u64,
) -> Result<Option<Channel>, Later> {
    if !channels.may_ask(channel) {
        return Err(Later);
    }
    let call = Call::get(Route::Channel { channel });
    match rest.call(&call, Instant::now() + TIMEOUT).await {
        Ok(answer) => Ok(Channel::new(&answer)),
        Err(error) => {
            warn!("cannot look up channel {channel}: {error}");
            if matches!(error.status(), 403 | 404) {
                return Ok(None);
            }
            channels.ask_later(channel);
            Err(Later)
        }
    }
}

/// Finds the channels of a server, which its event told before it has chosen some. Until then, the bot answers only in those that
/// were chosen themselves.
pub(crate) async fn channels(rest: &Rest, channels: &Channels, server: u64) {
    let _one_at_a_time = channels.lookup(server).await;
    if channels.knows(server) || !channels.may_ask(server) {
        return;
    }
    let call = Call::get(Route::GuildChannels { guild: server });
    match rest.call(&call, Instant::now() + TIMEOUT).await {
        Ok(answer) => {
            let all: Vec<Channel> = list(&answer).iter().filter_map(Channel::new).collect();
            channels.set(server, &all);
        }
        Err(error) => {
            warn!("cannot list channels of {server}: {error}");
            channels.ask_later(server);
        }
    }
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
            if let Ok(answer) = self::channel(rest, channels, channel).await {
                channels.looked_up(server, channel, answer.as_ref());
            }
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
    let found = self::channel(rest, channels, channel).await.ok()??;
    channels.set_parent(channel, found.parent);
    found.parent
}
