//! Linux: takes from this process all access to files, the network and other programs, as far as the kernel can.
//!
//! Both measures are best effort. They are a second wall behind the limits, which are required: safe Rust code that
//! parses a file has no reason to open another one.

use landlock::{
    ABI, Access, AccessFs, AccessNet, RestrictionStatus, Ruleset, RulesetAttr, RulesetError, Scope,
};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};
use std::collections::BTreeMap;
use std::fs;

/// Confines this process. Afterwards it can use its open files, its memory, and nothing else.
pub(crate) fn confine() {
    // If the machine runs out of memory in spite of the limits, this process ends and not the bot.
    let _ = fs::write("/proc/self/oom_score_adj", "1000");
    let _ = deny_files_and_network();
    if let Some(filter) = system_calls() {
        let _ = seccompiler::apply_filter(&filter);
    }
}

/// Landlock, where the kernel has it: no file can be opened and no connection made.
fn deny_files_and_network() -> Result<RestrictionStatus, RulesetError> {
    let latest = ABI::V6;
    Ruleset::default()
        .handle_access(AccessFs::from_all(latest))?
        .handle_access(AccessNet::from_all(latest))?
        .scope(Scope::from_all(latest))?
        .create()?
        .restrict_self()
}

/// The system calls of a program that allocates memory, reads and writes open files, and ends.
const ALLOWED: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_brk,
    libc::SYS_futex,
    libc::SYS_getrandom,
    libc::SYS_clock_gettime,
    libc::SYS_sched_yield,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_tkill,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    // `setrlimit`, for the limit on open files.
    libc::SYS_prlimit64,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// A filter that refuses every other system call with EPERM; `None` on processors that the library does not know.
fn system_calls() -> Option<BpfProgram> {
    let rules: BTreeMap<i64, _> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    let refuse = SeccompAction::Errno(libc::EPERM.cast_unsigned());
    let processor = std::env::consts::ARCH.try_into().ok()?;
    let filter = SeccompFilter::new(rules, refuse, SeccompAction::Allow, processor).ok()?;
    filter.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use landlock::RulesetStatus;
    use std::io::ErrorKind::PermissionDenied;
    use std::net::TcpListener;
    use std::process::Command;
    use std::thread;

    /// Whether a new thread, which alone is confined by `measure`, may open a file, listen on a port and start a program.
    fn check(measure: fn(), expected: bool) {
        let confined = move || {
            measure();
            let is_denied = |error: &std::io::Error| error.kind() == PermissionDenied;
            let file = fs::File::open("/proc/self/status").err();
            let socket = TcpListener::bind("127.0.0.1:0").err();
            let started = Command::new("true").status().err();
            [file, socket, started].map(|error| !error.as_ref().is_some_and(is_denied))
        };
        let may = thread::spawn(confined).join().unwrap();
        assert_eq!(may, [expected; 3]);
    }

    #[test]
    fn a_confined_thread_can_open_nothing() {
        check(|| {}, true);
        let system_calls_only = || {
            seccompiler::apply_filter(&system_calls().unwrap()).unwrap();
        };
        check(system_calls_only, false);
        let status = thread::spawn(|| deny_files_and_network().unwrap().ruleset);
        // Older kernels have no Landlock, or one that ignores the network.
        if status.join().unwrap() == RulesetStatus::FullyEnforced {
            check(|| drop(deny_files_and_network()), false);
        }
    }
}
