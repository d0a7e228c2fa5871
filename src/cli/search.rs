//! `pullquote search`: prints passages containing keywords.

use super::{json::SearchJson, knowledge, numbers, show};
use anyhow::Result;
use clap::Args;
use pullquote_cards::Run;
use pullquote_core::answer::Options;
use pullquote_core::engine::Engine;
use pullquote_core::query::Query;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(after_help = "\
Quotation marks find an exact phrase, and a minus excludes passages:
  pullquote search '\"unipolar moment\"'
  pullquote search 'sanctions -russia'")]
pub(super) struct Search {
    /// Search only this article (an id that `pullquote articles` lists)
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Print at most N passages
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = numbers::count)]
    limit: usize,
    /// Print one JSON object with all passages
    #[arg(long)]
    json: bool,
    /// Words to find
    #[arg(required = true)]
    keywords: Vec<String>,
}

impl Search {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let engine = knowledge::engine(dir)?;
        let article = self
            .article
            .as_deref()
            .map(|name| knowledge::article(&engine, name))
            .transpose()?;
        let keywords = self.keywords.join(" ");
        let options = Options {
            article,
            limit: self.limit,
            ..Options::default()
        };
        let found = engine.search(&keywords, &options);
        let mut out = anstream::stdout().lock();
        if self.json {
            let answer = SearchJson::new(&engine, &keywords, &found);
            let answer = serde_json::to_string(&answer)?;
            writeln!(out, "{answer}")?;
            return Ok(ExitCode::SUCCESS);
        }
        if !found.corrections.is_empty() {
            writeln!(out, "{}", show::corrections(&found.corrections))?;
        }
        if found.passages.is_empty() {
            writeln!(out, "{}", nothing(&engine, &keywords))?;
        }
        for passage in &found.passages {
            let article = engine.corpus().article(passage.article);
            let text = Run::default().marked(
                &article.text,
                &article.marks,
                passage.span,
                &passage.highlights,
            );
            writeln!(
                out,
                "{}",
                show::source_line(article, passage.span, passage.lines)
            )?;
            writeln!(out, "{}\n", show::run(&text, "  "))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Why no passage was found.
fn nothing(engine: &Engine, keywords: &str) -> &'static str {
    if Query::parse(keywords, engine.index().languages()).is_empty() {
        "Nothing to search for: give at least one word besides common ones such as “the” and those to exclude."
    } else {
        "No passage contains these words."
    }
}
