//! The state of the stand-in, under one lock. REST, the gateway and the test work on it. Every change wakes those who
//! wait.

use super::attachments::Upload;
use super::clock::Clock;
use super::faults::{Buckets, Fault};
use super::gateway::Gateway;
use super::interaction::Record;
use super::message::Message;
use super::options::{
    ALICE, BOB, Channel, OTHER_BOT, Options, Outage, PULLQUOTE, SERVER, User, intent, permission,
};
use super::payload;
use super::request::Request;
use super::schema;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// The state, shared, with a signal for its changes.
#[derive(Debug)]
pub struct Shared {
    world: Mutex<World>,
    changed: Condvar,
}

impl Shared {
    pub fn new(options: Options, port: u16) -> Self {
        Self {
            world: Mutex::new(World::new(options, port)),
            changed: Condvar::new(),
        }
    }

    /// Reads the state.
    pub fn read<T>(&self, read: impl FnOnce(&World) -> T) -> T {
        read(&self.lock())
    }

    /// Changes the state and wakes all who wait.
    pub fn change<T>(&self, write: impl FnOnce(&mut World) -> T) -> T {
        let result = write(&mut self.lock());
        self.changed.notify_all();
        result
    }

    /// Waits until `find` returns something; `None` after `limit`.
    pub fn wait<T>(&self, limit: Duration, find: impl Fn(&World) -> Option<T>) -> Option<T> {
        let end = Instant::now() + limit;
        let mut world = self.lock();
        loop {
            if let Some(found) = find(&world) {
                return Some(found);
            }
            let left = end.checked_duration_since(Instant::now())?;
            let woken = self.changed.wait_timeout(world, left);
            world = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Ignores poisoning: a failed test must not hide its own message.
    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A message that was sent with a nonce.
#[derive(Clone, Copy, Debug)]
pub struct Nonce {
    pub message: u64,
    /// When it was sent.
    pub sent: Duration,
}

/// What is still to be compared with Discord's description. That takes time, which no story should lose.
#[derive(Debug)]
pub enum Unjudged {
    /// A request and its response, by their place in the list.
    Exchange(usize),
    /// An event and its data.
    Event(String, Value),
}

/// The state of Discord, as far as one bot sees it.
#[derive(Debug)]
pub struct World {
    pub options: Options,
    pub port: u16,
    pub clock: Clock,
    pub messages: BTreeMap<u64, Message>,
    /// Registered commands: global ones under `None`, else by server.
    pub commands: BTreeMap<Option<u64>, Vec<Value>>,
    pub interactions: BTreeMap<u64, Record>,
    /// Messages of the bot that were sent with `enforce_nonce`, by channel and nonce.
    pub nonces: BTreeMap<(u64, String), Nonce>,
    pub requests: Vec<Request>,
    /// How many of them got 401, 403 or 429.
    pub refused: usize,
    pub faults: Vec<Fault>,
    /// How many responses have been held.
    pub held: usize,
    healed: watch::Sender<()>,
    pub buckets: Buckets,
    pub gateway: Gateway,
    pub outage: Option<Outage>,
    /// Address of the Interactions Endpoint URL; `None` while interactions are sent over the gateway.
    pub endpoint: Option<String>,
    /// The last interaction that was sent there.
    pub posted: String,
    /// The status of each response to them; 0 where there was none in time.
    pub statuses: Vec<u16>,
    /// Files that members have ready to upload.
    pub uploads: Vec<Upload>,
    pub violations: Vec<String>,
    pub unjudged: Vec<Unjudged>,
}

impl World {
    fn new(options: Options, port: u16) -> Self {
        let mut world = Self {
            port,
            clock: Clock::new(options.time),
            messages: BTreeMap::new(),
            commands: BTreeMap::new(),
            interactions: BTreeMap::new(),
            nonces: BTreeMap::new(),
            requests: Vec::new(),
            refused: 0,
            faults: Vec::new(),
            held: 0,
            healed: watch::Sender::default(),
            buckets: Buckets::default(),
            gateway: Gateway::new(options.shards),
            outage: None,
            endpoint: None,
            posted: String::new(),
            statuses: Vec::new(),
            uploads: Vec::new(),
            violations: Vec::new(),
            unjudged: Vec::new(),
            options,
        };
        for command in world.options.commands.clone() {
            let registered = payload::command(&mut world.clock, None, &command);
            world.commands.entry(None).or_default().push(registered);
        }
        world
    }

    /// Counts a response that is held. What is returned changes when it may be sent.
    pub fn hold(&mut self) -> watch::Receiver<()> {
        self.held += 1;
        self.healed.subscribe()
    }

    /// Removes the faults that are left, and sends the responses that are held.
    pub fn heal(&mut self) {
        self.faults.clear();
        self.healed.send_replace(());
    }

    /// Records a violation of the rules of Discord or of the project.
    pub fn violation(&mut self, sentence: impl Into<String>) {
        self.violations.push(sentence.into());
    }

    pub fn channel(&self, id: u64) -> Option<&Channel> {
        self.options.channels.get(&id)
    }

    /// Whether the bot has a permission in a channel.
    pub fn may(&self, channel: u64, permission: u64) -> bool {
        let known = self.channel(channel);
        known.is_some_and(|known| known.permissions & permission == permission)
    }

    /// The permission needed to post in a channel.
    pub fn writing(&self, channel: u64) -> u64 {
        match self.channel(channel).map(|known| known.place) {
            Some(place) if place.is_thread() => permission::SEND_IN_THREADS,
            _ => permission::SEND,
        }
    }

    /// The server that a channel belongs to; direct and private channels belong to none.
    pub fn server(&self, channel: u64) -> Option<u64> {
        (self.channel(channel)?.place.context() == 0).then_some(SERVER)
    }

    /// The largest file in a channel, in bytes. Members with Nitro, who may upload more, are not played.
    pub fn upload_limit(&self, channel: u64) -> usize {
        let mebibytes = match self.server(channel).map(|_| self.options.boost_level) {
            Some(2) => 50,
            Some(3..) => 100,
            _ => 10,
        };
        mebibytes << 20
    }

    /// Session starts left, and the time until the limit resets.
    pub fn sessions_left(&self) -> (u64, Duration) {
        let (all, time) = self.options.sessions;
        match time.checked_sub(self.clock.now()) {
            Some(wait) => (all.saturating_sub(self.gateway.identifies), wait),
            None => (all, time),
        }
    }

    /// A message that has not been deleted.
    pub fn message(&self, id: u64) -> Option<&Message> {
        self.messages.get(&id).filter(|message| !message.deleted)
    }

    /// Posts a message and dispatches it to the bot.
    pub fn post(&mut self, mut message: Message) -> u64 {
        message.written = self.clock.millis();
        let (id, channel) = (message.id, message.channel);
        self.messages.insert(id, message);
        self.dispatch_message("MESSAGE_CREATE", id);
        self.wake(channel);
        id
    }

    /// A message makes an archived thread active again.
    fn wake(&mut self, channel: u64) {
        let known = self.options.channels.get_mut(&channel);
        if let Some(thread) = known.filter(|known| known.archived) {
            thread.archived = false;
            self.dispatch_channel("THREAD_UPDATE", channel);
        }
    }

    /// Dispatches a message event, if the bot's intents and permissions allow.
    pub fn dispatch_message(&mut self, event: &str, id: u64) {
        let Some(message) = self.messages.get(&id) else {
            return;
        };
        if message.ephemeral || !self.may(message.channel, permission::VIEW) {
            return;
        }
        let intent = match self.server(message.channel) {
            Some(_) => intent::GUILD_MESSAGES,
            None => intent::DIRECT_MESSAGES,
        };
        if self.gateway.intents() & intent == 0 {
            return;
        }
        let payload = match event {
            "MESSAGE_DELETE" => payload::deleted_message(self, message),
            _ => payload::message_event(self, message),
        };
        self.announce(event, &payload);
    }

    /// Dispatches an event, which must be as Discord describes it.
    pub fn announce(&mut self, event: &str, data: &Value) {
        self.judge(event, data);
        self.gateway.dispatch(event, data);
    }

    /// Keeps an event, to compare it with Discord's description.
    pub fn judge(&mut self, event: &str, data: &Value) {
        if schema::is_there() {
            let event = Unjudged::Event(event.to_owned(), data.clone());
            self.unjudged.push(event);
        }
    }

    /// Compares with Discord's description what has happened since the last time.
    pub fn judge_all(&mut self) {
        for unjudged in std::mem::take(&mut self.unjudged) {
            let (whose, found) = match &unjudged {
                Unjudged::Event(event, data) => (
                    format!("the stand-in's {event}"),
                    schema::event_violations(event, data),
                ),
                Unjudged::Exchange(place) => {
                    let request = &self.requests[*place];
                    (request.line(), schema::exchange_violations(request))
                }
            };
            let found = found.into_iter().map(|it| format!("{whose}: {it}"));
            self.violations.extend(found);
        }
    }

    /// Adds a channel or thread, or replaces it. A thread has the permissions of its channel.
    pub fn put_channel(&mut self, channel: Channel) {
        self.options.channels.insert(channel.id, channel);
    }

    /// Dispatches an event about a channel or thread, if the bot has the intent and may see the channel.
    pub fn dispatch_channel(&mut self, event: &str, id: u64) {
        if self.gateway.intents() & intent::GUILDS == 0 || !self.may(id, permission::VIEW) {
            return;
        }
        let Some(channel) = self.channel(id) else {
            return;
        };
        let mut data = match event {
            "CHANNEL_DELETE" | "THREAD_DELETE" => payload::deleted_channel(channel),
            _ => payload::channel(channel),
        };
        if event == "THREAD_CREATE" {
            data["newly_created"] = true.into();
        }
        self.announce(event, &data);
    }

    /// The user with this id.
    pub fn user(id: u64) -> Option<User> {
        let known = [ALICE, BOB, OTHER_BOT, PULLQUOTE];
        known.into_iter().find(|user| user.id == id)
    }
}

/// Ids of the users that a text mentions as `<@1>` or `<@!1>`.
pub fn mentioned(text: &str) -> Vec<u64> {
    let starts = text.split("<@").skip(1);
    let inside = starts.filter_map(|rest| Some(rest.split_once('>')?.0));
    let mut ids: Vec<u64> = inside
        .filter_map(|id| id.strip_prefix('!').unwrap_or(id).parse().ok())
        .collect();
    ids.dedup();
    ids
}
