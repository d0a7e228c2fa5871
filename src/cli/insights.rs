//! `pullquote insights`: the questions that the bot could not answer.

use super::numbers;
use crate::bot;
use crate::config::{self, environment};
use crate::questions::host_questions;
use anyhow::Result;
use clap::Args;
use pullquote_insights::{Wish, date, markdown, wishes};
use pullquote_store::{Store, StoreError};
use serde::Serialize;
use std::io::Write;
use std::num::NonZeroU64;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Insights {
    /// Id of one server [default: all servers]
    #[arg(long, value_name = "ID", value_parser = numbers::server)]
    server: Option<NonZeroU64>,
    /// Print JSON, one object per question
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print drafts of articles in Markdown
    #[arg(long)]
    markdown: bool,
}

/// A question in JSON.
#[derive(Debug, Serialize)]
struct Row<'a> {
    /// As text: numbers of this size lose digits in JavaScript.
    server: String,
    question: &'a str,
    count: u64,
    first: String,
    last: String,
    other_wordings: &'a [String],
}

impl Insights {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let settings = config::store(&environment::variable)?;
        let found = match bot::block_on(Store::beside(settings.location))?? {
            Some(store) => bot::block_on(self.read(&store))??,
            None => Vec::new(),
        };
        if found.is_empty() {
            anstream::eprintln!("There are no questions to show.");
        }
        let mut out = anstream::stdout().lock();
        for (server, wishes) in found {
            if self.markdown {
                write!(out, "{}", markdown(&wishes))?;
                continue;
            }
            if !self.json {
                writeln!(out, "Server {server}")?;
            }
            for wish in &wishes {
                if self.json {
                    writeln!(out, "{}", serde_json::to_string(&row(server, wish))?)?;
                } else {
                    let (count, last) = (wish.count, date(wish.last_day));
                    writeln!(out, "{count:>6} × {last}  {}", wish.wording())?;
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The questions without an answer, by server. Says how many are not shown.
    async fn read(&self, store: &Store) -> Result<Vec<(u64, Vec<Wish>)>, StoreError> {
        let server = self.server.map(NonZeroU64::get);
        let mut all = Vec::new();
        for open in store.open_questions(server).await? {
            let server = open.server;
            let questions = host_questions(store, &[open], u32::MAX).await?;
            if questions.hidden > 0 {
                anstream::eprintln!(
                    "server {server}: {} more, not shown here. If it has articles of its own, those who manage it see them with /insights",
                    questions.hidden
                );
            }
            if !questions.shown.is_empty() {
                all.push((server, wishes(&questions.shown)));
            }
        }
        Ok(all)
    }
}

fn row(server: u64, wish: &Wish) -> Row<'_> {
    Row {
        server: server.to_string(),
        question: wish.wording(),
        count: wish.count,
        first: date(wish.first_day),
        last: date(wish.last_day),
        other_wordings: wish.wordings.get(1..).unwrap_or_default(),
    }
}
