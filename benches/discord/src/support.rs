//! The place where the stand-in expects to live.

#[path = "../../../tests/support/discord/mod.rs"]
pub mod discord;
