//! Which articles are quoted and which are not, for those who manage the server.

use crate::discord::teaching::{manager, open, write};
use crate::discord::{QUESTION, QUOTE, start_with};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE_DM, BOB, Member, OTHER_SERVER, Options, PATIENCE, SERVER, StandIn,
};
use pullquote_store::{Location, Store};
use serde_json::json;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

const RINK: &str = "When does the skating rink open?";
const BIKES: &str = "Where can I park my bicycle?";

fn start(data: &Path) -> (StandIn, Bot) {
    start_with(Options::default(), |command| {
        command
            .env("DATA_DIR", data)
            .env_remove("KEEP_QUESTIONS_DAYS");
    })
}

fn ask(member: &Member<'_>, values: serde_json::Value) -> String {
    member.slash("ask", values).answer().message().text()
}

/// The list that a button below `/insights` leads to.
fn list(manager: &Member<'_>) -> Message {
    let insights = manager.slash("insights", json!({})).answer();
    let list = manager.click(insights.message(), "Most quoted").answer();
    list.message().clone()
}

/// The list, when it contains a text: an answer is counted after it was sent.
fn list_with(manager: &Member<'_>, part: &str) -> Message {
    let end = Instant::now() + PATIENCE;
    loop {
        let list = list(manager);
        let text = list.text();
        if text.contains(part) {
            return list;
        }
        assert!(Instant::now() < end, "no {part}: {text}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_manager_sees_what_is_quoted_and_what_is_not() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let none = list(&manager);
    assert!(none.text().contains("No answers have been counted yet"));
    write(&manager, RINK, "The skating rink opens at nine.");
    write(&manager, BIKES, "Park your bicycle behind the hall.");
    for _ in 0..2 {
        assert!(ask(&bob, json!({"question": RINK})).contains("at nine"));
    }
    // Neither what only one member saw, nor what was not in the server.
    let private = json!({"question": BIKES, "private": true});
    assert!(ask(&bob, private).contains("behind the hall"));
    let message = bob.clone().at(ALICE_DM);
    assert!(ask(&message, json!({"question": QUESTION})).contains(QUOTE));

    let most = list_with(&manager, "2×");
    let text = most.text();
    assert!(text.contains("in the last 30 days: 1 of "), "{text}");
    assert!(text.contains("Counted since"), "{text}");
    assert!(text.contains(&format!("**{RINK}** · 2×")), "{text}");
    assert!(!text.contains(BIKES), "{text}");
    let buttons = [
        "Not quoted",
        "7 days",
        "90 days",
        "Questions without an answer",
    ];
    assert_eq!(most.buttons(), buttons);
    let not = manager.click(&most, "Not quoted").answer();
    let text = not.message().text();
    assert!(text.contains(&format!("**{BIKES}**\n")), "{text}");
    assert!(text.contains("shared by all servers"), "{text}");
    assert!(!text.contains(RINK), "{text}");
    let week = manager.click(not.message(), "7 days").answer();
    assert!(week.message().text().contains("in the last 7 days: 1 of "));

    // Shared articles count in the server where they were quoted.
    assert!(ask(&bob, json!({"question": QUESTION})).contains(QUOTE));
    let most = list_with(&manager, "shared by all servers");
    assert!(most.text().contains("30 days: 2 of "), "{}", most.text());
    let elsewhere = manager.clone().in_server(OTHER_SERVER);
    assert!(
        list(&elsewhere)
            .text()
            .contains("No answers have been counted")
    );
    let forged = bob.click(&most, "Not quoted").answer();
    assert!(forged.message().text().contains("Manage Server"));
}

/// How many articles of the server have counts of their own.
fn counted(data: &Path) -> usize {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::beside(Location::Folder(data.to_owned())).await;
        let quotes = store.unwrap().unwrap().quotes(SERVER, 0).await.unwrap();
        quotes.articles.len()
    })
}

#[test]
fn an_article_that_is_removed_is_in_no_list() {
    let data = tempfile::tempdir().unwrap();
    let (discord, _bot) = start(data.path());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, RINK, "The skating rink opens at nine.");
    ask(&bob, json!({"question": RINK}));
    list_with(&manager, RINK);
    let removed = manager.click(&open(&manager, RINK), "Remove").answer();
    let text = list(&manager).text();
    assert!(!text.contains(RINK), "{text}");
    // What is restored has its counts.
    assert_eq!(counted(data.path()), 1);
    manager.click(removed.message(), "Undo").answer();
    list_with(&manager, &format!("**{RINK}** · 1×"));
}
