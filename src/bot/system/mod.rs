//! The bot as a process.
//!
//! - `runtime.rs`: threads and signals; `systemd.rs`: notifications
//! - `system_limits.rs`: what the system must allow; `memory_limit.rs`: the memory that it allows
//! - `updates.rs`: newer versions

pub(super) mod memory_limit;
pub(super) mod runtime;
pub(super) mod system_limits;
pub(super) mod systemd;
pub(super) mod updates;
