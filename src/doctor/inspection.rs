//! What is asked of Discord: the connection, the account of the bot, its servers.

use serde_json::Value;

/// Where settings of the application are.
pub(super) const PORTAL: &str = "https://discord.com/developers/applications > your application";

/// What an inspection of Discord returned. Errors are messages.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// The response to a request that needs no token.
    pub reach: Result<Reach, String>,
    /// What Discord returns for the token; `None` if Discord cannot be reached.
    pub account: Option<Result<BotAccount, String>>,
    /// The status with which the Interactions Endpoint URL answers a bad signature; `None` if it was not tried.
    pub bad_signature: Option<Result<u16, String>>,
}

/// A response from Discord.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// Milliseconds until the response arrived.
    pub millis: u64,
    /// Seconds by which this machine's clock is ahead of Discord's; `None` if the response has no date.
    pub ahead: Option<i64>,
}

/// What Discord returns for a valid token. A `Value` is Discord's JSON.
#[derive(Debug, Clone)]
pub struct BotAccount {
    /// The application.
    pub application: Value,
    /// The response to `GET /gateway/bot`, with the number of sessions left.
    pub gateway: Value,
    /// Whether the registered commands are those of this version.
    pub commands: Result<bool, String>,
    /// Channels of `AUTO_ANSWER_CHANNELS` that no server lists, such as threads.
    pub looked_up: Vec<Value>,
    /// The servers that were inspected.
    pub servers: Result<Vec<Server>, String>,
    /// Number of servers that were not inspected.
    pub more_servers: usize,
    /// The invite link.
    pub invite: String,
}

/// A server that the bot is in.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What is needed to compute the bot's permissions.
    pub details: Result<ServerDetails, String>,
    /// Whether the bot was invited with the scope `applications.commands`.
    pub has_commands: bool,
}

/// A server, its channels and the bot's membership, as Discord's JSON.
#[derive(Debug, Clone)]
pub struct ServerDetails {
    /// The server, with its roles.
    pub server: Value,
    /// The bot as a member of it.
    pub member: Value,
    /// Its channels.
    pub channels: Vec<Value>,
}
