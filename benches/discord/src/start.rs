//! Startup: the time from the start of the process until the bot connects to the gateway, gets READY and has registered its
//! commands; and its memory when idle.

use crate::process::Process;
use crate::{percentile, pullquote};
use pullquote_load::support::discord::{Options, StandIn, TOKEN};
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Time to wait before idle memory is read.
const REST: Duration = Duration::from_secs(2);
/// Words of the generated articles.
const WORDS: [&str; 12] = [
    "lantern", "harbour", "winter", "keeper", "signal", "granite", "ferry", "ledger", "compass",
    "orchard", "tariff", "mosaic",
];

/// Measurements of one start.
struct Start {
    /// Milliseconds until each step.
    connects: f64,
    begun: f64,
    registered: f64,
    /// Megabytes.
    resident: f64,
}

/// Starts the bot `times` times and prints the medians. If `articles` is not 0, the bot has as many generated articles.
pub fn measure(bot: &Path, times: u32, articles: u32) {
    let size = fs::metadata(bot).expect("the bot's binary").len();
    println!("{}: {:.1} MB", bot.display(), size as f64 / 1e6);
    let folder = (articles > 0).then(|| generated(articles));
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
    row("ms until it connects to the gateway", |start| {
        start.connects
    });
    row("ms until READY", |start| start.begun);
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

/// A folder of distinct articles of a hundred words each.
fn generated(articles: u32) -> tempfile::TempDir {
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
