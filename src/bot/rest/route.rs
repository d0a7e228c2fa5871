//! The endpoints of Discord's REST API that the bot uses.

use std::fmt;

/// Version of the API; the paths of [`Route`] start with it.
pub(crate) const API: &str = "/api/v10";

/// An endpoint. Its `Display` is the path below [`API`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    Gateway,
    GatewayBot,
    /// The application that the token belongs to.
    CurrentApplication,
    CurrentUser,
    /// The servers that the bot is in.
    CurrentUserGuilds,
    /// Global commands.
    Commands {
        application: u64,
    },
    GuildCommands {
        application: u64,
        guild: u64,
    },
    Guild {
        guild: u64,
    },
    GuildChannels {
        guild: u64,
    },
    GuildMember {
        guild: u64,
        user: u64,
    },
    /// The threads of all channels that are not archived.
    ActiveThreads {
        guild: u64,
    },
    /// The archived public threads of a channel.
    ArchivedThreads {
        channel: u64,
    },
    Channel {
        channel: u64,
    },
    ChannelMessages {
        channel: u64,
    },
    ChannelMessage {
        channel: u64,
        message: u64,
    },
    /// The thread that is opened on a message.
    MessageThreads {
        channel: u64,
        message: u64,
    },
    InteractionCallback {
        interaction: u64,
        token: &'a str,
    },
    /// Messages after the first response to an interaction.
    FollowUps {
        application: u64,
        token: &'a str,
    },
    /// The first response to an interaction or, after a promise to change it, the message of the component.
    OriginalResponse {
        application: u64,
        token: &'a str,
    },
}

impl fmt::Display for Route<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gateway => write!(out, "/gateway"),
            Self::GatewayBot => write!(out, "/gateway/bot"),
            Self::CurrentApplication => write!(out, "/oauth2/applications/@me"),
            Self::CurrentUser => write!(out, "/users/@me"),
            Self::CurrentUserGuilds => write!(out, "/users/@me/guilds"),
            Self::Commands { application } => write!(out, "/applications/{application}/commands"),
            Self::GuildCommands { application, guild } => {
                write!(out, "/applications/{application}/guilds/{guild}/commands")
            }
            Self::Guild { guild } => write!(out, "/guilds/{guild}"),
            Self::GuildChannels { guild } => write!(out, "/guilds/{guild}/channels"),
            Self::GuildMember { guild, user } => write!(out, "/guilds/{guild}/members/{user}"),
            Self::ActiveThreads { guild } => write!(out, "/guilds/{guild}/threads/active"),
            Self::ArchivedThreads { channel } => {
                write!(out, "/channels/{channel}/threads/archived/public")
            }
            Self::Channel { channel } => write!(out, "/channels/{channel}"),
            Self::ChannelMessages { channel } => write!(out, "/channels/{channel}/messages"),
            Self::ChannelMessage { channel, message } => {
                write!(out, "/channels/{channel}/messages/{message}")
            }
            Self::MessageThreads { channel, message } => {
                write!(out, "/channels/{channel}/messages/{message}/threads")
            }
            Self::InteractionCallback { interaction, token } => {
                write!(out, "/interactions/{interaction}/{token}/callback")
            }
            Self::FollowUps { application, token } => {
                write!(out, "/webhooks/{application}/{token}")
            }
            Self::OriginalResponse { application, token } => {
                write!(out, "/webhooks/{application}/{token}/messages/@original")
            }
        }
    }
}
