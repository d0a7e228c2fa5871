//! The bot as members meet it: what they do becomes a [`Request`], what the bot says is a [`Response`].
//!
//! ```text
//! Discord event ──▶ Request ──▶ command table + Engine ──▶ Response (a Card) ──▶ Discord message
//!      (shell)                      respond()                                       (shell)
//! ```
//!
//! Everything in this folder is pure, but for `shell/`: no Discord library, no clock, no waiting. The
//! gateway and `pullquote chat` both call [`respond`], and what is registered with
//! Discord comes from the same table ([`commands::TABLE`]) as what is done for it.
//!
//! - `request.rs`, `response.rs`: what goes in and out
//! - `commands/`: the table; one file per command holds its definition, its handler and its controls
//! - `card.rs`, `controls.rs`, `limits.rs`: what a message shows, within Discord's limits by construction
//! - `rich.rs`: text with a shape; `markdown.rs`: the same in Discord's notation, escaped
//! - `component_id.rs`: what a button remembers
//! - `locale.rs`, `locales/`: the bot's own words in four languages
//! - `definition.rs`: what a command is called and takes, as Discord registers it
//! - `payload.rs`: a card as Discord's JSON
//! - `suggest.rs`: what may be meant while someone is typing

mod card;
pub mod commands;
pub mod component_id;
mod controls;
mod definition;
pub mod limits;
mod locale;
pub mod markdown;
mod payload;
mod request;
mod response;
mod rich;
mod suggest;

pub use card::{Card, Field, File, Tone};
pub use component_id::ComponentId;
pub use controls::{Button, Press, Row, Select, SelectOption, Style};
pub use definition::{Definition, Kind, OptionDefinition, ShownTo, Suggest, Takes};
pub use locale::Locale;
pub use payload::{Look, Payload};
pub use request::{Action, Addressed, Argument, Arguments, MESSAGE, Place, Request, Status};
pub use response::{Audience, Choice, Refusal, Reply, Report, Response};
pub use rich::{Block, Inline, Run};

use pullquote_core::article::Changes;
use pullquote_core::engine::Engine;

/// What the bot says to a member who asks too much, and when to ask again.
pub fn too_fast(request: &Request, seconds: u64) -> Response {
    commands::too_fast(request, seconds)
}

/// What the bot says when something went wrong that the log has under `id`.
pub fn failed(request: &Request, id: &str) -> Response {
    commands::failed(request, id)
}

/// A question that the articles should answer.
pub fn example(engine: &Engine) -> Option<String> {
    suggest::example(engine)
}

/// What the bot says to whoever runs it once the articles were read again.
pub fn reloaded(request: &Request, outcome: &Result<Changes, String>) -> Response {
    commands::reloaded(request, outcome)
}

/// What the bot does about a request.
pub fn respond(engine: &Engine, request: &Request) -> Response {
    match &request.action {
        Action::Command { name, arguments } => match commands::find(name) {
            Some(command) => (command.run)(engine, request, arguments),
            None => commands::refusal(request, Refusal::UnknownCommand),
        },
        Action::Question { text, addressed } => {
            commands::question(engine, request, text, *addressed)
        }
        Action::Component {
            custom_id,
            values,
            asked,
        } => match ComponentId::parse(custom_id) {
            Some(id) => {
                let pressed = commands::Pressed {
                    value: values.first().map(String::as_str),
                    asked: asked.as_deref().unwrap_or_default(),
                };
                commands::press(engine, request, id, &pressed)
            }
            None => commands::refusal(request, Refusal::UnknownControl),
        },
        Action::Autocomplete {
            command,
            option,
            typed,
            arguments,
        } => {
            let suggest = commands::find(command).and_then(|command| command.suggest(option));
            let choices = suggest.map(|suggest| suggest(engine, typed, arguments));
            Response::choices(choices.unwrap_or_default())
        }
    }
}
