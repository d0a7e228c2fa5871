//! `pullquote keywords`: prints the key phrases of articles.

use super::{knowledge, numbers, show};
use anyhow::Result;
use clap::Args;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Keywords {
    /// Print at most N phrases per article
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = numbers::count)]
    limit: usize,
    /// Print one JSON object per article
    #[arg(long)]
    json: bool,
    /// Article, by an id that `pullquote articles` lists [default: all]
    article: Option<String>,
}

impl Keywords {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let engine = knowledge::engine(dir)?;
        let ids = match self.article.as_deref() {
            Some(name) => vec![knowledge::article(&engine, name)?],
            None => engine.corpus().ids().collect(),
        };
        let mut out = anstream::stdout().lock();
        for id in ids {
            let article = engine.corpus().article(id);
            let phrases = engine.keywords(id, self.limit);
            if self.json {
                let phrases: Vec<_> = phrases
                    .iter()
                    .map(|phrase| serde_json::json!({"text": phrase.text, "score": phrase.score}))
                    .collect();
                let object = serde_json::json!({
                    "article": article.name,
                    "title": article.meta.title,
                    "keywords": phrases,
                });
                writeln!(out, "{object}")?;
            } else {
                let phrases: Vec<String> = phrases
                    .iter()
                    .map(|phrase| show::safe(&phrase.text))
                    .collect();
                writeln!(out, "{}", show::safe(&article.meta.title))?;
                writeln!(out, "{}", show::wrapped(&phrases.join(" · "), "  "))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
