//! Embeds the articles on a thread. Until this is done, and whenever it fails, answers do without the model.

use crate::{EmbeddedTexts, EmbeddingModel, SentenceEncoder};
use pullquote_core::engine::Engine;
use pullquote_library::EngineHandle;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Instant;
use tracing::{info, warn};

/// Starts a thread that loads the model, and adds embeddings to the handle's current engine and to each one that
/// replaces it.
///
/// # Errors
///
/// If the thread cannot be started. Errors of the model are logged.
///
/// ```no_run
/// use pullquote_library::{EngineHandle, Limits};
/// use pullquote_model::{EmbeddingModel, Origin, embed_in_background};
/// use std::path::{Path, PathBuf};
/// use std::sync::Arc;
///
/// let (handle, _) = EngineHandle::open(Path::new("knowledge"), Limits::default())?;
/// let model = EmbeddingModel {
///     folder: None,
///     vectors: PathBuf::from("cache/vectors.redb"),
///     origin: Origin::BuiltIn,
/// };
/// embed_in_background(Arc::new(handle), model)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn embed_in_background(handle: Arc<EngineHandle>, model: EmbeddingModel) -> io::Result<()> {
    let thread = thread::Builder::new().name("embed".to_owned());
    thread.spawn(move || run(&handle, &model)).map(drop)
}

fn run(handle: &EngineHandle, model: &EmbeddingModel) {
    let encoder = match SentenceEncoder::load(model) {
        Ok(encoder) => encoder.in_background(),
        Err(error) => {
            warn!("{error}; answering without the sentence model");
            return;
        }
    };
    let mut previous: Option<Arc<Engine>> = None;
    let mut logged_cache_error = false;
    loop {
        let engine = handle.engine();
        let start = Instant::now();
        let is_current = |_, _| Arc::ptr_eq(&handle.engine(), &engine);
        let Some(sentences) = encoder.embed(&engine, previous.as_deref(), is_current) else {
            continue;
        };
        let EmbeddedTexts {
            embedded,
            total,
            computed,
            cache_error,
        } = sentences;
        if let Some(error) = cache_error.filter(|_| !logged_cache_error) {
            warn!("{error}; all articles will be embedded again at the next start");
            logged_cache_error = true;
        }
        if total == 0 {
            info!(
                "the sentence model supports no language of the articles; answering without the sentence model"
            );
            handle.wait_for_change(&engine);
            continue;
        }
        let with_model = Arc::new(engine.with_model(embedded));
        if handle.replace_if_current(&engine, Arc::clone(&with_model)) {
            let seconds = start.elapsed().as_secs_f32();
            info!(
                "the sentence model is ready: {total} sentences and passages embedded, {computed} of them new, in {seconds:.1} s"
            );
        }
        previous = Some(Arc::clone(&with_model));
        handle.wait_for_change(&with_model);
    }
}
