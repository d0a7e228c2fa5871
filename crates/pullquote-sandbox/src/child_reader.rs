//! The parent's side: starts a child for a file and waits for the result.

use crate::child;
use crate::failure::Failure;
use crate::limits::{ChildLimits, MESSAGES, OUTPUT};
use pullquote_core::article::ParsedDocument;
use pullquote_library::FileReader;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The first argument of a child. The others are for [`serve`](crate::serve).
pub const COMMAND: &str = "read-file";

/// Reads files that are cheap to read at once, and all others in a child process each, one after the other.
///
/// ```no_run
/// use pullquote_library::{EngineHandle, Limits};
/// use pullquote_sandbox::{COMMAND, ChildReader, serve};
/// use std::path::Path;
/// use std::process::ExitCode;
/// use std::sync::Arc;
///
/// fn main() -> ExitCode {
///     let arguments: Vec<String> = std::env::args().skip(1).collect();
///     if let Some((COMMAND, rest)) = arguments.split_first().map(|(first, rest)| (first.as_str(), rest)) {
///         return serve(rest);
///     }
///     let reader = Arc::new(ChildReader::new());
///     let opened = EngineHandle::open_with(Path::new("knowledge"), Limits::default(), reader);
///     if opened.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
/// }
/// ```
#[derive(Debug)]
pub struct ChildReader {
    program: PathBuf,
    limits: ChildLimits,
    /// Held while a child runs: two at once could need twice the memory.
    turn: Mutex<()>,
}

impl ChildReader {
    /// A reader that starts the program that is running, which must call [`serve`](crate::serve) when it is started as
    /// [`COMMAND`].
    pub fn new() -> Self {
        let program = if cfg!(target_os = "linux") {
            // Names the program even if its file has been replaced by a newer version.
            PathBuf::from("/proc/self/exe")
        } else {
            // Without a path, starting the child fails with a message.
            std::env::current_exe().unwrap_or_default()
        };
        Self::of(program, ChildLimits::default())
    }

    /// A reader that starts another program, with other limits.
    pub fn of(program: PathBuf, limits: ChildLimits) -> Self {
        Self {
            program,
            limits,
            turn: Mutex::new(()),
        }
    }

    fn start(&self, path: &str) -> io::Result<Child> {
        let mut command = Command::new(&self.program);
        let ChildLimits {
            cpu_seconds,
            memory,
            ..
        } = self.limits;
        let numbers = [cpu_seconds, memory].map(|limit| limit.to_string());
        command.arg(COMMAND).args(numbers).arg(path).env_clear();
        // Windows programs do not start without it.
        if let Some(root) = std::env::var_os("SystemRoot").filter(|_| cfg!(windows)) {
            command.env("SystemRoot", root);
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }
}

impl Default for ChildReader {
    fn default() -> Self {
        Self::new()
    }
}

impl FileReader for ChildReader {
    fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
        if let Some(document) = pullquote_readers::read_if_cheap(path, bytes) {
            return Ok(document);
        }
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let unavailable = |error: io::Error| {
            format!("the process that reads such files cannot be started: {error}")
        };
        let child = self.start(path).map_err(unavailable)?;
        exchange(child, bytes, &self.limits).map_err(unavailable)?
    }
}

/// Passes the file to the child and takes its result. The child has ended afterwards.
fn exchange(mut child: Child, bytes: &[u8], limits: &ChildLimits) -> io::Result<child::Result> {
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(stdout), Some(stderr)) = pipes else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let child = Mutex::new(child);
    let kill = || {
        let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended already.
        let _ = child.kill();
    };
    let timed_out = AtomicBool::new(false);
    let (finished, waiting) = channel::<()>();
    let watchdog = || {
        let waiting = waiting;
        if waiting.recv_timeout(limits.deadline) == Err(RecvTimeoutError::Timeout) {
            timed_out.store(true, Ordering::Relaxed);
            kill();
        }
    };
    let received = thread::scope(|scope| {
        let transfer = || {
            thread::Builder::new().spawn_scoped(scope, watchdog)?;
            // Fails if the child ends early, which its status explains.
            let write = move || drop(stdin.write_all(bytes));
            thread::Builder::new().spawn_scoped(scope, write)?;
            let read_messages = move || read_up_to(stderr, MESSAGES);
            let messages = thread::Builder::new().spawn_scoped(scope, read_messages)?;
            let output = read_up_to(stdout, OUTPUT + 1);
            io::Result::Ok((output, messages))
        };
        let transferred = transfer();
        // A child that has closed its output has nothing more to say.
        kill();
        drop(finished);
        transferred.map(|(output, messages)| (output, messages.join().unwrap_or_default()))
    });
    let status = child
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .wait()?;
    let (output, messages) = received?;
    let overflowed = output.len() as u64 > OUTPUT;
    if !overflowed && let Ok(result) = serde_json::from_slice::<child::Result>(&output) {
        return Ok(result);
    }
    let failure = Failure {
        limits,
        timed_out: timed_out.into_inner(),
        overflowed,
        status,
        messages: &String::from_utf8_lossy(&messages),
    };
    Ok(Ok(ParsedDocument::failed(failure.message())))
}

/// The start of a stream. What was read before an error counts.
fn read_up_to(stream: impl Read, limit: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = stream.take(limit).read_to_end(&mut bytes);
    bytes
}
