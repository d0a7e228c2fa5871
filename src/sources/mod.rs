//! Sources: looks at addresses and exports that articles come from, and keeps copies of their pages.
//!
//! - `sync.rs`: one look at a source, and what it changes
//! - `site.rs`: the pages of a site; `archive.rs`: those in an archive; `look.rs`: what a look has found;
//!   `recorded.rs`: what is known after it
//! - `ask.rs`: requests that are tried again; `robots.rs`: which pages a site wants to be read
//! - `copies.rs`: the copies of a source on disk; `place.rs`: recognizes what is at an address
//!
//! What a source says and what has changed is decided in `crates/pullquote-sources`.

mod archive;
mod ask;
mod copies;
mod look;
mod place;
mod recorded;
mod robots;
mod site;
mod sync;

pub use copies::record;
pub use place::{NotRecognized, recognize};
pub use sync::{Busy, Changes, SyncError, Syncing, now};

/// Pages that a source of the operator may have.
const MAX_PAGES: usize = 5_000;
/// Bytes of a page.
const PAGE_BYTES: u64 = 20 << 20;
/// Bytes of all pages of a source.
const SOURCE_BYTES: u64 = 200 << 20;
