//! `pullquote init`: from a token to a bot that can be started. `pullquote invite`: the link once more.

use super::run::variable;
use crate::bot::{self, Application};
use crate::config::{Config, Secret, env_file};
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Where settings are kept.
const ENV_FILE: &str = ".env";
/// An article to try the bot with.
const WELCOME: &str = include_str!("welcome.md");
/// Wrong tokens before it gives up asking.
const TRIES: usize = 3;

const WHERE: &str = "The bot needs a token. On https://discord.com/developers/applications choose New Application (or yours),\n\
     then Bot > Reset Token, and copy what it shows.";

/// Set the bot up: token, `.env`, knowledge folder, invite link
#[derive(Debug, Args)]
pub(super) struct Init {
    /// Read the token from a file instead of asking for it; `-` is standard input
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Answer yes to every question
    #[arg(long, short)]
    yes: bool,
    /// Do not ask Discord whether the token works
    #[arg(long)]
    offline: bool,
    /// Another address in Discord's place, on this machine: for tests
    #[arg(long, value_name = "URL", hide_short_help = true)]
    api_base: Option<String>,
}

/// Print the link that invites the bot into a server
#[derive(Debug, Args)]
pub(super) struct Invite {
    /// Another address in Discord's place, on this machine: for tests
    #[arg(long, value_name = "URL", hide_short_help = true)]
    api_base: Option<String>,
}

impl Invite {
    pub(super) fn run(&self) -> Result<ExitCode> {
        let config = Config::read(&variable, self.api_base.as_deref())?;
        let application = bot::application(&config)?;
        writeln!(io::stdout(), "{}", bot::invite_link(application.id))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Init {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let mut out = anstream::stdout();
        let application = self.token(&mut out)?;
        keep_folder(dir)?;
        self.knowledge(dir, &mut out)?;
        match application {
            Some(application) => writeln!(
                out,
                "To invite the bot, open this link; it asks for {}:\n  {}",
                bot::INVITE_PERMISSIONS,
                bot::invite_link(application.id)
            )?,
            None => writeln!(out, "`pullquote invite` prints the link to invite the bot.")?,
        }
        writeln!(
            out,
            "Next: `pullquote doctor` checks everything, `pullquote run` starts the bot."
        )?;
        Ok(ExitCode::SUCCESS)
    }

    /// Sees to it that there is a token that works; a new one goes into `.env`.
    fn token(&self, out: &mut impl Write) -> Result<Option<Application>> {
        if let Some(path) = &self.token_file {
            let token = read_token(path)?;
            return self.take(&token, out);
        }
        let set = crate::config::has_token(&variable);
        if !io::stdin().is_terminal() {
            if set {
                return self.checked(&Config::read(&variable, self.api_base.as_deref())?, out);
            }
            bail!(
                "there is no terminal to ask for the token: give it with `--token-file FILE`, or `--token-file -` for standard input"
            );
        }
        writeln!(out, "{WHERE}")?;
        let keep = if set {
            "; Enter keeps the one that is set"
        } else {
            ""
        };
        for left in (0..TRIES).rev() {
            let typed = rpassword::prompt_password(format!("Token (not shown{keep}): "))
                .context("cannot ask for the token")?;
            let outcome = if typed.trim().is_empty() && set {
                Config::read(&variable, self.api_base.as_deref())
                    .map_err(Into::into)
                    .and_then(|config| self.checked(&config, out))
            } else {
                self.take(&typed, out)
            };
            match outcome {
                Err(error) if left > 0 => writeln!(out, "{error:#}")?,
                outcome => return outcome,
            }
        }
        bail!("no token")
    }

    /// Checks a new token and writes it down.
    fn take(&self, text: &str, out: &mut impl Write) -> Result<Option<Application>> {
        let token = Secret::token(text).map_err(|wrong| anyhow!("what was given {wrong}"))?;
        if let Some(path) = variable("DISCORD_TOKEN_FILE").filter(|path| !path.trim().is_empty()) {
            bail!("DISCORD_TOKEN_FILE names `{path}`: put the token there, or unset it first");
        }
        let new = |name: &str| match name {
            "DISCORD_TOKEN" => Some(token.expose().to_owned()),
            _ => variable(name),
        };
        let application = self.checked(&Config::read(&new, self.api_base.as_deref())?, out)?;
        let elsewhere = set_elsewhere(&token);
        set("DISCORD_TOKEN", token.expose())?;
        writeln!(
            out,
            "The token is in `{ENV_FILE}`, which only you can read."
        )?;
        if elsewhere {
            writeln!(
                out,
                "Another DISCORD_TOKEN is set in the environment, and wins: unset it."
            )?;
        }
        Ok(application)
    }

    /// Whose token it is, as Discord tells.
    fn checked(&self, config: &Config, out: &mut impl Write) -> Result<Option<Application>> {
        if self.offline {
            return Ok(None);
        }
        let application = bot::application(config)?;
        writeln!(
            out,
            "The token works: it is that of {}.",
            pullquote_core::text::safe(&application.name)
        )?;
        Ok(Some(application))
    }

    /// Offers to make the folder, with an article to try.
    fn knowledge(&self, dir: &Path, out: &mut impl Write) -> Result<()> {
        let name = dir.display();
        if dir.exists() {
            return Ok(writeln!(out, "Articles are taken from `{name}`.")?);
        }
        let question = format!("Create the folder `{name}` with an article to try?");
        if !self.yes && !confirm(&question, out)? {
            return Ok(writeln!(
                out,
                "There is no folder `{name}` yet: the bot needs one with articles."
            )?);
        }
        let cannot = || format!("cannot create `{name}`");
        fs::create_dir_all(dir).with_context(cannot)?;
        fs::write(dir.join("pull-quotes.md"), WELCOME).with_context(cannot)?;
        writeln!(
            out,
            "`{name}` holds an article to try: put yours beside it."
        )?;
        Ok(())
    }
}

/// Whether another token comes from the environment: one that does not stand in `.env`.
fn set_elsewhere(new: &Secret) -> bool {
    let set = variable("DISCORD_TOKEN").unwrap_or_default();
    let file = fs::read_to_string(ENV_FILE).unwrap_or_default();
    !set.trim().is_empty() && set != new.expose() && !file.contains(&set)
}

/// Writes down a folder that is not where it would be looked for.
fn keep_folder(dir: &Path) -> Result<()> {
    let usual = variable("KNOWLEDGE_DIR").unwrap_or("knowledge".to_owned());
    match dir.to_str() {
        Some(name) if name != usual => set("KNOWLEDGE_DIR", name),
        _ => Ok(()),
    }
}

/// A token from a file or standard input.
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

/// Yes, no, or Enter for yes; no where nobody can be asked.
fn confirm(question: &str, out: &mut impl Write) -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    write!(out, "{question} [Y/n] ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.ends_with('\n') && !line.trim().to_lowercase().starts_with('n'))
}

/// Puts a setting into `.env`. The file is written anew and then put in the old one's place, so it is never half
/// written, and from its first byte on nobody else can read it.
fn set(name: &str, value: &str) -> Result<()> {
    let cannot = || format!("cannot write `{ENV_FILE}`");
    // Where it is a link, the file behind it is written.
    let path = fs::canonicalize(ENV_FILE).unwrap_or(PathBuf::from(ENV_FILE));
    let old = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(cannot),
    };
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let mut file =
        tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new("."))).with_context(cannot)?;
    file.write_all(env_file::with(&old, name, value).as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .with_context(cannot)?;
    file.persist(&path).with_context(cannot)?;
    Ok(())
}
