//! Gateway close codes after which reconnecting is no use. Serenity gives back 4004, 4013 and 4014; 4010 to
//! 4012 it only writes to the log and connects again, for ever: so this listens to the log.

use serenity::gateway::GatewayError;
use std::fmt::{self, Write};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

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
    /// What serenity gives back.
    pub(super) fn from_gateway(error: &GatewayError) -> Option<Self> {
        match error {
            GatewayError::InvalidAuthentication | GatewayError::NoAuthentication => {
                Some(Self::Token)
            }
            GatewayError::InvalidGatewayIntents => Some(Self::Intents),
            GatewayError::DisallowedGatewayIntents => Some(Self::MessageContent),
            _ => None,
        }
    }

    /// What serenity writes.
    fn from_line(line: &str) -> Option<Self> {
        [
            ("InvalidShardData", Self::Shard),
            ("OverloadedShard", Self::ShardingRequired),
            ("unclean close 4012", Self::Version),
        ]
        .into_iter()
        .find_map(|(part, fatal)| line.contains(part).then_some(fatal))
    }
}

/// Listens to serenity's log.
pub(super) struct CloseCodes(UnboundedSender<Fatal>);

impl CloseCodes {
    pub(super) fn new() -> (Self, UnboundedReceiver<Fatal>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }
}

impl<S: Subscriber> Layer<S> for CloseCodes {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line::default();
        event.record(&mut line);
        if let Some(fatal) = Fatal::from_line(&line.0) {
            // Nobody listens any more: the bot is about to end.
            let _ = self.0.send(fatal);
        }
    }
}

/// An event's message.
#[derive(Default)]
struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            let _ = write!(self.0, "{value:?}");
        }
    }
}
