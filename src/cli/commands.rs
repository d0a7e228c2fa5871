//! `pullquote commands`: prints, registers or removes the bot's commands.

use super::connection::Connection;
use super::numbers;
use crate::bot::{self, Synced};
use anyhow::Result;
use clap::{Args, Subcommand};
use pullquote_cards::{
    CommandKind, Definition, Installs, Locale, OptionDefinition, OptionKind, Registration, commands,
};
use std::io::Write;
use std::num::NonZeroU64;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Commands {
    #[command(subcommand)]
    subcommand: CommandsSubcommand,
}

#[derive(Debug, Subcommand)]
enum CommandsSubcommand {
    /// Print the commands
    Show {
        /// Print the JSON that Discord receives
        #[arg(long)]
        json: bool,
    },
    /// Register the commands if they differ (`pullquote run` does this too)
    Sync(Target),
    /// Remove all commands
    Clear(Target),
}

/// Where commands are registered.
#[derive(Debug, Args)]
struct Target {
    /// Id of one server [default: all servers]
    #[arg(long, value_name = "ID", value_parser = numbers::server)]
    server: Option<NonZeroU64>,
    #[command(flatten)]
    connection: Connection,
}

impl Commands {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let mut out = anstream::stdout().lock();
        match &self.subcommand {
            CommandsSubcommand::Show { json: true } => {
                let everywhere = Registration::Global(Installs::ALL);
                let table = commands::TABLE
                    .iter()
                    .map(|command| command.definition.json(everywhere));
                let table: Vec<_> = table.collect();
                writeln!(out, "{}", serde_json::to_string_pretty(&table)?)?;
            }
            CommandsSubcommand::Show { json: false } => {
                for command in commands::TABLE {
                    show(&mut out, &command.definition)?;
                }
            }
            CommandsSubcommand::Sync(target) => {
                let synced = bot::sync_commands(&target.connection.config()?, target.server)?;
                let (target, names) = (target.name(), names().join(", "));
                match synced {
                    Synced::Same => writeln!(out, "Already registered {target}: {names}.")?,
                    Synced::Changed => writeln!(out, "Registered {target}: {names}.")?,
                }
            }
            CommandsSubcommand::Clear(target) => {
                let count = bot::clear_commands(&target.connection.config()?, target.server)?;
                let target = target.name();
                match count {
                    0 => writeln!(out, "No commands were registered {target}.")?,
                    1 => writeln!(out, "Removed 1 command {target}.")?,
                    count => writeln!(out, "Removed {count} commands {target}.")?,
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Target {
    fn name(&self) -> String {
        match self.server {
            Some(server) => format!("in server {server}"),
            None => "globally".to_owned(),
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

/// How a command is used: a line, or one for each of its subcommands.
fn usages(definition: &Definition) -> Vec<String> {
    let options = |options: &[OptionDefinition]| -> String {
        let shown = options.iter().map(|option| {
            if option.required {
                format!(" <{}>", option.name)
            } else {
                format!(" [{}]", option.name)
            }
        });
        shown.collect()
    };
    let name = name(definition);
    let subcommands = definition
        .options
        .iter()
        .filter_map(|option| match option.kind {
            OptionKind::Subcommand(own) => Some(format!("{name} {}{}", option.name, options(own))),
            _ => None,
        });
    let subcommands: Vec<String> = subcommands.collect();
    if subcommands.is_empty() {
        return vec![format!("{name}{}", options(definition.options))];
    }
    subcommands
}

fn show(out: &mut impl Write, definition: &Definition) -> Result<()> {
    for usage in usages(definition) {
        writeln!(out, "{usage}")?;
    }
    let id = |part: &str| format!("{}.{part}", definition.id);
    if definition.kind == CommandKind::Slash {
        writeln!(out, "    {}", Locale::English.text(&id("description")))?;
    }
    for option in definition.options {
        let description = Locale::English.text(&id(&format!("{}-description", option.name)));
        writeln!(out, "    {}: {description}", option.name)?;
    }
    Ok(())
}
