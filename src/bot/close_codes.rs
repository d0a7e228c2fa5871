//! Gateway close codes after which connecting again is no use.

/// Why Discord will not have this bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fatal {
    /// 4004, or 401 before.
    #[error(
        "Discord does not know this token: on https://discord.com/developers/applications choose the application, \
         then Bot > Reset Token, and set DISCORD_TOKEN to the new one (4004)"
    )]
    Token,
    /// 4010.
    #[error("Discord refuses how the bot divides its servers (4010): please report this")]
    Shard,
    /// 4011.
    #[error(
        "the bot is in more servers than one connection may serve (4011): start it again, so that it asks Discord how \
         many connections it needs"
    )]
    ShardingRequired,
    /// 4012.
    #[error(
        "Discord no longer speaks this version of its gateway (4012): a newer version of the bot is needed"
    )]
    Version,
    /// 4013.
    #[error("Discord refuses the events that the bot asks for (4013): please report this")]
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
    /// What a close code says, if it is one of these.
    pub(super) fn from_code(code: u16) -> Option<Self> {
        Some(match code {
            4004 => Self::Token,
            4010 => Self::Shard,
            4011 => Self::ShardingRequired,
            4012 => Self::Version,
            4013 => Self::Intents,
            4014 => Self::MessageContent,
            _ => return None,
        })
    }
}
