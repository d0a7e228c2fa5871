//! Initial state of the stand-in: server, channels, users and limits.

use super::clock::since_1970;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Id of the bot's user and of its application.
pub const BOT: u64 = 1_200_000_000_000_000_001;
/// A mention of the bot.
pub const MENTION: &str = "<@1200000000000000001>";
/// The role that Discord made for the bot when it was invited.
pub const BOT_ROLE: u64 = 1_200_000_000_000_000_002;
/// A role of members who help.
pub const HELPERS_ROLE: u64 = 1_200_000_000_000_000_003;
/// A role whose members may manage messages.
pub const MODERATOR_ROLE: u64 = 1_200_000_000_000_000_004;
/// The server. All channels belong to it, except direct and private ones.
pub const SERVER: u64 = 1_200_000_000_000_000_100;
/// A second server, which has the same channels: members can use commands there ([`Member::in_server`](super::Member::in_server)).
pub const OTHER_SERVER: u64 = 1_200_000_000_000_000_900;
/// A text channel.
pub const GENERAL: u64 = 1_200_000_000_000_000_101;
/// A second text channel.
pub const OTHER: u64 = 1_200_000_000_000_000_102;
/// A public thread in [`GENERAL`].
pub const THREAD: u64 = 1_200_000_000_000_000_103;
/// A forum, which contains posts but no messages.
pub const FORUM: u64 = 1_200_000_000_000_000_104;
/// A post in [`FORUM`] that has its first message.
pub const FORUM_POST: u64 = 1_200_000_000_000_000_105;
/// A post in [`FORUM`] that has no message yet.
pub const EMPTY_POST: u64 = 1_200_000_000_000_000_106;
/// A category, which contains [`BELOW`].
pub const CATEGORY: u64 = 1_200_000_000_000_000_110;
/// A text channel in [`CATEGORY`].
pub const BELOW: u64 = 1_200_000_000_000_000_111;
/// Alice's direct messages with the bot.
pub const ALICE_DM: u64 = 1_200_000_000_000_000_107;
/// Bob's direct messages with the bot.
pub const BOB_DM: u64 = 1_200_000_000_000_000_108;
/// A group of Alice and Bob. The bot is not in it; its commands are available to users who have installed it.
pub const GROUP: u64 = 1_200_000_000_000_000_109;

/// The bot's token.
pub const TOKEN: &str = "MTIwMDAwMDAwMDAwMDAwMDAwMQ.stand.in-token_of-no-value-at-all-000000";

/// A user, bot or webhook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: u64,
    /// Their name.
    pub name: &'static str,
    /// What they are.
    pub kind: UserKind,
}

/// Kind of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserKind {
    /// A human.
    Person,
    /// Another bot.
    Bot,
    /// A webhook.
    Webhook,
}

const fn user(number: u64, name: &'static str, kind: UserKind) -> User {
    User {
        id: 1_200_000_000_000_000_200 + number,
        name,
        kind,
    }
}

/// A member who owns the application and the server.
pub const ALICE: User = user(1, "alice", UserKind::Person);
/// A member.
pub const BOB: User = user(2, "bob", UserKind::Person);
/// Another bot.
pub const OTHER_BOT: User = user(3, "otherbot", UserKind::Bot);
/// A webhook.
pub const WEBHOOK: User = user(4, "news feed", UserKind::Webhook);
/// The bot under test.
pub const PULLQUOTE: User = User {
    id: BOT,
    name: "pullquote",
    kind: UserKind::Bot,
};

/// Permission bits that the stand-in checks.
pub mod permission {
    /// Administrator.
    pub const ADMINISTRATOR: u64 = 1 << 3;
    /// Manage Server.
    pub const MANAGE_SERVER: u64 = 1 << 5;
    /// Add Reactions.
    pub const ADD_REACTIONS: u64 = 1 << 6;
    /// View Channel.
    pub const VIEW: u64 = 1 << 10;
    /// Send Messages.
    pub const SEND: u64 = 1 << 11;
    /// Embed Links.
    pub const EMBED: u64 = 1 << 14;
    /// Attach Files.
    pub const ATTACH: u64 = 1 << 15;
    /// Read Message History.
    pub const HISTORY: u64 = 1 << 16;
    /// Manage Messages.
    pub const MANAGE_MESSAGES: u64 = 1 << 13;
    /// Manage Threads.
    pub const MANAGE_THREADS: u64 = 1 << 34;
    /// Create Public Threads.
    pub const CREATE_THREADS: u64 = 1 << 35;
    /// Send Messages in Threads.
    pub const SEND_IN_THREADS: u64 = 1 << 38;
    /// Mention everyone.
    pub const MENTION_EVERYONE: u64 = 1 << 17;
    /// Use External Emojis.
    pub const EXTERNAL_EMOJIS: u64 = 1 << 18;
    /// What every bot may do in direct messages.
    pub const OF_DIRECT: u64 = ATTACH | EMBED | MENTION_EVERYONE;
    /// All permissions of the invite link.
    pub const USUAL: u64 = ADD_REACTIONS | VIEW | SEND | EMBED | ATTACH | HISTORY | SEND_IN_THREADS;
}

/// Gateway intents that the stand-in checks.
pub mod intent {
    /// Servers and their channels.
    pub const GUILDS: u64 = 1;
    /// Members who join and leave; privileged.
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    /// Online status; privileged.
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    /// Messages in servers.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Direct messages.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// Content of messages; privileged.
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Intents that must be enabled in the developer portal.
    pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
    /// Every intent.
    pub const ALL: u64 = 0x337_ffff;
}

/// Kind of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A text channel of the server.
    Text,
    /// A text channel in the given category.
    TextIn(u64),
    /// A category.
    Category,
    /// A forum. Only its posts accept messages.
    Forum,
    /// A thread or forum post in the given channel.
    Thread(u64),
    /// A forum post in the given channel that has no first message.
    EmptyPost(u64),
    /// Direct messages with the user.
    Direct(User),
    /// A private channel that does not contain the bot. User installs of the bot work in it.
    Private,
}

impl Place {
    /// Discord's interaction context type.
    pub fn context(self) -> u8 {
        match self {
            Self::Text
            | Self::TextIn(_)
            | Self::Category
            | Self::Forum
            | Self::Thread(_)
            | Self::EmptyPost(_) => 0,
            Self::Direct(_) => 1,
            Self::Private => 2,
        }
    }

    /// Whether it is a thread.
    pub fn is_thread(self) -> bool {
        matches!(self, Self::Thread(_) | Self::EmptyPost(_))
    }
}

/// A channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub place: Place,
    /// Who opened it, if it is a thread.
    pub owner: User,
    /// The tags of a forum as Discord's JSON, or the ids of those that a post has.
    pub tags: Vec<Value>,
    /// Whether a thread is archived.
    pub archived: bool,
    /// Whether a thread is locked: only moderators may write there and reopen it.
    pub locked: bool,
    /// The role whose members alone can see it; everyone if it is `None`.
    pub only_for: Option<u64>,
    /// The bot's permissions there ([`permission`]). In a direct channel without [`permission::SEND`], the user accepts
    /// no messages.
    pub permissions: u64,
}

/// How the stand-in limits requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimits {
    /// Effectively none.
    Generous,
    /// 5 messages in 5 s per channel, and 50 requests per second in total, not counting interaction responses.
    Strict,
}

/// An outage of Discord or of its gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// Every request and connection gets 503.
    Down,
    /// The gateway accepts TCP connections but never responds.
    NoAnswer,
    /// The gateway sends no HELLO.
    NoHello,
    /// The gateway sends HELLO, but no READY and no RESUMED.
    NoReady,
    /// Each session ends as soon as it begins.
    Flapping,
}

/// Options of the stand-in. Tests start from the default and change what they are about.
#[derive(Clone, Debug)]
pub struct Options {
    /// Privileged intents enabled in the developer portal ([`intent`]). None by default.
    pub privileged: u64,
    /// All channels, by id.
    pub channels: BTreeMap<u64, Channel>,
    /// Global commands that are already registered.
    pub commands: Vec<Value>,
    /// Deadline of the initial response to an interaction.
    pub first_response: Duration,
    /// Lifetime of an interaction's token.
    pub token_life: Duration,
    /// Heartbeat interval in HELLO.
    pub heartbeat: Duration,
    /// The interval that HELLO names instead of the true one, for gateways that send nonsense; null for the true one.
    pub named_heartbeat: Value,
    /// How requests are limited.
    pub rate_limits: RateLimits,
    /// The session start limit, and the time until it resets, measured from the start.
    pub sessions: (u64, Duration),
    /// Number of shards that the bot is asked to start.
    pub shards: u64,
    /// Sessions that may begin within 5 s, each of a shard with another remainder.
    pub max_concurrency: u64,
    /// The fewest shards that can serve the bot's servers. With fewer, a session is refused with 4011.
    pub fewest_shards: u64,
    /// Path of the gateway's URL: empty or `/gateway`.
    pub gateway_path: &'static str,
    /// The server's language.
    pub server_locale: &'static str,
    /// The server's boost level, 0 to 3, on which the size of files depends.
    pub boost_level: u8,
    /// Whether the bot has been invited into the server.
    pub invited: bool,
    /// Servers besides it that the list of the bot's servers contains.
    pub more_servers: BTreeSet<u64>,
    /// Threads of the server that may be active at once.
    pub most_threads: usize,
    /// Whether everyone may mention [`HELPERS_ROLE`]. Otherwise a mention of it notifies nobody.
    pub is_mentionable: bool,
    /// The role that the bot may notify; it is a violation to notify anybody else.
    pub may_ping: Option<u64>,
    /// Fields of the application that differ from the default, as a JSON object.
    pub application: Value,
    /// The time at the start, in milliseconds since 1970. Ids contain it.
    pub time: u64,
    /// Whether the network may lose what the bot sends, so that a missing heartbeat or a repeated response is no violation.
    pub lossy: bool,
}

impl Options {
    /// Adds a channel with the usual permissions.
    pub fn channel(mut self, id: u64, name: &str, place: Place) -> Self {
        let permissions = match place {
            Place::Private => permission::EMBED | permission::ATTACH,
            _ => permission::USUAL,
        };
        let channel = Channel {
            id,
            name: name.to_owned(),
            place,
            owner: ALICE,
            tags: Vec::new(),
            archived: false,
            locked: false,
            only_for: None,
            permissions,
        };
        self.channels.insert(id, channel);
        self
    }

    /// Gives a forum tags of these names. Their ids are 1, 2 and so on.
    ///
    /// # Panics
    /// If there is no such channel.
    pub fn tags(mut self, forum: u64, names: &[&str]) -> Self {
        let known = self.channels.get_mut(&forum).expect("a known channel");
        let tag = |(name, id): (&&str, u64)| {
            serde_json::json!({
                "id": id.to_string(), "name": name, "moderated": false, "emoji_id": null, "emoji_name": null,
            })
        };
        known.tags = names.iter().zip(1..).map(tag).collect();
        self
    }

    /// Hides a channel from members without a role.
    ///
    /// # Panics
    /// If there is no such channel.
    pub fn only_for(mut self, channel: u64, role: u64) -> Self {
        let known = self.channels.get_mut(&channel).expect("a known channel");
        known.only_for = Some(role);
        self
    }

    /// Lets users install the application for themselves, so that its commands work in [`GROUP`].
    pub fn user_install(mut self) -> Self {
        self.application = serde_json::json!({"integration_types_config": {"0": {}, "1": {}}});
        self
    }

    /// Sets the bot's permissions in a channel.
    ///
    /// # Panics
    /// If there is no such channel.
    pub fn permit(mut self, channel: u64, permissions: u64) -> Self {
        let known = self.channels.get_mut(&channel).expect("a known channel");
        known.permissions = permissions;
        self
    }
}

impl Default for Options {
    fn default() -> Self {
        let empty = Self {
            privileged: 0,
            channels: BTreeMap::new(),
            commands: Vec::new(),
            first_response: Duration::from_secs(3),
            token_life: Duration::from_mins(15),
            heartbeat: Duration::from_millis(41_250),
            named_heartbeat: Value::Null,
            rate_limits: RateLimits::Generous,
            shards: 1,
            max_concurrency: 1,
            fewest_shards: 1,
            gateway_path: "",
            sessions: (1_000, Duration::from_hours(4)),
            server_locale: "en-US",
            boost_level: 0,
            invited: true,
            more_servers: BTreeSet::new(),
            most_threads: 1_000,
            is_mentionable: true,
            may_ping: None,
            application: Value::Null,
            time: since_1970().as_millis() as u64,
            lossy: false,
        };
        empty
            .channel(GENERAL, "general", Place::Text)
            .channel(OTHER, "other", Place::Text)
            .channel(THREAD, "a thread", Place::Thread(GENERAL))
            .channel(FORUM, "forum", Place::Forum)
            .channel(FORUM_POST, "a post", Place::Thread(FORUM))
            .channel(EMPTY_POST, "an empty post", Place::EmptyPost(FORUM))
            .channel(CATEGORY, "Category", Place::Category)
            .channel(BELOW, "below", Place::TextIn(CATEGORY))
            .channel(ALICE_DM, "alice", Place::Direct(ALICE))
            .channel(BOB_DM, "bob", Place::Direct(BOB))
            .channel(GROUP, "alice and bob", Place::Private)
    }
}
