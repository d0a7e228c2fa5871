//! What the host's page asks the bot.

use crate::bot::bot::Bot;
use crate::http::{ServerView, Servers};
use futures_util::future::BoxFuture;
use pullquote_cards::Viewer;

impl Servers for Bot {
    fn seen<'a>(&'a self, server: u64, viewer: &'a Viewer) -> BoxFuture<'a, ServerView> {
        Box::pin(async move {
            ServerView {
                engine: self
                    .articles
                    .engine(Some(server), viewer, &self.workers)
                    .await,
                settings: self.articles.settings(Some(server)).await,
                helpers: self.servers.known(Some(server)).helpers,
            }
        })
    }
}
