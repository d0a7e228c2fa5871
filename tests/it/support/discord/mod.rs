//! The strict Discord stand-in. [`StandIn`] is its face: start it, make things happen (here), wait for what the bot
//! does (in [`watch`]).
//! What members do is in [`Member`], what they see in [`Message`](message::Message) and in an [`Answer`](interaction::Answer), what
//! goes wrong on purpose in [`Fault`].

pub mod call;
mod clock;
mod draft;
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
mod rest;
mod routes;
mod rules;
mod schema;
mod socket;
mod watch;
mod world;

pub use faults::Fault;
pub use member::Member;
pub use options::*;
pub use schema::is_there as schema_is_there;

use axum::serve::ListenerExt;
use gateway::Frame;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use world::Shared;

/// How long anything that a test waits for may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A Discord of one server and one bot, on a loopback port.
pub struct StandIn {
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
    port: u16,
}

impl StandIn {
    /// Starts it; it ends when it is dropped.
    ///
    /// # Panics
    /// When no port can be had.
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
        // Events are small: held back until earlier ones are acknowledged, some would come 40 ms late.
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

    /// What the bot takes as `--api-base`.
    pub fn api_base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Somebody in their usual place: [`GENERAL`], with `en-US`.
    pub fn member(&self, user: User) -> Member<'_> {
        Member {
            stand_in: self,
            user,
            channel: GENERAL,
            locale: "en-US".to_owned(),
        }
    }

    /// Lets requests fail.
    pub fn fault(&self, fault: Fault) {
        self.shared.change(|world| world.faults.push(fault));
    }

    /// Lets the gateway connection die without an end: nothing goes out on it any more, heartbeats get no answer. A
    /// new connection is as good as ever.
    pub fn silence(&self) {
        self.shared.change(|world| world.gateway.silence());
    }

    /// Puts Discord out of order; connections that stand go on, but with [`Outage::Down`]. `None` ends that.
    pub fn outage(&self, outage: Option<Outage>) {
        if outage == Some(Outage::Down) {
            self.drop_tcp();
        }
        self.shared.change(|world| world.outage = outage);
    }

    /// Asks the bot to reconnect (op 7).
    pub fn ask_to_reconnect(&self) {
        self.op(&serde_json::json!({"op": 7, "d": null}));
    }

    /// Tells the bot that its session is invalid (op 9).
    pub fn invalidate(&self, resumable: bool) {
        self.shared
            .change(|world| world.gateway.invalidate(resumable));
    }

    /// Closes the gateway connection with a code. 1000, 1001, 4007 and 4009 end the session as well.
    pub fn close(&self, code: u16) {
        self.shared.change(|world| world.gateway.close(code));
    }

    /// Cuts the gateway connection without a word.
    pub fn drop_tcp(&self) {
        self.shared.change(|world| world.gateway.send(Frame::Cut));
    }

    /// Puts the stand-in's clock forward: deadlines, tokens, rate limits, the time between two IDENTIFYs. Not
    /// heartbeats.
    pub fn pass(&self, time: Duration) {
        self.shared.change(|world| world.clock.pass(time));
    }

    /// Changes what the bot may do in a channel ([`permission`]).
    pub fn permit(&self, channel: u64, permissions: u64) {
        self.shared
            .change(|world| world.options = world.options.clone().permit(channel, permissions));
    }

    /// Sends any event.
    pub fn dispatch(&self, event: &str, data: &Value) {
        self.shared
            .change(|world| world.gateway.dispatch(event, data));
    }

    /// Sends any payload that is no event.
    pub fn op(&self, payload: &Value) {
        self.shared
            .change(|world| world.gateway.send(Frame::Text(payload.to_string())));
    }

    /// Sends the `MESSAGE_UPDATE` that follows when Discord has looked at a message's links: nothing was edited.
    pub fn unfurl(&self, message: u64) {
        self.shared
            .change(|world| world.tell("MESSAGE_UPDATE", message));
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
