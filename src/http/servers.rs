//! What the page knows of servers through the bot.

use futures_util::future::BoxFuture;
use pullquote_cards::{Helpers, Settings, Viewer};
use pullquote_core::engine::Engine;
use std::fmt::Debug;
use std::sync::Arc;

/// The made-up server of the demo, to try what servers can do.
#[derive(Debug, Clone, Copy)]
pub struct MadeUp {
    /// Its id.
    pub server: u64,
    /// A role of its members.
    pub role: u64,
    /// A question that only members with the role get answered.
    pub question: &'static str,
}

/// What a member of a server is answered from.
#[derive(Debug)]
pub struct ServerView {
    /// The articles that they see.
    pub engine: Arc<Engine>,
    /// What the server's managers have chosen.
    pub settings: Arc<Settings>,
    /// Who helps in the server, as the host has set it.
    pub helpers: Helpers,
}

/// The servers that the bot serves.
pub trait Servers: Debug + Send + Sync {
    /// What a viewer in a server is answered from.
    fn seen<'a>(&'a self, server: u64, viewer: &'a Viewer) -> BoxFuture<'a, ServerView>;
}
