//! Sources: addresses and exports that articles come from, and what has changed there since the last look. No I/O: the
//! program fetches, and this crate says what to fetch and what it means.
//!
//! - [`Source`]: where articles come from; [`settings`] reads and changes `sources.toml`
//! - [`Sitemap`], [`Feed`], [`Repository`]: what lists pages; [`export`]: the pages in an archive;
//!   [`WikiExport`]: those in an export of `MediaWiki`
//! - [`Robots`]: what a site does not want to be read by programs
//! - [`Record`]: what is known of a source after a look at it, and when the next one is due
//! - [`file_path`]: where the copy of a page is kept

pub mod export;
mod feed;
mod packed;
mod paths;
mod record;
mod repository;
mod robots;
pub mod settings;
mod sitemap;
mod source;
mod version;
mod wiki;

pub use feed::{Feed, FeedEntry};
pub use paths::{file_path, free_path};
pub use record::{Copied, Record, State, Validators};
pub use repository::{Forge, Repository};
pub use robots::Robots;
pub use settings::SETTINGS_FILE;
pub use sitemap::{Sitemap, SitemapPage};
pub use source::{Kind, Source, Style};
pub use version::Version;
pub use wiki::WikiExport;
