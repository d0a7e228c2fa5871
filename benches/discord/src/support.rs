//! The module path that the stand-in expects.

#[path = "../../../tests/it/support/discord/mod.rs"]
pub mod discord;
