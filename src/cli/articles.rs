//! `pullquote articles`: what can be asked.

use super::{knowledge, show};
use anyhow::Result;
use clap::Args;
use pullquote_core::article::ArticleId;
use serde::Serialize;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Articles {
    /// One JSON object an article
    #[arg(long)]
    json: bool,
    /// Say how much memory the index takes
    #[arg(long)]
    memory: bool,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    words: usize,
    passages: usize,
    language: Option<&'a str>,
    source: Option<&'a str>,
    path: &'a str,
}

impl Articles {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let engine = knowledge::engine(dir)?;
        let corpus = engine.corpus();
        let rows = corpus
            .articles()
            .iter()
            .enumerate()
            .map(|(at, article)| Row {
                id: &article.name,
                title: &article.meta.title,
                words: article.words(),
                passages: corpus.passages_of(ArticleId(at as u32)).len(),
                language: article.language.map(pullquote_core::text::Language::code),
                source: article.meta.source.as_deref(),
                path: &article.path,
            });
        let mut out = anstream::stdout().lock();
        if self.json {
            for row in rows {
                writeln!(out, "{}", serde_json::to_string(&row)?)?;
            }
        } else {
            let rows: Vec<Row<'_>> = rows.collect();
            let width = rows
                .iter()
                .map(|row| row.id.chars().count())
                .max()
                .unwrap_or(0)
                .clamp(2, 40);
            writeln!(
                out,
                "{:<width$}  {:>7}  {:>8}  lang  title",
                "id", "words", "passages"
            )?;
            for row in &rows {
                let language = row.language.unwrap_or("?");
                let title = show::safe(row.title);
                writeln!(
                    out,
                    "{:<width$}  {:>7}  {:>8}  {language:<4}  {title}",
                    show::safe(row.id),
                    row.words,
                    row.passages
                )?;
                if let Some(source) = row.source {
                    writeln!(out, "{:width$}  {}", "", show::safe(source))?;
                }
            }
        }
        if self.memory {
            let text: usize = corpus
                .articles()
                .iter()
                .map(|article| article.text.len())
                .sum();
            let index = engine.index().heap_bytes();
            anstream::eprintln!("{text} bytes of text, {index} bytes of index over it");
        }
        Ok(ExitCode::SUCCESS)
    }
}
