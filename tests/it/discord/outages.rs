//! Outages of Discord: the bot logs them, waits and reconnects. It exits only if a restart may help.

use crate::discord::{QUESTION, QUOTE, page, start, start_with, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, Fault, Options, Outage, StandIn};
use serde_json::json;
use std::time::Duration;

/// Checks that the bot receives events and answers.
fn check_alive(discord: &StandIn) {
    discord.wait_ready();
    let asked = discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}));
    assert!(asked.answer().message().text().contains(QUOTE));
}

fn status(address: &str, path: &str) -> String {
    page(address, path).split(' ').nth(1).unwrap().to_owned()
}

/// Options with a heartbeat interval short enough for a test, and long enough for a busy machine: the stand-in closes a connection
/// after two.
fn fast() -> Options {
    Options {
        heartbeat: Duration::from_millis(1_500),
        ..Options::default()
    }
}

/// The bot starts during an outage, logs `logged`, and connects after the outage.
fn check_start(outage: Outage, options: Options, logged: &str) {
    let discord = StandIn::start(options);
    discord.outage(Some(outage));
    let bot = Bot::run(&discord, |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    let address = wait_address(&bot);
    bot.wait_line(logged);
    assert_eq!(status(&address, "/readyz"), "503", "{outage:?}");
    assert_eq!(status(&address, "/healthz"), "200", "{outage:?}");
    discord.outage(None);
    check_alive(&discord);
    assert_eq!(status(&address, "/readyz"), "200", "{outage:?}");
}

#[test]
fn the_bot_waits_while_discord_is_down() {
    check_start(
        Outage::Down,
        Options::default(),
        "cannot reach Discord, retrying in",
    );
}

#[test]
fn the_bot_waits_for_a_gateway_that_does_not_answer() {
    check_start(
        Outage::NoAnswer,
        Options::default(),
        "cannot connect to the gateway, retrying in",
    );
}

#[test]
fn a_connection_without_hello_times_out() {
    check_start(
        Outage::NoHello,
        Options::default(),
        "accepts connections but sends nothing",
    );
}

#[test]
fn a_connection_without_ready_times_out() {
    check_start(
        Outage::NoReady,
        fast(),
        "accepts connections but sends nothing",
    );
}

#[test]
fn a_session_that_cannot_be_resumed_is_replaced() {
    let (discord, bot) = start_with(fast(), |_| {});
    discord.outage(Some(Outage::NoReady));
    discord.drop_tcp();
    bot.wait_line("accepts connections but sends nothing");
    discord.outage(None);
    discord.wait_readies(2);
    check_alive(&discord);
}

#[test]
fn after_a_long_silence_the_bot_exits() {
    let discord = StandIn::start(fast());
    discord.outage(Some(Outage::NoReady));
    let mut bot = Bot::run(&discord, |_| {});
    assert_eq!(bot.wait_exit().code(), Some(1));
    let line = bot.wait_line("sent nothing for");
    assert!(line.starts_with("pullquote: "), "{line}");
}

#[test]
fn the_bot_reconnects_after_an_outage() {
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    let address = wait_address(&bot);
    bot.wait_line("commands registered");
    discord.outage(Some(Outage::Down));
    bot.wait_line("gateway connection lost");
    bot.wait_line("cannot connect to the gateway, retrying in");
    assert_eq!(status(&address, "/readyz"), "503");
    discord.outage(None);
    discord.wait_resumes(1);
    check_alive(&discord);
}

/// The stand-in records two IDENTIFYs within 5 s as a violation. A unit test counts those of a whole day.
#[test]
fn a_flapping_gateway_is_not_hammered() {
    let discord = StandIn::start(Options::default());
    discord.outage(Some(Outage::Flapping));
    let _bot = Bot::run(&discord, |_| {});
    discord.wait_identifies(3);
    discord.outage(None);
    check_alive(&discord);
}

#[test]
fn the_session_start_limit_is_read_before_each_identify() {
    let options = Options {
        sessions: (1, Duration::from_secs(8)),
        ..Options::default()
    };
    let (discord, bot) = start_with(options, |_| {});
    discord.invalidate(false);
    bot.wait_line("no gateway sessions are left today");
    discord.wait_readies(2);
    check_alive(&discord);
}

#[test]
fn a_second_bot_with_the_same_token_is_detected() {
    let (discord, bot) = start();
    let callback = Fault::on("POST /interactions/*/*/callback");
    discord.fault(callback.status(400).code(40_060).applied());
    discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}))
        .answer();
    bot.wait_line("is another bot running with this token?");
}
