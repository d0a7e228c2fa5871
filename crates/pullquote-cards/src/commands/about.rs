//! `/about`: what is running here.

use super::Command;
use crate::definition::{Definition, Kind, ShownTo};
use crate::locale::Value;
use crate::{Arguments, Button, Card, Locale, Report, Request, Response, Tone};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "about",
        id: "command-about",
        kind: Kind::Slash,
        shown_to: ShownTo::Everyone,
        options: &[],
    },
    run,
};

/// Where the source code is, if the package says so.
const SOURCE_CODE: &str = env!("CARGO_PKG_REPOSITORY");

fn run(engine: &Engine, request: &Request, _: &Arguments) -> Response {
    let locale = request.locale;
    let corpus = engine.corpus();
    let mut card = Card::new(Tone::Plain)
        .titled("Pullquote")
        .paragraph(&locale.text("about"))
        .field(&locale.text("about-version"), env!("CARGO_PKG_VERSION"))
        .field(
            &locale.text("about-articles"),
            &corpus.articles().len().to_string(),
        )
        .field(
            &locale.text("about-passages"),
            &corpus.passages().len().to_string(),
        )
        .field(
            &locale.text("about-uptime"),
            &duration(locale, request.status.uptime),
        );
    if let Some(latency) = request.status.latency {
        card = card.field(&locale.text("about-latency"), &format!("{latency} ms"));
    }
    let link = Button::link(&locale.text("about-source-code"), SOURCE_CODE);
    Response::private(card.buttons(link), Report::Shown)
}

/// Seconds in the two largest units that matter.
fn duration(locale: Locale, seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let (id, large, small) = match (days, hours) {
        (0, 0) => ("uptime-minutes", minutes, seconds % 60),
        (0, _) => ("uptime-hours", hours, minutes % 60),
        _ => ("uptime-days", days, hours % 24),
    };
    let filled_in = [("large", Value::from(large)), ("small", Value::from(small))];
    locale.text_with(id, &filled_in)
}
