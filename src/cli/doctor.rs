//! `pullquote doctor`: looks at this machine and at Discord; what to make of it is decided in `doctor/`.

use super::knowledge;
use super::run::{variable, variables};
use super::show::{self, BOLD, DIM};
use crate::bot;
use crate::config::{self, Config};
use crate::doctor::{self, Finding, Status};
use anstyle::{AnsiColor, Style};
use anyhow::Result;
use clap::Args;
use pullquote_core::article;
use pullquote_core::engine::Engine;
use pullquote_library::Limits;
use std::fs::Metadata;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

const GOOD: Style = AnsiColor::Green.on_default();
const WARNING: Style = AnsiColor::Yellow.on_default();
const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Look at everything that can be wrong, here and on Discord
#[derive(Debug, Args)]
pub(super) struct Doctor {
    /// As one JSON object
    #[arg(long)]
    json: bool,
    /// Look at this machine only
    #[arg(long)]
    offline: bool,
    /// Another address in Discord's place, on this machine: for tests
    #[arg(long, value_name = "URL", hide_short_help = true)]
    api_base: Option<String>,
}

impl Doctor {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let config = Config::read(&variable, self.api_base.as_deref());
        let problems = config.as_ref().err();
        let mut findings = doctor::settings(problems.map_or(&[], |problems| &problems.0));
        findings.extend(doctor::misspelt(&config::misspelt(variables())));
        if let Ok(metadata) = Path::new(".env").metadata() {
            findings.push(doctor::env_file(".env", mode(&metadata)));
        }
        findings.extend(knowledge(dir));
        findings.extend(free(dir).map(doctor::disk));
        if let Ok(config) = config
            && !self.offline
        {
            let seen = bot::inspect(&config)?;
            findings.extend(doctor::discord(&seen, &config.auto_answer));
        }
        let worst = findings.iter().map(|finding| finding.status).max();
        let fine = worst < Some(Status::Error);
        let mut out = anstream::stdout().lock();
        if self.json {
            let all = serde_json::json!({ "ok": fine, "findings": findings });
            writeln!(out, "{}", serde_json::to_string_pretty(&all)?)?;
        } else {
            tell(&findings, self.offline, &mut out)?;
        }
        Ok(if fine {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

fn tell(findings: &[Finding], offline: bool, out: &mut impl Write) -> Result<()> {
    for finding in findings {
        let (style, word) = match finding.status {
            Status::Ok => (GOOD, "ok"),
            Status::Warning => (WARNING, "warning"),
            Status::Error => (ERROR, "error"),
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
    let count = |status| {
        let such = findings.iter().filter(|finding| finding.status == status);
        such.count()
    };
    let (errors, warnings) = (count(Status::Error), count(Status::Warning));
    match (errors, warnings) {
        (0, 0) if offline => writeln!(out, "All is well here; Discord was not asked.")?,
        (0, 0) => writeln!(out, "All is well.")?,
        (0, _) => writeln!(out, "It can run; warnings: {warnings}.")?,
        _ => writeln!(out, "Errors: {errors}, warnings: {warnings}.")?,
    }
    Ok(())
}

/// The articles, and a question on them.
fn knowledge(dir: &Path) -> Vec<Finding> {
    match pullquote_library::load(dir, &Limits::default()) {
        Ok(library) => {
            let mut findings = doctor::knowledge(&library, &dir.display().to_string());
            let languages = article::languages(&library.articles);
            if !library.articles.is_empty() {
                findings.push(doctor::question(&Engine::build(library.articles)));
            }
            let model = knowledge::model(&languages);
            findings.extend(model.map(|tried| doctor::model(&languages, tried)));
            findings
        }
        Err(error) => {
            let cause = format!("{:#}", anyhow::Error::from(error));
            let remedy = "`pullquote init` makes a folder with an article to try";
            vec![Finding::error("knowledge", cause, remedy)]
        }
    }
}

#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "other systems have no mode")]
fn mode(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    Some(metadata.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> Option<u32> {
    None
}

/// Free bytes of the disk that a folder is on.
#[cfg(unix)]
fn free(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}
