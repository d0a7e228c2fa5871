//! `/settings`: what a server's managers choose, and that it takes effect there and nowhere else.

use crate::discord::teaching::{SENTENCE, TEXT, TITLE, manager, write};
use crate::discord::{QUESTION, QUOTE, start_with, stranger};
use crate::support::bot::Bot;
use crate::support::discord::message::Message;
use crate::support::discord::{
    ALICE, BELOW, BOB, CATEGORY, GENERAL, MENTION, Member, OTHER, OTHER_SERVER, Options, PATIENCE,
    SERVER, StandIn, intent, permission,
};
use crate::support::postgres::Database;
use pullquote_store::{Counts, DayCount, Location, NewQuestion, Store};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

/// A question without an answer.
const NOWHERE: &str = "How do I bake sourdough bread?";
/// A question whose answer is right with a confidence between 85 and 90 %.
const HALF_SURE: &str = "When was the unipolar moment?";
/// Menus of the panel.
const UNASKED: &str = "set:unasked";
const HELPERS: &str = "set:helpers";
/// Buttons that lead from page to page.
const QUESTIONS: &str = "Helpers and questions";

/// A bot that keeps its data in a folder.
fn start(change: impl FnOnce(&mut Command)) -> (TempDir, StandIn, Bot) {
    let data = tempfile::tempdir().unwrap();
    let options = Options {
        privileged: intent::MESSAGE_CONTENT,
        ..Options::default()
    };
    let (discord, bot) = start_with(options, |command| {
        command.env("DATA_DIR", data.path());
        change(command);
    });
    (data, discord, bot)
}

/// A bot that answers without being asked where servers say so, and at once.
fn start_unasked() -> (TempDir, StandIn, Bot) {
    start(|command| {
        command
            .env("AUTO_ANSWER_CHANNELS", "servers")
            .env("AUTO_ANSWER_DELAY", "0");
    })
}

/// The settings of the manager's server.
fn panel(manager: &Member<'_>) -> Message {
    let panel = manager.slash("settings", json!({})).answer();
    assert!(panel.message().ephemeral, "only the manager sees it");
    panel.message().clone()
}

/// The page about helpers and questions.
fn questions(manager: &Member<'_>) -> Message {
    press(manager, &panel(manager), QUESTIONS)
}

/// Presses a button of the panel, which shows what is set then.
fn press(manager: &Member<'_>, panel: &Message, button: &str) -> Message {
    let pressed = manager.click(panel, button).answer();
    assert_eq!((pressed.kind, pressed.message().id), (7, panel.id));
    pressed.message().clone()
}

/// Picks in a menu of the panel.
fn pick(manager: &Member<'_>, panel: &Message, menu: &str, picked: &[u64]) -> Message {
    let picked: Vec<String> = picked.iter().map(u64::to_string).collect();
    let picked: Vec<&str> = picked.iter().map(String::as_str).collect();
    choose(manager, panel, menu, &picked)
}

fn choose(manager: &Member<'_>, panel: &Message, menu: &str, picked: &[&str]) -> Message {
    let chosen = manager.select(panel, menu, picked).answer();
    assert_eq!((chosen.kind, chosen.message().id), (7, panel.id));
    chosen.message().clone()
}

/// What a member gets who asks and says nothing about who may see it.
fn ask(member: &Member<'_>, question: &str) -> Message {
    let asked = member.slash("ask", json!({"question": question}));
    asked.answer().message().clone()
}

/// Waits until the bot has handled all earlier messages.
fn settle(discord: &StandIn) {
    let asker = discord.member(stranger());
    let last = asker.say(&format!("{MENTION} {QUESTION}"));
    discord.reply_to(last);
}

#[test]
fn only_managers_see_and_change_the_settings() {
    let (_data, discord, _bot) = start(|_| {});
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let first = panel(&manager);
    let second = press(&manager, &first, QUESTIONS);
    for member in [bob.clone(), bob.clone().moderator()] {
        for door in [
            member.slash("settings", json!({})),
            member.click(&first, "Answer privately"),
            member.click(&first, "Don't quote shared articles"),
            member.click(&first, "Follow the bot's operator"),
            member.click(&first, QUESTIONS),
            member.select(&first, "set:language", &["de"]),
            member.select(&second, HELPERS, &[&OTHER.to_string()]),
            member.select(&second, "set:kept", &["all"]),
        ] {
            let said = door.answer();
            let text = said.message().text();
            assert!(
                said.message().ephemeral && text.contains("Manage Server"),
                "{text}"
            );
        }
    }
    assert!(!ask(&bob, QUESTION).ephemeral);
    assert_eq!(panel(&manager).text(), first.text());
    // What a menu does not offer, such as one of a newer version, changes nothing.
    let made_up = manager.click_id(first.id, "set:private:maybe").answer();
    assert!(made_up.message().text().contains("another version"));
}

#[test]
fn answers_are_private_where_a_server_says_so() {
    let (data, discord, bot) = start(|_| {});
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let first = panel(&manager);
    assert!(
        first
            .text()
            .contains("everyone sees them · not chosen here")
    );
    let chosen = press(&manager, &first, "Answer privately");
    let line = "only the person who asked sees them";
    assert!(chosen.text().contains(line), "{}", chosen.text());
    assert!(chosen.buttons().contains(&"Answer for everyone"));
    assert!(ask(&bob, QUESTION).ephemeral);
    let summary = bob.slash("summary", json!({})).answer();
    assert!(summary.message().ephemeral);
    // A member may choose otherwise, and another server has not chosen.
    let public = bob.slash("ask", json!({"question": QUESTION, "private": false}));
    assert!(!public.answer().message().ephemeral);
    assert!(!ask(&bob.clone().in_server(OTHER_SERVER), QUESTION).ephemeral);

    // It is kept.
    drop(bot);
    discord.pass(Duration::from_secs(10));
    let _bot = Bot::run(&discord, |command| {
        command.env("DATA_DIR", data.path());
    });
    discord.wait_readies(2);
    assert!(ask(&bob, QUESTION).ephemeral);
    // Everything follows the host again.
    let reset = press(&manager, &panel(&manager), "Follow the bot's operator");
    assert_eq!(reset.text(), first.text());
    assert!(!ask(&bob, QUESTION).ephemeral);
}

#[test]
fn a_server_without_the_shared_articles_answers_from_its_own() {
    let (_data, discord, _bot) = start(|_| {});
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    assert!(ask(&bob, QUESTION).text().contains(QUOTE));
    press(&manager, &panel(&manager), "Don't quote shared articles");
    assert!(!ask(&bob, QUESTION).text().contains(QUOTE));
    assert!(ask(&bob, QUESTION).text().contains("no articles yet"));
    let mentioned = bob.say(&format!("{MENTION} {QUESTION}"));
    assert!(!discord.reply_to(mentioned).text().contains(QUOTE));
    write(&manager, TITLE, TEXT);
    assert!(ask(&bob, TITLE).text().contains(SENTENCE));
    assert!(!ask(&bob, QUESTION).text().contains(QUOTE));
    let list = bob.slash("articles", json!({})).answer();
    assert!(list.message().text().contains("One article"));
    let elsewhere = bob.clone().in_server(OTHER_SERVER);
    assert!(ask(&elsewhere, QUESTION).text().contains(QUOTE));
    press(&manager, &panel(&manager), "Quote shared articles");
    assert!(ask(&bob, QUESTION).text().contains(QUOTE));
    assert!(ask(&bob, TITLE).text().contains(SENTENCE));
}

#[test]
fn a_server_chooses_where_it_is_answered_without_asking() {
    let (_data, discord, _bot) = start_unasked();
    let manager = manager(&discord);
    let asked = |channel: u64| discord.member(stranger()).at(channel).say(QUESTION);
    let silent = [asked(OTHER), asked(BELOW)];
    settle(&discord);
    let chosen = pick(&manager, &panel(&manager), UNASKED, &[OTHER, CATEGORY]);
    let text = chosen.text();
    assert!(
        text.contains(&format!("<#{OTHER}>")) && text.contains(&format!("<#{CATEGORY}>")),
        "{text}"
    );
    for channel in [OTHER, BELOW] {
        assert!(discord.reply_to(asked(channel)).text().contains(QUOTE));
    }
    let elsewhere = asked(GENERAL);
    settle(&discord);
    for message in silent.into_iter().chain([elsewhere]) {
        assert!(discord.replies_to(message).is_empty());
    }
    // Of all channels, the list was asked for once.
    let listed = format!("GET /guilds/{SERVER}/channels");
    let listings = discord.requests();
    let listings = listings.iter().filter(|it| it.line() == listed).count();
    assert_eq!(listings, 1);
    // Where a moderator has written, it stays out there, too.
    discord.member(BOB).moderator().at(OTHER).say("I'm here.");
    let moderated = asked(OTHER);
    settle(&discord);
    assert!(discord.replies_to(moderated).is_empty());
    pick(&manager, &panel(&manager), UNASKED, &[]);
    let over = asked(BELOW);
    settle(&discord);
    assert!(discord.replies_to(over).is_empty());
}

#[test]
fn a_server_chooses_how_sure_the_bot_must_be() {
    let (_data, discord, _bot) = start_unasked();
    let manager = manager(&discord);
    pick(&manager, &panel(&manager), UNASKED, &[OTHER]);
    let asked = || discord.member(stranger()).at(OTHER).say(HALF_SURE);
    discord.reply_to(asked());
    let chosen = choose(&manager, &panel(&manager), "set:sure", &["90"]);
    assert!(chosen.text().contains("90 % or more"), "{}", chosen.text());
    let silent = asked();
    settle(&discord);
    assert!(discord.replies_to(silent).is_empty());
    choose(&manager, &panel(&manager), "set:sure", &["70"]);
    discord.reply_to(asked());
}

#[test]
fn a_host_that_does_not_read_messages_says_so() {
    let (_data, discord, _bot) = start(|_| {});
    let shown = panel(&manager(&discord));
    let text = shown.text();
    assert!(
        text.contains("messages that are not meant for me"),
        "{text}"
    );
    assert!(
        shown
            .parts()
            .iter()
            .all(|part| part["custom_id"] != UNASKED)
    );
}

#[test]
fn a_server_has_its_answers_in_threads() {
    let data = tempfile::tempdir().unwrap();
    let options =
        Options::default().permit(GENERAL, permission::USUAL | permission::CREATE_THREADS);
    let (discord, _bot) = start_with(options, |command| {
        command.env("DATA_DIR", data.path());
    });
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let before = bob.say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(before).text().contains(QUOTE));
    press(&manager, &panel(&manager), "Answer in threads");
    let after = bob.say(&format!("{MENTION} {QUESTION}"));
    // The thread has the id of the message.
    let posted = format!("POST /channels/{after}/messages");
    discord.wait_request(|it| it.line() == posted && it.status == 200);
    let answer = ask(&bob, QUESTION).id;
    let opened = format!("POST /channels/{GENERAL}/messages/{answer}/threads");
    discord.wait_request(|it| it.line() == opened);
    press(&manager, &panel(&manager), "Answer without threads");
    let last = bob.say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(last).text().contains(QUOTE));
}

#[test]
fn a_server_chooses_the_language_of_what_everyone_sees() {
    let (_data, discord, _bot) = start(|_| {});
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let chosen = choose(&manager, &panel(&manager), "set:language", &["German"]);
    assert!(chosen.text().contains("German"), "{}", chosen.text());
    assert!(ask(&bob, NOWHERE).text().contains("keine Antwort gefunden"));
    let mentioned = bob.say(&format!("{MENTION} {NOWHERE}"));
    let reply = discord.reply_to(mentioned).text();
    assert!(reply.contains("keine Antwort gefunden"), "{reply}");
    // What only one member sees is in theirs.
    let private = bob.slash("ask", json!({"question": NOWHERE, "private": true}));
    assert!(
        private
            .answer()
            .message()
            .text()
            .contains("found no answer")
    );
    let elsewhere = ask(&bob.clone().in_server(OTHER_SERVER), NOWHERE);
    assert!(elsewhere.text().contains("found no answer"));
    choose(&manager, &panel(&manager), "set:language", &["auto"]);
    assert!(ask(&bob, NOWHERE).text().contains("found no answer"));
}

#[test]
fn a_server_chooses_its_helpers_channel() {
    let (_data, discord, _bot) = start(|_| {});
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    assert!(!ask(&bob, NOWHERE).buttons().contains(&"Ask the helpers"));
    let chosen = pick(&manager, &questions(&manager), HELPERS, &[OTHER]);
    assert!(chosen.text().contains(&format!("<#{OTHER}>")));
    let card = ask(&bob, NOWHERE);
    assert!(card.text().contains(&format!("<#{OTHER}>")));
    bob.click(&card, "Ask the helpers").answer();
    assert!(discord.messages(OTHER)[0].text().contains(NOWHERE));
    let elsewhere = ask(&bob.clone().in_server(OTHER_SERVER), NOWHERE);
    assert!(!elsewhere.text().contains(&format!("<#{OTHER}>")));
    pick(&manager, &questions(&manager), HELPERS, &[]);
    assert!(!ask(&bob, NOWHERE).buttons().contains(&"Ask the helpers"));
}

/// Waits until the list of questions without an answer has a text.
fn wait_insights(manager: &Member<'_>, part: &str) {
    let end = Instant::now() + PATIENCE;
    loop {
        let list = manager.slash("insights", json!({})).answer();
        let text = list.message().text();
        if text.contains(part) {
            return;
        }
        assert!(Instant::now() < end, "no {part}: {text}");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_server_chooses_which_questions_are_kept() {
    let (_data, discord, _bot) = start(|command| {
        command.env_remove("KEEP_QUESTIONS_DAYS");
    });
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let shown = questions(&manager).text();
    assert!(
        shown.contains("those that everyone could see · not chosen here")
            && shown.contains("90 days · not chosen here"),
        "{shown}"
    );
    let private = json!({"question": "Where can I park my bicycle?", "private": true});
    ask(&bob, NOWHERE);
    bob.slash("ask", private.clone()).answer();
    wait_insights(&manager, "sourdough");
    let list = manager.slash("insights", json!({})).answer();
    assert!(!list.message().text().contains("bicycle"));
    choose(&manager, &questions(&manager), "set:kept", &["all"]);
    bob.slash("ask", private).answer();
    wait_insights(&manager, "bicycle");
    // What is not kept any more is gone at once.
    let none = choose(&manager, &questions(&manager), "set:kept", &["none"]);
    assert!(!none.text().contains("Kept for"), "{}", none.text());
    ask(&bob, "When does the skating rink open?");
    wait_insights(&manager, "Nothing here");
}

#[test]
fn a_server_has_questions_kept_though_its_host_keeps_none() {
    let (_data, discord, _bot) = start(|_| {});
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    choose(&manager, &questions(&manager), "set:kept", &["public"]);
    ask(&bob, NOWHERE);
    wait_insights(&manager, "sourdough");
    let elsewhere = manager.clone().in_server(OTHER_SERVER);
    ask(&bob.clone().in_server(OTHER_SERVER), NOWHERE);
    wait_insights(&elsewhere, "Nothing here");
}

/// Counts a question that was asked some days ago.
fn asked_before(data: &Path, days: i64) {
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap();
    let day = i64::try_from(since.as_secs() / 86_400).unwrap() - days;
    let question = NewQuestion {
        server: SERVER,
        key: 7,
        wording: NOWHERE.to_owned(),
        count: 1,
        day,
        by_several: false,
    };
    let counts = Counts {
        questions: vec![question],
        asked: vec![(
            SERVER,
            DayCount {
                day,
                outcome: 2,
                number: 1,
            },
        )],
        ..Counts::default()
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Store::new(Location::Folder(data.to_owned()));
    runtime.block_on(store.count(&counts)).unwrap();
}

#[test]
fn a_server_chooses_for_how_long_questions_are_kept() {
    let data = tempfile::tempdir().unwrap();
    asked_before(data.path(), 20);
    let (discord, _bot) = start_with(Options::default(), |command| {
        command
            .env("DATA_DIR", data.path())
            .env("KEEP_QUESTIONS_DAYS", "90");
    });
    let manager = manager(&discord);
    wait_insights(&manager, "sourdough");
    choose(&manager, &questions(&manager), "set:days", &["30"]);
    wait_insights(&manager, "sourdough");
    let chosen = choose(&manager, &questions(&manager), "set:days", &["14"]);
    assert!(chosen.text().contains("14 days"), "{}", chosen.text());
    wait_insights(&manager, "Nothing here");
}

#[test]
fn where_nothing_can_be_kept_the_command_says_what_to_do() {
    // The data folder is a file.
    let file = tempfile::NamedTempFile::new().unwrap();
    let (discord, _bot) = start_with(Options::default(), |command| {
        command.env("DATA_DIR", file.path());
    });
    let (manager, bob) = (manager(&discord), discord.member(BOB));
    let refused = manager.click(&panel(&manager), "Answer privately");
    let text = refused.answer().message().text();
    assert!(
        text.contains("operator finds the reason in the log"),
        "{text}"
    );
    assert!(ask(&bob, QUESTION).text().contains(QUOTE));
}

#[test]
fn what_a_newer_version_has_set_stays() {
    let data = tempfile::tempdir().unwrap();
    let stored = |expect: Option<&str>| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let place = Location::Folder(data.path().to_owned());
            if expect.is_none() {
                let newer = r#"{"colour":"blue"}"#;
                Store::new(place).set(SERVER, "{}", newer).await.unwrap();
                return;
            }
            let store = Store::beside(place).await.unwrap().unwrap();
            assert_eq!(store.settings(SERVER).await.unwrap().as_deref(), expect);
        });
    };
    stored(None);
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("DATA_DIR", data.path());
    });
    let manager = manager(&discord);
    press(&manager, &panel(&manager), "Answer privately");
    drop(bot);
    stored(Some(r#"{"private":true,"colour":"blue"}"#));
}

#[test]
fn what_is_set_in_one_process_the_other_follows() {
    let Some(database) = Database::new() else {
        return;
    };
    let start = || {
        start_with(Options::default(), |command| {
            command.env("DATABASE_URL", database.address());
        })
    };
    let ((here, _bot), (there, _other)) = (start(), start());
    let members = [here.member(ALICE), there.member(ALICE)];
    for member in &members {
        assert!(!ask(member, QUESTION).ephemeral);
    }
    let manager = manager(&here);
    for (button, is_private) in [("Answer privately", true), ("Answer for everyone", false)] {
        press(&manager, &panel(&manager), button);
        let begun = Instant::now();
        while ask(&members[1], QUESTION).ephemeral != is_private {
            assert!(begun.elapsed() < PATIENCE);
            thread::sleep(Duration::from_millis(20));
        }
        println!(
            "the other process followed after {} ms",
            begun.elapsed().as_millis()
        );
    }
}
