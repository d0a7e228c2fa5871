//! `export`: how soon an export of many articles answers: it is added as a source, and a program that has just started answers from it.

use anyhow::{Context, Result, ensure};
use clap::Args;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Number of generated articles
    #[arg(long, default_value_t = 1_000)]
    articles: usize,
    /// Fail if the articles answer later than after so many seconds
    #[arg(long, value_name = "SECONDS")]
    within: Option<f64>,
    /// The program
    #[arg(long, value_name = "PATH", default_value = "target/release/pullquote")]
    bot: PathBuf,
}

impl Export {
    pub(crate) fn run(&self) -> Result<()> {
        ensure!(self.articles > 0, "--articles must be at least 1");
        let folder = tempfile::tempdir()?;
        let at = folder.path();
        let bot = fs::canonicalize(&self.bot).with_context(|| {
            let bot = self.bot.display();
            format!("cannot run `{bot}`: build it with `cargo build --release`")
        })?;
        let run = |arguments: &[&str]| run(&bot, at, arguments);
        fs::create_dir(at.join("knowledge"))?;
        let archive = at.join("export.zip");
        self.write(&archive)?;
        let copied = seconds(|| self.copy(&at.join("copies")))?;
        let last = self.articles - 1;
        let archive = archive.to_string_lossy();
        let added = seconds(|| {
            let printed = run(&["source", "add", &archive, "--name", "export"])?;
            let expected = format!("{} taken", self.articles);
            ensure!(printed.contains(&expected), "{printed}");
            Ok(())
        })?;
        let asked = seconds(|| {
            let printed = run(&["ask", &format!("When does harbour {last} open?")])?;
            ensure!(printed.contains("at seven"), "{printed}");
            Ok(())
        })?;
        let again = seconds(|| {
            let printed = run(&["source", "sync", "export"])?;
            ensure!(printed.contains("0 taken"), "{printed}");
            Ok(())
        })?;
        anstream::println!(
            "{} articles of {} bytes",
            self.articles,
            article(last).len()
        );
        anstream::println!("{:<44}{:>8}{:>8}", "", "s", "ratio");
        for (what, time) in [
            ("files written, for comparison", copied),
            ("added", added),
            ("started, and a question answered from it", asked),
            ("added and answered", added + asked),
            ("looked at again, unchanged", again),
        ] {
            anstream::println!("{what:<44}{time:>8.2}{:>8.1}", time / copied);
        }
        let within = self.within.unwrap_or(f64::INFINITY);
        ensure!(
            added + asked <= within,
            "it took more than {within} s until the articles answered"
        );
        Ok(())
    }

    fn write(&self, archive: &Path) -> Result<()> {
        let mut writer = ZipWriter::new(File::create(archive)?);
        for number in 0..self.articles {
            let path = format!("docs/{}/harbour-{number}.md", number % 20);
            writer.start_file(path, SimpleFileOptions::default())?;
            writer.write_all(article(number).as_bytes())?;
        }
        writer.finish()?;
        Ok(())
    }

    /// Writes the same files without any program.
    fn copy(&self, folder: &Path) -> Result<()> {
        fs::create_dir(folder)?;
        for number in 0..self.articles {
            fs::write(folder.join(format!("{number}.md")), article(number))?;
        }
        Ok(())
    }
}

/// An article of some 2 KB with headings, a list and a table.
fn article(number: usize) -> String {
    let berths = (0..20).map(|berth| {
        let metres = 5 + (number + berth) % 30;
        format!("| {number}-{berth} | {metres} |\n")
    });
    let berths: String = berths.collect();
    let seasons = ["spring", "summer", "autumn", "winter"].map(|season| {
        let wardens = 1 + (number + season.len()) % 9;
        format!(
            "\n## In {season}\n\nIn {season}, {wardens} wardens look after harbour {number}. They write down who comes and who leaves, and \
             how high the water stands at noon.\n\n- The crane works until four.\n- Gate {wardens} is closed at night.\n"
        )
    });
    let seasons = seasons.concat();
    format!(
        "# Harbour {number}\n\nThe harbour {number} opens at seven.\n\n## Berths\n\n| Berth | Metres |\n|---|---|\n{berths}{seasons}"
    )
}

/// Runs the program on a folder. Returns what it prints.
fn run(bot: &Path, folder: &Path, arguments: &[&str]) -> Result<String> {
    let output = Command::new(bot)
        .args(arguments)
        .arg("--knowledge")
        .arg(folder.join("knowledge"))
        .env("DATA_DIR", folder.join("data"))
        .env("MODEL", "off")
        .current_dir(folder)
        .output()
        .with_context(|| format!("cannot run `{}`", bot.display()))?;
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed).into_owned();
    ensure!(output.status.success(), "{printed}");
    Ok(printed)
}

fn seconds(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64())
}
