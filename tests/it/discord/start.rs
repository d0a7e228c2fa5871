//! Startup: registration of commands, the invite link, invalid settings and tokens.

use crate::discord::{QUESTION, QUOTE, start, start_with};
use crate::support::bot::Bot;
use crate::support::discord::request::Request;
use crate::support::discord::{ALICE, BOT, Fault, MENTION, Options, SERVER, StandIn, TOKEN};
use serde_json::json;
use std::process::Output;
use std::time::Duration;

fn puts(discord: &StandIn) -> usize {
    let all = discord.requests();
    all.iter().filter(|request| request.method == "PUT").count()
}

fn registers(request: &Request) -> bool {
    request.method == "PUT" && request.path == format!("/applications/{BOT}/commands")
}

/// Runs the program with other arguments than `run` until it exits.
fn program(discord: &StandIn, arguments: &[&str]) -> Output {
    let mut command = crate::support::program();
    let command = command.args(arguments).env_clear();
    command
        .env("DISCORD_TOKEN", TOKEN)
        .env("DISCORD_API_BASE", discord.api_base())
        .current_dir(std::env::temp_dir());
    command.output().unwrap()
}

#[test]
fn commands_are_registered_once_and_the_invite_link_is_shown() {
    let (discord, bot) = start();
    let names: Vec<_> = discord
        .commands()
        .iter()
        .map(|command| command["name"].clone())
        .collect();
    assert_eq!(
        names,
        [
            "ask",
            "search",
            "summary",
            "articles",
            "article",
            "help",
            "about",
            "reload",
            "Find in articles",
            "knowledge",
            "Add to articles",
            "insights",
            "settings"
        ]
    );
    assert!(
        bot.wait_line("scope=bot+applications.commands")
            .contains(&BOT.to_string())
    );
    bot.wait_line("articles=1 passages=12");
    // A new session does not register the commands again.
    discord.pass(Duration::from_secs(10));
    discord.invalidate(false);
    discord.wait_readies(2);
    discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}))
        .answer();
    assert_eq!(puts(&discord), 1);
}

#[test]
fn unchanged_commands_are_not_registered_again() {
    let (first, bot) = start();
    drop(bot);
    let options = Options {
        commands: first.commands(),
        ..Options::default()
    };
    let (second, bot) = start_with(options, |_| {});
    bot.wait_line("commands are up to date");
    assert_eq!(puts(&second), 0);
}

#[test]
fn outdated_commands_are_replaced() {
    let options = Options {
        commands: vec![json!({"name": "old", "type": 1, "description": "old"})],
        ..Options::default()
    };
    let (discord, bot) = start_with(options, |_| {});
    bot.wait_line("commands registered");
    assert!(
        discord
            .commands()
            .iter()
            .all(|command| command["name"] != "old")
    );
}

/// Discord refuses commands for a way of installation that is off in the developer portal, and contexts of commands that
/// belong to one server.
#[test]
fn commands_are_registered_for_what_the_portal_allows() {
    for (options, types, contexts) in [
        (Options::default(), json!([0]), json!([0, 1])),
        (
            Options::default().user_install(),
            json!([0, 1]),
            json!([0, 1, 2]),
        ),
    ] {
        let (discord, bot) = start_with(options, |_| {});
        bot.wait_line("commands registered");
        let commands = discord.commands();
        let (for_managers, others): (Vec<_>, Vec<_>) = commands
            .iter()
            .partition(|command| command["default_member_permissions"] == "32");
        assert_eq!(for_managers.len(), 4, "those of people who run a server");
        for command in others {
            assert_eq!(command["integration_types"], types, "{command}");
            assert_eq!(command["contexts"], contexts, "{command}");
        }
        // A server has no managers elsewhere.
        for command in for_managers {
            assert_eq!(command["integration_types"], json!([0]), "{command}");
            assert_eq!(command["contexts"], json!([0]), "{command}");
        }
        drop(bot);
        discord.pass(Duration::from_secs(10));
        let again = Bot::run(&discord, |_| {});
        again.wait_line("commands are up to date");
    }
}

#[test]
fn a_failed_registration_is_retried() {
    let discord = StandIn::start(Options::default());
    discord.fault(
        Fault::on("PUT /applications/*/commands")
            .status(502)
            .times(2),
    );
    discord.fault(
        Fault::on("GET /applications/*/commands")
            .status(429)
            .retry_after(0.1),
    );
    let _bot = Bot::run(&discord, |_| {});
    discord.wait_request(|request| registers(request) && request.status == 200);
}

#[test]
fn the_bot_waits_until_discord_is_reachable() {
    let discord = StandIn::start(Options::default());
    discord.fault(Fault::on("GET /gateway/bot").status(503).times(4));
    let _bot = Bot::run(&discord, |_| {});
    discord.wait_ready();
}

#[test]
fn a_gateway_url_with_a_path_works() {
    let options = Options {
        gateway_path: "/gateway",
        ..Options::default()
    };
    let (discord, _bot) = start_with(options, |_| {});
    discord.drop_tcp();
    discord.wait_resumes(1);
}

#[test]
fn without_arguments_the_program_runs_the_bot() {
    let discord = StandIn::start(Options::default());
    let mut command = crate::support::program();
    command
        .env_clear()
        .env("DISCORD_TOKEN", format!("Bot {TOKEN}\n"))
        .env("DISCORD_API_BASE", discord.api_base())
        .env("LOG_FORMAT", "json")
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let bot = Bot::spawn(command);
    discord.wait_ready();
    let asked = discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}));
    assert!(asked.answer().message().text().contains(QUOTE));
    let line: serde_json::Value = serde_json::from_str(&bot.wait_line("\"quoted\"")).unwrap();
    assert_eq!(
        (&line["kind"], &line["name"]),
        (&json!("command"), &json!("ask"))
    );
    assert!(
        line["micros"].is_u64() && line["confidence"].is_f64(),
        "{line}"
    );
}

#[test]
fn a_wrong_token_is_reported() {
    let discord = StandIn::start(Options::default());
    let wrong = "MTIwMDAwMDAwMDAwMDAwMDAwMQ.wrong.token-of-no-value-at-all-0000000000";
    let mut bot = Bot::run(&discord, |command| {
        command.env("DISCORD_TOKEN", wrong);
    });
    assert_eq!(bot.wait_exit().code(), Some(1));
    bot.wait_line("Discord does not know this token");
    assert!(!bot.lines().concat().contains(wrong));
}

#[test]
fn fatal_close_codes_end_the_bot() {
    for (code, said) in [
        (4004, "Reset Token"),
        (4010, "rejects the shard numbers"),
        (4012, "install a newer release"),
        (4013, "rejects the intents"),
        (4014, "Privileged Gateway Intents"),
    ] {
        let (discord, mut bot) = start();
        discord.close(code);
        assert_eq!(bot.wait_exit().code(), Some(1), "{code}");
        let line = bot.wait_line(said);
        assert!(
            line.starts_with("pullquote: ") && line.contains(&code.to_string()),
            "{line}"
        );
        assert_eq!(discord.readies(), 1, "{code}: it came back");
    }
}

#[test]
fn auto_answer_without_the_intent_says_where_to_enable_it() {
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::run(&discord, |command| {
        command.env("AUTO_ANSWER_CHANNELS", "1");
    });
    assert_eq!(bot.wait_exit().code(), Some(1));
    bot.wait_line("AUTO_ANSWER_CHANNELS needs the Message Content Intent");
    discord.take_violations();
}

#[test]
fn every_invalid_setting_is_reported_before_any_request() {
    let discord = StandIn::start(Options::default());
    let mut command = crate::support::program();
    command.args(["run", "--api-base", "http://discord.example.org"]);
    command.env("DISCORD_TOKEN", " ").env("LOG_FORMAT", "xml");
    let output = command.current_dir(std::env::temp_dir()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let lines = String::from_utf8(output.stderr).unwrap();
    for part in [
        "3 invalid settings",
        "DISCORD_TOKEN is not set",
        "LOG_FORMAT",
        "not on this machine",
    ] {
        assert!(lines.contains(part), "{lines}");
    }
    assert!(discord.requests().is_empty());
}

#[test]
fn the_environment_overrides_the_env_file() {
    let dir = tempfile::tempdir().unwrap();
    let file = format!("DISCORD_TOKEN={TOKEN}\nLOG_FORMAT=xml\n");
    std::fs::write(dir.path().join(".env"), file).unwrap();
    let (_discord, bot) = start_with(Options::default(), |command| {
        command
            .env_remove("DISCORD_TOKEN")
            .env("LOG_FORMAT", "json");
        command.current_dir(dir.path());
    });
    assert!(bot.wait_line("articles loaded").starts_with('{'));
}

#[test]
fn the_token_is_never_logged() {
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("RUST_LOG", "trace");
    });
    discord
        .member(ALICE)
        .slash("ask", json!({"question": QUESTION}))
        .answer();
    bot.wait_line("quoted");
    bot.wait_line(QUESTION);
    let secret = TOKEN.split('.').next_back().unwrap();
    assert!(!bot.lines().concat().contains(secret));
}

#[test]
fn what_members_write_is_not_logged_by_default() {
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env_remove("RUST_LOG");
    });
    let alice = discord.member(ALICE);
    // What goes wrong is logged too.
    discord.fault(Fault::on("POST /interactions/*/*/callback").status(400));
    alice.slash("ask", json!({"question": QUESTION})).answer();
    bot.wait_line("kind=\"command\"");
    let question = alice.say(&format!("{MENTION} {QUESTION}"));
    discord.reply_to(question);
    bot.wait_line("kind=\"message\"");
    assert!(!bot.lines().concat().contains(QUESTION));
}

#[test]
fn commands_can_be_shown_registered_and_removed() {
    let discord = StandIn::start(Options::default());
    let server = SERVER.to_string();
    let said = |arguments: &[&str]| {
        let output = program(&discord, arguments);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said(&["commands", "show"]).contains("/ask <question> [article] [private]"));
    let shown: serde_json::Value =
        serde_json::from_str(&said(&["commands", "show", "--json"])).unwrap();
    assert_eq!(shown[0]["name"], "ask");
    assert!(discord.requests().is_empty());
    let here = ["commands", "sync", "--server", &server];
    assert!(said(&here).contains("Registered in server"));
    assert!(said(&here).contains("Already registered in server"));
    let commands = discord.commands().len();
    assert!(commands > 5);
    assert!(
        said(&["commands", "clear", "--server", &server])
            .contains(&format!("Removed {commands} commands"))
    );
    assert!(discord.commands().is_empty());
    assert!(said(&["commands", "clear"]).contains("No commands were registered globally"));
    discord.fault(Fault::on("PUT /applications/*/guilds/*/commands").status(400));
    let refused = program(&discord, &here);
    let log = String::from_utf8(refused.stderr).unwrap();
    assert!(
        log.contains("Discord rejected") && !log.contains("answer"),
        "{log}"
    );
    let elsewhere = program(&discord, &["commands", "sync", "--server", "5"]);
    let log = String::from_utf8(elsewhere.stderr).unwrap();
    assert!(
        !elsewhere.status.success() && log.contains("is the bot in that server"),
        "{log}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn core_dumps_are_off() {
    let (_discord, bot) = start();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", bot.id())).unwrap();
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"));
    let words: Vec<&str> = line.unwrap().split_whitespace().collect();
    assert_eq!(words[4..6], ["0", "0"], "soft and hard limit");
}
