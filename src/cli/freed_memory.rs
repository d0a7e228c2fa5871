//! Memory that is freed goes back to the system.
//!
//! From which size on it asks the system for a block of its own, glibc raises to the size of the largest block that was
//! freed, and then it keeps up to twice as much in the arena of each thread (`M_MMAP_THRESHOLD` in mallopt(3)). In an hour in
//! which 60 large files came and went, the bot grew from 33 to 161 MB. A size that is set stays as it is.

/// Starts the program again with that size set, unless it is set. The process stays the same.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(super) fn give_back() {
    use std::env;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    const NAME: &str = "MALLOC_MMAP_THRESHOLD_";
    /// What glibc begins with.
    const BYTES: &str = "131072";

    let Ok(program) = env::current_exe() else {
        return;
    };
    if env::var_os(NAME).is_some() {
        return;
    }
    let mut arguments = env::args_os();
    let mut again = Command::new(program);
    if let Some(name) = arguments.next() {
        again.arg0(name);
    }
    // It returns only if it fails. Then the bot needs more memory.
    let _ = again.args(arguments).env(NAME, BYTES).exec();
}

/// Other allocators do it by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_back() {}
