//! Servers' own articles: kept in the store, and answered from together with those that all share.

use crate::bot::clock::now;
use crate::bot::error::error_chain;
use crate::bot::knowledge::backups;
use crate::bot::requests::seen::REMEMBERED;
use crate::bot::workers::Workers;
use crate::config::StoreSettings;
use pullquote_cards::{Gate, PassageKey, Reader, SettingChange, Settings};
use pullquote_core::article::{Article, ParsedDocument};
use pullquote_core::engine::Engine;
use pullquote_library::{Audience, EngineHandle, ServerEngines};
use pullquote_store::{
    Draft, Finished, GatedBy, HeldSource, Holder, ListedArticle, Listener, Location, NewDraft,
    News, PinnedAnswer, Store, StoreError, StoredArticle, Synced,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};
use tracing::{info, warn};

/// An engine whose server has asked nothing for so long is dropped.
const IDLE: Duration = Duration::from_hours(1);
/// How long an answer waits for the store; after that, it comes from the shared articles.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long a change waits for the store. An interaction must be answered within 3 s.
const CHANGE: Duration = Duration::from_secs(2);
/// How long taking an interaction may wait for the store. The rest is for its effect.
const TAKE: Duration = Duration::from_millis(500);
/// How long the store is left alone after it could not be used, except for changes.
const RETRY: Duration = Duration::from_secs(5);
/// How long a connection that was lost is left alone.
const RECONNECT: Duration = Duration::from_secs(1);
/// How often the known versions are compared with those in the store, for a notification may be lost.
const COMPARE: Duration = Duration::from_secs(30);

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
            noting: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The engine that answers a reader in a server, or in direct messages: the shared one where the server has no articles, and
    /// while the store cannot be used. It has only articles that the reader may see, so nothing that it says hints at others.
    pub(crate) async fn engine(
        &self,
        server: Option<u64>,
        reader: &Reader,
        workers: &Workers,
    ) -> Arc<Engine> {
        let admitted = |gate: &Gate| gate.admits(reader);
        self.engine_of(server, admitted, workers).await
    }

    /// The engine with all articles of a server, for those who manage it.
    pub(crate) async fn whole_engine(&self, server: Option<u64>, workers: &Workers) -> Arc<Engine> {
        self.engine_of(server, |_| true, workers).await
    }

    async fn engine_of(
        &self,
        server: Option<u64>,
        admitted: impl Fn(&Gate) -> bool,
        workers: &Workers,
    ) -> Arc<Engine> {
        let Some(server) = server else {
            return self.handle.engine();
        };
        match timeout(PATIENCE, self.own_engine(server, admitted, workers)).await {
            Ok(Ok(engine)) => engine,
            Ok(Err(error)) => {
                self.is_away(&error_chain(&error));
                self.without_own(server)
            }
            Err(_) => {
                self.is_away("it does not respond");
                self.without_own(server)
            }
        }
    }

    /// What a server's members are answered from while its own articles cannot be used.
    fn without_own(&self, server: u64) -> Arc<Engine> {
        match self.known_settings(server).shared {
            Some(false) => Arc::clone(&self.nothing),
            _ => self.handle.engine(),
        }
    }

    async fn own_engine(
        &self,
        server: u64,
        admitted: impl Fn(&Gate) -> bool,
        workers: &Workers,
    ) -> Result<Arc<Engine>, StoreError> {
        let version = self.version(server).await?;
        if version == 0 {
            return Ok(self.handle.engine());
        }
        let gates = self.gates(server, version).await?;
        let admitting = gates.iter().filter(|gate| admitted(gate));
        let audience = Audience {
            server,
            sees: admitting.map(Gate::to_string).collect(),
        };
        if let Some(engine) = self.engines.kept(audience.clone(), version) {
            return Ok(engine);
        }
        if self.is_left_alone() {
            return Ok(self.without_own(server));
        }
        let (version, stored) = self.store.articles(server).await?;
        // Later than the version: newer settings than it says are read again with the next one.
        let settings = self.read_settings(server).await?.unwrap_or_default();
        let nothing = Arc::clone(&self.nothing);
        let pinned = self.store.pinned(server).await?;
        let (engines, handle) = (Arc::clone(&self.engines), Arc::clone(&self.handle));
        let build = move || {
            // By the gates themselves: those of `audience` may be of an earlier version.
            let sees = audience.sees.clone();
            let is_seen =
                |stored: &&StoredArticle| stored.gate.is_empty() || sees.contains(&stored.gate);
            let article = |stored| unpacked_article(stored, &handle);
            let build = |shared: &Arc<Engine>| {
                let visible = stored.iter().filter(is_seen);
                let below = match settings.shared {
                    Some(false) => &nothing,
                    _ => shared,
                };
                let engine = below.with(visible.filter_map(article).collect());
                Ok::<_, Infallible>(with_pinned(&engine, &pinned))
            };
            engines.engine(audience, version, build).ok()
        };
        let engine = workers.run(build).await.flatten();
        Ok(engine.unwrap_or_else(|| self.without_own(server)))
    }

    /// What a server has chosen; what is known of it while the store is away. Nothing in direct messages.
    pub(crate) async fn settings(&self, server: Option<u64>) -> Arc<Settings> {
        let Some(server) = server else {
            return Arc::default();
        };
        match timeout(PATIENCE, self.current_settings(server)).await {
            Ok(Ok(settings)) => return settings,
            Ok(Err(error)) => self.is_away(&error_chain(&error)),
            Err(_) => self.is_away("it does not respond"),
        }
        self.known_settings(server)
    }

    async fn current_settings(&self, server: u64) -> Result<Arc<Settings>, StoreError> {
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

    fn known_settings(&self, server: u64) -> Arc<Settings> {
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
        let gates = async {
            match self.version(server).await? {
                0 => Ok(Arc::default()),
                version => self.gates(server, version).await,
            }
        };
        let gates: Result<Result<Arc<[Gate]>, StoreError>, _> = timeout(PATIENCE, gates).await;
        let gates = gates.ok().and_then(Result::ok).unwrap_or_default();
        gates.iter().any(|gate| !gate.channels.is_empty())
    }

    /// Whether the store was away a moment ago. One that several processes share is tried again by [`Self::follow`] alone.
    fn is_left_alone(&self) -> bool {
        let is_shared = matches!(self.store.location(), Location::Postgres(_));
        let away = self.known().away;
        away.is_some_and(|away| is_shared || away.elapsed() < RETRY)
    }

    /// Notes a version, unless a newer one is known.
    fn has_version(&self, server: u64, version: u64) {
        let mut known = self.known();
        let newest = known.versions.entry(server).or_default();
        *newest = version.max(*newest);
        drop(known);
        self.is_back();
    }

    fn is_back(&self) {
        if self.known().away.take().is_some() {
            info!("the articles of servers can be used again");
        }
    }

    fn is_away(&self, reason: &str) {
        let before = self.known().away.replace(Instant::now());
        if before.is_none() {
            warn!("cannot use the articles of servers, except those in memory: {reason}");
        }
        self.failed.notify_one();
    }

    /// Hears of other processes' changes, and notices when the store is back. Ends at once where no other process can change
    /// anything.
    pub(crate) async fn follow(&self) {
        loop {
            let listening = timeout(CHANGE, self.store.listen()).await;
            match listening.unwrap_or_else(|_| Err(self.silent())) {
                Ok(None) => return,
                Ok(Some(listener)) => {
                    let reason = tokio::select! {
                        reason = self.hear(listener) => reason,
                        reason = self.keep_comparing() => reason,
                    };
                    self.known().is_current = false;
                    self.is_away(&reason);
                }
                Err(error) => self.is_away(&error_chain(&error)),
            }
            sleep(RECONNECT).await;
        }
    }

    /// Takes note of changes until the connection is lost. Returns why it is.
    async fn hear(&self, mut listener: Listener) -> String {
        loop {
            match listener.next().await {
                // All that was kept of it has been deleted.
                Ok(News::Changed { server, version: 0 }) => self.replace_version(server, 0),
                Ok(News::Changed { server, version }) => self.has_version(server, version),
                Ok(News::Missed) => {
                    if let Err(error) = self.compare().await {
                        return error_chain(&error);
                    }
                }
                Err(error) => return error_chain(&error),
            }
        }
    }

    /// Compares versions now and then, and soon after something has failed. Returns why that fails.
    async fn keep_comparing(&self) -> String {
        loop {
            if let Err(error) = self.compare().await {
                return error_chain(&error);
            }
            tokio::select! {
                () = sleep(COMPARE) => {}
                () = self.failed.notified() => sleep(RECONNECT).await,
            }
        }
    }

    /// Compares the known versions with those in the store.
    async fn compare(&self) -> Result<(), StoreError> {
        let before = self.known().versions.clone();
        let versions = timeout(CHANGE, self.store.versions()).await;
        let versions = versions.unwrap_or_else(|_| Err(self.silent()))?;
        for (server, known) in before {
            let now = versions.get(&server).copied().unwrap_or_default();
            // If it has changed meanwhile, that is newer than what was read.
            if self.known().versions.get(&server) == Some(&known) && now != known {
                self.replace_version(server, now);
            }
        }
        self.known().is_current = true;
        if self.note_presence().await {
            self.is_back();
        }
        Ok(())
    }

    /// Notes a version that may be lower than the known one: the server's articles have been deleted, and others added. Those in
    /// memory must not be used for it.
    fn replace_version(&self, server: u64, version: u64) {
        let mut known = self.known();
        let before = known.versions.insert(server, version);
        known.gates.remove(&server);
        known.settings.remove(&server);
        drop(known);
        if before > Some(version) {
            self.engines.forget(server);
        }
    }

    fn silent(&self) -> StoreError {
        StoreError::Silent {
            database: self.store.name(),
        }
    }

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

    /// Brings back a removed article. `false` if there is none.
    pub(crate) async fn restore(&self, server: u64, path: &str) -> Result<bool, StoreError> {
        let version = self.changed(self.store.restore(server, path)).await?;
        Ok(self.new_version(server, version))
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

    /// Takes a source that is due; see [`Store::hold_source`].
    pub(crate) async fn hold_source(
        &self,
        process: u64,
        time: Duration,
    ) -> Result<Option<HeldSource>, StoreError> {
        let time = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let held = timeout(CHANGE, self.store.hold_source(process, time)).await;
        held.unwrap_or_else(|_| Err(self.silent()))
    }

    /// Takes this source of a server; see [`Store::hold_this_source`].
    pub(crate) async fn hold_this_source(
        &self,
        holder: Holder,
        time: Duration,
    ) -> Result<Option<HeldSource>, StoreError> {
        let time = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
        let held = timeout(CHANGE, self.store.hold_this_source(holder, time)).await;
        held.unwrap_or_else(|_| Err(self.silent()))
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

    /// Brings back a source with its articles. `false` if there is none.
    pub(crate) async fn restore_source(
        &self,
        server: u64,
        source: u64,
    ) -> Result<bool, StoreError> {
        let restored = self.store.restore_source(server, source);
        let version = self.changed(restored).await?;
        Ok(self.new_version(server, version))
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

    /// The servers of which something is kept, and whether the bot is there as far as is known.
    pub(crate) async fn presence(&self) -> Result<BTreeMap<u64, bool>, StoreError> {
        let presence = timeout(CHANGE, self.store.presence()).await;
        presence.unwrap_or_else(|_| Err(self.silent()))
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
    async fn note_presence(&self) -> bool {
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
            let noted = timeout(CHANGE, self.store.set_left(server, left)).await;
            if let Err(error) = noted.unwrap_or_else(|_| Err(self.silent())) {
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

    /// What a member waits for. They are told what fails, so it does not go unnoticed.
    async fn changed<T>(
        &self,
        change: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let changed = match self.store.location() {
            // A slow disk is not gone.
            Location::Folder(_) => change.await,
            Location::Postgres(_) => {
                let changed = timeout(CHANGE, change).await;
                changed.unwrap_or_else(|_| Err(self.silent()))
            }
        };
        changed.inspect_err(|error| {
            if !matches!(error, StoreError::Changed) {
                warn!("{}", error_chain(error));
            }
        })
    }

    fn new_version(&self, server: u64, version: Option<u64>) -> bool {
        if let Some(version) = version {
            self.has_version(server, version);
        }
        version.is_some()
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
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

/// An engine with the answers that a server has chosen, as far as their passages are there.
fn with_pinned(engine: &Engine, pinned: &[PinnedAnswer]) -> Engine {
    let found = pinned.iter().filter_map(|answer| {
        let passage = PassageKey::parse(&answer.passage)?.find(engine.corpus())?;
        Some((answer.question.clone(), passage))
    });
    engine.with_pinned(&found.collect::<Vec<_>>())
}

/// What a reader made of a file, as it is kept beside the file. Another version of the program reads the file again.
#[derive(Debug, Serialize, Deserialize)]
struct KeptDocument<D> {
    version: String,
    document: D,
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A document as it is kept.
pub(crate) fn packed_document(document: &ParsedDocument) -> Vec<u8> {
    let kept = KeptDocument {
        version: VERSION.to_owned(),
        document,
    };
    serde_json::to_vec(&kept).unwrap_or_default()
}

/// The article in a file that is kept.
pub(crate) fn unpacked_article(stored: &StoredArticle, handle: &EngineHandle) -> Option<Article> {
    let kept = stored.document.as_deref();
    let kept = kept.and_then(|kept| serde_json::from_slice::<KeptDocument<_>>(kept).ok());
    let document = kept.filter(|kept| kept.version == VERSION);
    let mut document: ParsedDocument = if let Some(kept) = document {
        kept.document
    } else {
        let read = handle.reader().read(&stored.path, &stored.content);
        handle.limits().bounded(read.ok()?)
    };
    if document.meta.source.is_none() {
        document.meta.source.clone_from(&stored.link);
    }
    Article::new(&stored.path, document)
}

#[cfg(test)]
mod tests {
    use super::ServerArticles;
    use crate::bot::clock::now;
    use crate::bot::workers::Workers;
    use crate::config::StoreSettings;
    use pullquote_cards::{Reader, SettingChange};
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
        let articles = ServerArticles::new(Arc::new(handle), &settings);
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
        let (reader, workers) = (Reader::default(), Workers::new());
        let has = async || {
            let engine = articles.engine(Some(SERVER), &reader, &workers).await;
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
