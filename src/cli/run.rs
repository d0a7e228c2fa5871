//! `pullquote run` and `pullquote serve`: run the bot on Discord.

use super::connection::Connection;
use super::{chat, freed_memory, knowledge};
use crate::bot::{self, RunError};
use crate::config::{self, Config, environment};
use crate::telemetry;
use anyhow::Result;
use clap::Args;
use pullquote_library::EngineHandle;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// A way to run the bot.
type RunBot = fn(Arc<EngineHandle>, &Config) -> Result<(), RunError>;

#[derive(Debug, Default, Args)]
pub(super) struct Run {
    #[command(flatten)]
    connection: Connection,
}

impl Run {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        self.start(dir, bot::run)
    }

    /// Answers interactions over HTTP instead.
    pub(super) fn serve(&self, dir: &Path) -> Result<ExitCode> {
        self.start(dir, bot::run_endpoint)
    }

    fn start(&self, dir: &Path, run: RunBot) -> Result<ExitCode> {
        freed_memory::give_back();
        let config = self.connection.config()?;
        for (name, setting) in config::misspelt(environment::names()) {
            anstream::eprintln!("pullquote: unknown setting {name}: did you mean {setting}?");
        }
        for (name, needed) in config::unused(&environment::variable) {
            anstream::eprintln!("pullquote: {name} does nothing without {needed}");
        }
        telemetry::log::start(&config);
        // Before the articles, which already take some of it.
        bot::check_system_limits()?;
        let watch = bot::watch_memory();
        let articles = knowledge::open_for_bot(dir)?;
        drop(watch);
        run(Arc::new(articles), &config)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// `pullquote` without a command: runs the bot if there is a token, or else `chat`.
pub(super) fn bare(dir: &Path) -> Result<ExitCode> {
    if has_token() {
        return Run::default().run(dir);
    }
    anstream::eprintln!(
        "DISCORD_TOKEN is not set, so this is `pullquote chat`. Run `pullquote init` to set up the bot on Discord."
    );
    chat::ChatCommand::default().run(dir)
}

/// Whether a token is set, so that `pullquote` without a command can run without a terminal.
pub(super) fn has_token() -> bool {
    config::has_token(&environment::variable)
}
