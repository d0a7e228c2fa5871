//! Simulation: the bot against the stand-in for Discord through faults that are drawn from a seed.
//!
//! The bot is the real one from `serve` on: gateway loop, handlers, answers, delivery, REST client with its retries and rate
//! limits, WebSocket and HTTP framing. Played are TCP, TLS and name lookup (`network.rs`), reqwest's pool of connections, the
//! process and its signals (`process.rs`), and the clock: minutes pass in a moment, and a seed always gives the same run.
//!
//! ```sh
//! SIMULATION_SEEDS=10000 cargo test --release --test it simulation    # many seeds
//! SIMULATION_SEED=17 cargo test --test it simulation -- --nocapture   # one of them, with its log
//! ```
//!
//! - `story.rs`: what happens in a run; `judge.rs`: what must hold at its end
//! - `drops.rs`: isolated drops; `growth.rs`: many shards, and more of them
//! - `network.rs`: connections that fail; `process.rs`: the bot; `log.rs`: its log

mod drops;
mod growth;
mod judge;
mod log;
mod network;
mod process;
mod story;

use crate::support::discord::{Options, RateLimits, StandIn};
use fastrand::Rng;
use log::Log;
use network::Wires;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{available_parallelism, scope};
use std::time::Duration;
use story::Story;
use tokio::runtime::Builder;

/// Seeds of a usual run of the tests.
const SEEDS: u64 = 300;
/// When each run begins, in milliseconds since 1970: 2026-01-01.
const TIME: u64 = 1_767_225_600_000;

/// A run, when it is over.
struct Outcome {
    wrong: Vec<String>,
    log: String,
    /// Requests and gateway counts: equal for equal seeds.
    trace: Vec<String>,
}

/// Plays the run of a seed.
fn run(seed: u64) -> Outcome {
    process::prepare();
    fastrand::seed(seed);
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let (log, _guard) = Log::start();
    runtime.block_on(async {
        let mut dice = Rng::with_seed(seed);
        let (wires, door) = Wires::new(dice.u64(..));
        let discord = StandIn::serve(door, options(&mut dice));
        let mut story = Story::begin(&discord, &wires, &log, dice);
        story.play().await;
        let requests = discord.requests().into_iter();
        let mut trace: Vec<_> = requests
            .map(|request| format!("{} {}", request.line(), request.status))
            .collect();
        trace.push(format!("{:?}", discord.gateway_counts()));
        let log = log.text();
        let wrong = judge::judge(&story, &log);
        Outcome { wrong, log, trace }
    })
}

fn options(dice: &mut Rng) -> Options {
    let sessions = [(1_000, 4 * 60), (3, 10), (8, 20)][dice.usize(..3)];
    Options {
        rate_limits: [RateLimits::Generous, RateLimits::Strict][dice.usize(..2)],
        sessions: (sessions.0, Duration::from_mins(sessions.1)),
        // With several, direct messages and the server's come on two of them.
        shards: [1, 1, 2, 3][dice.usize(..4)],
        time: TIME,
        lossy: true,
        ..Options::default()
    }
}

/// How many of the runs have more than one shard.
fn runs_with_shards(seeds: u64) -> usize {
    let shards = |seed| {
        let mut dice = Rng::with_seed(seed);
        // The network's dice come first, as in `run`.
        dice.u64(..);
        options(&mut dice).shards
    };
    (0..seeds).filter(|seed| shards(*seed) > 1).count()
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}

#[test]
fn every_question_is_answered_once_or_its_loss_is_logged() {
    if let Some(seed) = number("SIMULATION_SEED") {
        let outcome = run(seed);
        println!("{}{}", outcome.log, outcome.trace.join("\n"));
        assert!(outcome.wrong.is_empty(), "{}", outcome.wrong.join("\n"));
        return;
    }
    let seeds = number("SIMULATION_SEEDS").unwrap_or(SEEDS);
    let next = AtomicU64::new(0);
    let work = || {
        let mut failures = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return failures;
            }
            match catch_unwind(AssertUnwindSafe(|| run(seed))) {
                Ok(outcome) if outcome.wrong.is_empty() => {}
                Ok(outcome) => failures.push((seed, outcome.wrong.join("; "))),
                Err(_) => failures.push((seed, "a panic".to_owned())),
            }
        }
    };
    let threads = available_parallelism().map_or(1, std::num::NonZero::get);
    let mut failures: Vec<(u64, String)> = scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let all = workers.into_iter().map(|worker| worker.join().unwrap());
        all.flatten().collect()
    });
    failures.sort();
    println!(
        "{seeds} runs, {} of them with several shards, {} failed",
        runs_with_shards(seeds),
        failures.len()
    );
    let lines = failures
        .iter()
        .map(|(seed, wrong)| format!("seed {seed}: {wrong}\n"));
    assert!(
        failures.is_empty(),
        "{} of {seeds} runs failed; SIMULATION_SEED=N repeats one:\n{}",
        failures.len(),
        lines.collect::<String>()
    );
}

#[test]
fn a_seed_gives_the_same_run_again() {
    for seed in [1, 2, 3] {
        let (first, second) = (run(seed), run(seed));
        assert!(first.trace.len() > 5);
        assert_eq!(first.trace, second.trace, "seed {seed}");
    }
}
