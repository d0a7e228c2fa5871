//! `page`: how soon the pages for the host arrive with many articles, and how large they are, beside the health check of the same
//! program.

use anyhow::{Context, Result, ensure};
use clap::Args;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

#[derive(Debug, Args)]
pub(crate) struct Page {
    /// Number of generated articles
    #[arg(long, default_value_t = 10_000)]
    articles: u32,
    /// Requests for each page
    #[arg(long, default_value_t = 20)]
    times: u32,
    /// The program
    #[arg(long, value_name = "PATH", default_value = "target/release/pullquote")]
    bot: PathBuf,
}

/// The first is what the others are compared with.
const PAGES: [&str; 6] = [
    "/healthz",
    "/",
    "/articles",
    "/articles?page=100",
    "/try?question=harbour+77",
    "/unanswered",
];

impl Page {
    pub(crate) fn run(&self) -> Result<()> {
        ensure!(self.times > 0, "--times must be at least 1");
        let folder = tempfile::tempdir()?;
        let articles = folder.path().join("articles");
        fs::create_dir(&articles)?;
        for at in 0..self.articles {
            let text = format!("# Harbour {at}\n\nThe harbour number {at} opens at seven.\n");
            fs::write(articles.join(format!("harbour-{at:05}.md")), text)?;
        }
        let demo = Demo::start(&self.bot, folder.path(), &articles)?;
        anstream::println!("{} articles, {} requests each", self.articles, self.times);
        anstream::println!(
            "{:<28}{:>10}{:>10}{:>10}{:>10}",
            "ms to the first byte",
            "first",
            "median",
            "ratio",
            "bytes"
        );
        let mut usual = None;
        for page in PAGES {
            let (mut times, mut bytes) = (Vec::new(), 0);
            for _ in 0..self.times {
                let (time, size) = get(&demo.address, page)?;
                times.push(time);
                bytes = size;
            }
            let first = times.first().copied().unwrap_or_default();
            times.sort_by(f64::total_cmp);
            let median = times.get(times.len() / 2).copied().unwrap_or_default();
            let ratio = median / *usual.get_or_insert(median);
            anstream::println!("{page:<28}{first:>10.1}{median:>10.1}{ratio:>10.1}{bytes:>10}");
        }
        Ok(())
    }
}

/// Milliseconds until the first byte of a response, and its size with its head.
fn get(address: &str, page: &str) -> Result<(f64, usize)> {
    let begin = Instant::now();
    let mut socket = TcpStream::connect(address)?;
    write!(socket, "GET {page} HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
    let mut response = vec![0];
    socket.read_exact(&mut response)?;
    let time = begin.elapsed().as_secs_f64() * 1e3;
    socket.read_to_end(&mut response)?;
    ensure!(
        response.starts_with(b"HTTP/1.1 200"),
        "{page} does not answer"
    );
    Ok((time, response.len()))
}

/// The page without Discord, until this is dropped.
struct Demo {
    program: Child,
    address: String,
}

impl Demo {
    fn start(bot: &Path, folder: &Path, articles: &Path) -> Result<Self> {
        let mut program = Command::new(bot)
            .args(["demo", "--no-open", "--knowledge"])
            .arg(articles)
            .env("MODEL", "off")
            // It is killed, and deletes nothing.
            .env("TMPDIR", folder)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| {
                format!(
                    "cannot run `{}`: build it with `cargo build --release`",
                    bot.display()
                )
            })?;
        let printed = program.stdout.take().context("no output")?;
        let address = BufReader::new(printed).lines().find_map(|line| {
            let line = line.ok()?;
            let address = line.split("http://").nth(1)?;
            address.split('/').next().map(str::to_owned)
        });
        let address = address.context("the program printed no address");
        match address {
            Ok(address) => Ok(Self { program, address }),
            Err(error) => {
                let _ = program.kill();
                Err(error)
            }
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
