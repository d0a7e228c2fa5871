//! Embeds the articles on a thread. Until this is done, and whenever it fails, answers do without the model.

use crate::{EmbeddedPassages, EmbeddingModel, SentenceEncoder};
use pullquote_core::engine::Engine;
use pullquote_library::{KnownEmbeddings, ServerEngines, ToEmbed};
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};
use tracing::{info, warn};

const DAY: Duration = Duration::from_hours(24);

/// Starts a thread that loads the model, and adds embeddings to the shared engine, to those of servers, and to each one that
/// replaces them.
///
/// # Errors
///
/// If the thread cannot be started. Errors of the model are logged.
///
/// ```no_run
/// use pullquote_library::{EngineHandle, Limits, ServerEngines};
/// use pullquote_model::{EmbeddingModel, embed_in_background};
/// use std::path::{Path, PathBuf};
/// use std::sync::Arc;
/// use std::time::Duration;
///
/// let (handle, _) = EngineHandle::open(Path::new("knowledge"), Limits::default())?;
/// let engines = ServerEngines::new(Arc::new(handle), 64 << 20, Duration::from_hours(1));
/// let model = EmbeddingModel {
///     folder: None,
///     vectors: PathBuf::from("cache/vectors.redb"),
/// };
/// embed_in_background(Arc::new(engines), model)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn embed_in_background(engines: Arc<ServerEngines>, model: EmbeddingModel) -> io::Result<()> {
    let thread = thread::Builder::new().name("embed".to_owned());
    let run = move || match SentenceEncoder::load(&model) {
        Ok(encoder) => run(&engines, &Arc::new(encoder.in_background())),
        Err(error) => warn!("{error}; answering without the sentence model"),
    };
    thread.spawn(run).map(drop)
}

fn run(engines: &ServerEngines, encoder: &Arc<SentenceEncoder>) {
    engines.use_embeddings(Arc::<SentenceEncoder>::clone(encoder));
    // The shared engine, once it is embedded.
    let mut done: Option<Arc<Engine>> = None;
    let mut logged_cache_error = false;
    loop {
        let Some(next) = engines.wait_for_engine_to_embed(done.as_ref(), DAY) else {
            // Looks up all embeddings again, so that the cache keeps them.
            done = None;
            continue;
        };
        if !next.engine.can_use_model() {
            engines.put_embedded(&next, Arc::clone(&next.engine));
            continue;
        }
        let start = Instant::now();
        let is_next = |_, _| engines.is_next_to_embed(&next, done.as_ref());
        let previous = done.as_deref().filter(|_| next.audience.is_none());
        let Some(passages) = encoder.embed(&next.engine, previous, is_next) else {
            continue;
        };
        if let Some(error) = passages
            .cache_error
            .as_ref()
            .filter(|_| !logged_cache_error)
        {
            warn!("{error}; all articles will be embedded again at the next start");
            logged_cache_error = true;
        }
        let counts = (passages.total, passages.computed);
        let embedded = embedded(&next.engine, passages);
        let is_current = engines.put_embedded(&next, Arc::clone(&embedded));
        if is_current {
            log(&next, counts, start);
        }
        if next.audience.is_none() {
            // If there is a newer one by now, that is next.
            done = Some(embedded);
        }
    }
}

/// The engine with its embeddings, if the model knows a language of the articles.
fn embedded(engine: &Arc<Engine>, passages: EmbeddedPassages) -> Arc<Engine> {
    if passages.total == 0 {
        return Arc::clone(engine);
    }
    Arc::new(engine.with_model(passages.embedded))
}

fn log(embedded: &ToEmbed, (total, computed): (usize, usize), start: Instant) {
    let seconds = start.elapsed().as_secs_f32();
    let figures = format!("{total} passages embedded, {computed} of them new, in {seconds:.1} s");
    match &embedded.audience {
        Some(_) => info!("articles of a server: {figures}"),
        None if total == 0 => info!(
            "the sentence model supports no language of the articles; answering without the sentence model"
        ),
        None => info!("the sentence model is ready: {figures}"),
    }
}

impl KnownEmbeddings for SentenceEncoder {
    fn add_to(&self, engine: &Arc<Engine>) -> Option<Arc<Engine>> {
        if !engine.can_use_model() {
            return Some(Arc::clone(engine));
        }
        let passages = self.embed(engine, None, |_, _| false)?;
        Some(embedded(engine, passages))
    }
}
