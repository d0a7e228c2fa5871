//! Articles that change while the bot runs: it notices, or is told; whoever runs it may ask.

use crate::support::bot::Bot;
use crate::support::discord::{ALICE, BOB, Member, Options, StandIn};
use crate::{knowledge, start_with};
use serde_json::json;
use std::fs;
use tempfile::TempDir;

const QUESTION: &str = "How many ships did the lighthouse keeper count?";

fn text(ships: u32) -> String {
    format!("The lighthouse keeper of Harrow counted {ships} ships in that winter.\n")
}

/// A bot on an article of ours, that watches it as told.
fn bot_on(ships: u32, watch: &str) -> (StandIn, Bot, TempDir) {
    let dir = knowledge("keeper.md", &text(ships));
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
        command.env("KNOWLEDGE_WATCH", watch);
    });
    (discord, bot, dir)
}

fn check_says(member: &Member<'_>, ships: u32) {
    let asked = member.slash("ask", json!({"question": QUESTION}));
    let said = asked.answer().message().text().replace('*', "");
    assert!(said.contains(text(ships).trim()), "{said}");
}

#[test]
fn a_changed_article_is_noticed_and_told_in_the_log() {
    let (discord, bot, dir) = bot_on(1, "auto");
    let alice = discord.member(ALICE);
    check_says(&alice, 1);
    fs::write(dir.path().join("keeper.md"), text(2)).unwrap();
    bot.wait_line("1 changed (keeper.md)");
    check_says(&alice, 2);
    fs::remove_dir_all(dir.path()).unwrap();
    bot.wait_line("the articles from before go on answering");
    check_says(&alice, 2);
    fs::create_dir(dir.path()).unwrap();
    fs::write(dir.path().join("keeper.md"), text(3)).unwrap();
    fs::write(dir.path().join("other.md"), "Another article.\n").unwrap();
    bot.wait_line("1 added (other.md)");
    check_says(&alice, 3);
}

#[test]
fn a_hangup_reads_the_articles_again() {
    let (discord, bot, dir) = bot_on(1, "off");
    fs::write(dir.path().join("keeper.md"), text(2)).unwrap();
    check_says(&discord.member(ALICE), 1);
    bot.signal("HUP");
    bot.wait_line("1 changed (keeper.md)");
    check_says(&discord.member(ALICE), 2);
}

#[test]
fn whoever_runs_it_may_ask_for_a_reload_and_nobody_else() {
    let (discord, _bot, dir) = bot_on(1, "off");
    let (owner, other) = (discord.member(ALICE), discord.member(BOB));
    let command = discord.commands();
    let reload = command.iter().find(|command| command["name"] == "reload");
    assert_eq!(reload.unwrap()["default_member_permissions"], "0");
    fs::write(dir.path().join("keeper.md"), text(2)).unwrap();
    fs::write(dir.path().join("empty.md"), "").unwrap();
    let refused = other.slash("reload", json!({})).answer().message().text();
    assert!(refused.contains("Only whoever runs me"), "{refused}");
    check_says(&other, 1);
    let asked = owner.slash("reload", json!({}));
    let done = asked.answer();
    assert!(done.message().ephemeral);
    let said = done.message().text();
    assert!(
        said.contains("keeper.md") && said.contains("empty.md"),
        "{said}"
    );
    check_says(&other, 2);
    fs::remove_dir_all(dir.path()).unwrap();
    let kept = owner.slash("reload", json!({})).answer().message().text();
    assert!(kept.contains("go on answering"), "{kept}");
    check_says(&other, 2);
}
