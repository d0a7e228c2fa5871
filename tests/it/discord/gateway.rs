//! Lost gateway connections: the bot reconnects, and answers each question once.

use crate::discord::{QUESTION, QUOTE, start, start_with};
use crate::support::discord::{ALICE, MENTION, Options, StandIn};
use serde_json::json;
use std::time::Duration;

/// Checks that the bot receives events and answers.
fn check_alive(discord: &StandIn) {
    let alice = discord.member(ALICE);
    let asked = alice.slash("ask", json!({"question": QUESTION}));
    assert!(asked.answer().message().text().contains(QUOTE));
    let question = alice.say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(question).text().contains(QUOTE));
}

#[test]
fn a_cut_connection_is_resumed() {
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
fn messages_missed_while_disconnected_are_answered_once() {
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
fn a_reconnect_request_is_followed() {
    let (discord, _bot) = start();
    discord.ask_to_reconnect();
    discord.wait_resumes(1);
    check_alive(&discord);
    discord.invalidate(true);
    discord.wait_resumes(2);
    check_alive(&discord);
}

#[test]
fn an_invalid_session_is_replaced() {
    let (discord, _bot) = start();
    discord.pass(Duration::from_secs(10));
    discord.invalidate(false);
    discord.wait_readies(2);
    check_alive(&discord);
}

#[test]
fn recoverable_close_codes_lead_to_a_reconnect() {
    for code in [4000, 4001, 4007, 4008, 4009, 1001] {
        let (discord, _bot) = start();
        discord.pass(Duration::from_secs(10));
        discord.close(code);
        // Whether it resumes or identifies does not matter.
        check_alive_after_reconnect(&discord);
    }
}

/// Like [`check_alive`], after waiting for a connection.
fn check_alive_after_reconnect(discord: &StandIn) {
    discord.wait_closes(0);
    let alice = discord.member(ALICE);
    discord.wait_ready();
    let question = alice.say(&format!("{MENTION} {QUESTION}"));
    discord.reply_to(question);
}

#[test]
fn a_zombie_connection_is_detected() {
    let options = Options {
        heartbeat: Duration::from_millis(1_500),
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |_| {});
    discord.wait_heartbeats(2);
    discord.silence();
    discord.wait_resumes(1);
    check_alive(&discord);
}
