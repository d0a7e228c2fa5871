//! The page for the person who hosts the bot: facts in, HTML out. Pure code: no I/O, no clock.
//!
//! ```text
//! shell: what is known ──▶ Facts, ArticleRow, Tried, ... ──▶ overview(), articles(), ... ──▶ HTML
//! shell: request ──▶ Guard ──▶ Verdict
//! ```
//!
//! Every text is escaped by the macros that write it. The pages need no script; one refreshes the editor's preview.
//!
//! - `guard/`: who may see the page, and which requests may change something
//! - `facts.rs`: what the page is about; the same facts are its JSON; `finding.rs`: what a check found
//! - `layout.rs`: what every page has; `style.css`
//! - `overview.rs`, `articles.rs`, `article.rs`, `editor.rs`, `attempt.rs`, `unanswered.rs`, `refused.rs`: the pages;
//!   `reading.rs`: how a file was read, as a part of them
//! - `chart.rs`: questions by day, as a part of the page; `chart_picture.rs`: as a PNG for Discord, with the digits of `digits.rs`
//! - `picture.rs`: a message as Discord draws it

mod article;
mod articles;
mod attempt;
mod chart;
mod chart_picture;
mod digits;
mod editor;
mod facts;
mod finding;
mod guard;
mod layout;
mod overview;
mod picture;
mod quotes;
mod reading;
mod refused;
mod unanswered;

pub use article::{Actions, article};
pub use articles::{ArticleRow, Column, Selection, View, articles};
pub use attempt::{Example, Tried, Why, attempt, try_address};
pub use chart::chart;
pub use chart_picture::chart_picture;
pub use editor::{Edited, Notice, SCRIPT, editor, not_changed, preview};
pub use facts::{Backup, Facts, Questions, Reload, Shard, Timing};
pub use finding::{Finding, FindingStatus};
pub use guard::{Guard, Hosts, Key, Lock, Refusal, Verdict, Visit};
pub use layout::STYLE;
pub use overview::overview;
pub use picture::{PICTURE_STYLE, exchange, form, message};
pub use quotes::{Quoted, Quotes};
pub use reading::{Reading, Repeated, reading};
pub use refused::refused;
pub use unanswered::{GROUPS, Group, Hidden, unanswered};
