//! Reads files: turns the bytes of a file into a [`ParsedDocument`].
//!
//! [`read`] never fails. A file that cannot be used comes back without blocks and with a [`Problem`] of severity
//! [`Severity::Error`](pullquote_core::article::Severity::Error), whose message says how to fix the file.
//!
//! ```
//! let document = pullquote_readers::read("ferry.md", b"# Ferry\n\nThe ferry leaves at seven.\n");
//! assert_eq!(document.blocks[1].text, "The ferry leaves at seven.");
//! assert_eq!(document.problems, []);
//! ```
//!
//! # Adding a format
//!
//! `examples/own_reader.rs` is a complete reader to copy.
//!
//! 1. Copy its reader and its test to `src/formats/NAME.rs`.
//! 2. Add a row to [`FORMATS`].
//!
//! Nothing else changes: the knowledge folder accepts the new extensions, and every message that lists formats names
//! the new one.

use pullquote_core::article::{Block, BlockKind, ParsedDocument, Problem};
use std::panic::catch_unwind;

mod archive;
mod boilerplate;
mod character_maps;
mod chunks;
mod commonmark;
mod date;
mod dialects;
mod dom;
mod emoji;
mod encoding;
mod formats;
mod front_matter;
mod header;
mod line;
mod links;
mod nesting;
mod numbering;
mod office;
mod page;
mod positions;
mod questions;
mod rewritten;
mod sheet;
mod toml;
mod unsupported;
pub mod xml;

pub use formats::{FORMATS, Format, Reader, suggested_extensions};
pub use unsupported::help;

/// Exports of `MediaWiki`.
pub mod wiki {
    pub use crate::formats::wikitext::{Export, Page};
}

/// Larger files are not cheap to read. Measured with the hostile files of the program's tests: of this size, none takes
/// more than 0.4 s or 60 MB in a shipped build.
const MAX_CHEAP_BYTES: usize = 256 * 1024;

/// Reads a file as one of [`FORMATS`]. Of `path`, only the extension counts.
///
/// ```
/// let document = pullquote_readers::read("times.csv", b"ferry,leaves\nred,seven\nblue,noon\n");
/// assert_eq!(document.problems, []);
/// let texts: Vec<&str> = document.blocks.iter().map(|it| it.text.as_str()).collect();
/// assert_eq!(texts, ["red", "ferry: red\nleaves: seven", "blue", "ferry: blue\nleaves: noon"]);
///
/// let document = pullquote_readers::read("scan.pdf", b"%PDF-1.7 cut off");
/// assert!(document.blocks.is_empty());
/// assert!(document.problems[0].is_error());
/// ```
pub fn read(path: &str, bytes: &[u8]) -> ParsedDocument {
    read_with(FORMATS, path, bytes)
}

/// Reads a file if that costs little time and memory whatever the file contains: a small one of text or Markdown. `None`
/// for all others, which should be read where they can do no harm.
///
/// ```
/// use pullquote_readers::read_if_cheap;
///
/// assert!(read_if_cheap("ferry.md", b"The ferry leaves at seven.").is_some());
/// assert!(read_if_cheap("ferry.html", b"<p>The ferry leaves at seven.").is_none());
/// ```
pub fn read_if_cheap(path: &str, bytes: &[u8]) -> Option<ParsedDocument> {
    if bytes.len() > MAX_CHEAP_BYTES {
        return None;
    }
    read_accepted(FORMATS, path, bytes, Format::is_cheap)
}

/// Reads a file as one of `formats`, chosen in this order:
///
/// 1. the binary format that recognizes the bytes;
/// 2. the text format that recognizes the decoded text;
/// 3. the format of the file's extension;
/// 4. the first of `formats`, for files without an extension or with an unknown one.
///
/// ```
/// use pullquote_core::article::ParsedDocument;
/// use pullquote_readers::{Format, Reader, read_with};
///
/// const NOTES: Format = Format {
///     name: "notes",
///     extensions: &["note"],
///     reader: Reader::Text {
///         sniff: |text| text.starts_with("NOTE"),
///         read: |_| ParsedDocument::failed("notes are private"),
///     },
/// };
/// let document = read_with(&[NOTES], "a.note", b"NOTE the ferry leaves at seven");
/// assert_eq!(document.problems[0].message, "notes are private");
/// ```
pub fn read_with(formats: &[Format], path: &str, bytes: &[u8]) -> ParsedDocument {
    read_accepted(formats, path, bytes, |_| true).unwrap_or_default()
}

/// [`read_with`], but `None` if the format is not accepted.
fn read_accepted(
    formats: &[Format],
    path: &str,
    bytes: &[u8],
    accepts: fn(&Format) -> bool,
) -> Option<ParsedDocument> {
    // The PDF and HTML libraries panic on some malformed files. One bad file must not stop the others.
    let document = catch_unwind(|| dispatch(formats, path, bytes, accepts));
    let mut document = document.unwrap_or_else(|_| {
        let message = "the file is malformed and cannot be read: save its text as .txt";
        Some(ParsedDocument::failed(message))
    })?;
    header::read(&mut document);
    questions::mark(&mut document.blocks);
    links::complete(&mut document);
    Some(document)
}

fn dispatch(
    formats: &[Format],
    path: &str,
    bytes: &[u8],
    accepts: fn(&Format) -> bool,
) -> Option<ParsedDocument> {
    let start = bytes.trim_ascii_start();
    let mut binary = formats.iter();
    let binary = binary.find_map(|it| Some((it, it.reader.for_bytes(start)?)));
    if let Some((format, read)) = binary {
        return accepts(format).then(|| require_words(read(bytes), None));
    }
    let Ok(decoded) = encoding::decode(bytes) else {
        let extensions = formats::list(formats);
        return Some(ParsedDocument::failed(format!(
            "not a text file: save the article as {extensions}"
        )));
    };
    let text = decoded.text.as_str();
    let by_path = formats::by_path(formats, path).or(formats.first());
    let mut by_content = formats.iter();
    let by_content = by_content.find_map(|it| Some((it, it.reader.for_text(text)?)));
    let any_text = || by_path.and_then(|it| Some((it, it.reader.for_any_text()?)));
    let Some((format, read)) = by_content.or_else(any_text) else {
        let name = by_path.map_or("readable", |format| format.name);
        let message = format!(
            "not a {name} file, although its extension says so: export it again, or save its text as .txt"
        );
        return Some(ParsedDocument::failed(message));
    };
    if !accepts(format) {
        return None;
    }
    let mut document = read(text);
    document.problems.extend(decoded.problems);
    document.problems.sort_by_key(|problem| problem.line);
    Some(require_words(document, Some(text)))
}

/// Adds an error to a document that has no paragraph with words in it, unless it has an error already. `text` is that of
/// a text file.
fn require_words(mut document: ParsedDocument, text: Option<&str>) -> ParsedDocument {
    let is_paragraph = |block: &&Block| matches!(block.kind, BlockKind::Paragraph(_));
    let mut paragraphs = document.blocks.iter().filter(is_paragraph);
    let has_words = paragraphs.any(|block| block.text.contains(char::is_alphanumeric));
    if has_words || document.problems.iter().any(Problem::is_error) {
        return document;
    }
    let message = if text.is_some_and(|text| text.trim().is_empty()) {
        "the file is empty: write the article into it, or delete it"
    } else {
        "the file contains no paragraph of text: write the article into it, or delete it"
    };
    document.problems = vec![Problem::error(message)];
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The problem that reading `bytes` as `path` reports, or "" for none.
    fn check(path: &str, bytes: &[u8], expected: &str) {
        let document = read(path, bytes);
        let problem = document.problems.first();
        let message = problem.map_or("", |problem| problem.message.as_str());
        match expected {
            "" => assert_eq!(message, "", "{path}"),
            part => assert!(message.contains(part), "{path}: {message}"),
        }
        let is_error = problem.is_some_and(Problem::is_error);
        assert_eq!(document.blocks.is_empty(), is_error, "{path}");
    }

    #[test]
    fn content_decides_before_the_extension() {
        check("a.txt", b"Some words.", "");
        check("a", b"Some words.", "");
        check("a.unknown", b"Some words.", "");
        check("a.txt", b"<html><body><p>Some words.</p></body></html>", "");
        check("a.pdf", b"Some words.", "not a PDF file");
        check("a.txt", b"%PDF-1.7 cut short", "PDF");
        check("a.md", b"{\\rtf1 Some words.}", "");
        check("a.md", b"{\\rtf1 }", "RTF");
    }

    #[test]
    fn only_small_text_and_markdown_are_cheap() {
        let cheap = |path: &str, bytes: &[u8]| read_if_cheap(path, bytes).is_some();
        for format in FORMATS {
            let expected = ["text", "Markdown"].contains(&format.name);
            assert_eq!(format.is_cheap(), expected, "{}", format.name);
        }
        assert!(cheap("a.md", b"Some words.") && cheap("a", b"Some words."));
        assert!(!cheap("a.md", &vec![b'a'; MAX_CHEAP_BYTES + 1]));
        // The content decides, whatever the extension says.
        assert!(!cheap(
            "a.md",
            b"<html><body><p>Some words.</p></body></html>"
        ));
        assert!(!cheap("a.md", b"%PDF-1.7"));
        assert!(!cheap("a.md", b"{\\rtf1 Some words.}"));
        let part = ("word/document.xml", "");
        assert!(!cheap("a.md", &archive::packed(&[part])));
    }

    /// Files made of the marks that the text readers look for.
    fn marked_text() -> impl Strategy<Value = String> {
        const MARKS: &[&str] = &[
            "\n",
            "\n\n",
            "---\n",
            "title: x\n",
            "# ",
            "- ",
            "3. ",
            "```\n",
            "<!--",
            "-->",
            "<div>",
            "</div>",
            "| a |",
            "|---|\n",
            "**",
            "~~",
            "[x]: y\n",
            "[x]",
            "[x](http://y)",
            "> ",
            "Q: ",
            ".. code::\n",
            "::\n",
            "----\n",
            "|===\n",
            "== ",
            "<<x,",
            "link:x[",
            "`x <y>`_",
            ",",
            "\"",
            ":::note\n",
            ":::\n",
            "!!! note \"x\"\n",
            "=== \"x\"\n",
            "    ",
            "> [!NOTE]\n",
            "<details>",
            "<summary>",
            "</details>",
            "<table>",
            "<Tab label=\"x\">",
            "</Tab>",
            "<Tab\n",
            "{% tab %}",
            "{% endtab %}",
            "{{< x",
            "{/*",
            "[[x|",
            "]]",
            "[1]",
            "[a]",
            "[^1]",
            "[^1]: n\n",
            ": d\n",
            "%%",
            "^[",
            "`",
            "```{note}\n",
            "import x from 'y'\n",
            "?",
            "===\n",
            "Share\n",
            "é",
            "語",
            "\u{feff}",
            "word ",
            "$",
            "$$",
            "$$\n",
            "\\(",
            "\\)",
            "\\[",
            "\\begin{x}\n",
            "\\end{x}\n",
            "_",
            "[cols=\"2*\"]\n",
            "2+|",
            "a|",
            "|",
            "{|\n",
            "|-\n",
            "|}\n",
            "! a !! b\n",
            "{{x|y=",
            "}}",
            "'''",
            "<ref>",
            "</ref>",
            "<nowiki>",
            "<li>",
            "* ",
            "; a : b\n",
            "[http://x y]",
            "[[File:",
            "<ref>It is what it is, and no more than what it was before.</ref>",
            "|colspan=\"3\"|a\n",
            "{{code|",
            "NOTE: ",
            "[NOTE]\n",
            "====\n",
            ".. note::\n",
            "![a](b)\n",
            "A: ",
            "<Warning>",
            "</Warning>",
        ];
        let mark = proptest::sample::select(MARKS);
        proptest::collection::vec(mark, 0..40).prop_map(|marks| marks.concat())
    }

    proptest! {
        #[test]
        fn text_readers_never_panic_and_count_lines_right(
            text in marked_text(),
            path in proptest::sample::select(&["a.txt", "a.md", "a.md", "a.rst", "a.adoc", "a.csv", "a.wiki", "a.wiki"][..]),
        ) {
            let document = dispatch(FORMATS, path, text.as_bytes(), |_| true).unwrap_or_default();
            let last = text.lines().count().max(1) as u32;
            for block in &document.blocks {
                let lines = block.lines;
                prop_assert!(1 <= lines.first && lines.first <= lines.last && lines.last <= last);
                for mark in &block.marks {
                    let text = mark.span.of(&block.text);
                    prop_assert!(!text.is_empty(), "{mark:?} of {:?}", block.text);
                }
            }
        }
    }
}
