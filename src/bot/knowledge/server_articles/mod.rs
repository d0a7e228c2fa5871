//! Servers' own articles: kept in the store, and answered from together with those that all share.
//!
//! - `engines.rs`: what answers from them
//! - `following.rs`: which versions there are; `settings.rs`: what servers have chosen
//! - `changes.rs`: what managers change; `sources.rs`: what looks at sources change; `presence.rs`: where the bot is
//! - `document.rs`: what a reader made of a file, as it is kept

mod changes;
mod document;
mod engines;
mod following;
mod presence;
mod settings;
mod sources;

pub(crate) use document::packed_document;
pub(crate) use following::bounded;

use crate::bot::clock::now;
use crate::bot::error::error_chain;
use crate::bot::knowledge::backups;
use crate::bot::requests::seen::REMEMBERED;
use crate::config::StoreSettings;
use crate::lock::lock;
use pullquote_cards::{Gate, Settings};
use pullquote_core::engine::Engine;
use pullquote_library::{Audience, EngineHandle, ServerEngines};
use pullquote_store::{Location, Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::time::timeout;
use tracing::warn;

/// An engine whose server has asked nothing for so long is dropped.
const IDLE: Duration = Duration::from_hours(1);
/// How long an answer waits for a server's own articles, after which it comes from the shared ones, and a change for the store: an
/// interaction must be answered within 3 s.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long taking an interaction may wait for the store. The rest is for its effect.
const TAKE: Duration = Duration::from_millis(500);

/// The articles of all servers.
#[derive(Debug)]
pub(crate) struct ServerArticles {
    handle: Arc<EngineHandle>,
    store: Arc<Store>,
    engines: Arc<ServerEngines>,
    /// What servers that do not use the shared articles stand on.
    nothing: Arc<Engine>,
    known: Mutex<Known>,
    /// Something has failed.
    failed: Notify,
    /// See [`ServerArticles::turn`].
    turns: Mutex<HashMap<Audience, Arc<tokio::sync::Mutex<()>>>>,
    /// Held while [`Known::presence`] is written to the store.
    noting: tokio::sync::Mutex<()>,
}

/// What is known of the store.
#[derive(Debug, Default)]
struct Known {
    /// Versions of servers' articles.
    versions: HashMap<u64, u64>,
    /// The gates of servers' articles, and of which version they are.
    gates: HashMap<u64, (u64, Arc<[Gate]>)>,
    /// The settings of servers, and of which version they are.
    settings: HashMap<u64, (u64, Arc<Settings>)>,
    /// Whether they stay true: this process hears of every change.
    is_current: bool,
    /// When the store could not be used last.
    away: Option<Instant>,
    /// Since when servers are without the bot, `None` where it is; still to be written to the store.
    presence: HashMap<u64, Option<i64>>,
}

impl ServerArticles {
    pub(crate) fn new(handle: Arc<EngineHandle>, settings: &StoreSettings) -> Self {
        let engines = ServerEngines::new(Arc::clone(&handle), settings.index_memory, IDLE);
        let known = Known {
            is_current: matches!(settings.location, Location::Folder(_)),
            ..Known::default()
        };
        Self {
            handle,
            store: Arc::new(Store::new(settings.location.clone())),
            engines: Arc::new(engines),
            nothing: Arc::new(Engine::build(Vec::new())),
            known: Mutex::new(known),
            failed: Notify::new(),
            turns: Mutex::default(),
            noting: tokio::sync::Mutex::default(),
        }
    }

    /// What embeds the articles of all servers, and those that they share.
    pub(crate) fn engines(&self) -> &Arc<ServerEngines> {
        &self.engines
    }

    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The version of a server's articles: what is known of it, if that is current or the store is away.
    pub(crate) async fn version(&self, server: u64) -> Result<u64, StoreError> {
        let (version, is_current) = {
            let known = self.known();
            (known.versions.get(&server).copied(), known.is_current)
        };
        let is_left_alone = self.is_left_alone();
        match version {
            Some(version) if is_current || is_left_alone => Ok(version),
            None if is_left_alone => Ok(0),
            _ => {
                let version = self.store.version(server).await?;
                self.has_version(server, version);
                Ok(version)
            }
        }
    }

    /// The version of a server's articles, and their gates.
    async fn version_and_gates(&self, server: u64) -> Result<(u64, Arc<[Gate]>), StoreError> {
        let version = self.version(server).await?;
        let gates = match version {
            0 => Arc::default(),
            version => self.gates(server, version).await?,
        };
        Ok((version, gates))
    }

    /// The gates of a server's articles; those that are known while the store is away. An unknown gate admits nobody.
    async fn gates(&self, server: u64, version: u64) -> Result<Arc<[Gate]>, StoreError> {
        let known = self.known().gates.get(&server).cloned();
        match known {
            Some((of, gates)) if of >= version || self.is_left_alone() => return Ok(gates),
            None if self.is_left_alone() => return Ok(Arc::default()),
            _ => {}
        }
        let (of, gates) = self.store.gates(server).await?;
        let gates: Arc<[Gate]> = gates.iter().filter_map(|gate| Gate::parse(gate)).collect();
        let of_and_gates = (of, Arc::clone(&gates));
        self.known().gates.insert(server, of_and_gates);
        Ok(gates)
    }

    /// Whether some articles of a server are for certain channels only, as far as that can be told now.
    pub(crate) async fn gates_channels(&self, server: u64) -> bool {
        let known = self.in_patience(self.version_and_gates(server)).await;
        known.is_some_and(|(_, gates)| gates.iter().any(|gate| !gate.channels.is_empty()))
    }

    /// Takes an interaction for its effect. `false` if this or another process has taken it before. While the store is away,
    /// each decides alone.
    pub(crate) async fn take_once(&self, interaction: u64) -> bool {
        if self.is_left_alone() {
            return true;
        }
        let until = now() + REMEMBERED.as_millis() as i64;
        let taken = self.store.take_once(interaction, until);
        match timeout(TAKE, taken).await {
            Ok(Ok(is_first)) => is_first,
            // What the effect itself needs of the store fails with a message to the member.
            Ok(Err(_)) | Err(_) => true,
        }
    }

    /// Deletes what is over, and makes the backup of the day.
    pub(crate) async fn sweep(&self) {
        self.note_presence().await;
        if let Err(error) = self.delete_over(now()).await {
            warn!("cannot delete what is over: {}", error_chain(&error));
        }
        if let Err(error) = backups::daily(&self.store).await {
            warn!(
                "cannot back up the articles of servers: {}",
                error_chain(&error)
            );
        }
        self.engines.usage();
    }

    /// Deletes what is over by then, and forgets the servers of which nothing is kept any more.
    async fn delete_over(&self, now: i64) -> Result<(), StoreError> {
        for server in self.store.sweep(now).await? {
            self.replace_version(server, 0);
        }
        Ok(())
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        lock(&self.known)
    }
}

#[cfg(test)]
mod tests {
    use super::ServerArticles;
    use crate::bot::clock::now;
    use crate::bot::workers::Workers;
    use crate::config::StoreSettings;
    use pullquote_cards::{SettingChange, Viewer};
    use pullquote_library::{EngineHandle, Limits};
    use pullquote_store::{AFTER_LEAVING, Location, NewArticle};
    use std::sync::Arc;

    const SERVER: u64 = 7;

    /// The clock is played: two weeks pass at once.
    #[tokio::test]
    async fn what_a_server_has_is_there_for_two_weeks_after_the_bot_has_left() {
        let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(folder.path().join("club.md"), "The club has a garden.").unwrap();
        let (handle, _) = EngineHandle::open(folder.path(), Limits::default()).unwrap();
        let settings = StoreSettings {
            location: Location::Folder(data.path().to_owned()),
            index_memory: 1 << 20,
            keep_questions: 90,
        };
        let articles = Arc::new(ServerArticles::new(Arc::new(handle), &settings));
        let article = NewArticle {
            server: SERVER,
            path: "rink.md",
            content: b"The rink opens at nine.",
            link: None,
            by: 1,
            at: 1,
        };
        articles.store().put(&article, None).await.unwrap();
        let private = SettingChange::Private(true);
        articles.change_settings(SERVER, &private).await.unwrap();
        let (viewer, workers) = (Viewer::default(), Arc::new(Workers::new()));
        let has = async || {
            let engine = articles.engine(Some(SERVER), &viewer, &workers).await;
            let settings = articles.settings(Some(SERVER)).await;
            (engine.corpus().article_count(), settings.private)
        };
        let (all, nothing) = ((2, Some(true)), (1, None));
        assert_eq!(has().await, all);
        articles.set_present(SERVER, false).await;
        let before = now() + AFTER_LEAVING - 60_000;
        articles.delete_over(before).await.unwrap();
        assert_eq!(has().await, all, "it may come back");
        articles.set_present(SERVER, true).await;
        articles.delete_over(before + 120_000).await.unwrap();
        assert_eq!(has().await, all, "it has come back");
        articles.set_present(SERVER, false).await;
        articles.delete_over(before + 120_000).await.unwrap();
        // In memory, too: this process does not start again.
        assert_eq!(has().await, nothing);
        articles.set_present(SERVER, true).await;
        assert_eq!(has().await, nothing);
    }
}
