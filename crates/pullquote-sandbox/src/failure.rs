//! Why a child brought no result, as a message for the author of the file.

use crate::limits::{ChildLimits, OUTPUT};
use std::process::ExitStatus;

/// What can be done about a file that cannot be read within the limits.
const REMEDY: &str = "split it, or save its text as .txt";

/// What is known of a child that brought no result.
#[derive(Debug)]
pub(crate) struct Failure<'a> {
    pub(crate) limits: &'a ChildLimits,
    /// Whether it was killed at the deadline.
    pub(crate) timed_out: bool,
    /// Whether it wrote more than it may.
    pub(crate) overflowed: bool,
    pub(crate) status: ExitStatus,
    /// The start of what it wrote to standard error.
    pub(crate) messages: &'a str,
}

impl Failure<'_> {
    /// The message for the author.
    pub(crate) fn message(&self) -> String {
        let ChildLimits {
            cpu_seconds,
            memory,
            deadline,
        } = self.limits;
        let takes = |what: String| format!("reading it takes more than {what}: {REMEDY}");
        match () {
            () if self.overflowed => {
                format!("its text is larger than {} MB: split it", OUTPUT >> 20)
            }
            () if is_out_of_processor_time(self.status) => {
                takes(format!("{cpu_seconds} s of processor time"))
            }
            () if self.timed_out => takes(format!("{} s", deadline.as_secs())),
            () if self.messages.contains("memory allocation of") => {
                takes(format!("{} MB of memory", memory >> 20))
            }
            () if self.messages.contains("overflowed its stack") => {
                format!("its contents are nested without end: {REMEDY}")
            }
            () => "the file is malformed, and reading it fails: save its text as .txt".to_owned(),
        }
    }
}

/// Whether a child ended because its processor time was up.
#[cfg(unix)]
fn is_out_of_processor_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
fn is_out_of_processor_time(_: ExitStatus) -> bool {
    false
}
