//! `pullquote chat`: the bot in a terminal. The same commands as on Discord, from the same table; the same
//! cards, their buttons pressed by number.

use super::card::{self, Control};
use super::{knowledge, show};
use anyhow::Result;
use pullquote_cards::{
    Action, Addressed, Argument, Arguments, ChannelKind, CommandKind, Definition, Effect,
    EffectOutcome, Locale, OptionDefinition, OptionKind, Reply, Request, Response, Status, after,
    commands, respond,
};
use pullquote_core::answer::Options;
use pullquote_library::EngineHandle;
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
use std::sync::Arc;
use std::time::Instant;

/// What can be typed besides the bot's own commands.
const OWN: [(&str, &str); 2] = [
    ("/why", "how the last answer came about"),
    ("/quit", "leave (or Ctrl-D)"),
];

/// Lines that are remembered.
const HISTORY: usize = 1_000;

/// Reads lines and answers them until the end.
pub(super) fn run(dir: &Path) -> Result<ExitCode> {
    let handle = Arc::new(knowledge::shelf(dir)?);
    knowledge::embed(&handle);
    let config = Config::builder()
        .max_history_size(HISTORY)?
        .auto_add_history(true)
        .build();
    let mut editor: Editor<Names, FileHistory> = Editor::with_config(config)?;
    editor.set_helper(Some(Names {
        handle: Arc::clone(&handle),
    }));
    let history = history_file();
    if let Some(file) = &history {
        // No history yet is no failure.
        let _ = editor.load_history(file);
    }
    let mut chat = Chat {
        handle,
        locale: locale(),
        last: String::new(),
        controls: Vec::new(),
        asked: None,
        start: Instant::now(),
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
    handle: Arc<EngineHandle>,
    locale: Locale,
    /// The question before.
    last: String,
    /// What the last card can be answered with, and the question that it shows.
    controls: Vec<Control>,
    asked: Option<String>,
    start: Instant,
}

impl Chat {
    fn greet(&self) -> Result<()> {
        let engine = self.handle.engine();
        let corpus = engine.corpus();
        let mut out = anstream::stdout().lock();
        writeln!(
            out,
            "{}, {}. Ask a question, or /help. A number presses that button.",
            show::counted(corpus.articles().len(), "article"),
            show::counted(corpus.passages().len(), "passage")
        )?;
        Ok(())
    }

    /// Does what a line says; `false` to leave.
    fn line(&mut self, line: &str) -> Result<bool> {
        let mut out = anstream::stdout().lock();
        let command = line.split_whitespace().next().unwrap_or_default();
        match command {
            "/quit" | "/exit" | "/q" => return Ok(false),
            "/why" => {
                let options = Options {
                    explain: true,
                    always: true,
                    ..Options::default()
                };
                let engine = self.handle.engine();
                let answer = engine.ask(&self.last, &options);
                write!(out, "{}", show::explanation(&engine, &answer))?;
                return Ok(true);
            }
            _ => {}
        }
        let Some(action) = self.action(line) else {
            writeln!(
                out,
                "There is no {}: /help tells what there is.",
                show::safe(command)
            )?;
            return Ok(true);
        };
        let response = self.respond(action);
        if let Some(card) = response.card() {
            let (text, controls) = card::card(card);
            writeln!(out, "{}", text.trim_end())?;
            self.controls = controls;
            self.asked = card.question().map(str::to_owned);
        }
        if command == "/help" {
            for (name, help) in OWN {
                writeln!(out, "  • {name} {help}")?;
            }
        }
        Ok(true)
    }

    /// What a line does: a command, a control by its number, or a question. `None` for a command or a
    /// control that is not there.
    fn action(&mut self, line: &str) -> Option<Action> {
        if let Some(typed) = line.strip_prefix('/') {
            let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
            let definition = slash(name)?;
            let arguments = arguments(definition, rest);
            if let Some(question) = arguments.text("question") {
                question.clone_into(&mut self.last);
            }
            let name = definition.name.to_owned();
            return Some(Action::Command { name, arguments });
        }
        if let Ok(number) = line.parse::<usize>() {
            let control = self.controls.get(number.checked_sub(1)?)?;
            return Some(Action::Component {
                custom_id: control.custom_id.clone(),
                values: control.value.iter().cloned().collect(),
                question: self.asked.clone(),
            });
        }
        line.clone_into(&mut self.last);
        Some(Action::Question {
            text: line.to_owned(),
            addressed: Addressed::Bot,
        })
    }

    /// Responds to a request and performs its effect. The user of a terminal is the operator, so everything is allowed.
    fn respond(&self, action: Action) -> Response {
        let request = self.request(action);
        let response = respond(&self.handle.engine(), &request);
        match &response.reply {
            Reply::Perform(effect) => after(&request, &self.perform(effect)),
            _ => response,
        }
    }

    fn perform(&self, effect: &Effect) -> EffectOutcome {
        match effect {
            Effect::Reload => {
                let outcome = self.handle.reload();
                knowledge::embed(&self.handle);
                EffectOutcome::Reloaded(outcome.map_err(|error| error.to_string()))
            }
        }
    }

    fn request(&self, action: Action) -> Request {
        Request {
            action,
            locale: self.locale,
            channel: ChannelKind::Server,
            member: 0,
            status: Status {
                uptime: self.start.elapsed().as_secs(),
                latency: None,
            },
        }
    }
}

/// The language of the terminal.
fn locale() -> Locale {
    let set = |name: &&str| env::var(name).ok().filter(|value| !value.is_empty());
    let language = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
    Locale::from_code(&language.unwrap_or_default().replace('_', "-"))
}

/// The slash command of this name, in any language.
fn slash(name: &str) -> Option<&'static Definition> {
    let table = commands::TABLE.iter().map(|command| &command.definition);
    let mut slash = table.filter(|definition| definition.kind == CommandKind::Slash);
    slash.find(|definition| {
        let mut locales = Locale::ALL.iter();
        name == definition.name || locales.any(|locale| name == locale.text(definition.id))
    })
}

/// `article:faq private:yes what is it` -> the named options, and the rest as the first option.
fn arguments(definition: &Definition, typed: &str) -> Arguments {
    let mut arguments = Arguments::default();
    let mut rest = typed.trim();
    while let Some((option, value, after)) = named_option(definition, rest) {
        let value = match option.kind {
            OptionKind::Boolean => Argument::Boolean(!matches!(value, "no" | "false" | "0")),
            OptionKind::Text(_) | OptionKind::Autocomplete(..) | OptionKind::Choices(_) => {
                Argument::Text(value.to_owned())
            }
        };
        arguments = arguments.with(option.name, value);
        rest = after;
    }
    match definition.options.first() {
        Some(first) if !rest.is_empty() => arguments.with_text(first.name, rest),
        _ => arguments,
    }
}

/// `article:faq what is it` -> the option `article`, `faq`, and what follows.
fn named_option<'a>(
    definition: &Definition,
    typed: &'a str,
) -> Option<(&'static OptionDefinition, &'a str, &'a str)> {
    let (word, after) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let (name, value) = word.split_once(':')?;
    let option = definition
        .options
        .iter()
        .find(|option| option.name == name)?;
    Some((option, value, after.trim_start()))
}

/// Completes commands, and what their options offer.
struct Names {
    handle: Arc<EngineHandle>,
}

impl Names {
    /// What an option offers for what is typed.
    fn offered(&self, command: &str, option: &str, typed: &str) -> Vec<String> {
        let request = Request {
            action: Action::Autocomplete {
                command: command.to_owned(),
                option: option.to_owned(),
                typed: typed.to_owned(),
                arguments: Arguments::default(),
            },
            locale: Locale::default(),
            channel: ChannelKind::Server,
            member: 0,
            status: Status::default(),
        };
        match respond(&self.handle.engine(), &request).reply {
            Reply::Choices(choices) => {
                let values = choices.iter().map(|choice| choice.value().to_owned());
                values.collect()
            }
            _ => Vec::new(),
        }
    }
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
        let Some(slashed) = typed.strip_prefix('/') else {
            return Ok((0, self.offered("ask", "question", typed)));
        };
        let Some((name, rest)) = slashed.split_once(char::is_whitespace) else {
            let table = commands::TABLE.iter().map(|command| &command.definition);
            let slash = table.filter(|definition| definition.kind == CommandKind::Slash);
            let names = slash.map(|definition| format!("/{}", definition.name));
            let names = names.chain(OWN.iter().map(|(name, _)| (*name).to_owned()));
            return Ok((0, names.filter(|name| name.starts_with(typed)).collect()));
        };
        let Some(definition) = slash(name) else {
            return Ok((at, Vec::new()));
        };
        let mut rest = rest.trim_start();
        while let Some((option, value, after)) = named_option(definition, rest) {
            if after.is_empty() && !rest.ends_with(char::is_whitespace) {
                let found = self.offered(name, option.name, value);
                return Ok((at - value.len(), found));
            }
            rest = after;
        }
        let first = definition.options.first();
        let found = first.map_or(Vec::new(), |first| self.offered(name, first.name, rest));
        Ok((at - rest.len(), found))
    }
}

impl Hinter for Names {
    type Hint = String;
}
impl Highlighter for Names {}
impl Validator for Names {}
impl Helper for Names {}
