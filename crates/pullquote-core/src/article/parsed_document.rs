//! The output of a reader: a file's blocks and metadata, before sentences are found. Serializable, because strangers'
//! files are read in another process.

use super::{Mark, ParagraphKind};
use serde::{Deserialize, Serialize};

/// A parsed file.
///
/// What a reader of tables might return, and what its author is told:
///
/// ```
/// use pullquote_core::article::{
///     Article, Block, BlockKind, Dropped, LineRange, Metadata, Numbering, ParagraphKind, ParsedDocument,
///     Problem, Severity,
/// };
///
/// let row = |number| LineRange { first: number, last: number };
/// let kind = BlockKind::Paragraph(ParagraphKind::Body);
/// let mut meta = Metadata { title: "Fares".to_owned(), ..Metadata::default() };
/// // What is no address is a publisher.
/// meta.set_source("https://island.example/fares".to_owned());
/// meta.set_source("The ferry company".to_owned());
/// // What the author declares wins.
/// meta.override_with(Metadata { title: "Fares of the ferry".to_owned(), ..Metadata::default() });
/// let document = ParsedDocument {
///     meta,
///     blocks: vec![Block::new(kind, "Adults pay two euros.".to_owned(), row(2))],
///     dropped: vec![Dropped {
///         lines: row(3),
///         text: "Adults pay two euros.".to_owned(),
///         reason: "repeats row 2".to_owned(),
///     }],
///     problems: vec![Problem::warning(Some(4), "the row is empty")],
///     numbering: Numbering::Rows,
///     ..ParsedDocument::default()
/// };
/// assert_eq!(document.meta.publisher.as_deref(), Some("The ferry company"));
/// assert!(document.problems.iter().all(|problem| problem.severity == Severity::Warning));
/// let article = Article::new("fares.csv", document).unwrap();
/// assert_eq!(article.meta.title, "Fares of the ferry");
///
/// // A file that cannot be read has an error, and is no article.
/// let failed = ParsedDocument::failed("it is not a table");
/// assert!(failed.problems[0].is_error());
/// assert!(Article::new("broken.csv", failed).is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedDocument {
    /// Metadata of the file.
    pub meta: Metadata,
    /// Text, in reading order.
    pub blocks: Vec<Block>,
    /// Text that is not part of the article; `pullquote check --verbose` lists it for the author.
    pub dropped: Vec<Dropped>,
    /// Errors and warnings for the author.
    pub problems: Vec<Problem>,
    /// Keys of the front matter that mean nothing to Pullquote.
    pub unused_keys: Vec<String>,
    /// What the numbers of the blocks count.
    pub numbering: Numbering,
}

/// What the numbers of a [`LineRange`] count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Numbering {
    /// Lines of the file.
    #[default]
    Lines,
    /// Paragraphs, in files without lines that a reader could find.
    Paragraphs,
    /// Rows of a sheet.
    Rows,
    /// Pages of a document that is printed as it is, such as a PDF. Cover and table of contents count.
    Pages,
}

/// Metadata of an article, from front matter or from the page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Title; empty if none was found.
    pub title: String,
    /// Other names of the article.
    pub aliases: Vec<String>,
    /// A line or two about the content.
    pub summary: Option<String>,
    /// Where it was published: an HTTP or HTTPS URL.
    pub source: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Date of publication, as written.
    pub date: Option<String>,
    /// Language code as written, such as `en` or `pt-BR`.
    pub language: Option<String>,
    /// Topics.
    pub tags: Vec<String>,
}

impl Metadata {
    /// Sets the source if it is an HTTP or HTTPS URL. Anything else is a publisher's name, used if there is none yet.
    pub fn set_source(&mut self, source: String) {
        if source.starts_with("https://") || source.starts_with("http://") {
            self.source = Some(source);
        } else {
            self.publisher.get_or_insert(source);
        }
    }

    /// Replaces values by those in `declared`, where it has any. Aliases and tags are added.
    pub fn override_with(&mut self, declared: Self) {
        if !declared.title.is_empty() {
            self.title = declared.title;
        }
        self.aliases.extend(declared.aliases);
        self.tags.extend(declared.tags);
        self.summary = declared.summary.or(self.summary.take());
        self.source = declared.source.or(self.source.take());
        self.publisher = declared.publisher.or(self.publisher.take());
        self.author = declared.author.or(self.author.take());
        self.date = declared.date.or(self.date.take());
        self.language = declared.language.or(self.language.take());
    }
}

/// A title, heading or paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Kind of block.
    pub kind: BlockKind,
    /// Text without markup.
    pub text: String,
    /// Where it is in the source file.
    pub lines: LineRange,
    /// Links, code, bold and italic text in it, in any order. A reader that does not know of any leaves this empty.
    pub marks: Vec<Mark>,
}

impl Block {
    /// A block without marks.
    pub fn new(kind: BlockKind, text: String, lines: LineRange) -> Self {
        Self {
            kind,
            text,
            lines,
            marks: Vec::new(),
        }
    }
}

/// Kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Title of the article; becomes [`Metadata::title`] if that is empty.
    Title,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph(ParagraphKind),
    /// An aside begins: a box, a tab or a section that opens on a click. Headings in it apply to nothing below its end.
    /// Without text.
    AsideStart,
    /// The innermost aside ends: what follows is below the heading above that aside. Without text.
    AsideEnd,
}

/// Lines of the source file, or what the [`Numbering`] counts instead, from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRange {
    /// First line.
    pub first: u32,
    /// Last line; never below `first`.
    pub last: u32,
}

impl std::fmt::Display for LineRange {
    /// `12`, or `12-14`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { first, last } = self;
        if first == last {
            write!(f, "{first}")
        } else {
            write!(f, "{first}-{last}")
        }
    }
}

/// Text on the page that is not part of the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Where it is in the source file.
    pub lines: LineRange,
    /// Text without markup.
    pub text: String,
    /// Why it was dropped, in words for the author: `site navigation`, `repeats line 9`.
    pub reason: String,
}

/// An error or warning for the author of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Line of the source file, if the problem is at one line.
    pub line: Option<u32>,
    /// Whether the article can be used.
    pub severity: Severity,
    /// What is wrong and how to fix it, in one sentence without the file's name.
    pub message: String,
}

impl ParsedDocument {
    /// The result for a file that cannot be read: no text, one error.
    pub fn failed(message: impl Into<String>) -> Self {
        Self {
            problems: vec![Problem::error(message)],
            ..Self::default()
        }
    }
}

impl Problem {
    /// A problem because of which the file is not used.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            line: None,
            severity: Severity::Error,
            message: message.into(),
        }
    }

    /// Whether the file is not used because of this problem.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// A problem in spite of which the file is used.
    pub fn warning(line: Option<u32>, message: impl Into<String>) -> Self {
        Self {
            line,
            severity: Severity::Warning,
            message: message.into(),
        }
    }
}

/// Severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The file is used, but part of it was not understood.
    Warning,
    /// The file is not used.
    Error,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_a_url_and_anything_else_a_publisher() {
        let check = |values: &[&str], source: Option<&str>, publisher: Option<&str>| {
            let mut meta = Metadata::default();
            for value in values {
                meta.set_source((*value).to_owned());
            }
            assert_eq!(meta.source.as_deref(), source, "{values:?}");
            assert_eq!(meta.publisher.as_deref(), publisher, "{values:?}");
        };
        check(&["https://example.org"], Some("https://example.org"), None);
        check(&["The Times"], None, Some("The Times"));
        check(&["The Times", "The Sun"], None, Some("The Times"));
        check(&["ftp://example.org"], None, Some("ftp://example.org"));
    }

    #[test]
    fn declared_metadata_replaces_what_was_found() {
        let meta = |title: &str, author: Option<&str>, tag: &str| Metadata {
            title: title.to_owned(),
            author: author.map(str::to_owned),
            tags: vec![tag.to_owned()],
            ..Metadata::default()
        };
        let check = |declared, expected| {
            let mut found = meta("Found", Some("Ann"), "sea");
            found.override_with(declared);
            assert_eq!(found, expected);
        };
        let tagged = |title, author| Metadata {
            tags: vec!["sea".to_owned(), "ship".to_owned()],
            ..meta(title, author, "")
        };
        check(
            meta("Declared", Some("Bob"), "ship"),
            tagged("Declared", Some("Bob")),
        );
        check(meta("", None, "ship"), tagged("Found", Some("Ann")));
    }
}
