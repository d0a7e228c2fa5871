//! The built program as a child process: settings, log lines, signals and exit status.

use super::discord::endpoint::Key;
use super::discord::{PATIENCE, StandIn, TOKEN};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Text that no run may log: a payload that it cannot read, and a panic.
const FORBIDDEN: [&str; 2] = ["unreadable payload", "panicked at"];

/// A running bot. Dropping it kills it, and fails the test if its log contains forbidden text.
#[derive(Debug)]
pub struct Bot {
    child: Child,
    lines: Arc<Lines>,
    readers: Vec<thread::JoinHandle<()>>,
    /// What it keeps, unless `DATA_DIR` is set.
    data: Option<TempDir>,
}

/// Output lines of both streams.
#[derive(Debug, Default)]
struct Lines {
    written: Mutex<Vec<String>>,
    more: Condvar,
}

impl Bot {
    /// Starts `pullquote run` against the stand-in, with the articles of the repository. `change` adds arguments, settings
    /// or another knowledge folder (`KNOWLEDGE_DIR`).
    pub fn run(discord: &StandIn, change: impl FnOnce(&mut Command)) -> Self {
        Self::start("run", discord, change)
    }

    /// Starts `pullquote serve`, and returns the address where it takes interactions.
    pub fn serve(discord: &StandIn, change: impl FnOnce(&mut Command)) -> (Self, String) {
        let bot = Self::start("serve", discord, |command| {
            command.env("INTERACTIONS_ADDRESS", "127.0.0.1:0");
            command.env("DISCORD_PUBLIC_KEY", Key::default().public());
            change(command);
        });
        let line = bot.wait_line("interactions on http://");
        let url = line.rsplit("http://").next().expect("an address");
        let address = url.trim_end_matches("/interactions").to_owned();
        (bot, address)
    }

    /// Starts the program in a mode.
    pub fn start(mode: &str, discord: &StandIn, change: impl FnOnce(&mut Command)) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_pullquote"));
        Self::start_program(program, mode, discord, change)
    }

    /// Starts another version of the program in a mode.
    pub fn start_program(
        program: &Path,
        mode: &str,
        discord: &StandIn,
        change: impl FnOnce(&mut Command),
    ) -> Self {
        let mut command = Command::new(program);
        command.args([mode, "--api-base", &discord.api_base()]);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("DISCORD_TOKEN", TOKEN);
        command.env(
            "KNOWLEDGE_DIR",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"),
        );
        // Unreadable payloads are logged at debug only.
        command.env("RUST_LOG", "info,pullquote::bot::gateway=debug");
        // Tests share their data folder unless they have one of their own: nothing is counted there.
        command.env("KEEP_QUESTIONS_DAYS", "0");
        // What is answered must not depend on how far the articles are embedded.
        command.env("MODEL", "off");
        // A folder without the developer's `.env`.
        command.current_dir(std::env::temp_dir());
        let data = tempfile::tempdir().expect("a folder");
        command.env("DATA_DIR", data.path());
        change(&mut command);
        let mut bot = Self::spawn(command);
        bot.data = Some(data);
        bot
    }

    /// Starts any program instead of the bot.
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
            data: None,
        }
    }

    /// All output lines so far.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().clone()
    }

    /// Waits for a line that contains `part`, which may have been written before the call.
    ///
    /// # Panics
    /// If there is none before the deadline.
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
                "no line contains {part:?}:\n{}",
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

    /// Waits for a line that contains `part`, or until the program exits. Whether there is such a line.
    ///
    /// # Panics
    /// If neither happens, even if the program has much to read.
    pub fn wait_line_or_exit(&mut self, part: &str) -> bool {
        let end = Instant::now() + 10 * PATIENCE;
        loop {
            let ended = self
                .child
                .try_wait()
                .expect("the program's state")
                .is_some();
            if self.lines().iter().any(|line| line.contains(part)) {
                return true;
            }
            if ended {
                return false;
            }
            assert!(Instant::now() < end, "it neither logs {part:?} nor exits");
            // The standard library cannot wait for a child with a deadline.
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, by name: `TERM`, `INT`.
    ///
    /// # Panics
    /// If it cannot be sent.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args(["-s", name, &self.child.id().to_string()])
            .status();
        assert!(
            sent.expect("`kill` runs").success(),
            "SIG{name} was not sent"
        );
    }

    /// Waits until the program exits.
    ///
    /// # Panics
    /// If it is still running after the deadline.
    pub fn wait_exit(&mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the program's state") {
                // Read the last lines before returning.
                for reader in self.readers.drain(..) {
                    reader.join().expect("its output is read");
                }
                return status;
            }
            assert!(
                Instant::now() < end,
                "it is still running:\n{}",
                self.lines().join("\n")
            );
            // The standard library cannot wait for a child with a deadline.
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Lines {
    /// Reads a stream to its end, on a new thread.
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
        // Errors are fine: it may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
        let lines = self.lines();
        if thread::panicking() {
            // Show the log beside the message of the failed test.
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
