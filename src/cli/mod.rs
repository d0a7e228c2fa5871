//! The command line: one file per command.
//!
//! Exit codes: 0 for success, also if no answer was found; 1 for errors; 2 for wrong usage.
//!
//! - `knowledge.rs`: loads the articles; `connection.rs`: settings of commands that talk to Discord
//! - `freed_memory.rs`: how glibc manages the memory of a bot that runs for months
//! - `numbers.rs`, `place.rs`: numbers and places that are typed
//! - `usage.rs`: what is suggested in place of what was typed wrongly
//! - `show.rs`, `explain.rs`, `card.rs`: answers and cards as text; `json.rs`: answers as JSON

mod articles;
mod ask;
mod card;
mod chat;
mod check;
mod commands;
mod connection;
mod data;
mod demo;
mod doctor;
pub mod eval;
mod explain;
mod freed_memory;
mod health;
mod init;
mod insights;
mod json;
mod keywords;
pub mod knowledge;
mod model;
mod numbers;
mod place;
mod run;
mod search;
mod show;
mod source;
mod summary;
mod usage;

use crate::config::environment::{self, EnvFileError};
use anyhow::{Context, Result};
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Answer questions from your own articles, word for word
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, disable_help_subcommand = true, after_help = EXAMPLES)]
struct Arguments {
    /// Folder with the articles
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "KNOWLEDGE_DIR",
        default_value = KNOWLEDGE,
        value_parser = OsStringValueParser::new().map(folder)
    )]
    knowledge: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The folder with the articles, unless another one is named.
const KNOWLEDGE: &str = "knowledge";

/// The folder that is named. Like other settings, a blank `KNOWLEDGE_DIR` counts as unset.
fn folder(name: OsString) -> PathBuf {
    if name.to_string_lossy().trim().is_empty() {
        return KNOWLEDGE.into();
    }
    environment::with_home(name).into()
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
    /// Set up the bot: token, `.env`, knowledge folder, invite link
    Init(init::Init),
    /// Print the link that invites the bot to a server
    Invite(init::Invite),
    /// Check settings, articles and Discord, and say how to fix problems
    Doctor(doctor::Doctor),
    /// Run the bot on Discord
    Run(run::Run),
    /// Run the bot on interactions that Discord sends over HTTP, without the gateway
    Serve(run::Run),
    /// Check the health of the bot that runs on this machine
    Health(health::Health),
    /// Ask a question and print the sentences that answer it
    Ask(ask::Ask),
    /// Find passages containing keywords
    Search(search::Search),
    /// Summarise an article in its own sentences
    Summary(summary::SummaryCommand),
    /// List the key phrases of an article
    Keywords(keywords::Keywords),
    /// List the articles
    Articles(articles::Articles),
    /// Check the files in the knowledge folder
    Check(check::Check),
    /// List, add, read or remove what articles come from
    Source(source::SourceCommand),
    /// Ask questions interactively
    Chat(chat::ChatCommand),
    /// Show the bot's cards in the browser, without Discord
    Demo(demo::Demo),
    /// Show, register or remove the bot's commands on Discord
    Commands(commands::Commands),
    /// Check, back up, restore, move, export or delete what is kept of servers
    Data(data::Data),
    /// List the questions that the bot could not answer
    Insights(insights::Insights),
    /// Measure how well question sets are answered
    Eval(eval::Eval),
    /// List, add, choose or remove sentence models
    Model(model::Model),
    /// Print shell completions
    Completions {
        /// Shell to print completions for
        #[arg(ignore_case = true)]
        shell: Shell,
    },
    /// Write the man pages to a folder
    #[command(hide = true)]
    Man {
        /// Folder to write to
        folder: PathBuf,
    },
}

/// The program's arguments. In a question, the hyphen of `-word` becomes U+2212, so that clap does not take it for an
/// option; the query parser knows both. In an option, `--file=~/a` means the home folder.
fn arguments() -> impl Iterator<Item = OsString> {
    let mut asked = false;
    std::env::args_os().map(move |argument| {
        asked |= argument == "ask" || argument == "search";
        let word = argument.to_str().and_then(|text| text.strip_prefix('-'));
        let word =
            word.filter(|word| asked && word.len() > 1 && word.starts_with(char::is_alphabetic));
        if let Some(word) = word {
            return format!("\u{2212}{word}").into();
        }
        match argument.to_str().and_then(|text| text.split_once('=')) {
            Some((option, value)) if option.starts_with("--") => {
                let mut argument = OsString::from(format!("{option}="));
                argument.push(environment::with_home(value.into()));
                argument
            }
            _ => argument,
        }
    })
}

/// Runs the program.
pub fn main() -> ExitCode {
    if let Some(arguments) = file_to_read() {
        return pullquote_sandbox::serve(&arguments);
    }
    match start() {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("pullquote: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Forbids core dumps, which would contain the token. Where the system refuses, the program runs all the same.
#[cfg(unix)]
fn forbid_core_dumps() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);
}

/// The arguments for [`pullquote_sandbox::serve`], if this process is the child of another one. Such a process does nothing
/// else: it loads no `.env`, and knows no secrets.
fn file_to_read() -> Option<Vec<String>> {
    let arguments: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let (command, rest) = arguments.split_first()?;
    (command == pullquote_sandbox::COMMAND).then(|| rest.to_vec())
}

/// Loads `.env` before anything else, because clap reads `KNOWLEDGE_DIR` from the environment.
fn start() -> Result<ExitCode> {
    #[cfg(unix)]
    forbid_core_dumps();
    let broken = environment::load().err();
    let arguments = Arguments::try_parse_from(arguments());
    let arguments = arguments.unwrap_or_else(|error| usage::only_close(error).exit());
    run(arguments, broken)
}

/// Runs a command. If the file `.env` is broken, only `doctor` runs, and tells.
fn run(arguments: Arguments, broken: Option<EnvFileError>) -> Result<ExitCode> {
    let dir = &arguments.knowledge;
    let is_doctor = matches!(arguments.command, Some(Command::Doctor(_)));
    let broken = match broken {
        Some(error) if !is_doctor => return Err(error.into()),
        broken => broken,
    };
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
        Command::Doctor(doctor) => doctor.run(dir, broken.as_ref()),
        Command::Run(run) => run.run(dir),
        Command::Serve(serve) => serve.serve(dir),
        Command::Health(health) => health.run(),
        Command::Ask(ask) => ask.run(dir),
        Command::Search(search) => search.run(dir),
        Command::Summary(summary) => summary.run(dir),
        Command::Keywords(keywords) => keywords.run(dir),
        Command::Articles(articles) => articles.run(dir),
        Command::Check(check) => check.run(dir),
        Command::Source(source) => source.run(dir),
        Command::Chat(chat) => chat.run(dir),
        Command::Demo(demo) => demo.run(dir),
        Command::Commands(commands) => commands.run(),
        Command::Data(data) => data.run(),
        Command::Insights(insights) => insights.run(),
        Command::Eval(eval) => eval.run(dir),
        Command::Model(model) => model.run(),
        Command::Completions { shell } => {
            let mut command = Arguments::command();
            // Writing directly, it would panic on a closed pipe.
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command, "pullquote", &mut script);
            io::stdout().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man { folder } => {
            let written = clap_mangen::generate_to(Arguments::command(), &folder);
            written.with_context(|| format!("cannot write to `{}`", folder.display()))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Whether the reader of a pipe has closed it, as in `pullquote ask ... | head -1`.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &io::Error| error.kind() == ErrorKind::BrokenPipe;
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}
