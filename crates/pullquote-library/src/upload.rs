//! A file that a member uploads: read like one of the knowledge folder.

use crate::file_reader::FileReader;
use crate::limits::Limits;
use crate::report::FileReport;
use pullquote_core::article::{Article, ParsedDocument};

/// A file that was uploaded and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// What a reader made of it: `Article::new` makes the article again.
    pub document: ParsedDocument,
    /// Its article; `None` if it cannot be used.
    pub article: Option<Article>,
    /// What there is to say about it.
    pub report: FileReport,
}

/// Reads a file that is not in a folder.
///
/// ```
/// use pullquote_library::{InProcess, Limits, read_upload};
///
/// let text = b"# Ferry\n\nThe ferry leaves at seven.\n";
/// let upload = read_upload("ferry.md", text, &InProcess, &Limits::default())?;
/// assert_eq!(upload.article.unwrap().meta.title, "Ferry");
/// assert_eq!(upload.report.paragraphs, 1);
///
/// let empty = read_upload("empty.md", b"", &InProcess, &Limits::default())?;
/// assert!(empty.article.is_none() && empty.report.error().is_some());
/// # Ok::<(), String>(())
/// ```
///
/// # Errors
///
/// If reading could not begin, for a reason that has nothing to do with the file.
pub fn read_upload(
    path: &str,
    bytes: &[u8],
    reader: &dyn FileReader,
    limits: &Limits,
) -> Result<Upload, String> {
    let mut document = limits.bounded(reader.read(path, bytes)?);
    let mut report = FileReport::of(path, &mut document);
    let article = report.article_in(document.clone());
    Ok(Upload {
        document,
        article,
        report,
    })
}
