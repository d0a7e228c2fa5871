//! Reads files in a short-lived child process, so that no file can end or stall the program.
//!
//! Libraries that parse PDFs and web pages can be made to overflow the stack, loop, or take gigabytes; none of that can
//! be caught within a process. [`ChildReader`] therefore starts the same program again as `pullquote read-file` for
//! each file that is not cheap to read, passes the bytes through a pipe, and gets the [`ParsedDocument`] back.
//! [`serve`] is the other end of the pipe: it limits itself before it looks at a byte.
//!
//! | | Linux | macOS | Windows |
//! |---|---|---|---|
//! | a crash costs one file; deadline; size of the result; empty environment | yes | yes | yes |
//! | processor time, open files, no written files, no core dumps | yes | yes | no |
//! | memory | yes | no | no |
//! | no files, network or other processes (Landlock, seccomp) | where the kernel has them | no | no |
//!
//! [`ParsedDocument`]: pullquote_core::article::ParsedDocument

mod child;
mod child_reader;
#[cfg(target_os = "linux")]
mod confinement;
mod failure;
mod limits;

pub use child::serve;
pub use child_reader::{COMMAND, ChildReader};
pub use limits::ChildLimits;
