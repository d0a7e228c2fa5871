//! Shows the articles to the host's sentence model, on a thread of its own; until it has seen them, and whenever it cannot
//! be used, answers go on without it.

use super::SentenceModel;
use pullquote_core::engine::Engine;
use pullquote_core::semantic::Embedded;
use pullquote_library::EngineHandle;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Instant;
use tracing::{info, warn};

/// A sentence model of the operator's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbeddingModel {
    /// The folder that contains it.
    pub folder: PathBuf,
    /// The file in which vectors are kept.
    pub vectors: PathBuf,
}

/// The sentences of an engine as a model sees them.
#[derive(Debug)]
pub struct Seen {
    /// Them.
    pub embedded: Embedded,
    /// How many of them are in a language that the model knows.
    pub all: usize,
    /// How many of those it had not seen before.
    pub new: usize,
    /// Which file of vectors could not be read or written, and why.
    pub trouble: Option<String>,
}

/// Loads the model and lets it help the handle's engine, and each one that takes its place.
///
/// # Errors
///
/// When the system gives no thread.
pub fn embed(handle: Arc<EngineHandle>, setting: EmbeddingModel) -> io::Result<()> {
    let thread = thread::Builder::new().name("embed".to_owned());
    thread.spawn(move || follow(&handle, &setting)).map(drop)
}

fn follow(handle: &EngineHandle, setting: &EmbeddingModel) {
    let model = match SentenceModel::load(&setting.folder, &setting.vectors) {
        Ok(model) => model,
        Err(error) => {
            warn!("EMBEDDING_MODEL: {error}; answering without the sentence model");
            return;
        }
    };
    let mut before: Option<Arc<Engine>> = None;
    let mut told_trouble = false;
    loop {
        let engine = handle.engine();
        let start = Instant::now();
        let stays = |_, _| Arc::ptr_eq(&handle.engine(), &engine);
        let Some(seen) = model.see(&engine, before.as_deref(), stays) else {
            continue;
        };
        if let Some(trouble) = seen.trouble.filter(|_| !told_trouble) {
            warn!("{trouble}; the sentence model will be shown all articles at the next start");
            told_trouble = true;
        }
        let Seen { all, new, .. } = seen;
        if all == 0 {
            warn!("the sentence model knows no language of the articles; answering without it");
            handle.wait_for_change(&engine);
            continue;
        }
        let helped = Arc::new(engine.with_model(seen.embedded));
        if handle.replace_if_current(&engine, Arc::clone(&helped)) {
            let seconds = start.elapsed().as_secs_f32();
            info!(
                "the sentence model helps: {all} sentences seen, {new} of them new, in {seconds:.1} s"
            );
        }
        before = Some(Arc::clone(&helped));
        handle.wait_for_change(&helped);
    }
}
