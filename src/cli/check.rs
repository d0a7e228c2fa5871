//! `pullquote check`: reports problems in the files of the knowledge folder.

use super::{knowledge, show};
use crate::doctor::{self, Finding};
use anstyle::{AnsiColor, Style};
use anyhow::Result;
use clap::Args;
use pullquote_core::article::{self, Numbering, Severity};
use pullquote_library::{FileReport, Library};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default();
/// Characters printed of a removed text.
const EXCERPT: usize = 60;

#[derive(Debug, Args)]
#[command(after_help = "Exits with 1 if a file cannot be used or there are no articles.")]
pub(super) struct Check {
    /// Also list the text that was removed from each article, and why
    #[arg(long, short)]
    verbose: bool,
    /// Print one JSON object per file
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let library = knowledge::load(dir)?;
        let mut out = anstream::stdout().lock();
        if self.json {
            for report in &library.reports {
                writeln!(out, "{}", to_json(report))?;
            }
        } else {
            self.print(&library, &mut out)?;
        }
        let languages = article::languages(&library.articles);
        if let Some(loaded) = knowledge::model(&languages) {
            let model = doctor::model(&languages, loaded);
            if self.json {
                writeln!(out, "{}", serde_json::json!({ "model": model }))?;
            } else {
                print_model(&model, &mut out)?;
            }
        }
        if library.articles.is_empty() {
            anstream::eprintln!(
                "pullquote: no articles in `{}`: put {} files there",
                dir.display(),
                pullquote_readers::suggested_extensions()
            );
        }
        Ok(if library.has_errors() || library.articles.is_empty() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }

    fn print(&self, library: &Library, out: &mut impl Write) -> Result<()> {
        for report in &library.reports {
            print_problems(report, out)?;
            if self.verbose {
                print_removed(report, out)?;
            }
        }
        print_unused_keys(&library.reports, out)?;
        let files = library.reports.iter().filter(|report| !report.is_folder());
        let paragraphs: usize = library.reports.iter().map(|report| report.paragraphs).sum();
        writeln!(
            out,
            "{} of {} used, {}",
            library.articles.len(),
            show::counted(files.count(), "file"),
            show::counted(paragraphs, "paragraph")
        )?;
        Ok(())
    }
}

fn print_problems(report: &FileReport, out: &mut impl Write) -> Result<()> {
    let path = show::safe(&report.path);
    for problem in &report.problems {
        let (style, word) = match problem.severity {
            Severity::Error => (ERROR, "error"),
            Severity::Warning => (WARNING, "warning"),
        };
        let place = problem
            .line
            .map_or_else(|| path.clone(), |line| format!("{path}:{line}"));
        let message = show::safe(&problem.message);
        writeln!(out, "{style}{word}{style:#} {place}: {message}")?;
    }
    Ok(())
}

/// Prints one line for all files: documentation tools put the same keys into each.
fn print_unused_keys(reports: &[FileReport], out: &mut impl Write) -> Result<()> {
    let mut files: BTreeMap<&str, usize> = BTreeMap::new();
    for key in reports.iter().flat_map(|report| &report.unused_keys) {
        *files.entry(key).or_default() += 1;
    }
    if files.is_empty() {
        return Ok(());
    }
    let counted = files.iter().map(|(key, count)| {
        let key = show::safe(key);
        format!("{key} ({})", show::counted(*count, "file"))
    });
    let counted: Vec<String> = counted.collect();
    writeln!(
        out,
        "front matter keys that have no meaning here and were ignored: {}",
        counted.join(", ")
    )?;
    Ok(())
}

fn print_removed(report: &FileReport, out: &mut impl Write) -> Result<()> {
    if let Some(article) = &report.article {
        writeln!(
            out,
            "{}: article `{article}`, {}",
            show::safe(&report.path),
            show::counted(report.paragraphs, "paragraph")
        )?;
    }
    for dropped in &report.dropped {
        let text: String = show::safe(&dropped.text).chars().take(EXCERPT).collect();
        // Otherwise the text alone says where it was.
        let line = match report.numbering {
            Numbering::Lines => format!(" line {}", dropped.lines.first),
            Numbering::Pages => format!(" page {}", dropped.lines.first),
            Numbering::Paragraphs | Numbering::Rows => String::new(),
        };
        writeln!(
            out,
            "  removed{line}: {} ({})",
            text.replace('\n', " "),
            dropped.reason
        )?;
    }
    Ok(())
}

fn print_model(model: &Finding, out: &mut impl Write) -> Result<()> {
    let message = show::safe(&model.message);
    match &model.remedy {
        Some(_) => writeln!(out, "{WARNING}warning{WARNING:#} sentence model: {message}")?,
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
        "unused_keys": report.unused_keys,
    })
}
