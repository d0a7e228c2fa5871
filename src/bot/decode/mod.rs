//! Gateway payloads -> the bot's own types. Only this folder knows Discord's events; nothing here sends or waits.
//!
//! The structs of Discord libraries are too strict for this: they reject an event for a single field that is missing, new or
//! of another type, even one that the bot never uses, and a member who pressed a button would get no answer.
//!
//! - `event.rs`: which payloads the bot reads; `fields.rs`: fields of their JSON
//! - `interaction.rs`, `message.rs`, `channel.rs`: what of them the bot keeps
//! - `message_text.rs`: the text of a message, wherever it is

mod channel;
mod event;
mod fields;
mod interaction;
mod message;
mod message_text;

pub(crate) use channel::{Channel, ChannelEvent, ChannelType};
pub(crate) use event::{Event, GatewayPayload, Guild, Ready, guild, read};
pub(crate) use fields::{id, ids, list};
pub(crate) use interaction::{IncomingInteraction, Posted};
pub(crate) use message::{Asked, Edit, IncomingMessage, Me};
pub(super) use message_text::message_text;
