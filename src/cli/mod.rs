//! The command line: what can be typed, one file per command.
//!
//! Exit codes: 0 when answered or honestly unknown, 2 for wrong usage, 1 for what failed.

mod articles;
mod ask;
mod card;
mod chat;
mod check;
mod commands;
mod doctor;
pub mod eval;
mod health;
mod init;
mod json;
mod keywords;
pub mod knowledge;
mod run;
mod search;
mod show;
mod summary;

use anyhow::{Context, Result};
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

/// Answers questions from your own articles, word for word.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true, after_help = EXAMPLES)]
struct Arguments {
    /// Folder that holds the articles
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "KNOWLEDGE_DIR",
        default_value = "knowledge"
    )]
    knowledge: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  pullquote ask \"What does juche mean?\"
  pullquote ask wat does jusche mean
  pullquote search '\"unipolar moment\" -trump'
  pullquote summary --length medium
  pullquote check --verbose";

#[derive(Debug, Subcommand)]
enum Command {
    /// Set the bot up: token, `.env`, knowledge folder, invite link
    Init(init::Init),
    /// Print the link that invites the bot into a server
    Invite(init::Invite),
    /// Look at everything that can be wrong, here and on Discord
    Doctor(doctor::Doctor),
    /// Run the bot on Discord
    Run(run::Run),
    /// Ask the bot that runs here how it is
    Health(health::Health),
    /// Ask a question and get the sentences that answer it
    Ask(ask::Ask),
    /// Find passages that hold keywords
    Search(search::Search),
    /// The gist of an article in its own sentences
    Summary(summary::Summarise),
    /// What an article is about, in a few phrases
    Keywords(keywords::Keywords),
    /// List the articles
    Articles(articles::Articles),
    /// Say what is wrong with the files of the knowledge folder
    Check(check::Check),
    /// Ask interactively
    Chat,
    /// Show, register or remove the bot's commands on Discord
    Commands(commands::Commands),
    /// Measure the answers to a question set
    Eval(eval::Eval),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the man pages into a folder
    #[command(hide = true)]
    Man {
        /// The folder
        folder: PathBuf,
    },
}

/// The arguments, `-word` of a question with a true minus sign: else it would be taken for an option.
fn arguments() -> impl Iterator<Item = OsString> {
    let mut asked = false;
    std::env::args_os().map(move |argument| {
        asked |= argument == "ask" || argument == "search";
        let word = argument.to_str().and_then(|text| text.strip_prefix('-'));
        let word =
            word.filter(|word| asked && word.len() > 1 && word.starts_with(char::is_alphabetic));
        match word {
            Some(word) => format!("\u{2212}{word}").into(),
            None => argument,
        }
    })
}

/// Runs the program.
pub fn main() -> ExitCode {
    if let Err(wrong) = read_env_file() {
        anstream::eprintln!("pullquote: cannot read `.env`: {wrong}");
        return ExitCode::FAILURE;
    }
    match run(Arguments::parse_from(arguments())) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("pullquote: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Settings from `.env`, for those that the environment does not have.
fn read_env_file() -> Result<(), String> {
    match dotenvy::dotenv() {
        // What cannot be read may be the token: it is not shown.
        Err(dotenvy::Error::LineParse(wrong, _)) => {
            let text = fs::read_to_string(".env").unwrap_or_default();
            // What is wrong may stand elsewhere too, and be fine there. It is more than the line where
            // quotation marks are not closed.
            let is_wrong = |line: &str| {
                let mut read = dotenvy::from_read_iter(line.as_bytes());
                let part = |one| matches!(one, Err(dotenvy::Error::LineParse(part, _)) if wrong.starts_with(part.trim_end()));
                read.any(part)
            };
            let mut lines = text.trim_start_matches('\u{feff}').lines();
            let place = lines.position(is_wrong);
            let line = place.map_or_else(|| "a line".to_owned(), |at| format!("line {}", at + 1));
            Err(format!(
                "{line} is not of the form NAME=value; a value with blanks stands in 'quotation marks'"
            ))
        }
        Err(error) if !error.not_found() => Err(error.to_string()),
        _ => Ok(()),
    }
}

fn run(arguments: Arguments) -> Result<ExitCode> {
    let dir = &arguments.knowledge;
    let command = match arguments.command {
        Some(command) => command,
        None if run::has_token() || io::stdin().is_terminal() => return run::bare(dir),
        None => {
            Arguments::command().print_help()?;
            return Ok(ExitCode::from(2));
        }
    };
    match command {
        Command::Init(init) => init.run(dir),
        Command::Invite(invite) => invite.run(),
        Command::Doctor(doctor) => doctor.run(dir),
        Command::Run(run) => run.run(dir),
        Command::Health(health) => health.run(),
        Command::Ask(ask) => ask.run(dir),
        Command::Search(search) => search.run(dir),
        Command::Summary(summary) => summary.run(dir),
        Command::Keywords(keywords) => keywords.run(dir),
        Command::Articles(articles) => articles.run(dir),
        Command::Check(check) => check.run(dir),
        Command::Chat => chat::run(dir),
        Command::Commands(commands) => commands.run(),
        Command::Eval(eval) => eval.run(dir),
        Command::Completions { shell } => {
            clap_complete::generate(
                shell,
                &mut Arguments::command(),
                "pullquote",
                &mut io::stdout(),
            );
            Ok(ExitCode::SUCCESS)
        }
        Command::Man { folder } => {
            let written = clap_mangen::generate_to(Arguments::command(), &folder);
            written.with_context(|| format!("cannot write to `{}`", folder.display()))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// `pullquote ask ... | head -1` is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}
