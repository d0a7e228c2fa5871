//! `pullquote check`: what authors should know about their files.

use super::{knowledge, show};
use crate::doctor::{self, Finding};
use anstyle::{AnsiColor, Style};
use anyhow::Result;
use clap::Args;
use pullquote_core::article::{self, Severity};
use pullquote_library::{FileReport, Limits};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Also say what was left out of each article, and why
    #[arg(long, short)]
    verbose: bool,
    /// One JSON object a file
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let library = pullquote_library::load(dir, &Limits::default())?;
        let mut out = anstream::stdout().lock();
        for report in &library.reports {
            if self.json {
                writeln!(out, "{}", to_json(report))?;
            } else {
                self.tell(report, &mut out)?;
            }
        }
        let (articles, files) = (library.articles.len(), library.reports.len());
        if !self.json {
            let paragraphs: usize = library.reports.iter().map(|report| report.paragraphs).sum();
            writeln!(
                out,
                "{articles} of {files} files can be asked, {}",
                show::counted(paragraphs, "paragraph")
            )?;
        }
        let languages = article::languages(&library.articles);
        if let Some(tried) = knowledge::model(&languages) {
            let model = doctor::model(&languages, tried);
            if self.json {
                writeln!(out, "{}", serde_json::json!({ "model": model }))?;
            } else {
                tell_model(&model, &mut out)?;
            }
        }
        let fine = !library.has_errors() && articles > 0;
        if articles == 0 {
            anstream::eprintln!(
                "pullquote: no articles in `{}`: put {} files there",
                dir.display(),
                pullquote_readers::suggested_extensions()
            );
        }
        Ok(if fine {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }

    fn tell(&self, report: &FileReport, out: &mut impl Write) -> Result<()> {
        let path = show::safe(&report.path);
        for problem in &report.problems {
            let (style, word) = match problem.severity {
                Severity::Error => (ERROR, "error"),
                Severity::Warning => (WARNING, "warning"),
            };
            let place = problem
                .line
                .map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
            writeln!(
                out,
                "{style}{word}{style:#} {place}: {}",
                show::safe(&problem.message)
            )?;
        }
        if self.verbose {
            if let Some(article) = &report.article {
                writeln!(
                    out,
                    "{path}: article `{article}`, {}",
                    show::counted(report.paragraphs, "paragraph")
                )?;
            }
            for dropped in &report.dropped {
                let text: String = show::safe(&dropped.text).chars().take(60).collect();
                writeln!(
                    out,
                    "  left out, line {}: {} ({})",
                    dropped.lines.first,
                    text.replace('\n', " "),
                    dropped.reason
                )?;
            }
        }
        Ok(())
    }
}

fn tell_model(model: &Finding, out: &mut impl Write) -> Result<()> {
    let message = show::safe(&model.message);
    match model.remedy {
        Some(_) => writeln!(
            out,
            "{WARNING}warning{WARNING:#} EMBEDDING_MODEL: {message}"
        )?,
        None => writeln!(out, "{message}")?,
    }
    Ok(())
}

fn to_json(report: &FileReport) -> serde_json::Value {
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|problem| {
            let severity = match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            };
            serde_json::json!({ "severity": severity, "line": problem.line, "message": problem.message })
        })
        .collect();
    let dropped: Vec<_> = report
        .dropped
        .iter()
        .map(|dropped| serde_json::json!({ "lines": [dropped.lines.first, dropped.lines.last], "text": dropped.text, "reason": dropped.reason }))
        .collect();
    serde_json::json!({
        "path": report.path,
        "article": report.article,
        "paragraphs": report.paragraphs,
        "problems": problems,
        "dropped": dropped,
    })
}
