//! `pullquote init` sets up the bot; `pullquote invite` prints the invite link.

use super::connection::Connection;
use super::knowledge;
use super::{KNOWLEDGE, place, show, source};
use crate::bot::{self, Application};
use crate::config::environment::{ENV_FILE, variable, with_home};
use crate::config::{self, Config, Secret, env_file};
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use pullquote_core::answer::{Options, Outcome};
use pullquote_core::text::safe;
use pullquote_library::is_hidden;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The sample article.
const WELCOME: &str = include_str!("welcome.md");
/// How often the token is asked for before `init` gives up.
const MAX_TRIES: usize = 3;

const GET_TOKEN: &str = "To get the bot's token, open https://discord.com/developers/applications, select your application\n\
     (or New Application), then Bot > Reset Token, and copy the token.";

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Read the token from a file instead of asking; `-` is standard input
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Where the articles are: a folder, an address (a site, a feed, a Git repository), or an export (a zip archive, or the XML of a wiki)
    #[arg(long, value_name = "PLACE")]
    articles: Option<String>,
    /// Ask nothing, and start with a sample article if there are none
    #[arg(long, short)]
    yes: bool,
    /// Do not check the token with Discord
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Debug, Args)]
pub(super) struct Invite {
    #[command(flatten)]
    connection: Connection,
}

impl Invite {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let application = bot::application(&self.connection.config()?)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{}", bot::invite_link(application.id))?;
        if application.has_user_install {
            let link = bot::user_install_link(application.id);
            writeln!(
                out,
                "To use it in groups and direct messages, add it to your account: {link}"
            )?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Init {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let mut out = anstream::stdout();
        // Before anything is written: a second try would find what the first one left.
        if let Some(place) = &self.articles {
            check(place)?;
        }
        let application = self.token(&mut out)?;
        let dir = &self.knowledge(dir, &mut out)?;
        save_folder(dir)?;
        show_answer(dir, &mut out)?;
        match application {
            Some(application) => writeln!(
                out,
                "To invite the bot, open this link. It requests only these permissions: {}.\n  {}",
                bot::INVITE_PERMISSIONS,
                bot::invite_link(application.id)
            )?,
            None => writeln!(out, "To get the invite link, run `pullquote invite`.")?,
        }
        writeln!(
            out,
            "Next, run `pullquote doctor` to check the setup and `pullquote run` to start the bot."
        )?;
        Ok(ExitCode::SUCCESS)
    }

    /// Makes sure that there is a valid token. Returns the application it belongs to, or `None` with `--offline`.
    fn token(&self, out: &mut impl Write) -> Result<Option<Application>> {
        if let Some(path) = &self.token_file {
            return self.save_token(&read_token(path)?, out);
        }
        let is_set = config::has_token(&variable);
        if io::stdin().is_terminal() {
            return self.ask_for_token(is_set, out);
        }
        if is_set {
            return self.check(&self.connection.config()?, out);
        }
        bail!(
            "no terminal to ask for the token: use `--token-file FILE`, or `--token-file -` to read it from standard input"
        )
    }

    fn ask_for_token(&self, is_set: bool, out: &mut impl Write) -> Result<Option<Application>> {
        writeln!(out, "{GET_TOKEN}")?;
        let keep = if is_set {
            "; press Enter to keep the current one"
        } else {
            ""
        };
        for left in (0..MAX_TRIES).rev() {
            let typed = rpassword::prompt_password(format!("Token (hidden{keep}): "))
                .context("cannot read the token from the terminal")?;
            let result = if typed.trim().is_empty() && is_set {
                let config = self.connection.config().map_err(Into::into);
                config.and_then(|config| self.check(&config, out))
            } else {
                self.save_token(&typed, out)
            };
            match result {
                Err(error) if left > 0 => writeln!(out, "{error:#}")?,
                result => return result,
            }
        }
        bail!("no valid token")
    }

    /// Checks a new token and writes it into `.env`.
    fn save_token(&self, text: &str, out: &mut impl Write) -> Result<Option<Application>> {
        let token = Secret::token(text).map_err(|wrong| anyhow!("this text {wrong}"))?;
        if let Some(path) = variable("DISCORD_TOKEN_FILE").filter(|path| !path.trim().is_empty()) {
            bail!(
                "DISCORD_TOKEN_FILE is set to `{path}`: put the token into that file, or unset DISCORD_TOKEN_FILE"
            );
        }
        let with_token = |name: &str| match name {
            "DISCORD_TOKEN" => Some(token.expose().to_owned()),
            _ => variable(name),
        };
        let application = self.check(&self.connection.config_from(&with_token)?, out)?;
        let overridden = overrides(&token);
        save("DISCORD_TOKEN", token.expose())?;
        writeln!(
            out,
            "Saved the token in `{ENV_FILE}`{}.",
            if cfg!(unix) {
                ", which only you can read"
            } else {
                ""
            }
        )?;
        if overridden {
            writeln!(
                out,
                "The environment contains another DISCORD_TOKEN, which takes precedence over `{ENV_FILE}`: unset it."
            )?;
        }
        Ok(application)
    }

    /// Asks Discord which application the token belongs to.
    fn check(&self, config: &Config, out: &mut impl Write) -> Result<Option<Application>> {
        if self.offline {
            return Ok(None);
        }
        let application = bot::application(config)?;
        writeln!(
            out,
            "The token works. It belongs to {}.",
            safe(&application.name)
        )?;
        Ok(Some(application))
    }

    /// Makes sure that there are articles, or says how to add some. Returns the knowledge folder.
    fn knowledge(&self, dir: &Path, out: &mut impl Write) -> Result<PathBuf> {
        if let Some(place) = &self.articles {
            return take(place, dir, out);
        }
        let name = dir.display();
        if has_files(dir) {
            writeln!(out, "Articles are read from `{name}`.")?;
        } else if self.yes {
            create_sample(dir, out)?;
        } else if io::stdin().is_terminal() {
            return ask_for_articles(dir, out);
        } else if dir.exists() {
            writeln!(
                out,
                "The folder `{name}` is empty: put your articles there."
            )?;
        } else {
            writeln!(
                out,
                "The folder `{name}` does not exist yet: create it and put your articles there."
            )?;
        }
        Ok(dir.to_owned())
    }
}

/// Whether a folder contains anything that the bot may read: articles, folders, or a list of sources. A path that is no folder,
/// or that cannot be listed, is left alone too.
fn has_files(dir: &Path) -> bool {
    match fs::read_dir(dir) {
        Ok(mut entries) => entries
            .any(|entry| entry.is_ok_and(|entry| !is_hidden(&entry.file_name().to_string_lossy()))),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// Checks a place that is typed, without reading what is there.
fn check(place: &str) -> Result<()> {
    if Path::new(place).is_dir() {
        return Ok(());
    }
    place::is_export(place).map(drop)
}

/// Asks where the articles are until something can be read there. Returns the knowledge folder.
fn ask_for_articles(dir: &Path, out: &mut impl Write) -> Result<PathBuf> {
    writeln!(
        out,
        "Where are your articles? Type a folder, or the address of a site, a feed or a Git repository."
    )?;
    for left in (0..MAX_TRIES).rev() {
        write!(out, "Articles (Enter for a sample article): ")?;
        out.flush()?;
        let mut place = String::new();
        io::stdin().read_line(&mut place)?;
        let taken = match place.trim() {
            "" => create_sample(dir, out).map(|()| dir.to_owned()),
            place => take(&with_home(place.into()).to_string_lossy(), dir, out),
        };
        match taken {
            Err(error) if left > 0 => writeln!(out, "{error:#}")?,
            result => return result,
        }
    }
    bail!("no articles")
}

/// Takes the articles from a folder, or from a place that becomes a source. Returns the knowledge folder.
fn take(place: &str, dir: &Path, out: &mut impl Write) -> Result<PathBuf> {
    if Path::new(place).is_dir() {
        writeln!(out, "Articles are read from `{place}`.")?;
        return Ok(place.into());
    }
    place::is_export(place)?;
    fs::create_dir_all(dir).with_context(|| format!("cannot create `{}`", dir.display()))?;
    writeln!(out, "Reading `{place}`.")?;
    source::add(dir, place)?;
    Ok(dir.to_owned())
}

/// Writes the sample article into the knowledge folder, which is created.
fn create_sample(dir: &Path, out: &mut impl Write) -> Result<()> {
    write_sample(dir)?;
    writeln!(
        out,
        "Wrote a sample article into `{}`. Put your own articles there.",
        dir.display()
    )?;
    Ok(())
}

/// Writes the sample article into a folder, which is created.
pub(super) fn write_sample(dir: &Path) -> Result<()> {
    let cannot = || format!("cannot create `{}`", dir.display());
    fs::create_dir_all(dir).with_context(cannot)?;
    fs::write(dir.join("pull-quotes.md"), WELCOME).with_context(cannot)
}

/// Shows how a question is answered from the articles. What is wrong with them, `check` tells better.
fn show_answer(dir: &Path, out: &mut impl Write) -> Result<()> {
    let Ok(engine) = knowledge::engine(dir) else {
        return Ok(());
    };
    let Some(question) = pullquote_cards::example(&engine) else {
        return Ok(());
    };
    let options = Options {
        limit: 1,
        ..Options::default()
    };
    let answer = engine.ask(&question, &options);
    if answer.outcome == Outcome::Quoted {
        let shown = show::answer(&engine, &answer);
        writeln!(
            out,
            "\nThis is how it answers \u{201c}{}\u{201d}:\n{shown}",
            safe(&question)
        )?;
    }
    Ok(())
}

/// Whether the environment contains another token, which is not from `.env`.
fn overrides(new: &Secret) -> bool {
    let set = variable("DISCORD_TOKEN").unwrap_or_default();
    let file = fs::read_to_string(ENV_FILE).unwrap_or_default();
    !set.trim().is_empty() && set != new.expose() && !file.contains(&set)
}

/// Saves the knowledge folder in `.env`, unless it is where the bot looks anyway.
fn save_folder(dir: &Path) -> Result<()> {
    let set = variable("KNOWLEDGE_DIR").filter(|name| !name.trim().is_empty());
    let usual = set.unwrap_or(KNOWLEDGE.to_owned());
    match dir.to_str() {
        Some(name) if name != usual => save("KNOWLEDGE_DIR", name),
        _ => Ok(()),
    }
}

fn save(name: &str, value: &str) -> Result<()> {
    env_file::set(Path::new(ENV_FILE), name, value)
        .with_context(|| format!("cannot write `{ENV_FILE}`"))
}

/// Reads a token from a file, or from standard input for `-`.
fn read_token(path: &Path) -> Result<String> {
    let mut text = String::new();
    if path == Path::new("-") {
        io::stdin().read_to_string(&mut text)
    } else {
        fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text))
    }
    .with_context(|| format!("cannot read the token from `{}`", path.display()))?;
    Ok(text)
}
