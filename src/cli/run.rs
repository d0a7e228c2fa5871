//! `pullquote run`: the bot on Discord. Its settings are read in `config.rs`, its work is in
//! `discord/shell/`.

use super::{chat, knowledge};
use crate::bot;
use crate::config::{self, Config};
use anyhow::Result;
use clap::Args;
use std::env;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

/// Run the bot on Discord.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// Another address in Discord's place, on this machine: for tests
    #[arg(long, value_name = "URL", hide_short_help = true)]
    api_base: Option<String>,
}

impl Run {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let config = Config::read(&variable, self.api_base.as_deref())?;
        for (name, setting) in config::misspelt(variables()) {
            anstream::eprintln!("pullquote: {name} is no setting; did you mean {setting}?");
        }
        bot::run(Arc::new(knowledge::shelf(dir)?), &config)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What a bare `pullquote` does in a terminal, or with a token: the bot with a token, `chat` without one.
pub(super) fn bare(dir: &Path) -> Result<ExitCode> {
    if config::has_token(&variable) {
        return Run { api_base: None }.run(dir);
    }
    anstream::eprintln!(
        "DISCORD_TOKEN is not set, so this is the bot in your terminal. (`pullquote run` says what Discord needs.)"
    );
    chat::run(dir)
}

/// Whether a bare `pullquote` has something to do without a terminal.
pub(super) fn has_token() -> bool {
    config::has_token(&variable)
}

pub(super) fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

/// The names of all variables that are set, those of `.env` among them.
pub(super) fn variables() -> impl Iterator<Item = String> {
    env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned())
}
