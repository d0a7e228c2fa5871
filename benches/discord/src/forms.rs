//! The forms in which the bot runs, side by side: one process or several, one shard or many, SQLite or PostgreSQL, over the gateway or
//! over signed HTTP, beside a minimal bot that always answers "pong". They take turns, round by round, so that noise of the machine
//! affects all of them: compare the rows.
//!
//! What a server, an event and an answer cost is measured. What that makes for many servers is calculated, and says so.

use crate::compression::{self, Dice};
use crate::process::Process;
use crate::serve::{LINES, free_port, serve_command};
use crate::{percentile, pullquote, serve};
use pullquote_load::support::discord::endpoint::Key;
use pullquote_load::support::discord::interaction::Interaction;
use pullquote_load::support::discord::{
    Options, StandIn, TOKEN, User, UserKind, permission,
};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

/// Rounds at the given rate, and with as many questions as possible.
const ROUNDS: u32 = 5;
/// Questions at a time where as many as possible are asked.
const AT_A_TIME: u32 = 64;
/// One in so many servers has an article of its own.
const ACTIVE: u64 = 50;
/// Servers with an article of their own, at most: each is taught as its members would teach it.
const MAX_ACTIVE: u64 = 40;
/// Characters of such an article; a form takes no more.
const ARTICLE: usize = 3_900;
/// Messages that the bot need not answer, for each server.
const MESSAGES: u64 = 5;
const FIRST_SERVER: u64 = 1_250_000_000_000_000_000;
const FIRST_MEMBER: u64 = 1_300_000_000_000_000_000;
const MEMBERS: u64 = 10_000;

/// What is measured.
pub struct Load<'a> {
    /// Pullquote's binary.
    pub bot: &'a Path,
    pub servers: u64,
    pub shards: u64,
    pub processes: u32,
    /// Questions a second.
    pub rate: u32,
    /// How long each form is asked at that rate.
    pub seconds: u32,
}

/// How interactions reach a form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Gateway,
    Http,
}

/// A form that runs.
struct Form {
    name: String,
    way: Way,
    // Declared before the stand-in, so that they are dropped first.
    processes: Vec<Process>,
    discord: StandIn,
    /// Where each process takes interactions.
    addresses: Vec<String>,
    /// Removed at the end.
    data: Vec<TempDir>,
    servers: u64,
    asked: u64,
    times: Vec<f64>,
    missed: usize,
    /// Cores in use while asked at the rate.
    cores: f64,
    /// Answers a second, where as many as possible are asked.
    most: Vec<f64>,
    costs: Costs,
}

/// What was measured of one form.
#[derive(Clone, Copy, Default)]
struct Costs {
    /// Megabytes: at the start, and after all rounds.
    idle: f64,
    busy: f64,
    /// Kilobytes a server, over the gateway.
    server: f64,
    /// Microseconds of processor time: the start of a server, a message that needs no answer, and an answer.
    start: f64,
    event: f64,
    answer: f64,
}

/// Prints the tables.
pub fn measure(load: &Load<'_>) {
    let runtime = Runtime::new().expect("threads");
    let mut forms = started(load);
    for form in &mut forms {
        println!("started: {}", form.name);
        if form.name != "pong" {
            form.join_servers(load.servers);
            form.teach();
            form.overhear();
        }
        form.at_rate(&runtime, 100, 1);
        form.forget();
    }
    let (each, questions) = ((load.seconds / ROUNDS).max(1), load.rate * 2);
    for _ in 0..ROUNDS {
        for form in &mut forms {
            form.at_rate(&runtime, load.rate, each);
        }
    }
    for _ in 0..ROUNDS {
        for form in &mut forms {
            form.as_many_as_possible(&runtime, questions);
        }
    }
    report(load, &mut forms);
}

/// All forms, with nobody asking yet.
fn started(load: &Load<'_>) -> Vec<Form> {
    let (shards, several) = (load.shards, load.processes);
    let mut forms = Vec::new();
    if load.bot.exists() {
        forms.push(Form::gateway("run", load.bot, (1, 1), None));
        let name = format!("run, {shards} shards");
        forms.push(Form::gateway(&name, load.bot, (shards, 1), None));
        forms.push(Form::http("serve", load.bot, 1, None));
        if let Ok(postgres) = std::env::var("PULLQUOTE_TEST_POSTGRES") {
            let name = format!("{several} x run, {shards} shards, PostgreSQL");
            let database = database(&postgres, "run");
            forms.push(Form::gateway(&name, load.bot, (shards, several), Some(&database)));
            let name = format!("{several} x serve, PostgreSQL");
            let database = self::database(&postgres, "serve");
            forms.push(Form::http(&name, load.bot, several, Some(&database)));
        } else {
            println!("without PostgreSQL: PULLQUOTE_TEST_POSTGRES is not set (.ci/postgres sets it)");
        }
    } else {
        println!("no bot at {}, measuring pong only", load.bot.display());
    }
    forms.push(Form::pong());
    forms
}

/// An empty database.
fn database(server: &str, name: &str) -> String {
    let name = format!("pullquote_forms_{}_{name}", std::process::id());
    let create = format!("create database {name}");
    let made = Command::new("psql").args(["--quiet", "--command", &create, server]).status();
    assert!(made.expect("psql").success(), "{create}");
    let (server, _) = server.rsplit_once('/').expect("a database");
    format!("{server}/{name}")
}

impl Form {
    /// Processes of `pullquote run` with these shards in all.
    fn gateway(name: &str, bot: &Path, (shards, count): (u64, u32), database: Option<&str>) -> Self {
        let mut form = Self::new(name, Way::Gateway, shards);
        for _ in 0..count {
            let mut command = pullquote(bot);
            if database.is_some() {
                command.env("SHARDS", "shared");
            }
            form.start(command, database);
        }
        form.wait_shards(shards as usize);
        form.idle();
        form
    }

    /// Copies of `pullquote serve`.
    fn http(name: &str, bot: &Path, count: u32, database: Option<&str>) -> Self {
        let mut form = Self::new(name, Way::Http, 1);
        for _ in 0..count {
            let address = format!("127.0.0.1:{}", free_port());
            let mut command = serve_command(bot);
            command.env("INTERACTIONS_ADDRESS", &address);
            command.env("DISCORD_PUBLIC_KEY", Key::default().public());
            form.start(command, database);
            serve::wait_listening(&address);
            form.addresses.push(address);
        }
        form.discord.wait_commands();
        form.discord.deliver_to(&form.addresses[0]);
        form.idle();
        form
    }

    /// The minimal bot, over the gateway.
    fn pong() -> Self {
        let mut form = Self::new("pong", Way::Gateway, 1);
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args(["pong", &form.discord.api_base()]).env("DISCORD_TOKEN", TOKEN);
        form.processes.push(Process::start(command));
        form.wait_shards(1);
        form.idle();
        form
    }

    fn new(name: &str, way: Way, shards: u64) -> Self {
        let mut options = Options {
            shards,
            max_concurrency: 16,
            ..Options::default()
        };
        if name == "pong" {
            options.commands = vec![json!({
                "name": "ask", "description": "Says pong",
                "options": [{"type": 3, "name": "question", "description": "Anything", "required": true}],
            })];
        }
        Self {
            name: name.to_owned(),
            way,
            processes: Vec::new(),
            discord: StandIn::start(options),
            addresses: Vec::new(),
            data: Vec::new(),
            servers: ACTIVE,
            asked: 0,
            times: Vec::new(),
            missed: 0,
            cores: 0.0,
            most: Vec::new(),
            costs: Costs::default(),
        }
    }

    /// Starts a process, which keeps its data in the database or in a folder of its own.
    fn start(&mut self, mut command: Command, database: Option<&str>) {
        let data = tempfile::tempdir().expect("a folder");
        command.env("DATA_DIR", data.path()).env("DISCORD_TOKEN", TOKEN);
        if let Some(database) = database {
            command.env("DATABASE_URL", database);
        }
        for limit in ["MEMBER_REQUESTS_PER_MINUTE", "SERVER_REQUESTS_PER_MINUTE"] {
            command.env(limit, "0");
        }
        command.arg(self.discord.api_base());
        self.processes.push(Process::start(command));
        self.data.push(data);
    }

    /// Waits until all shards are open and the commands are known.
    fn wait_shards(&self, shards: usize) {
        let end = Instant::now() + Duration::from_secs(60);
        while self.discord.open_shards().len() < shards {
            assert!(Instant::now() < end, "{}: {:?}", self.name, self.discord.open_shards());
            sleep(Duration::from_millis(20));
        }
        self.discord.wait_commands();
    }

    fn idle(&mut self) {
        sleep(Duration::from_secs(2));
        self.costs.idle = self.memory();
    }

    fn memory(&self) -> f64 {
        self.processes.iter().map(|process| process.memory().0).sum()
    }

    fn cpu(&self) -> Duration {
        self.processes.iter().map(Process::cpu).sum()
    }

    /// A server, by its place. Servers are spread over the shards.
    fn server(place: u64) -> u64 {
        FIRST_SERVER + (place << 22)
    }

    /// Describes servers to the bot, as at the start of a session.
    fn join_servers(&mut self, servers: u64) {
        self.servers = servers.max(1);
        if self.way == Way::Http {
            return;
        }
        let mut dice = Dice::default();
        let (cpu, memory) = (self.cpu(), self.memory());
        for place in 0..self.servers {
            let event: Value = serde_json::from_str(&compression::guild(&mut dice)).expect("JSON");
            let mut server = event["d"].clone();
            let id = Self::server(place).to_string();
            // Chooses the shard, in the stand-in.
            server["guild_id"] = json!(id);
            server["id"] = json!(id);
            self.discord.dispatch_unjudged("GUILD_CREATE", &server);
        }
        self.settle();
        let count = self.servers as f64;
        self.costs.start = (self.cpu() - cpu).as_secs_f64() * 1e6 / count;
        self.costs.server = (self.memory() - memory) * 1e3 / count;
    }

    /// Gives one in [`ACTIVE`] servers an article of its own.
    fn teach(&mut self) {
        for place in 0..self.active() {
            let manager = self.discord.member(user(place)).with(permission::MANAGE_SERVER);
            let manager = manager.in_server(Self::server(place * ACTIVE));
            let form = manager.slash("knowledge write", json!({}));
            let mut text = format!("The rink of club {place} opens at nine.\n\n");
            while text.len() < ARTICLE {
                let number = text.len();
                text.push_str(&format!("In hall {number}, lantern {place} is lit by keeper {number}. "));
            }
            let title = format!("When does the rink of club {place} open?");
            let sent = manager.submit_all(&form, &json!({"title": title, "content": text}));
            manager.click(sent.answer().message(), "Add").answer();
        }
    }

    fn active(&self) -> u64 {
        (self.servers / ACTIVE).clamp(1, MAX_ACTIVE)
    }

    /// Sends messages that are not for the bot.
    fn overhear(&mut self) {
        if self.way == Way::Http {
            return;
        }
        let mut dice = Dice::default();
        let count = self.servers * MESSAGES;
        let cpu = self.cpu();
        for number in 0..count {
            let event: Value = serde_json::from_str(&compression::message(&mut dice)).expect("JSON");
            let mut message = event["d"].clone();
            message["guild_id"] = json!(Self::server(number % self.servers).to_string());
            self.discord.dispatch_unjudged("MESSAGE_CREATE", &message);
        }
        self.settle();
        self.costs.event = (self.cpu() - cpu).as_secs_f64() * 1e6 / count as f64;
    }

    /// Waits until every shard has read what was sent to it.
    fn settle(&self) {
        let shards = self.discord.shards();
        for shard in 0..shards {
            let server = (FIRST_SERVER / (shards << 22) * shards + shard) << 22;
            let member = self.discord.member(user(MEMBERS + shard)).in_server(server);
            member.slash("ask", json!({"question": "When?"})).answer();
        }
        // The processes count their time in ticks of 10 ms.
        sleep(Duration::from_millis(100));
    }

    fn forget(&mut self) {
        self.times.clear();
        self.missed = 0;
        self.cores = 0.0;
        self.costs.answer = 0.0;
    }

    /// Asks at a constant rate.
    fn at_rate(&mut self, runtime: &Runtime, rate: u32, seconds: u32) {
        let (cpu, begun) = (self.cpu(), Instant::now());
        let count = rate * seconds;
        let times = match self.way {
            Way::Http => self.send(runtime, count, rate),
            Way::Gateway => {
                let asked: Vec<_> = (0..count)
                    .map(|number| {
                        let due = begun + Duration::from_secs(1) * number / rate;
                        sleep(due.saturating_duration_since(Instant::now()));
                        self.slash(self.asked + u64::from(number))
                    })
                    .collect();
                taken(&asked)
            }
        };
        self.asked += u64::from(count);
        self.missed += count as usize - times.len();
        self.times.extend(times);
        let cpu = (self.cpu() - cpu).as_secs_f64();
        self.cores += cpu / begun.elapsed().as_secs_f64() / f64::from(ROUNDS);
        self.costs.answer += cpu * 1e6 / f64::from(count) / f64::from(ROUNDS);
    }

    /// Asks as fast as answers come.
    fn as_many_as_possible(&mut self, runtime: &Runtime, count: u32) {
        let begun = Instant::now();
        let answered = match self.way {
            Way::Http => self.send(runtime, count, 0).len(),
            Way::Gateway => {
                let mut answered = 0;
                for first in (0..count).step_by(AT_A_TIME as usize) {
                    let numbers = first..count.min(first + AT_A_TIME);
                    let asked: Vec<_> =
                        numbers.map(|number| self.slash(self.asked + u64::from(number))).collect();
                    answered += taken(&asked).len();
                }
                answered
            }
        };
        self.asked += u64::from(count);
        self.most.push(answered as f64 / begun.elapsed().as_secs_f64());
    }

    /// The next member asks the next question, over the gateway.
    fn slash(&self, number: u64) -> Interaction<'_> {
        let (server, question) = self.question(number);
        let member = self.discord.member(user(number % MEMBERS)).in_server(server);
        member.slash("ask", json!({"question": question}))
    }

    /// Every other question is about the article of the server where it is asked; the others, in any server, about the shared one.
    fn question(&self, number: u64) -> (u64, String) {
        if number.is_multiple_of(2) {
            let club = number / 2 % self.active();
            let question = format!("When does the rink of club {club} open?");
            return (Self::server(club * ACTIVE), question);
        }
        let place = number.wrapping_mul(7_919) % self.servers;
        (Self::server(place), "What does juche mean?".to_owned())
    }

    /// Sends signed requests, to all copies in turn.
    fn send(&self, runtime: &Runtime, count: u32, rate: u32) -> Vec<f64> {
        let key = Key::default();
        let signed = |number: u32| {
            let number = self.asked + u64::from(number);
            let (server, question) = self.question(number);
            key.request(&body(server, &question, number))
        };
        let requests: Arc<Vec<Vec<u8>>> = Arc::new((0..count).map(signed).collect());
        let begun = Instant::now();
        runtime.block_on(async {
            let mut lines = JoinSet::new();
            for line in 0..LINES {
                let address = self.addresses[line as usize % self.addresses.len()].clone();
                let requests = Arc::clone(&requests);
                lines.spawn(async move { serve::send(&address, &requests, line, rate, begun).await });
            }
            lines.join_all().await.concat()
        })
    }
}

fn taken(asked: &[Interaction<'_>]) -> Vec<f64> {
    let answers = asked.iter().filter_map(Interaction::outcome);
    answers.map(|answer| answer.took.as_secs_f64() * 1e3).collect()
}

fn user(number: u64) -> User {
    User {
        id: FIRST_MEMBER + number,
        name: "member",
        kind: UserKind::Person,
    }
}

/// `/ask` in a server, as Discord sends it over HTTP.
fn body(server: u64, question: &str, number: u64) -> Vec<u8> {
    let member = (FIRST_MEMBER + number % MEMBERS).to_string();
    let channel = (server + 1).to_string();
    json!({
        "id": (1_400_000_000_000_000_000 + number).to_string(), "application_id": "1", "type": 2, "version": 1,
        "token": "aW50ZXJhY3Rpb246".repeat(12), "channel_id": channel, "context": 0, "locale": "en-US", "guild_locale": "en-US",
        "guild_id": server.to_string(), "guild": {"id": server.to_string(), "locale": "en-US", "features": []},
        "channel": {"id": channel, "type": 0, "flags": 0}, "app_permissions": permission::USUAL.to_string(), "entitlements": [],
        "authorizing_integration_owners": {"0": server.to_string()}, "attachment_size_limit": 10 << 20,
        "member": {"user": {"id": member, "username": "member"}, "roles": [], "permissions": permission::USUAL.to_string()},
        "data": {"id": "5", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": question}]},
    })
    .to_string()
    .into_bytes()
}

fn report(load: &Load<'_>, forms: &mut [Form]) {
    let Load { servers, rate, seconds, .. } = load;
    println!("\n{servers} servers; {rate} questions a second for {seconds} s in {ROUNDS} rounds, then as many as possible; measured");
    println!(
        "{:<36}{:>9}{:>8}{:>8}{:>8}{:>7}{:>10}{:>9}{:>9}",
        "", "answered", "missed", "p50 ms", "p99 ms", "cores", "a second", "idle MB", "busy MB"
    );
    for form in &mut *forms {
        form.costs.busy = form.memory();
        println!(
            "{:<36}{:>9}{:>8}{:>8.2}{:>8.2}{:>7.2}{:>10.0}{:>9.1}{:>9.1}",
            form.name,
            form.times.len(),
            form.missed,
            percentile(&form.times, 0.5),
            percentile(&form.times, 0.99),
            form.cores,
            percentile(&form.most, 0.5),
            form.costs.idle,
            form.costs.busy,
        );
    }
    println!("\nwhat it costs; measured");
    println!(
        "{:<36}{:>13}{:>17}{:>17}{:>18}",
        "", "KB a server", "us CPU a server", "us CPU an event", "us CPU an answer"
    );
    for form in forms.iter().filter(|form| form.name != "pong") {
        let Costs { server, start, event, answer, .. } = form.costs;
        print!("{:<36}", form.name);
        match form.way {
            Way::Gateway => print!("{server:>13.2}{start:>17.0}{event:>17.1}"),
            Way::Http => print!("{:>13}{:>17}{:>17}", "-", "-", "-"),
        }
        println!("{answer:>18.0}");
    }
    if let Some(run) = forms.iter().find(|form| form.name.starts_with("run, ")) {
        calculate(run.costs);
    }
}

/// What one process needs for many servers. Each writes a message in two minutes and asks ten questions a day, ten times as many at
/// the busiest time; one in [`ACTIVE`] has an index in memory, whose size another benchmark measures.
fn calculate(costs: Costs) {
    println!("\none process, without the indexes of servers' own articles; calculated from the row of many shards");
    println!("{:<12}{:>14}{:>16}{:>14}{:>18}", "servers", "events a s", "questions a s", "% of a core", "MB");
    for servers in [2_500.0, 25_000.0, 50_000.0, 100_000.0] {
        let (events, questions) = (servers / 120.0, servers * 10.0 / 86_400.0 * 10.0);
        let micros = events * costs.event + questions * costs.answer;
        let memory = costs.idle + servers * costs.server / 1e3;
        println!("{servers:<12.0}{events:>14.0}{questions:>16.0}{:>14.1}{memory:>18.0}", micros / 1e4);
    }
}
