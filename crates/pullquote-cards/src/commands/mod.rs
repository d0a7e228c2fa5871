//! The command table. Discord's list of commands, the handlers and `/help` all come from it.
//!
//! # Adding a command
//!
//! 1. Copy `about.rs`, the smallest command, to a file of the command's name. It contains a
//!    [`Definition`] (name, options, who may use it) and a handler.
//! 2. Add its `COMMAND` to [`TABLE`].
//! 3. Add the message `command-NAME` with its attributes to every file in `locales/`, and the texts of its card.
//!    The tests of `definition.rs` and `locale.rs` find what is missing or too long.
//! 4. If the card has buttons or select menus, add a variant to [`ComponentId`] for each and a line to
//!    `component`, the function below.
//! 5. If the command must read files, wait or send requests, return `Response::perform` with an
//!    [`Effect`], and build the card in [`after`](crate::after); see `reload.rs`.
//!
//! The property tests in `tests/it/cards/properties.rs` cover a new command without changes.

mod about;
mod article;
mod articles;
mod ask;
mod continued;
mod delete;
mod digest;
mod draft;
mod find;
mod help;
mod helpers;
mod insights;
mod knowledge;
mod managing;
mod overview;
mod parts;
mod passages;
mod questions;
mod quotes;
mod read;
mod refusals;
mod reload;
mod search;
mod sentences;
mod settings;
mod sources;
mod summary;
mod teach;
mod tried;
mod unasked;

use super::definition::{AutocompleteFn, Definition, OptionDefinition, OptionKind};
use super::{
    Arguments, ArticleKey, ComponentId, Effect, Refusal, Request, Response, Source, Visibility,
    suggest,
};
use pullquote_core::article::ArticleId;
use pullquote_core::engine::Engine;

pub(super) use ask::{follow_up, question, rated, withheld};
pub(super) use delete::deletable;
pub use digest::WeeklyDigest;
pub(super) use draft::{confirmed, discarded, prepared};
pub(super) use helpers::asked_helpers;
pub(super) use insights::shown as insights_shown;
pub(super) use knowledge::{gate, gated, listed, read, removed, restored};
pub use parts::{language_note, sections_note};
pub(super) use refusals::{failed, rate_limited, refuse};
pub(super) use reload::reloaded;
pub(super) use settings::shown as settings_shown;
pub(super) use sources::{gate_source, shown as source_shown};
pub use teach::{ADDRESS_FIELD, FILES_FIELD};
pub(super) use teach::{add, write};
pub(super) use tried::shown as tried_shown;
pub use tried::tried;
pub(super) use unasked::solved;

/// Characters of a question; a longer one is refused.
pub(super) const MAX_QUESTION: usize = 1_000;

/// Whether a question is refused because of its length.
fn is_too_long(question: &str) -> bool {
    question.chars().count() > MAX_QUESTION
}

/// A command and its handler.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// The command as registered with Discord.
    pub definition: Definition,
    /// The handler.
    pub run: fn(&Engine, &Request, &Arguments) -> Response,
}

/// All commands.
pub const TABLE: &[Command] = &[
    ask::COMMAND,
    search::COMMAND,
    summary::COMMAND,
    articles::COMMAND,
    article::COMMAND,
    help::COMMAND,
    about::COMMAND,
    reload::COMMAND,
    find::COMMAND,
    knowledge::COMMAND,
    teach::COMMAND,
    insights::COMMAND,
    settings::COMMAND,
];

/// Finds a command by its registered name.
pub fn find(name: &str) -> Option<&'static Command> {
    TABLE.iter().find(|command| command.definition.name == name)
}

impl Command {
    /// The autocomplete function of an option; `None` if it has none.
    pub(super) fn autocomplete(&self, option: &str) -> Option<AutocompleteFn> {
        let mut options = self.definition.options.iter();
        let option = options.find(|known| known.name == option)?;
        match option.kind {
            OptionKind::Autocomplete(_, complete) => Some(complete),
            OptionKind::Text(_)
            | OptionKind::Choices(_)
            | OptionKind::Boolean
            | OptionKind::Role
            | OptionKind::Channel(_)
            | OptionKind::Subcommand(_) => None,
        }
    }
}

/// Option: restricts a command to one article.
const ARTICLE: OptionDefinition = OptionDefinition {
    name: "article",
    kind: OptionKind::Autocomplete(100, |engine, typed, _| suggest::articles(engine, typed)),
    required: false,
};

/// Option: shows the response only to the member.
const PRIVATE: OptionDefinition = OptionDefinition {
    name: "private",
    kind: OptionKind::Boolean,
    required: false,
};

/// Who can see the response to a command with the option [`PRIVATE`].
fn visibility(request: &Request, arguments: &Arguments) -> Visibility {
    match arguments.choice(PRIVATE.name) {
        Some(true) => Visibility::Ephemeral,
        Some(false) => Visibility::Public,
        None => usual_visibility(request),
    }
}

/// Who can see an answer, as the server has chosen.
fn usual_visibility(request: &Request) -> Visibility {
    request.context.visibility.unwrap_or(Visibility::Public)
}

/// What comes with a component's interaction, besides its `custom_id`.
pub(super) struct ComponentData<'a> {
    /// Values of the options picked in a select menu; empty for a button.
    pub(super) values: &'a [String],
    /// The question or keywords that the message shows; may be empty.
    pub(super) question: &'a str,
    /// The message.
    pub(super) message: &'a Source,
}

impl ComponentData<'_> {
    /// Value of the option picked in a select menu; `None` for a button.
    fn value(&self) -> Option<&str> {
        self.values.first().map(String::as_str)
    }
}

/// Handles a button or select menu.
#[expect(clippy::too_many_lines, reason = "one arm for each component")]
pub(super) fn component(
    engine: &Engine,
    request: &Request,
    id: ComponentId,
    data: &ComponentData<'_>,
) -> Response {
    match id {
        ComponentId::Context {
            passage,
            quote,
            scope,
        } => passages::context(engine, request, data, passage, quote, scope),
        ComponentId::PickPassage => passages::picked(engine, request, data),
        ComponentId::OtherPassages {
            article,
            page,
            target,
        } => passages::others(engine, request, data, article, page, target),
        ComponentId::Share { article } => ask::share(engine, request, data, article),
        ComponentId::FollowUp { article } => ask::follow_up_form(request, data, article),
        ComponentId::AskHelpers => helpers::ask(request, data),
        ComponentId::Delete => delete::delete(request, data.message),
        ComponentId::Wrong => unasked::wrong(request, data.message),
        ComponentId::Solved => unasked::solve(request, data.message),
        ComponentId::Feedback { helpful, passage } => ask::rate(request, data, helpful, passage),
        ComponentId::Search { article, page } => {
            search::other_page(engine, request, data, article, page)
        }
        ComponentId::Articles { page } => articles::other_page(engine, request, page),
        ComponentId::PickArticle => article::picked(engine, request, data),
        ComponentId::Read {
            article,
            page,
            target,
        } => read::page(engine, request, article, page, target),
        ComponentId::File { article } => read::file(engine, request, article),
        ComponentId::Summary {
            article,
            length,
            target,
        } => summary::resized(engine, request, data, article, length, target),
        ComponentId::Overview { page } => overview::other_page(engine, request, page),
        ComponentId::SuggestQuestions { article } => questions::offer(engine, request, article),
        ComponentId::PickQuestion { article } => questions::picked(engine, request, data, article),
        // The ids of forms only.
        ComponentId::WriteArticle { .. } | ComponentId::AddArticles => {
            refuse(request, Refusal::UnknownComponent)
        }
        ComponentId::ConfirmDraft { draft } => managing::managed(request, Effect::Confirm(draft)),
        ComponentId::DiscardDraft { draft } => managing::managed(request, Effect::Discard(draft)),
        ComponentId::EditArticle { article } => knowledge::open(request, Some(article)),
        ComponentId::PickOwnArticle => {
            knowledge::open(request, data.value().and_then(ArticleKey::parse))
        }
        ComponentId::GateArticle { .. } => managing::gate_form(request, id),
        ComponentId::RemoveArticle { article } => knowledge::remove(request, article),
        ComponentId::RestoreArticle { removed_at } => {
            knowledge::restore(request, data.question, removed_at)
        }
        ComponentId::OwnArticles { .. } => knowledge::list(request),
        ComponentId::PickSource
        | ComponentId::SyncSource { .. }
        | ComponentId::GateSource { .. }
        | ComponentId::RemoveSource { .. }
        | ComponentId::RestoreSource { .. } => sources::component(request, id, data),
        ComponentId::Questions { .. }
        | ComponentId::Insights
        | ComponentId::PickUnanswered
        | ComponentId::WriteAnswer { .. }
        | ComponentId::DismissQuestion { .. }
        | ComponentId::ReopenQuestion { .. }
        | ComponentId::Misleading
        | ComponentId::PinPassage
        | ComponentId::Unpin
        | ComponentId::PinnedAnswers { .. }
        | ComponentId::PickPinned
        | ComponentId::Quotes(_)
        | ComponentId::ExportQuestions { .. } => insights::component(request, id, data),
        ComponentId::Settings { .. } => settings::open(request),
        ComponentId::Set(control) => settings::set(request, control, data.values),
    }
}

/// Finds the article of a key. `Ok(None)` without a key; a refusal if the article is gone.
fn article_of(
    engine: &Engine,
    request: &Request,
    key: Option<ArticleKey>,
) -> Result<Option<ArticleId>, Response> {
    let Some(key) = key else {
        return Ok(None);
    };
    match key.find(engine.corpus()) {
        Some(id) => Ok(Some(id)),
        None => Err(refuse(request, Refusal::ArticleChanged)),
    }
}

/// Finds the article named in an option. `Ok(None)` if the option is empty; a card with the nearest names if there
/// is no such article.
fn article_named(
    engine: &Engine,
    request: &Request,
    arguments: &Arguments,
    option: &str,
) -> Result<Option<ArticleId>, Response> {
    let Some(name) = arguments.text(option) else {
        return Ok(None);
    };
    match engine.corpus().named(name) {
        Some(id) => Ok(Some(id)),
        None => Err(article::not_found(engine, request, name)),
    }
}
