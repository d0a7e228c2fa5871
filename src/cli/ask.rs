//! `pullquote ask`: answers a question, or a stream of questions.

use super::{explain, json::AnswerJson, knowledge, numbers, show};
use anyhow::{Context, Result};
use clap::Args;
use pullquote_core::answer::Options;
use pullquote_core::engine::Engine;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

/// Bytes read per line of a stream; the rest of a longer line is skipped.
const MAX_LINE: u64 = 1 << 20;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pullquote ask \"What does juche mean?\"
  pullquote ask --article north-korea-detente --limit 1 who abducted japanese citizens
  echo \"what is juche\" | pullquote ask --json -")]
pub(super) struct Ask {
    /// Search only this article (an id that `pullquote articles` lists)
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Print at most N quotes
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = numbers::count)]
    limit: usize,
    /// Print one JSON object per question
    #[arg(long)]
    json: bool,
    /// Explain how the answer was found
    #[arg(long)]
    explain: bool,
    /// Print the best passages even if none answers the question
    #[arg(long)]
    always: bool,
    /// Question to answer; `-` reads one question per line from standard input
    #[arg(required = true)]
    question: Vec<String>,
}

impl Ask {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        let is_stream = self.question == ["-"];
        let question = self.question.join(" ");
        let engine = if is_stream {
            knowledge::engine_with_model(dir)?
        } else {
            knowledge::engine(dir)?
        };
        let article = self
            .article
            .as_deref()
            .map(|name| knowledge::article(&engine, name))
            .transpose()?;
        let options = Options {
            article,
            limit: self.limit,
            always: self.always,
            explain: self.explain,
        };
        let mut out = anstream::stdout().lock();
        if is_stream {
            let mut input = io::stdin().lock();
            let mut line = Vec::new();
            let mut is_first = true;
            while read_line(&mut input, &mut line)
                .context("cannot read questions from standard input")?
            {
                let question = String::from_utf8_lossy(&line);
                let question = question.trim();
                if !self.json {
                    let gap = if is_first { "" } else { "\n" };
                    writeln!(
                        out,
                        "{gap}{}",
                        show::styled(&show::safe(question), show::BOLD)
                    )?;
                }
                is_first = false;
                self.answer(&engine, question, &options, &mut out)?;
                out.flush()?;
            }
        } else {
            let engine = knowledge::with_model_for(&engine, question.trim(), article);
            self.answer(&engine, question.trim(), &options, &mut out)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn answer(
        &self,
        engine: &Engine,
        question: &str,
        options: &Options,
        out: &mut impl Write,
    ) -> Result<()> {
        let start = Instant::now();
        let answer = engine.ask(question, options);
        let time = start.elapsed();
        if self.json {
            let line = serde_json::to_string(&AnswerJson::new(engine, question, &answer, time))?;
            writeln!(out, "{line}")?;
        } else {
            write!(out, "{}", show::answer(engine, &answer))?;
            if self.explain {
                write!(out, "\n{}", explain::explanation(engine, &answer))?;
            }
        }
        Ok(())
    }
}

/// Reads a line into `line`, up to [`MAX_LINE`] bytes. Returns `false` at the end of the stream.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let mut read = input.by_ref().take(MAX_LINE).read_until(b'\n', line)?;
    let mut rest = Vec::new();
    while read as u64 == MAX_LINE && !line.ends_with(b"\n") && !rest.ends_with(b"\n") {
        rest.clear();
        read = input.by_ref().take(MAX_LINE).read_until(b'\n', &mut rest)?;
    }
    Ok(!line.is_empty())
}
