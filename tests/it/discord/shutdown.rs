//! Shutdown: on a signal, the bot finishes its answers, closes the connection and exits with 0.

use crate::discord::{QUESTION, QUOTE, start};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, Fault, MENTION, Options, StandIn};
use serde_json::json;
use std::os::unix::net::UnixDatagram;
use std::time::{Duration, Instant};

#[test]
fn a_signal_shuts_the_bot_down_cleanly() {
    for signal in ["TERM", "INT"] {
        let (discord, mut bot) = start();
        let begun = Instant::now();
        bot.signal(signal);
        assert_eq!(bot.wait_exit().code(), Some(0), "{signal}");
        // It waits 10 s at most for what is in progress, of which there is nothing.
        assert!(begun.elapsed() < Duration::from_secs(8), "{signal}");
        // A code that keeps the session, which the next start resumes.
        assert_eq!(discord.wait_closes(1)[0], Some(4000), "{signal}");
    }
}

/// Plays systemd, which reads notifications from a socket.
#[test]
fn systemd_is_notified_of_start_watchdog_and_stop() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let hear = |wanted: &str| {
        let mut message = [0; 64];
        loop {
            let length = socket.recv(&mut message).unwrap();
            if message[..length].starts_with(wanted.as_bytes()) {
                return;
            }
        }
    };
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::run(&discord, |command| {
        command.env("NOTIFY_SOCKET", &path);
    });
    hear("READY=1");
    hear("WATCHDOG=1");
    discord.wait_ready();
    bot.signal("TERM");
    hear("STOPPING=1");
    assert_eq!(bot.wait_exit().code(), Some(0));
}

#[test]
fn a_renewed_session_shuts_down_cleanly() {
    let (discord, mut bot) = start();
    discord.pass(Duration::from_secs(10));
    discord.invalidate(false);
    discord.wait_readies(2);
    discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}))
        .answer();
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
    assert_eq!(discord.wait_closes(2).last(), Some(&Some(4000)));
}

#[test]
fn answers_in_progress_are_finished() {
    let (discord, mut bot) = start();
    discord.fault(Fault::on("POST /channels/*/messages").delay(Duration::from_secs(1)));
    discord.fault(Fault::on("POST /interactions/*/*/callback").delay(Duration::from_secs(1)));
    let alice = discord.member(ALICE);
    let question = alice.say(&format!("{MENTION} {QUESTION}"));
    let asked = alice.slash("ask", json!({"question": QUESTION}));
    let early = alice.typing("ask", "question", "ju");
    early.answer();
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
    assert!(discord.replies_to(question)[0].text().contains(QUOTE));
    assert!(asked.answer().message().text().contains(QUOTE));
}

#[test]
fn under_load_every_accepted_question_is_answered() {
    let (discord, mut bot) = start();
    let alice = discord.member(ALICE);
    let asked: Vec<_> = (0..50)
        .map(|_| alice.slash("ask", json!({"question": QUESTION})))
        .collect();
    asked[0].answer();
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
    let answered = asked
        .iter()
        .filter(|asked| asked.outcome().is_some())
        .count();
    let quoted = bot
        .lines()
        .iter()
        .filter(|line| line.contains("\"quoted\""))
        .count();
    assert!(answered > 0 && answered == quoted, "{answered} of {quoted}");
}

#[test]
fn the_bot_shuts_down_without_a_connection() {
    let discord = StandIn::start(Options::default());
    discord.fault(Fault::on("GET /gateway/bot").status(503).times(1_000));
    let mut bot = Bot::run(&discord, |_| {});
    discord.wait_request(|request| request.path == "/gateway/bot");
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
}

#[test]
fn the_bot_shuts_down_on_a_zombie_connection() {
    let (discord, mut bot) = start();
    discord.silence();
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
}
