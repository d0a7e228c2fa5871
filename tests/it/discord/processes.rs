//! Several processes share the shards by what they write in a `PostgreSQL` database: they come and go, are killed and stopped, and
//! lose the database.
//!
//! These stories run where `PULLQUOTE_TEST_POSTGRES` names a server (`.ci/postgres`), and say so elsewhere.

use crate::discord::{QUESTION, page, wait_address};
use crate::support::bot::Bot;
use crate::support::discord::{ALICE, ALICE_DM, BOB, MENTION, Options, SERVER, StandIn};
use crate::support::postgres::{Database, Gate, Server};
use pullquote_store::{Location, Roster, Store};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

const SHARDS: u64 = 6;
/// How long whatever happens may take on a busy machine; a lease takes 15 s to end.
const LONG: Duration = Duration::from_mins(2);

/// Processes that share the shards, on one database.
struct Fleet {
    // Dropped first.
    bots: Vec<Bot>,
    discord: StandIn,
    database: Database,
    runtime: Runtime,
    store: Store,
    asked: Vec<u64>,
}

impl Fleet {
    /// `None`, with a word, without `PostgreSQL`.
    fn new(options: Options) -> Option<Self> {
        Some(Self::on(Database::new()?, options))
    }

    /// A fleet on this database.
    fn on(database: Database, options: Options) -> Self {
        let options = Options {
            shards: SHARDS,
            ..options
        };
        Self {
            bots: Vec::new(),
            discord: StandIn::start(options),
            runtime: Runtime::new().unwrap(),
            store: Store::new(Location::Postgres(database.address().to_owned())),
            database,
            asked: Vec::new(),
        }
    }

    /// A fleet whose shards may all begin at once.
    fn quick() -> Option<Self> {
        Self::new(quick())
    }

    /// Starts a process that reaches the database at an address.
    fn start_at(&mut self, address: &str) {
        self.start_program(Path::new(env!("CARGO_BIN_EXE_pullquote")), address);
    }

    fn start_program(&mut self, program: &Path, address: &str) {
        let bot = Bot::start_program(program, "run", &self.discord, |command| {
            command.env("DATABASE_URL", address);
            command.env("SHARDS", "shared");
            command.env("HTTP_ADDRESS", "127.0.0.1:0");
            command.env("MEMBER_REQUESTS_PER_MINUTE", "0");
            command.env("SERVER_REQUESTS_PER_MINUTE", "0");
        });
        self.bots.push(bot);
    }

    fn start(&mut self, count: usize) {
        let address = self.database.address().to_owned();
        for _ in 0..count {
            self.start_at(&address);
        }
    }

    fn roster(&self) -> Roster {
        self.runtime
            .block_on(self.store.roster())
            .unwrap_or_default()
    }

    /// Asks something every 100 ms until that is so. Returns how long it took.
    fn ask_until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) -> Duration {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < LONG, "{what}: {:#?}", self.roster());
            self.ask();
            sleep(Duration::from_millis(100));
        }
        begun.elapsed()
    }

    fn wait(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let end = Instant::now() + LONG;
        while !is_so(self) {
            assert!(Instant::now() < end, "{what}: {:#?}", self.roster());
            sleep(Duration::from_millis(20));
        }
    }

    /// Whether so many processes have each shard once, and equally many.
    fn is_shared(&self, processes: usize) -> bool {
        let roster = self.roster();
        let mut counts: BTreeMap<i64, usize> = roster
            .processes
            .iter()
            .map(|(process, _)| (*process, 0))
            .collect();
        for lease in &roster.leases {
            let Some(count) = lease.owner.and_then(|owner| counts.get_mut(&owner)) else {
                return false;
            };
            *count += 1;
        }
        let spread = counts.values().max().copied() <= counts.values().min().map(|least| least + 1);
        let are_ready = roster.leases.iter().all(|lease| lease.is_ready);
        let open = self.discord.open_shards();
        let all = roster.leases.len() == open.len() && !open.is_empty();
        counts.len() == processes && spread && are_ready && all
    }

    fn wait_shared(&self, processes: usize) {
        self.wait("the shards are shared", |fleet| fleet.is_shared(processes));
    }

    /// The process that serves the server, by its place.
    fn serving(&self) -> usize {
        let roster = self.roster();
        let shard = (SERVER >> 22) % SHARDS;
        let lease = roster.leases.iter().find(|it| u64::from(it.shard) == shard);
        let name = format!("process={:x}", lease.unwrap().owner.unwrap());
        let is_it = |bot: &Bot| bot.lines().iter().any(|line| line.contains(&name));
        self.bots.iter().position(is_it).unwrap()
    }

    /// A message in the server, and one to the bot alone, which the first shard gets.
    fn ask(&mut self) {
        let text = format!("{MENTION} {QUESTION}");
        let alice = self.discord.member(ALICE);
        self.asked.push(alice.say(&text));
        self.asked.push(alice.at(ALICE_DM).say(&text));
    }

    /// Each message was answered, and only once. `sent_once` says whether not even Discord has seen a second answer, which it would
    /// have refused.
    fn check_answers(&self, sent_once: bool) {
        self.wait("an answer", |fleet| {
            let replies = fleet.discord.reply_counts();
            fleet
                .asked
                .iter()
                .all(|message| replies.contains_key(message))
        });
        let replies = self.discord.reply_counts();
        let sent = self.sent();
        for message in &self.asked {
            assert_eq!(replies[message], 1, "message {message}");
            assert!(
                !sent_once || sent[message] == 1,
                "message {message}: {sent:?}"
            );
        }
        let most = sent.values().max();
        println!(
            "{} messages, each answered once; sent at most {most:?} times",
            self.asked.len()
        );
    }

    /// How often an answer to each message was sent.
    fn sent(&self) -> BTreeMap<u64, usize> {
        let mut sent = BTreeMap::new();
        for request in self.discord.requests() {
            let of = request.body["message_reference"]["message_id"].as_str();
            if let Some(of) = of.and_then(|id| id.parse().ok()) {
                *sent.entry(of).or_default() += 1;
            }
        }
        sent
    }

    /// Every shard answers a command.
    fn check_shards(&self) {
        for shard in 0..SHARDS {
            let server = (shard + SHARDS * 1_000) << 22;
            let bob = self.discord.member(BOB).in_server(server);
            let asked = bob.slash("ask", json!({"question": QUESTION}));
            asked.answer();
        }
    }
}

/// Which process has each shard.
fn owners(roster: &Roster) -> Vec<Option<i64>> {
    roster.leases.iter().map(|lease| lease.owner).collect()
}

/// All shards may begin at once.
fn quick() -> Options {
    Options {
        max_concurrency: 16,
        ..Options::default()
    }
}

#[test]
fn three_processes_have_each_shard_once() {
    // Two at a time, and no session more than needed: who begins one out of turn breaks a rule of the stand-in.
    let options = Options {
        max_concurrency: 2,
        sessions: (SHARDS, Duration::from_hours(12)),
        ..Options::default()
    };
    let Some(mut fleet) = Fleet::new(options) else {
        return;
    };
    fleet.start(3);
    fleet.wait_shared(3);
    let [identifies, ..] = fleet.discord.gateway_counts();
    assert_eq!(identifies as u64, SHARDS);
    fleet.check_shards();
    let mut open = BTreeSet::new();
    for bot in &fleet.bots {
        let metrics = page(&wait_address(bot), "/metrics");
        assert!(metrics.contains("pullquote_processes 3"), "{metrics}");
        for line in metrics.lines() {
            if line.starts_with("pullquote_shard_connected{") && line.ends_with(" 1") {
                assert!(open.insert(line.to_owned()), "{line} twice");
            }
        }
    }
    assert_eq!(open.len() as u64, SHARDS);
    // Somebody who comes takes a part, and one who goes leaves it: no session is begun for that.
    fleet.start(1);
    fleet.wait_shared(4);
    fleet.bots[0].signal("TERM");
    assert_eq!(fleet.bots[0].wait_exit().code(), Some(0));
    fleet.wait_shared(3);
    fleet.check_shards();
    assert_eq!(fleet.discord.gateway_counts()[0], identifies);
}

#[test]
fn the_shards_of_a_process_that_is_killed_answer_elsewhere() {
    let Some(mut fleet) = Fleet::quick() else {
        return;
    };
    fleet.start(3);
    fleet.wait_shared(3);
    fleet.ask();
    fleet.check_answers(true);
    // Until what it knows is written down.
    fleet.ask_until("the renewal of a lease", |fleet| fleet.asked.len() > 200);
    let killed = fleet.serving();
    fleet.bots[killed].signal("KILL");
    let first = fleet.asked.len();
    let took = fleet.ask_until("an answer", |fleet| {
        let first = fleet.asked.get(first);
        first.is_some_and(|first| fleet.discord.reply_counts().contains_key(first))
    });
    println!(
        "answered elsewhere {:.1} s after kill -9",
        took.as_secs_f64()
    );
    fleet.wait_shared(2);
    fleet.check_answers(false);
    fleet.check_shards();
    assert_eq!(fleet.discord.gateway_counts()[0] as u64, SHARDS);
}

#[test]
fn a_process_that_was_stopped_says_nothing_after_its_lease() {
    let Some(mut fleet) = Fleet::quick() else {
        return;
    };
    fleet.start(3);
    fleet.wait_shared(3);
    fleet.ask_until("the renewal of a lease", |fleet| fleet.asked.len() > 120);
    let stopped = fleet.serving();
    fleet.check_answers(true);
    let before = fleet.asked.len();
    fleet.bots[stopped].signal("STOP");
    let since = Instant::now();
    let took = fleet.ask_until("the others take over", |fleet| fleet.is_shared(2));
    println!("taken over {:.1} s after SIGSTOP", took.as_secs_f64());
    // Twice as long as a lease.
    fleet.ask_until("30 s", |_| since.elapsed() > Duration::from_secs(30));
    fleet.bots[stopped].signal("CONT");
    fleet.bots[stopped].wait_line("the other processes have given this one up");
    fleet.ask_until("it takes part again", |fleet| fleet.is_shared(3));
    fleet.check_answers(false);
    // What it had not answered when it was stopped, it has not answered when it went on.
    let sent = fleet.sent();
    let twice = fleet.asked[before..]
        .iter()
        .filter(|message| sent[message] > 1)
        .count();
    assert_eq!(twice, 0);
    assert_eq!(fleet.discord.gateway_counts()[0] as u64, SHARDS);
}

#[test]
fn while_the_database_is_away_every_process_keeps_its_shards() {
    let Some(mut fleet) = Fleet::quick() else {
        return;
    };
    let mut gate = Gate::open(fleet.database.address());
    for _ in 0..3 {
        fleet.start_at(&gate.address());
    }
    fleet.wait_shared(3);
    let before = (fleet.discord.gateway_counts(), owners(&fleet.roster()));
    for how in ["stopped", "silent"] {
        match how {
            "stopped" => gate.close(),
            _ => gate.stall(true),
        }
        let begun = Instant::now();
        // Longer than a lease.
        fleet.ask_until(how, |_| begun.elapsed() > Duration::from_secs(18));
        fleet.check_answers(true);
        assert_eq!(fleet.discord.open_shards().len() as u64, SHARDS);
        match how {
            "stopped" => gate.reopen(),
            _ => gate.stall(false),
        }
        let begun = Instant::now();
        fleet.ask_until("it is back", |fleet| {
            let processes = fleet.roster().processes;
            let is_over = begun.elapsed() > Duration::from_secs(18);
            is_over && processes.len() == 3
        });
    }
    for bot in &fleet.bots {
        bot.wait_line("cannot share the shards, keeping the 2 of this process");
        bot.wait_line("the shards can be shared again");
        let lines = bot.lines();
        let away = lines
            .iter()
            .filter(|line| line.contains("cannot share the shards"));
        assert!(away.count() <= 2 * 2, "{lines:#?}");
    }
    fleet.check_answers(true);
    fleet.check_shards();
    // Nobody has opened or resumed anything, and each has what it had.
    let counts = fleet.discord.gateway_counts();
    assert_eq!(counts[..2], before.0[..2]);
    assert_eq!(owners(&fleet.roster()), before.1);
}

/// The story before plays these with a proxy; this one with the server itself.
#[test]
fn a_database_that_is_stopped_and_one_that_crashes_move_nothing() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let mut fleet = Fleet::on(Database::at(server.address()), quick());
    fleet.start(3);
    fleet.wait_shared(3);
    let before = (fleet.discord.gateway_counts(), owners(&fleet.roster()));
    server.control("stop --mode=fast");
    let begun = Instant::now();
    // Longer than a lease.
    fleet.ask_until("stopped", |_| begun.elapsed() > Duration::from_secs(18));
    fleet.check_answers(true);
    server.control("restart");
    let shared = |fleet: &Fleet| fleet.roster().processes.len() == 3 && fleet.is_shared(3);
    let took = fleet.ask_until("it is back", shared);
    println!("shared again {:.1} s after the start", took.as_secs_f64());
    // It loses what it has not written, and recovers.
    server.control("restart --mode=immediate");
    let begun = Instant::now();
    fleet.ask_until("recovery", |fleet| {
        begun.elapsed() > Duration::from_secs(18) && shared(fleet)
    });
    fleet.check_answers(true);
    fleet.check_shards();
    assert_eq!(fleet.discord.gateway_counts()[..2], before.0[..2]);
    assert_eq!(owners(&fleet.roster()), before.1);
}

#[test]
fn where_one_process_alone_cannot_reach_the_database_each_message_is_answered_once() {
    let Some(mut fleet) = Fleet::quick() else {
        return;
    };
    let gate = Gate::open(fleet.database.address());
    fleet.start_at(&gate.address());
    fleet.wait_shared(1);
    // It serves the server; the others get other shards.
    fleet.start(2);
    fleet.wait_shared(3);
    fleet.ask_until("the renewal of a lease", |fleet| fleet.asked.len() > 120);
    gate.stall(true);
    fleet.ask_until("the others take over", |fleet| fleet.is_shared(2));
    fleet.check_answers(false);
    gate.stall(false);
    fleet.bots[0].wait_line("the other processes have given this one up");
    fleet.ask_until("it takes part again", |fleet| fleet.is_shared(3));
    fleet.check_answers(false);
    assert_eq!(fleet.discord.gateway_counts()[0] as u64, SHARDS);
}

#[test]
fn no_message_is_lost_or_answered_twice_while_processes_are_replaced() {
    let Some(mut fleet) = Fleet::quick() else {
        return;
    };
    fleet.start(3);
    fleet.wait_shared(3);
    let mut longest = Duration::ZERO;
    for _ in 0..3 {
        let mut old = fleet.bots.remove(0);
        old.signal("TERM");
        let took = fleet.ask_until("the others take over", |fleet| fleet.is_shared(2));
        longest = longest.max(took);
        assert_eq!(old.wait_exit().code(), Some(0));
        fleet.start(1);
        fleet.ask_until("the new one takes its part", |fleet| fleet.is_shared(3));
    }
    println!(
        "all shards are ready elsewhere {:.1} s after SIGTERM",
        longest.as_secs_f64()
    );
    fleet.check_answers(true);
    assert_eq!(fleet.discord.gateway_counts()[0] as u64, SHARDS);
    // All at once, as when the machine restarts.
    for bot in &fleet.bots {
        bot.signal("TERM");
    }
    for mut bot in fleet.bots.drain(..) {
        assert_eq!(bot.wait_exit().code(), Some(0));
    }
    fleet.ask();
    fleet.start(2);
    fleet.wait_shared(2);
    fleet.check_answers(true);
    assert_eq!(fleet.discord.gateway_counts()[0] as u64, SHARDS);
}

#[test]
fn processes_go_on_beside_those_of_a_newer_version() {
    let Some(mut fleet) = Fleet::quick() else {
        return;
    };
    fleet.start(3);
    fleet.wait_shared(3);
    // What a newer version does when it starts.
    fleet.database.execute(
        "create table later (id bigint primary key); alter table shard_lease add column later text;
         insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (99, 'later', true, '', 0)",
    );
    let begun = Instant::now();
    // Leases are renewed meanwhile.
    fleet.ask_until("renewals", |_| begun.elapsed() > Duration::from_secs(8));
    fleet.bots[0].signal("TERM");
    assert_eq!(fleet.bots[0].wait_exit().code(), Some(0));
    fleet.ask_until("the others take over", |fleet| fleet.is_shared(2));
    fleet.check_answers(true);
    // This version cannot start any more, and says why.
    fleet.start(1);
    let line = fleet.bots[3].wait_line("cannot share the shards before the database answers");
    assert!(line.contains("was made by a newer version"), "{line}");
    fleet.check_shards();
}

/// An update from the program that `PULLQUOTE_EARLIER` names, which `.ci/earlier` builds from an earlier commit.
#[test]
fn processes_of_an_earlier_version_are_replaced_one_by_one() {
    let Some(earlier) = env::var_os("PULLQUOTE_EARLIER").map(PathBuf::from) else {
        println!("skipped: PULLQUOTE_EARLIER is not set (.ci/earlier builds a program for it)");
        return;
    };
    let Some(mut fleet) = Fleet::quick() else {
        return;
    };
    let address = fleet.database.address().to_owned();
    for _ in 0..3 {
        fleet.start_program(&earlier, &address);
    }
    // Not by the database: to read it would bring it up to date.
    for bot in &fleet.bots {
        bot.wait_line("sharing the shards with other processes");
    }
    let all = |fleet: &Fleet| fleet.discord.open_shards().len() as u64 == SHARDS;
    fleet.wait("all shards", all);
    let begun = Instant::now();
    fleet.ask_until("renewals", |_| begun.elapsed() > Duration::from_secs(8));
    let versions = fleet.database.versions();
    for replaced in 1..=3 {
        fleet.start(1);
        fleet.ask_until("the new one takes its part", |fleet| fleet.is_shared(4));
        if replaced == 1 {
            println!("schema: {versions:?}, then {:?}", fleet.database.versions());
            // They go on beside the new one.
            let begun = Instant::now();
            fleet.ask_until("renewals", |_| begun.elapsed() > Duration::from_secs(8));
        }
        let mut old = fleet.bots.remove(0);
        old.signal("TERM");
        fleet.ask_until("the others take over", |fleet| fleet.is_shared(3));
        assert_eq!(old.wait_exit().code(), Some(0));
    }
    fleet.check_answers(true);
    fleet.check_shards();
    assert_eq!(fleet.discord.gateway_counts()[0] as u64, SHARDS);
    if fleet.database.versions() != versions {
        fleet.start_program(&earlier, &address);
        let line = fleet.bots[3].wait_line("cannot share the shards before the database answers");
        assert!(line.contains("was made by a newer version"), "{line}");
    }
}

#[test]
fn processes_grow_together() {
    let Some(mut fleet) = Fleet::quick() else {
        return;
    };
    fleet.start(2);
    fleet.wait_shared(2);
    fleet.discord.grow(2 * SHARDS, 2 * SHARDS);
    fleet.discord.pass(Duration::from_secs(10));
    fleet.discord.invalidate(false);
    let all: Vec<_> = (0..2 * SHARDS).map(|number| (number, 2 * SHARDS)).collect();
    fleet.wait("more shards", |fleet| fleet.discord.open_shards() == all);
    fleet.wait_shared(2);
    fleet.ask();
    fleet.check_answers(true);
    fleet.check_shards();
}

#[test]
fn shards_are_shared_in_postgresql_only() {
    let discord = StandIn::start(Options::default());
    let mut bot = Bot::run(&discord, |command| {
        command.env("SHARDS", "shared");
    });
    assert!(!bot.wait_exit().success());
    bot.wait_line("SHARDS is `shared`, which needs a PostgreSQL database");
}
