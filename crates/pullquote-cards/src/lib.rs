//! The bot's side of the conversation: requests in, cards out. Pure code without a Discord library.
//!
//! ```text
//! Discord event ──▶ Request ──▶ respond(): command table + Engine ──▶ Response with a Card ──▶ Discord message
//!      (shell)                                  │      ▲                                          (shell)
//!                                        Effect ▼      │ EffectOutcome
//!                                     performed by the shell
//! ```
//!
//! 1. The shell decodes an event into a [`Request`].
//! 2. [`access`] says who may make the request. The shell answers anyone else with [`refuse`].
//! 3. [`respond`] finds the handler in the command table ([`commands::TABLE`]) and returns a [`Response`].
//! 4. If the reply is [`Reply::Perform`], the shell performs the effect and gets the response from [`after`].
//! 5. The shell sends the reply: [`Payload`] is its JSON.
//!
//! The Discord bot and `pullquote chat` are both such shells.
//!
//! ```
//! use pullquote_cards::{
//!     Action, Arguments, ChannelKind, Context, Format, Locale, Payload, Request, Status, respond,
//! };
//! use pullquote_core::article::Article;
//! use pullquote_core::engine::Engine;
//!
//! let text = "The lighthouse of Norrby was built in 1874 by Karl Wessel.";
//! let document = pullquote_readers::read("norrby.txt", text.as_bytes());
//! let engine = Engine::build(Article::new("norrby.txt", document).into_iter().collect());
//!
//! let request = Request {
//!     action: Action::Command {
//!         name: "ask".to_owned(),
//!         arguments: Arguments::default().with_text("question", "Who built the lighthouse?"),
//!     },
//!     locale: Locale::German,
//!     channel: ChannelKind::Server,
//!     member: 42,
//!     status: Status::default(),
//!     context: Context::default(),
//! };
//! let response = respond(&engine, &request);
//!
//! let card = response.card().expect("an answer has a card");
//! assert!(card.body().contains("Karl Wessel"));
//! let message = Payload::message(card, Format::Embed).body;
//! assert_eq!(message["embeds"][0]["author"]["name"], "Who built the lighthouse?");
//! ```
//!
//! What the shell does around an answer:
//!
//! ```
//! use pullquote_cards::{
//!     Access, Action, Arguments, ChannelKind, Context, Effect, EffectOutcome, Format, Locale, Payload, Refusal,
//!     Reply, Request, RequestOutcome, Status, Visibility, access, after, failed, rate_limited,
//!     refuse, respond,
//! };
//! use pullquote_core::article::Changes;
//! use pullquote_core::engine::Engine;
//!
//! let request = Request {
//!     action: Action::Command { name: "reload".to_owned(), arguments: Arguments::default() },
//!     locale: Locale::English,
//!     channel: ChannelKind::Server,
//!     member: 42,
//!     status: Status::default(),
//!     context: Context::default(),
//! };
//! assert_eq!(access(&request), Access::Operator);
//! let refused = refuse(&request, Refusal::NotOperator);
//! assert!(matches!(refused.reply, Reply::Message { visibility: Visibility::Ephemeral, .. }));
//!
//! // The operator's request has an effect, which this crate cannot perform.
//! let response = respond(&Engine::build(Vec::new()), &request);
//! assert_eq!(response.reply, Reply::Perform(Effect::Reload));
//! let done = after(&request, &EffectOutcome::Reloaded(Ok(Changes::default())));
//! let body = Payload::callback(&done.reply, Format::Embed).unwrap().body;
//! assert!(body["data"]["embeds"][0].is_object());
//!
//! assert_eq!(rate_limited(&request, 7).outcome, RequestOutcome::RateLimited);
//! assert_eq!(failed(&request, "0a1b2c").outcome, RequestOutcome::Failed);
//! ```
//!
//! # Modules
//!
//! - `request.rs`, `response.rs`, `effect.rs`: what goes in and comes out
//! - `commands/`: the command table, and a handler per command with its components. To add a command, read
//!   [`commands`].
//! - `card.rs`, `card_parts.rs`, `components.rs`: the content of a message, within Discord's limits (`limits.rs`)
//! - `form.rs`: forms, and what members enter in them; `uploaded_file.rs`: a file among it
//! - `places.rs`: what places in articles are called
//! - `rich.rs`: formatted text; `markdown.rs` writes it in Discord's Markdown, `fit.rs` cuts it, `link.rs` checks
//!   addresses, `plain_text.rs` writes a card without an embed
//! - `component_id.rs`, `keys.rs`: the `custom_id` of a component, which contains all its state
//! - `locale.rs`, `locales/`: the bot's own words in twelve languages
//! - `definition.rs`, `registered.rs`: commands as registered with Discord
//! - `payload.rs`: a card as Discord's JSON
//! - `feedback.rs`: how members rated the answers
//! - `suggest.rs`: autocomplete
//! - `teaching.rs`: articles that a server adds inside Discord; `gate.rs`: who may see them
//! - `sources.rs`: where articles of a server come from that are looked at again
//! - `insights.rs`: questions that the articles could not answer
//! - `quotes.rs`: which articles are quoted and which are not
//! - `settings.rs`: what a server's people have chosen for their server
//! - `why.rs`: how an answer was found, in words
//! - `post.rs`: the question and the tags of a forum post

mod card;
mod card_parts;
pub mod commands;
pub mod component_id;
mod components;
mod definition;
mod effect;
mod feedback;
mod fit;
mod form;
mod gate;
mod insights;
mod keys;
pub mod limits;
mod line_breaks;
mod link;
mod locale;
pub mod markdown;
mod payload;
mod places;
mod plain_text;
mod post;
mod quotes;
mod registered;
mod request;
mod response;
mod rich;
mod settings;
mod sources;
mod suggest;
mod teaching;
mod uploaded_file;
mod why;

pub use card::Card;
pub use card_parts::{Attachment, Field, Tone};
pub use commands::{WeeklyDigest, tried};
pub use component_id::ComponentId;
pub use components::{
    ActionRow, Button, ButtonKind, ButtonStyle, ChannelMenu, SelectMenu, SelectOption,
};
pub use definition::{
    Access, AutocompleteFn, CommandKind, Definition, Installs, OptionDefinition, OptionKind,
    Registration,
};
pub use effect::{Effect, EffectOutcome, HelpRequest, PostError, Solved};
pub use feedback::{Feedback, Rating, RatingCounts};
pub use form::{Form, FormField, FormInput, FormValue, FormValues, Lines};
pub use gate::{Gate, Viewer};
pub use insights::{
    Activity, ExportFormat, INSIGHTS_PAGE, InsightsEffect, InsightsOutcome, Nearest, OpenQuestion,
    PinEffect, PinnedQuestion, QuestionPage, RatedPassage, nearest, passage_place, rated_passage,
};
pub use keys::{ArticleKey, DraftKey, PassageKey, QuestionKey, SourceKey};
pub use line_breaks::with_line_breaks;
pub use link::link_target;
pub use locale::Locale;
pub use payload::{Format, Payload};
pub use post::{post_question, solved_tags};
pub use quotes::{PERIODS, QuotedArticle, QuotesList, QuotesPage, QuotesView};
pub use request::{
    Action, Addressed, Argument, Arguments, ChannelKind, CommandIds, Context, Helpers, MESSAGE,
    Request, SUBCOMMAND, Source, Status,
};
pub use response::{Choice, Refusal, Reply, RequestOutcome, Response, Visibility};
pub use rich::{Block, Inline, Run};
pub use settings::{
    CONFIDENCES, Digest, HostSettings, KEEP_DAYS, Kept, MAX_UNASKED, SettingChange, SettingControl,
    Settings, SettingsPage, ShownSettings, UNASKED_AT,
};
pub use sources::{
    MAX_SOURCE_PAGES, MAX_SOURCES, OwnSource, PreparedSource, SourceEffect, SourceKind,
    SourceOutcome,
};
pub use teaching::{
    ADDITIONS_A_MINUTE, Addition, ArticleDraft, CONFIRM_SECONDS, Confirmed, FileProblem,
    MAX_ARTICLE_BYTES, MAX_ARTICLES, MAX_FILES, MAX_GATES, MAX_PINNED, MAX_SERVER_BYTES, Origin,
    OwnArticle, OwnArticles, OwnText, Prepared, PreparedArticle, Removed, Replaced, TeachingError,
    UNDO_SECONDS, sample, upload_path,
};
pub use uploaded_file::UploadedFile;
pub use why::{nearest_word, word_explained};

use pullquote_core::engine::Engine;

/// Who may make a request. The shell checks it before it calls [`respond`].
pub fn access(request: &Request) -> Access {
    match &request.action {
        Action::Command { name: command, .. } | Action::Autocomplete { command, .. } => {
            commands::find(command).map_or(Access::Everyone, |command| command.definition.access)
        }
        Action::Question { .. }
        | Action::Component { .. }
        | Action::Form { .. }
        | Action::WithheldReply { .. } => Access::Everyone,
    }
}

/// The response to a request.
pub fn respond(engine: &Engine, request: &Request) -> Response {
    commands::deletable(request, respond_to(engine, request))
}

fn respond_to(engine: &Engine, request: &Request) -> Response {
    match &request.action {
        Action::Command { name, arguments } => match commands::find(name) {
            Some(command) => (command.run)(engine, request, arguments),
            None => refuse(request, Refusal::UnknownCommand),
        },
        Action::Question { text, addressed } => {
            commands::question(engine, request, text, *addressed)
        }
        Action::Component {
            custom_id,
            values,
            source,
        } => match ComponentId::parse(custom_id) {
            Some(id) => {
                let data = commands::ComponentData {
                    values,
                    question: source.question.as_deref().unwrap_or_default(),
                    message: source,
                };
                component(engine, request, id, &data)
            }
            None => refuse(request, Refusal::UnknownComponent),
        },
        Action::Form { custom_id, values } => match ComponentId::parse(custom_id) {
            Some(ComponentId::FollowUp { article }) => {
                commands::follow_up(engine, request, values, article)
            }
            Some(ComponentId::AddArticles) => commands::add(request, values),
            Some(ComponentId::WriteArticle { origin }) => {
                commands::write(request, values, origin, None)
            }
            Some(ComponentId::EditArticle { article }) => {
                commands::write(request, values, None, Some(article))
            }
            Some(ComponentId::GateArticle { article }) => commands::gate(request, values, article),
            Some(ComponentId::GateSource { source }) => {
                commands::gate_source(request, values, source)
            }
            // What it answers shows in its title.
            Some(ComponentId::WriteAnswer { .. }) => commands::write(request, values, None, None),
            _ => refuse(request, Refusal::UnknownComponent),
        },
        Action::WithheldReply { question } => {
            commands::withheld(request, question.as_deref().unwrap_or_default())
        }
        Action::Autocomplete {
            command,
            option,
            typed,
            arguments,
        } => {
            let complete = commands::find(command).and_then(|it| it.autocomplete(option));
            let choices = complete.map(|complete| complete(engine, typed, arguments));
            Response::choices(choices.unwrap_or_default())
        }
    }
}

/// The response to a component. Only the member whom a message answers changes it; others see what they asked for in a
/// message of their own.
fn component(
    engine: &Engine,
    request: &Request,
    id: ComponentId,
    data: &commands::ComponentData<'_>,
) -> Response {
    let response = commands::component(engine, request, id, data);
    let Reply::Update(card) = response.reply else {
        return response;
    };
    if data
        .message
        .owner
        .is_some_and(|owner| owner != request.member)
    {
        return Response::ephemeral(*card, response.outcome);
    }
    commands::component(engine, &request.seen_by(request.updated()), id, data)
}

/// The response to a request whose effect the shell performed.
pub fn after(request: &Request, outcome: &EffectOutcome) -> Response {
    match outcome {
        EffectOutcome::Reloaded(changes) => commands::reloaded(request, changes),
        EffectOutcome::Rated { helpful } => commands::rated(request, *helpful),
        EffectOutcome::AskedHelpers(outcome) => {
            commands::deletable(request, commands::asked_helpers(request, outcome))
        }
        EffectOutcome::Solved(solved) => commands::solved(request, *solved),
        EffectOutcome::Prepared(outcome) => commands::prepared(request, outcome),
        EffectOutcome::Confirmed(outcome) => commands::confirmed(request, outcome),
        EffectOutcome::Discarded(outcome) => commands::discarded(request, *outcome),
        EffectOutcome::Removed(outcome) => commands::removed(request, outcome),
        EffectOutcome::Restored(outcome) => commands::restored(request, *outcome),
        EffectOutcome::Listed(outcome) => commands::listed(request, outcome),
        EffectOutcome::Read(outcome) => commands::read(request, outcome),
        EffectOutcome::Gated(outcome) => commands::gated(request, outcome),
        EffectOutcome::Tried(outcome) => commands::tried_shown(request, outcome),
        EffectOutcome::Source(outcome) => commands::source_shown(request, outcome),
        EffectOutcome::Insights(outcome) => commands::insights_shown(request, outcome),
        EffectOutcome::Settings(outcome) => commands::settings_shown(request, outcome),
    }
}

/// Refuses a request with a sentence that says why.
pub fn refuse(request: &Request, refusal: Refusal) -> Response {
    commands::refuse(request, refusal)
}

/// The response to a member who is over the limit of requests; they may ask again after `seconds`.
pub fn rate_limited(request: &Request, seconds: u64) -> Response {
    commands::rate_limited(request, seconds)
}

/// The response after an internal error. The log has the details under `id`.
pub fn failed(request: &Request, id: &str) -> Response {
    commands::failed(request, id)
}

/// A question that the articles can answer; `None` without articles.
pub fn example(engine: &Engine) -> Option<String> {
    suggest::example(engine)
}
