//! Sources: looks at addresses and exports that articles come from, and keeps copies of their pages.
//!
//! - `sync.rs`: one look at a source, and what it changes; `error.rs`: why one fails
//! - `site.rs`: the pages of a site; `archive.rs`: those in an archive; `look.rs`: what a look has found;
//!   `recorded.rs`: what is known after it
//! - `ask.rs`: requests that are tried again; `robots.rs`: which pages a site wants to be read
//! - `copies.rs`: the copies of a source on disk; `place.rs`: recognizes what is at an address
//!
//! What a source says and what has changed is decided in `crates/pullquote-sources`.

mod archive;
mod ask;
mod copies;
mod error;
mod look;
mod place;
mod recorded;
mod robots;
mod site;
mod sync;

pub use copies::{Copies, StoredCopies, record};
pub use error::SyncError;
pub use look::{Bounds, Look, NOT_ASKED, NewPage, Renewed, Seen, too_large};
pub use place::{kind_of, recognize};
pub use sync::{Busy, Changes, Syncing, after, after_part, look, now};
