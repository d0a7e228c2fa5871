//! How the bytes of a file become a document: here or, so that no file can do harm, in another process.

use pullquote_core::article::ParsedDocument;
use std::fmt::Debug;

/// Reads files that the library has opened.
///
/// ```
/// use pullquote_core::article::ParsedDocument;
/// use pullquote_library::{FileReader, InProcess, Limits, load_with};
///
/// /// Refuses everything but Markdown.
/// #[derive(Debug)]
/// struct MarkdownOnly;
///
/// impl FileReader for MarkdownOnly {
///     fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
///         if path.ends_with(".md") {
///             InProcess.read(path, bytes)
///         } else {
///             Ok(ParsedDocument::failed("only Markdown is allowed here"))
///         }
///     }
/// }
///
/// let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("ferry.md"), "The ferry leaves at seven.")?;
/// std::fs::write(folder.path().join("bus.txt"), "The bus leaves at noon.")?;
/// let library = load_with(folder.path(), &Limits::default(), &MarkdownOnly)?;
/// assert_eq!(library.articles.len(), 1);
/// assert!(library.has_errors());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait FileReader: Debug + Send + Sync {
    /// Reads a file. `path` is relative to the knowledge folder.
    ///
    /// # Errors
    ///
    /// If reading could not begin, for a reason that has nothing to do with the file: a message for the operator. The
    /// file is tried again on the next load. A file that is refused is a document with an error.
    fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String>;
}

/// Reads files in this process: for files that can be trusted, and for tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct InProcess;

impl FileReader for InProcess {
    fn read(&self, path: &str, bytes: &[u8]) -> Result<ParsedDocument, String> {
        Ok(pullquote_readers::read(path, bytes))
    }
}
