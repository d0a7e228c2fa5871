//! Integration tests: the built program and the public APIs.
//!
//! One binary, because each would link the whole program again. `support` contains the stand-in for Discord and the
//! built bot as a child process; `discord` tests the bot with them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::format_collect,
    reason = "a test fails by a panic and may print; its own texts are short"
)]
#![allow(clippy::too_many_lines, reason = "a story is read from top to bottom")]
#![allow(unreachable_pub, reason = "nothing is reachable from outside a test")]

mod architecture;
mod as_written;
mod built_in_model;
mod cards;
mod chat;
mod circles;
mod cli;
mod data;
mod demo;
mod deploy;
mod discord;
mod docs;
mod follow_ups;
mod hostile_files;
mod insights;
mod languages;
mod layers;
mod library;
mod markdown;
#[cfg(feature = "model")]
mod model;
mod paths;
mod properties;
mod reference_sets;
mod reload;
mod simulation;
mod sources;
mod summary;
mod support;
