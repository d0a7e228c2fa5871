//! What the stand-in's Discord looks like at the start: servers, channels, people, and how strict its clock is.

use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

/// The bot's user, which is also its application.
pub const BOT: u64 = 1_200_000_000_000_000_001;
/// How a member mentions the bot.
pub const MENTION: &str = "<@1200000000000000001>";
/// The server that every channel but the direct ones belongs to.
pub const SERVER: u64 = 1_200_000_000_000_000_100;
/// A text channel.
pub const GENERAL: u64 = 1_200_000_000_000_000_101;
/// A second text channel.
pub const OTHER: u64 = 1_200_000_000_000_000_102;
/// A public thread below [`GENERAL`].
pub const THREAD: u64 = 1_200_000_000_000_000_103;
/// A forum, which holds posts and no messages.
pub const FORUM: u64 = 1_200_000_000_000_000_104;
/// A post in [`FORUM`] whose author has written.
pub const FORUM_POST: u64 = 1_200_000_000_000_000_105;
/// A post in [`FORUM`] whose author has not written yet.
pub const EMPTY_POST: u64 = 1_200_000_000_000_000_106;
/// Alice's direct messages with the bot.
pub const ALICE_DM: u64 = 1_200_000_000_000_000_107;
/// Bob's direct messages with the bot.
pub const BOB_DM: u64 = 1_200_000_000_000_000_108;
/// A group of Alice's and Bob's where the bot is not: its commands come along with whoever has installed it.
pub const GROUP: u64 = 1_200_000_000_000_000_109;

/// The one secret.
pub const TOKEN: &str = "MTIwMDAwMDAwMDAwMDAwMDAwMQ.stand.in-token_of-no-value-at-all-000000";

/// Someone who writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct User {
    /// Their id.
    pub id: u64,
    /// Their name.
    pub name: &'static str,
    /// How they write.
    pub kind: UserKind,
}

/// What stands behind a name.
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

/// A member, and the owner of the application and of the server.
pub const ALICE: User = user(1, "alice", UserKind::Person);
/// A member.
pub const BOB: User = user(2, "bob", UserKind::Person);
/// A bot that is not ours.
pub const OTHER_BOT: User = user(3, "otherbot", UserKind::Bot);
/// A webhook's name.
pub const WEBHOOK: User = user(4, "news feed", UserKind::Webhook);
/// The bot under test.
pub const PULLQUOTE: User = User {
    id: BOT,
    name: "pullquote",
    kind: UserKind::Bot,
};

/// Permission bits that the stand-in looks at.
pub mod permission {
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
    /// Send Messages in Threads.
    pub const SEND_IN_THREADS: u64 = 1 << 38;
    /// What a bot that was invited well has.
    pub const USUAL: u64 = ADD_REACTIONS | VIEW | SEND | EMBED | ATTACH | HISTORY | SEND_IN_THREADS;
}

/// Gateway intents that the stand-in looks at.
pub mod intent {
    /// Servers and their channels.
    pub const GUILDS: u64 = 1;
    /// Members coming and going; privileged.
    pub const GUILD_MEMBERS: u64 = 1 << 1;
    /// Who is online; privileged.
    pub const GUILD_PRESENCES: u64 = 1 << 8;
    /// Messages in servers.
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    /// Direct messages.
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    /// What messages say; privileged.
    pub const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Those that the developer portal must allow.
    pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
    /// Every intent there is.
    pub const ALL: u64 = 0x337_ffff;
}

/// What kind of place a channel is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A text channel of the server.
    Text,
    /// A forum: only its posts take messages.
    Forum,
    /// A thread or forum post below the channel.
    Thread(u64),
    /// A forum post below the channel that its author has not begun.
    EmptyPost(u64),
    /// Direct messages with the user.
    Direct(User),
    /// A private channel without the bot, which members' own installs of it reach all the same.
    Private,
}

impl Place {
    /// Discord's number for the context that commands are offered in.
    pub fn context(self) -> u8 {
        match self {
            Self::Text | Self::Forum | Self::Thread(_) | Self::EmptyPost(_) => 0,
            Self::Direct(_) => 1,
            Self::Private => 2,
        }
    }
}

/// A place where messages stand.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub place: Place,
    /// What the bot may do there ([`permission`]). A direct channel without [`permission::SEND`] belongs to
    /// someone who takes no messages.
    pub permissions: u64,
}

/// How the stand-in limits requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateLimits {
    /// Headers say that there is plenty.
    Generous,
    /// 5 messages in 5 s a channel, 50 requests a second over all but interaction answers.
    Strict,
}

/// How all of Discord, or its gateway, can be out of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    /// Every request and every connection is refused with 503.
    Down,
    /// Connections to the gateway are taken, and never answered.
    NoAnswer,
    /// They are answered, but nothing comes over them.
    NoHello,
    /// They live, but no session begins, and none is taken up again.
    NoReady,
    /// A session ends as soon as it has begun.
    Flapping,
}

/// What the stand-in starts from. Take the default and change what the test is about.
#[derive(Clone, Debug)]
pub struct Options {
    /// Privileged intents that the developer portal allows ([`intent`]). None by default.
    pub privileged: u64,
    /// Every channel there is, by its id.
    pub channels: BTreeMap<u64, Channel>,
    /// Global commands that an earlier run has registered.
    pub commands: Vec<Value>,
    /// How soon an interaction wants its first answer.
    pub first_response: Duration,
    /// How long an interaction's token is good.
    pub token_life: Duration,
    /// What HELLO asks for between two heartbeats.
    pub heartbeat: Duration,
    /// How requests are limited.
    pub rate_limits: RateLimits,
    /// Sessions that may begin until they are counted anew, and how long that is from the start.
    pub sessions: (u64, Duration),
    /// The path of the gateway's address: nothing or `/gateway`.
    pub gateway_path: &'static str,
    /// Whether the bot has been invited into the server.
    pub invited: bool,
    /// What the developer portal holds otherwise than usual: fields of the application.
    pub application: Value,
}

impl Options {
    /// The same, with one more channel, where the bot may do the usual.
    pub fn channel(mut self, id: u64, name: &'static str, place: Place) -> Self {
        let permissions = match place {
            Place::Private => permission::EMBED | permission::ATTACH,
            _ => permission::USUAL,
        };
        let channel = Channel {
            id,
            name,
            place,
            permissions,
        };
        self.channels.insert(id, channel);
        self
    }

    /// The same, with other permissions of the bot in one channel.
    ///
    /// # Panics
    /// When there is no such channel.
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
            rate_limits: RateLimits::Generous,
            gateway_path: "",
            sessions: (1_000, Duration::from_hours(4)),
            invited: true,
            application: Value::Null,
        };
        empty
            .channel(GENERAL, "general", Place::Text)
            .channel(OTHER, "other", Place::Text)
            .channel(THREAD, "a thread", Place::Thread(GENERAL))
            .channel(FORUM, "forum", Place::Forum)
            .channel(FORUM_POST, "a post", Place::Thread(FORUM))
            .channel(EMPTY_POST, "an empty post", Place::EmptyPost(FORUM))
            .channel(ALICE_DM, "alice", Place::Direct(ALICE))
            .channel(BOB_DM, "bob", Place::Direct(BOB))
            .channel(GROUP, "alice and bob", Place::Private)
    }
}
