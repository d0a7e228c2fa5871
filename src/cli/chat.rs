//! `pullquote chat`: ask at a prompt.

use super::{knowledge, show};
use crate::answer::Options;
use crate::article::ArticleId;
use crate::engine::Engine;
use anyhow::Result;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{Config, Context, Editor, Helper};
use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;

const COMMANDS: [(&str, &str); 6] = [
    ("/articles", "what can be asked"),
    (
        "/article",
        "NAME: ask this article only; without a name all again",
    ),
    ("/search", "KEYWORDS: passages that hold them"),
    ("/why", "how the last answer came about"),
    ("/help", "this"),
    ("/quit", "leave (or Ctrl-D)"),
];

/// Lines that are remembered.
const HISTORY: usize = 1_000;

/// Reads lines and answers them until the end.
pub(super) fn run(dir: &Path) -> Result<ExitCode> {
    let engine = Rc::new(knowledge::engine(dir)?);
    let config = Config::builder()
        .max_history_size(HISTORY)?
        .auto_add_history(true)
        .build();
    let mut editor: Editor<Names, FileHistory> = Editor::with_config(config)?;
    editor.set_helper(Some(Names {
        engine: Rc::clone(&engine),
    }));
    let history = history_file();
    if let Some(file) = &history {
        // No history yet is no failure.
        let _ = editor.load_history(file);
    }
    let mut chat = Chat {
        engine,
        article: None,
        last: String::new(),
    };
    chat.greet()?;
    loop {
        match editor.readline("> ") {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => {
                if !chat.line(line.trim())? {
                    break;
                }
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => break,
            Err(error) => return Err(error.into()),
        }
    }
    if let Some(file) = history {
        let parent = file.parent().map_or(Ok(()), fs::create_dir_all);
        if parent.is_err() || editor.save_history(&file).is_err() {
            anstream::eprintln!("pullquote: cannot keep the history in `{}`", file.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Where the lines typed are kept: the user's state folder.
fn history_file() -> Option<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let state = set("XDG_STATE_HOME").or_else(|| Some(set("HOME")?.join(".local/state")));
    Some(
        state
            .or_else(|| set("LOCALAPPDATA"))?
            .join("pullquote")
            .join("history"),
    )
}

struct Chat {
    engine: Rc<Engine>,
    article: Option<ArticleId>,
    /// The question before.
    last: String,
}

impl Chat {
    fn greet(&self) -> Result<()> {
        let corpus = self.engine.corpus();
        let mut out = anstream::stdout().lock();
        let (articles, passages) = (corpus.articles().len(), corpus.passages().len());
        writeln!(
            out,
            "{articles} articles, {passages} passages. Ask a question, or /help."
        )?;
        Ok(())
    }

    /// Does what a line says; `false` to leave.
    fn line(&mut self, line: &str) -> Result<bool> {
        let mut out = anstream::stdout().lock();
        let (command, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match command {
            "/quit" | "/exit" | "/q" => return Ok(false),
            "/help" => {
                for (name, help) in COMMANDS {
                    writeln!(out, "  {name:<10} {help}")?;
                }
                writeln!(out, "Anything else is a question.")?;
            }
            "/articles" => {
                for article in self.engine.corpus().articles() {
                    writeln!(
                        out,
                        "  {}  {}",
                        show::safe(&article.name),
                        show::safe(&article.meta.title)
                    )?;
                }
            }
            "/article" if rest.is_empty() => {
                self.article = None;
                writeln!(out, "Asking all articles.")?;
            }
            "/article" => match knowledge::article(&self.engine, rest) {
                Ok(id) => {
                    self.article = Some(id);
                    writeln!(
                        out,
                        "Asking {} only.",
                        show::safe(&self.engine.corpus().article(id).meta.title)
                    )?;
                }
                Err(error) => writeln!(out, "{error}")?,
            },
            "/search" => {
                let options = Options {
                    limit: 5,
                    ..self.options()
                };
                for found in self.engine.search(rest, &options) {
                    let article = self.engine.corpus().article(found.article);
                    let text = show::marked(&article.text, found.span, &found.highlights);
                    writeln!(
                        out,
                        "{}\n{}\n",
                        show::source_line(article, found.paragraph),
                        show::wrapped(&text, "  ")
                    )?;
                }
            }
            "/why" => {
                let options = Options {
                    explain: true,
                    always: true,
                    ..self.options()
                };
                let answer = self.engine.ask(&self.last, &options);
                write!(out, "{}", show::explanation(&self.engine, &answer))?;
            }
            _ if command.starts_with('/') => {
                writeln!(out, "There is no {command}: /help tells what there is.")?;
            }
            _ => {
                let answer = self.engine.ask(line, &self.options());
                writeln!(out, "{}", show::answer(&self.engine, &answer).trim_end())?;
                line.clone_into(&mut self.last);
            }
        }
        Ok(true)
    }

    fn options(&self) -> Options {
        Options {
            article: self.article,
            ..Options::default()
        }
    }
}

/// Completes commands and article names.
struct Names {
    engine: Rc<Engine>,
}

impl Completer for Names {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line.get(..at).unwrap_or(line);
        let (start, names): (usize, Vec<&str>) = match typed.strip_prefix("/article ") {
            Some(_) => {
                let articles = self.engine.corpus().articles();
                (
                    "/article ".len(),
                    articles
                        .iter()
                        .map(|article| article.name.as_str())
                        .collect(),
                )
            }
            None => (0, COMMANDS.iter().map(|(name, _)| *name).collect()),
        };
        let part = typed.get(start..).unwrap_or_default();
        let fitting = names
            .into_iter()
            .filter(|name| !part.is_empty() && name.starts_with(part));
        Ok((start, fitting.map(str::to_owned).collect()))
    }
}

impl Hinter for Names {
    type Hint = String;
}
impl Highlighter for Names {}
impl Validator for Names {}
impl Helper for Names {}
