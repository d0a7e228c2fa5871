//! Readers: a file's bytes -> [`ParsedDocument`], one file per format. None can fail; what cannot be read
//! becomes a [`Problem`] of severity [`Severity::Error`], and the file is not used.

use pullquote_core::article::{BlockKind, ParsedDocument, Problem};
use std::panic::catch_unwind;

mod chunks;
mod encoding;
mod front_matter;
mod furniture;
mod html;
mod markdown;
mod nesting;
mod page;
mod pdf;
mod plain;
mod questions;

/// A file format that has a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text without markup, such as a page pasted from a news site.
    Plain,
    /// Markdown (`CommonMark` with tables).
    Markdown,
    /// A web page.
    Html,
    /// A PDF with text in it.
    Pdf,
}

impl Format {
    /// The format that a file name promises; `None` for names that no reader is made for.
    pub fn of_name(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some((_, ending)) = name.rsplit_once('.') else {
            return Some(Self::Plain);
        };
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Plain),
            "md" | "markdown" | "mdown" | "mkd" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// Reads a file. Its name says what it should be, but a PDF or a web page is known by how it begins.
pub fn read(path: &str, bytes: &[u8]) -> ParsedDocument {
    // Libraries that read PDF and HTML panic on some malformed files; one must not stop the rest.
    let mut reading = catch_unwind(|| choose(path, bytes)).unwrap_or_else(|_| {
        ParsedDocument::failed("its reader cannot cope with this file: save the text as .txt")
    });
    questions::mark(&mut reading.blocks);
    reading
}

fn choose(path: &str, bytes: &[u8]) -> ParsedDocument {
    if bytes.trim_ascii_start().starts_with(b"%PDF-") {
        return pdf::read(bytes);
    }
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return ParsedDocument::failed(
            "this is rich text (RTF): save it as .txt, .md, .html or .pdf",
        );
    }
    let format = Format::of_name(path).unwrap_or(Format::Plain);
    let decoded = match encoding::decode(bytes) {
        Ok(decoded) => decoded,
        Err(message) => return ParsedDocument::failed(message),
    };
    let text = decoded.text.as_str();
    let mut reading = if format == Format::Html || is_web_page(text) {
        html::read(text)
    } else if format == Format::Pdf {
        return ParsedDocument::failed(
            "this is no PDF although its name says so: save it again, or as .txt",
        );
    } else {
        let front = front_matter::read(text);
        let mut reading = if format == Format::Markdown {
            markdown::read(text, front.body)
        } else {
            plain::read(text, front.body)
        };
        reading.meta.fill_from(front.meta);
        reading.problems.extend(front.problems);
        reading
    };
    reading.problems.extend(decoded.problems);
    reading.problems.sort_by_key(|problem| problem.line);
    let has_words = reading
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph(_)))
        .any(|block| block.text.contains(char::is_alphanumeric));
    if !has_words && !reading.problems.iter().any(Problem::is_error) {
        let message = if text.trim().is_empty() {
            "the file is empty: write the article into it, or delete it"
        } else {
            "no paragraph of an article was found in it"
        };
        return ParsedDocument {
            problems: vec![Problem::error(message)],
            ..reading
        };
    }
    reading
}

fn is_web_page(text: &str) -> bool {
    let head: String = text
        .trim_start()
        .chars()
        .take(15)
        .collect::<String>()
        .to_ascii_lowercase();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}
