//! The store in both kinds of database. What starts other processes has test binaries of its own: while a process is started, it holds
//! the files of its parent, and with them the lock of another test's store.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test fails by a panic, and says if it was skipped"
)]

mod leases;
mod news;
mod pace;
mod pinned;
#[path = "../places/mod.rs"]
mod places;
mod pooler;
mod questions;
mod quotes;
mod sources;
mod store;
mod transfer;
