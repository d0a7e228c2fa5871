//! Questions that the articles could not answer: each is a wish for an article. Pure code: no I/O, no clock.
//!
//! ```text
//! Event ──▶ Ledger: is it a wish? scrub, key, count ──▶ Batch ──▶ store
//! store ──▶ Recorded ──▶ wishes(): groups of like questions ──▶ cards, Markdown, CSV
//! ```
//!
//! - `scrub.rs`: takes out what could identify somebody
//! - `question.rs`: what a question is about, and its key
//! - `ledger.rs`: counts without members, until the store takes them
//! - `groups.rs`: puts questions together that ask for the same thing
//! - `days.rs`: how many were asked on each of the last days
//! - `wishes.rs`: the groups as a list, and as text for other programs

mod days;
mod groups;
mod ledger;
mod question;
mod scrub;
mod wishes;

pub use days::{CHART_DAYS, Day, first_day, last_days};
pub use groups::{Joining, groups};
pub use ledger::{Asked, Batch, Event, EventKind, Ledger, Unanswered, day};
pub use question::{Key, Term, is_wish, key, terms};
pub use scrub::{MAX_WORDING, scrub};
pub use wishes::{Recorded, Wish, csv, date, markdown, wishes};
