//! `pullquote source`: articles that come from elsewhere.

use super::knowledge::folders;
use super::place;
use super::show::counted;
use crate::bot;
use crate::config::{self, environment};
use crate::fetch::{Fetcher, Rule};
use crate::sources::{Changes, Syncing, now, recognize};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use pullquote_library::Folders;
use pullquote_sources::{Kind, Record, Source, State, Style, settings};
use pullquote_store::{Location, Store};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, absolute};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::NamedTempFile;

#[derive(Debug, Args)]
pub(super) struct SourceCommand {
    #[command(subcommand)]
    subcommand: SourceSubcommand,
}

#[derive(Debug, Subcommand)]
enum SourceSubcommand {
    /// Add a page, sitemap, feed, repository or export, and read it
    Add(Box<Add>),
    /// List the sources, or the pages of one
    List {
        /// Name of a source
        name: Option<String>,
    },
    /// Read what has changed
    Sync {
        /// Name of a source [default: all]
        name: Option<String>,
    },
    /// Remove a source and its articles
    Remove {
        /// Name of the source
        name: String,
    },
}

#[derive(Debug, Default, Args)]
struct Add {
    /// Address of a page, sitemap, feed or Git repository, or an export on this machine: a zip archive, or the XML of a wiki
    place: String,
    /// Name of the source [default: after the place]
    #[arg(long)]
    name: Option<String>,
    /// What is there [default: what it looks like]
    #[arg(long, value_parser = ["page", "sitemap", "feed", "repository", "export"])]
    kind: Option<String>,
    /// How often the bot looks at it again, such as `12 hours` [default: daily]
    #[arg(long, value_name = "TIME", value_parser = settings::duration)]
    every: Option<Duration>,
    /// Of a site, only pages whose addresses begin so
    #[arg(long, value_name = "ADDRESS")]
    within: Option<String>,
    /// Branch of a repository [default: main or master]
    #[arg(long)]
    branch: Option<String>,
    /// Folder of a repository or export that contains the articles
    #[arg(long)]
    folder: Option<String>,
    /// Address at which that folder is published, for links to its pages
    #[arg(long, value_name = "ADDRESS")]
    links: Option<String>,
    /// Allow a site of your own network, without encryption and at any port
    #[arg(long)]
    private: bool,
    /// Tool that publishes it [default: what it looks like]
    #[arg(long, value_parser = ["docusaurus", "obsidian", "mkdocs", "mdbook", "notion"])]
    style: Option<String>,
}

impl SourceCommand {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        // Like the bot's: in tests, with a stand-in for Discord, pages are played too.
        let rule = match config::api_base(&environment::variable)? {
            Some(_) => Rule::Played,
            None => Rule::Public,
        };
        let fetcher =
            Fetcher::new(rule).context("there are no encrypted connections on this machine")?;
        let folders = folders(dir);
        let syncing = Syncing::new(folders.clone(), fetcher.clone());
        let here = Here {
            syncing: syncing.context("there is no data folder")?,
            folders,
            fetcher,
            store: config::store(&environment::variable)?.location,
        };
        match &self.subcommand {
            SourceSubcommand::Add(add) => here.add(add),
            SourceSubcommand::List { name: None } => here.list(),
            SourceSubcommand::List { name: Some(name) } => here.list_pages(name),
            SourceSubcommand::Sync { name } => here.sync(name.as_deref()),
            SourceSubcommand::Remove { name } => here.remove(name),
        }
    }
}

/// Adds what is at a place, whatever it looks like, and reads it.
pub(super) fn add(dir: &Path, place: &str) -> Result<()> {
    let add = Add {
        place: place.to_owned(),
        ..Add::default()
    };
    let subcommand = SourceSubcommand::Add(Box::new(add));
    SourceCommand { subcommand }.run(dir).map(|_| ())
}

/// A knowledge folder with its sources.
struct Here {
    syncing: Syncing,
    folders: Folders,
    fetcher: Fetcher,
    /// Where bots on other machines book their requests, if that is a database that they share.
    store: Location,
}

impl Here {
    /// What is at an address.
    fn kind_at(&self, address: &str, is_private: bool) -> Result<Kind> {
        let (fetcher, hint) = if is_private {
            (self.fetcher.at_home(address)?, "")
        } else {
            let hint = " (`--private` allows a site of your own network)";
            (self.fetcher.clone(), hint)
        };
        let kind = bot::block_on(async { recognize(address, &self.paced(&fetcher)).await })?;
        let kind = kind.map_err(|reason| anyhow!("{reason}{hint}"));
        kind.with_context(|| format!("`{address}` cannot be added"))
    }

    fn add(&self, add: &Add) -> Result<ExitCode> {
        let place = &add.place;
        let mut kinds = Kind::ALL.into_iter();
        let said = kinds.find(|kind| add.kind.as_deref() == Some(kind.name()));
        let kind = match said {
            Some(kind) => kind,
            None if place::is_export(place)? => Kind::Export,
            None => self.kind_at(place, add.private)?,
        };
        let name = add.name.clone().unwrap_or_else(|| name_of(place, kind));
        let mut source = Source::new(&name, kind, place);
        if kind == Kind::Export {
            source.place = absolute(place)?.display().to_string();
        }
        source.every = add.every.unwrap_or(source.every);
        source.private = add.private;
        source.within.clone_from(&add.within);
        source.branch.clone_from(&add.branch);
        source.folder = add
            .folder
            .as_ref()
            .map(|folder| folder.trim_matches('/').to_owned());
        source.links.clone_from(&add.links);
        source.style = add.style.as_deref().and_then(Style::named);
        // Whatever is wrong with it is found before anything is fetched.
        settings::read(&settings::with(&self.text()?, &source)?)?;
        let _lock = self.lock()?;
        let read = self.look(&source);
        if read.is_err() {
            self.syncing.forget(&name)?;
        }
        let record = read.with_context(|| format!("`{place}` was not added"))?;
        // The file may have been edited meanwhile.
        self.write(&settings::with(&self.text()?, &source)?)?;
        let mut out = anstream::stdout().lock();
        writeln!(
            out,
            "Added the {} `{name}` to {}.",
            kind.name(),
            self.file()
        )?;
        show_skipped(&mut out, &record)?;
        Ok(ExitCode::SUCCESS)
    }

    fn list(&self) -> Result<ExitCode> {
        let sources = self.sources()?;
        let mut out = anstream::stdout().lock();
        if sources.is_empty() {
            writeln!(
                out,
                "There are no sources yet. Add one: pullquote source add ADDRESS"
            )?;
        }
        for source in sources {
            let record = self.syncing.record(&source);
            let copies = record.pages.values().filter(|page| page.file.is_some());
            let pages = counted(copies.count(), "page");
            writeln!(
                out,
                "{}  {} {}",
                source.name,
                source.kind.name(),
                plain(&source.place)
            )?;
            if source.private {
                writeln!(out, "    may be in a private network")?;
            }
            let read = match record.read_at {
                0 => "never read".to_owned(),
                at => format!("read {} ago", ago(at)),
            };
            let next = match record.due(&source).checked_sub(now()) {
                Some(seconds) if record.looked_at > 0 => format!("again in {}", time(seconds)),
                _ => "due now".to_owned(),
            };
            writeln!(out, "    {pages}, {read}, {next}")?;
            if let Some(failure) = &record.failure {
                writeln!(out, "    last time: {}", plain(failure))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn list_pages(&self, name: &str) -> Result<ExitCode> {
        let source = self.source(name)?;
        let mut out = anstream::stdout().lock();
        for (id, page) in self.syncing.record(&source).pages {
            writeln!(out, "{}  {}", plain(&id), state(&page.state))?;
            if let Some(file) = page.file {
                writeln!(out, "    sources/{name}/{}", plain(&file))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn sync(&self, name: Option<&str>) -> Result<ExitCode> {
        let sources = match name {
            Some(name) => vec![self.source(name)?],
            None => self.sources()?,
        };
        let _lock = self.lock()?;
        let mut code = ExitCode::SUCCESS;
        for source in sources {
            match self.look(&source) {
                Ok(record) => show_skipped(&mut anstream::stdout().lock(), &record)?,
                Err(error) => {
                    anstream::eprintln!(
                        "pullquote: {} was not read: {}",
                        source.name,
                        plain(&format!("{error:#}"))
                    );
                    code = ExitCode::FAILURE;
                }
            }
        }
        Ok(code)
    }

    fn remove(&self, name: &str) -> Result<ExitCode> {
        let Some(text) = settings::without(&self.text()?, name)? else {
            bail!(
                "there is no source `{name}` in {}: `pullquote source list` lists all",
                self.file()
            );
        };
        let _lock = self.lock()?;
        self.write(&text)?;
        if settings::is_name(name) {
            self.syncing.forget(name)?;
        }
        writeln!(
            anstream::stdout().lock(),
            "Removed `{name}` and its articles."
        )?;
        Ok(ExitCode::SUCCESS)
    }

    /// Looks at a source, and prints what has changed.
    fn look(&self, source: &Source) -> Result<Record> {
        let begun = Instant::now();
        let record = bot::block_on(async {
            let syncing = self.syncing.with_fetcher(self.paced(&self.fetcher));
            syncing.sync(source).await
        })??;
        let (changes, took) = (Changes::of(&record), begun.elapsed().as_secs_f32());
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}: {changes} ({took:.1} s)", source.name)?;
        if let Some(failure) = &record.failure {
            writeln!(out, "    ended early: {}", plain(failure))?;
        }
        Ok(record)
    }

    /// The fetcher with the pace of the bots that use the same database.
    fn paced(&self, fetcher: &Fetcher) -> Fetcher {
        let store = Arc::new(Store::new(self.store.clone()));
        bot::with_shared_pace(fetcher.clone(), &store)
    }

    fn lock(&self) -> Result<File> {
        let lock = self
            .syncing
            .lock()
            .context("cannot write to the data folder")?;
        Ok(lock?)
    }

    fn sources(&self) -> Result<Vec<Source>> {
        let sources = self.syncing.sources();
        sources.with_context(|| format!("cannot use {}", self.file()))
    }

    fn source(&self, name: &str) -> Result<Source> {
        let found = self
            .sources()?
            .into_iter()
            .find(|source| source.name == name);
        found.with_context(|| {
            format!(
                "there is no source `{name}` in {}: `pullquote source list` lists all",
                self.file()
            )
        })
    }

    /// The text of the file with the sources.
    fn text(&self) -> Result<String> {
        let text = self.folders.sources_text();
        text.with_context(|| format!("cannot read {}", self.file()))
    }

    /// Writes it beside the old one, then renames it.
    fn write(&self, text: &str) -> Result<()> {
        let file = self.folders.sources_file();
        let folder = file
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let written =
            NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).and_then(|mut new| {
                new.write_all(text.as_bytes())?;
                readable(new.as_file())?;
                new.persist(&file)?;
                Ok(())
            });
        written.with_context(|| format!("cannot write {}", self.file()))
    }

    fn file(&self) -> String {
        format!("`{}`", self.folders.sources_file().display())
    }
}

/// Lets others read a file, as is usual: it contains no secrets.
#[cfg(unix)]
fn readable(file: &File) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> io::Result<()> {
    Ok(())
}

/// The name of a source of which none was given: of its host, repository or file.
fn name_of(place: &str, kind: Kind) -> String {
    let place = place.trim_end_matches('/');
    let part = match kind {
        Kind::Export => Path::new(place).file_stem().and_then(|stem| stem.to_str()),
        Kind::Repository => place.split('/').nth(4),
        _ => place
            .split("://")
            .nth(1)
            .and_then(|rest| rest.split(['/', ':']).next()),
    };
    name_from(part.unwrap_or("source"))
}

fn name_from(text: &str) -> String {
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() {
            letter
        } else {
            '-'
        }
    };
    let name: String = text
        .to_ascii_lowercase()
        .chars()
        .map(plain)
        .take(40)
        .collect();
    let name = name.trim_matches('-');
    if settings::is_name(name) {
        name.to_owned()
    } else {
        "source".to_owned()
    }
}

/// Pages that are not used, or no longer there: of each reason, a few.
fn show_skipped(out: &mut impl Write, record: &Record) -> Result<()> {
    const SHOWN: usize = 5;
    let mut told: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (id, page) in &record.pages {
        let state = match &page.state {
            State::Skipped(_) | State::Gone => state(&page.state),
            State::Taken | State::Unchanged => continue,
        };
        told.entry(state).or_default().push(id);
    }
    for (state, ids) in told {
        for id in ids.iter().take(SHOWN) {
            writeln!(out, "    {}  {state}", plain(id))?;
        }
        if let Some(more @ 1..) = ids.len().checked_sub(SHOWN) {
            writeln!(out, "    and {more} more  {state}")?;
        }
    }
    Ok(())
}

/// What happened to a page, in words.
fn state(state: &State) -> String {
    match state {
        State::Taken => "taken".to_owned(),
        State::Unchanged => "unchanged".to_owned(),
        State::Skipped(reason) => format!("skipped: {}", plain(reason)),
        State::Gone => "gone".to_owned(),
    }
}

/// What a site says, without what would steer a terminal.
fn plain(text: &str) -> String {
    let shown = |letter: char| {
        if letter.is_control() {
            '\u{fffd}'
        } else {
            letter
        }
    };
    text.chars().map(shown).collect()
}

fn ago(at: u64) -> String {
    time(now().saturating_sub(at))
}

fn time(seconds: u64) -> String {
    match seconds {
        0..=119 => counted(seconds as usize, "second"),
        120..=7_199 => counted((seconds / 60) as usize, "minute"),
        7_200..=172_799 => counted((seconds / 3_600) as usize, "hour"),
        _ => counted((seconds / 86_400) as usize, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::{name_of, plain};
    use pullquote_sources::Kind;

    #[test]
    fn sources_are_named_after_their_places() {
        for (place, kind, expected) in [
            (
                "https://docs.example.org/sitemap.xml",
                Kind::Sitemap,
                "docs-example-org",
            ),
            (
                "https://codeberg.org/club/Club_Wiki/",
                Kind::Repository,
                "club-wiki",
            ),
            (
                "https://github.com/club/wiki/tree/main/docs",
                Kind::Repository,
                "wiki",
            ),
            ("exports/Our notes.zip", Kind::Export, "our-notes"),
            ("https://例え.example/", Kind::Page, "example"),
        ] {
            assert_eq!(name_of(place, kind), expected);
        }
        assert_eq!(plain("a\u{1b}[31m"), "a\u{fffd}[31m");
    }
}
