//! Settings and the messages about them.

use super::{Config, LogFormat, Secret, has_token, misspelt, unused};

/// A token of the usual shape.
const TOKEN: &str = "MTIwMDAwMDAwMDAwMDAwMDAwMQ.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789ab";

/// Reads `settings`, with a valid token unless they contain one.
fn read(settings: &[(&str, &str)]) -> Result<Config, String> {
    let variable = |name: &str| {
        let found = settings.iter().find(|(known, _)| *known == name);
        match found {
            Some((_, value)) => Some((*value).to_owned()),
            None => (name == "DISCORD_TOKEN").then(|| TOKEN.to_owned()),
        }
    };
    Config::read(&variable, None).map_err(|problems| problems.to_string())
}

/// Checks that the error contains each part.
fn check_problem(settings: &[(&str, &str)], parts: &[&str]) {
    let said = read(settings).unwrap_err();
    for part in parts {
        assert!(said.contains(part), "{settings:?}: {said}");
    }
}

#[test]
fn a_token_is_enough() {
    let config = read(&[]).unwrap();
    assert_eq!(config.token.expose(), TOKEN);
    assert_eq!(config.log_format, LogFormat::Text);
    assert_eq!(config.log_filter, "error,pullquote=info");
    assert!(config.api_base.is_none() && config.auto_answer.is_empty());
    assert!(!config.reads_messages);
    assert!(config.allowed_servers.is_empty());
    assert!(config.auto_answer_delay > 0 && !config.answer_in_threads);
    assert!(config.limits.member > 0 && config.limits.server > config.limits.member);
}

#[test]
fn servers_alone_may_choose_where_the_bot_answers_without_being_asked() {
    let config = read(&[
        ("DISCORD_TOKEN", TOKEN),
        ("AUTO_ANSWER_CHANNELS", "servers"),
    ]);
    let config = config.unwrap();
    assert!(config.auto_answer.is_empty() && config.reads_messages);
}

#[test]
fn valid_settings_are_read() {
    let config = read(&[
        ("DISCORD_TOKEN", &format!("  \"Bot {TOKEN}\"\n")),
        ("DISCORD_API_BASE", "http://127.0.0.1:8080/"),
        (
            "AUTO_ANSWER_CHANNELS",
            "1200000000000000101, 1200000000000000102",
        ),
        ("AUTO_ANSWER_DELAY", "0"),
        ("ANSWER_IN_THREADS", "TRUE"),
        ("ALLOWED_SERVERS", "1,1200000000000000100"),
        ("HELPERS_CHANNEL", "1200000000000000102"),
        ("HELPERS_ROLE", "3"),
        ("HELPERS_PING", "yes"),
        ("HTTP_ADDRESS", "127.0.0.1:9090"),
        ("HTTP_HOSTS", "bot, Bot.example"),
        ("HTTP_KEY", " a-key-of-some-length\n"),
        ("LOG_FORMAT", "JSON"),
        ("LOG_LEVEL", "debug"),
        ("MEMBER_REQUESTS_PER_MINUTE", "0"),
        ("CONCURRENT_REQUESTS", "8"),
        ("SERVER_REQUESTS_PER_MINUTE", "  "),
    ]);
    let config = config.unwrap();
    assert_eq!(config.token.expose(), TOKEN);
    assert_eq!(config.api_base.as_deref(), Some("http://127.0.0.1:8080"));
    assert!(config.auto_answer.len() == 2 && config.reads_messages);
    let helpers = config.helpers;
    assert_eq!(
        (helpers.channel, helpers.role, helpers.ping),
        (Some(1_200_000_000_000_000_102), Some(3), true)
    );
    assert!(config.auto_answer_delay == 0 && config.answer_in_threads);
    assert_eq!(
        config.allowed_servers,
        [1, 1_200_000_000_000_000_100].into()
    );
    let http = config.http.unwrap();
    assert_eq!(
        http.hosts,
        ["bot.example".to_owned(), "bot".to_owned()].into()
    );
    assert_eq!(http.key.unwrap().expose(), "a-key-of-some-length");
    assert_eq!(config.log_format, LogFormat::Json);
    assert_eq!(config.log_filter, "error,pullquote=debug");
    assert_eq!((config.limits.member, config.limits.concurrent), (0, 8));
    let filtered = read(&[("LOG_LEVEL", "warn"), ("RUST_LOG", "info,serenity=debug")]);
    assert_eq!(filtered.unwrap().log_filter, "info,serenity=debug");
}

#[test]
fn errors_name_the_variable_and_the_fix() {
    let portal = "discord.com/developers";
    let hex = "0123456789abcdef".repeat(4);
    for (settings, parts) in [
        (("DISCORD_TOKEN", ""), vec!["is not set", portal]),
        (
            ("DISCORD_TOKEN", "1200000000000000001"),
            vec!["application's id", portal],
        ),
        (("DISCORD_TOKEN", &hex), vec!["public key", portal]),
        (
            ("DISCORD_TOKEN", "abcdefghijklmnopqrstuvwxyz-_0123"),
            vec!["client secret", portal],
        ),
        (("DISCORD_TOKEN", "my tokén"), vec!["characters", portal]),
        (("DISCORD_TOKEN_FILE", "x"), vec!["both set"]),
        (("DISCORD_API_BASE", "discord.com"), vec!["not a URL"]),
        (
            ("DISCORD_API_BASE", "http://192.168.1.2:80"),
            vec!["not on this machine"],
        ),
        (
            ("DISCORD_API_BASE", "https://127.0.0.1.example.org"),
            vec!["not on this machine"],
        ),
        (
            ("DISCORD_API_BASE", "http://127.0.0.1@example.org"),
            vec!["not on this machine"],
        ),
        (
            ("DISCORD_API_BASE", "ws://127.0.0.1:1"),
            vec!["of the form"],
        ),
        (
            ("DISCORD_API_BASE", "http://localhost:1/api"),
            vec!["of the form"],
        ),
        (("HTTP_ADDRESS", "9090"), vec!["`9090`", "127.0.0.1:9090"]),
        (("HTTP_KEY", "secret"), vec!["shorter than 16", "openssl"]),
        (("HTTP_KEY", "a key with spaces in it"), vec!["ASCII"]),
        (
            ("HTTP_KEY_FILE", "/nowhere/key"),
            vec!["`/nowhere/key`", "cannot be read"],
        ),
        (("LOG_FORMAT", "xml"), vec!["`xml`", "`json`"]),
        (
            ("KNOWLEDGE_WATCH", "on"),
            vec!["`on`", "`auto` or `poll` or `off`"],
        ),
        (("LOG_LEVEL", "loud"), vec!["`loud`", "`debug`"]),
        (("RUST_LOG", "a=b=c"), vec!["`a=b=c`"]),
        (
            ("MEMBER_REQUESTS_PER_MINUTE", "-1"),
            vec!["`-1`", "from 0 to 4294967295", "default 60"],
        ),
        (("CONCURRENT_REQUESTS", "0"), vec!["`0`", "from 1 to"]),
        (("SHARDS", "0-16/16"), vec!["`0-16/16`", "such as 0-3/16"]),
    ] {
        check_problem(&[settings], &parts);
        check_problem(&[settings], &[settings.0]);
    }
}

#[test]
fn errors_in_lists_name_the_item() {
    for (settings, parts) in [
        (
            ("AUTO_ANSWER_CHANNELS", "12,#faq"),
            vec!["`#faq`", "Copy Channel ID"],
        ),
        (
            ("ALLOWED_SERVERS", "12;Harrow"),
            vec!["`12;Harrow`", "not a server id", "Copy Server ID"],
        ),
        (
            ("HTTP_HOSTS", "bot.example, http://bot:9090"),
            vec!["`http://bot:9090`", "not a host name"],
        ),
    ] {
        check_problem(&[settings], &parts);
        check_problem(&[settings], &[settings.0]);
    }
}

#[test]
fn settings_out_of_range_or_in_contradiction_are_found() {
    check_problem(&[("AUTO_ANSWER_DELAY", "100000")], &["from 0 to 3600"]);
    check_problem(&[("KEEP_QUESTIONS_DAYS", "100000")], &["from 0 to 3650"]);
    for http in ["127.0.0.1:8080", "0.0.0.0:8080"] {
        check_problem(
            &[
                ("INTERACTIONS_ADDRESS", "127.0.0.1:8080"),
                ("HTTP_ADDRESS", http),
            ],
            &["INTERACTIONS_ADDRESS is `127.0.0.1:8080`, which HTTP_ADDRESS uses"],
        );
    }
    let variable = |name: &str| (name == "HTTP_KEY").then(|| "key".to_owned());
    assert_eq!(unused(&variable), [("HTTP_KEY", "HTTP_ADDRESS")]);
    assert!(unused(&|name| name.starts_with("HTTP").then(|| "x".to_owned())).is_empty());
}

#[test]
fn misspelt_settings_are_found() {
    let names = [
        "KNOWLEGDE_DIR",
        "KNOWLEDGE_DIR",
        "LOG_LEVL",
        "LANG",
        "LOG_DIR",
        "PATH",
    ];
    let found = misspelt(names.into_iter().map(str::to_owned));
    let found: Vec<_> = found
        .iter()
        .map(|(name, setting)| (name.as_str(), *setting))
        .collect();
    assert_eq!(
        found,
        [
            ("KNOWLEGDE_DIR", "KNOWLEDGE_DIR"),
            ("LOG_LEVL", "LOG_LEVEL")
        ]
    );
}

#[test]
fn all_errors_are_reported_at_once() {
    check_problem(
        &[
            ("DISCORD_TOKEN", " "),
            ("LOG_FORMAT", "xml"),
            ("AUTO_ANSWER_CHANNELS", "x y"),
        ],
        &[
            "4 invalid settings",
            "DISCORD_TOKEN",
            "LOG_FORMAT",
            "`x`",
            "`y`",
        ],
    );
}

#[test]
fn loopback_addresses_are_allowed() {
    for base in [
        "http://localhost:1",
        "http://127.3.2.1:80",
        "http://[::1]:99",
    ] {
        assert!(read(&[("DISCORD_API_BASE", base)]).is_ok(), "{base}");
    }
}

#[test]
fn the_token_can_come_from_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("token");
    let file = path.to_str().unwrap();
    let settings = [("DISCORD_TOKEN", ""), ("DISCORD_TOKEN_FILE", file)];
    check_problem(&settings, &["DISCORD_TOKEN_FILE", "cannot be read"]);
    std::fs::write(&path, "\n").unwrap();
    check_problem(&settings, &["DISCORD_TOKEN_FILE is empty"]);
    std::fs::write(&path, format!("{TOKEN}\n")).unwrap();
    assert_eq!(read(&settings).unwrap().token.expose(), TOKEN);
}

#[test]
fn a_secret_is_never_shown() {
    let config = read(&[]).unwrap();
    assert!(!format!("{config:?}").contains("GhIjKl"));
    let shown = format!("{:?}", Secret::token(TOKEN));
    assert_eq!(shown, "Ok(Secret)");
    let said = read(&[("DISCORD_TOKEN", "abcdefghijklmnopqrstuvwxyz-_0123")]).unwrap_err();
    assert!(!said.contains("abcdef"));
}

#[test]
fn a_blank_token_is_not_set() {
    let with = |name: &'static str| move |asked: &str| (asked == name).then(|| "x".to_owned());
    assert!(has_token(&with("DISCORD_TOKEN")) && has_token(&with("DISCORD_TOKEN_FILE")));
    assert!(!has_token(&|_| Some(" ".to_owned())));
}

#[test]
fn what_is_on_or_off_takes_either_pair_of_words() {
    for (word, expected) in [
        ("yes", true),
        ("True", true),
        ("no", false),
        ("FALSE", false),
    ] {
        let config = read(&[
            ("DISCORD_TOKEN", TOKEN),
            ("ANSWER_IN_THREADS", word),
            ("HELPERS_PING", word),
            ("HELPERS_CHANNEL", "1"),
            ("HELPERS_ROLE", "2"),
        ]);
        let config = config.unwrap();
        let both = (config.answer_in_threads, config.helpers.ping);
        assert_eq!(both, (expected, expected), "{word}");
    }
    check_problem(
        &[("ANSWER_IN_THREADS", "on")],
        &["ANSWER_IN_THREADS is `on`: use `no` or `yes` or `false` or `true`"],
    );
}

#[test]
fn invalid_helpers_are_explained() {
    check_problem(
        &[("HELPERS_CHANNEL", "general"), ("HELPERS_ROLE", "1, 2")],
        &[
            "HELPERS_CHANNEL contains `general`, which is not a channel id",
            "HELPERS_ROLE contains several ids: keep one role",
        ],
    );
    let single = read(&[("HELPERS_CHANNEL", "general")]).unwrap_err();
    assert!(!single.contains("commas"), "{single}");
    check_problem(
        &[("HELPERS_PING", "yes"), ("HELPERS_ROLE", "1")],
        &["HELPERS_PING is on, which needs HELPERS_CHANNEL and HELPERS_ROLE"],
    );
}
