//! Loads the knowledge folder for a command, and prints problems to standard error.

use crate::config::{self, environment};
use anyhow::{Result, bail};
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;
use pullquote_core::semantic::Languages;
use pullquote_core::text::Language;
use pullquote_library::{EngineHandle, FileReport, Folders, Library, Limits};
use pullquote_model::{EmbeddedPassages, ModelFolderError, SentenceEncoder};
use pullquote_sandbox::ChildReader;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// How long the bot reads articles before it starts with those that it has, and before a reload ends. The others follow.
/// systemd waits 90 s for the bot to start.
const BOT_LOAD_TIME: Duration = Duration::from_secs(45);

/// Articles suggested for an unknown name.
const MAX_SUGGESTIONS: usize = 3;

/// Loads the folder into an engine without the sentence model, for commands that rank nothing by meaning.
pub(super) fn engine(dir: &Path) -> Result<Arc<Engine>> {
    Ok(open(dir)?.engine())
}

/// Loads the folder into an engine with the sentence model, if there is one.
pub(super) fn engine_with_model(dir: &Path) -> Result<Arc<Engine>> {
    Ok(with_model(engine(dir)?, sentence_model().as_ref()))
}

/// The same, where figures of answers without the model that is set would mislead: an error if it cannot be loaded.
pub(super) fn engine_with_set_model(dir: &Path) -> Result<Arc<Engine>> {
    let model = load_model().transpose()?;
    Ok(with_model(engine(dir)?, model.as_ref()))
}

/// Adds the sentence model, if there is one, to an engine for one question only: embedding all articles may take minutes.
pub(super) fn with_model_for(
    engine: &Arc<Engine>,
    question: &str,
    article: Option<ArticleId>,
) -> Arc<Engine> {
    let embed = |model: SentenceEncoder| model.embed_for(engine, question, article);
    let embedded = sentence_model().and_then(embed);
    embedded.map_or(Arc::clone(engine), |texts| add(engine, texts))
}

/// The knowledge folder, and the copies of what comes from its sources.
pub(super) fn folders(dir: &Path) -> Folders {
    let data = config::data_folder(&environment::variable);
    Folders {
        knowledge: dir.to_owned(),
        copies: Some(data.join("sources")),
    }
}

/// Loads the folder, however long it takes.
pub(super) fn load(dir: &Path) -> Result<Library> {
    let library =
        pullquote_library::load_with(folders(dir), &Limits::default(), &ChildReader::new())?;
    Ok(library)
}

/// Loads the folder into a handle that can reload it.
pub(super) fn open(dir: &Path) -> Result<EngineHandle> {
    open_within(dir, None)
}

/// Loads the folder for the bot, which must not wait for slow files.
pub(super) fn open_for_bot(dir: &Path) -> Result<EngineHandle> {
    open_within(dir, Some(BOT_LOAD_TIME))
}

fn open_within(dir: &Path, time: Option<Duration>) -> Result<EngineHandle> {
    let limits = Limits {
        time,
        ..Limits::default()
    };
    let (handle, reports) =
        EngineHandle::open_with(folders(dir), limits, Arc::new(ChildReader::new()))?;
    print_errors(&reports);
    Ok(handle)
}

/// Adds the sentence model, if there is one, to the engine of a handle.
pub(super) fn embed(handle: &EngineHandle) {
    let engine = handle.engine();
    let embedded = with_model(Arc::clone(&engine), sentence_model().as_ref());
    handle.replace_if_current(&engine, embedded);
}

/// The sentence model. `None` if there is none or if it cannot be loaded, which is printed.
pub fn sentence_model() -> Option<SentenceEncoder> {
    load_model()?
        .map_err(|error| {
            anstream::eprintln!("pullquote: {error}; answering without the sentence model");
        })
        .ok()
}

/// Loads the sentence model: which of `languages` it supports, or why it cannot be loaded. `None` if there is none.
pub(super) fn model(languages: &[Language]) -> Option<Result<Languages, String>> {
    let supported = load_model()?.map(|model| model.supported(languages));
    Some(supported.map_err(|error| error.to_string()))
}

fn load_model() -> Option<Result<SentenceEncoder, ModelFolderError>> {
    let model = config::embedding(&environment::variable)?;
    Some(SentenceEncoder::load(&model))
}

/// Adds a sentence model to an engine, after embedding all passages. The same engine without a model.
pub fn with_model(engine: Arc<Engine>, model: Option<&SentenceEncoder>) -> Arc<Engine> {
    let embedded = model.and_then(|model| embed_sentences(&engine, model));
    embedded.unwrap_or(engine)
}

fn embed_sentences(engine: &Engine, model: &SentenceEncoder) -> Option<Arc<Engine>> {
    let terminal = io::stderr().is_terminal();
    let mut announced = false;
    // Called only if there is something to embed.
    let result = model.embed(engine, None, |done, all| {
        if !announced {
            anstream::eprintln!(
                "pullquote: embedding the articles for the sentence model; this is kept for the next time"
            );
            announced = true;
        }
        if terminal {
            anstream::eprint!("\rembedding passages: {done} of {all}");
            let _ = io::stderr().flush();
        }
        true
    })?;
    if terminal && result.computed > 0 {
        anstream::eprint!("\r{:60}\r", "");
    }
    Some(add(engine, result))
}

/// Adds embeddings to an engine, and prints what is wrong with their cache.
fn add(engine: &Engine, texts: EmbeddedPassages) -> Arc<Engine> {
    if let Some(error) = texts.cache_error {
        anstream::eprintln!("pullquote: {error}");
    }
    Arc::new(engine.with_model(texts.embedded))
}

fn print_errors(reports: &[FileReport]) {
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

/// Finds an article by its id, title or alias.
pub(super) fn article(engine: &Engine, name: &str) -> Result<ArticleId> {
    let corpus = engine.corpus();
    if let Some(id) = corpus.named(name) {
        return Ok(id);
    }
    let nearest: Vec<String> = corpus
        .nearest(name)
        .map(|id| format!("`{}`", corpus.article(id).name))
        .take(MAX_SUGGESTIONS)
        .collect();
    if nearest.is_empty() {
        bail!("no article is named `{name}`: `pullquote articles` lists all");
    }
    bail!(
        "no article is named `{name}`. Did you mean {}? `pullquote articles` lists all",
        nearest.join(", ")
    );
}
