//! Gateway close codes that no reconnect can fix.

use serenity::constants::close_codes;

/// Why Discord rejects this bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fatal {
    /// 4004, or HTTP status 401.
    #[error(
        "Discord does not know this token: on https://discord.com/developers/applications choose the application, \
         then Bot > Reset Token, and set DISCORD_TOKEN to the new one (4004)"
    )]
    Token,
    /// 4010.
    #[error("Discord rejects the shard numbers that the bot sent (4010): please report this")]
    Shard,
    /// 4011.
    #[error(
        "the bot is in more servers than its gateway connections may serve (4011): set SHARDS=auto, or SHARDS to a larger \
         number"
    )]
    ShardingRequired,
    /// 4012.
    #[error(
        "Discord no longer supports the gateway version of this bot (4012): install a newer release"
    )]
    Version,
    /// 4013.
    #[error("Discord rejects the intents that the bot sent (4013): please report this")]
    Intents,
    /// 4014.
    #[error(
        "AUTO_ANSWER_CHANNELS needs the Message Content Intent, which is off (4014): switch it on at \
         https://discord.com/developers/applications > the application > Bot > Privileged Gateway Intents, or unset \
         AUTO_ANSWER_CHANNELS"
    )]
    MessageContent,
}

impl Fatal {
    /// `None` for codes after which the bot may reconnect.
    pub(super) fn from_code(code: u16) -> Option<Self> {
        Some(match code {
            close_codes::AUTHENTICATION_FAILED => Self::Token,
            close_codes::INVALID_SHARD => Self::Shard,
            close_codes::SHARDING_REQUIRED => Self::ShardingRequired,
            // serenity has no name for it.
            4012 => Self::Version,
            close_codes::INVALID_GATEWAY_INTENTS => Self::Intents,
            close_codes::DISALLOWED_GATEWAY_INTENTS => Self::MessageContent,
            _ => return None,
        })
    }
}
