//! Tests of the child process, mostly with a shell instead of the bot.

use crate::support::bot::Bot;
use crate::support::discord::{Options, StandIn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;

fn shell(script: &str) -> Bot {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    Bot::spawn(command)
}

#[test]
fn lines_signals_and_the_exit_status_are_observed() {
    let mut bot =
        shell("trap 'echo bye; kill $!; exit 3' TERM; sleep 60 >&- 2>&- & echo up >&2; wait");
    bot.wait_line("up");
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(3));
    assert_eq!(bot.lines(), ["up", "bye"]);
}

#[test]
fn an_unreadable_payload_fails_the_test() {
    let mut bot = shell("echo 'DEBUG unreadable payload: ...'");
    bot.wait_exit();
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(bot)));
    assert!(dropped.is_err());
}

#[test]
fn a_run_without_a_token_ends_and_says_why() {
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::run(&discord, |command| {
        command.env_remove("DISCORD_TOKEN");
    });
    assert!(!bot.wait_exit().success());
    assert!(!bot.lines().is_empty());
    assert!(discord.requests().is_empty());
}
