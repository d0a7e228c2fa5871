//! Gateway payloads -> the bot's own types. Only this folder knows serenity's model; nothing here sends or waits.
//!
//! - `event.rs`: which payloads the bot reads
//! - `interaction.rs`, `message.rs`: what of them the bot keeps
//! - `lenient.rs`: a second attempt at events that serenity cannot read

mod event;
mod interaction;
mod lenient;
mod message;

pub(crate) use event::{Event, GatewayPayload, Ready, read};
pub(crate) use interaction::IncomingInteraction;
pub(crate) use message::IncomingMessage;
