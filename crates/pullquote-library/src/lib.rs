//! The knowledge folder on disk: loads its articles, watches it, and reloads it.
//!
//! - [`load`] reads the folder once, with a report on every file. [`Folders`] adds the copies of what comes from sources.
//! - [`EngineHandle`] holds the engine that answers questions, and replaces it when the folder changes.
//! - [`watch`] reloads the handle when a file changes; its own methods change files ([`EngineHandle::write_file`]).
//! - [`ServerEngines`] keeps engines of servers that have articles of their own; [`unpack`] and [`read_upload`] read what
//!   their members upload.
//!
//! Files are processed in the order of their paths, so the result does not depend on the file system. A file that
//! cannot be used never stops the others.
//!
//! ```
//! use pullquote_library::{Limits, load};
//!
//! let folder = tempfile::tempdir()?;
//! std::fs::write(folder.path().join("ferry.md"), "# Ferry\n\nThe ferry leaves at seven.\n")?;
//! let library = load(folder.path(), &Limits::default())?;
//! assert_eq!(library.articles[0].meta.title, "Ferry");
//! assert_eq!(library.reports[0].problems, []);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod edit;
mod engine_handle;
mod error;
mod file_reader;
mod fingerprint;
mod folders;
mod ignore_rules;
mod knowledge_folder;
mod library;
mod limits;
mod load;
mod loaded_file;
mod passed_over;
mod previous_load;
mod progress;
mod read_files;
mod report;
mod server_engines;
mod unpack;
mod unsupported_files;
mod upload;
mod walk;
mod watch;

pub use edit::{EditError, Version, version_of};
pub use engine_handle::{EngineHandle, LoadStatus};
pub use error::{LoadError, OpenError};
pub use file_reader::{FileReader, InProcess};
pub use folders::Folders;
pub use library::Library;
pub use limits::Limits;
pub use load::{load, load_with};
pub use passed_over::is_hidden;
pub use report::FileReport;
pub use server_engines::{Audience, KnownEmbeddings, ServerEngines, ToEmbed};
pub use unpack::{Archive, LeftOut, MAX_UNPACKED, PackedFile, Unpacked, is_archive, unpack};
pub use upload::{Upload, read_upload};
pub use watch::{Watch, log_reload, watch};
