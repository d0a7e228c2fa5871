//! The built program as a child process: its settings, log lines, signals and exit.

use super::discord::{PATIENCE, StandIn, TOKEN};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What no run of the bot may write: that it could not read what Discord said, and a panic.
const FORBIDDEN: [&str; 2] = ["unreadable payload", "panicked at"];

/// A running bot. It is killed when it is dropped, and the test fails when its log has a forbidden line.
#[derive(Debug)]
pub struct Bot {
    child: Child,
    lines: Arc<Lines>,
    readers: Vec<thread::JoinHandle<()>>,
}

/// What it has written, on both streams.
#[derive(Debug, Default)]
struct Lines {
    written: Mutex<Vec<String>>,
    more: Condvar,
}

impl Bot {
    /// `pullquote run` against the stand-in, with the articles of the repository and the log at debug; `change`
    /// adds arguments, settings or another knowledge folder (`KNOWLEDGE_DIR`).
    pub fn run(discord: &StandIn, change: impl FnOnce(&mut Command)) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.args(["run", "--api-base", &discord.api_base()]);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("DISCORD_TOKEN", TOKEN);
        command.env(
            "KNOWLEDGE_DIR",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"),
        );
        // What it could not read is told at debug only.
        command.env("RUST_LOG", "info,pullquote::bot::line=debug");
        // Away from any `.env` of whoever runs the tests.
        command.current_dir(std::env::temp_dir());
        change(&mut command);
        Self::spawn(command)
    }

    /// Any program in the bot's place.
    pub fn spawn(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let lines = Arc::new(Lines::default());
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let readers = vec![
            lines.read(out.expect("its output")),
            lines.read(err.expect("its errors")),
        ];
        Self {
            child,
            lines,
            readers,
        }
    }

    /// Everything that it has written so far.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().clone()
    }

    /// Waits for a line with this part; also one from before.
    ///
    /// # Panics
    /// When it does not come.
    pub fn wait_line(&self, part: &str) -> String {
        let end = Instant::now() + PATIENCE;
        let mut written = self.lines.lock();
        loop {
            if let Some(line) = written.iter().find(|line| line.contains(part)) {
                return line.clone();
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "no line says {part:?}:\n{}",
                written.join("\n")
            );
            written = self
                .lines
                .more
                .wait_timeout(written, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Sends a signal by its name: `TERM`, `INT`.
    ///
    /// # Panics
    /// When it cannot be sent.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status();
        assert!(
            sent.expect("`kill` runs").success(),
            "SIG{name} was not sent"
        );
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// When it runs on.
    pub fn wait_exit(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program's state") {
                // What it wrote last is read before anyone looks.
                for reader in self.readers.drain(..) {
                    reader.join().expect("its output is read");
                }
                return status;
            }
            assert!(
                Instant::now() < end,
                "it runs on:\n{}",
                self.lines().join("\n")
            );
            // There is no waiting for a child with a deadline but asking again.
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Lines {
    /// Reads a stream to its end, on a thread of its own.
    fn read(self: &Arc<Self>, stream: impl Read + Send + 'static) -> thread::JoinHandle<()> {
        let lines = Arc::clone(self);
        thread::spawn(move || {
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                lines.lock().push(line);
                lines.more.notify_all();
            }
        })
    }

    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It may have ended by itself; either is fine.
        let _ = self.child.kill();
        let _ = self.child.wait();
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
        let lines = self.lines();
        if thread::panicking() {
            // The test's own message says what failed; this says what the bot thought.
            println!("the bot wrote:\n{}", lines.join("\n"));
            return;
        }
        let bad = lines
            .iter()
            .find(|line| FORBIDDEN.iter().any(|part| line.contains(part)));
        assert!(
            bad.is_none(),
            "the bot's log: {}",
            bad.map_or("", String::as_str)
        );
    }
}
