//! Restarts without a gap: a bot that is told to stop keeps its gateway session, and the next one resumes it.

use crate::discord::{QUESTION, QUOTE, start_unasked_with, start_with, stranger};
use crate::support::bot::Bot;
use crate::support::discord::{
    ALICE, Arrival, BELOW, BOT_ROLE, CATEGORY, Fault, MENTION, OTHER, Options,
};
use serde_json::json;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How often the bot is restarted under load, and how many messages are written each time.
const RESTARTS: usize = 50;
const MESSAGES: usize = 20;

fn keep_in(data: &Path) -> impl Fn(&mut Command) {
    move |command| {
        command.env("DATA_DIR", data);
        command.env("MEMBER_REQUESTS_PER_MINUTE", "0");
        command.env("SERVER_REQUESTS_PER_MINUTE", "0");
    }
}

fn stop(mut bot: Bot) {
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
}

#[test]
fn no_message_is_lost_or_answered_twice_over_restarts() {
    let data = tempfile::tempdir().unwrap();
    let settings = keep_in(data.path());
    let (discord, mut bot) = start_with(Options::default(), &settings);
    let alice = discord.member(ALICE);
    let mut asked = Vec::new();
    let mut ask = |count: usize| {
        let text = format!("{MENTION} {QUESTION}");
        asked.extend((0..count).map(|_| alice.say(&text)));
    };
    for restart in 1..=RESTARTS {
        ask(MESSAGES / 4);
        bot.signal("TERM");
        ask(MESSAGES / 4);
        assert_eq!(bot.wait_exit().code(), Some(0));
        ask(MESSAGES / 4);
        bot = Bot::run(&discord, &settings);
        ask(MESSAGES / 4);
        discord.wait_resumes(restart);
    }
    for message in &asked {
        assert!(discord.reply_to(*message).text().contains(QUOTE));
    }
    stop(bot);
    let replies: Vec<usize> = asked
        .iter()
        .map(|message| discord.replies_to(*message).len())
        .collect();
    let lost = replies.iter().filter(|count| **count == 0).count();
    let doubled = replies.iter().filter(|count| **count > 1).count();
    println!(
        "{RESTARTS} restarts, {} messages: {lost} lost, {doubled} answered twice, {} IDENTIFY",
        replies.len(),
        discord.readies()
    );
    assert_eq!((replies.len(), lost, doubled), (RESTARTS * MESSAGES, 0, 0));
    assert_eq!(discord.readies(), 1);
    assert!(
        discord
            .wait_closes(RESTARTS + 1)
            .iter()
            .all(|code| *code == Some(4000))
    );
}

#[test]
fn a_thread_that_discord_could_not_look_up_is_known_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let settings = keep_in(data.path());
    let (discord, bot) = start_unasked_with(Options::default(), &[OTHER], &settings);
    let opener = discord.member(ALICE).at(OTHER);
    let thread = opener.open_thread("Silent", Arrival::Unannounced);
    let asks = || discord.member(stranger()).at(thread).say(QUESTION);
    discord.fault(Fault::on("GET /channels/*").status(500).times(usize::MAX));
    asks();
    bot.wait_line("cannot look up channel");
    stop(bot);
    discord.heal();
    let _bot = Bot::run(&discord, |command| {
        command.env("AUTO_ANSWER_CHANNELS", OTHER.to_string());
        command.env("AUTO_ANSWER_DELAY", "0");
        settings(command);
    });
    discord.wait_resumes(1);
    assert!(discord.reply_to(asks()).text().contains(QUOTE));
}

/// A resumed session does not describe the servers again.
#[test]
fn what_is_known_of_servers_outlives_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let settings = keep_in(data.path());
    let options = Options {
        server_locale: "de",
        ..Options::default()
    };
    let (discord, bot) = start_unasked_with(options, &[CATEGORY], &settings);
    let check = || {
        // Its channel is known to be in the category.
        let unasked = discord.member(stranger()).at(BELOW).say(QUESTION);
        assert!(discord.reply_to(unasked).text().contains(QUOTE));
        // Its role and the language of the server are known.
        let by_role = discord
            .member(ALICE)
            .say(&format!("<@&{BOT_ROLE}> xyzzy plugh?"));
        let text = discord.reply_to(by_role).text();
        assert!(text.contains("keine"), "{text}");
        // So are the ids of the commands.
        let asked = discord.member(ALICE).slash("help", json!({}));
        assert!(asked.answer().message().text().contains("</ask:"));
    };
    check();
    stop(bot);
    let again = |resumes| {
        let bot = Bot::run(&discord, |command| {
            command.env("AUTO_ANSWER_CHANNELS", CATEGORY.to_string());
            command.env("AUTO_ANSWER_DELAY", "0");
            settings(command);
        });
        discord.wait_resumes(resumes);
        bot.wait_line("session resumed");
        bot.wait_line("commands are up to date");
        bot
    };
    let bot = again(1);
    check();
    // What was learnt by resuming is kept as well.
    stop(bot);
    let _bot = again(2);
    check();
    assert_eq!(discord.readies(), 1);
}

#[test]
fn a_session_that_discord_has_dropped_is_replaced() {
    let data = tempfile::tempdir().unwrap();
    let settings = keep_in(data.path());
    let (discord, bot) = start_with(Options::default(), &settings);
    stop(bot);
    discord.pass(Duration::from_mins(10));
    let bot = Bot::run(&discord, &settings);
    discord.wait_readies(2);
    let question = discord.member(ALICE).say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(question).text().contains(QUOTE));
    // The next one keeps the new session.
    stop(bot);
    let _bot = Bot::run(&discord, &settings);
    discord.wait_resumes(1);
    assert_eq!(discord.readies(), 2);
}

#[test]
fn a_bot_with_other_settings_begins_a_session_of_its_own() {
    let data = tempfile::tempdir().unwrap();
    let settings = keep_in(data.path());
    let (discord, bot) = start_with(Options::default(), &settings);
    stop(bot);
    discord.pass(Duration::from_secs(10));
    let _bot = Bot::run(&discord, |command| {
        settings(command);
        command.env("ALLOWED_SERVERS", "42");
    });
    discord.wait_readies(2);
    assert!(!data.path().join("sessions.json").exists());
}

#[test]
fn without_sessions_left_a_kept_one_is_resumed() {
    let data = tempfile::tempdir().unwrap();
    let settings = keep_in(data.path());
    let options = Options {
        sessions: (1, Duration::from_hours(12)),
        ..Options::default()
    };
    let (discord, bot) = start_with(options, &settings);
    stop(bot);
    let bot = Bot::run(&discord, &settings);
    discord.wait_resumes(1);
    let question = discord.member(ALICE).say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(question).text().contains(QUOTE));
    assert!(
        !bot.lines()
            .iter()
            .any(|line| line.contains("no gateway sessions are left"))
    );
}

#[test]
fn every_shard_resumes_its_session() {
    let data = tempfile::tempdir().unwrap();
    let settings = keep_in(data.path());
    let options = Options {
        shards: 4,
        max_concurrency: 4,
        ..Options::default()
    };
    let (discord, bot) = start_with(options, &settings);
    discord.wait_readies(4);
    stop(bot);
    let _bot = Bot::run(&discord, &settings);
    discord.wait_resumes(4);
    let question = discord.member(ALICE).say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(question).text().contains(QUOTE));
    assert_eq!(discord.readies(), 4);
}
