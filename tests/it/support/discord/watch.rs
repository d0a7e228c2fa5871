//! Observes the bot: getters, and waiting with a deadline.

use super::gateway::{Dispatched, Gateway};
use super::message::Message;
use super::options::BOT;
use super::request::Request;
use super::world::World;
use super::{PATIENCE, StandIn};
use serde_json::Value;
use std::collections::BTreeMap;

impl StandIn {
    /// Waits until `find` returns something. `what` names it in the panic message.
    fn wait<T>(&self, what: &str, find: impl Fn(&World) -> Option<T>) -> T {
        let found = self.shared.wait(PATIENCE, find);
        found.unwrap_or_else(|| panic!("{what} did not come; {:#?}", self.violations()))
    }

    /// Waits until the bot is connected: READY was sent and the connection is open.
    pub fn wait_ready(&self) {
        self.wait("READY", |world| world.gateway.connected().then_some(()));
    }

    /// Waits until the bot has no open connection.
    pub fn wait_disconnected(&self) {
        self.wait_gateway("the end of all connections", |gateway| {
            gateway.open_shards().is_empty()
        });
    }

    /// Waits for a condition of the gateway.
    fn wait_gateway(&self, what: &str, is_so: impl Fn(&Gateway) -> bool) {
        self.wait(what, |world| is_so(&world.gateway).then_some(()));
    }

    /// Waits until `count` READYs have been sent since the start.
    pub fn wait_readies(&self, count: usize) {
        self.wait_gateway("a further IDENTIFY", |gateway| gateway.readies >= count);
    }

    /// Waits until sessions have been resumed `count` times since the start.
    pub fn wait_resumes(&self, count: usize) {
        self.wait_gateway("a RESUME", |gateway| gateway.resumes >= count);
    }

    /// Waits until `count` heartbeats have arrived since the start.
    pub fn wait_heartbeats(&self, count: usize) {
        self.wait_gateway("a heartbeat", |gateway| gateway.heartbeats >= count);
    }

    /// Waits until the bot has ended `count` gateway connections. Returns the close codes, `None` without a close frame.
    pub fn wait_closes(&self, count: usize) -> Vec<Option<u16>> {
        self.wait("the end of a connection", |world| {
            (world.gateway.closes.len() >= count).then(|| world.gateway.closes.clone())
        })
    }

    /// Waits until the bot has tried to connect to the gateway `count` times, successfully or not.
    pub fn wait_connection_attempts(&self, count: usize) {
        self.wait_gateway("a connection", |gateway| {
            gateway.connection_attempts >= count
        });
    }

    /// Waits until `count` IDENTIFYs have arrived since the start.
    pub fn wait_identifies(&self, count: u64) {
        self.wait_gateway("an IDENTIFY", |gateway| gateway.identifies >= count);
    }

    /// Shards that are open: number and total of each, in order.
    pub fn open_shards(&self) -> Vec<(u64, u64)> {
        let open = self.shared.read(|world| world.gateway.open_shards());
        let pairs = open.into_iter().map(|shard| (shard.number, shard.total));
        pairs.collect()
    }

    /// READYs sent so far.
    pub fn readies(&self) -> usize {
        self.shared.read(|world| world.gateway.readies)
    }

    /// Waits for a request, which may have arrived before the call.
    pub fn wait_request(&self, wanted: impl Fn(&Request) -> bool) -> Request {
        self.wait("the request", |world| {
            world
                .requests
                .iter()
                .find(|request| wanted(request))
                .cloned()
        })
    }

    /// Waits until `count` responses have been held since the start.
    pub fn wait_held(&self, count: usize) {
        self.wait("a request to hold", |world| {
            (world.held >= count).then_some(())
        });
    }

    /// Events of members so far.
    pub fn dispatched(&self) -> Vec<Dispatched> {
        self.shared.read(|world| world.gateway.dispatched.clone())
    }

    /// IDENTIFYs, RESUMEs and heartbeats so far.
    pub fn gateway_counts(&self) -> [usize; 3] {
        self.shared.read(|world| {
            let gateway = &world.gateway;
            let identifies = gateway.identifies as usize;
            [identifies, gateway.resumes, gateway.heartbeats]
        })
    }

    /// Whether an interaction has been acknowledged.
    pub fn is_acknowledged(&self, interaction: u64) -> bool {
        self.shared
            .read(|world| world.interactions[&interaction].callback.is_some())
    }

    /// All requests so far, in the order of their responses.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.read(|world| world.requests.clone())
    }

    /// Waits for the bot's reply to a message.
    pub fn reply_to(&self, message: u64) -> Message {
        self.wait("a reply", |world| {
            world
                .messages
                .values()
                .find(|reply| answers(reply, message))
                .cloned()
        })
    }

    /// The bot's current replies to a message.
    pub fn replies_to(&self, message: u64) -> Vec<Message> {
        self.shared.read(|world| {
            world
                .messages
                .values()
                .filter(|reply| answers(reply, message))
                .cloned()
                .collect()
        })
    }

    /// How many replies of the bot each message has, if any.
    pub fn reply_counts(&self) -> BTreeMap<u64, usize> {
        self.shared.read(|world| {
            let all = world.messages.values();
            let replies = all.filter(|reply| reply.author.id == BOT && !reply.deleted);
            let mut counts = BTreeMap::new();
            for asked in replies.filter_map(|reply| reply.reply_to) {
                *counts.entry(asked).or_default() += 1;
            }
            counts
        })
    }

    /// The current state of a message, deleted or not.
    pub fn message(&self, id: u64) -> Option<Message> {
        self.shared.read(|world| world.messages.get(&id).cloned())
    }

    /// Waits until a message satisfies a condition.
    pub fn wait_message(&self, id: u64, wanted: impl Fn(&Message) -> bool) -> Message {
        self.wait("the change of a message", |world| {
            world
                .messages
                .get(&id)
                .filter(|message| wanted(message))
                .cloned()
        })
    }

    /// Messages of a channel that everyone sees: neither deleted nor ephemeral.
    pub fn messages(&self, channel: u64) -> Vec<Message> {
        self.shared.read(|world| {
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
            .read(|world| world.commands.values().flatten().cloned().collect())
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

    /// Violations of Discord's rules so far.
    pub fn violations(&self) -> Vec<String> {
        self.shared.change(|world| {
            world.judge_all();
            world.violations.clone()
        })
    }

    /// Returns the violations and clears them.
    pub fn take_violations(&self) -> Vec<String> {
        self.shared.change(|world| {
            world.judge_all();
            std::mem::take(&mut world.violations)
        })
    }
}

fn answers(reply: &Message, message: u64) -> bool {
    reply.author.id == BOT && reply.reply_to == Some(message) && !reply.deleted
}
