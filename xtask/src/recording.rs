//! `recording`: a session in a terminal, as a cast for asciinema and as a picture for the README, made by running the
//! program.

use anstyle::RgbColor;
use anstyle_svg::Term;
use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::json;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::{env, fs};

#[derive(Debug, Args)]
pub(crate) struct Recording {
    /// Exit with 1 if the files are not what the program prints today, and leave them as they are
    #[arg(long)]
    check: bool,
}

/// What is typed.
const SESSION: [&[&str]; 3] = [
    &["ask", "wat does jusche mean"],
    &["ask", "What is the capital of France?"],
    &["summary"],
];
const PROMPT: &str = "\x1b[32m$\x1b[0m ";
/// Columns of the terminal. Longer lines continue on the next one.
const COLUMNS: usize = 90;
const ROWS: usize = 30;
/// Seconds between two keys.
const KEY: f64 = 0.06;
/// Seconds for reading an answer.
const READING: f64 = 3.0;

impl Recording {
    pub(crate) fn run(&self, articles: &Path) -> Result<ExitCode> {
        let mut steps = Vec::new();
        for arguments in SESSION {
            steps.push((typed(arguments), printed(articles, arguments)?));
        }
        let files = [
            ("docs/terminal.cast", cast(&steps)),
            ("docs/terminal.svg", picture(&steps)),
        ];
        let mut code = ExitCode::SUCCESS;
        for (path, content) in files {
            if !self.check {
                fs::write(path, content).with_context(|| format!("cannot write {path}"))?;
            } else if fs::read_to_string(path).ok().as_ref() != Some(&content) {
                anstream::eprintln!("{path} is not what the program prints today: make it again");
                code = ExitCode::FAILURE;
            }
        }
        Ok(code)
    }
}

/// A command as it is typed.
fn typed(arguments: &[&str]) -> String {
    let quoted = |word: &&str| {
        if word.contains(' ') {
            format!("\"{word}\"")
        } else {
            (*word).to_owned()
        }
    };
    let words: Vec<String> = ["pullquote"].iter().chain(arguments).map(quoted).collect();
    words.join(" ")
}

/// What the program prints in a terminal with colours.
fn printed(articles: &Path, arguments: &[&str]) -> Result<String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // `cargo run` has set these for this program. Some build scripts depend on them: TLS, and whatever needs it, would be compiled
    // again here, and once more by the next command.
    for (name, _) in env::vars_os() {
        if is_set_for_a_package(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
    // With the sentence model that is a part of the program. Its last digits differ between kinds of processors, so no percentage
    // of the session may be close to half of one.
    let data = tempfile::tempdir()?;
    command.env_remove("MODEL");
    let output = command
        .args([
            "run",
            "--release",
            "--quiet",
            "--locked",
            "--",
            "--knowledge",
        ])
        .arg(articles)
        .args(arguments)
        .env("CLICOLOR_FORCE", "1")
        .env("DATA_DIR", data.path())
        .output()
        .context("cannot run cargo")?;
    let problem = String::from_utf8_lossy(&output.stderr);
    ensure!(problem.is_empty(), "{}: {problem}", typed(arguments));
    Ok(String::from_utf8(output.stdout)?)
}

fn is_set_for_a_package(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_") || variable.starts_with("CARGO_MANIFEST_")
}

/// An asciicast, version 2: a header, and an event in each line.
fn cast(steps: &[(String, String)]) -> String {
    let header = json!({"version": 2, "width": COLUMNS, "height": ROWS, "title": "Pullquote"});
    let mut lines = vec![header.to_string()];
    let mut at = 0.0;
    let mut event = |at: f64, text: &str| {
        let at = (at * 100.0).round() / 100.0;
        lines.push(json!([at, "o", text.replace('\n', "\r\n")]).to_string());
    };
    for (typed, printed) in steps {
        event(at, PROMPT);
        for key in typed.chars() {
            at += KEY;
            event(at, &key.to_string());
        }
        at += KEY;
        event(at, &format!("\n{printed}\n"));
        at += READING;
    }
    lines.join("\n") + "\n"
}

/// The whole session on one screen.
fn picture(steps: &[(String, String)]) -> String {
    let session = steps.iter();
    let session = session.map(|(typed, printed)| format!("{PROMPT}{typed}\n{printed}\n"));
    let session: String = session.collect();
    let lines: Vec<String> = session.trim_end().lines().map(wrapped).collect();
    let svg = Term::new()
        .fg_color(RgbColor(0xe6, 0xe6, 0xe6).into())
        .bg_color(RgbColor(0x1b, 0x1b, 0x1b).into())
        .render_svg(&lines.join("\n"));
    // Readable: 0.4 would be 3 to 1.
    svg.replace("opacity: 0.4", "opacity: 0.7")
}

/// A line that continues on the next one where the screen ends.
fn wrapped(line: &str) -> String {
    let mut out = String::new();
    let (mut column, mut is_escape) = (0, false);
    for character in line.chars() {
        is_escape |= character == '\x1b';
        if !is_escape {
            if column == COLUMNS {
                out.push('\n');
                column = 0;
            }
            column += 1;
        }
        is_escape &= character != 'm';
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, cast, typed, wrapped};

    #[test]
    fn commands_are_typed_as_in_a_shell() {
        assert_eq!(typed(&["ask", "two words"]), "pullquote ask \"two words\"");
    }

    #[test]
    fn lines_end_where_the_screen_does() {
        let line = format!("\x1b[1m{}\x1b[0m", "é".repeat(COLUMNS + 1));
        let expected = format!("\x1b[1m{}\né\x1b[0m", "é".repeat(COLUMNS));
        assert_eq!(wrapped(&line), expected);
        assert_eq!(wrapped("short"), "short");
    }

    #[test]
    fn a_cast_has_a_header_and_times_that_rise() {
        let step = ("ls".to_owned(), "one\n".to_owned());
        let cast = cast(&[step.clone(), step]);
        let mut lines = cast.lines().map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            line
        });
        assert_eq!(lines.next().unwrap()["version"], 2);
        let events: Vec<_> = lines.collect();
        assert_eq!(events.len(), 8);
        assert!(events.is_sorted_by(|a, b| a[0].as_f64() <= b[0].as_f64()));
        assert_eq!(events[3][2], "\r\none\r\n\r\n");
    }
}
