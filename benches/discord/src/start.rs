//! From the start of the process to Discord: how long it takes until the bot asks for a gateway connection, until its session
//! has begun, until its commands are registered; and what it weighs when nobody asks it anything.

use crate::process::Process;
use crate::{percentile, pullquote};
use pullquote_load::support::discord::{Options, StandIn, TOKEN};
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long a bot is left alone before its memory is read.
const REST: Duration = Duration::from_secs(2);
/// Words of the articles that are made up.
const WORDS: [&str; 12] = [
    "lantern", "harbour", "winter", "keeper", "signal", "granite", "ferry", "ledger", "compass",
    "orchard", "tariff", "mosaic",
];

/// What one start came to.
struct Start {
    /// Milliseconds.
    connects: f64,
    begun: f64,
    registered: f64,
    /// Megabytes.
    resident: f64,
}

/// Starts the bot so many times, and prints the medians; with `articles`, on so many that are made up.
pub fn measure(bot: &Path, times: u32, articles: u32) {
    let size = fs::metadata(bot).expect("the bot's binary").len();
    println!("{}: {:.1} MB", bot.display(), size as f64 / 1e6);
    let folder = (articles > 0).then(|| made_up(articles));
    let starts: Vec<Start> = (0..times)
        .map(|_| start(bot, folder.as_ref().map(tempfile::TempDir::path)))
        .collect();
    println!(
        "{:<44}{:>9}{:>9}",
        format!("{times} starts"),
        "median",
        "worst"
    );
    let row = |name: &str, of: fn(&Start) -> f64| {
        let all: Vec<f64> = starts.iter().map(of).collect();
        println!(
            "{name:<44}{:>9.1}{:>9.1}",
            percentile(&all, 0.5),
            percentile(&all, 1.0)
        );
    };
    row("ms until it asks for a gateway connection", |start| {
        start.connects
    });
    row("ms until its session has begun", |start| start.begun);
    row("ms until its commands are registered", |start| {
        start.registered
    });
    row("MB resident, idle", |start| start.resident);
}

fn start(bot: &Path, knowledge: Option<&Path>) -> Start {
    let discord = StandIn::start(Options::default());
    let mut command = pullquote(bot);
    command.arg(discord.api_base()).env("DISCORD_TOKEN", TOKEN);
    if let Some(knowledge) = knowledge {
        command.env("KNOWLEDGE_DIR", knowledge);
    }
    let begin = Instant::now();
    let millis = || begin.elapsed().as_secs_f64() * 1e3;
    let process = Process::start(command);
    discord.wait_connection_attempts(1);
    let connects = millis();
    discord.wait_readies(1);
    let begun = millis();
    discord.wait_commands();
    let registered = millis();
    sleep(REST);
    let (resident, _) = process.memory();
    Start {
        connects,
        begun,
        registered,
        resident,
    }
}

/// A folder with articles of a hundred words, no two the same.
fn made_up(articles: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for number in 0..articles {
        let mut text = format!(
            "# The {} of number {number}\n\n",
            WORDS[number as usize % 12]
        );
        for word in 0..100 {
            let pick = (number * 31 + word * word * 7 + word) as usize % 12;
            text.push_str(WORDS[pick]);
            text.push_str(if word % 12 == 11 { ". The " } else { " " });
        }
        let path = folder.path().join(format!("article-{number}.md"));
        fs::write(path, text).expect("an article");
    }
    folder
}
