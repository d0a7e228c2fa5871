//! What the bot knows of servers: where it answers, and what events have told of each.

use crate::bot::decode::{ChannelEvent, Event, Guild, IncomingMessage};
use crate::bot::requests::allowed_servers::AllowedServers;
use crate::bot::requests::channels::Channels;
use crate::bot::requests::conversations::{Conversations, Written};
use crate::bot::requests::moderators::Moderators;
use crate::config::Config;
use crate::lock::lock;
use pullquote_cards::{Helpers, Locale};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

/// The servers that the bot is in.
#[derive(Debug)]
pub(crate) struct Servers {
    allowed: AllowedServers,
    /// Whether messages that are not meant for the bot can be read.
    reads_messages: bool,
    /// Who helps where the articles have no answer, in whichever server.
    helpers: Helpers,
    known: Mutex<HashMap<u64, KnownServer>>,
    /// Where the bot answers without being mentioned.
    pub(crate) channels: Channels,
    pub(crate) moderators: Moderators,
    pub(crate) conversations: Conversations,
}

/// What the bot knows of a server.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct KnownServer {
    pub(crate) locale: Locale,
    /// The role that Discord made for the bot when it was invited.
    pub(crate) role: Option<u64>,
    /// Those of the settings that belong to it.
    pub(crate) helpers: Helpers,
}

/// What the bot knew of a server, for its next start or another process.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct KeptServer {
    locale: String,
    role: Option<u64>,
    /// The channel and the role of its helpers.
    helpers: (Option<u64>, Option<u64>),
}

impl Servers {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            allowed: AllowedServers::new(config.allowed_servers.clone()),
            reads_messages: config.reads_messages,
            helpers: config.helpers,
            known: Mutex::default(),
            channels: Channels::new(config.auto_answer.clone()),
            moderators: Moderators::default(),
            conversations: Conversations::default(),
        }
    }

    /// Whether the bot answers in a server: see [`AllowedServers::allow`].
    pub(crate) fn allow(&self, server: Option<u64>) -> bool {
        self.allowed.allow(server)
    }

    /// Takes note of what an event says about servers, channels and conversations, before what comes after it is handled.
    pub(crate) fn note(&self, event: &Event) {
        match event {
            Event::Guild(guild) if self.allow(Some(guild.id)) => {
                if let Some(channels) = &guild.channels {
                    self.channels.set(guild.id, channels);
                }
                if self.reads_messages {
                    self.moderators.set(guild);
                }
            }
            Event::Role {
                server,
                role,
                moderates,
            } => self.moderators.change(*server, *role, *moderates),
            Event::Channel { server, event } => {
                self.channels.apply(*server, event);
                if matches!(event, ChannelEvent::ServerGone { .. }) {
                    self.moderators.forget(*server);
                }
            }
            Event::Message(message) => self.note_message(message),
            _ => {}
        }
    }

    fn note_message(&self, message: &IncomingMessage) {
        let is_near = message
            .server
            .is_some_and(|server| self.channels.knows(server));
        if is_near && message.by_member && message.edit.is_none() {
            let by_moderator = self.moderators.wrote(message);
            self.conversations.note(Written::of(message), by_moderator);
        }
    }

    /// What is known of a server; the default in direct messages.
    pub(crate) fn known(&self, server: Option<u64>) -> KnownServer {
        let known = lock(&self.known);
        server
            .and_then(|server| known.get(&server).copied())
            .unwrap_or_default()
    }

    /// Remembers what is said of a server. `me` is the bot.
    pub(crate) fn remember(&self, guild: &Guild, me: u64) {
        let mut roles = guild.bot_roles.iter();
        let mut servers = lock(&self.known);
        let earlier = servers.get(&guild.id).copied().unwrap_or_default();
        let known = KnownServer {
            locale: Locale::from_code(&guild.preferred_locale),
            role: roles.find(|(_, bot)| *bot == me).map(|(role, _)| *role),
            helpers: self.helpers_of(guild, earlier.helpers),
        };
        servers.insert(guild.id, known);
    }

    /// The helpers that belong to a server. An event that lists no channels leaves `earlier` in place.
    fn helpers_of(&self, guild: &Guild, earlier: Helpers) -> Helpers {
        let Helpers {
            channel,
            role,
            ping,
        } = self.helpers;
        Helpers {
            channel: match &guild.channels {
                Some(known) => channel.filter(|id| known.iter().any(|it| it.id == *id)),
                None => earlier.channel,
            },
            role: role.filter(|id| guild.roles.contains(id)),
            ping,
        }
    }

    /// What is known of some servers, for the next start or another process.
    pub(crate) fn kept(&self, of: impl Fn(u64) -> bool) -> BTreeMap<u64, KeptServer> {
        let known = lock(&self.known);
        let known = known.iter().filter(|(id, _)| of(**id));
        let kept = known.map(|(id, server)| {
            let server = KeptServer {
                locale: server.locale.code().to_owned(),
                role: server.role,
                helpers: (server.helpers.channel, server.helpers.role),
            };
            (*id, server)
        });
        kept.collect()
    }

    /// Remembers what an earlier process knew of servers.
    pub(crate) fn restore(&self, kept: BTreeMap<u64, KeptServer>) {
        let known = kept.into_iter().map(|(id, server)| {
            let (channel, role) = server.helpers;
            let known = KnownServer {
                locale: Locale::from_code(&server.locale),
                role: server.role,
                helpers: Helpers {
                    channel,
                    role,
                    ping: self.helpers.ping,
                },
            };
            (id, known)
        });
        lock(&self.known).extend(known);
    }
}
