//! How a response reaches the member.
//!
//! - `delivery.rs`: what all ways have in common; `interaction.rs`: responses to interactions; `message.rs`: messages and their edits;
//!   `refusals.rs`: why Discord refuses one
//! - `first_response.rs`: the response to Discord's own request, over HTTP
//! - `solved.rs`: the tag of a forum post that is answered

pub(super) mod delivery;
pub(super) mod first_response;
mod interaction;
pub(super) mod message;
pub(super) mod refusals;
pub(super) mod solved;
