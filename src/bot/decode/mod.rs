//! Discord's gateway events as the bot's own types.

pub(crate) mod event;
pub(crate) mod interaction;
mod lenient;
pub(crate) mod message;
