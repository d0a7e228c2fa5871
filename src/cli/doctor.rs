//! `pullquote doctor`: inspects this machine and Discord. The results are judged in `doctor/`.

use super::connection::Connection;
use super::knowledge;
use super::show::{self, BOLD, DIM};
use crate::bot;
use crate::config::environment::{self, EnvFileError};
use crate::config::{self, ConfigError};
use crate::doctor::{self, Finding, FindingStatus};
use crate::machine;
use anstyle::{AnsiColor, Style};
use anyhow::Result;
use clap::Args;
use pullquote_core::article;
use pullquote_core::engine::Engine;
use pullquote_store::Store;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

const GOOD: Style = AnsiColor::Green.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default();
const ERROR: Style = AnsiColor::Red.on_default().bold();

#[derive(Debug, Args)]
#[command(after_help = "Exits with 1 if there is an error.")]
pub(super) struct Doctor {
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Check only this machine, without connecting to Discord
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    connection: Connection,
}

impl Doctor {
    /// Checks everything. `broken` is what is wrong with the file `.env`, whose settings are then missing.
    pub(super) fn run(&self, dir: &Path, broken: Option<&EnvFileError>) -> Result<ExitCode> {
        let config = self.connection.config();
        let mut findings = settings(config.as_ref().err(), broken);
        findings.extend(knowledge(dir));
        findings.extend(sources(dir));
        findings.extend(machine::free_bytes(dir).map(doctor::disk));
        findings.extend(data_folder());
        if let Ok(settings) = config::store(&environment::variable) {
            let store = Store::new(settings.location);
            findings.extend(bot::block_on(machine::store(&store))?);
        }
        if let Ok(config) = config
            && !self.offline
        {
            let inspection = bot::inspect(&config)?;
            findings.extend(doctor::discord(
                &inspection,
                (&config.auto_answer, config.reads_messages),
                &config.allowed_servers,
                &doctor::HttpSettings {
                    key: config.public_key,
                    has_address: config.interactions.is_some(),
                },
            ));
            findings.extend(doctor::helpers(&inspection, config.helpers));
            findings.extend(doctor::shards(&inspection, config.shards));
        }
        let worst = findings.iter().map(|finding| finding.status).max();
        let fine = worst < Some(FindingStatus::Error);
        let mut out = anstream::stdout().lock();
        if self.json {
            let all = serde_json::json!({ "ok": fine, "findings": findings });
            writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        } else {
            print(&findings, &mut out)?;
            writeln!(out, "{}", self.result(&findings))?;
        }
        Ok(if fine {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    /// The last line of the output.
    fn result(&self, findings: &[Finding]) -> String {
        let count = |status| {
            let such = findings.iter().filter(|finding| finding.status == status);
            such.count()
        };
        let errors = count(FindingStatus::Error);
        let warnings = show::counted(count(FindingStatus::Warning), "warning");
        match (errors, count(FindingStatus::Warning)) {
            (0, 0) if self.offline => "All checks passed. Discord was not checked.".to_owned(),
            (0, 0) => "All checks passed.".to_owned(),
            (0, _) => format!("The bot can run, with {warnings}."),
            _ => format!("{}, {warnings}.", show::counted(errors, "error")),
        }
    }
}

fn print(findings: &[Finding], out: &mut impl Write) -> Result<()> {
    for finding in findings {
        let (style, word) = match finding.status {
            FindingStatus::Ok => (GOOD, "ok"),
            FindingStatus::Warning => (WARNING, "warning"),
            FindingStatus::Error => (ERROR, "error"),
        };
        let (subject, message) = (finding.subject, show::safe(&finding.message));
        writeln!(
            out,
            "{style}{word:<8}{style:#}{BOLD}{subject:<12}{BOLD:#}{message}"
        )?;
        if let Some(remedy) = &finding.remedy {
            let remedy = show::safe(remedy);
            writeln!(out, "{:20}{DIM}→{DIM:#} {remedy}", "")?;
        }
    }
    Ok(())
}

/// Checks the settings and the file that they come from.
fn settings(invalid: Option<&ConfigError>, broken: Option<&EnvFileError>) -> Vec<Finding> {
    const FILE: &str = environment::ENV_FILE;
    let mut findings = Vec::new();
    findings.extend(broken.map(|error| doctor::broken_env_file(&error.to_string())));
    findings.extend(doctor::settings(invalid.map_or(&[], |error| &error.0)));
    findings.extend(doctor::misspelt(&config::misspelt(environment::names())));
    findings.extend(doctor::unused(&config::unused(&environment::variable)));
    if environment::is_folder() {
        findings.push(doctor::env_folder(FILE));
    } else if let Ok(metadata) = Path::new(FILE).metadata()
        && broken.is_none()
    {
        findings.push(doctor::env_file(FILE, machine::mode(&metadata)));
    }
    findings
}

/// Checks the list of sources.
fn sources(dir: &Path) -> Vec<Finding> {
    let folders = knowledge::folders(dir);
    let read = folders.sources().map_err(|error| error.to_string());
    doctor::sources(&folders.sources_file().display().to_string(), read)
}

/// Checks whether the bot can write what it keeps.
fn data_folder() -> Option<Finding> {
    let folder = config::data_folder(&environment::variable);
    let (place, error) = machine::write_error(&folder)?;
    let is_folder = place.is_dir();
    let [folder, place] = [folder, place].map(|path| path.display().to_string());
    Some(doctor::unwritable_data(&folder, &place, &error, is_folder))
}

/// Checks the articles, asks them a question, and loads the sentence model.
fn knowledge(dir: &Path) -> Vec<Finding> {
    match knowledge::load(dir) {
        Ok(library) => {
            let folder = dir.display().to_string();
            let mut findings = doctor::knowledge(&library.reports, library.articles.len(), &folder);
            let languages = article::languages(&library.articles);
            if !library.articles.is_empty() {
                findings.push(doctor::question(&Engine::build(library.articles)));
            }
            findings.push(match knowledge::model(&languages) {
                Some(loaded) => doctor::model(&languages, loaded),
                None => doctor::no_model(),
            });
            findings
        }
        Err(error) => {
            let remedy = if dir.exists() {
                "let the user that runs the bot read it, or set KNOWLEDGE_DIR to another folder"
            } else {
                "`pullquote init` creates a folder with a sample article"
            };
            vec![Finding::error("knowledge", format!("{error:#}"), remedy)]
        }
    }
}
