//! The engines that answer: the shared one, and those with a server's own articles on top, built when they are first needed.

use super::{PATIENCE, ServerArticles};
use crate::bot::error::error_chain;
use crate::bot::workers::Workers;
use crate::lock::lock;
use futures_util::FutureExt;
use pullquote_cards::{Gate, PassageKey, Settings, Viewer};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use pullquote_library::Audience;
use pullquote_store::{PinnedAnswer, StoreError, StoredArticle};
use std::sync::Arc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

/// What an engine is made of.
struct Contents {
    version: u64,
    articles: Vec<StoredArticle>,
    settings: Settings,
    pinned: Vec<PinnedAnswer>,
}

impl ServerArticles {
    /// The engine that answers a viewer in a server, or in direct messages: the shared one where the server has no articles, and
    /// while they cannot be used. It has only articles that the viewer may see, so nothing that it says hints at others.
    pub(crate) async fn engine(
        self: &Arc<Self>,
        server: Option<u64>,
        viewer: &Viewer,
        workers: &Arc<Workers>,
    ) -> Arc<Engine> {
        let admitted = |gate: &Gate| gate.admits(viewer);
        self.engine_of(server, admitted, workers).await
    }

    /// The engine with all articles of a server, for those who manage it.
    pub(crate) async fn whole_engine(
        self: &Arc<Self>,
        server: Option<u64>,
        workers: &Arc<Workers>,
    ) -> Arc<Engine> {
        self.engine_of(server, |_| true, workers).await
    }

    async fn engine_of(
        self: &Arc<Self>,
        server: Option<u64>,
        admitted: impl Fn(&Gate) -> bool,
        workers: &Arc<Workers>,
    ) -> Arc<Engine> {
        let Some(server) = server else {
            return self.handle.engine();
        };
        let own = self.own_engine(server, admitted, workers).await;
        own.unwrap_or_else(|| self.without_own(server))
    }

    /// What a server's members are answered from while its own articles cannot be used.
    fn without_own(&self, server: u64) -> Arc<Engine> {
        match self.known_settings(server).shared {
            Some(false) => Arc::clone(&self.nothing),
            _ => self.handle.engine(),
        }
    }

    /// `None` if the store is away, and if the engine is not ready within [`PATIENCE`]: then its build goes on, for the next question.
    async fn own_engine(
        self: &Arc<Self>,
        server: u64,
        admitted: impl Fn(&Gate) -> bool,
        workers: &Arc<Workers>,
    ) -> Option<Arc<Engine>> {
        let until = Instant::now() + PATIENCE;
        let (version, gates) = self.in_patience(self.version_and_gates(server)).await?;
        if version == 0 {
            return Some(self.handle.engine());
        }
        let admitting = gates.iter().filter(|gate| admitted(gate));
        let audience = Audience {
            server,
            sees: admitting.map(Gate::to_string).collect(),
        };
        if let Some(engine) = self.engines.kept(&audience, version) {
            return Some(engine);
        }
        let build = self.start_build(audience, version, workers);
        timeout_at(until, build).await.ok()?.ok()?
    }

    /// A function of its own, so that the future of [`Self::own_engine`] does not contain that of the build.
    fn start_build(
        self: &Arc<Self>,
        audience: Audience,
        version: u64,
        workers: &Arc<Workers>,
    ) -> JoinHandle<Option<Arc<Engine>>> {
        tokio::spawn(Arc::clone(self).build(audience, version, Arc::clone(workers)))
    }

    /// Builds an engine, unless somebody else has meanwhile. `None` if the store is away.
    async fn build(
        self: Arc<Self>,
        audience: Audience,
        version: u64,
        workers: Arc<Workers>,
    ) -> Option<Arc<Engine>> {
        let _one_at_a_time = self.turn(&audience).lock_owned().await;
        if let Some(engine) = self.engines.kept(&audience, version) {
            return Some(engine);
        }
        if self.is_left_alone() {
            return None;
        }
        let mut contents = self.in_patience(self.contents(audience.server)).await?;
        // By the gates themselves: those of `audience` may be of an earlier version.
        let is_seen = |gate: &String| gate.is_empty() || audience.sees.contains(gate);
        contents.articles.retain(|it| is_seen(&it.gate));
        let files = std::mem::take(&mut contents.articles);
        let files = self.unpacked(files, &workers).await?;
        let articles: Vec<Article> = files.into_iter().map(|(_, article)| article).collect();
        let build = move || self.built(&audience, &contents, &articles);
        workers.run(build).await
    }

    /// Held while the engine of an audience is built: who waits for it needs no thread meanwhile.
    fn turn(&self, audience: &Audience) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = lock(&self.turns);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        Arc::clone(turns.entry(audience.clone()).or_default())
    }

    async fn contents(&self, server: u64) -> Result<Contents, StoreError> {
        let (version, articles) = self.store.articles(server).await?;
        Ok(Contents {
            version,
            articles,
            // Later than the version: newer settings than it says are read again with the next one.
            settings: self.read_settings(server).await?.unwrap_or_default(),
            pinned: self.store.pinned(server).await?,
        })
    }

    fn built(&self, audience: &Audience, contents: &Contents, articles: &[Article]) -> Arc<Engine> {
        let build = |shared: &Arc<Engine>| {
            let below = match contents.settings.shared {
                Some(false) => &self.nothing,
                _ => shared,
            };
            let engine = below.with(articles.to_vec());
            with_pinned(&engine, &contents.pinned)
        };
        self.engines.engine(audience, contents.version, build)
    }

    /// The result of some work of the store. `None` if it fails or takes longer than [`PATIENCE`]: then the store is away.
    pub(super) fn in_patience<T>(
        &self,
        work: impl Future<Output = Result<T, StoreError>>,
    ) -> impl Future<Output = Option<T>> {
        timeout(PATIENCE, work).map(|done| {
            match done {
                Ok(Ok(done)) => return Some(done),
                Ok(Err(error)) => self.is_away(&error_chain(&error)),
                Err(_) => self.is_away("it does not respond"),
            }
            None
        })
    }
}

/// An engine with the answers that a server has chosen, as far as their passages are there.
fn with_pinned(engine: &Engine, pinned: &[PinnedAnswer]) -> Engine {
    let found = pinned.iter().filter_map(|answer| {
        let passage = PassageKey::parse(&answer.passage)?.find(engine.corpus())?;
        Some((answer.question.clone(), passage))
    });
    engine.with_pinned(&found.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::super::ServerArticles;
    use super::super::document::unpacked_article;
    use crate::bot::workers::Workers;
    use crate::config::StoreSettings;
    use crate::lock::lock;
    use pullquote_cards::Viewer;
    use pullquote_core::article::ParsedDocument;
    use pullquote_library::{EngineHandle, FileReader, InProcess, Limits};
    use pullquote_store::{Location, NewArticle, StoredArticle};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::sync::{Arc, Mutex};
    use tempfile::TempDir;

    const SERVER: u64 = 7;
    const OTHER: u64 = 8;

    /// Reads `slow.md` as soon as the other end of a channel is dropped, and counts how often.
    #[derive(Debug)]
    struct Slow {
        end: Mutex<Receiver<()>>,
        reads: AtomicUsize,
    }

    fn slow() -> (Sender<()>, Arc<Slow>) {
        let (end, ended) = channel();
        let slow = Slow {
            end: Mutex::new(ended),
            reads: AtomicUsize::default(),
        };
        (end, Arc::new(slow))
    }

    impl FileReader for Slow {
        fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
            if path == "slow.md" {
                self.reads.fetch_add(1, Ordering::SeqCst);
                lock(&self.end).recv().unwrap_err();
            }
            InProcess.read(path, bytes)
        }
    }

    async fn put(articles: &ServerArticles, server: u64, path: &str) {
        let article = NewArticle {
            server,
            path,
            content: b"The rink opens at nine.",
            link: None,
            by: 1,
            at: 1,
        };
        let version = articles.store().put(&article, None).await.unwrap();
        articles.has_version(server, version);
    }

    /// The articles of servers, all of whose files `reader` reads, beside a shared one.
    fn articles(reader: Arc<Slow>) -> (Arc<ServerArticles>, [TempDir; 2]) {
        let [folder, data] = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        std::fs::write(folder.path().join("club.md"), "The club has a garden.").unwrap();
        let handle = EngineHandle::open_with(folder.path(), Limits::default(), reader);
        let settings = StoreSettings {
            location: Location::Folder(data.path().to_owned()),
            index_memory: 1 << 20,
            keep_questions: 90,
        };
        let articles = ServerArticles::new(Arc::new(handle.unwrap().0), &settings);
        (Arc::new(articles), [folder, data])
    }

    async fn count(articles: &Arc<ServerArticles>, server: u64, workers: &Arc<Workers>) -> usize {
        let viewer = Viewer::default();
        let engine = articles.engine(Some(server), &viewer, workers);
        engine.await.corpus().article_count()
    }

    /// The document of the only article, as soon as one of this version is kept.
    async fn kept_document(articles: &ServerArticles) -> StoredArticle {
        loop {
            let (_, mut stored) = articles.store().articles(SERVER).await.unwrap();
            if unpacked_article(&stored[0]).is_some() {
                return stored.remove(0);
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_is_read_once_by_each_version_of_the_program() {
        let (end, slow) = slow();
        drop(end);
        let (articles, _folders) = articles(Arc::clone(&slow));
        let workers = Arc::new(Workers::new());
        put(&articles, SERVER, "slow.md").await;
        assert_eq!(count(&articles, SERVER, &workers).await, 2);
        let mut kept = kept_document(&articles).await;
        // Every change needs another engine.
        put(&articles, SERVER, "slow.md").await;
        assert_eq!(count(&articles, SERVER, &workers).await, 2);
        assert_eq!(slow.reads.load(Ordering::SeqCst), 1);

        kept.document = Some(br#"{"version":"0.0.0","document":{}}"#.to_vec());
        articles.store().keep_document(&kept).await.unwrap();
        for _ in 0..2 {
            put(&articles, SERVER, "slow.md").await;
            assert_eq!(count(&articles, SERVER, &workers).await, 2);
            kept_document(&articles).await;
        }
        assert_eq!(slow.reads.load(Ordering::SeqCst), 2);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_late_engine_is_built_all_the_same_and_other_servers_keep_theirs() {
        let (end, slow) = slow();
        let (articles, _folders) = articles(Arc::clone(&slow));
        put(&articles, SERVER, "slow.md").await;
        put(&articles, OTHER, "rink.md").await;
        let workers = Arc::new(Workers::new());
        assert_eq!(count(&articles, SERVER, &workers).await, 1, "shared ones");
        assert_eq!(count(&articles, OTHER, &workers).await, 2);
        drop(end);
        while count(&articles, SERVER, &workers).await == 1 {}
        assert_eq!(slow.reads.load(Ordering::SeqCst), 1, "one build");
    }
}
