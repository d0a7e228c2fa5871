//! The sources of servers: who looks at them, and what has changed.

use super::ServerArticles;
use crate::bot::clock::now;
use pullquote_cards::{Gate, TeachingError};
use pullquote_store::{Finished, GatedBy, HeldSource, Holder, ListedSource, StoreError, Synced};
use std::collections::BTreeSet;

impl ServerArticles {
    /// The servers that have a source.
    pub(crate) async fn servers_with_sources(&self) -> Result<BTreeSet<u64>, StoreError> {
        self.in_time(self.store.servers_with_sources()).await
    }

    /// Takes a source that is due, for `time` milliseconds at most; see [`Store::hold_source`].
    pub(crate) async fn hold_source(
        &self,
        process: u64,
        time: i64,
    ) -> Result<Option<HeldSource>, StoreError> {
        self.in_time(self.store.hold_source(process, time)).await
    }

    /// Takes this source of a server, for `time` milliseconds at most; see [`Store::hold_this_source`].
    pub(crate) async fn hold_this_source(
        &self,
        holder: Holder,
        time: i64,
    ) -> Result<Option<HeldSource>, StoreError> {
        self.in_time(self.store.hold_this_source(holder, time))
            .await
    }

    /// Keeps what a look at a source has changed, and lets it answer.
    pub(crate) async fn finish_source(
        &self,
        holder: Holder,
        synced: &Synced<'_>,
    ) -> Result<Finished, StoreError> {
        // Nobody waits for it, and hundreds of articles may have changed.
        let finished = self.store.finish_source(holder, synced, now()).await?;
        if let Finished::Changed(version) = finished {
            self.has_version(holder.server, version);
        }
        Ok(finished)
    }

    /// Removes a source with its articles. `false` if there is none.
    pub(crate) async fn remove_source(
        &self,
        server: u64,
        source: u64,
        at: i64,
    ) -> Result<bool, StoreError> {
        let removed = self.store.remove_source(server, source, at);
        let version = self.changed(removed).await?;
        Ok(self.new_version(server, version))
    }

    /// Brings back a source with its articles if `check` allows the server's sources with it. `false` if there is none.
    pub(crate) async fn restore_source(
        &self,
        server: u64,
        source: u64,
        check: impl FnOnce(&[ListedSource]) -> Result<(), TeachingError>,
    ) -> Result<Result<bool, TeachingError>, StoreError> {
        let restored = self.store.restore_source(server, source, check);
        let version = self.changed(restored).await?;
        Ok(version.map(|version| self.new_version(server, version)))
    }

    /// Says who may see the articles of a source. `false` if there is none.
    pub(crate) async fn set_source_gate(
        &self,
        server: u64,
        source: u64,
        (gate, by): (&Gate, GatedBy),
    ) -> Result<bool, StoreError> {
        let gate = gate.to_string();
        let set = self.store.set_source_gate(server, source, (&gate, by));
        let version = self.changed(set).await?;
        Ok(self.new_version(server, version))
    }

    /// Changes the gate of a forum from one to another. `false` if it is no longer the first, or managers have chosen it.
    pub(crate) async fn renew_source_gate(
        &self,
        server: u64,
        source: u64,
        gates: [&Gate; 2],
    ) -> Result<bool, StoreError> {
        let [before, gate] = gates.map(Gate::to_string);
        let renewed = self
            .store
            .renew_source_gate(server, source, [&before, &gate]);
        let version = self.changed(renewed).await?;
        Ok(self.new_version(server, version))
    }
}
