//! The bot reads sources by itself.

use super::site::Page;
use super::{Host, ferries, ferry};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, Options, StandIn};
use serde_json::{Value, json};
use std::fs;
use std::time::Duration;

#[test]
fn a_newer_version_is_told_to_whoever_asks_for_that() {
    let (host, site) = (Host::new(), ferries(&["red"]));
    let entry = "<entry><title>v999.0.1</title><link href=\"/999\"/></entry>";
    let feed = format!("<feed xmlns=\"http://www.w3.org/2005/Atom\">{entry}</feed>");
    site.has("/releases.atom", Page::of("application/atom+xml", feed));
    let discord = StandIn::start(Options::default());
    let bot = Bot::run(&discord, |command| {
        host.set(command);
        command.env("RELEASES_FEED", site.address("/releases.atom"));
    });
    let page = site.address("/999");
    bot.wait_line(&format!("version 999.0.1 is available: {page}"));
    assert_eq!(site.asked().len(), 1);
}

#[test]
fn the_bot_reads_sources_that_are_due_and_answers_from_them() {
    let (host, site) = (Host::new(), ferries(&["red", "blue"]));
    let text = format!(
        "[ferries]\nsitemap = \"{}\"\n",
        site.address("/sitemap.xml")
    );
    fs::write(host.path("sources.toml"), &text).unwrap();
    let discord = StandIn::start(Options::default());
    let start = || {
        let bot = Bot::run(&discord, |command| host.set(command));
        discord.wait_ready();
        bot
    };
    let ask = |question: &str| {
        let asked = discord
            .member(ALICE)
            .slash("ask", json!({"question": question}));
        asked.answer().message().text()
    };
    let bot = start();
    bot.wait_line("source ferries: 2 taken, 0 unchanged, 0 skipped, 0 gone");
    bot.wait_line("articles: ");
    assert!(ask("When does the red ferry leave?").contains("at seven"));
    // What is read by hand meanwhile is noticed.
    site.has("/red", ferry("red", "noon"));
    site.has(
        "/sitemap.xml",
        Page::of("application/xml", site.sitemap([("/red", "")])),
    );
    let before = bot.lines().len();
    host.source(&["sync"]);
    bot.wait_line("articles: 1 changed");
    assert!(bot.lines().len() > before);
    assert!(ask("When does the red ferry leave?").contains("at noon"));
    // So is what is added, or taken off the list.
    host.source(&["add", &site.address("/blue"), "--name", "blue"]);
    bot.wait_line("articles: 1 added (sources/blue/blue.html)");
    fs::write(host.path("sources.toml"), text).unwrap();
    bot.wait_line("articles: 1 removed (sources/blue/blue.html)");
    drop(bot);
    // It is not due again after a restart.
    site.asked();
    discord.pass(Duration::from_secs(5));
    let bot = start();
    assert!(ask("When does the red ferry leave?").contains("at noon"));
    assert_eq!(site.asked(), []);
    drop(bot);
    // A day later, it is.
    let record = host.path("data/sources/ferries/.source.json");
    let text = fs::read_to_string(&record).unwrap();
    let mut known: Value = serde_json::from_str(&text).unwrap();
    let looked_at = known["looked_at"].as_u64().unwrap();
    known["looked_at"] = json!(looked_at - Duration::from_hours(27).as_secs());
    fs::write(&record, known.to_string()).unwrap();
    site.has("/red", ferry("red", "midnight"));
    discord.pass(Duration::from_secs(5));
    let bot = start();
    bot.wait_line("source ferries: 1 taken");
    bot.wait_line("articles: 1 changed");
    assert!(ask("When does the red ferry leave?").contains("at midnight"));
}
