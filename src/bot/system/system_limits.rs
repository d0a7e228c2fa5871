//! What the system must allow the bot to use. It is checked at the start, because too little of it would end the bot, or
//! make it deaf, at any later moment.

#[cfg(target_os = "linux")]
use crate::bot::system::memory_limit;
use std::io;
use std::thread;

/// Threads that the system must allow to be started. Several libraries end the program where it does not.
const THREADS: usize = 8;
/// Memory of a bot with one article under load, in bytes: 7 MB beside the program's file, which takes up to 25 MB.
#[cfg(target_os = "linux")]
const GROUP_MEMORY: u64 = 32 << 20;

/// What the system does not allow.
#[derive(Debug, thiserror::Error)]
pub enum LimitError {
    /// Memory.
    #[error(
        "the limit on virtual memory is {} MB, but the bot needs {} MB or more: raise it (`ulimit -v`)",
        allowed >> 20,
        needed >> 20
    )]
    Memory {
        /// Bytes of address space that the system allows.
        allowed: u64,
        /// Bytes that the bot needs.
        needed: u64,
    },
    /// Memory of the control group.
    #[error(
        "the bot may use {} MB of memory, but it needs {} MB or more: raise the limit (MemoryMax, mem_limit, \
         resources.limits.memory)",
        allowed >> 20,
        needed >> 20
    )]
    GroupMemory {
        /// Bytes that the system allows.
        allowed: u64,
        /// Bytes that the bot needs.
        needed: u64,
    },
    /// Open files.
    #[error(
        "the limit on open files is {allowed}, but the bot needs {needed} or more: raise it (`ulimit -n`)"
    )]
    Files {
        /// How many the system allows.
        allowed: u64,
        /// How many the bot needs.
        needed: u64,
    },
    /// Threads.
    #[error(
        "the system does not let the bot start {THREADS} threads: raise the limit on processes (`ulimit -u`, TasksMax, pids_limit)"
    )]
    Threads(#[source] io::Error),
}

/// Checks the limits on memory, open files and threads.
///
/// # Errors
///
/// With the first that is too low.
pub fn check() -> Result<(), LimitError> {
    #[cfg(target_os = "linux")]
    if let Some(allowed) = memory_limit::limit().filter(|allowed| *allowed < GROUP_MEMORY) {
        let needed = GROUP_MEMORY;
        return Err(LimitError::GroupMemory { allowed, needed });
    }
    #[cfg(unix)]
    unix::check()?;
    thread::scope(|scope| {
        let start = |_| thread::Builder::new().spawn_scoped(scope, thread::yield_now);
        let started: io::Result<Vec<_>> = (0..THREADS).map(start).collect();
        started.map(drop).map_err(LimitError::Threads)
    })
}

#[cfg(unix)]
mod unix {
    use super::LimitError;
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// Address space. glibc reserves 64 MB of it for each thread: 610 MB were seen under load, of which 51 MB were in use.
    const MEMORY: u64 = 768 << 20;
    /// Files and connections: those to Discord, the health pages and a dozen files of the program's own.
    const FILES: u64 = 64;
    /// Open files that the bot asks for, where it may.
    const MANY_FILES: u64 = 1_024;

    pub(crate) fn check() -> Result<(), LimitError> {
        let memory = getrlimit(Resource::As).current;
        if let Some(allowed) = memory.filter(|allowed| *allowed < MEMORY) {
            let needed = MEMORY;
            return Err(LimitError::Memory { allowed, needed });
        }
        let files = getrlimit(Resource::Nofile);
        let maximum = files.maximum.unwrap_or(MANY_FILES);
        let Some(now) = files.current.filter(|now| *now < MANY_FILES) else {
            return Ok(());
        };
        let more = Rlimit {
            current: Some(maximum.min(MANY_FILES)),
            ..files
        };
        let allowed = setrlimit(Resource::Nofile, more).map_or(now, |()| maximum.min(MANY_FILES));
        if allowed < FILES {
            let needed = FILES;
            return Err(LimitError::Files { allowed, needed });
        }
        Ok(())
    }
}
