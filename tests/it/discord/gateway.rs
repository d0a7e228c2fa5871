//! Lost connections: whatever happens to the gateway, the bot hears again, and answers each question once.

use crate::discord::{QUESTION, QUOTE, start, start_with};
use crate::support::discord::{ALICE, MENTION, Options, StandIn};
use serde_json::json;
use std::time::Duration;

/// The bot hears and answers.
fn check_alive(discord: &StandIn) {
    let alice = discord.member(ALICE);
    let asked = alice.slash("ask", json!({"question": QUESTION}));
    assert!(asked.answer().message().text().contains(QUOTE));
    let question = alice.say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(question).text().contains(QUOTE));
}

#[test]
fn a_connection_that_is_cut_is_taken_up_again() {
    let (discord, bot) = start();
    discord.drop_tcp();
    discord.wait_resumes(1);
    bot.wait_line("session resumed");
    check_alive(&discord);
    discord.drop_tcp();
    discord.wait_resumes(2);
    check_alive(&discord);
    assert_eq!(discord.readies(), 1);
}

#[test]
fn what_was_said_meanwhile_is_answered_once() {
    let (discord, _bot) = start();
    let alice = discord.member(ALICE);
    let before = alice.say(&format!("{MENTION} {QUESTION}"));
    discord.reply_to(before);
    discord.drop_tcp();
    let meanwhile = alice.say(&format!("{MENTION} {QUESTION}"));
    discord.wait_resumes(1);
    discord.reply_to(meanwhile);
    check_alive(&discord);
    assert_eq!(
        (
            discord.replies_to(before).len(),
            discord.replies_to(meanwhile).len()
        ),
        (1, 1)
    );
}

#[test]
fn discord_may_ask_to_reconnect() {
    let (discord, _bot) = start();
    discord.ask_to_reconnect();
    discord.wait_resumes(1);
    check_alive(&discord);
    discord.invalidate(true);
    discord.wait_resumes(2);
    check_alive(&discord);
}

#[test]
fn a_session_that_is_over_begins_anew() {
    let (discord, _bot) = start();
    discord.pass(Duration::from_secs(10));
    discord.invalidate(false);
    discord.wait_readies(2);
    check_alive(&discord);
}

#[test]
fn close_codes_that_pass_are_no_end() {
    for code in [4000, 4001, 4007, 4008, 4009, 1001] {
        let (discord, _bot) = start();
        discord.pass(Duration::from_secs(10));
        discord.close(code);
        // It may come back either way; what matters is that it hears.
        check_alive_again(&discord);
    }
}

/// The same once there is a connection again.
fn check_alive_again(discord: &StandIn) {
    discord.wait_closes(0);
    let alice = discord.member(ALICE);
    discord.wait_ready();
    let question = alice.say(&format!("{MENTION} {QUESTION}"));
    discord.reply_to(question);
}

#[test]
fn a_connection_that_is_dead_is_noticed() {
    let options = Options {
        heartbeat: Duration::from_millis(400),
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |_| {});
    discord.wait_heartbeats(2);
    discord.silence();
    discord.wait_resumes(1);
    check_alive(&discord);
}
