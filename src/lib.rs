//! The parts of the `pullquote` program, as a library for `xtask` and tests.
//!
//! - `cli`: the command line; `config`: settings
//! - `bot`: the bot on Discord; `http`: health checks, metrics and the host's page; `telemetry`: the log and the metrics
//! - `doctor`: judges what `pullquote doctor` found; `machine`: what this machine says of its files and disks
//! - `download`: fetches a file, for `pullquote model add`; `fetch`: pages that members and sources name, from
//!   public hosts only
//! - `permissions`: what members may do in a channel, from Discord's JSON
//! - `questions`: which questions without an answer the host sees
//! - `sources`: keeps copies of what comes from sources
//!
//! Search and answers are in `pullquote-core`, cards in `pullquote-cards`, the knowledge folder in `pullquote-library`.

pub mod bot;
pub mod cli;
pub mod config;
pub mod doctor;
pub mod download;
pub mod fetch;
pub mod http;
mod lock;
mod machine;
mod permissions;
mod questions;
pub mod sources;
pub mod telemetry;
