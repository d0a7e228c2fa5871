//! Answers a question from one article and prints the card as Discord's JSON, without Discord.
//!
//! ```text
//! cargo run -p pullquote-cards --example card -- "Who built the lighthouse?" de
//! ```

use pullquote_cards::{
    Action, Arguments, ChannelKind, Context, Format, Locale, Payload, Request, Status, respond,
};
use pullquote_core::article::Article;
use pullquote_core::engine::Engine;
use std::env;
use std::io::{self, Write};

const ARTICLE: &str = "# The lighthouse of Norrby\n\n\
    The lighthouse of Norrby was built in 1874 by Karl Wessel. It stands on a skerry of red granite.\n\n\
    ## The lamp\n\n\
    The lamp burned rapeseed oil until 1902. Since then it has burned paraffin.\n";

fn main() -> io::Result<()> {
    let mut words = env::args().skip(1);
    let question = words
        .next()
        .unwrap_or_else(|| "Who built the lighthouse?".to_owned());
    let locale = Locale::from_code(&words.next().unwrap_or_default());

    let document = pullquote_readers::read("norrby.md", ARTICLE.as_bytes());
    let engine = Engine::build(Article::new("norrby.md", document).into_iter().collect());
    let request = Request {
        action: Action::Command {
            name: "ask".to_owned(),
            arguments: Arguments::default().with_text("question", &question),
        },
        locale,
        channel: ChannelKind::Server,
        member: 1,
        status: Status::default(),
        context: Context::default(),
    };

    let response = respond(&engine, &request);
    let mut out = io::stdout().lock();
    match response.card() {
        Some(card) => writeln!(out, "{:#}", Payload::message(card, Format::Embed).body),
        None => writeln!(out, "no card: {:?}", response.reply),
    }
}
