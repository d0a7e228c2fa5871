//! `pictures`: the cards as members see them, on an HTML page, in the drawing of `pullquote-page`. For the README's
//! pictures, and to check a changed card by eye.

use anyhow::Result;
use clap::Args;
use pullquote_cards::{
    Action, Arguments, ChannelKind, Context, Format, Locale, Payload, Request, Status, respond,
};
use pullquote_core::engine::Engine;
use pullquote_library::Limits;
use pullquote_page::{PICTURE_STYLE, exchange};
use std::io::Write;
use std::path::Path;

#[derive(Debug, Args)]
pub(crate) struct Pictures {
    /// Language of the cards, such as en, de or pt
    #[arg(long, value_name = "CODE", default_value = "en")]
    locale: String,
    /// What members type: a question, or a slash command such as `/summary`
    #[arg(default_values = ["wat does jusche mean?", "/summary"])]
    typed: Vec<String>,
}

/// The page around the pictures, with the same background.
const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width\">\n<title>Pullquote on Discord</title>\n";
const BODY: &str = "body { margin: 0; background: #313338; }";

impl Pictures {
    pub(crate) fn run(&self, dir: &Path) -> Result<()> {
        let articles = pullquote_library::load(dir, &Limits::default())?.articles;
        let engine = Engine::build(articles);
        let mut out = std::io::stdout().lock();
        writeln!(out, "{HEAD}<style>\n{BODY}\n{PICTURE_STYLE}</style>")?;
        for typed in &self.typed {
            let response = respond(&engine, &self.request(typed));
            let shown = response
                .card()
                .map(|card| Payload::message(card, Format::Embed));
            let body = shown.as_ref().map(|payload| &payload.body);
            let picture = exchange(typed, body).into_string();
            writeln!(out, "<div class=\"discord\">{picture}</div>")?;
        }
        Ok(())
    }

    fn request(&self, typed: &str) -> Request {
        let (name, rest) = match typed.strip_prefix('/') {
            Some(command) => command.split_once(' ').unwrap_or((command, "")),
            None => ("ask", typed),
        };
        // The words after a command fill its first option.
        let first = pullquote_cards::commands::find(name)
            .and_then(|command| command.definition.options.first());
        let arguments = match first {
            Some(option) => Arguments::default().with_text(option.name, rest),
            None => Arguments::default(),
        };
        Request {
            action: Action::Command {
                name: name.to_owned(),
                arguments,
            },
            locale: Locale::from_code(&self.locale),
            channel: ChannelKind::Server,
            member: 0,
            status: Status::default(),
            context: Context::default(),
        }
    }
}
