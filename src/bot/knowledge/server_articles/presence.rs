//! Which servers the bot is in, as the store has to know.

use super::ServerArticles;
use crate::bot::clock::now;
use crate::bot::error::error_chain;
use pullquote_store::StoreError;
use std::collections::BTreeMap;

impl ServerArticles {
    /// The servers of which something is kept, and whether the bot is there as far as is known.
    pub(crate) async fn presence(&self) -> Result<BTreeMap<u64, bool>, StoreError> {
        self.in_time(self.store.presence()).await
    }

    /// Notes that the bot was removed from a server, or is there: its data is deleted two weeks after it left.
    pub(crate) async fn set_present(&self, server: u64, is_present: bool) {
        let left = (!is_present).then(now);
        self.known().presence.insert(server, left);
        if !self.is_left_alone() {
            self.note_presence().await;
        }
    }

    /// Writes to the store where the bot is. What fails is tried again when the store is back. Whether nothing has failed.
    pub(super) async fn note_presence(&self) -> bool {
        // Whoever holds it goes on until all is written.
        let Ok(_noting) = self.noting.try_lock() else {
            return true;
        };
        loop {
            let next = self
                .known()
                .presence
                .iter()
                .next()
                .map(|(id, left)| (*id, *left));
            let Some((server, left)) = next else {
                return true;
            };
            if let Err(error) = self.in_time(self.store.set_left(server, left)).await {
                self.is_away(&error_chain(&error));
                return false;
            }
            let mut known = self.known();
            // It may have changed meanwhile.
            if known.presence.get(&server) == Some(&left) {
                known.presence.remove(&server);
            }
        }
    }
}
