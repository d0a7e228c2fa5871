//! `pictures`: the cards as members see them, on an HTML page. `pictures/page.html` draws them as Discord does, from
//! the JSON that Discord would get. For the README's pictures, and to check a changed card by eye.

use anyhow::Result;
use clap::Args;
use pullquote_cards::{
    Action, Arguments, ChannelKind, Context, Format, Locale, Payload, Request, Status, respond,
};
use pullquote_core::engine::Engine;
use pullquote_library::Limits;
use serde_json::{Value, json};
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

const PAGE: &str = include_str!("pictures/page.html");

impl Pictures {
    pub(crate) fn run(&self, dir: &Path) -> Result<()> {
        let articles = pullquote_library::load(dir, &Limits::default())?.articles;
        let engine = Engine::build(articles);
        let exchange = |typed: &String| -> Value {
            let response = respond(&engine, &self.request(typed));
            let shown = response
                .card()
                .map(|card| Payload::message(card, Format::Embed));
            json!({"typed": typed, "message": shown.map(|payload| payload.body)})
        };
        let exchanges: Value = self.typed.iter().map(exchange).collect();
        // `</script>` inside a text must not end the script.
        let exchanges = exchanges.to_string().replace('<', "\\u003c");
        let mut out = std::io::stdout().lock();
        write!(out, "{}", PAGE.replace("\"EXCHANGES\"", &exchanges))?;
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
