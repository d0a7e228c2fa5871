//! `pullquote doctor`: inspects this machine and Discord. The results are judged in `doctor/`.

use super::connection::Connection;
use super::knowledge;
use super::show::{self, BOLD, DIM};
use crate::bot;
use crate::config::{self, environment};
use crate::doctor::{self, FileDetails, Finding, FindingStatus};
use anstyle::{AnsiColor, Style};
use anyhow::Result;
use clap::Args;
use pullquote_core::article;
use pullquote_core::engine::Engine;
use pullquote_store::{Location, Store};
use std::fs::{self, Metadata};
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
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let config = self.connection.config();
        let invalid = config.as_ref().err();
        let mut findings = doctor::settings(invalid.map_or(&[], |error| &error.0));
        findings.extend(doctor::misspelt(&config::misspelt(environment::names())));
        if let Ok(metadata) = Path::new(environment::ENV_FILE).metadata() {
            findings.push(doctor::env_file(environment::ENV_FILE, mode(&metadata)));
        }
        findings.extend(knowledge(dir));
        findings.extend(free_bytes(dir).map(doctor::disk));
        if let Ok(settings) = config::store(&|name| std::env::var(name).ok()) {
            findings.extend(store(&Store::new(settings.location))?);
        }
        if let Ok(config) = config
            && !self.offline
        {
            let inspection = bot::inspect(&config)?;
            findings.extend(doctor::discord(
                &inspection,
                &config.auto_answer,
                &config.allowed_servers,
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

/// Checks the articles, asks them a question, and loads the sentence model.
fn knowledge(dir: &Path) -> Vec<Finding> {
    match knowledge::load(dir) {
        Ok(library) => {
            let mut findings = doctor::knowledge(&library, &dir.display().to_string());
            let languages = article::languages(&library.articles);
            if !library.articles.is_empty() {
                findings.push(doctor::question(&Engine::build(library.articles)));
            }
            findings.push(match knowledge::model(&languages) {
                Some(loaded) => doctor::model(&languages, loaded),
                None => doctor::no_model(knowledge::why_no_model()),
            });
            findings
        }
        Err(error) => {
            let cause = format!("{error:#}");
            let remedy = "`pullquote init` creates a folder with a sample article";
            vec![Finding::error("knowledge", cause, remedy)]
        }
    }
}

/// Inspects the database that keeps the articles of servers.
fn store(store: &Store) -> Result<Vec<Finding>> {
    let inspected = bot::block_on(store.inspect())?;
    let (file, is_local) = match store.location() {
        Location::Folder(folder) => (Some(file_details(folder)), true),
        Location::Postgres(address) => {
            let is_socket = address.contains("host=/") || address.contains("host=%2F");
            (None, is_socket || config::is_this_machine(address))
        }
    };
    let name = store.name();
    Ok(doctor::store(&name, &inspected, file.as_ref(), is_local))
}

fn file_details(folder: &Path) -> FileDetails {
    // The bot makes the folder with the file.
    let existing = folder.ancestors().find(|folder| folder.is_dir());
    let file = folder.join("pullquote.db").metadata();
    let backups = fs::read_dir(folder.join("backups")).into_iter().flatten();
    let made = backups.filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok());
    FileDetails {
        folder: folder.display().to_string(),
        mode: file.ok().as_ref().and_then(mode),
        free: existing.and_then(free_bytes),
        network: existing.and_then(network),
        backup: made.max().and_then(|made| made.elapsed().ok()),
    }
}

/// The network file system that a folder is on, if it is on one. The numbers are those of Linux's `statfs(2)`.
#[cfg(target_os = "linux")]
fn network(folder: &Path) -> Option<&'static str> {
    let kind = rustix::fs::statfs(folder).ok()?.f_type;
    // Some systems store it as a signed number of 32 bits.
    match kind as u32 {
        0x6969 => Some("NFS"),
        0x517b | 0xff53_4d42 | 0xfe53_4d42 => Some("SMB"),
        0x0102_1997 => Some("9P"),
        0x00c3_6400 => Some("Ceph"),
        0x5346_414f | 0x6b41_4653 => Some("AFS"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn network(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(unix)]
#[allow(
    clippy::unnecessary_wraps,
    reason = "other systems have no permission bits"
)]
fn mode(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(metadata.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> Option<u32> {
    None
}

/// Bytes that an unprivileged user can still write to the disk of a folder. `None` if the system does not say.
#[cfg(unix)]
fn free_bytes(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free_bytes(_: &Path) -> Option<u64> {
    None
}
