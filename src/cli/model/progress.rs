//! A line on the terminal that says how far a download is.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How often the line is printed.
const INTERVAL: Duration = Duration::from_millis(200);

/// The line. It disappears when the value is dropped.
pub(super) struct Progress<'a> {
    name: &'a str,
    bytes: u64,
    printed: Option<Instant>,
    is_terminal: bool,
}

impl<'a> Progress<'a> {
    /// For a download called `name` of so many bytes.
    pub(super) fn new(name: &'a str, bytes: u64) -> Self {
        Self {
            name,
            bytes,
            printed: None,
            is_terminal: io::stderr().is_terminal(),
        }
    }

    pub(super) fn print(&mut self, done: u64) {
        let is_recent = |time: Instant| time.elapsed() < INTERVAL;
        if !self.is_terminal || self.printed.is_some_and(is_recent) {
            return;
        }
        let [done, all] = [done, self.bytes].map(|bytes| bytes as f64 / 1e6);
        anstream::eprint!("\r{}: {done:.1} of {all:.1} MB", self.name);
        let _ = io::stderr().flush();
        self.printed = Some(Instant::now());
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if self.printed.is_some() {
            anstream::eprint!("\r{:60}\r", "");
        }
    }
}
