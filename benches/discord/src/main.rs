//! Load test: sends `/ask` at a constant rate, each from another member, to Pullquote and to a minimal bot that always
//! answers "pong". The bots take turns, round by round, so that noise of the machine affects both. Compare the ratio, not
//! the times.
//!
//! ```sh
//! cargo build --profile dist
//! cargo run --release --manifest-path benches/discord/Cargo.toml -- [--rate 500] [--seconds 10] [--bot PATH]
//! cargo run --release --manifest-path benches/discord/Cargo.toml -- start [--times 10] [--articles 0] [--bot PATH]
//! cargo run --release --manifest-path benches/discord/Cargo.toml -- compression [--servers 1000]
//! cargo run --release --manifest-path benches/discord/Cargo.toml -- serve [--rate 3000] [--requests 100000] [--bot PATH]
//! .ci/postgres cargo run --release --manifest-path benches/discord/Cargo.toml -- forms [--servers 1000] [--shards 4] [--processes 2] \
//!     [--rate 500] [--seconds 10] [--bot PATH]
//! ```
//!
//! Without a bot at PATH, only the minimal bot is measured. `start` measures startup instead (`start.rs`), `compression` what
//! gateway compression would save (`compression.rs`), `serve` interactions over signed HTTP (`serve.rs`; with `--rate 0`, as many
//! as possible), and `forms` the forms in which the bot runs, side by side (`forms.rs`). Linux only, since memory and CPU time are read from `/proc`.

mod compression;
mod contender;
mod forms;
mod pong;
mod process;
mod serve;
mod start;

use contender::Contender;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Number of rounds of each contender.
const ROUNDS: u32 = 5;

/// Command line options.
struct Load {
    /// Questions per second, if they are not the usual ones.
    rate: Option<u32>,
    /// Number of requests over HTTP.
    requests: u32,
    /// Duration of the questions to each contender.
    seconds: u32,
    /// Number of starts.
    times: u32,
    /// Number of generated articles; 0 to use those of the repository.
    articles: u32,
    /// Number of servers.
    servers: u64,
    /// Number of shards, where there are many.
    shards: u64,
    /// Number of processes, where there are several.
    processes: u32,
    /// Path of the bot's binary.
    bot: PathBuf,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, base] = arguments.as_slice()
    {
        match command.as_str() {
            "pong" => return pong::run(base),
            "pong-endpoint" => return serve::pong(),
            _ => {}
        }
    }
    match arguments.split_first() {
        Some((command, rest)) if command == "start" => {
            let load = Load::parse(rest);
            start::measure(&load.bot, load.times, load.articles);
        }
        Some((command, rest)) if command == "serve" => {
            let load = Load::parse(rest);
            serve::measure(&serve::Load {
                bot: &load.bot,
                rate: load.rate.unwrap_or(3_000),
                requests: load.requests,
            });
        }
        Some((command, rest)) if command == "forms" => {
            let load = Load::parse(rest);
            forms::measure(&forms::Load {
                bot: &load.bot,
                servers: load.servers,
                shards: load.shards,
                processes: load.processes,
                rate: load.rate.unwrap_or(500),
                seconds: load.seconds,
            });
        }
        Some((command, rest)) if command == "compression" => {
            compression::measure(Load::parse(rest).servers);
        }
        _ => measure(&Load::parse(&arguments)),
    }
}

impl Load {
    fn parse(arguments: &[String]) -> Self {
        let mut load = Self {
            rate: None,
            requests: 100_000,
            seconds: 10,
            times: 10,
            articles: 0,
            servers: 1_000,
            shards: 4,
            processes: 2,
            bot: project().join("target/dist/pullquote"),
        };
        for pair in arguments.chunks(2) {
            let [name, value] = pair else {
                panic!("{pair:?} has no value");
            };
            let number = || value.parse().expect("a number");
            match name.as_str() {
                "--rate" => load.rate = Some(number()),
                "--requests" => load.requests = number(),
                "--seconds" => load.seconds = number(),
                "--times" => load.times = number(),
                "--articles" => load.articles = number(),
                "--servers" => load.servers = number().into(),
                "--shards" => load.shards = number().into(),
                "--processes" => load.processes = number(),
                "--bot" => load.bot = value.into(),
                _ => panic!("unknown option {name}; main.rs lists them at its top"),
            }
        }
        load
    }
}

fn measure(load: &Load) {
    let rate = load.rate.unwrap_or(500);
    let mut contenders = Vec::new();
    if load.bot.exists() {
        contenders.push(Contender::start("pullquote", pullquote(&load.bot)));
    } else {
        println!("no bot at {}, measuring pong only", load.bot.display());
    }
    let mut pong = Command::new(std::env::current_exe().expect("this program"));
    pong.arg("pong");
    contenders.push(Contender::start("pong", pong));
    for contender in &mut contenders {
        contender.warm_up();
    }
    let round = Duration::from_secs(load.seconds.into()) / ROUNDS;
    for _ in 0..ROUNDS {
        for contender in &mut contenders {
            contender.ask(rate, round);
        }
    }
    println!(
        "{} per second for {} s, in {ROUNDS} rounds",
        rate, load.seconds
    );
    println!(
        "{:<10}{:>9}{:>8}{:>9}{:>9}{:>9}{:>9}{:>8}",
        "", "answered", "missed", "p50 ms", "p99 ms", "RSS MB", "peak MB", "CPU s"
    );
    let medians: Vec<f64> = contenders.iter().map(Contender::report).collect();
    if let [ours, pong] = medians.as_slice() {
        println!("pullquote's p50 is {:.2} times pong's", ours / pong);
    }
}

/// Pullquote with the articles of the repository.
fn pullquote(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    command
        .env("KNOWLEDGE_DIR", project().join("knowledge"))
        // They would be counted in the data folder of whoever runs the benchmark.
        .env("KEEP_QUESTIONS_DAYS", "0")
        .args(["run", "--api-base"]);
    command
}

/// The value below which `share` of the values are.
fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() as f64 * share) as usize;
    let last = sorted.len().saturating_sub(1);
    sorted.get(place.min(last)).copied().unwrap_or(f64::NAN)
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
