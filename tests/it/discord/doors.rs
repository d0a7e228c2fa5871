//! The doors through which managers teach the bot, each with an addition that is confirmed too late and one that no longer fits.

use crate::discord::teaching::{TEXT, TITLE, ask, confirm, draft, manager, open, prefilled, put};
use crate::discord::{start_with, stranger};
use crate::support::discord::message::Message;
use crate::support::discord::{BOB, Member, OTHER_SERVER, Options, PATIENCE, StandIn};
use serde_json::json;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Executor};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// The article that is edited: its file, question and answer.
const FILE: &str = "when-does-the-bus-leave.md";
const BUS: &str = "When does the bus leave?";
const BUS_TEXT: &str = "# When does the bus leave?\n\nThe bus leaves at noon.\n";
/// What each door would add: a question, and words of its answer.
const ADDED: [(&str, &str); 4] = [
    ("How long does the ferry take?", "ten minutes"),
    (TITLE, "opens at nine"),
    ("Where do I park my bicycle?", "behind the old mill"),
    (BUS, "at midnight"),
];
/// What a server may have.
const SERVER_BYTES: usize = 20 << 20;
const ARTICLE_BYTES: usize = 2 << 20;

/// What the bot says at each door: a file, a form, a message, and an article that is edited.
fn additions(discord: &StandIn, manager: &Member<'_>) -> [Message; 4] {
    let ferry = "# Ferry\n\n## How long does the ferry take?\n\nThe ferry takes ten minutes.\n";
    discord.has_file("ferry.md", ferry);
    let form = manager.slash("knowledge add", json!({}));
    let file = manager.submit_all(&form, &json!({"files": ["ferry.md"], "address": ""}));
    let file = file.answer().message().clone();
    let written = draft(manager, TITLE, TEXT);
    let said = "**Where do I park my bicycle?**\nPark your bicycle behind the old mill.";
    let said = discord.member(BOB).say(said);
    let form = manager.message_command("Add to articles", said);
    let sent = manager.submit_all(&form, &prefilled(&form.answer().form));
    let message = sent.answer().message().clone();
    let form = manager.click(&open(manager, BUS), "Edit");
    form.answer();
    let text = "The bus leaves at midnight, and on Sundays it does not leave at all.";
    let sent = manager.submit_all(&form, &json!({"title": BUS, "content": text}));
    [file, written, message, sent.answer().message().clone()]
}

/// Whether members get what each door would add.
fn is_quoted(discord: &StandIn) -> [bool; 4] {
    let bob = discord.member(BOB);
    ADDED.map(|(question, part)| ask(&bob, question).contains(part))
}

/// Lets an hour and a minute pass for what waits to be confirmed.
fn pass_an_hour(data: &Path) {
    let options = SqliteConnectOptions::new().filename(data.join("pullquote.db"));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut file = options.connect().await.unwrap();
        let pass = "update draft set until = until - 3660000";
        assert!(file.execute(pass).await.unwrap().rows_affected() >= 4);
    });
}

#[test]
fn what_is_confirmed_after_an_hour_changes_nothing_and_can_be_started_again() {
    let data = tempfile::tempdir().unwrap();
    put(data.path(), [(FILE.to_owned(), BUS_TEXT.into())]);
    let (discord, _bot) = start_with(Options::default(), |command| {
        command.env("DATA_DIR", data.path());
    });
    let manager = manager(&discord);
    assert!(ask(&manager, BUS).contains("at noon"));
    let cards = additions(&discord, &manager);
    pass_an_hour(data.path());
    for card in &cards {
        let late = manager.click(card, card.buttons()[0]).answer();
        let text = late.message().text();
        assert!(text.contains("more than an hour old"), "{text}");
    }
    assert_eq!(is_quoted(&discord), [false; 4]);
    assert!(ask(&manager, BUS).contains("at noon"));
    // In another server, since this one has been added to four times in this minute.
    let elsewhere = manager.in_server(OTHER_SERVER);
    confirm(&elsewhere, &draft(&elsewhere, TITLE, TEXT));
}

#[test]
fn a_server_that_is_full_takes_nothing_more_through_any_door() {
    let data = tempfile::tempdir().unwrap();
    // Comments are bytes of the file, and no text.
    let filled = |at: usize, bytes: usize| {
        let text = format!("# Zone {at}\n\nPage {at} is full.\n\n<!-- ");
        let filling = "x".repeat(bytes - text.len() - 5);
        (format!("z-full-{at}.md"), format!("{text}{filling} -->\n"))
    };
    let full = (0..SERVER_BYTES / ARTICLE_BYTES).map(|at| match at {
        0 => filled(at, ARTICLE_BYTES - BUS_TEXT.len() - 20),
        _ => filled(at, ARTICLE_BYTES),
    });
    let full = full.chain([(FILE.to_owned(), BUS_TEXT.to_owned())]);
    put(data.path(), full.map(|(path, text)| (path, text.into())));
    let (discord, _bot) = start_with(Options::default(), |command| {
        command.env("DATA_DIR", data.path());
    });
    let manager = manager(&discord);
    // To read so much for the first time takes a while.
    let begun = Instant::now();
    while !ask(&discord.member(stranger()), BUS).contains("at noon") {
        assert!(begun.elapsed() < PATIENCE, "its articles are not read");
        thread::sleep(Duration::from_millis(200));
    }
    for card in additions(&discord, &manager) {
        let text = card.text();
        assert!(text.contains("larger than 20 MB"), "{text}");
        assert!(card.buttons().is_empty(), "{:?}", card.buttons());
    }
    assert_eq!(is_quoted(&discord), [false; 4]);
    assert!(ask(&manager, BUS).contains("at noon"));
}
