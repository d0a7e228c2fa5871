//! Sources: articles that come from elsewhere.
//!
//! A public host is played by 127.0.0.2 and a private one by 127.0.0.1. Nothing else is ever asked.

// Other systems have no 127.0.0.2.
#![cfg(target_os = "linux")]

mod archives;
mod bot;
mod forums;
mod hostile;
mod servers;
mod site;
mod sites;

use site::{Page, Site};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Someone who hosts the bot: a knowledge folder with one article, and a data folder.
struct Host {
    dir: TempDir,
    /// Address of a `PostgreSQL` database in place of the data folder's file.
    database: Option<String>,
}

/// What a command has printed.
struct Printed {
    text: String,
    success: bool,
}

impl Host {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("knowledge")).unwrap();
        let host = Self {
            dir,
            database: None,
        };
        fs::write(
            host.path("knowledge/rink.md"),
            "# Skating rink\n\nThe skating rink opens at nine.\n",
        )
        .unwrap();
        host
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn set(&self, command: &mut Command) {
        command.env("KNOWLEDGE_DIR", self.path("knowledge"));
        command.env("DATA_DIR", self.path("data"));
        command.env("MODEL", "off");
        if let Some(address) = &self.database {
            command.env("DATABASE_URL", address);
        }
        command.current_dir(self.dir.path());
    }

    fn run(&self, arguments: &[&str]) -> Printed {
        let mut command = crate::support::program();
        command.env_clear();
        // Nothing is sent there: it says that all addresses are played.
        command.env("DISCORD_API_BASE", "http://127.0.0.1:9");
        self.set(&mut command);
        let output = command.args(arguments).output().unwrap();
        let text = [output.stdout, output.stderr].concat();
        Printed {
            text: String::from_utf8(text).unwrap(),
            success: output.status.success(),
        }
    }

    /// `pullquote source ...`, which succeeds. Returns what it prints.
    fn source(&self, arguments: &[&str]) -> String {
        let printed = self.run(&[&["source"], arguments].concat());
        assert!(printed.success, "{}", printed.text);
        printed.text
    }

    /// `pullquote source ...`, which fails. Returns what it prints.
    fn refused(&self, arguments: &[&str]) -> String {
        let printed = self.run(&[&["source"], arguments].concat());
        assert!(!printed.success, "{}", printed.text);
        printed.text
    }

    fn ask(&self, question: &str) -> String {
        self.run(&["ask", question]).text
    }

    /// The paths of the copies of a source, in order.
    fn copies(&self, name: &str) -> Vec<String> {
        fn walk(folder: &Path, root: &Path, found: &mut Vec<String>) {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                if path.is_dir() {
                    walk(&path, root, found);
                } else if !name.starts_with('.') {
                    found.push(name);
                }
            }
        }
        let mut found = Vec::new();
        let root = self.path("data/sources").join(name);
        walk(&root, &root, &mut found);
        found.sort();
        found
    }
}

/// Checks that a text contains all parts.
#[track_caller]
fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no {part:?} in:\n{text}");
    }
}

/// A site with a sitemap of some pages about ferries, each of a colour.
fn ferries(colours: &[&str]) -> Site {
    let site = Site::start();
    for colour in colours {
        let page = ferry(colour, "seven").etag(&format!("{colour} 1"));
        site.has(&format!("/{colour}"), page);
    }
    let paths: Vec<String> = colours.iter().map(|colour| format!("/{colour}")).collect();
    site.lists(paths.iter().map(|path| (path.as_str(), "2026-01-01")));
    site
}

fn ferry(colour: &str, time: &str) -> Page {
    let text = format!(
        "<h2>When it leaves</h2>\n<p>The {colour} ferry leaves the old harbour at {time}.</p>"
    );
    Page::html(&format!("The {colour} ferry"), &text)
}
