//! `pullquote doctor` against a Discord where something is wrong.

use crate::discord::setting_up::{program, said};
use crate::discord::start;
use crate::discord::{QUESTION, knowledge};
use crate::support::bot::Bot;
use crate::support::discord::endpoint::Key;
use crate::support::discord::{
    ALICE_DM, CATEGORY, FORUM, FORUM_POST, Fault, GENERAL, HELPERS_ROLE, OTHER, Options, SERVER,
    StandIn, THREAD, TOKEN, intent, permission,
};
use serde_json::{Value, json};
use std::process::{Command, Output};

/// The program's findings, with `change` made to its environment, and whether there was no error.
fn doctor(discord: &StandIn, change: impl FnOnce(&mut Command)) -> (Vec<Value>, bool) {
    let output = run(discord, &["--json"], change);
    let all: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| {
        panic!("no JSON: {}", said(&output));
    });
    assert!(!said(&output).contains(TOKEN));
    assert_eq!(all["ok"], output.status.success());
    (
        all["findings"].as_array().unwrap().clone(),
        output.status.success(),
    )
}

fn run(discord: &StandIn, arguments: &[&str], change: impl FnOnce(&mut Command)) -> Output {
    let articles = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge");
    let arguments = [&["doctor"], arguments].concat();
    let folder = tempfile::tempdir().unwrap();
    program(folder.path(), &arguments, "", |command| {
        command
            .env("DISCORD_TOKEN", TOKEN)
            .env("KNOWLEDGE_DIR", articles)
            .env("DISCORD_API_BASE", discord.api_base());
        change(command);
    })
}

/// The first warning or error about a subject.
fn problem<'a>(findings: &'a [Value], subject: &str) -> &'a Value {
    let such = |finding: &&Value| finding["subject"] == subject && finding["status"] != "ok";
    findings
        .iter()
        .find(such)
        .unwrap_or_else(|| panic!("nothing on {subject}: {findings:#?}"))
}

fn message(finding: &Value) -> &str {
    finding["message"].as_str().unwrap()
}

#[test]
fn a_good_setup_passes_all_checks() {
    let (discord, bot) = start();
    drop(bot);
    let (findings, fine) = doctor(&discord, |_| {});
    assert!(fine);
    for finding in &findings {
        assert_eq!(finding["status"], "ok", "{finding}");
    }
    for subject in [
        "settings",
        "knowledge",
        "answers",
        "disk",
        "network",
        "clock",
        "token",
        "intents",
        "access",
        "sessions",
        "commands",
        "channels",
    ] {
        let is_checked = findings.iter().any(|finding| finding["subject"] == subject);
        // Not every system reports its free disk space.
        assert!(is_checked || subject == "disk", "{subject}: {findings:#?}");
    }
    let commands = findings.iter().find(|it| it["subject"] == "commands");
    assert!(message(commands.unwrap()).contains("User Install is off"));
    let shown = said(&run(&discord, &[], |_| {}));
    assert!(shown.ends_with("All checks passed.\n"), "{shown}");
}

#[test]
fn everything_wrong_on_discord_is_found_at_once() {
    let options = Options {
        application: json!({"interactions_endpoint_url": "https://example.org", "bot_require_code_grant": true}),
        ..Options::default()
    };
    let options = options
        .permit(GENERAL, permission::USUAL & !permission::EMBED)
        .permit(OTHER, permission::VIEW);
    let discord = StandIn::start(options);
    let (findings, fine) = doctor(&discord, |command| {
        command.env("AUTO_ANSWER_CHANNELS", "42");
    });
    assert!(!fine);
    assert!(message(problem(&findings, "intents")).contains("Message Content Intent"));
    assert!(message(problem(&findings, "application")).contains("Interactions Endpoint URL"));
    assert_eq!(problem(&findings, "commands")["status"], "warning");
    let all: Vec<&str> = findings.iter().map(message).collect();
    let says = |part: &str| all.iter().any(|message| message.contains(part));
    assert!(says("code grant"), "{all:#?}");
    assert!(
        says("Embed Links is missing in #general, #other of Test server"),
        "{all:#?}"
    );
    assert!(says("Send Messages is missing in #other"), "{all:#?}");
    assert!(says("AUTO_ANSWER_CHANNELS contains 42"), "{all:#?}");
    for finding in findings.iter().filter(|finding| finding["status"] != "ok") {
        assert!(finding["remedy"].is_string(), "{finding}");
    }
}

#[test]
fn an_intent_that_is_on_is_no_problem() {
    let options = Options {
        privileged: intent::MESSAGE_CONTENT,
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let (findings, fine) = doctor(&discord, |command| {
        command.env("AUTO_ANSWER_CHANNELS", GENERAL.to_string());
    });
    assert!(fine, "{findings:#?}");
}

#[test]
fn each_channel_where_the_bot_answers_unasked_is_checked() {
    let named = [
        GENERAL, FORUM, THREAD, CATEGORY, OTHER, FORUM_POST, ALICE_DM,
    ];
    let named = named.map(|id| id.to_string()).join(",");
    let said = |options: Options| {
        let options = Options {
            privileged: intent::MESSAGE_CONTENT,
            ..options
        };
        let discord = StandIn::start(options);
        let (findings, fine) = doctor(&discord, |command| {
            command.env("AUTO_ANSWER_CHANNELS", &named);
        });
        assert!(fine, "{findings:#?}");
        let channels = findings.iter().filter(|it| it["subject"] == "channels");
        channels
            .map(|it| format!("{} {}\n", it["status"], message(it)))
            .collect::<String>()
    };
    let good = Options::default().permit(FORUM, permission::USUAL | permission::MANAGE_THREADS);
    let good = said(good.tags(FORUM, &["Solved"]));
    let listed = "in #general, #other, a thread (a thread), #forum (a forum), a post (a thread), \
        Category (a category with 1 channel)";
    assert!(good.contains(listed), "{good}");
    assert!(
        good.contains(&format!("AUTO_ANSWER_CHANNELS contains {ALICE_DM}")),
        "{good}"
    );
    let bad = Options::default()
        .tags(FORUM, &["Solved"])
        .permit(OTHER, 0)
        .permit(GENERAL, permission::USUAL & !permission::SEND)
        .permit(FORUM, permission::USUAL & !permission::SEND_IN_THREADS);
    let bad = said(bad);
    for part in [
        "contains #other, which the bot cannot see",
        "Send Messages is missing in #general, so",
        "Send Messages in Threads is missing in #forum (a forum), so",
        "Send Messages in Threads is missing in a post (a thread), so",
        "Manage Threads is missing in #forum (a forum), so",
    ] {
        assert!(bad.contains(part), "{part}: {bad}");
    }
}

#[test]
fn strangers_who_can_add_the_bot_are_reported() {
    let options = Options {
        application: json!({"bot_public": true, "integration_types_config": {"0": {}, "1": {}}}),
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let said = |list: &str| {
        let (findings, fine) = doctor(&discord, |command| {
            command.env("ALLOWED_SERVERS", list);
        });
        assert!(fine, "{findings:#?}");
        let warnings = findings.iter().filter(|it| it["status"] == "warning");
        let texts = warnings.map(|it| format!("{}; {}\n", message(it), it["remedy"]));
        texts.collect::<String>()
    };
    let open = said("");
    assert!(open.contains("everyone can read all articles"), "{open}");
    assert!(open.contains("turn off Bot > Public Bot; or list your servers in ALLOWED_SERVERS"));
    assert!(open.contains("User Install is on"), "{open}");
    let listed = said(&SERVER.to_string());
    assert!(listed.contains("answers direct messages"), "{listed}");
    assert!(!listed.contains("ALLOWED_SERVERS"), "{listed}");
    let elsewhere = said("42");
    let silent =
        format!("does not answer in Test server: ALLOWED_SERVERS does not contain {SERVER}");
    assert!(elsewhere.contains(&silent), "{elsewhere}");
    assert!(
        elsewhere.contains("ALLOWED_SERVERS contains 42"),
        "{elsewhere}"
    );
}

#[test]
fn missing_servers_and_commands_come_with_the_invite_link() {
    let nowhere = StandIn::start(Options {
        invited: false,
        ..Options::default()
    });
    let (findings, fine) = doctor(&nowhere, |_| {});
    assert!(fine);
    let servers = problem(&findings, "servers");
    assert!(message(servers).contains("in no server yet"));
    assert!(servers["remedy"].as_str().unwrap().contains("client_id="));
    let refusing = StandIn::start(Options::default());
    let route = "GET /applications/*/guilds/*/commands";
    refusing.fault(Fault::on(route).status(403));
    let (findings, _) = doctor(&refusing, |_| {});
    assert!(message(problem(&findings, "servers")).contains("nobody sees them"));
}

#[test]
fn a_wrong_token_and_an_unreachable_discord_are_errors() {
    let discord = StandIn::start(Options::default());
    let wrong = "MTIwMDAwMDAwMDAwMDAwMDAwMQ.wrong.token-of-no-value-at-all-0000000000";
    let (findings, fine) = doctor(&discord, |command| {
        command.env("DISCORD_TOKEN", wrong);
    });
    assert!(!fine && message(problem(&findings, "token")).contains("does not know this token"));
    let (findings, fine) = doctor(&discord, |command| {
        command.env("DISCORD_TOKEN", "0123456789abcdef0123456789abcdef");
    });
    assert!(!fine && message(problem(&findings, "settings")).contains("client secret"));
    let (findings, fine) = doctor(&discord, |command| {
        command.env("DISCORD_TOKEN", "abc");
    });
    assert!(!fine && message(problem(&findings, "settings")).contains("three parts"));
    let (findings, fine) = doctor(&discord, |command| {
        command.env("LOG_LEVL", "debug");
    });
    assert!(fine && message(problem(&findings, "settings")).contains("unknown setting LOG_LEVL"));
    // A port on which nothing listens any more.
    let gone = StandIn::start(Options::default());
    let base = gone.api_base();
    drop(gone);
    let (findings, fine) = doctor(&discord, |command| {
        command.env("DISCORD_API_BASE", base);
    });
    assert!(!fine && message(problem(&findings, "network")).contains("cannot reach Discord"));
    let remedy = problem(&findings, "network")["remedy"].as_str().unwrap();
    assert!(remedy.contains("firewall"), "{remedy}");
}

#[test]
fn offline_only_this_machine_is_checked() {
    let discord = StandIn::start(Options::default());
    let articles = knowledge("one.md", "# One\n\nA text about juche and nothing else.\n");
    std::fs::write(articles.path().join("two.md"), "").unwrap();
    let output = run(&discord, &["--offline", "--json"], |command| {
        command.env("KNOWLEDGE_DIR", articles.path());
        command.env("MODEL", "no/such/folder");
    });
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("two.md"), "{}", said(&output));
    let model = "answering without the sentence model";
    assert!(said(&output).contains(model), "{}", said(&output));
    let output = run(&discord, &["--offline"], |command| {
        command.env("KNOWLEDGE_DIR", "nowhere");
    });
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("there is no knowledge folder at `nowhere`"));
    let file = articles.path().join("one.md");
    let output = run(&discord, &["--offline"], |command| {
        command.env("DATA_DIR", file.join("data"));
    });
    assert_eq!(output.status.code(), Some(1));
    let unwritable = "one.md`: not a folder";
    assert!(said(&output).contains(unwritable), "{}", said(&output));
    assert!(!said(&output).contains(QUESTION));
    assert!(discord.requests().is_empty());
}

#[test]
fn the_settings_on_helpers_are_checked() {
    let options = Options {
        is_mentionable: false,
        ..Options::default()
    };
    let discord = StandIn::start(options);
    let check = |settings: &[(&str, u64)], ping: &str| -> Vec<String> {
        let (findings, _) = doctor(&discord, |command| {
            for (name, id) in settings {
                command.env(name, id.to_string());
            }
            command.env("HELPERS_PING", ping);
        });
        let about = findings.iter().filter(|it| it["subject"] == "helpers");
        about
            .map(|it| format!("{}: {}", it["status"].as_str().unwrap(), message(it)))
            .collect()
    };
    let good = [("HELPERS_CHANNEL", OTHER), ("HELPERS_ROLE", HELPERS_ROLE)];
    assert_eq!(
        check(&good, "no"),
        [
            "ok: questions without an answer can go to #other",
            "ok: the role is Helpers"
        ]
    );
    let silent = check(&good, "yes");
    assert!(
        silent[1]
            .contains("warning: HELPERS_PING is on, but the bot cannot notify the role Helpers")
    );
    let wrong = [("HELPERS_CHANNEL", FORUM), ("HELPERS_ROLE", SERVER + 7)];
    let wrong = check(&wrong, "no");
    assert!(
        wrong[0].contains("#forum, where the bot cannot post messages"),
        "{wrong:?}"
    );
    assert!(
        wrong[1].contains("which is not a role of the bot's servers"),
        "{wrong:?}"
    );
    assert!(
        check(&[("HELPERS_CHANNEL", 7)], "no")[0].contains("not a channel of the bot's servers")
    );
    discord.permit(OTHER, permission::USUAL & !permission::SEND);
    let closed = check(&good[..1], "no");
    assert!(
        closed[0].contains("Send Messages is missing in #other"),
        "{closed:?}"
    );
    assert!(check(&[], "no").is_empty());
}

#[test]
fn interactions_over_http_are_checked_up_to_the_public_address() {
    let discord = StandIn::start(Options {
        application: json!({"verify_key": Key::default().public()}),
        ..Options::default()
    });
    let (bot, address) = Bot::serve(&discord, |_| {});
    discord.wait_commands();
    let settings = |command: &mut Command| {
        command.env("INTERACTIONS_ADDRESS", "127.0.0.1:8080");
        command.env("DISCORD_PUBLIC_KEY", Key::default().public());
    };
    // The portal names no URL yet.
    let (findings, fine) = doctor(&discord, settings);
    assert!(fine);
    assert!(message(problem(&findings, "application")).contains("over the gateway"));
    discord.deliver_to(&address);
    let (findings, fine) = doctor(&discord, settings);
    assert!(fine, "{findings:#?}");
    for (subject, part) in [
        ("public key", "is that of the application"),
        ("application", "not over the gateway"),
        ("endpoint", "refuses bad signatures"),
    ] {
        let finding = findings.iter().find(|it| it["subject"] == subject);
        let finding = finding.unwrap_or_else(|| panic!("nothing on {subject}: {findings:#?}"));
        assert!(message(finding).contains(part), "{finding}");
    }
    // Another key, and nobody at the public address.
    drop(bot);
    let (findings, fine) = doctor(&discord, |command| {
        settings(command);
        command.env("DISCORD_PUBLIC_KEY", "0".repeat(64));
    });
    assert!(!fine);
    assert!(message(problem(&findings, "public key")).contains("is not the key"));
    assert!(message(problem(&findings, "endpoint")).contains("cannot be reached"));
}
