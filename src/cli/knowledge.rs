//! The knowledge folder as commands need it: loaded, indexed, and with a word on what went wrong.

use super::run::variable;
use crate::config;
use anyhow::{Result, bail};
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;
use pullquote_core::semantic::Languages;
use pullquote_core::text::Language;
use pullquote_library::{EngineHandle, FileReport, Limits};
use pullquote_model::{EmbeddingModel, ModelFolderError, SentenceEncoder};
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

/// Articles that are suggested for a name that none has.
const NEAREST: usize = 3;

/// Loads the folder and builds the engine. Problems are told in one line on standard error.
pub fn engine(dir: &Path) -> Result<Arc<Engine>> {
    Ok(shelf(dir)?.engine())
}

/// The same, to be asked.
pub(super) fn asked(dir: &Path) -> Result<Arc<Engine>> {
    Ok(seen(engine(dir)?, sentence_model().as_ref()))
}

/// Shows the articles of a handle to the sentence model, if there is one.
pub(super) fn embed(handle: &EngineHandle) {
    let engine = handle.engine();
    let embedded = seen(Arc::clone(&engine), sentence_model().as_ref());
    handle.replace_if_current(&engine, embedded);
}

/// The host's sentence model, where there is one. What is wrong with it is told on standard error, and the answers go on
/// without.
pub fn sentence_model() -> Option<SentenceEncoder> {
    load_model()?
        .map_err(|error| {
            anstream::eprintln!("pullquote: {error}; answering without the sentence model");
        })
        .ok()
}

/// Whether the host's sentence model works, where there is one: which of these languages it knows, or why not.
pub(super) fn model(languages: &[Language]) -> Option<Result<Languages, String>> {
    let known = load_model()?.map(|model| model.supported(languages));
    Some(known.map_err(|error| error.to_string()))
}

fn load_model() -> Option<Result<SentenceEncoder, ModelFolderError>> {
    let EmbeddingModel { folder, vectors } = config::embedding(&variable)?;
    Some(SentenceEncoder::load(&folder, &vectors))
}

/// An engine with what a sentence model sees, if there is one: all sentences are shown to it first.
pub fn seen(engine: Arc<Engine>, model: Option<&SentenceEncoder>) -> Arc<Engine> {
    let seen = model.and_then(|model| seen_by(&engine, model));
    seen.map_or(engine, Arc::new)
}

fn seen_by(engine: &Engine, model: &SentenceEncoder) -> Option<Engine> {
    let terminal = io::stderr().is_terminal();
    let seen = model.embed(engine, None, |done, all| {
        if terminal {
            anstream::eprint!(
                "\rshowing the sentence model what it has not seen yet: {done} of {all} sentences"
            );
            let _ = io::stderr().flush();
        }
        true
    })?;
    if terminal && seen.computed > 0 {
        anstream::eprint!("\r{:76}\r", "");
    }
    if let Some(trouble) = seen.cache_error {
        anstream::eprintln!("pullquote: {trouble}");
    }
    Some(engine.with_model(seen.embedded))
}

/// The same, to be loaded again.
pub(super) fn shelf(dir: &Path) -> Result<EngineHandle> {
    let (handle, reports) = EngineHandle::open(dir, Limits::default())?;
    tell_errors(&reports);
    Ok(handle)
}

fn tell_errors(reports: &[FileReport]) {
    let failed = |report: &&FileReport| report.error().is_some();
    let mut failed = reports.iter().filter(failed);
    if let Some(first) = failed.next() {
        let more = match failed.count() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        anstream::eprintln!(
            "pullquote: `{}`{more} could not be used: run `pullquote check`",
            first.path
        );
    }
}

/// The article that someone named, by its id, title or alias.
pub(super) fn article(engine: &Engine, name: &str) -> Result<ArticleId> {
    let corpus = engine.corpus();
    if let Some(id) = corpus.named(name) {
        return Ok(id);
    }
    let nearest: Vec<&str> = corpus
        .nearest(name)
        .map(|id| corpus.article(id).name.as_str())
        .take(NEAREST)
        .collect();
    bail!(
        "no article is called `{name}`: the nearest are {} (`pullquote articles` lists all)",
        nearest.join(", ")
    );
}
