//! `pullquote articles`: lists the articles.

use super::{knowledge, show};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Articles {
    /// Print one JSON object per article
    #[arg(long)]
    json: bool,
    /// Also print the size of the texts and of the index in memory
    #[arg(long)]
    memory: bool,
}

#[derive(Debug, Serialize)]
struct ArticleRow<'a> {
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
            .ids()
            .zip(corpus.articles())
            .map(|(id, article)| ArticleRow {
                id: &article.name,
                title: &article.meta.title,
                words: article.words(),
                passages: corpus.passages_of(id).len(),
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
            print_table(&rows.collect::<Vec<_>>(), &mut out)?;
        }
        if self.memory {
            let text: usize = corpus.articles().map(|article| article.text.len()).sum();
            let index = engine.index().heap_bytes();
            anstream::eprintln!("{text} bytes of text, {index} bytes of index");
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print_table(rows: &[ArticleRow<'_>], out: &mut impl Write) -> Result<()> {
    let widths = rows.iter().map(|row| row.id.chars().count());
    let width = widths.max().unwrap_or(0).clamp(2, 40);
    writeln!(
        out,
        "{:<width$}  {:>7}  {:>8}  lang  title",
        "id", "words", "passages"
    )?;
    for row in rows {
        writeln!(
            out,
            "{:<width$}  {:>7}  {:>8}  {:<4}  {}",
            show::safe(row.id),
            row.words,
            row.passages,
            row.language.unwrap_or("?"),
            show::safe(row.title)
        )?;
        if let Some(source) = row.source {
            writeln!(out, "{:width$}  {}", "", show::safe(source))?;
        }
    }
    Ok(())
}
