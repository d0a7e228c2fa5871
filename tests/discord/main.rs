//! The bot against Discord, played by a strict stand-in. One module a story; what they stand on is in `tests/support/`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by a panic, and shows what the bot wrote"
)]
#![allow(unreachable_pub, reason = "nothing is reachable from outside a test")]

#[path = "../support/mod.rs"]
mod support;

mod stand_in;
