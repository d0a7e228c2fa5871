//! What a server's people have chosen for it: read, changed and shown.

use crate::bot::bot::Bot;
use crate::bot::knowledge::teaching::{server, unavailable};
use crate::bot::requests::job::Job;
use pullquote_cards::{HostSettings, SettingChange, ShownSettings, TeachingError};
use tracing::info;

impl Bot {
    /// The settings of the server, after a change.
    pub(crate) async fn settings(
        &self,
        change: Option<&SettingChange>,
        job: &Job,
    ) -> Result<Box<ShownSettings>, TeachingError> {
        let server = server(job)?;
        let own = match change {
            Some(change) => self.articles.change_settings(server, change).await,
            None => self.articles.read_settings(server).await,
        };
        let own = own.map_err(unavailable)?;
        let own = own.ok_or(TeachingError::Unavailable)?;
        if change.is_some() {
            info!(id = %job.id, "a server has changed its settings");
            // What is no longer kept goes at once, unless the store has just stopped answering.
            if self.write_counts().await {
                let store = self.articles.store();
                self.recorder.sweep(store, Some(server)).await;
            }
        }
        let host = HostSettings {
            threads: self.config.answer_in_threads,
            unasked: self.servers.channels.named_in(server),
            reads_messages: self.config.reads_messages,
            helpers: self.servers.known(Some(server)).helpers.channel,
            keep_days: self.recorder.days(),
        };
        Ok(Box::new(ShownSettings { own, host }))
    }
}
