//! The application at Discord.
//!
//! - `registration.rs`: the commands that Discord knows; `memberships.rs`: the servers that the bot is in
//! - `identity.rs`: who the bot is; `inspect.rs`: what `doctor` and `init` ask; `invite.rs`: the invite link

pub(super) mod identity;
pub(super) mod inspect;
pub(super) mod invite;
pub(super) mod memberships;
pub(super) mod registration;
