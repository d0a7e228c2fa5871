//! A bot with its own stand-in, and the times of its answers.

use crate::process::Process;
use crate::{percentile, project};
use pullquote_load::support::discord::interaction::Interaction;
use pullquote_load::support::discord::{Options, Place, StandIn, TOKEN, User, UserKind};
use serde_json::{Value, json};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Members that ask in turn, each in direct messages, so that limits per member and server do not apply.
const MEMBERS: u64 = 10_000;
/// Id of the first member. The ids of direct message channels follow those of members.
const FIRST_MEMBER: u64 = 1_300_000_000_000_000_000;
const FIRST_CHANNEL: u64 = FIRST_MEMBER + MEMBERS;

/// A bot under load.
pub struct Contender {
    name: &'static str,
    // Declared before the stand-in, so that the process is dropped first.
    process: Process,
    discord: StandIn,
    questions: Vec<String>,
    asked: u64,
    /// Time of each answer, in milliseconds.
    times: Vec<f64>,
    missed: usize,
    /// CPU time before the first question that is counted.
    before: Duration,
}

impl Contender {
    /// Starts a bot. The stand-in's address is appended to its arguments.
    pub fn start(name: &'static str, mut command: Command) -> Self {
        let discord = StandIn::start(options(name));
        command.arg(discord.api_base()).env("DISCORD_TOKEN", TOKEN);
        let process = Process::start(command);
        discord.wait_ready();
        discord.wait_commands();
        Self {
            name,
            process,
            discord,
            questions: questions(),
            asked: 0,
            times: Vec::new(),
            missed: 0,
            before: Duration::ZERO,
        }
    }

    /// Asks questions that are not counted, and prints the first answer.
    pub fn warm_up(&mut self) {
        let answer = self.slash(self.asked).answer();
        let text = answer.message().text();
        println!("{} answers: {}", self.name, text.replace('\n', " / "));
        self.ask(100, Duration::from_secs(1));
        self.times.clear();
        self.missed = 0;
        self.before = self.process.cpu();
    }

    /// Asks `rate` questions per second, and waits for the answers.
    pub fn ask(&mut self, rate: u32, time: Duration) {
        let start = Instant::now();
        let count = (f64::from(rate) * time.as_secs_f64()) as u32;
        let asked: Vec<Interaction<'_>> = (0..count)
            .map(|number| {
                let due = start + time * number / count;
                sleep(due.saturating_duration_since(Instant::now()));
                self.slash(self.asked + u64::from(number))
            })
            .collect();
        let answers = asked.iter().filter_map(Interaction::outcome);
        let times: Vec<f64> = answers
            .map(|answer| answer.took.as_secs_f64() * 1e3)
            .collect();
        self.asked += u64::from(count);
        self.missed += count as usize - times.len();
        self.times.extend(times);
    }

    /// The next member asks the next question.
    fn slash(&self, number: u64) -> Interaction<'_> {
        let member = number % MEMBERS;
        let question = &self.questions[number as usize % self.questions.len()];
        let member = self.discord.member(user(member)).at(FIRST_CHANNEL + member);
        member.slash("ask", json!({"question": question}))
    }

    /// Prints a row of the table. Returns the median in milliseconds.
    pub fn report(&self) -> f64 {
        let (resident, peak) = self.process.memory();
        let median = percentile(&self.times, 0.5);
        println!(
            "{:<10}{:>9}{:>8}{median:>9.2}{:>9.2}{resident:>9.1}{peak:>9.1}{:>8.2}",
            self.name,
            self.times.len(),
            self.missed,
            percentile(&self.times, 0.99),
            (self.process.cpu() - self.before).as_secs_f64(),
        );
        median
    }
}

fn options(name: &str) -> Options {
    let mut options = Options::default();
    for number in 0..MEMBERS {
        let place = Place::Direct(user(number));
        options = options.channel(FIRST_CHANNEL + number, "direct", place);
    }
    if name == "pong" {
        options.commands = vec![json!({
            "name": "ask", "description": "Says pong",
            "options": [{"type": 3, "name": "question", "description": "Anything", "required": true}],
        })];
    }
    options
}

fn user(number: u64) -> User {
    User {
        id: FIRST_MEMBER + number,
        name: "member",
        kind: UserKind::Person,
    }
}

/// All questions about the repository's article. Question sets about other articles are in subfolders.
pub fn questions() -> Vec<String> {
    let folder = project().join("tests/questions");
    let files = std::fs::read_dir(folder).expect("tests/questions");
    let paths = files.map(|file| file.expect("a file").path());
    let sets = paths.filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"));
    let texts = sets.map(std::fs::read_to_string);
    let lines: Vec<Value> = texts
        .flat_map(|text| {
            let text = text.expect("a question set");
            let lines = text.lines().map(serde_json::from_str);
            lines
                .collect::<Result<Vec<Value>, _>>()
                .expect("JSON lines")
        })
        .collect();
    let questions = lines.iter().filter_map(|line| line["question"].as_str());
    questions.map(str::to_owned).collect()
}
