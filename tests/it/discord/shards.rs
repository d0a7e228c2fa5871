//! Which shards the bot runs.

use crate::discord::{QUESTION, QUOTE, page, start_with, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, Options, StandIn};
use serde_json::json;
use std::time::Duration;

fn shards(count: u64) -> Options {
    Options {
        shards: count,
        max_concurrency: 16,
        ..Options::default()
    }
}

fn check_alive(discord: &StandIn) {
    let alice = discord.member(ALICE);
    let asked = alice.slash("ask", json!({"question": QUESTION}));
    assert!(asked.answer().message().text().contains(QUOTE));
}

/// Starts a bot with this setting, and waits until it has opened these shards.
fn check_open(setting: &str, expected: &[(u64, u64)]) {
    let discord = StandIn::start(shards(3));
    let _bot = Bot::run(&discord, |command| {
        command.env("SHARDS", setting);
    });
    discord.wait_readies(expected.len());
    discord.wait_commands();
    assert_eq!(discord.open_shards(), expected, "{setting}");
}

#[test]
fn the_setting_chooses_the_shards() {
    check_open("auto", &[(0, 3), (1, 3), (2, 3)]);
    check_open("2", &[(0, 2), (1, 2)]);
    check_open("4-6/8", &[(4, 8), (5, 8), (6, 8)]);
}

#[test]
fn too_few_shards_are_replaced_by_more() {
    let (discord, bot) = start_with(shards(1), |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    discord.grow(2, 2);
    discord.pass(Duration::from_secs(10));
    discord.invalidate(false);
    bot.wait_line("opening more gateway connections from=1 to=2");
    bot.wait_line("closing the earlier ones");
    assert_eq!(discord.open_shards(), [(0, 2), (1, 2)]);
    check_alive(&discord);
    let address = wait_address(&bot);
    let metrics = page(&address, "/metrics");
    for shard in ["0/2", "1/2"] {
        let line = format!("pullquote_shard_connected{{shard=\"{shard}\"}} 1");
        assert!(metrics.contains(&line), "{metrics}");
    }
    assert!(page(&address, "/readyz").contains("200"));
}

#[test]
fn too_few_shards_end_the_bot_if_their_number_is_set() {
    let (discord, mut bot) = start_with(shards(1), |command| {
        command.env("SHARDS", "1");
    });
    discord.grow(2, 2);
    discord.pass(Duration::from_secs(10));
    discord.invalidate(false);
    assert_eq!(bot.wait_exit().code(), Some(1));
    assert!(bot.wait_line("(4011)").contains("SHARDS=auto"));
}
