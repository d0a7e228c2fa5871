//! `pullquote chat`: the bot in a terminal, with the commands and cards that Discord gets. A number presses a button.
//!
//! With `--server`, whoever types is a manager of that server, and teaches the bot with the commands that managers have on Discord.
//!
//! - `parse.rs`: commands as they are typed; `completion.rs`: completion of commands and options; `fill.rs`: forms

mod completion;
mod fill;
mod parse;

use super::card::{self, Control};
use super::{explain, knowledge, numbers, show};
use crate::bot::Terminal;
use crate::config::{Config as BotConfig, environment};
use anyhow::{Result, bail};
use clap::Args;
use completion::Completion;
use pullquote_cards::{
    Action, Addressed, ChannelKind, ComponentId, Context, Effect, EffectOutcome, Form, FormField,
    Locale, PostError, Refusal, Reply, Request, RequestOutcome, Response, SUBCOMMAND, Solved,
    Source, Status, TeachingError, after, respond,
};
use pullquote_core::answer::Options;
use pullquote_core::engine::Engine;
use pullquote_library::EngineHandle;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{Config, Editor};
use std::env;
use std::fs;
use std::io::Write;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

/// Commands of the terminal, besides the bot's: name and description.
const TERMINAL_COMMANDS: [(&str, &str); 2] = [
    ("/why", "Explain the last answer"),
    ("/quit", "Leave (or press Ctrl-D)"),
];

/// The id of the user of the terminal.
const USER: u64 = 0;

/// Lines kept in the history.
const MAX_HISTORY: usize = 1_000;

#[derive(Debug, Default, Args)]
pub(super) struct ChatCommand {
    /// Act as a manager of this server: add and remove its articles, change its settings
    #[arg(long, value_name = "ID", value_parser = numbers::server)]
    server: Option<NonZeroU64>,
}

impl ChatCommand {
    pub(super) fn run(&self, dir: &Path) -> Result<ExitCode> {
        run(dir, self.server)
    }
}

/// Opens what the bot keeps of a server.
fn terminal(handle: &Arc<EngineHandle>, server: NonZeroU64) -> Result<Terminal> {
    let settings = BotConfig::without_token(&environment::variable)?;
    let terminal = Terminal::open(Arc::clone(handle), &settings, server.get())?;
    if let Some(problem) = terminal.problem() {
        bail!("{problem}");
    }
    Ok(terminal)
}

/// Reads lines and answers them until the end of the input.
fn run(dir: &Path, server: Option<NonZeroU64>) -> Result<ExitCode> {
    let handle = Arc::new(knowledge::open(dir)?);
    knowledge::embed(&handle);
    let config = Config::builder()
        .max_history_size(MAX_HISTORY)?
        .auto_add_history(true)
        .build();
    let mut editor: Editor<Completion, FileHistory> = Editor::with_config(config)?;
    editor.set_helper(Some(Completion {
        handle: Arc::clone(&handle),
    }));
    let history = history_file();
    if let Some(file) = &history {
        // Fails the first time, when there is no history yet.
        let _ = editor.load_history(file);
    }
    let terminal = server.map(|server| terminal(&handle, server)).transpose()?;
    let mut chat = Chat {
        handle,
        terminal,
        locale: locale(),
        last_question: String::new(),
        controls: Vec::new(),
        card_question: None,
        start: Instant::now(),
    };
    chat.greet()?;
    loop {
        match editor.readline("> ") {
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => {
                let mut ask = |prompt: &str| editor.readline(prompt).ok();
                if !chat.line(line.trim(), &mut ask)? {
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
            anstream::eprintln!("pullquote: cannot save the history to `{}`", file.display());
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The history, in the user's state folder. `None` if the environment names none.
fn history_file() -> Option<PathBuf> {
    let set = |name: &str| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let state = set("XDG_STATE_HOME").or_else(|| Some(set("HOME")?.join(".local/state")));
    let state = state.or_else(|| set("LOCALAPPDATA"))?;
    Some(state.join("pullquote").join("history"))
}

/// The language of the terminal.
fn locale() -> Locale {
    let set = |name: &&str| env::var(name).ok().filter(|value| !value.is_empty());
    let language = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
    Locale::from_code(&language.unwrap_or_default().replace('_', "-"))
}

struct Chat {
    handle: Arc<EngineHandle>,
    /// The server whose manager types.
    terminal: Option<Terminal>,
    locale: Locale,
    /// The question that `/why` explains.
    last_question: String,
    /// The controls of the last card.
    controls: Vec<Control>,
    /// The question that the last card answers, which its controls refer to.
    card_question: Option<String>,
    start: Instant,
}

impl Chat {
    fn greet(&self) -> Result<()> {
        let engine = self.engine();
        let corpus = engine.corpus();
        let mut out = anstream::stdout().lock();
        writeln!(
            out,
            "{}, {}. Ask a question, or type /help. To press a button, type its number.",
            show::counted(corpus.article_count(), "article"),
            show::counted(corpus.passage_count(), "passage")
        )?;
        Ok(())
    }

    /// The articles that answer.
    fn engine(&self) -> Arc<Engine> {
        match &self.terminal {
            Some(terminal) => terminal.engine(),
            None => self.handle.engine(),
        }
    }

    /// Answers a line. `ask` reads further ones, for forms. Returns `false` if the user wants to leave.
    fn line(&mut self, line: &str, ask: &mut dyn FnMut(&str) -> Option<String>) -> Result<bool> {
        let mut out = anstream::stdout().lock();
        let command = line.split_whitespace().next().unwrap_or_default();
        match command {
            "/quit" | "/exit" | "/q" => return Ok(false),
            "/why" => {
                write!(out, "{}", self.why())?;
                return Ok(true);
            }
            _ => {}
        }
        let asks;
        let mut response = match self.action(line) {
            Ok(action) => {
                asks = matches!(action, Action::Question { .. });
                self.respond(action)
            }
            Err(message) => {
                writeln!(out, "{message}")?;
                return Ok(true);
            }
        };
        if let (Reply::Form(form), Some(_)) = (&response.reply, &self.terminal) {
            response = match self.filled(form, ask) {
                Ok(response) => response,
                Err(message) => {
                    writeln!(out, "{message}")?;
                    return Ok(true);
                }
            };
        }
        if let Some(card) = response.card() {
            // What a follow-up was taken for, as Discord's card shows it.
            if let Some(question) = card.question().filter(|_| asks)
                && question != self.last_question
            {
                writeln!(out, "{}", show::styled(&show::safe(question), show::BOLD))?;
                question.clone_into(&mut self.last_question);
            }
            let (text, controls) = card::card(card);
            writeln!(out, "{}", text.trim_end())?;
            self.controls = controls;
            self.card_question = card.question().map(str::to_owned);
        }
        if let Some(remark) = remark(&response) {
            writeln!(out, "({remark})")?;
        }
        // Without a server, the form is only shown.
        if let Reply::Form(form) = &response.reply {
            let labels: Vec<&str> = form.fields().iter().map(FormField::label).collect();
            writeln!(out, "{}:", labels.join(", "))?;
        }
        if command == "/help" {
            for (name, help) in TERMINAL_COMMANDS {
                writeln!(out, "  • {name} – {help}")?;
            }
        }
        Ok(true)
    }

    /// The response to a form that is filled in line by line. The error says which file cannot be read.
    fn filled(
        &self,
        form: &Form,
        ask: &mut dyn FnMut(&str) -> Option<String>,
    ) -> Result<Response, String> {
        Ok(self.respond(Action::Form {
            custom_id: form.id().to_string(),
            values: fill::form(form, ask)?,
        }))
    }

    /// The explanation of the last answer.
    fn why(&self) -> String {
        if self.last_question.is_empty() {
            return "Ask a question first.\n".to_owned();
        }
        let options = Options {
            explain: true,
            always: true,
            ..Options::default()
        };
        let engine = self.engine();
        let answer = engine.ask(&self.last_question, &options);
        explain::explanation(&engine, &answer)
    }

    /// The action of a line: a command, a control by its number, or a question. The error says that there is no such
    /// command or control.
    fn action(&mut self, line: &str) -> Result<Action, String> {
        if let Some(typed) = line.strip_prefix('/') {
            let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
            let Some(definition) = parse::slash_command(name) else {
                let name = show::safe(name);
                return Err(format!("Unknown command /{name}. Type /help for a list."));
            };
            let arguments = parse::arguments(definition, rest)?;
            // On Discord, a form takes files.
            if self.terminal.is_some()
                && arguments.text(SUBCOMMAND) == Some("add")
                && let Some((_, added)) = rest.trim().split_once(char::is_whitespace)
            {
                return Ok(Action::Form {
                    custom_id: ComponentId::AddArticles.to_string(),
                    values: fill::addition(added.trim())?,
                });
            }
            if let Some(question) = arguments.text("question") {
                question.clone_into(&mut self.last_question);
            }
            let name = definition.name.to_owned();
            return Ok(Action::Command { name, arguments });
        }
        let mut words = line.split_whitespace();
        let number = words.next().unwrap_or_default().parse::<usize>();
        let picked: Vec<String> = words.map(str::to_owned).collect();
        // Only a menu of channels takes more than a number: ids.
        let takes = |id: &str| id.chars().all(|it| it.is_ascii_digit());
        if let Ok(number) = number
            && picked.iter().all(|id| takes(id))
        {
            let control = number.checked_sub(1).and_then(|at| self.controls.get(at));
            let control = control.ok_or_else(|| format!("There is no button {number} above."))?;
            return Ok(Action::Component {
                custom_id: control.custom_id.clone(),
                values: control.value.iter().cloned().chain(picked).collect(),
                source: Source {
                    question: self.card_question.clone(),
                    owner: Some(USER),
                    ..Source::default()
                },
            });
        }
        line.clone_into(&mut self.last_question);
        Ok(Action::Question {
            text: line.to_owned(),
            addressed: Addressed::Bot,
        })
    }

    /// Responds to an action and performs its effect. The user of the terminal is the operator, so everything is allowed.
    fn respond(&self, action: Action) -> Response {
        let request = Request {
            status: Status {
                uptime: self.start.elapsed().as_secs(),
                latency: None,
            },
            context: Context {
                question_before: self.card_question.clone(),
                manages_server: self.terminal.is_some(),
                ..Context::default()
            },
            ..request(action, self.locale)
        };
        let response = match &self.terminal {
            Some(terminal) => terminal.respond(&request),
            None => respond(&self.handle.engine(), &request),
        };
        match &response.reply {
            Reply::Perform(effect) => after(&request, &self.perform(effect, &request)),
            _ => response,
        }
    }

    fn perform(&self, effect: &Effect, request: &Request) -> EffectOutcome {
        let is_kept = !matches!(
            effect,
            Effect::Reload | Effect::Rate(_) | Effect::AskHelpers(_) | Effect::Solve
        );
        if let (true, Some(terminal)) = (is_kept, &self.terminal) {
            return terminal.perform(effect, request);
        }
        match effect {
            Effect::Reload => {
                let outcome = self.handle.reload();
                knowledge::embed(&self.handle);
                EffectOutcome::Reloaded(outcome.map_err(|error| error.to_string()))
            }
            Effect::Rate(rating) => EffectOutcome::Rated {
                helpful: rating.helpful,
            },
            // At a prompt, there are no helpers.
            Effect::AskHelpers(_) => EffectOutcome::AskedHelpers(Err(PostError::Forbidden)),
            // At a prompt, there are no forums.
            Effect::Solve => EffectOutcome::Solved(Solved::NoTag),
            // Without a server, there is nobody who could manage it.
            Effect::Prepare(_) => EffectOutcome::Prepared(Err(TeachingError::Unavailable)),
            Effect::Confirm(_) => EffectOutcome::Confirmed(Err(TeachingError::Unavailable)),
            Effect::Discard(_) => EffectOutcome::Discarded(Err(TeachingError::Unavailable)),
            Effect::Gate { .. } => EffectOutcome::Gated(Err(TeachingError::Unavailable)),
            Effect::RemoveArticle { .. } => EffectOutcome::Removed(Err(TeachingError::Unavailable)),
            Effect::RestoreArticle { .. } => {
                EffectOutcome::Restored(Err(TeachingError::Unavailable))
            }
            Effect::ListArticles => EffectOutcome::Listed(Err(TeachingError::Unavailable)),
            Effect::ReadArticle { .. } => EffectOutcome::Read(Err(TeachingError::Unavailable)),
            Effect::Try { .. } => EffectOutcome::Tried(Err(TeachingError::Unavailable)),
            Effect::Source(_) => EffectOutcome::Source(Err(TeachingError::Unavailable)),
            Effect::Insights(_) => EffectOutcome::Insights(Err(TeachingError::Unavailable)),
            Effect::Settings(_) => EffectOutcome::Settings(Err(TeachingError::Unavailable)),
        }
    }
}

/// What is to be said of a response at a prompt.
fn remark(response: &Response) -> Option<&'static str> {
    if response.reply == Reply::Delete {
        return Some("On Discord, this deletes the message.");
    }
    let is_refused = response.outcome == RequestOutcome::Refused(Refusal::NotManager);
    is_refused.then_some("To manage a server here, start `pullquote chat --server ID`.")
}

/// A request as from a server's only member.
fn request(action: Action, locale: Locale) -> Request {
    Request {
        action,
        locale,
        channel: ChannelKind::Server,
        member: USER,
        status: Status::default(),
        context: Context::default(),
    }
}
