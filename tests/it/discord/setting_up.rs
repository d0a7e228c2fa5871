//! `init`, `invite`, and mistakes at the first start.

use crate::discord::start_with;
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, BOT, Options, StandIn, TOKEN};
use serde_json::json;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program in a folder, with only the environment variables that `change` sets.
pub fn program(
    folder: &Path,
    arguments: &[&str],
    input: &str,
    change: impl FnOnce(&mut Command),
) -> Output {
    let mut command = crate::support::program();
    command.args(arguments).env_clear().current_dir(folder);
    change(&mut command);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may have ended before it read its input.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Standard output and standard error.
pub fn said(output: &Output) -> String {
    let lines = [&output.stdout[..], &output.stderr[..]].concat();
    String::from_utf8(lines).unwrap()
}

/// Runs `init` with a token on standard input.
fn init(discord: &StandIn, folder: &Path, token: &str) -> Output {
    let arguments = [
        "init",
        "--token-file",
        "-",
        "--yes",
        "--api-base",
        &discord.api_base(),
    ];
    program(folder, &arguments, token, |_| {})
}

fn env_file(folder: &Path) -> String {
    fs::read_to_string(folder.join(".env")).unwrap()
}

#[test]
fn init_sets_up_an_empty_folder() {
    let discord = StandIn::start(Options::default());
    let folder = tempfile::tempdir().unwrap();
    let output = init(&discord, folder.path(), &format!("{TOKEN}\n"));
    let shown = said(&output);
    assert!(output.status.success(), "{shown}");
    assert_eq!(env_file(folder.path()), format!("DISCORD_TOKEN={TOKEN}\n"));
    assert!(!shown.contains(TOKEN), "{shown}");
    let link = format!(
        "https://discord.com/oauth2/authorize?client_id={BOT}&scope=bot+applications.commands&permissions=274878024704"
    );
    assert!(shown.contains(&link), "{shown}");
    // The folder can be asked at once, and other commands read `.env`. An empty one gets the sample article, too.
    let article = folder.path().join("knowledge/pull-quotes.md");
    fs::remove_file(&article).unwrap();
    assert!(init(&discord, folder.path(), TOKEN).status.success() && article.exists());
    let asked = program(folder.path(), &["ask", "What is a pull quote?"], "", |_| {});
    assert!(
        said(&asked).contains("lifted out of an article"),
        "{asked:?}"
    );
    let invite = ["invite", "--api-base", &discord.api_base()];
    let invite = program(folder.path(), &invite, "", |_| {});
    assert_eq!(said(&invite), format!("{link}\n"));
}

#[test]
fn init_takes_articles_from_where_they_are_and_answers_from_them() {
    let folder = tempfile::tempdir().unwrap();
    let text = "# Ferry\n\n## When does the ferry leave?\n\nThe ferry leaves at seven.\n";
    let mut archive =
        zip::ZipWriter::new(fs::File::create(folder.path().join("export.zip")).unwrap());
    archive
        .start_file("ferry.md", zip::write::SimpleFileOptions::default())
        .unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap();
    fs::create_dir(folder.path().join("texts")).unwrap();
    fs::write(folder.path().join("texts/ferry.md"), text).unwrap();
    let init = |place: &str| {
        let arguments = [
            "init",
            "--token-file",
            "-",
            "--offline",
            "--articles",
            place,
        ];
        program(folder.path(), &arguments, TOKEN, |command| {
            command.env("DATA_DIR", "data");
        })
    };
    let nothing = init("./missing");
    let shown = said(&nothing);
    assert!(
        !nothing.status.success() && shown.contains("there is no file `./missing`"),
        "{shown}"
    );
    // A typo leaves nothing that a second try would take for articles.
    for name in [".env", "knowledge"] {
        assert!(!folder.path().join(name).exists(), "{name}");
    }
    for (place, setting) in [("export.zip", ""), ("texts", "KNOWLEDGE_DIR=texts\n")] {
        let output = init(place);
        let shown = said(&output);
        assert!(output.status.success(), "{shown}");
        let answered =
            "This is how it answers “When does the ferry leave?”:\n\n  The ferry leaves at seven.";
        assert!(shown.contains(answered), "{shown}");
        assert_eq!(
            env_file(folder.path()),
            format!("DISCORD_TOKEN={TOKEN}\n{setting}")
        );
    }
    // What it has set up, other commands use.
    let asked = program(folder.path(), &["ask", "ferry leaves when"], "", |_| {});
    assert!(said(&asked).contains("at seven"), "{asked:?}");
}

#[test]
fn the_link_for_users_is_printed_where_they_can_install_the_bot() {
    let discord = StandIn::start(Options::default().user_install());
    let folder = tempfile::tempdir().unwrap();
    let invite = ["invite", "--api-base", &discord.api_base()];
    let invite = program(folder.path(), &invite, "", |command| {
        command.env("DISCORD_TOKEN", TOKEN);
    });
    let link = format!("client_id={BOT}&scope=applications.commands&integration_type=1\n");
    assert!(said(&invite).ends_with(&link), "{}", said(&invite));
    assert_eq!(said(&invite).lines().count(), 2);
}

#[test]
fn the_set_up_guide_leads_to_an_answer() {
    let discord = StandIn::start(Options::default());
    let folder = tempfile::tempdir().unwrap();
    let base = discord.api_base();
    let typed = |arguments: &[&str]| {
        let output = program(folder.path(), arguments, TOKEN, |command| {
            command.env("DISCORD_API_BASE", &base);
        });
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    typed(&["init", "--yes", "--token-file", "-"]);
    let before = typed(&["doctor"]);
    assert!(
        before.contains("The bot can run, with 1 warning."),
        "{before}"
    );
    let mut command = crate::support::program();
    command
        .arg("run")
        .env_clear()
        .env("DISCORD_API_BASE", &base)
        .env("RUST_LOG", "info,serenity=debug")
        .current_dir(folder.path());
    let bot = Bot::spawn(command);
    let question = json!({"question": "What is a pull quote?"});
    let asked = discord.member(ALICE).slash("ask", question);
    let answer = asked.answer().message().text();
    assert!(answer.contains("lifted out of an article"), "{answer}");
    assert!(typed(&["doctor"]).ends_with("All checks passed.\n"));
    drop(bot);
}

#[cfg(unix)]
#[test]
fn init_keeps_other_settings_and_makes_the_file_private() {
    use std::os::unix::fs::PermissionsExt;
    let discord = StandIn::start(Options::default());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(".env");
    let old = "# mine\nLOG_LEVEL=debug\nDISCORD_TOKEN=old\nKNOWLEDGE_DIR='my articles'\n";
    fs::write(&path, old).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(init(&discord, folder.path(), TOKEN).status.success());
    assert_eq!(env_file(folder.path()), old.replace("old", TOKEN));
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(folder.path().join("my articles/pull-quotes.md").exists());
}

#[test]
fn init_rejects_other_secrets_by_name_and_writes_nothing() {
    let discord = StandIn::start(Options::default());
    for (token, expected) in [
        ("", "is empty"),
        ("abcdefghijklmnopqrstuvwxyz_-0123", "client secret"),
        ("1200000000000000001", "application's id"),
        (&"0".repeat(64), "public key"),
        (
            "MTIwMDAwMDAwMDAwMDAwMDAwMQ.wrong.token-of-no-value-at-all-0000000000",
            "Discord does not know this token",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = init(&discord, folder.path(), token);
        assert_eq!(output.status.code(), Some(1));
        let said = said(&output);
        assert!(said.contains(expected), "{said}");
        assert!(token.is_empty() || !said.contains(token), "{said}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn init_reports_a_token_that_takes_precedence() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["init", "--token-file", "-", "--offline"];
    let init_with = |set: &str| {
        let output = program(folder.path(), &arguments, TOKEN, |command| {
            command.env("DISCORD_TOKEN", set);
        });
        said(&output)
    };
    assert!(init_with("another.token.of-old").contains("takes precedence over `.env`: unset it"));
    assert!(!init_with(TOKEN).contains("takes precedence"));
    assert!(!folder.path().join("knowledge").exists());
}

#[test]
fn init_without_a_terminal_says_how_to_give_the_token() {
    let folder = tempfile::tempdir().unwrap();
    let output = program(folder.path(), &["init"], "", |_| {});
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("`--token-file FILE`"));
    let named = program(folder.path(), &["init", TOKEN], "", |_| {});
    assert_eq!(named.status.code(), Some(2), "the token as an argument");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_bad_line_of_the_env_file_is_reported_without_its_text() {
    let folder = tempfile::tempdir().unwrap();
    for lines in [
        "# settings\n\nDISCORD_TOKEN=two words\n",
        "# DISCORD_TOKEN=two words\nA='two words'\nDISCORD_TOKEN=two words\n",
        "\u{feff}A=words\r\n\r\nwords\r\n",
        "A=1\n\nDISCORD_TOKEN='two words\nB=2\n",
    ] {
        fs::write(folder.path().join(".env"), lines).unwrap();
        let output = program(folder.path(), &["run"], "", |_| {});
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1));
        assert!(
            said.contains("line 3 is not of the form") && !said.contains("two words"),
            "{lines}: {said}"
        );
    }
    // `doctor` reports it with everything else.
    let output = program(
        folder.path(),
        &["doctor", "--offline", "--json"],
        "",
        |_| {},
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let message = report["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("line 3 is not of the form"), "{report}");
    fs::write(folder.path().join(".env"), b"A=\xff\n").unwrap();
    let output = program(folder.path(), &["run"], "", |_| {});
    assert_eq!(said(&output).matches("UTF-8").count(), 2, "{output:?}");
}

/// The error that `run` ends with.
fn refused(discord: &StandIn, folder: &Path, change: impl FnOnce(&mut Command)) -> String {
    let output = program(
        folder,
        &["run", "--api-base", &discord.api_base()],
        "",
        |command| {
            command.env("DISCORD_TOKEN", TOKEN);
            change(command);
        },
    );
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(
        said.starts_with("pullquote: ") && !said.contains(TOKEN),
        "{said}"
    );
    said
}

#[test]
fn mistakes_before_the_first_connection_have_specific_messages() {
    let discord = StandIn::start(Options::default());
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("empty")).unwrap();
    fs::write(path("file"), "an article").unwrap();
    let long = "x".repeat(300);
    let blank = |command: &mut Command| {
        command.env_remove("DISCORD_TOKEN");
    };
    assert!(
        refused(&discord, folder.path(), blank)
            .contains("DISCORD_TOKEN is not set: run `pullquote init`")
    );
    for (value, expected) in [
        (
            "abcdefghijklmnopqrstuvwxyz_-0123",
            "is the OAuth2 client secret, not the bot's token",
        ),
        ("", "DISCORD_TOKEN is not set"),
    ] {
        let said = refused(&discord, folder.path(), |command| {
            command.env("DISCORD_TOKEN", value);
        });
        assert!(said.contains(expected), "{said}");
    }
    for (knowledge, expected) in [
        ("nowhere", "there is no knowledge folder at `nowhere`"),
        ("empty", "no articles in `empty`: put .txt"),
        ("file", "`file` is not a folder"),
        (&long, "File name too long"),
    ] {
        let said = refused(&discord, folder.path(), |command| {
            command.env("KNOWLEDGE_DIR", knowledge);
        });
        assert!(said.contains(expected), "{said}");
    }
    let missing = refused(&discord, folder.path(), |command| {
        command.env_remove("DISCORD_TOKEN");
        command.env("DISCORD_TOKEN_FILE", "secret");
    });
    assert!(
        missing.contains("DISCORD_TOKEN_FILE names `secret`, which cannot be read"),
        "{missing}"
    );
    assert!(discord.requests().is_empty());
}

#[test]
fn a_bot_in_no_server_logs_the_invite_link() {
    let options = Options {
        invited: false,
        ..Options::default()
    };
    let (_discord, bot) = start_with(options, |_| {});
    let line = bot.wait_line("the bot is in no server yet");
    assert!(line.contains("/oauth2/authorize?client_id="), "{line}");
    bot.wait_line("if Discord does not show them yet, restart it");
}
