//! What servers have chosen, in memory and in the store.

use super::ServerArticles;
use pullquote_cards::{SettingChange, Settings};
use pullquote_store::StoreError;
use std::sync::Arc;
use tracing::warn;

impl ServerArticles {
    /// What a server has chosen; what is known of it while the store is away. Nothing in direct messages.
    pub(crate) async fn settings(&self, server: Option<u64>) -> Arc<Settings> {
        let Some(server) = server else {
            return Arc::default();
        };
        let current = self.in_patience(self.current_settings(server)).await;
        current.unwrap_or_else(|| self.known_settings(server))
    }

    pub(super) async fn current_settings(&self, server: u64) -> Result<Arc<Settings>, StoreError> {
        let version = self.version(server).await?;
        let known = self.known().settings.get(&server).cloned();
        match known {
            Some((of, settings)) if of >= version || self.is_left_alone() => return Ok(settings),
            _ if version == 0 || self.is_left_alone() => return Ok(Arc::default()),
            _ => {}
        }
        let settings = self.read_settings(server).await?;
        let settings = Arc::new(settings.unwrap_or_default());
        let of = (version, Arc::clone(&settings));
        self.known().settings.insert(server, of);
        Ok(settings)
    }

    pub(super) fn known_settings(&self, server: u64) -> Arc<Settings> {
        let known = self.known().settings.get(&server).cloned();
        known.map(|(_, settings)| settings).unwrap_or_default()
    }

    /// What a server has chosen. `None` if a newer version of the program has written what this one cannot read.
    pub(crate) async fn read_settings(&self, server: u64) -> Result<Option<Settings>, StoreError> {
        let text = self.changed(self.store.settings(server)).await?;
        Ok(text.map_or_else(|| Some(Settings::default()), |text| readable(server, &text)))
    }

    /// Changes what a server has chosen, and returns it. `None` if this version cannot read it.
    pub(crate) async fn change_settings(
        &self,
        server: u64,
        change: &SettingChange,
    ) -> Result<Option<Settings>, StoreError> {
        loop {
            let before = self.changed(self.store.settings(server)).await?;
            let before = before.unwrap_or_else(|| "{}".to_owned());
            let Some(settings) = readable(server, &before) else {
                return Ok(None);
            };
            let settings = settings.with(change);
            // Somebody else may have changed them meanwhile.
            if self.replace_settings(server, &before, &settings).await? {
                return Ok(Some(settings));
            }
        }
    }

    /// Replaces what a server has chosen, if it still is as it was `before`, as text. `false` if it is not.
    pub(crate) async fn replace_settings(
        &self,
        server: u64,
        before: &str,
        settings: &Settings,
    ) -> Result<bool, StoreError> {
        let json = settings.to_json();
        let version = self.changed(self.store.set(server, before, &json)).await?;
        Ok(self.new_version(server, version))
    }
}

/// Settings as text. `None` if only a newer version of the program can read them.
fn readable(server: u64, text: &str) -> Option<Settings> {
    let settings = Settings::parse(text);
    if settings.is_none() {
        warn!("cannot read the settings of server {server}: a newer version has written them");
    }
    settings
}
