//! The place where the stand-in expects to live.

#[path = "../../../tests/it/support/discord/mod.rs"]
pub mod discord;
