//! The weekly digest. The bot's clock is played by the store: it says which week the last one was of.

use crate::discord::start_with;
use crate::discord::teaching::manager;
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    BOB, Fault, Member, OTHER, Options, PATIENCE, SERVER, StandIn, permission,
};
use crate::support::postgres::Database;
use pullquote_store::{Counts, DayCount, Location, NewArticle, NewQuestion, QuoteCount, Store};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use tokio::runtime::Runtime;

const WISH: &str = "How do I bake sourdough bread?";
const MENU: &str = "set:digest";

fn today() -> i64 {
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    i64::try_from(since.as_secs() / 86_400).unwrap()
}

fn folder(data: &Path) -> Store {
    Store::new(Location::Folder(data.to_owned()))
}

/// What a bot before has counted yesterday, in a server with these settings.
async fn fill(store: &Store, settings: &Value) {
    let day = today() - 1;
    let gated = NewArticle {
        server: SERVER,
        path: "secret.md",
        content: b"# The secret plan\n\nNobody knows it.",
        link: None,
        by: 1,
        at: 1,
    };
    store.put(&gated, None).await.unwrap();
    let gate = store.set_gate(SERVER, "secret.md", "1/").await;
    gate.unwrap();
    let asked = |outcome, number| {
        let count = DayCount {
            day,
            outcome,
            number,
        };
        (SERVER, count)
    };
    let quoted = |path: &str, is_shared, number| {
        let count = QuoteCount {
            path: path.to_owned(),
            is_shared,
            number,
        };
        (SERVER, day, count)
    };
    let question = NewQuestion {
        server: SERVER,
        key: 7,
        wording: WISH.to_owned(),
        count: 3,
        day,
        by_several: false,
    };
    let counts = Counts {
        questions: vec![question],
        asked: vec![asked(0, 5), asked(2, 4)],
        quotes: vec![
            quoted("north-korea-detente.md", true, 2),
            quoted("secret.md", false, 3),
        ],
        ..Counts::default()
    };
    store.count(&counts).await.unwrap();
    let set = store.set(SERVER, "{}", &settings.to_string()).await;
    assert!(set.unwrap().is_some());
}

fn settings(week: i64) -> Value {
    json!({"digest": {"channel": OTHER, "week": week}})
}

/// The week of the last digest, as the store has it.
async fn week(store: &Store) -> Value {
    let text = store.settings(SERVER).await.unwrap().unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["digest"]["week"].clone()
}

/// Lets the last digest be of an early week, while no bot runs. Returns the week that it was of.
async fn play_back(data: &Path) -> Value {
    let store = folder(data);
    let before = store.settings(SERVER).await.unwrap().unwrap();
    let this = week(&store).await;
    let after = before.replace(&format!("\"week\":{this}"), "\"week\":1");
    let set = store.set(SERVER, &before, &after).await;
    assert!(set.unwrap().is_some());
    this
}

/// Waits until a running bot has noted a week.
fn wait_week(runtime: &Runtime, data: &Path, is_so: impl Fn(&Value) -> bool) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let now = runtime.block_on(async {
            let store = Store::beside(Location::Folder(data.to_owned())).await;
            week(&store.unwrap().unwrap()).await
        });
        if is_so(&now) {
            return now;
        }
        assert!(Instant::now() < end, "week {now}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn keep(data: &Path) -> impl FnOnce(&mut Command) {
    move |command| {
        command
            .env("DATA_DIR", data)
            .env_remove("KEEP_QUESTIONS_DAYS");
    }
}

fn wait_posted(discord: &StandIn, count: usize) -> Vec<Message> {
    let end = Instant::now() + PATIENCE;
    loop {
        let posted = discord.messages(OTHER);
        if posted.len() >= count {
            assert_eq!(posted.len(), count);
            return posted;
        }
        assert!(Instant::now() < end, "{} digests", posted.len());
        thread::sleep(Duration::from_millis(20));
    }
}

/// The settings about questions.
fn panel(manager: &Member<'_>) -> Message {
    let panel = manager.slash("settings", json!({})).answer();
    let page = manager.click(panel.message(), "Helpers and questions");
    page.answer().message().clone()
}

fn stop(bot: &mut Bot) {
    bot.signal("TERM");
    assert!(bot.wait_exit().success());
}

#[test]
fn a_server_gets_a_digest_once_a_week_over_restarts() {
    let data = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    runtime.block_on(fill(&folder(data.path()), &settings(1)));
    let (discord, mut bot) = start_with(Options::default(), keep(data.path()));
    let posted = wait_posted(&discord, 1);
    let text = posted[0].text();
    assert!(
        text.contains("in the last 7 days: 9 · Answered: 5"),
        "{text}"
    );
    assert!(text.contains(WISH) && text.contains("Asked 3×"), "{text}");
    assert!(
        text.contains("Most quoted") && text.contains("2×"),
        "{text}"
    );
    // Not everyone in the channel may see the article that was quoted most.
    assert!(!text.contains("secret"), "{text}");
    assert!(posted[0].pings.is_empty());

    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let list = manager.click(&posted[0], "Questions without an answer");
    let list = list.answer();
    assert!(list.message().ephemeral && list.message().text().contains(WISH));
    assert_ne!(list.message().id, posted[0].id, "the digest stays");
    let refused = bob.click(&posted[0], "Questions without an answer");
    assert!(refused.answer().message().text().contains("Manage Server"));

    for readies in 2..4 {
        stop(&mut bot);
        discord.pass(Duration::from_mins(10));
        bot = Bot::run(&discord, keep(data.path()));
        discord.wait_readies(readies);
    }
    stop(&mut bot);
    // The next week.
    let this = runtime.block_on(play_back(data.path()));
    discord.pass(Duration::from_mins(10));
    let mut bot = Bot::run(&discord, keep(data.path()));
    wait_posted(&discord, 2);
    stop(&mut bot);
    assert_eq!(runtime.block_on(week(&folder(data.path()))), this);
}

#[test]
fn the_first_digest_comes_when_a_week_is_over_and_none_without_questions() {
    let data = tempfile::tempdir().unwrap();
    let (discord, mut bot) = start_with(Options::default(), keep(data.path()));
    let manager = manager(&discord);
    let before = panel(&manager);
    assert!(
        before.text().contains("**Weekly digest**: none"),
        "{}",
        before.text()
    );
    let channel = OTHER.to_string();
    let forged = discord.member(BOB).select(&before, MENU, &[&channel]);
    assert!(forged.answer().message().text().contains("Manage Server"));
    let chosen = manager.select(&before, MENU, &[&channel]).answer();
    assert!(chosen.message().text().contains(&format!("<#{OTHER}>")));
    stop(&mut bot);
    // What is counted is of yesterday, and the week has not begun.
    discord.pass(Duration::from_mins(10));
    let mut bot = Bot::run(&discord, keep(data.path()));
    discord.wait_readies(2);
    let runtime = Runtime::new().unwrap();
    wait_week(&runtime, data.path(), Value::is_i64);
    stop(&mut bot);
    // A week without questions is over.
    let this = runtime.block_on(play_back(data.path()));
    discord.pass(Duration::from_mins(10));
    let mut bot = Bot::run(&discord, keep(data.path()));
    wait_week(&runtime, data.path(), |week| *week == this);
    stop(&mut bot);
    assert!(discord.messages(OTHER).is_empty());
}

#[test]
fn a_channel_that_is_forbidden_is_told_once() {
    let data = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    runtime.block_on(fill(&folder(data.path()), &settings(1)));
    let discord = StandIn::start(Options::default());
    discord.permit(OTHER, permission::USUAL & !permission::SEND);
    let mut bot = Bot::run(&discord, keep(data.path()));
    bot.wait_line("cannot post the weekly digest");
    let manager = manager(&discord);
    let told = "I couldn't write there";
    let end = Instant::now() + PATIENCE;
    while !panel(&manager).text().contains(told) {
        assert!(Instant::now() < end, "{}", panel(&manager).text());
        thread::sleep(Duration::from_millis(20));
    }
    stop(&mut bot);
    // Neither the next week, though the bot may write there by then.
    runtime.block_on(play_back(data.path()));
    discord.permit(OTHER, permission::USUAL);
    discord.pass(Duration::from_mins(10));
    let mut bot = Bot::run(&discord, keep(data.path()));
    discord.wait_readies(2);
    let chosen = manager.select(&panel(&manager), MENU, &[&OTHER.to_string()]);
    let text = chosen.answer().message().text();
    assert!(!text.contains(told), "{text}");
    stop(&mut bot);
    assert!(discord.messages(OTHER).is_empty());
    discord.pass(Duration::from_mins(10));
    let _bot = Bot::run(&discord, keep(data.path()));
    wait_posted(&discord, 1);
}

#[test]
fn a_digest_that_discord_could_not_take_comes_later() {
    let data = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    runtime.block_on(fill(&folder(data.path()), &settings(1)));
    let discord = StandIn::start(Options::default());
    let busy = Fault::on("POST /channels/*/messages").status(429);
    discord.fault(busy.retry_after(60.0));
    let mut bot = Bot::run(&discord, keep(data.path()));
    bot.wait_line("cannot post the weekly digest");
    wait_week(&runtime, data.path(), |week| *week == 1);
    stop(&mut bot);
    assert!(discord.messages(OTHER).is_empty());
    discord.pass(Duration::from_mins(10));
    let _bot = Bot::run(&discord, keep(data.path()));
    wait_posted(&discord, 1);
}

#[test]
fn of_two_processes_one_posts() {
    let Some(database) = Database::new() else {
        return;
    };
    let runtime = Runtime::new().unwrap();
    let store = Store::new(Location::Postgres(database.address().to_owned()));
    runtime.block_on(fill(&store, &settings(1)));
    let options = Options {
        shards: 2,
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let start = || {
        Bot::run(&discord, |command| {
            command
                .env("DATABASE_URL", database.address())
                .env("SHARDS", "shared")
                .env_remove("KEEP_QUESTIONS_DAYS");
        })
    };
    let mut bots = [start(), start()];
    discord.wait_readies(2);
    wait_posted(&discord, 1);
    bots.iter_mut().for_each(stop);
    wait_posted(&discord, 1);
}
