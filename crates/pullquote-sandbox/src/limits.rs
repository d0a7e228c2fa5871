//! What reading one file may cost.

use std::time::Duration;

/// What reading one file may cost. A file that needs more is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildLimits {
    /// Processor time, in seconds.
    pub cpu_seconds: u64,
    /// Memory, in bytes.
    pub memory: u64,
    /// Time until the child is killed. Longer than its processor time, because the machine may be busy.
    pub deadline: Duration,
}

impl Default for ChildLimits {
    /// 6 s of processor time, ten times as much for unoptimised code, 300 MB, and half a minute. One child runs at a
    /// time, so that the bot and it fit into the 512 MB of the files in `deploy`.
    fn default() -> Self {
        let cpu_seconds = if cfg!(debug_assertions) { 60 } else { 6 };
        Self {
            cpu_seconds,
            memory: 300 << 20,
            deadline: Duration::from_secs(5 * cpu_seconds),
        }
    }
}

/// Address space of the child beside its memory, in bytes: the program itself and reserved ranges.
#[cfg(unix)]
pub(crate) const RESERVED: u64 = 700 << 20;
/// Size of the result, in bytes: enough for a text file of 20 MB.
pub(crate) const OUTPUT: u64 = 40 << 20;
/// Error output that is examined, in bytes.
pub(crate) const MESSAGES: u64 = 4 << 10;
