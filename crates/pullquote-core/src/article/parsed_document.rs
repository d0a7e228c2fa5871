//! What a reader finds in a file, before sentences are found and spans are set.

use super::ParagraphKind;

/// A file as its reader understood it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedDocument {
    /// What the file says of itself.
    pub meta: Metadata,
    /// The text, in reading order.
    pub blocks: Vec<Block>,
    /// What was left out, so that an author can see it (`pullquote check --verbose`).
    pub dropped: Vec<Dropped>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// What an article says of itself, in front matter or on the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title; empty where none was found.
    pub title: String,
    /// Other names that people use for it.
    pub aliases: Vec<String>,
    /// A line or two on what it says.
    pub summary: Option<String>,
    /// Where it was published: an http(s) address.
    pub source: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// When, as written.
    pub date: Option<String>,
    /// Language code as written, such as `en` or `pt-BR`.
    pub language: Option<String>,
    /// Subjects.
    pub tags: Vec<String>,
}

impl Metadata {
    /// Takes an http(s) address as the source, and anything else as the publisher's name.
    pub fn set_source(&mut self, source: String) {
        if source.starts_with("https://") || source.starts_with("http://") {
            self.source = Some(source);
        } else {
            self.publisher.get_or_insert(source);
        }
    }

    /// What `said` says goes before what was found.
    pub fn fill_from(&mut self, said: Self) {
        if !said.title.is_empty() {
            self.title = said.title;
        }
        self.aliases.extend(said.aliases);
        self.tags.extend(said.tags);
        self.summary = said.summary.or(self.summary.take());
        self.source = said.source.or(self.source.take());
        self.publisher = said.publisher.or(self.publisher.take());
        self.author = said.author.or(self.author.take());
        self.date = said.date.or(self.date.take());
        self.language = said.language.or(self.language.take());
    }
}

/// A run of text that stands by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, without markup.
    pub text: String,
    /// Where it stood.
    pub lines: LineRange,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The article's title; becomes [`Metadata::title`] where that is empty.
    Title,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph(ParagraphKind),
}

/// Lines of the source file, 1-based, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineRange {
    /// First line.
    pub first: u32,
    /// Last line; never below `first`.
    pub last: u32,
}

/// Text that is on the page but not of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// Where it stood.
    pub lines: LineRange,
    /// Its words.
    pub text: String,
    /// Why it was left out, for the author: `site navigation`, `repeats line 9`.
    pub reason: String,
}

/// Something that the author of a file should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, if at one place.
    pub line: Option<u32>,
    /// How bad.
    pub severity: Severity,
    /// What is wrong and the way out, in one clear sentence without the file's name.
    pub message: String,
}

impl ParsedDocument {
    /// A file that cannot be used.
    pub fn failed(message: impl Into<String>) -> Self {
        Self {
            problems: vec![Problem::error(message)],
            ..Self::default()
        }
    }
}

impl Problem {
    /// The file is not used.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            line: None,
            severity: Severity::Error,
            message: message.into(),
        }
    }

    /// Whether the file cannot be used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The file is used all the same.
    pub fn warning(line: Option<u32>, message: impl Into<String>) -> Self {
        Self {
            line,
            severity: Severity::Warning,
            message: message.into(),
        }
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The article is used; something in it was not understood.
    Warning,
    /// The article is not used.
    Error,
}
