//! Failures of the bot's own machine: the log and `/readyz` report them, and the bot recovers. Discord's failures are in
//! `outages.rs` and `faults.rs`. A jump of the clock changes nothing, because the code uses `Instant` (`architecture.rs`).

use crate::discord::setting_up::{program, said};
use crate::discord::{QUESTION, QUOTE, knowledge, page, start, start_with, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, BOB, Fault, Member, Options, Outage, StandIn, TOKEN};
use pullquote_hostile_files::pdfs;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

fn check_says(member: &Member<'_>, quote: &str) {
    let asked = member.slash("ask", json!({"question": QUESTION}));
    let said = asked.answer().message().text();
    assert!(said.contains(quote), "{said}");
}

#[test]
fn the_bot_keeps_answering_without_its_knowledge_folder() {
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
    // An unreadable folder. Root can read everything, so this replaces the folder with a file.
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

/// Before the start, and while the bot runs.
#[test]
fn a_hostile_file_costs_only_itself() {
    let dir = knowledge("juche.md", "Juche means roughly self-reliance.\n");
    let put = |name: &str| {
        let file = pdfs().find(|file| file.name == name).unwrap();
        fs::write(dir.path().join(name), file.bytes).unwrap();
    };
    put("form-names-itself.pdf");
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
    });
    bot.wait_line("`form-names-itself.pdf` could not be used");
    let alice = discord.member(ALICE);
    check_says(&alice, QUOTE);
    put("parent-is-its-child.pdf");
    let line = bot.wait_line("parent-is-its-child.pdf");
    assert!(
        line.contains("run `pullquote check` for the reasons"),
        "{line}"
    );
    fs::write(dir.path().join("new.md"), "The ferry leaves at seven.\n").unwrap();
    bot.wait_line("1 added (new.md)");
    check_says(&alice, QUOTE);
}

/// Changes a command so that a line of shell starts it as `"$0" "$@"`, with the same arguments and environment.
fn in_shell(command: &mut Command, line: &str) {
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).arg(command.get_program());
    shell.args(command.get_args()).env_clear();
    let settings = command.get_envs();
    shell.envs(settings.filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(command.get_current_dir().unwrap());
    *command = shell;
}

/// The bot writes nothing but its log while it runs.
#[test]
fn a_full_disk_costs_only_the_log() {
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

/// A file size limit of 0 has the effect of a full disk.
#[test]
fn init_on_a_full_disk_fails_and_keeps_the_settings() {
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

/// Starts that must end with a sentence, and starts that must succeed.
#[test]
fn too_little_memory_or_too_few_files_are_named_at_the_start() {
    let limits = [
        (
            "ulimit -v 90000",
            Some("the limit on virtual memory is 87 MB"),
        ),
        (
            "ulimit -v 150000",
            Some("the limit on virtual memory is 146 MB"),
        ),
        ("ulimit -n 6", Some("the limit on open files is 6")),
        ("ulimit -n 20", Some("the limit on open files is 20")),
        ("ulimit -v 800000", None),
        ("ulimit -n 64", None),
        ("ulimit -S -n 20", None),
    ];
    for (limit, complaint) in limits {
        let discord = StandIn::start(Options::default());
        let mut bot = Bot::run(&discord, |command| {
            in_shell(command, &format!("{limit}; exec \"$0\" \"$@\""));
        });
        if let Some(complaint) = complaint {
            assert_eq!(bot.wait_exit().code(), Some(1), "{limit}");
            let line = bot.wait_line(complaint);
            assert!(line.starts_with("pullquote: "), "{line}");
        } else {
            discord.wait_ready();
            discord.wait_commands();
            check_says(&discord.member(ALICE), QUOTE);
        }
    }
}

/// What a process has in memory, without what it shares with its files, in bytes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn own_memory(bot: &Bot) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", bot.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("RssAnon:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().nth(1));
    kibibytes.unwrap().parse::<u64>().unwrap() * 1_024
}

/// Each file is read into memory, and refused by the child that it is passed to.
#[test]
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn the_memory_of_large_files_is_given_back() {
    const FILE: usize = 6_000_000;
    let dir = knowledge("juche.md", "Juche means roughly self-reliance.\n");
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("KNOWLEDGE_DIR", dir.path());
        command.env("KNOWLEDGE_WATCH", "off");
    });
    check_says(&discord.member(ALICE), QUOTE);
    let before = own_memory(&bot);
    let contents = [b"%PDF-1.4\n".as_slice(), &vec![b'x'; FILE]].concat();
    for number in 0..6 {
        let name = format!("large-{number}.pdf");
        let file = dir.path().join(&name);
        fs::write(&file, &contents).unwrap();
        bot.signal("HUP");
        bot.wait_line(&format!("failed ({name})"));
        fs::remove_file(file).unwrap();
    }
    check_says(&discord.member(ALICE), QUOTE);
    let grown = own_memory(&bot).saturating_sub(before);
    assert!(grown < FILE as u64 / 2, "{grown} bytes");
}

/// `STARTS=200 cargo test --test it small_memory` tries as many limits, between what the program cannot even print its version
/// with and what the bot needs.
#[test]
#[cfg(target_os = "linux")]
fn small_memory_is_named_at_each_start() {
    const LEAST: usize = 45_000;
    const MOST: usize = 780_000;
    let starts = std::env::var("STARTS").map_or(12, |starts| starts.parse().unwrap());
    let discord = StandIn::start(Options::default());
    let mut named = 0;
    for start in 0..starts {
        // Most of the limits are low ones, where the program hardly starts.
        let share = f64::from(start) / f64::from(starts);
        let limit = LEAST + ((MOST - LEAST) as f64 * share.powi(3)) as usize;
        let limited = format!("ulimit -v {limit}; exec \"$0\" \"$@\"");
        let mut version = crate::support::program();
        version.arg("--version").current_dir(std::env::temp_dir());
        version.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        in_shell(&mut version, &limited);
        let is_loaded = version.output().unwrap().status.success();
        let mut bot = Bot::run(&discord, |command| in_shell(command, &limited));
        let status = bot.wait_exit();
        assert!(!status.success());
        if is_loaded {
            assert_eq!(status.code(), Some(1), "{limit} kB");
            bot.wait_line("the limit on virtual memory is");
            named += 1;
        }
    }
    println!("{starts} starts: {named} name the limit, with the others the program is not loaded");
    assert!(named * 2 > starts && discord.requests().is_empty());
}

/// `STARTS=200 cargo test --test it small_memory` tries as many limits. Making a control group needs root or a delegated group;
/// elsewhere this says so.
#[test]
#[cfg(target_os = "linux")]
fn small_memory_of_a_control_group_is_named_at_each_start() {
    /// Megabytes; Docker accepts no lower limit. With a lower one, the system may end the program before it can say anything.
    const LEAST: f64 = 6.0;
    if ControlGroup::make("probe", 1 << 30).is_none() {
        println!("no control group with a limit on memory can be made here");
        return;
    }
    let starts = std::env::var("STARTS").map_or(12, |starts| starts.parse().unwrap());
    let many = many_articles();
    let (mut named, mut started) = (0, 0);
    for start in 0..starts {
        // A quarter of the limits are enough for the program, but half of those not for all articles.
        let is_large = start % 4 == 3;
        let share = f64::from(start) / f64::from(starts);
        let megabytes = if is_large {
            33.0 + 40.0 * share
        } else {
            32.0 * share.powi(2)
        };
        let bytes = (megabytes * 1_048_576.0) as u64;
        let group = ControlGroup::make(&start.to_string(), bytes).unwrap();
        let inside = format!("echo $$ > '{}' && exec \"$0\" \"$@\"", group.processes());
        // Of its own: Discord allows one session in five seconds.
        let discord = StandIn::start(Options::default());
        let mut bot = Bot::run(&discord, |command| {
            if is_large {
                command.env("KNOWLEDGE_DIR", many.path());
            }
            in_shell(command, &inside);
        });
        if is_large && bot.wait_line_or_exit("articles loaded") {
            started += 1;
            continue;
        }
        let status = bot.wait_exit();
        assert!(!status.success());
        if status.code() == Some(1) || megabytes >= LEAST {
            assert_eq!(status.code(), Some(1), "{megabytes} MB");
            bot.wait_line("raise the limit (MemoryMax");
            named += 1;
        }
    }
    println!(
        "{starts} starts: {named} name the limit, {started} have enough, with the others the program cannot be loaded"
    );
    // Four in ten of the limits must be named: the low ones of `LEAST` and above. Which others are differs by machine.
    assert!(named * 3 > starts);
}

/// Articles of short paragraphs, which need about 45 MB.
#[cfg(target_os = "linux")]
fn many_articles() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for article in 0..40 {
        let paragraphs = (0..4_000).map(|number| format!("w{}\n\n", number * 40 + article));
        let text = format!("# Article {article}\n\n{}", paragraphs.collect::<String>());
        fs::write(dir.path().join(format!("{article}.md")), text).unwrap();
    }
    dir
}

/// A control group below the one of this process. It is removed when it is dropped.
#[cfg(target_os = "linux")]
struct ControlGroup {
    folder: std::path::PathBuf,
}

#[cfg(target_os = "linux")]
impl ControlGroup {
    /// A group whose processes may use this much memory; `None` if the system does not allow it.
    fn make(name: &str, bytes: u64) -> Option<Self> {
        let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
        groups.lines().find_map(|line| {
            let (mount, limit, path) = match line.split_once(":memory:") {
                Some((_, path)) => ("memory", "memory.limit_in_bytes", path),
                None => ("", "memory.max", line.strip_prefix("0::")?),
            };
            let parent = Path::new("/sys/fs/cgroup").join(mount);
            let parent = parent.join(path.trim_start_matches('/'));
            let folder = parent.join(format!("pullquote-{}-{name}", std::process::id()));
            fs::create_dir(&folder).ok()?;
            let group = Self { folder };
            fs::write(group.folder.join(limit), bytes.to_string()).ok()?;
            Some(group)
        })
    }

    fn processes(&self) -> String {
        self.folder.join("cgroup.procs").display().to_string()
    }
}

#[cfg(target_os = "linux")]
impl Drop for ControlGroup {
    fn drop(&mut self) {
        let _ = fs::remove_dir(&self.folder);
    }
}

/// A label of 64 letters is not a valid host name, so looking it up fails on this machine, as without a name server.
#[test]
fn a_failed_name_lookup_is_logged_and_retried() {
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

/// Starts the bot, waits for `reached` to return, and checks that the bot then stops at once.
fn check_end(outage: Option<Outage>, fault: Option<Fault>, reached: impl Fn(&StandIn, &Bot)) {
    let discord = StandIn::start(Options::default());
    discord.outage(outage);
    if let Some(fault) = fault {
        discord.fault(fault);
    }
    let mut bot = Bot::run(&discord, |_| {});
    reached(&discord, &bot);
    let signalled = Instant::now();
    bot.signal("TERM");
    assert_eq!(bot.wait_exit().code(), Some(0));
    // All that it waits for here would take it 10 s or more.
    assert!(signalled.elapsed() < Duration::from_secs(8), "{outage:?}");
}

#[test]
fn a_signal_stops_every_stage_of_the_start() {
    let loaded = |_: &StandIn, bot: &Bot| drop(bot.wait_line("articles loaded"));
    let slow = |route: &str| Some(Fault::on(route).delay(Duration::from_secs(30)));
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
fn a_killed_bot_continues_after_a_restart() {
    let (discord, mut bot) = start();
    let alice = discord.member(ALICE);
    let answer = alice.slash("ask", json!({"question": QUESTION})).answer();
    bot.signal("KILL");
    assert_eq!(bot.wait_exit().code(), None);
    // In Discord's time: one IDENTIFY in 5 s.
    discord.pass(Duration::from_secs(5));
    let bot = Bot::run(&discord, |_| {});
    bot.wait_line("commands are up to date");
    alice.click(answer.message(), "Read in article").answer();
    check_says(&discord.member(BOB), QUOTE);
}
