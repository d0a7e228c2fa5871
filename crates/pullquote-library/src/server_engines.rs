//! The engines of servers that have articles of their own.

use crate::engine_handle::EngineHandle;
use moka::Entry;
use moka::ops::compute::Op;
use moka::sync::Cache;
use pullquote_core::engine::Engine;
use std::fmt;
use std::mem::replace;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

/// Engines of servers' own articles, each on top of the shared one. An engine is built when its server asks first, and is
/// dropped when the server has been quiet for a while, or when others need the memory.
///
/// ```
/// use pullquote_core::answer::{Options, Outcome};
/// use pullquote_core::article::Article;
/// use pullquote_core::engine::Engine;
/// use pullquote_library::{Audience, EngineHandle, Limits, ServerEngines};
/// use std::{fs, sync::Arc, time::Duration};
///
/// let folder = tempfile::tempdir()?;
/// fs::write(folder.path().join("ferry.md"), "The ferry leaves at seven.")?;
/// let (shared, _) = EngineHandle::open(folder.path(), Limits::default())?;
/// let servers = ServerEngines::new(Arc::new(shared), 64 << 20, Duration::from_secs(3_600));
///
/// let document = pullquote_readers::read("bus.md", b"The bus leaves at noon.");
/// let bus = Article::new("bus.md", document).expect("an article");
/// let (server, version) = (7, 1);
/// let build = |shared: &Arc<Engine>| shared.with(vec![bus.clone()]);
/// let everyone = Audience { server, sees: Vec::new() };
/// let engine = servers.engine(&everyone, version, build);
/// for question in ["When does the bus leave?", "When does the ferry leave?"] {
///     assert_eq!(engine.ask(question, &Options::default()).outcome, Outcome::Quoted);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct ServerEngines {
    handle: Arc<EngineHandle>,
    /// The shared engine that those kept stand on.
    shared: Mutex<Arc<Engine>>,
    kept: Cache<Audience, Kept>,
    embeddings: OnceLock<Arc<dyn KnownEmbeddings>>,
}

/// The embeddings that a sentence model has computed before.
pub trait KnownEmbeddings: fmt::Debug + Send + Sync {
    /// The engine with embeddings of its own articles; `None` if one of them would have to be computed first.
    fn add_to(&self, engine: &Arc<Engine>) -> Option<Arc<Engine>>;
}

/// An engine that the sentence model is to embed.
#[derive(Debug, Clone)]
pub struct ToEmbed {
    /// Whose it is; `None` for the shared engine.
    pub audience: Option<Audience>,
    /// The engine.
    pub engine: Arc<Engine>,
}

/// Members who see the same articles of a server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Audience {
    /// The server.
    pub server: u64,
    /// Which of its articles they see besides those that everyone sees, in the caller's words.
    pub sees: Vec<String>,
}

/// The engine of an audience.
#[derive(Debug, Clone)]
struct Kept {
    /// Version of the server's articles.
    version: u64,
    shared: Arc<Engine>,
    engine: Arc<Engine>,
    /// Whether the sentence model has embedded its articles, or cannot.
    is_embedded: bool,
}

impl Kept {
    /// Whether it is of this version of the server's articles or a newer one, and on top of the shared engine of now.
    fn is_current(&self, version: u64, shared: &Arc<Engine>) -> bool {
        self.version >= version && Arc::ptr_eq(&self.shared, shared)
    }
}

impl ServerEngines {
    /// Keeps engines of `memory` bytes together, each as long as its server asked within the last `idle`.
    pub fn new(handle: Arc<EngineHandle>, memory: u64, idle: Duration) -> Self {
        let bytes =
            |_: &Audience, kept: &Kept| u32::try_from(kept.engine.heap_bytes()).unwrap_or(u32::MAX);
        Self {
            shared: Mutex::new(handle.engine()),
            handle,
            kept: Cache::builder()
                .max_capacity(memory)
                .weigher(bytes)
                .time_to_idle(idle)
                .support_invalidation_closures()
                .build(),
            embeddings: OnceLock::new(),
        }
    }

    /// The engine of a server, or of some of its members. Unless there is one for this version of what the server has or a newer
    /// one, on top of the shared engine of now, `build` builds it on that; another request for it waits.
    pub fn engine(
        &self,
        audience: &Audience,
        version: u64,
        build: impl Fn(&Arc<Engine>) -> Engine,
    ) -> Arc<Engine> {
        loop {
            let shared = self.shared();
            let kept = || {
                let engine = Arc::new(build(&shared));
                let with_model = self.embeddings.get().and_then(|it| it.add_to(&engine));
                Kept {
                    version,
                    is_embedded: with_model.is_some(),
                    engine: with_model.unwrap_or(engine),
                    shared: Arc::clone(&shared),
                }
            };
            let kept = self.kept.get_with_by_ref(audience, kept);
            if kept.is_current(version, &shared) {
                if !kept.is_embedded {
                    self.handle.wake();
                }
                return kept.engine;
            }
            self.kept.invalidate(audience);
        }
    }

    /// The engine of a server, or of some of its members, if there is one for this version of the server's articles or a newer one.
    pub fn kept(&self, audience: &Audience, version: u64) -> Option<Arc<Engine>> {
        let shared = self.shared();
        let kept = self.kept.get(audience)?;
        kept.is_current(version, &shared).then_some(kept.engine)
    }

    /// From now on, engines are built with their embeddings if all of them are known. Further calls change nothing.
    pub fn use_embeddings(&self, known: Arc<dyn KnownEmbeddings>) {
        // The first ones stay, as promised.
        let _ = self.embeddings.set(known);
    }

    /// Blocks until there is an engine to embed: the shared one, unless it is `done`, or else the smallest one of a server.
    /// `None` if there is none for that long.
    pub fn wait_for_engine_to_embed(
        &self,
        done: Option<&Arc<Engine>>,
        at_most: Duration,
    ) -> Option<ToEmbed> {
        let find = |shared: &Arc<Engine>| self.to_embed(shared, done);
        self.handle.wait_for(find, at_most)
    }

    /// Whether this engine is still the next one to embed.
    pub fn is_next_to_embed(&self, next: &ToEmbed, done: Option<&Arc<Engine>>) -> bool {
        let found = self.to_embed(&self.handle.engine(), done);
        found.is_some_and(|found| Arc::ptr_eq(&found.engine, &next.engine))
    }

    fn to_embed(&self, shared: &Arc<Engine>, done: Option<&Arc<Engine>>) -> Option<ToEmbed> {
        if done.is_none_or(|done| !Arc::ptr_eq(done, shared)) {
            return Some(ToEmbed {
                audience: None,
                engine: Arc::clone(shared),
            });
        }
        let is_waiting = |kept: &Kept| !kept.is_embedded && Arc::ptr_eq(&kept.shared, shared);
        let waiting = self.kept.iter().filter(|(_, kept)| is_waiting(kept));
        let smallest = waiting.min_by_key(|(_, kept)| kept.engine.heap_bytes());
        smallest.map(|(audience, kept)| ToEmbed {
            audience: Some(Audience::clone(&audience)),
            engine: kept.engine,
        })
    }

    /// Replaces an engine by the same one with embeddings, or without them if the model cannot embed it. Returns `false` if
    /// there is a newer one by now.
    pub fn put_embedded(&self, embedded: &ToEmbed, engine: Arc<Engine>) -> bool {
        let Some(audience) = &embedded.audience else {
            return self.handle.replace_if_current(&embedded.engine, engine);
        };
        let mut is_current = false;
        let replace = |kept: Option<Entry<Audience, Kept>>| {
            let kept = kept.map(Entry::into_value);
            let kept = kept.filter(|kept| Arc::ptr_eq(&kept.engine, &embedded.engine));
            is_current = kept.is_some();
            kept.map_or(Op::Nop, |kept| {
                Op::Put(Kept {
                    engine,
                    is_embedded: true,
                    ..kept
                })
            })
        };
        self.kept.entry(audience.clone()).and_compute_with(replace);
        is_current
    }

    /// Drops the engines of a server whose articles have been deleted: later ones begin with version 1 again.
    pub fn forget(&self, server: u64) {
        // The closure is allowed above.
        let _ = self
            .kept
            .invalidate_entries_if(move |audience, _| audience.server == server);
    }

    /// Bytes of the engines that are kept, and how many there are. Frees those that are to be dropped.
    pub fn usage(&self) -> (u64, u64) {
        self.kept.run_pending_tasks();
        (self.kept.weighted_size(), self.kept.entry_count())
    }

    /// The shared engine of now. After a reload, no engine on top of another is kept: it would keep the other one, too.
    fn shared(&self) -> Arc<Engine> {
        let now = self.handle.engine();
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let before = replace(&mut *shared, Arc::clone(&now));
        if !Arc::ptr_eq(&before, &now) {
            self.kept.invalidate_all();
        }
        now
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use pullquote_core::answer::{Options, Outcome};
    use pullquote_core::article::Article;
    use std::fs;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use tempfile::TempDir;

    const HOUR: Duration = Duration::from_hours(1);

    /// Engines on top of one article, and its folder.
    fn servers(memory: u64, idle: Duration) -> (TempDir, ServerEngines) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("ferry.md"), "The ferry leaves at seven.").unwrap();
        let (handle, _) = EngineHandle::open(folder.path(), Limits::default()).unwrap();
        (folder, ServerEngines::new(Arc::new(handle), memory, idle))
    }

    /// The articles of a server in a version: which one, the text says.
    fn articles(server: u64, version: u64) -> Vec<Article> {
        let text = format!("The tram of server{server} leaves at version{version}.");
        let document = pullquote_readers::read("tram.md", text.as_bytes());
        Article::new("tram.md", document).into_iter().collect()
    }

    /// What the engine quotes about the tram.
    fn quoted(engine: &Engine) -> String {
        let answer = engine.ask("When does the tram leave?", &Options::default());
        let quote = answer.quotes.first().expect("a quote");
        let article = engine.corpus().article(quote.article);
        quote.best.of(&article.text).to_owned()
    }

    /// Those who see only what everyone sees.
    fn everyone(server: u64) -> Audience {
        Audience {
            server,
            sees: Vec::new(),
        }
    }

    fn get(servers: &ServerEngines, server: u64, version: u64) -> Arc<Engine> {
        let build = |shared: &Arc<Engine>| shared.with(articles(server, version));
        servers.engine(&everyone(server), version, build)
    }

    #[test]
    fn an_engine_is_built_once_for_each_version() {
        let (_folder, servers) = servers(u64::MAX, HOUR);
        let first = get(&servers, 1, 1);
        assert!(Arc::ptr_eq(&first, &get(&servers, 1, 1)));
        assert!(servers.kept(&everyone(1), 1).is_some() && servers.kept(&everyone(1), 2).is_none());
        let second = get(&servers, 1, 2);
        assert_eq!(quoted(&second), "The tram of server1 leaves at version2.");
        // A request that was late to hear of the change.
        assert!(Arc::ptr_eq(&second, &get(&servers, 1, 1)));
        assert_eq!(
            quoted(&get(&servers, 2, 1)),
            "The tram of server2 leaves at version1."
        );
    }

    #[test]
    fn a_reload_reaches_every_server() {
        let (folder, servers) = servers(u64::MAX, HOUR);
        let before = get(&servers, 1, 1);
        fs::write(folder.path().join("bus.md"), "The bus leaves at noon.").unwrap();
        servers.handle.reload().unwrap();
        let after = get(&servers, 1, 1);
        let knows = |engine: &Engine| {
            let answer = engine.ask("When does the bus leave?", &Options::default());
            answer.outcome == Outcome::Quoted
        };
        assert_eq!((knows(&before), knows(&after)), (false, true));
    }

    /// What is next to embed, of these servers or of all.
    fn next(servers: &ServerEngines, done: Option<&Arc<Engine>>) -> Option<ToEmbed> {
        servers.wait_for_engine_to_embed(done, Duration::from_millis(10))
    }

    fn server_of(next: Option<ToEmbed>) -> Option<u64> {
        Some(next?.audience?.server)
    }

    #[test]
    fn the_shared_engine_is_embedded_first_then_the_smallest_of_a_server() {
        let (folder, servers) = servers(u64::MAX, HOUR);
        let build = |shared: &Arc<Engine>| {
            let all = (1..5).flat_map(|server| articles(server, 1)).collect();
            shared.with(all)
        };
        servers.engine(&everyone(1), 1, build);
        get(&servers, 2, 1);
        let first = next(&servers, None).unwrap();
        assert!(first.audience.is_none() && servers.is_next_to_embed(&first, None));
        let done = Some(&first.engine);
        let second = next(&servers, done).unwrap();
        assert_eq!(server_of(Some(second.clone())), Some(2));
        // What has been embedded is kept, until something changes.
        let with_model = Arc::new(Engine::clone(&second.engine));
        assert!(servers.put_embedded(&second, Arc::clone(&with_model)));
        assert!(Arc::ptr_eq(&get(&servers, 2, 1), &with_model));
        let third = next(&servers, done).unwrap();
        assert_eq!(server_of(Some(third.clone())), Some(1));
        get(&servers, 1, 2);
        assert!(!servers.put_embedded(&third, Arc::clone(&third.engine)));
        assert_eq!(server_of(next(&servers, done)), Some(1));
        fs::write(folder.path().join("bus.md"), "The bus leaves at noon.").unwrap();
        servers.handle.reload().unwrap();
        assert!(next(&servers, done).unwrap().audience.is_none());
    }

    #[test]
    fn who_waits_for_an_engine_to_embed_gets_the_next_one_that_is_built() {
        let (_folder, servers) = servers(u64::MAX, HOUR);
        let shared = servers.handle.engine();
        thread::scope(|scope| {
            let waiting = || servers.wait_for_engine_to_embed(Some(&shared), HOUR);
            let waiting = scope.spawn(waiting);
            get(&servers, 3, 1);
            assert_eq!(server_of(waiting.join().unwrap()), Some(3));
        });
    }

    /// All embeddings are known.
    #[derive(Debug)]
    struct Known;

    impl KnownEmbeddings for Known {
        fn add_to(&self, engine: &Arc<Engine>) -> Option<Arc<Engine>> {
            Some(Arc::clone(engine))
        }
    }

    #[test]
    fn what_is_built_with_its_embeddings_is_not_embedded_again() {
        let (_folder, servers) = servers(u64::MAX, HOUR);
        servers.use_embeddings(Arc::new(Known));
        get(&servers, 3, 1);
        assert!(next(&servers, Some(&servers.handle.engine())).is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let (_folder, one) = servers(u64::MAX, HOUR);
        get(&one, 1, 1);
        let (bytes, _) = one.usage();
        let (_folder, servers) = servers(4 * bytes + bytes / 2, HOUR);
        for server in 0..20 {
            get(&servers, server, 1);
        }
        let (used, count) = servers.usage();
        assert!(
            used <= 5 * bytes && (1..=4).contains(&count),
            "{used} of {count}"
        );
    }

    #[test]
    fn the_engine_of_a_quiet_server_is_dropped() {
        let (_folder, servers) = servers(u64::MAX, Duration::from_millis(50));
        get(&servers, 1, 1);
        thread::sleep(Duration::from_millis(100));
        assert_eq!(servers.usage(), (0, 0));
    }

    #[test]
    fn every_answer_is_of_one_version_while_everything_changes() {
        const SERVERS: u64 = 6;
        let (folder, servers) = servers(40_000, HOUR);
        let version = AtomicU64::new(1);
        thread::scope(|scope| {
            for worker in 0..4 {
                let (servers, version) = (&servers, &version);
                scope.spawn(move || {
                    for round in 0..400 {
                        let (server, asked) =
                            ((worker + round) % SERVERS, version.load(Ordering::SeqCst));
                        let seen = quoted(&get(servers, server, asked));
                        let rest = seen
                            .strip_prefix(&format!("The tram of server{server} leaves at version"));
                        let seen: u64 = rest.unwrap().trim_end_matches('.').parse().unwrap();
                        assert!(seen >= asked, "{seen} is older than {asked}");
                    }
                });
            }
            for change in 2..30 {
                version.store(change, Ordering::SeqCst);
                let text = format!("The ferry leaves at {change}.");
                fs::write(folder.path().join("ferry.md"), text).unwrap();
                servers.handle.reload().unwrap();
            }
        });
    }
}
