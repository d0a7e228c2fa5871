//! `pullquote summary`: summarises an article, or all articles, in their own sentences.

use super::{json::SummaryJson, knowledge, numbers, show};
use anyhow::Result;
use clap::{Args, ValueEnum};
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;
use pullquote_core::summary::{Length, Options, Summary};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pullquote summary north-korea-detente
  pullquote summary --length long --focus sanctions
  pullquote summary --sentences 5 --json")]
pub(super) struct SummaryCommand {
    /// About 3, 6 or 12 sentences (long: up to a fifth of a long article)
    #[arg(long, value_enum, default_value = "short", value_name = "LENGTH")]
    length: NamedLength,
    /// Exact number of sentences
    #[arg(long, value_name = "N", conflicts_with = "length", value_parser = numbers::count)]
    sentences: Option<usize>,
    /// Only sentences about this topic
    #[arg(long, value_name = "TEXT")]
    focus: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Article, by an id that `pullquote articles` lists [default: all]
    article: Option<String>,
}

/// The values of `--length`.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum NamedLength {
    Short,
    Medium,
    Long,
}

impl SummaryCommand {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let engine = knowledge::engine(dir)?;
        let articles = engine.corpus().article_count();
        let only = (articles == 1).then_some(ArticleId(0));
        let article = match self.article.as_deref() {
            Some(name) => Some(knowledge::article(&engine, name)?),
            None => only,
        };
        let length = match (self.sentences, self.length) {
            (Some(count), _) => Length::Sentences(count),
            (None, NamedLength::Short) => Length::Short,
            (None, NamedLength::Medium) => Length::Medium,
            (None, NamedLength::Long) => Length::Long,
        };
        let focus = self.focus.as_deref();
        let summary = match (article, focus) {
            (Some(id), _) => engine.summarise(id, &Options { length, focus }),
            (None, Some(focus)) => engine.digest(focus, length),
            (None, None) => engine.overview(),
        };
        let mut out = anstream::stdout().lock();
        if self.json {
            let object = SummaryJson::new(&engine, article, &summary);
            writeln!(out, "{}", serde_json::to_string(&object)?)?;
        } else {
            let shown = show::summary(&engine, article, &summary);
            let note = self.note(&engine, article, &summary).unwrap_or_default();
            write!(out, "{note}{shown}")?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// A note above a summary that is empty or the whole article.
    fn note(
        &self,
        engine: &Engine,
        article: Option<ArticleId>,
        summary: &Summary,
    ) -> Option<String> {
        match (&self.focus, summary.sentences.is_empty()) {
            (Some(focus), true) => {
                let focus = show::safe(focus);
                Some(match article {
                    Some(_) => format!("The article says nothing about “{focus}”.\n"),
                    None => format!(
                        "None of the {} articles says anything about “{focus}”.\n",
                        engine.corpus().article_count()
                    ),
                })
            }
            (None, true) => Some("This article cannot be summarised.\n".to_owned()),
            _ if summary.whole => Some("Short article: this is the complete text.\n\n".to_owned()),
            _ => None,
        }
    }
}
