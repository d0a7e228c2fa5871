//! The bot under a steady load, while an article changes every few seconds and a hostile file arrives every minute. By
//! default it lasts some seconds; for figures:
//!
//! ```sh
//! SOAK_MINUTES=60 SOAK_RATE=20 cargo test --release --test it soak -- --nocapture
//! SOAK_FIRST=40 begins with another hostile file than the first one
//! ```
//!
//! Some hostile files become articles of several megabytes, so memory is compared while none is there.
//!
//! Memory is read from `/proc`, so this runs on Linux only.

use crate::discord::start_with;
use crate::support::bot::Bot;
use crate::support::discord::{Options, Place, StandIn, User, UserKind};
use pullquote_hostile_files::{archives, pages, pdfs};
use serde_json::json;
use std::fs;
use std::iter::repeat_with;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Members who ask in turn, each in direct messages, so that limits per member and server do not apply.
const MEMBERS: u64 = 1_000;
const FIRST_MEMBER: u64 = 1_300_000_000_000_000_000;
const FIRST_CHANNEL: u64 = FIRST_MEMBER + MEMBERS;
const CHANGE: Duration = Duration::from_secs(4);
const HOSTILE: Duration = Duration::from_mins(1);
/// How long a hostile file stays in the folder.
const STAYS: Duration = Duration::from_secs(30);
/// How long after its removal the bot may still be busy with it.
const BUSY: Duration = Duration::from_secs(15);
const SAMPLE: Duration = Duration::from_secs(1);
/// Answers to messages are of no use later.
const LAST_ANSWERS: Duration = Duration::from_secs(18);
/// Memory is compared in runs of this length. Earlier it still grows: the bot remembers the messages of ten minutes.
const SETTLED: Duration = Duration::from_hours(1);

/// What was seen.
#[derive(Default)]
struct Soak {
    interactions: Vec<u64>,
    messages: Vec<u64>,
    /// Resident megabytes, once a second, and whether that is without a hostile file.
    memory: Vec<(f64, bool)>,
    most_threads: usize,
    changes: u32,
    hostile: usize,
}

#[test]
fn nothing_is_lost_or_doubled_under_a_steady_load() {
    let time = Duration::from_secs_f64(setting("SOAK_MINUTES", 0.1) * 60.0);
    let rate: f64 = setting("SOAK_RATE", 20.0);
    let folder = tempfile::tempdir().unwrap();
    change(folder.path(), 0);
    let (discord, bot) = start_with(options(), |command| {
        command.env("KNOWLEDGE_DIR", folder.path());
        command.env("RUST_LOG", "info");
    });
    let soak = Soak::run(&discord, &bot, folder.path(), time, rate);
    sleep(LAST_ANSWERS.min(time));
    soak.check(&discord, &bot, time);
}

fn setting<T: FromStr>(variable: &str, default: T) -> T {
    let value = std::env::var(variable).ok();
    value
        .and_then(|value| value.parse().ok())
        .unwrap_or(default)
}

fn options() -> Options {
    (0..MEMBERS).fold(Options::default(), |options, number| {
        let place = Place::Direct(user(number));
        options.channel(FIRST_CHANNEL + number, "direct", place)
    })
}

fn user(number: u64) -> User {
    User {
        id: FIRST_MEMBER + number,
        name: "member",
        kind: UserKind::Person,
    }
}

fn change(folder: &Path, number: u32) {
    let text = format!("# Harrow\n\nThe lighthouse keeper of Harrow counted {number} ships.\n");
    fs::write(folder.join("harrow.md"), text).unwrap();
}

impl Soak {
    fn run(discord: &StandIn, bot: &Bot, folder: &Path, time: Duration, rate: f64) -> Self {
        let all = || pdfs().chain(pages()).chain(archives());
        let mut files = repeat_with(all).flatten().skip(setting("SOAK_FIRST", 0));
        let mut soak = Self::default();
        let (start, mut asked) = (Instant::now(), 0);
        // The hostile file in the folder, and how long ago the last one was put there.
        let (mut there, mut age): (Option<PathBuf>, _) = (None, Duration::ZERO);
        let count = (time.as_secs_f64() * rate) as u64;
        while asked < count {
            let due = Duration::from_secs_f64(asked as f64 / rate);
            sleep(due.saturating_sub(start.elapsed()));
            soak.ask(discord, asked);
            asked += 1;
            if due >= SAMPLE * soak.memory.len() as u32 {
                soak.sample(bot, age >= STAYS + BUSY);
            }
            if due >= CHANGE * soak.changes {
                soak.changes += 1;
                change(folder, soak.changes);
            }
            if due >= HOSTILE * soak.hostile as u32 {
                let file = files.next().unwrap();
                let path = folder.join(&*file.name);
                fs::write(&path, file.bytes).unwrap();
                there = Some(path);
                soak.hostile += 1;
            }
            age = due.saturating_sub(HOSTILE * (soak.hostile as u32 - 1));
            if age >= STAYS
                && let Some(path) = there.take()
            {
                fs::remove_file(path).unwrap();
            }
        }
        soak
    }

    fn ask(&mut self, discord: &StandIn, number: u64) {
        let member = number % MEMBERS;
        let channel = FIRST_CHANNEL + member;
        let member = discord.member(user(member)).at(channel);
        let question = "How many ships did the lighthouse keeper count?";
        if number.is_multiple_of(2) {
            let asked = member.slash("ask", json!({"question": question}));
            self.interactions.push(asked.id);
        } else {
            self.messages.push(member.say(question));
        }
    }

    fn sample(&mut self, bot: &Bot, is_without_file: bool) {
        let process = format!("/proc/{}", bot.id());
        let status = fs::read_to_string(format!("{process}/status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kibibytes = line.and_then(|line| line.split_whitespace().nth(1));
        let kibibytes: f64 = kibibytes.unwrap().parse().unwrap();
        let megabytes = kibibytes * 1_024.0 / 1e6;
        self.memory.push((megabytes, is_without_file));
        let threads = fs::read_dir(format!("{process}/task")).unwrap().count();
        self.most_threads = self.most_threads.max(threads);
    }

    fn check(&self, discord: &StandIn, bot: &Bot, time: Duration) {
        let log = bot.lines().join("\n");
        let replies = discord.reply_counts();
        let is_logged = |id: u64| log.contains(&format!("{:06x}", id >> 12 & 0xff_ffff));
        let unanswered: Vec<u64> = self
            .interactions
            .iter()
            .filter(|id| !discord.is_acknowledged(**id))
            .chain(self.messages.iter().filter(|id| !replies.contains_key(id)))
            .copied()
            .collect();
        let silent = unanswered.iter().filter(|id| !is_logged(**id)).count();
        let doubled = replies.values().filter(|count| **count > 1).count();
        let tenth = self.memory.len().div_ceil(10);
        let tenths: Vec<f64> = self.memory.chunks(tenth).map(without_file).collect();
        let (first, last) = (tenths[0], tenths[tenths.len() - 1]);
        let most = self.memory.iter().map(|(megabytes, _)| *megabytes);
        let most = most.fold(0.0, f64::max);
        println!(
            "{:.1} min: {} asked, {} unanswered, of them {silent} without a line in the log, {doubled} doubled; {} changes, {} \
             hostile files; {tenths:.1?} MB in each tenth without a hostile file, {most:.1} MB at most; {} threads at most",
            time.as_secs_f64() / 60.0,
            self.interactions.len() + self.messages.len(),
            unanswered.len(),
            self.changes,
            self.hostile,
            self.most_threads,
        );
        assert_eq!((silent, doubled), (0, 0));
        assert!((1..64).contains(&self.most_threads));
        assert!(
            time < SETTLED || last < first * 1.05,
            "{first} MB, then {last} MB"
        );
    }
}

/// The mean of the samples without a hostile file.
fn without_file(samples: &[(f64, bool)]) -> f64 {
    let without = samples.iter().filter(|(_, is_without)| *is_without);
    let (sum, count) = without.fold((0.0, 0_u32), |(sum, count), (megabytes, _)| {
        (sum + megabytes, count + 1)
    });
    sum / f64::from(count)
}
