//! The knowledge folder as commands need it: loaded, indexed, and with a word on what went wrong.

use crate::article::{ArticleId, Severity};
use crate::engine::Engine;
use crate::library::{FileReport, Limits, Shelf};
use anyhow::{Result, bail};
use std::path::Path;
use std::sync::Arc;

/// Loads the folder and builds the engine. Problems are told in one line on standard error.
pub(super) fn engine(dir: &Path) -> Result<Arc<Engine>> {
    Ok(shelf(dir)?.engine())
}

/// The same, to be loaded again.
pub(super) fn shelf(dir: &Path) -> Result<Shelf> {
    let (shelf, reports) = Shelf::open(dir, Limits::default())?;
    tell_errors(&reports);
    Ok(shelf)
}

fn tell_errors(reports: &[FileReport]) {
    let failed = |report: &&FileReport| {
        report
            .problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    };
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

/// The article that someone named, by its id; case does not matter.
pub(super) fn article(engine: &Engine, name: &str) -> Result<ArticleId> {
    let corpus = engine.corpus();
    if let Some(id) = corpus
        .find(name)
        .or_else(|| corpus.find(&name.to_lowercase()))
    {
        return Ok(id);
    }
    let mut names: Vec<&str> = corpus
        .articles()
        .iter()
        .map(|article| article.name.as_str())
        .collect();
    names.sort_by(|a, b| {
        strsim::jaro_winkler(b, name)
            .total_cmp(&strsim::jaro_winkler(a, name))
            .then(a.cmp(b))
    });
    names.truncate(3);
    bail!(
        "no article is called `{name}`: the nearest are {} (`pullquote articles` lists all)",
        names.join(", ")
    );
}
