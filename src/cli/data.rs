//! `pullquote data`: what servers have taught the bot, as the operator of the database needs it.

use super::numbers;
use super::show::counted;
use crate::bot;
use crate::config::{self, environment};
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use pullquote_store::{Export, Location, Moved, Row, Store, Value};
use serde_json::{Map, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
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
    /// Copy everything to another, empty database; the bot must not be running
    Move {
        /// Address of an empty database, postgres://..., or a data folder
        #[arg(long, value_name = "URL")]
        to: String,
    },
    /// Write everything that is kept of a server to a new folder
    Export {
        /// Id of the server
        #[arg(long, value_name = "ID", value_parser = numbers::server)]
        server: NonZeroU64,
        /// The folder, which must not exist [default: server-ID]
        folder: Option<PathBuf>,
    },
    /// Delete everything that is kept of a server
    Delete {
        /// Id of the server
        #[arg(long, value_name = "ID", value_parser = numbers::server)]
        server: NonZeroU64,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
}

impl Data {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let store = Store::new(config::store(&environment::variable)?.location);
        let run = async {
            let said = self.subcommand.run(&store).await;
            store.close().await;
            said
        };
        let said = bot::block_on(run)??;
        writeln!(anstream::stdout().lock(), "{said}")?;
        Ok(ExitCode::SUCCESS)
    }
}

impl DataSubcommand {
    /// Does it. Returns what to print.
    async fn run(&self, store: &Store) -> Result<String> {
        let name = store.name();
        let nothing = || match store.location() {
            Location::Folder(_) => format!("nothing is kept yet: there is no {name}"),
            Location::Postgres(_) => format!("nothing is kept yet in {name}"),
        };
        Ok(match self {
            Self::Where => name,
            Self::Check => {
                let count = store.check().await?.with_context(nothing)?;
                format!("{name} is sound: {}.", counted(count as usize, "article"))
            }
            Self::Backup { file } => {
                ensure!(store.back_up(file).await?, nothing());
                format!("Copied {name} to {}.", file.display())
            }
            Self::Restore { file } => {
                ensure!(file.exists(), "there is no file `{}`", file.display());
                store.restore_backup(file).await?;
                match store.location() {
                    Location::Folder(folder) => {
                        let before = folder.join("pullquote.db.before");
                        let before = before.display();
                        format!("Restored {name}. What was there before is {before}.")
                    }
                    Location::Postgres(_) => format!("Restored {name}."),
                }
            }
            Self::Move { to } => {
                let other = Store::new(location(to));
                let moved = store.copy_to(&other).await;
                other.close().await;
                let moved = moved?.with_context(nothing)?;
                moved_message(&name, moved, &other)
            }
            Self::Export { server, folder } => {
                let default = PathBuf::from(format!("server-{server}"));
                let folder = folder.as_ref().unwrap_or(&default);
                let export = store.export(server.get()).await?;
                let export = export.with_context(|| format!("nothing is kept of {server}"))?;
                write_export(&export, folder)?;
                let count = counted(export.files.len(), "article");
                format!("Wrote {count} to {}.", folder.display())
            }
            Self::Delete { server, yes } => {
                let export = store.export(server.get()).await?;
                let export = export.with_context(|| format!("nothing is kept of {server}"))?;
                if !yes {
                    confirm(server.get(), &export)?;
                }
                store.delete_server(server.get()).await?;
                format!("Deleted everything of server {server}. Backups still contain it.")
            }
        })
    }
}

/// Says what was moved, and how to use it.
fn moved_message(from: &str, moved: Moved, to: &Store) -> String {
    let setting = match to.location() {
        Location::Folder(folder) => {
            format!("DATA_DIR={} and no DATABASE_URL", folder.display())
        }
        Location::Postgres(_) => "DATABASE_URL to its address".to_owned(),
    };
    let articles = counted(moved.articles as usize, "article");
    let servers = counted(moved.servers as usize, "server");
    let to = to.name();
    format!(
        "Copied {articles} of {servers} to {to}. {from} is as it was.\nTo use the copy, set {setting}, and start the bot."
    )
}

/// Where to move to.
fn location(to: &str) -> Location {
    let schemes = ["postgres://", "postgresql://"];
    if schemes.iter().any(|scheme| to.starts_with(scheme)) {
        Location::Postgres(to.to_owned())
    } else {
        Location::Folder(to.into())
    }
}

/// Asks for the server's id again: a slip must not delete another server's articles.
fn confirm(server: u64, export: &Export) -> Result<()> {
    let count = counted(export.files.len(), "article");
    let mut out = anstream::stderr().lock();
    write!(
        out,
        "This deletes {count} of server {server} for good. Type its id to confirm: "
    )?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    if line.trim() != server.to_string() {
        bail!("nothing was deleted");
    }
    Ok(())
}

/// Writes the articles as files, and everything else as `server.json`.
fn write_export(export: &Export, folder: &Path) -> Result<()> {
    let failed = || format!("cannot write to `{}`", folder.display());
    // It contains what members wrote.
    let mut private = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut private, 0o700);
    private.create(folder).with_context(failed)?;
    let mut taken = BTreeSet::from(["server.json".to_owned()]);
    let mut files = Map::new();
    for (path, content) in &export.files {
        let name = file_name(path, &mut taken);
        fs::write(folder.join(&name), content).with_context(failed)?;
        files.insert(path.clone(), name.into());
    }
    let tables = export.tables.iter().map(|(name, rows)| {
        let rows: Vec<_> = rows.iter().map(json_of).collect();
        ((*name).to_owned(), rows.into())
    });
    let tables: Map<String, serde_json::Value> = tables.collect();
    let all = json!({"files": files, "tables": tables});
    let text = serde_json::to_string_pretty(&all)?;
    fs::write(folder.join("server.json"), text + "\n").with_context(failed)
}

/// A name for the file of an article, which no other has. A member has chosen the article's name, so it must not lead out of the
/// folder or hide.
fn file_name(path: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ');
    let name: String = path
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .take(100)
        .collect();
    let name = name.trim_start_matches('.').to_owned();
    let numbered = (1..).map(|number| match number {
        1 => name.clone(),
        _ => format!("{number} {name}"),
    });
    // Some systems do not tell upper from lower case.
    let mut free = numbered.filter(|name| !name.is_empty() && taken.insert(name.to_lowercase()));
    free.next().unwrap_or_default()
}

fn json_of(row: &Row) -> serde_json::Value {
    let values = row.iter().map(|(column, value)| {
        let value = match value {
            Value::Null => serde_json::Value::Null,
            Value::Number(number) => (*number).into(),
            Value::Text(text) => text.as_str().into(),
            Value::Bytes(bytes) => hex(bytes).into(),
        };
        (column.clone(), value)
    });
    serde_json::Value::Object(values.collect())
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or_default();
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.collect()
}

#[cfg(test)]
mod tests {
    use super::file_name;
    use std::collections::BTreeSet;

    #[test]
    fn names_of_articles_stay_in_the_folder() {
        let mut taken = BTreeSet::from(["server.json".to_owned()]);
        for (path, expected) in [
            ("rules.md", "rules.md"),
            ("Rules.md", "2 Rules.md"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("/etc/passwd", "_etc_passwd"),
            (".bashrc", "bashrc"),
            ("Fähre: wann?.md", "Fähre_ wann_.md"),
            ("server.json", "2 server.json"),
            ("..", "2 "),
            ("a\0b\n.md", "a_b_.md"),
        ] {
            assert_eq!(file_name(path, &mut taken), expected, "{path}");
        }
    }
}
