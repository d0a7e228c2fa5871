//! The database that keeps what servers have taught the bot: shared by two processes, away and back, and on a full disk.
//!
//! The stories on `PostgreSQL` run where `PULLQUOTE_TEST_POSTGRES` names a server (`.ci/postgres`), and say so elsewhere.

use crate::discord::teaching::{SENTENCE, TEXT, TITLE, ask, draft, manager, write};
use crate::discord::{QUESTION, QUOTE, start_with};
use crate::support::bot::Bot;
use crate::support::discord::{BOB, OTHER_SERVER, Options, PATIENCE, SERVER, StandIn};
use crate::support::postgres::{Database, Gate};
use pullquote_store::{Location, NewArticle, Store, Value};
use serde_json::json;
use std::time::{Duration, Instant};

/// A bot that keeps its data at an address.
fn start(address: &str) -> (StandIn, Bot) {
    start_with(Options::default(), |command| {
        command.env("DATABASE_URL", address);
    })
}

/// Asks until the answer contains a part, and returns how long that took.
fn wait_answer(discord: &StandIn, question: &str, part: &str) -> Duration {
    let bob = discord.member(BOB);
    let begun = Instant::now();
    loop {
        let answer = ask(&bob, question);
        if answer.contains(part) {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < PATIENCE, "{answer}");
        // Members must not ask too fast.
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What a third process adds.
fn put(address: &str, server: u64, path: &str, text: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Store::new(Location::Postgres(address.to_owned()));
    let article = NewArticle {
        server,
        path,
        content: text.as_bytes(),
        link: None,
        by: 1,
        at: 1,
    };
    runtime.block_on(store.put(&article, None)).unwrap();
}

/// Waits until the store knows that the bot has left a server.
fn wait_left(address: &str, server: u64) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Store::new(Location::Postgres(address.to_owned()));
    let end = Instant::now() + PATIENCE;
    loop {
        let export = runtime.block_on(store.export(server)).unwrap().unwrap();
        let mut columns = export.tables[0].1[0].iter();
        let left = columns.find(|(column, _)| column == "left_at").unwrap();
        if left.1 != Value::Null {
            return;
        }
        assert!(Instant::now() < end, "it is not noted");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_one_process_is_taught_the_other_answers() {
    let Some(database) = Database::new() else {
        return;
    };
    let gate = Gate::open(database.address());
    let (here, _bot) = start(database.address());
    let (there, _other) = start(&gate.address());
    // Both know that there is nothing.
    for discord in [&here, &there] {
        assert!(!ask(&discord.member(BOB), TITLE).contains(SENTENCE));
    }
    let manager = manager(&here);
    for round in 0..5 {
        let sentence = format!("opens at {round} sharp");
        let text = TEXT.replace(SENTENCE, &sentence);
        write(&manager, TITLE, &text);
        // Versions are compared every 30 s: what comes sooner was heard.
        let took = wait_answer(&there, TITLE, &sentence);
        println!("the other process answered after {} ms", took.as_millis());
        // Its own members do not ask the store again and again.
        let before = gate.sent();
        for _ in 0..10 {
            assert!(ask(&there.member(BOB), TITLE).contains(&sentence));
        }
        let sent = gate.sent() - before;
        assert!(sent < 10, "{sent} messages to the store for 10 questions");
    }
}

#[test]
fn while_the_database_is_away_answers_go_on_and_changes_are_refused() {
    let Some(database) = Database::new() else {
        return;
    };
    let mut gate = Gate::open(database.address());
    put(database.address(), OTHER_SERVER, "other.md", "Other.");
    let (discord, bot) = start(&gate.address());
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    assert!(ask(&bob, TITLE).contains(SENTENCE));

    gate.close();
    bot.wait_line("cannot use the articles of servers, except");
    // What is in memory is enough for these.
    assert!(ask(&bob, TITLE).contains(SENTENCE));
    assert!(ask(&bob, QUESTION).contains(QUOTE));
    let said = draft(&manager, "What else?", "Nothing else.").text();
    assert!(said.contains("nothing has changed"), "{said}");
    // Many servers come and go meanwhile. They cost no line each, and what has to be kept of it is kept later.
    for server in 1..=200_u64 {
        let event =
            json!({"id": server.to_string(), "roles": [], "channels": [], "unavailable": false});
        discord.dispatch_unjudged("GUILD_CREATE", &event);
    }
    discord.remove_bot(OTHER_SERVER);
    let begun = Instant::now();
    assert!(ask(&bob, QUESTION).contains(QUOTE));
    println!(
        "an answer took {} ms meanwhile",
        begun.elapsed().as_millis()
    );
    // A notification that nobody hears.
    let later = TEXT.replace(SENTENCE, "opens at eleven");
    put(
        database.address(),
        SERVER,
        "when-does-the-skating-rink-open.md",
        &later,
    );
    let lines = bot.lines();
    let about = |part: &str| lines.iter().filter(|line| line.contains(part)).count();
    assert_eq!(about("cannot use the articles of servers, except"), 1);
    assert!(about("WARN") <= 3, "{lines:#?}");

    let begun = Instant::now();
    gate.reopen();
    bot.wait_line("the articles of servers can be used again");
    println!("used again after {} ms", begun.elapsed().as_millis());
    write(&manager, "What else?", "Nothing else.");
    wait_answer(
        &discord,
        "When does the skating rink open?",
        "opens at eleven",
    );
    wait_left(database.address(), OTHER_SERVER);
}

#[test]
fn a_database_that_stops_answering_holds_up_neither_managers_nor_the_end() {
    let Some(database) = Database::new() else {
        return;
    };
    let (discord, mut bot) = start_with(Options::default(), |command| {
        command
            .env("DATABASE_URL", database.address())
            .env_remove("KEEP_QUESTIONS_DAYS");
    });
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    let _lock = database.lock("asked");
    let asked = bob.slash("ask", json!({"question": "Which otter juggles lanterns?"}));
    asked.answer();
    for _ in 0..2 {
        let insights = manager.slash("insights", json!({})).answer();
        let text = insights.message().text();
        assert!(text.contains("nothing has changed"), "{text}");
    }
    bot.signal("TERM");
    assert!(bot.wait_exit().success());
}

#[test]
fn a_bot_that_starts_without_its_database_uses_it_once_it_is_there() {
    let Some(database) = Database::new() else {
        return;
    };
    put(database.address(), SERVER, "rink.md", TEXT);
    let mut gate = Gate::open(database.address());
    gate.close();
    let (discord, bot) = start(&gate.address());
    bot.wait_line("cannot use the articles of servers, except");
    assert!(ask(&discord.member(BOB), QUESTION).contains(QUOTE));
    gate.reopen();
    bot.wait_line("the articles of servers can be used again");
    wait_answer(&discord, TITLE, SENTENCE);
}

#[test]
fn a_second_process_on_a_file_is_refused() {
    let data = tempfile::tempdir().unwrap();
    let start = || {
        start_with(Options::default(), |command| {
            command.env("DATA_DIR", data.path());
        })
    };
    let (first, _first) = start();
    write(&manager(&first), TITLE, TEXT);
    let (second, bot) = start();
    bot.wait_line("another Pullquote uses");
    let bob = second.member(BOB);
    assert!(ask(&bob, QUESTION).contains(QUOTE));
    let said = draft(&manager(&second), "What else?", "Nothing else.").text();
    assert!(said.contains("nothing has changed"), "{said}");
    assert!(ask(&first.member(BOB), TITLE).contains(SENTENCE));
}

/// Needs root, to mount a small disk.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_changes_are_refused_and_answers_go_on() {
    let Some(disk) = crate::support::disk::Disk::new(2) else {
        return;
    };
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("DATA_DIR", disk.path());
    });
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    write(&manager, TITLE, TEXT);
    let ballast = disk.fill();
    // A change may still find room in what the database has taken before.
    let refused = (0..200).find_map(|number| {
        let text = format!("Number {number}. {}", "All work and no play. ".repeat(150));
        let manager = manager.clone().in_server(9_000 + number);
        let said = draft(&manager, &format!("What is number {number}?"), &text).text();
        said.contains("disk").then_some(said)
    });
    let refused = refused.expect("the disk is full");
    assert!(
        refused.contains("The disk that I keep the articles on is full"),
        "{refused}"
    );
    bot.wait_line("is full: nothing was changed; free some space there");
    assert!(ask(&bob, TITLE).contains(SENTENCE));
    assert!(ask(&bob, QUESTION).contains(QUOTE));
    std::fs::remove_file(ballast).unwrap();
    write(&manager, "What else?", "Nothing else.");
}
