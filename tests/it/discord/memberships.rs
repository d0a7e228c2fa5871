//! What a bot notices of servers that have removed it while nobody told it: over HTTP there are no events, and a bot that does not run
//! gets none.

use crate::discord::start_with;
use crate::discord::teaching::wait_left;
use crate::support::bot::Bot;
use crate::support::discord::{Fault, OTHER_SERVER, Options, SERVER, StandIn};
use pullquote_store::{Location, NewArticle, Store};
use std::path::Path;
use std::process::Command;

/// Servers of one page of Discord's list.
const PAGE: u64 = 200;

/// Keeps an article of the server, which is known to be there.
fn teach(data: &Path) {
    let article = NewArticle {
        server: SERVER,
        path: "rink.md",
        content: b"The rink opens at nine.",
        link: None,
        by: 1,
        at: 1,
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Store::new(Location::Folder(data.to_owned()));
    runtime.block_on(store.put(&article, None)).unwrap();
}

fn keep_in(data: &Path) -> impl Fn(&mut Command) {
    move |command| {
        command.env("DATA_DIR", data);
    }
}

/// How often Discord was asked for a page of the servers.
fn pages(discord: &StandIn) -> usize {
    let asked = discord.requests();
    let pages = asked.iter().filter(|it| it.path == "/users/@me/guilds");
    pages.count()
}

#[test]
fn over_http_a_server_that_has_removed_the_bot_is_noticed() {
    let data = tempfile::tempdir().unwrap();
    teach(data.path());
    let discord = StandIn::start(Options {
        invited: false,
        // Before and after the server, by id.
        more_servers: (1..=2 * PAGE).chain([OTHER_SERVER]).collect(),
        ..Options::default()
    });
    discord.fault(Fault::on("GET /users/@me/guilds").status(503).times(1));
    let (bot, _) = Bot::serve(&discord, keep_in(data.path()));
    bot.wait_line(&format!("the bot is not in server {SERVER} any more"));
    wait_left(data.path(), Some(true));
    assert_eq!(pages(&discord), 1 + 3);
    drop(bot);
    // Invited again, it is the last one of the third page.
    discord.list_servers((1..=2 * PAGE).chain([SERVER]));
    let (bot, _) = Bot::serve(&discord, keep_in(data.path()));
    bot.wait_line(&format!("the bot is in server {SERVER} again"));
    wait_left(data.path(), Some(false));
}

#[test]
fn a_bot_that_did_not_run_notices_it_as_well() {
    let data = tempfile::tempdir().unwrap();
    teach(data.path());
    let options = Options {
        invited: false,
        ..Options::default()
    };
    let (_discord, bot) = start_with(options, keep_in(data.path()));
    bot.wait_line(&format!("the bot is not in server {SERVER} any more"));
    wait_left(data.path(), Some(true));
}

#[test]
fn without_anything_kept_discord_is_not_asked() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start_with(Options::default(), keep_in(data.path()));
    assert_eq!(pages(&discord), 0);
}
