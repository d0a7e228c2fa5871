//! Interactions over signed HTTP: `pullquote serve` beside an endpoint that verifies the signature with the same library and always
//! answers "pong". Requests are signed before each round, so that the sender's work is not measured; within a round they
//! are sent at a constant rate over connections that stay open, and each time counts from when its request was due.

use crate::process::Process;
use crate::{percentile, project};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use pullquote_load::support::discord::endpoint::{Key, Line};
use pullquote_load::support::discord::{Options, StandIn, TOKEN};
use ring::signature::{ED25519, UnparsedPublicKey};
use serde_json::json;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

/// Connections, as a proxy keeps them open.
pub(crate) const LINES: u32 = 32;
/// Requests of a round at most: they stay fresh for five minutes.
const ROUND: u32 = 50_000;
/// Members that ask in turn, each in direct messages, so that limits per member and server do not apply.
const MEMBERS: u64 = 100_000;

/// What is measured.
pub struct Load<'a> {
    /// Pullquote's binary.
    pub bot: &'a Path,
    /// Requests a second; 0 for as many as possible.
    pub rate: u32,
    /// How many in all.
    pub requests: u32,
}

/// A program under load.
struct Contender {
    name: &'static str,
    process: Process,
    address: String,
    times: Vec<f64>,
    missed: usize,
    /// Time that its rounds took.
    busy: Duration,
    before: Duration,
    /// Resident memory after the first round, in megabytes.
    first: f64,
}

/// Prints a row for each program, and Pullquote's memory after each tenth of the requests.
pub fn measure(load: &Load<'_>) {
    let discord = StandIn::start(Options::default());
    let mut contenders = vec![Contender::start("pong", pong_command())];
    if load.bot.exists() {
        let mut command = serve_command(load.bot);
        command.arg(discord.api_base());
        contenders.insert(0, Contender::start("pullquote", command));
        discord.wait_commands();
    } else {
        println!("no bot at {}, measuring pong only", load.bot.display());
    }
    let runtime = Runtime::new().expect("threads");
    let questions = crate::contender::questions();
    let rounds = load.requests.div_ceil(ROUND).max(5);
    let each = load.requests / rounds;
    for contender in &mut contenders {
        contender.round(&runtime, &questions, (0, each.min(2_000)), load.rate);
        contender.reset();
    }
    let print_memory = |contender: &Contender, answers: u32| {
        println!("{answers} answers: {:.1} MB", contender.process.memory().0);
    };
    print_memory(&contenders[0], 0);
    for round in 0..rounds {
        for contender in &mut contenders {
            let first = 2_000 + round * each;
            contender.round(&runtime, &questions, (first, each), load.rate);
            if round == 0 {
                contender.first = contender.process.memory().0;
            }
        }
        if (round + 1) % (rounds / 10).max(1) == 0 {
            print_memory(&contenders[0], (round + 1) * each);
        }
    }
    println!("{} requests in {rounds} rounds over {LINES} connections", rounds * each);
    println!(
        "{:<10}{:>10}{:>8}{:>10}{:>9}{:>9}{:>10}{:>9}{:>9}{:>8}",
        "", "answered", "missed", "a second", "p50 ms", "p99 ms", "first MB", "RSS MB", "peak MB", "CPU s"
    );
    for contender in &contenders {
        contender.report();
    }
}

impl Contender {
    fn start(name: &'static str, mut command: Command) -> Self {
        let port = free_port();
        let address = format!("127.0.0.1:{port}");
        command.env("INTERACTIONS_ADDRESS", &address);
        command.env("DISCORD_PUBLIC_KEY", Key::default().public());
        let process = Process::start(command);
        wait_listening(&address);
        Self {
            name,
            process,
            address,
            times: Vec::new(),
            missed: 0,
            busy: Duration::ZERO,
            before: Duration::ZERO,
            first: 0.0,
        }
    }

    fn reset(&mut self) {
        self.times.clear();
        self.missed = 0;
        self.busy = Duration::ZERO;
        self.before = self.process.cpu();
    }

    /// Signs `count` requests, then sends them.
    fn round(&mut self, runtime: &Runtime, questions: &[String], (first, count): (u32, u32), rate: u32) {
        let key = Key::default();
        let signed = |number: u32| key.request(&body(questions, (first + number).into()));
        let requests: Vec<Vec<u8>> = (0..count).map(signed).collect();
        let requests = Arc::new(requests);
        let begun = Instant::now();
        let times = runtime.block_on(async {
            let mut lines = JoinSet::new();
            for line in 0..LINES {
                let (address, requests) = (self.address.clone(), Arc::clone(&requests));
                lines.spawn(async move { send(&address, &requests, line, rate, begun).await });
            }
            lines.join_all().await.concat()
        });
        self.busy += begun.elapsed();
        self.missed += count as usize - times.len();
        self.times.extend(times);
    }

    fn report(&self) {
        let (resident, peak) = self.process.memory();
        println!(
            "{:<10}{:>10}{:>8}{:>10.0}{:>9.2}{:>9.2}{:>10.1}{resident:>9.1}{peak:>9.1}{:>8.2}",
            self.name,
            self.times.len(),
            self.missed,
            self.times.len() as f64 / self.busy.as_secs_f64(),
            percentile(&self.times, 0.5),
            percentile(&self.times, 0.99),
            self.first,
            (self.process.cpu() - self.before).as_secs_f64(),
        );
    }
}

/// Sends the requests of one connection, and returns how long each answer took, in milliseconds.
pub(crate) async fn send(address: &str, requests: &[Vec<u8>], line: u32, rate: u32, begun: Instant) -> Vec<f64> {
    let mut times = Vec::new();
    let Ok(mut open) = Line::open(address).await else {
        return times;
    };
    let mine = (0u32..).zip(requests).skip(line as usize).step_by(LINES as usize);
    for (number, request) in mine {
        let mut due = Instant::now();
        if rate > 0 {
            due = begun + Duration::from_secs(1) * number / rate;
            tokio::time::sleep_until(due.into()).await;
        }
        match open.send(request).await {
            Ok((200, _)) => times.push(due.elapsed().as_secs_f64() * 1e3),
            Ok(_) => {}
            Err(_) => match Line::open(address).await {
                Ok(again) => open = again,
                Err(_) => return times,
            },
        }
    }
    times
}

/// The next member asks the next question.
fn body(questions: &[String], number: u64) -> Vec<u8> {
    let question = &questions[number as usize % questions.len()];
    let member = (1_300_000_000_000_000_000 + number % MEMBERS).to_string();
    json!({
        "id": (1_400_000_000_000_000_000 + number).to_string(), "application_id": "1", "type": 2, "version": 1,
        "token": "aW50ZXJhY3Rpb246".repeat(12), "channel_id": member, "context": 1, "locale": "en-US",
        "channel": {"id": member, "type": 1, "flags": 0}, "app_permissions": "0", "entitlements": [],
        "authorizing_integration_owners": {"1": member}, "attachment_size_limit": 10 << 20,
        "user": {
            "id": member, "username": "member", "global_name": "Member", "avatar": null, "discriminator": "0",
            "public_flags": 0, "clan": null, "primary_guild": null, "avatar_decoration_data": null,
        },
        "data": {"id": "5", "name": "ask", "type": 1, "options": [{"name": "question", "type": 3, "value": question}]},
    })
    .to_string()
    .into_bytes()
}

/// Waits until a program takes connections.
pub(crate) fn wait_listening(address: &str) {
    let end = Instant::now() + Duration::from_secs(20);
    while std::net::TcpStream::connect(address).is_err() {
        assert!(Instant::now() < end, "nobody listens at {address}");
        sleep(Duration::from_millis(10));
    }
}

pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("a port").port()
}

/// `pullquote serve`; the address of the stand-in is appended.
pub(crate) fn serve_command(bot: &Path) -> Command {
    let mut command = Command::new(bot);
    command
        .env("KNOWLEDGE_DIR", project().join("knowledge"))
        .env("KEEP_QUESTIONS_DAYS", "0")
        .env("DISCORD_TOKEN", TOKEN)
        .args(["serve", "--api-base"]);
    command
}

fn pong_command() -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["pong-endpoint", ""]);
    command
}

/// Serves the endpoint that always answers "pong", until it is killed.
pub fn pong() {
    let variable = |name| std::env::var(name).expect("a setting");
    let (address, key) = (variable("INTERACTIONS_ADDRESS"), variable("DISCORD_PUBLIC_KEY"));
    let key: Arc<[u8]> = unhex(&key).into();
    Runtime::new().expect("threads").block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.expect("a port");
        let router = Router::new().route("/interactions", post(answer)).with_state(key);
        axum::serve(listener, router).await.expect("a server");
    });
}

async fn answer(
    State(key): State<Arc<[u8]>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<String, StatusCode> {
    let header = |name| headers.get(name).map_or(&b""[..], |value| value.as_bytes());
    let signed = [header("x-signature-timestamp"), &body].concat();
    let signature = unhex(&String::from_utf8_lossy(header("x-signature-ed25519")));
    let verified = UnparsedPublicKey::new(&ED25519, &*key).verify(&signed, &signature);
    verified.map_err(|_| StatusCode::UNAUTHORIZED)?;
    Ok(json!({"type": 4, "data": {"content": "pong", "allowed_mentions": {"parse": []}}}).to_string())
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    pairs.filter_map(byte).collect()
}
