//! The child's side: limits itself, reads a file from standard input, and writes the result to standard output.

use pullquote_core::article::ParsedDocument;
use pullquote_library::Limits;
use std::io::{self, BufWriter, Read, Write};
use std::process::ExitCode;

/// What the child writes as JSON: the document, or why it did not begin to read the file.
pub(crate) type Result = std::result::Result<ParsedDocument, String>;

/// Runs the child: reads a file from standard input and writes the result to standard output. `arguments` are those
/// that [`ChildReader`](crate::ChildReader) passes after [`COMMAND`](crate::COMMAND): processor time in seconds, memory
/// in bytes, and the path of the file. Of the path, only the name counts; the file itself is not opened.
pub fn serve(arguments: &[String]) -> ExitCode {
    let [cpu_seconds, memory, path] = arguments else {
        return ExitCode::FAILURE;
    };
    let (Ok(cpu_seconds), Ok(memory)) = (cpu_seconds.parse(), memory.parse()) else {
        return ExitCode::FAILURE;
    };
    let result = confine(cpu_seconds, memory).map(|()| {
        let mut bytes = Vec::new();
        match io::stdin().lock().read_to_end(&mut bytes) {
            // The parent applies this limit as well. Here, it keeps the result small.
            Ok(_) => Limits::default().bounded(pullquote_readers::read(path, &bytes)),
            Err(error) => ParsedDocument::failed(format!("cannot be read: {error}")),
        }
    });
    match write(&result) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn write(result: &Result) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer(&mut out, result)?;
    out.flush()
}

/// Limits this process. The error is a message for the operator.
#[cfg(unix)]
fn confine(cpu_seconds: u64, memory: u64) -> std::result::Result<(), String> {
    limit(cpu_seconds, memory).map_err(|error| {
        format!("the system does not let the program limit its own memory and time: {error}")
    })?;
    #[cfg(target_os = "linux")]
    crate::confinement::confine();
    forbid_opening().map_err(|error| format!("the number of open files cannot be limited: {error}"))
}

#[cfg(not(unix))]
fn confine(_: u64, _: u64) -> std::result::Result<(), String> {
    Ok(())
}

#[cfg(unix)]
fn limit(cpu_seconds: u64, memory: u64) -> io::Result<()> {
    use crate::limits::RESERVED;
    use rustix::process::Resource;
    set(Resource::Core, 0, 0)?;
    set(Resource::Fsize, 0, 0)?;
    // The signal at the first limit tells the parent why the child ended; the second limit cannot be handled.
    set(Resource::Cpu, cpu_seconds, cpu_seconds + 1)?;
    // macOS knows these two and refuses them.
    let space = memory.saturating_add(RESERVED);
    let limited =
        set(Resource::Data, memory, memory).and_then(|()| set(Resource::As, space, space));
    if cfg!(target_os = "linux") {
        limited?;
    }
    Ok(())
}

/// Lets this process open no further file. Last, because the other measures need one for a moment.
#[cfg(unix)]
fn forbid_opening() -> io::Result<()> {
    set(rustix::process::Resource::Nofile, 0, 0)
}

#[cfg(unix)]
fn set(resource: rustix::process::Resource, soft: u64, hard: u64) -> io::Result<()> {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    // A limit that the operator set lower stays.
    let allowed = getrlimit(resource).maximum.unwrap_or(u64::MAX);
    let limit = Rlimit {
        current: Some(soft.min(allowed)),
        maximum: Some(hard.min(allowed)),
    };
    Ok(setrlimit(resource, limit)?)
}
