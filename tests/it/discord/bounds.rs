//! Nonsense and floods from Discord's side, and crowds of members: bounded, and none ends the bot.

use crate::discord::{QUESTION, QUOTE, start};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, BOB, Fault, GENERAL, MENTION, OTHER, Options, StandIn, User};
use serde_json::json;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const CALLBACK: &str = "POST /interactions/*/*/callback";
const MESSAGES: &str = "POST /channels/*/messages";

fn check_alive(discord: &StandIn) {
    discord.wait_ready();
    let asked = discord
        .member(BOB)
        .slash("ask", json!({"question": QUESTION}));
    assert!(asked.answer().message().text().contains(QUOTE));
}

#[test]
fn absurd_heartbeat_intervals_do_not_end_the_bot() {
    for interval in [
        json!(0),
        json!(1),
        json!(-1),
        json!(u64::MAX),
        json!(1e300),
        json!("soon"),
        json!([]),
    ] {
        let discord = StandIn::start(Options {
            named_heartbeat: interval.clone(),
            ..Options::default()
        });
        let _bot = Bot::run(&discord, |_| {});
        check_alive(&discord);
    }
}

#[test]
fn a_message_without_end_from_the_gateway_costs_one_connection() {
    let (discord, bot) = start();
    discord.pass(Duration::from_secs(10));
    discord.op(&json!({"op": 11, "d": "a".repeat(17 << 20)}));
    bot.wait_line("the gateway sent a message that is too long");
    discord.wait_readies(2);
    check_alive(&discord);
}

#[test]
fn a_long_message_within_the_limit_is_read() {
    let (discord, _bot) = start();
    discord.op(&json!({"op": 11, "d": "a".repeat(8 << 20)}));
    check_alive(&discord);
    assert_eq!((discord.readies(), discord.wait_closes(0).len()), (1, 0));
}

#[test]
fn an_absurd_retry_after_neither_floods_discord_nor_ends_the_bot() {
    // Without delays between them, all of these tries fit into the 3 s that an answer may take, and one more succeeds.
    for wait in [0.0, -1.0, f64::NAN] {
        let (discord, bot) = start();
        let fault = Fault::on(CALLBACK).status(429).retry_after(wait);
        discord.fault(fault.times(12));
        let alice = discord.member(ALICE);
        let lost = alice.slash("ask", json!({"question": QUESTION}));
        assert!(lost.outcome().is_none(), "{wait}");
        bot.wait_line("not delivered");
    }
}

#[test]
fn a_wait_of_ages_concerns_one_channel_only() {
    let (discord, bot) = start();
    let alice = discord.member(ALICE);
    for (channel, wait) in [(GENERAL, 1e300), (OTHER, f64::INFINITY)] {
        discord.fault(Fault::on(MESSAGES).status(429).retry_after(wait));
        alice
            .clone()
            .at(channel)
            .say(&format!("{MENTION} {QUESTION}"));
        let path = format!("/channels/{channel}/messages");
        discord.wait_request(|request| request.path == path && request.status == 429);
    }
    bot.wait_line("not delivered");
    check_alive(&discord);
}

#[test]
fn a_response_without_end_is_not_read_to_its_end() {
    let discord = StandIn::start(Options::default());
    discord.fault(Fault::on("GET /gateway/bot").endless());
    let bot = Bot::run(&discord, |_| {});
    bot.wait_line("Discord's response is too long");
    discord.wait_commands();
    check_alive(&discord);
    let alice = discord.member(ALICE);
    // The reply is there: only what Discord says about it is lost.
    discord.fault(Fault::on(MESSAGES).endless());
    let question = alice.say(&format!("{MENTION} {QUESTION}"));
    assert!(discord.reply_to(question).text().contains(QUOTE));
    bot.wait_line("cannot deliver the answer: Discord's response is too long");
    discord.fault(Fault::on(MESSAGES).status(400).endless());
    alice.say(&format!("{MENTION} {QUESTION}"));
    bot.wait_line("Discord rejected the request");
    check_alive(&discord);
}

/// The systemd unit allows 64 tasks.
#[cfg(target_os = "linux")]
#[test]
fn two_hundred_questions_at_once_take_few_threads() {
    let (discord, bot) = start();
    let tasks = format!("/proc/{}/task", bot.id());
    let answered = AtomicBool::new(false);
    let most = std::thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut most = 0;
            while !answered.load(Ordering::Relaxed) {
                most = most.max(fs::read_dir(&tasks).unwrap().count());
            }
            most
        });
        let asked: Vec<u64> = (0..200)
            .map(|number| {
                let channel = if number % 2 == 0 { GENERAL } else { OTHER };
                let member = User {
                    id: ALICE.id + 1_000 + number,
                    ..ALICE
                };
                let member = discord.member(member).at(channel);
                member.say(&format!("{MENTION} {QUESTION}"))
            })
            .collect();
        for question in asked {
            assert!(discord.reply_to(question).text().contains(QUOTE));
        }
        answered.store(true, Ordering::Relaxed);
        watching.join().unwrap()
    });
    assert!((1..64).contains(&most), "{most} threads");
}
