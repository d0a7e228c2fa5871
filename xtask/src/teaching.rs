//! `teaching`: how long a manager waits for the bot: from the upload of an article until it answers, and for `/insights` with as many
//! questions as are kept. Through `pullquote chat --server`, which does the same work as on Discord, beside a question in the
//! same session.

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use pullquote_store::{Counts, DayCount, Location, MAX_QUESTIONS, NewQuestion, Store};
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Instant, SystemTime};

#[derive(Debug, Args)]
pub(crate) struct Teaching {
    /// How often each is measured
    #[arg(long, default_value_t = 20)]
    times: usize,
    /// Size of an article, in kilobytes
    #[arg(long, default_value_t = 1_000)]
    kilobytes: usize,
    /// The program
    #[arg(long, value_name = "PATH", default_value = "target/release/pullquote")]
    bot: PathBuf,
}

/// Additions that a server may make in a minute.
const A_MINUTE: usize = 5;
/// A line that the program does not know, so that its reply marks the end of the one before.
const MARK: &str = "/end-of-reply";
const WORDS: [&str; 24] = [
    "lantern", "harbour", "winter", "keeper", "signal", "granite", "ferry", "ledger", "compass",
    "orchard", "tariff", "mosaic", "rudder", "anchor", "cellar", "meadow", "archive", "pilot",
    "gallery", "timber", "copper", "station", "market", "engine",
];

impl Teaching {
    pub(crate) fn run(&self) -> Result<()> {
        ensure!(self.times > 0, "--times must be at least 1");
        ensure!(
            self.bot.exists(),
            "cannot find `{}`: build it with `cargo build --release`",
            self.bot.display()
        );
        let (added, mut asked) = self.additions()?;
        let (listed, asked_then) = self.insights()?;
        asked.extend(asked_then);
        let usual = median(&asked);
        let rows = [
            ("a question".to_owned(), asked),
            (
                format!("from upload to answer, {} kB", self.kilobytes),
                added,
            ),
            (format!("/insights, {MAX_QUESTIONS} questions"), listed),
        ];
        anstream::println!("{:<40}{:>10}{:>10}{:>10}", "ms", "median", "worst", "ratio");
        for (name, times) in rows {
            let worst = times.iter().copied().fold(0.0, f64::max);
            let middle = median(&times);
            let ratio = middle / usual;
            anstream::println!("{name:<40}{middle:>10.1}{worst:>10.1}{ratio:>10.1}");
        }
        Ok(())
    }

    /// Milliseconds from the upload of each article until it has answered, and those of a question after it.
    fn additions(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        let (mut added, mut asked) = (Vec::new(), Vec::new());
        while added.len() < self.times {
            // A new server, since each may add only so many.
            let folder = tempfile::tempdir()?;
            let mut session = Session::start(&self.bot, folder.path())?;
            for at in 0..A_MINUTE.min(self.times - added.len()) {
                let path = folder.path().join(format!("article-{at}.md"));
                fs::write(&path, article(at, self.kilobytes * 1_000))?;
                let question = format!("What colour is the lighthouse number {at}?");
                let begin = Instant::now();
                session.type_line(&format!("/knowledge add {}", path.display()))?;
                // The button that adds it.
                session.type_line("1")?;
                let shown = session.ask(&question)?;
                added.push(millis(begin));
                let answer = format!("The lighthouse number {at} is painted");
                ensure!(shown.contains(&answer), "it does not answer: {shown}");
                let begin = Instant::now();
                session.ask(&question)?;
                asked.push(millis(begin));
            }
        }
        Ok((added, asked))
    }

    /// Milliseconds for each `/insights`, and those of a question.
    fn insights(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        let folder = tempfile::tempdir()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            let store = Store::new(Location::Folder(folder.path().join("data")));
            store.count(&questions()).await
        })?;
        // The program gets the database to itself.
        drop(runtime);
        let mut session = Session::start(&self.bot, folder.path())?;
        let (mut listed, mut asked) = (Vec::new(), Vec::new());
        for _ in 0..self.times {
            let begin = Instant::now();
            let shown = session.ask("/insights")?;
            listed.push(millis(begin));
            ensure!(
                shown.contains("questions.png"),
                "it lists no questions: {shown}"
            );
            let begin = Instant::now();
            session.ask("What colour is the door?")?;
            asked.push(millis(begin));
        }
        Ok((listed, asked))
    }
}

fn millis(begin: Instant) -> f64 {
    begin.elapsed().as_secs_f64() * 1e3
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// An article of about so many bytes, with one sentence about a lighthouse in its middle.
fn article(number: usize, bytes: usize) -> String {
    let lighthouse = format!("The lighthouse number {number} is painted in colour {number}.\n\n");
    let mut text = format!("# Notes of number {number}\n\n");
    let mut at = number;
    let mut is_told = false;
    while text.len() < bytes {
        for _ in 0..4 {
            let word = |step: usize| WORDS[(at * step + at / 7) % WORDS.len()];
            let (one, two, three) = (word(5), word(11), word(13));
            let year = 1_500 + at % 400;
            let _ = write!(
                text,
                "The {one} of the {two} was kept near the {three} in {year}. "
            );
            at += 1;
        }
        text.push_str("\n\n");
        if !is_told && text.len() >= bytes / 2 {
            text.push_str(&lighthouse);
            is_told = true;
        }
    }
    text
}

/// As many questions without an answer as are kept of a server, some of them alike, asked on thirty days.
fn questions() -> Counts {
    const SERVER: u64 = 1;
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let today = i64::try_from(since.as_secs() / 86_400).unwrap_or_default();
    let mut counts = Counts::default();
    for at in 0..MAX_QUESTIONS {
        let word = |step: u32| WORDS[(at / step) as usize % WORDS.len()];
        let (one, two, number) = (word(1), word(24), at / 3);
        let wording = format!("Where do I find the {one} of the {two} number {number}?");
        let day = today - i64::from(at % 30);
        counts.questions.push(NewQuestion {
            server: SERVER,
            key: pullquote_insights::key(&wording),
            wording,
            count: 1 + u64::from(at % 9),
            day,
            by_several: true,
        });
        let asked = DayCount {
            day,
            outcome: (at % 3) as u8,
            number: 1,
        };
        counts.asked.push((SERVER, asked));
    }
    counts
}

/// A session of `pullquote chat --server 1`.
struct Session {
    program: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    fn start(bot: &Path, folder: &Path) -> Result<Self> {
        let knowledge = folder.join("knowledge");
        fs::create_dir_all(&knowledge)?;
        fs::write(knowledge.join("door.md"), "# Door\n\nThe door is red.\n")?;
        let mut program = Command::new(bot)
            .args(["chat", "--server", "1", "--knowledge"])
            .arg(&knowledge)
            .env("DATA_DIR", folder.join("data"))
            .env("XDG_STATE_HOME", folder.join("state"))
            .env("LC_ALL", "C")
            .env("MODEL", "off")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = program.stdin.take().context("no input")?;
        let output = BufReader::new(program.stdout.take().context("no output")?);
        let mut session = Self {
            program,
            input,
            output,
        };
        session.ask("/about")?;
        Ok(session)
    }

    fn type_line(&mut self, line: &str) -> Result<()> {
        writeln!(self.input, "{line}")?;
        Ok(())
    }

    /// Types a line, and returns what was shown since the last time.
    fn ask(&mut self, line: &str) -> Result<String> {
        writeln!(self.input, "{line}\n{MARK}")?;
        let mut shown = String::new();
        loop {
            let before = shown.len();
            if self.output.read_line(&mut shown)? == 0 {
                bail!("the program has ended: {shown}");
            }
            if shown.get(before..).is_some_and(|line| line.contains(MARK)) {
                return Ok(shown);
            }
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
