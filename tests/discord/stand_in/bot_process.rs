//! The bot as a child process, as far as it does not need Discord.

use crate::support::bot::Bot;
use crate::support::discord::{Options, StandIn};

#[test]
fn a_run_without_a_token_ends_and_says_why() {
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::with(&discord, |command| {
        command.env_remove("DISCORD_TOKEN");
    });
    assert!(!bot.wait_exit().success());
    assert!(!bot.lines().is_empty());
    assert!(discord.requests().is_empty());
}
