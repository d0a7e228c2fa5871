//! Embeds the articles on a thread. Until this is done, and whenever it fails, answers do without the model.

use crate::{EmbeddedTexts, SentenceEncoder};
use pullquote_core::engine::Engine;
use pullquote_library::EngineHandle;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Instant;
use tracing::{info, warn};

/// The sentence model that is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddingModel {
    /// The folder with the model's files.
    pub folder: PathBuf,
    /// The file of the embedding cache. It is created if it does not exist.
    pub vectors: PathBuf,
    /// Why it is this model.
    pub origin: Origin,
}

/// Why a sentence model is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A setting names it.
    Setting,
    /// It was chosen among the installed ones.
    Chosen,
    /// It came with the program.
    Bundled,
}

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
///     folder: PathBuf::from("all-MiniLM-L6-v2"),
///     vectors: PathBuf::from("cache/vectors.redb"),
///     origin: Origin::Setting,
/// };
/// embed_in_background(Arc::new(handle), model)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn embed_in_background(handle: Arc<EngineHandle>, model: EmbeddingModel) -> io::Result<()> {
    let thread = thread::Builder::new().name("embed".to_owned());
    thread.spawn(move || run(&handle, &model)).map(drop)
}

fn run(handle: &EngineHandle, model: &EmbeddingModel) {
    let encoder = match SentenceEncoder::load(&model.folder, &model.vectors) {
        Ok(encoder) => encoder,
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
            warn!(
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
