//! `pullquote commands`: the bot's commands as Discord gets them, and Discord's list of them.

use super::run;
use crate::bot::{self, Synced};
use crate::config::Config;
use anyhow::Result;
use clap::{Args, Subcommand};
use pullquote_cards::{CommandKind, Definition, Locale, commands};
use std::io::Write;
use std::num::NonZeroU64;
use std::process::ExitCode;

/// Show, register or remove the bot's commands
#[derive(Debug, Args)]
pub(super) struct Commands {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Show the commands as Discord gets them
    Show {
        /// As Discord's JSON
        #[arg(long)]
        json: bool,
    },
    /// Register the commands where they differ (`pullquote run` does so by itself)
    Sync(Place),
    /// Remove all commands
    Clear(Place),
}

#[derive(Debug, Args)]
struct Place {
    /// In this server only; else everywhere
    #[arg(long, value_name = "ID")]
    server: Option<NonZeroU64>,
    /// Another address in Discord's place, on this machine: for tests
    #[arg(long, value_name = "URL", hide_short_help = true)]
    api_base: Option<String>,
}

impl Commands {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let mut out = anstream::stdout().lock();
        match &self.what {
            What::Show { json: true } => {
                let table = commands::TABLE
                    .iter()
                    .map(|command| command.definition.json());
                let table: Vec<_> = table.collect();
                writeln!(out, "{}", serde_json::to_string_pretty(&table)?)?;
            }
            What::Show { json: false } => {
                for command in commands::TABLE {
                    show(&mut out, &command.definition)?;
                }
            }
            What::Sync(place) => {
                let said = match bot::sync_commands(&place.config()?, place.server)? {
                    Synced::Same => "has these commands already",
                    Synced::Changed => "has these commands now",
                };
                writeln!(out, "{} {said}: {}.", place.name(), names().join(", "))?;
            }
            What::Clear(place) => {
                let count = bot::clear_commands(&place.config()?, place.server)?;
                match count {
                    0 => writeln!(out, "{} had no commands.", place.name())?,
                    count => writeln!(
                        out,
                        "{} had {count} commands and has none now.",
                        place.name()
                    )?,
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Place {
    fn config(&self) -> Result<Config> {
        Ok(Config::read(&run::variable, self.api_base.as_deref())?)
    }

    fn name(&self) -> String {
        match self.server {
            Some(server) => format!("Server {server}"),
            None => "Discord".to_owned(),
        }
    }
}

fn names() -> Vec<String> {
    let table = commands::TABLE.iter();
    table.map(|command| name(&command.definition)).collect()
}

fn name(definition: &Definition) -> String {
    match definition.kind {
        CommandKind::Slash => format!("/{}", definition.name),
        CommandKind::Message => format!("“{}” on a message", definition.name),
    }
}

fn show(out: &mut impl Write, definition: &Definition) -> Result<()> {
    write!(out, "{}", name(definition))?;
    for option in definition.options {
        let (open, close) = if option.required {
            ("<", ">")
        } else {
            ("[", "]")
        };
        write!(out, " {open}{}{close}", option.name)?;
    }
    writeln!(out)?;
    let id = |part: &str| format!("{}.{part}", definition.id);
    if definition.kind == CommandKind::Slash {
        writeln!(out, "    {}", Locale::English.text(&id("description")))?;
    }
    for option in definition.options {
        let told = Locale::English.text(&id(&format!("{}-description", option.name)));
        writeln!(out, "    {}: {told}", option.name)?;
    }
    Ok(())
}
