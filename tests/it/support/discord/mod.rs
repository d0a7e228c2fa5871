//! A strict stand-in for Discord. [`StandIn`] starts it and triggers events (here) and waits for the bot's requests (in
//! [`watch`]). A [`Member`] acts; a [`Message`](message::Message) or [`Answer`](interaction::Answer) is what members see; a
//! [`Fault`] makes requests fail.
//!
//! It follows Discord's documentation (read on 2026-08-06: gateway and its events, opcodes and close codes, rate limits,
//! interactions, components, messages, channels, threads, commands). Where that leaves a choice, it takes the stricter one. Requests,
//! responses and events are compared with Discord's `OpenAPI` description, if it is present ([`schema`]).
//!
//! Not played, because the bot does not depend on it:
//!
//! - Gateway: compression and ETF; presence, voice, member requests (accepted without effect); two sessions of the same shard
//!   (the later one gets the events); the limit of 2,500 servers a shard by count, for
//!   which [`StandIn::grow`] stands; events about members of threads
//! - REST: limits of routes that the documentation doesn't name, such as those of webhooks; bans by address (a violation is
//!   recorded); the 200 new commands a day; filters such as `AutoMod` and the limit on edits of old messages, for which a [`Fault`] with
//!   their code stands
//! - Messages: Components V2, polls, stickers and forwards *by the bot*, voice messages, more than the first page of anything
//! - Components: premium buttons; checkboxes and radio groups in forms; selects of users and mentionables
//! - Files: the larger limit of members with Nitro; scaling of images; expiry other than by [`StandIn::expire_files`]
//! - Interactions: permissions of the bot, of which the documentation doesn't say whether responses need them; members who may not use
//!   external apps, whose responses are always ephemeral; a response by request to an interaction that came over HTTP
//! - Channels: announcement, voice and media channels, private threads, automatic archiving, slow mode (which does not concern bots)
//! - Commands: permissions of single commands, age restriction, entry points of activities

mod attachments;
mod clock;
mod draft;
pub mod endpoint;
mod faults;
mod gateway;
mod handshake;
pub mod interaction;
mod invoke;
mod member;
pub mod message;
mod options;
mod payload;
mod reply;
pub mod request;
mod rest;
mod routes;
mod rules;
mod schema;
mod socket;
mod threads;
mod watch;
mod world;

pub use faults::Fault;
pub use member::Member;
pub use options::*;
pub use schema::is_there as schema_is_there;
pub use threads::Arrival;

use axum::serve::{Listener, ListenerExt};
use gateway::Frame;
use serde_json::Value;
use std::fmt::{self, Debug};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use world::{Shared, World};

/// Deadline of everything that a test waits for: long enough for a machine that has much else to do.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Discord with one server and one bot, on a loopback port.
pub struct StandIn {
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
    port: u16,
}

impl StandIn {
    /// Starts it. It stops when it is dropped.
    ///
    /// # Panics
    /// If no port is available.
    pub fn start(options: Options) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("threads for the stand-in");
        let listener = runtime
            .block_on(TcpListener::bind("127.0.0.1:0"))
            .expect("a loopback port");
        let port = listener.local_addr().expect("a port").port();
        let shared = Arc::new(Shared::new(options, port));
        let router = rest::router(Arc::clone(&shared));
        // Nagle's algorithm would delay some of the small events by 40 ms.
        let listener = listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            shared,
            runtime: Some(runtime),
            port,
        }
    }

    /// Serves connections from `listener` on the current runtime, whose clock may be paused.
    pub fn serve(listener: impl Listener<Addr: Debug>, options: Options) -> Self {
        let port = 1;
        let shared = Arc::new(Shared::new(options, port));
        let router = rest::router(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            shared,
            runtime: None,
            port,
        }
    }

    /// The address for `--api-base`.
    pub fn api_base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A member in [`GENERAL`], with the locale `en-US`.
    pub fn member(&self, user: User) -> Member<'_> {
        Member {
            stand_in: self,
            user,
            channel: GENERAL,
            locale: "en-US".to_owned(),
            permissions: permission::USUAL,
            server: SERVER,
            more_roles: Vec::new(),
        }
    }

    /// Injects a fault.
    pub fn fault(&self, fault: Fault) {
        self.shared.change(|world| world.faults.push(fault));
    }

    /// Removes the faults that are left, and sends the responses that are held.
    pub fn heal(&self) {
        self.shared.change(World::heal);
    }

    /// Number of shards.
    pub fn shards(&self) -> u64 {
        self.shared.read(|world| world.options.shards)
    }

    /// Asks the bot to start `shards` shards from now on. A session with less than `fewest` is refused with 4011.
    pub fn grow(&self, shards: u64, fewest: u64) {
        self.shared.change(|world| {
            world.options.shards = shards;
            world.options.fewest_shards = fewest;
            world.gateway.grow(shards);
        });
    }

    /// Sets which servers besides [`SERVER`] the list of the bot's servers contains.
    pub fn list_servers(&self, servers: impl IntoIterator<Item = u64>) {
        self.shared
            .change(|world| world.options.more_servers = servers.into_iter().collect());
    }

    /// Chooses the shard whose connection is concerned by what follows: closes, cuts, silence, payloads that are not events.
    pub fn aim(&self, shard: u64) {
        self.shared.change(|world| world.gateway.aim(shard));
    }

    /// Makes the gateway connection a zombie: nothing more is sent on it, and heartbeats get no ACK. A new connection
    /// works.
    pub fn silence(&self) {
        self.shared.change(|world| world.gateway.silence());
    }

    /// Begins an outage; `None` ends it. Open connections stay open, except with [`Outage::Down`].
    pub fn outage(&self, outage: Option<Outage>) {
        self.shared.change(|world| {
            if outage == Some(Outage::Down) {
                world.gateway.cut_all();
            }
            world.outage = outage;
        });
    }

    /// Sends Reconnect (op 7).
    pub fn ask_to_reconnect(&self) {
        self.op(&serde_json::json!({"op": 7, "d": null}));
    }

    /// Sends Invalid Session (op 9).
    pub fn invalidate(&self, resumable: bool) {
        self.shared
            .change(|world| world.gateway.invalidate(resumable));
    }

    /// Closes the gateway connection with a close code. 1000, 1001, 4007 and 4009 also end the session.
    pub fn close(&self, code: u16) {
        self.shared.change(|world| world.gateway.close(code));
    }

    /// Cuts the gateway connection without a close frame.
    pub fn drop_tcp(&self) {
        self.shared.change(|world| world.gateway.send(Frame::Cut));
    }

    /// Advances the stand-in's clock, which determines deadlines, tokens, rate limits and the time between two IDENTIFYs,
    /// but not heartbeats.
    pub fn pass(&self, time: Duration) {
        self.shared.change(|world| world.clock.pass(time));
    }

    /// Sets the bot's permissions in a channel ([`permission`]).
    pub fn permit(&self, channel: u64, permissions: u64) {
        self.shared
            .change(|world| world.options = world.options.clone().permit(channel, permissions));
    }

    /// Sets the server's boost level, 0 to 3, on which the size of files depends.
    pub fn boost(&self, level: u8) {
        self.shared
            .change(|world| world.options.boost_level = level);
    }

    /// Holds back the next event of a member until another one has been dispatched.
    pub fn reorder_next(&self) {
        self.shared.change(|world| world.gateway.reorder_next());
    }

    /// Dispatches the last event of a member again.
    pub fn repeat_last(&self) {
        self.shared.change(|world| world.gateway.repeat_last());
    }

    /// Dispatches an event, which must be as Discord describes it.
    pub fn dispatch(&self, event: &str, data: &Value) {
        self.shared.change(|world| world.announce(event, data));
    }

    /// Dispatches an event that need not be as Discord describes it: nothing compares it with the description.
    pub fn dispatch_unjudged(&self, event: &str, data: &Value) {
        self.shared
            .change(|world| world.gateway.dispatch(event, data));
    }

    /// The bot is removed from a server.
    pub fn remove_bot(&self, server: u64) {
        self.dispatch(
            "GUILD_DELETE",
            &serde_json::json!({"id": server.to_string()}),
        );
    }

    /// A server becomes unavailable, as in an outage.
    pub fn lose_server(&self, server: u64) {
        let outage = serde_json::json!({"id": server.to_string(), "unavailable": true});
        self.dispatch("GUILD_DELETE", &outage);
    }

    /// The bot is invited into [`SERVER`] again.
    pub fn invite_bot(&self) {
        self.shared.change(|world| {
            let server = payload::whole_server(world);
            world.announce("GUILD_CREATE", &server);
        });
    }

    /// Sends a payload that is not an event.
    pub fn op(&self, payload: &Value) {
        self.shared
            .change(|world| world.gateway.send(Frame::Text(payload.to_string())));
    }

    /// Sends the `MESSAGE_UPDATE` that Discord sends when it adds link previews, though nothing was edited.
    pub fn unfurl(&self, message: u64) {
        self.shared
            .change(|world| world.dispatch_message("MESSAGE_UPDATE", message));
    }

    /// Sends the `MESSAGE_UPDATE` that Discord sends when a thread is opened on a message: only its flags change.
    pub fn open_thread(&self, message: u64) {
        self.shared.change(|world| {
            if let Some(found) = world.messages.get_mut(&message) {
                found.flags |= 1 << 5;
            }
            world.dispatch_message("MESSAGE_UPDATE", message);
        });
    }
}

impl fmt::Debug for StandIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StandIn")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
        let violations = self.violations();
        assert!(
            violations.is_empty() || std::thread::panicking(),
            "the bot broke Discord's rules:\n{}",
            violations.join("\n")
        );
    }
}
