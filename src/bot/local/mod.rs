//! The bot without a connection to Discord.
//!
//! - `terminal.rs`: for `chat --server`; `demo.rs`: for `demo`; `page.rs`: what servers get, for the host's page

pub(super) mod demo;
pub(super) mod page;
pub(super) mod terminal;
