//! What is asked, by whom and where, and what the bot remembers of it.
//!
//! - `job.rs`: a request, with its deadline and its line in the log; `pending.rs`: requests that the bot must finish before it stops;
//!   `throttle.rs`: how many are accepted
//! - `seen.rs`: interactions that have arrived; `answered.rs`: messages that were answered; `last_questions.rs`: what was asked before
//! - `servers.rs`: what is known of servers; `allowed_servers.rs`, `channels.rs`: where the bot answers; `conversations.rs`,
//!   `moderators.rs`: who takes part there; `lookup.rs`: what no event has told

pub(super) mod allowed_servers;
pub(super) mod answered;
pub(super) mod channels;
pub(super) mod conversations;
pub(super) mod job;
pub(super) mod last_questions;
pub(super) mod lookup;
pub(super) mod moderators;
pub(super) mod pending;
pub(super) mod seen;
pub(super) mod servers;
pub(super) mod throttle;
