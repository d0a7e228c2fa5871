//! What the people of a server teach the bot.
//!
//! - `server_articles/`: the articles of servers; `backups.rs`: copies of them
//! - `teaching.rs`: how managers look at them; `additions.rs`: how they add some, from `gathered.rs` and `attachments.rs`
//! - `pins.rs`: answers that they choose; `settings.rs`: what else they choose
//! - `gating_tests.rs`, `isolation_tests.rs`: nobody is shown what is not for them

pub(super) mod additions;
pub(super) mod attachments;
pub(super) mod backups;
pub(super) mod gathered;
#[cfg(test)]
pub(super) mod gating_tests;
#[cfg(test)]
pub(super) mod isolation_tests;
pub(super) mod pins;
pub(super) mod server_articles;
pub(super) mod settings;
pub(super) mod teaching;
