//! `/about`: version, articles and state of the bot. The smallest command: copy it for a new one.

use super::Command;
use crate::locale::FluentValue;
use crate::{
    Access, Arguments, Button, Card, CommandKind, Definition, Locale, Request, RequestOutcome,
    Response, Tone,
};
use pullquote_core::engine::Engine;

pub(super) const COMMAND: Command = Command {
    definition: Definition {
        name: "about",
        id: "command-about",
        kind: CommandKind::Slash,
        access: Access::Everyone,
        options: &[],
    },
    run,
};

/// Address of the source code; empty if `Cargo.toml` has no `repository`.
const SOURCE_CODE: &str = env!("CARGO_PKG_REPOSITORY");

fn run(engine: &Engine, request: &Request, _: &Arguments) -> Response {
    let locale = request.locale;
    let corpus = engine.corpus();
    let articles = corpus.article_count().to_string();
    let passages = corpus.passage_count().to_string();
    let uptime = duration(locale, request.status.uptime);
    let mut card = Card::new(Tone::Plain)
        .titled("Pullquote")
        .paragraph(&locale.text("about"))
        .field(&locale.text("about-version"), env!("CARGO_PKG_VERSION"))
        .field(&locale.text("about-articles"), &articles)
        .field(&locale.text("about-passages"), &passages)
        .field(&locale.text("about-uptime"), &uptime);
    if let Some(latency) = request.status.latency {
        card = card.field(&locale.text("about-latency"), &format!("{latency} ms"));
    }
    let link = Button::link(&locale.text("about-source-code"), SOURCE_CODE);
    Response::ephemeral(card.buttons(link), RequestOutcome::Shown)
}

/// A number of seconds in its two largest units.
pub(super) fn duration(locale: Locale, seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let (id, large, small) = match (days, hours) {
        (0, 0) => ("uptime-minutes", minutes, seconds % 60),
        (0, _) => ("uptime-hours", hours, minutes % 60),
        _ => ("uptime-days", days, hours % 24),
    };
    let args = [
        ("large", FluentValue::from(large)),
        ("small", FluentValue::from(small)),
    ];
    locale.text_with(id, &args)
}

#[cfg(test)]
mod tests {
    use super::duration;
    use crate::Locale;

    #[test]
    fn a_duration_has_two_units() {
        for (seconds, expect) in [
            (0, "0 min 0 s"),
            (3_599, "59 min 59 s"),
            (3_600, "1 h 0 min"),
            (90_061, "1 d 1 h"),
        ] {
            assert_eq!(duration(Locale::English, seconds), expect);
        }
    }
}
