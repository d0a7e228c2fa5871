//! What the bot did: what tests see of it, and wait for.

use super::call::Request;
use super::gateway::Gateway;
use super::message::Message;
use super::options::BOT;
use super::world::World;
use super::{PATIENCE, StandIn};
use serde_json::Value;

impl StandIn {
    /// Waits until `find` finds something in the world; `what` is said when it does not.
    fn wait<T>(&self, what: &str, find: impl Fn(&World) -> Option<T>) -> T {
        let found = self.shared.wait(PATIENCE, find);
        found.unwrap_or_else(|| panic!("{what} did not come; {:#?}", self.violations()))
    }

    /// Waits until the bot is connected: it has got READY (and not lost its connection since).
    pub fn wait_ready(&self) {
        self.wait("READY", |world| world.gateway.connected().then_some(()));
    }

    /// Waits until it is so with the gateway.
    fn wait_gateway(&self, what: &str, is_so: impl Fn(&Gateway) -> bool) {
        self.wait(what, |world| is_so(&world.gateway).then_some(()));
    }

    /// Waits until so many READYs were sent since the start.
    pub fn wait_readies(&self, count: usize) {
        self.wait_gateway("a further IDENTIFY", |gateway| gateway.readies >= count);
    }

    /// Waits until so many sessions were resumed since the start.
    pub fn wait_resumes(&self, count: usize) {
        self.wait_gateway("a RESUME", |gateway| gateway.resumes >= count);
    }

    /// Waits until so many heartbeats came since the start.
    pub fn wait_heartbeats(&self, count: usize) {
        self.wait_gateway("a heartbeat", |gateway| gateway.heartbeats >= count);
    }

    /// Waits until the bot has ended so many gateway connections; how: its close codes, nothing when it just went.
    pub fn wait_closes(&self, count: usize) -> Vec<Option<u16>> {
        self.wait("the end of a connection", |world| {
            (world.gateway.closes.len() >= count).then(|| world.gateway.closes.clone())
        })
    }

    /// Waits until so many gateway connections were asked for, whatever came of them.
    pub fn wait_knocks(&self, count: usize) {
        self.wait_gateway("a connection", |gateway| gateway.knocks >= count);
    }

    /// Waits until so many IDENTIFYs came since the start.
    pub fn wait_identifies(&self, count: u64) {
        self.wait_gateway("an IDENTIFY", |gateway| gateway.identifies >= count);
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
