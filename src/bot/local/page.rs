//! What the host's page asks the bot.

use crate::bot::bot::Bot;
use crate::http::{Seen, Servers};
use futures_util::future::BoxFuture;
use pullquote_cards::Reader;

impl Servers for Bot {
    fn seen<'a>(&'a self, server: u64, reader: &'a Reader) -> BoxFuture<'a, Seen> {
        Box::pin(async move {
            Seen {
                engine: self
                    .articles
                    .engine(Some(server), reader, &self.workers)
                    .await,
                settings: self.articles.settings(Some(server)).await,
                helpers: self.servers.known(Some(server)).helpers,
            }
        })
    }
}
