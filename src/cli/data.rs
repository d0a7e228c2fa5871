//! `pullquote data`: the articles of servers as a file.

use crate::{bot, config};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use pullquote_store::{Location, Store};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub(super) struct Data {
    #[command(subcommand)]
    subcommand: DataSubcommand,
}

#[derive(Debug, Subcommand)]
enum DataSubcommand {
    /// Print where the articles of servers are kept
    Where,
    /// Check the database
    Check,
    /// Copy the database to a new file; the bot may be running
    Backup {
        /// The file, which must not exist
        file: PathBuf,
    },
    /// Put a copy in the place of the database; the bot must not be running
    Restore {
        /// The copy
        file: PathBuf,
    },
}

impl Data {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let variable = |name: &str| std::env::var(name).ok();
        let settings = config::store(&variable)?;
        let store = Store::new(settings.location.clone());
        let mut out = anstream::stdout().lock();
        let Location::Folder(folder) = &settings.location else {
            bail!(
                "the articles of servers are in PostgreSQL (DATABASE_URL): use its own tools, such as pg_dump"
            );
        };
        let file = folder.join("pullquote.db");
        match &self.subcommand {
            DataSubcommand::Where => writeln!(out, "{}", file.display())?,
            DataSubcommand::Check => match bot::block_on(store.check())?? {
                Some(1) => writeln!(out, "{} is sound: 1 article.", file.display())?,
                Some(count) => writeln!(out, "{} is sound: {count} articles.", file.display())?,
                None => bail!("nothing is kept yet: there is no {}", file.display()),
            },
            DataSubcommand::Backup { file: copy } => {
                if !bot::block_on(store.back_up(copy))?? {
                    bail!("nothing is kept yet: there is no {}", file.display());
                }
                writeln!(out, "Copied {} to {}.", file.display(), copy.display())?;
            }
            DataSubcommand::Restore { file: copy } => {
                bot::block_on(store.restore_backup(copy))??;
                let before = folder.join("pullquote.db.before");
                writeln!(
                    out,
                    "Restored {}. What was there before is {}.",
                    file.display(),
                    before.display()
                )?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
