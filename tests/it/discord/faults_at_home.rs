//! What goes wrong on the machine that the bot runs on, against the built program: what the log says, what `/readyz`
//! says, and that it recovers by itself. (Discord's own bad days are in `outages.rs` and `faults.rs`; a clock that
//! jumps moves nothing, for `tests/architecture.rs` holds that time is measured by a clock that cannot be set.)

use crate::discord::setting_up::{program, said};
use crate::discord::{QUESTION, QUOTE, knowledge, page, start, start_with, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, BOB, Fault, Member, Options, Outage, StandIn, TOKEN};
use serde_json::json;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

fn check_says(member: &Member<'_>, quote: &str) {
    let asked = member.slash("ask", json!({"question": QUESTION}));
    let said = asked.answer().message().text();
    assert!(said.contains(quote), "{said}");
}

#[test]
fn a_knowledge_folder_that_is_gone_takes_no_answer_away() {
    let dir = knowledge("juche.md", "Juche means roughly self-reliance.\n");
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    let (address, alice) = (wait_address(&bot), discord.member(ALICE));
    check_says(&alice, QUOTE);
    fs::remove_dir_all(dir.path()).unwrap();
    bot.wait_line("the previous articles stay in use");
    check_says(&alice, QUOTE);
    assert!(page(&address, "/readyz").starts_with("HTTP/1.1 200"));
    // What nobody can read looks the same: root may read everything, so a file stands in the folder's place here.
    fs::write(dir.path(), "no folder").unwrap();
    bot.signal("HUP");
    check_says(&alice, QUOTE);
    fs::remove_file(dir.path()).unwrap();
    fs::create_dir(dir.path()).unwrap();
    let new = "Juche means roughly self-reliance, said the new article.\n";
    fs::write(dir.path().join("new.md"), new).unwrap();
    bot.wait_line("1 added (new.md)");
    check_says(&alice, "said the new article");
}

/// The same program with the same arguments and settings, started by a line of shell as `"$0" "$@"`.
fn in_shell(command: &mut Command, line: &str) {
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).arg(command.get_program());
    shell.args(command.get_args()).env_clear();
    let settings = command.get_envs();
    shell.envs(settings.filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(command.get_current_dir().unwrap());
    *command = shell;
}

/// While it runs, the bot writes nothing but its log.
#[test]
fn a_disk_that_is_full_under_the_log_costs_the_log_only() {
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::run(&discord, |command| {
        in_shell(command, "exec \"$0\" \"$@\" 2>/dev/full");
    });
    discord.wait_ready();
    discord.wait_commands();
    check_says(&discord.member(ALICE), QUOTE);
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
    assert!(bot.lines().is_empty());
}

/// No file may grow: what writing to a disk without space comes to.
#[test]
fn init_on_a_disk_that_is_full_says_so_and_leaves_the_settings_alone() {
    let discord = StandIn::start(Options::default());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".env");
    fs::write(&path, "LOG_LEVEL=debug\n").unwrap();
    fs::create_dir(folder.path().join("knowledge")).unwrap();
    let base = discord.api_base();
    let arguments = ["init", "--token-file", "-", "--yes", "--api-base", &base];
    let output = program(folder.path(), &arguments, TOKEN, |command| {
        in_shell(command, "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"");
    });
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("cannot write `.env`"), "{output:?}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "LOG_LEVEL=debug\n");
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "nothing half written is left behind");
}

/// No name can have a part of 64 letters, so this fails on the machine itself, as it does without a name server.
#[test]
fn a_name_that_is_not_found_is_told_and_tried_again() {
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::run(&discord, |command| {
        command.env("HTTP_PROXY", format!("http://{}.invalid", "x".repeat(64)));
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    let address = wait_address(&bot);
    let line = bot.wait_line("cannot reach Discord, retrying in 1 s");
    assert!(line.contains("dns error"), "{line}");
    assert!(page(&address, "/readyz").starts_with("HTTP/1.1 503"));
    bot.wait_line("retrying in 2 s");
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
    assert!(discord.requests().is_empty());
}

/// It has come so far when `reached` returns; then it is told to end.
fn check_end(outage: Option<Outage>, fault: Option<Fault>, reached: impl Fn(&StandIn, &Bot)) {
    let discord = StandIn::start(Options::default());
    discord.outage(outage);
    if let Some(fault) = fault {
        discord.fault(fault);
    }
    let mut bot = Bot::run(&discord, |_| {});
    reached(&discord, &bot);
    let told = Instant::now();
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
    assert!(told.elapsed() < Duration::from_secs(3), "{outage:?}");
}

#[test]
fn a_signal_ends_the_start_at_each_of_its_stages() {
    let loaded = |_: &StandIn, bot: &Bot| drop(bot.wait_line("articles loaded"));
    let slow = |route: &str| Some(Fault::on(route).delay(Duration::from_secs(6)));
    check_end(None, slow("GET /gateway/bot"), loaded);
    let waits = |_: &StandIn, bot: &Bot| drop(bot.wait_line("retrying in"));
    check_end(Some(Outage::Down), None, waits);
    let knocks = |discord: &StandIn, _: &Bot| discord.wait_connection_attempts(1);
    check_end(Some(Outage::NoAnswer), None, knocks);
    check_end(Some(Outage::NoHello), None, knocks);
    let identifies = |discord: &StandIn, _: &Bot| discord.wait_identifies(1);
    check_end(Some(Outage::NoReady), None, identifies);
    let begins = |discord: &StandIn, _: &Bot| discord.wait_ready();
    check_end(None, None, begins);
    check_end(None, slow("GET /applications/*/commands"), begins);
    let registers = |discord: &StandIn, _: &Bot| {
        discord.wait_request(|request| request.path.ends_with("/commands"));
    };
    check_end(None, slow("PUT /applications/*/commands"), registers);
}

#[test]
fn a_bot_that_is_killed_and_started_at_once_goes_on() {
    let (discord, mut bot) = start();
    let alice = discord.member(ALICE);
    let answer = alice.slash("ask", json!({"question": QUESTION})).answer();
    bot.signal("KILL");
    assert_eq!(bot.wait_exit().code(), None);
    // In Discord's time: one IDENTIFY in 5 s.
    discord.pass(Duration::from_secs(5));
    let bot = Bot::run(&discord, |_| {});
    bot.wait_line("commands are up to date");
    alice.click(answer.message(), "More context").answer();
    check_says(&discord.member(BOB), QUOTE);
}
