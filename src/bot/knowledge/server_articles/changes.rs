//! What managers do to the articles of their server.

use super::ServerArticles;
use crate::bot::clock::now;
use pullquote_cards::{Gate, PassageKey, TeachingError};
use pullquote_store::{Draft, ListedArticle, NewDraft, StoreError, StoredArticle};

impl ServerArticles {
    /// Keeps what a member wants to add until they confirm it.
    pub(crate) async fn keep_draft(&self, draft: &NewDraft<'_>) -> Result<(), StoreError> {
        self.changed(self.store.put_draft(draft)).await
    }

    /// What a member wants to add; see [`Store::draft`].
    pub(crate) async fn draft(
        &self,
        token: &str,
        owner: (u64, u64),
    ) -> Result<Option<Draft>, StoreError> {
        self.changed(self.store.draft(token, owner, now())).await
    }

    /// Notes which version a member has seen.
    pub(crate) async fn see_draft(
        &self,
        token: &str,
        owner: (u64, u64),
        seen: u64,
    ) -> Result<(), StoreError> {
        self.changed(self.store.see_draft(token, owner, seen)).await
    }

    /// Lets what a member has confirmed answer. `false` if there is nothing to confirm.
    pub(crate) async fn confirm(&self, token: &str, owner: (u64, u64)) -> Result<bool, StoreError> {
        let confirmed = self.store.confirm_draft(token, owner, now());
        let version = self.changed(confirmed).await?;
        Ok(self.new_version(owner.0, version))
    }

    /// Drops what a member wanted to add. `false` if there is nothing.
    pub(crate) async fn discard(&self, token: &str, owner: (u64, u64)) -> Result<bool, StoreError> {
        self.changed(self.store.delete_draft(token, owner)).await
    }

    /// Removes an article. `false` if there is none.
    pub(crate) async fn remove(&self, server: u64, path: &str) -> Result<bool, StoreError> {
        let version = self.changed(self.store.remove(server, path, now())).await?;
        Ok(self.new_version(server, version))
    }

    /// Brings back a removed article if `check` allows the server's articles with it. `false` if there is none.
    pub(crate) async fn restore(
        &self,
        server: u64,
        path: &str,
        check: impl FnOnce(&[ListedArticle]) -> Result<(), TeachingError>,
    ) -> Result<Result<bool, TeachingError>, StoreError> {
        let restored = self.store.restore(server, path, check);
        let version = self.changed(restored).await?;
        Ok(version.map(|version| self.new_version(server, version)))
    }

    /// Says who may see an article. `false` if there is none.
    pub(crate) async fn set_gate(
        &self,
        server: u64,
        path: &str,
        gate: &Gate,
    ) -> Result<bool, StoreError> {
        let gate = gate.to_string();
        let version = self
            .changed(self.store.set_gate(server, path, &gate))
            .await?;
        Ok(self.new_version(server, version))
    }

    /// Chooses a passage as the answer to questions.
    pub(crate) async fn pin(
        &self,
        server: u64,
        questions: &[String],
        passage: PassageKey,
    ) -> Result<(), StoreError> {
        let passage = passage.to_string();
        let pinned = self.store.pin(server, questions, &passage, now());
        let version = self.changed(pinned).await?;
        self.has_version(server, version);
        Ok(())
    }

    /// Leaves the answer to a question to ranking again. `false` if it was not chosen.
    pub(crate) async fn unpin(&self, server: u64, question: &str) -> Result<bool, StoreError> {
        let version = self.changed(self.store.unpin(server, question)).await?;
        Ok(self.new_version(server, version))
    }

    /// The server's articles, by path.
    pub(crate) async fn list(&self, server: u64) -> Result<Vec<ListedArticle>, StoreError> {
        self.changed(self.store.list(server)).await
    }

    /// The server's articles, by path, and the version of them.
    pub(crate) async fn list_version(
        &self,
        server: u64,
    ) -> Result<(u64, Vec<ListedArticle>), StoreError> {
        // The version first: if a change comes between, a confirmation finds it.
        let version = self.changed(self.store.version(server)).await?;
        Ok((version, self.list(server).await?))
    }

    /// The server's articles with their contents.
    pub(crate) async fn stored(&self, server: u64) -> Result<Vec<StoredArticle>, StoreError> {
        let (_, articles) = self.changed(self.store.articles(server)).await?;
        Ok(articles)
    }
}
