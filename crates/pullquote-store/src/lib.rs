//! What the bot is told and must not forget: articles that servers add, and their settings.
//!
//! One `SQLite` file in the data folder, made by the first change, or a `PostgreSQL` database. Both run the same SQL text, and the
//! same tests.
//!
//! ```
//! use pullquote_store::{Location, NewArticle, Store};
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let folder = tempfile::tempdir()?;
//! let store = Store::new(Location::Folder(folder.path().to_owned()));
//! assert_eq!(store.articles(7).await?, (0, Vec::new()));
//! assert!(!folder.path().join("pullquote.db").exists(), "nothing is kept yet");
//!
//! let ferry = NewArticle {
//!     server: 7,
//!     path: "ferry.md",
//!     content: b"The ferry leaves at seven.",
//!     link: None,
//!     by: 42,
//!     at: 1_700_000_000_000,
//! };
//! let version = store.put(&ferry, None).await?;
//! let (of, articles) = store.articles(7).await?;
//! assert_eq!((of, articles[0].path.as_str()), (version, "ferry.md"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod articles;
mod backup;
mod database;
mod drafts;
mod error;
mod files;
mod inspect;
mod leases;
mod new_copy;
mod news;
mod once;
mod open_questions;
mod pace;
mod packed;
mod pinned;
mod questions;
mod quotes;
mod rows;
mod schema;
mod servers;
mod sources;
mod transfer;

pub use articles::{ListedArticle, NewArticle, StoredArticle, Usage};
pub use database::{Location, Store};
pub use drafts::{Draft, DraftSource, NewDraft};
pub use error::StoreError;
pub use files::DraftArticle;
pub use inspect::{Inspection, ServerInspection};
pub use leases::{Claimed, Lease, Noted, Roster, Turn};
pub use news::{Listener, News};
pub use open_questions::{AskedIn, OpenQuestions};
pub use pinned::PinnedAnswer;
pub use questions::{
    Counts, DayCount, MAX_QUESTIONS, NewQuestion, PassageVotes, QuestionState, StoredQuestion,
};
pub use quotes::{QuoteCount, Quotes, SharedQuotes};
pub use rows::{Row, Value};
pub use servers::{AFTER_LEAVING, UNDO};
pub use sources::{Finished, GatedBy, HeldSource, Holder, ListedSource, NewSource, Synced};
pub use transfer::{Export, Moved};
