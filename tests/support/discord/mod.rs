//! The strict Discord stand-in. [`StandIn`] is its face: start it, make things happen, wait for what the bot does.
//! What members do is in [`Member`], what they see in [`Message`] and in an [`Answer`](interaction::Answer), what
//! goes wrong on purpose in [`Fault`].

mod call;
mod clock;
mod draft;
mod faults;
mod gateway;
mod interaction;
mod invoke;
mod member;
mod message;
mod options;
mod payload;
mod reply;
mod rest;
mod routes;
mod rules;
mod schema;
mod socket;
mod world;

pub use call::Request;
pub use faults::Fault;
pub use member::Member;
pub use message::Message;
pub use options::*;
pub use schema::is_there as schema_is_there;

use gateway::Frame;
use serde_json::Value;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use world::{Shared, World};

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

    /// How a member mentions the bot.
    pub fn mention(&self) -> String {
        format!("<@{BOT}>")
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

    // What goes wrong.

    /// Lets requests fail.
    pub fn fault(&self, fault: Fault) {
        self.shared.change(|world| world.faults.push(fault));
    }

    /// Stops (or takes up again) answering heartbeats.
    pub fn mute_acks(&self, mute: bool) {
        self.shared.change(|world| world.gateway.muted = mute);
    }

    /// Asks the bot to reconnect (op 7).
    pub fn ask_to_reconnect(&self) {
        self.op(&serde_json::json!({"op": 7, "d": null}));
    }

    /// Tells the bot that its session is invalid (op 9).
    pub fn invalidate(&self, resumable: bool) {
        self.shared.change(|world| world.invalidate(resumable));
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

    /// Sends the MESSAGE_UPDATE that follows when Discord has looked at a message's links: nothing was edited.
    pub fn unfurl(&self, message: u64) {
        self.shared
            .change(|world| world.tell("MESSAGE_UPDATE", message));
    }

    // What the bot did.

    /// Waits until `find` finds something in the world; `what` is said when it does not.
    fn wait<T>(&self, what: &str, find: impl Fn(&World) -> Option<T>) -> T {
        let found = self.shared.wait(PATIENCE, find);
        found.unwrap_or_else(|| panic!("{what} did not come; {:#?}", self.violations()))
    }

    /// Waits until the bot is connected: it has got READY (and not lost its connection since).
    pub fn wait_ready(&self) {
        self.wait("READY", |world| world.gateway.connected().then_some(()));
    }

    /// Waits until so many READYs were sent since the start.
    pub fn wait_readies(&self, count: usize) {
        self.wait("a further IDENTIFY", |world| {
            (world.gateway.readies >= count).then_some(())
        });
    }

    /// Waits until so many sessions were resumed since the start.
    pub fn wait_resumes(&self, count: usize) {
        self.wait("a RESUME", |world| {
            (world.gateway.resumes >= count).then_some(())
        });
    }

    /// Waits until so many heartbeats came since the start.
    pub fn wait_heartbeats(&self, count: usize) {
        self.wait("a heartbeat", |world| {
            (world.gateway.heartbeats >= count).then_some(())
        });
    }

    /// Waits until the bot has ended so many gateway connections; how: its close codes, nothing when it just went.
    pub fn wait_closes(&self, count: usize) -> Vec<Option<u16>> {
        self.wait("the end of a connection", |world| {
            (world.gateway.closes.len() >= count).then(|| world.gateway.closes.clone())
        })
    }

    /// READYs sent so far.
    pub fn readies(&self) -> usize {
        self.shared.look(|world| world.gateway.readies)
    }

    /// Waits for a request that was answered; also one from before.
    pub fn wait_request(&self, wanted: impl Fn(&Request) -> bool) -> Request {
        self.wait("the request", |world| {
            world
                .requests
                .iter()
                .find(|request| wanted(request))
                .cloned()
        })
    }

    /// Every request so far, in the order of their answers.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.look(|world| world.requests.clone())
    }

    /// Waits for the bot's answer to a message.
    pub fn reply_to(&self, message: u64) -> Message {
        self.wait("a reply", |world| {
            world
                .messages
                .values()
                .find(|reply| answers(reply, message))
                .cloned()
        })
    }

    /// The bot's answers to a message at this moment.
    pub fn replies_to(&self, message: u64) -> Vec<Message> {
        self.shared.look(|world| {
            world
                .messages
                .values()
                .filter(|reply| answers(reply, message))
                .cloned()
                .collect()
        })
    }

    /// A message as it stands now, deleted or not.
    pub fn message(&self, id: u64) -> Option<Message> {
        self.shared.look(|world| world.messages.get(&id).cloned())
    }

    /// Waits until a message is as wanted.
    pub fn wait_message(&self, id: u64, wanted: impl Fn(&Message) -> bool) -> Message {
        self.wait("the change of a message", |world| {
            world
                .messages
                .get(&id)
                .filter(|message| wanted(message))
                .cloned()
        })
    }

    /// What everyone sees in a channel now; private answers and deleted messages are not among it.
    pub fn messages(&self, channel: u64) -> Vec<Message> {
        self.shared.look(|world| {
            let all = world
                .messages
                .values()
                .filter(|message| message.channel == channel);
            all.filter(|message| !message.deleted && !message.ephemeral)
                .cloned()
                .collect()
        })
    }

    /// The registered commands, global ones first.
    pub fn commands(&self) -> Vec<Value> {
        self.shared
            .look(|world| world.commands.values().flatten().cloned().collect())
    }

    /// Waits until commands are registered.
    pub fn wait_commands(&self) -> Vec<Value> {
        self.wait("the registration of commands", |world| {
            world
                .commands
                .values()
                .any(|all| !all.is_empty())
                .then_some(())
        });
        self.commands()
    }

    /// What the bot did wrong so far.
    pub fn violations(&self) -> Vec<String> {
        self.shared.look(|world| world.violations.clone())
    }

    /// The same, and forgives it.
    pub fn take_violations(&self) -> Vec<String> {
        self.shared
            .change(|world| std::mem::take(&mut world.violations))
    }
}

fn answers(reply: &Message, message: u64) -> bool {
    reply.author.id == BOT && reply.reply_to == Some(message) && !reply.deleted
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
        if !violations.is_empty() && !std::thread::panicking() {
            panic!("the bot broke Discord's rules:\n{}", violations.join("\n"));
        }
    }
}
