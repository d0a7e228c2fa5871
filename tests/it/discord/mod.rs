//! The built bot against a strict stand-in for Discord, which is in `tests/it/support/`.

mod adding;
mod asking;
#[cfg(unix)]
mod at_a_terminal;
mod bounds;
mod browser;
mod controls;
mod databases;
mod digest;
mod doctor;
mod doors;
mod faults;
mod faults_at_home;
mod gateway;
mod gating;
mod health_page;
mod helpers;
pub mod host_page;
mod host_page_trying;
mod hostile;
mod insights;
mod memberships;
mod messages;
mod operation;
mod outages;
mod places;
mod posts;
mod processes;
mod quotes;
mod restarts;
mod serve;
mod servers;
mod setting_up;
mod settings;
mod shards;
mod shutdown;
#[cfg(target_os = "linux")]
mod soak;
mod stand_in;
mod start;
mod teaching;
mod threads;
mod unasked;
mod written_answers;

use crate::support::bot::Bot;
use crate::support::discord::{Options, StandIn, User, UserKind, intent};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};

/// A question that the repository's article answers, and words of the answer.
const QUESTION: &str = "What does juche mean?";
const QUOTE: &str = "roughly self-reliance";

/// Starts the stand-in and a bot, and waits until the bot has registered its commands.
fn start() -> (StandIn, Bot) {
    start_with(Options::default(), |_| {})
}

/// Like [`start`], with other options, settings or articles.
pub(super) fn start_with(
    options: Options,
    change: impl FnOnce(&mut std::process::Command),
) -> (StandIn, Bot) {
    let discord = StandIn::start(options);
    let bot = Bot::run(&discord, change);
    discord.wait_ready();
    discord.wait_commands();
    (discord, bot)
}

/// Starts a bot that answers in these channels without being asked, and at once.
fn start_unasked(options: Options, named: &[u64]) -> (StandIn, Bot) {
    start_unasked_with(options, named, |_| {})
}

/// Like [`start_unasked`], with other settings.
fn start_unasked_with(
    options: Options,
    named: &[u64],
    change: impl FnOnce(&mut std::process::Command),
) -> (StandIn, Bot) {
    let options = Options {
        privileged: intent::MESSAGE_CONTENT,
        ..options
    };
    let named: Vec<String> = named.iter().map(u64::to_string).collect();
    start_with(options, |command| {
        command.env("AUTO_ANSWER_CHANNELS", named.join(","));
        command.env("AUTO_ANSWER_DELAY", "0");
        change(command);
    })
}

/// A member who has not written yet. The bot answers each of them once a minute without being asked.
pub(super) fn stranger() -> User {
    static COUNT: AtomicU64 = AtomicU64::new(1_200_000_000_000_001_000);
    User {
        id: COUNT.fetch_add(1, Ordering::Relaxed),
        name: "stranger",
        kind: UserKind::Person,
    }
}

/// A folder with one article.
fn knowledge(name: &str, text: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(name), text).unwrap();
    dir
}

/// Address of the health and metrics pages of a bot with `HTTP_ADDRESS`.
fn wait_address(bot: &Bot) -> String {
    let line = bot.wait_line("health and metrics on http://");
    line.rsplit("http://").next().unwrap().to_owned()
}

/// Requests a page of the bot's HTTP server.
fn page(address: &str, path: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    let ask = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(ask.as_bytes()).unwrap();
    let mut page = String::new();
    socket.read_to_string(&mut page).unwrap();
    page
}
