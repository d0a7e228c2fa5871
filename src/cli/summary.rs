//! `pullquote summary`: the gist of an article, or of all of them, in their own sentences.

use super::{json::SummaryJson, knowledge, show};
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
pub(super) struct Summarise {
    /// How long: about three sentences, about six, or about twelve (a fifth of a long article)
    #[arg(long, value_enum, default_value = "short", value_name = "LENGTH")]
    length: Named,
    /// So many sentences
    #[arg(long, value_name = "N", conflicts_with = "length")]
    sentences: Option<usize>,
    /// Only what is said on this
    #[arg(long, value_name = "TEXT")]
    focus: Option<String>,
    /// One JSON object
    #[arg(long)]
    json: bool,
    /// The article (an id that `pullquote articles` lists); all of them without
    article: Option<String>,
}

/// The lengths that have names.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Named {
    Short,
    Medium,
    Long,
}

impl Summarise {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let engine = knowledge::engine(dir)?;
        let articles = engine.corpus().articles().len();
        let only = (articles == 1).then_some(ArticleId(0));
        let article = match self.article.as_deref() {
            Some(name) => Some(knowledge::article(&engine, name)?),
            None => only,
        };
        let length = match (self.sentences, self.length) {
            (Some(count), _) => Length::Sentences(count),
            (None, Named::Short) => Length::Short,
            (None, Named::Medium) => Length::Medium,
            (None, Named::Long) => Length::Long,
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
            let lines = [self.remark(&engine, article, &summary), Some(shown)];
            for line in lines.into_iter().flatten() {
                write!(out, "{line}")?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// What must be said of a summary that is not what was asked for.
    fn remark(
        &self,
        engine: &Engine,
        article: Option<ArticleId>,
        summary: &Summary,
    ) -> Option<String> {
        let who = match article {
            Some(_) => "The article says".to_owned(),
            None => format!("The {} articles say", engine.corpus().articles().len()),
        };
        match (&self.focus, summary.sentences.is_empty()) {
            (Some(focus), true) => Some(format!("{who} nothing on “{}”.\n", show::safe(focus))),
            (None, true) => {
                Some("The article has no sentences that could stand for it.\n".to_owned())
            }
            _ if summary.whole => {
                Some("The article is short: this is all that it says.\n\n".to_owned())
            }
            _ => None,
        }
    }
}
