//! A running bot: reloads of changed articles, health, metrics.

use crate::discord::setting_up::{program, said};
use crate::discord::{knowledge, page, start_with, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::endpoint::Key;
use crate::support::discord::{ALICE, BOB, Fault, Member, Options, PATIENCE, StandIn};
use serde_json::json;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const QUESTION: &str = "How many ships did the lighthouse keeper count?";

fn text(ships: u32) -> String {
    format!("The lighthouse keeper of Harrow counted {ships} ships in that winter.\n")
}

/// A bot with one article; `watch` is its `KNOWLEDGE_WATCH`.
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
fn a_changed_article_is_reloaded_and_logged() {
    let (discord, bot, dir) = bot_on(1, "auto");
    let alice = discord.member(ALICE);
    check_says(&alice, 1);
    fs::write(dir.path().join("keeper.md"), text(2)).unwrap();
    bot.wait_line("1 changed (keeper.md)");
    check_says(&alice, 2);
    fs::remove_dir_all(dir.path()).unwrap();
    bot.wait_line("the previous articles stay in use");
    check_says(&alice, 2);
    fs::create_dir(dir.path()).unwrap();
    fs::write(dir.path().join("keeper.md"), text(3)).unwrap();
    fs::write(dir.path().join("other.md"), "Another article.\n").unwrap();
    bot.wait_line("1 added (other.md)");
    check_says(&alice, 3);
}

#[test]
fn sighup_reloads_the_articles() {
    let (discord, bot, dir) = bot_on(1, "off");
    fs::write(dir.path().join("keeper.md"), text(2)).unwrap();
    check_says(&discord.member(ALICE), 1);
    bot.signal("HUP");
    bot.wait_line("1 changed (keeper.md)");
    check_says(&discord.member(ALICE), 2);
}

#[test]
fn only_the_operator_may_reload() {
    let (discord, _bot, dir) = bot_on(1, "off");
    let (owner, other) = (discord.member(ALICE), discord.member(BOB));
    let command = discord.commands();
    let reload = command.iter().find(|command| command["name"] == "reload");
    assert_eq!(reload.unwrap()["default_member_permissions"], "0");
    fs::write(dir.path().join("keeper.md"), text(2)).unwrap();
    fs::write(dir.path().join("empty.md"), "").unwrap();
    let refused = other.slash("reload", json!({})).answer().message().text();
    assert!(refused.contains("Only the bot's operator"), "{refused}");
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
    assert!(kept.contains("stay in use"), "{kept}");
    check_says(&other, 2);
}

/// Waits until the metrics contain `wanted`: a request is counted after it has been logged.
fn wait_metrics(address: &str, wanted: &str) -> String {
    let end = Instant::now() + PATIENCE;
    loop {
        let metrics = page(address, "/metrics");
        if metrics.contains(wanted) {
            return metrics;
        }
        assert!(Instant::now() < end, "{wanted} in {metrics}");
    }
}

#[test]
fn health_and_metrics_are_served() {
    let (discord, bot) = start_with(Options::default(), |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
    });
    let address = wait_address(&bot);
    bot.wait_line("commands registered");
    assert!(page(&address, "/healthz").starts_with("HTTP/1.1 200"));
    assert!(page(&address, "/readyz").starts_with("HTTP/1.1 200"));
    let bob = discord.member(BOB);
    bob.slash("ask", json!({"question": crate::discord::QUESTION}))
        .answer();
    bot.wait_line("outcome=\"quoted\"");
    discord.drop_tcp();
    bot.wait_line("session resumed");
    let asked = "pullquote_requests_total{kind=\"command\",name=\"ask\",outcome=\"quoted\"} 1";
    let metrics = wait_metrics(&address, asked);
    for line in [
        "pullquote_connections_total{how=\"begun\"} 1",
        "pullquote_connections_total{how=\"resumed\"} 1",
        "pullquote_gateway_connected 1",
        "pullquote_articles 1",
        "pullquote_request_seconds_bucket{le=\"3.0\"}",
        "pullquote_resident_memory_bytes ",
        "# EOF",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
    assert!(
        !metrics.contains("juche"),
        "metrics contain no text of members"
    );
}

/// Exit status and output of `pullquote health`.
fn health(address: &str) -> (Option<i32>, String) {
    let output = program(&std::env::temp_dir(), &["health"], "", |command| {
        command.env("HTTP_ADDRESS", address);
    });
    (output.status.code(), said(&output))
}

#[test]
fn the_health_command_reports_the_state_of_the_bot() {
    let (_discord, bot) = start_with(Options::default(), |command| {
        command.env("HTTP_ADDRESS", "0.0.0.0:0");
    });
    let address = wait_address(&bot);
    assert_eq!(health(&address), (Some(0), "alive\n".to_owned()));
    drop(bot);
    let (code, why) = health(&address);
    assert!(code == Some(1) && why.contains("is it running?"), "{why}");
    let (code, why) = health("");
    assert!(code == Some(1) && why.contains("HTTP_ADDRESS is not set"));
    let ill = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = ill.local_addr().unwrap().to_string();
    let answers = std::thread::spawn(move || {
        let (mut asked, _) = ill.accept().unwrap();
        let mut question = [0; 256];
        let _ = asked.read(&mut question).unwrap();
        let answer = b"HTTP/1.1 503 Service Unavailable\r\n\r\nnot connected for minutes";
        asked.write_all(answer).unwrap();
    });
    let (code, why) = health(&address);
    assert!(code == Some(1) && why.contains("for minutes"), "{why}");
    answers.join().unwrap();
}

#[test]
fn a_port_in_use_is_reported() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::run(&discord, |command| {
        command.env("HTTP_ADDRESS", &address);
    });
    assert!(!bot.wait_exit().success());
    bot.wait_line(&format!("cannot listen on {address}"));
}

/// The queries of the dashboard, and of the alerts.
fn queries() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/grafana.json");
    let board: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let panels = board["panels"].as_array().unwrap().iter();
    let targets = panels.flat_map(|panel| panel["targets"].as_array().unwrap());
    let board = targets.map(|target| target["expr"].as_str().unwrap().to_owned());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/alerts.yaml");
    let alerts = fs::read_to_string(path).unwrap();
    let alerts = alerts
        .lines()
        .filter_map(|line| Some(line.split_once("expr: ")?.1.to_owned()));
    board.chain(alerts).collect()
}

/// Names of the metrics that they query, and of the labels by which they sum them.
fn queried_names() -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for query in &queries() {
        let words = query.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
        names.extend(
            words
                .filter(|word| word.starts_with("pullquote_"))
                .map(str::to_owned),
        );
        let labels = query
            .split_once("by (")
            .map(|(_, rest)| rest.split(')').next().unwrap());
        let labels = labels.into_iter().flat_map(|labels| labels.split(", "));
        // Prometheus itself says where it has a metric from.
        let labels = labels.filter(|label| *label != "instance");
        names.extend(labels.map(|label| format!("{label}=\"")));
    }
    names
}

#[test]
fn the_dashboard_and_the_alerts_use_existing_metrics() {
    let options = Options {
        heartbeat: Duration::from_millis(1_500),
        ..Options::default()
    };
    let discord = StandIn::start(options);
    discord.fault(Fault::on("GET /gateway/bot").status(503));
    let bot = Bot::run(&discord, |command| {
        command.env("HTTP_ADDRESS", "127.0.0.1:0");
        command.env("INTERACTIONS_ADDRESS", "127.0.0.1:0");
        command.env("DISCORD_PUBLIC_KEY", Key::default().public());
    });
    let address = wait_address(&bot);
    let line = bot.wait_line("interactions on http://");
    discord.wait_ready();
    discord.wait_commands();
    let endpoint = line.rsplit("http://").next().unwrap();
    discord.deliver_to(endpoint.trim_end_matches("/interactions"));
    let alice = discord.member(ALICE);
    alice
        .slash("ask", json!({"question": crate::discord::QUESTION}))
        .answer();
    wait_metrics(&address, "name=\"ask\"");
    // After the first heartbeat.
    let metrics = wait_metrics(&address, "pullquote_shard_latency_seconds{");
    let names = queried_names();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(metrics.contains(&name), "{name} in {metrics}");
    }
}
