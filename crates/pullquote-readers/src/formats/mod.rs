//! The table of file formats, one row and one file per format.

mod asciidoc;
mod csv;
mod docx;
mod epub;
mod html;
mod json;
mod markdown;
mod odt;
mod pdf;
mod plain;
mod rst;
mod rtf;
pub(crate) mod wikitext;
mod xlsx;

use crate::archive;
#[cfg(test)]
use pullquote_core::article::MarkKind;
use pullquote_core::article::ParsedDocument;

/// A file format and its reader.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Name in messages, such as `PDF`.
    pub name: &'static str,
    /// File name extensions in lower case, without the dot. Messages suggest the first one; a format without any is
    /// recognized by its content only, and never suggested.
    pub extensions: &'static [&'static str],
    /// The reader.
    pub reader: Reader,
}

/// The two functions of a format: `sniff` recognizes a file by its content, whatever its extension, and `read` parses
/// it.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
    /// For binary files.
    Bytes {
        /// Gets the file without leading ASCII white space.
        sniff: fn(&[u8]) -> bool,
        /// Gets the whole file.
        read: fn(&[u8]) -> ParsedDocument,
    },
    /// For text files. Both functions get the decoded text, with line ends as `\n` and without control characters.
    Text {
        /// Always `false` for formats that only the extension tells apart.
        sniff: fn(&str) -> bool,
        /// Line numbers in its result count from 1.
        read: fn(&str) -> ParsedDocument,
    },
}

/// All formats. The first one is for files without an extension.
pub const FORMATS: &[Format] = &[
    Format {
        name: "text",
        extensions: &["txt", "text"],
        reader: Reader::Text {
            sniff: |_| false,
            read: plain::read,
        },
    },
    Format {
        name: "Markdown",
        extensions: &["md", "markdown", "mdown", "mkd", "mdx"],
        reader: Reader::Text {
            sniff: |_| false,
            read: markdown::read,
        },
    },
    Format {
        name: "HTML",
        extensions: &["html", "htm", "xhtml"],
        reader: Reader::Text {
            sniff: html::sniff,
            read: html::read,
        },
    },
    Format {
        name: "PDF",
        extensions: &["pdf"],
        reader: Reader::Bytes {
            sniff: |start| start.starts_with(b"%PDF-"),
            read: pdf::read,
        },
    },
    Format {
        name: "DOCX",
        extensions: &["docx", "docm"],
        reader: Reader::Bytes {
            sniff: |start| archive::contains(start, docx::TEXT),
            read: docx::read,
        },
    },
    Format {
        name: "ODT",
        extensions: &["odt"],
        reader: Reader::Bytes {
            sniff: |start| archive::is_of_type(start, odt::MARK),
            read: odt::read,
        },
    },
    Format {
        name: "EPUB",
        extensions: &["epub"],
        reader: Reader::Bytes {
            sniff: |start| archive::is_of_type(start, epub::MARK),
            read: epub::read,
        },
    },
    Format {
        name: "XLSX",
        extensions: &["xlsx", "xlsm"],
        reader: Reader::Bytes {
            sniff: |start| archive::contains(start, "xl/workbook.xml"),
            read: xlsx::read,
        },
    },
    Format {
        name: "CSV",
        extensions: &["csv", "tsv"],
        reader: Reader::Text {
            sniff: |_| false,
            read: csv::read,
        },
    },
    Format {
        name: "JSON",
        extensions: &["json"],
        reader: Reader::Text {
            sniff: |_| false,
            read: json::read,
        },
    },
    Format {
        name: "reStructuredText",
        extensions: &["rst", "rest"],
        reader: Reader::Text {
            sniff: |_| false,
            read: rst::read,
        },
    },
    Format {
        name: "AsciiDoc",
        extensions: &["adoc", "asciidoc", "asc"],
        reader: Reader::Text {
            sniff: |_| false,
            read: asciidoc::read,
        },
    },
    Format {
        name: "MediaWiki",
        extensions: &["wiki", "mediawiki", "wikitext", "xml"],
        reader: Reader::Text {
            sniff: wikitext::sniff,
            read: wikitext::read,
        },
    },
    Format {
        name: "RTF",
        extensions: &["rtf"],
        reader: Reader::Bytes {
            sniff: |start| start.starts_with(b"{\\rtf"),
            read: rtf::read,
        },
    },
];

/// Names of the formats whose readers take time linear in the size of the file. The libraries that read the others can
/// be made to need far more.
const CHEAP: &[&str] = &["text", "Markdown"];

impl Format {
    /// Whether a small file of this format costs little to read, whatever it contains.
    pub(crate) fn is_cheap(&self) -> bool {
        CHEAP.contains(&self.name)
    }

    /// The format of a file name or path, by its extension; the first format where there is no extension, `None` where
    /// no format has it.
    pub fn of_path(path: &str) -> Option<&'static Self> {
        by_path(FORMATS, path)
    }
}

impl Reader {
    /// The reader of a binary format that recognizes the file.
    pub(crate) fn for_bytes(&self, start: &[u8]) -> Option<fn(&[u8]) -> ParsedDocument> {
        match *self {
            Self::Bytes { sniff, read } if sniff(start) => Some(read),
            _ => None,
        }
    }

    /// The reader of a text format that recognizes the text.
    pub(crate) fn for_text(&self, text: &str) -> Option<fn(&str) -> ParsedDocument> {
        match *self {
            Self::Text { sniff, read } if sniff(text) => Some(read),
            _ => None,
        }
    }

    /// The reader of a text format.
    pub(crate) fn for_any_text(&self) -> Option<fn(&str) -> ParsedDocument> {
        match *self {
            Self::Text { read, .. } => Some(read),
            Self::Bytes { .. } => None,
        }
    }
}

/// [`Format::of_path`] for any table.
pub(crate) fn by_path<'a>(formats: &'a [Format], path: &str) -> Option<&'a Format> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((_, extension)) = name.rsplit_once('.') else {
        return formats.first();
    };
    let extension = extension.to_ascii_lowercase();
    let mut formats = formats.iter();
    formats.find(|format| format.extensions.contains(&extension.as_str()))
}

/// The extensions to suggest to users, one per format: `.txt, .md, ... or .rtf`.
pub fn suggested_extensions() -> String {
    list(FORMATS)
}

/// [`suggested_extensions`] for any table.
pub(crate) fn list(formats: &[Format]) -> String {
    let first = |format: &Format| Some(format!(".{}", format.extensions.first()?));
    let extensions: Vec<String> = formats.iter().filter_map(first).collect();
    match extensions.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => extensions.concat(),
    }
}

/// Checks the first line, kind and text of each block of a document, for the readers' tests.
#[cfg(test)]
#[track_caller]
pub(crate) fn check_blocks(document: &ParsedDocument, expected: &[(u32, &str, &str)]) {
    let kinds: Vec<String> = document
        .blocks
        .iter()
        .map(|it| format!("{:?}", it.kind))
        .collect();
    let blocks = document.blocks.iter().zip(&kinds);
    let found: Vec<(u32, &str, &str)> = blocks
        .map(|(it, kind)| (it.lines.first, kind.as_str(), it.text.as_str()))
        .collect();
    assert_eq!(found, expected);
}

/// Checks the texts and addresses of a document's links, for the readers' tests.
#[cfg(test)]
#[track_caller]
pub(crate) fn check_links(document: &ParsedDocument, expected: &[(&str, &str)]) {
    let blocks = document.blocks.iter();
    let marks = blocks.flat_map(|block| block.marks.iter().map(move |mark| (block, mark)));
    let links = marks.filter_map(|(block, mark)| match &mark.kind {
        MarkKind::Link(address) => Some((mark.span.of(&block.text), address.as_str())),
        _ => None,
    });
    assert_eq!(links.collect::<Vec<_>>(), expected);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_choose_a_format() {
        let check = |path: &str, expected: Option<&str>| {
            assert_eq!(Format::of_path(path).map(|it| it.name), expected, "{path}");
        };
        check("a.txt", Some("text"));
        check("dir.md/LICENSE", Some("text"));
        check("dir/a.MD", Some("Markdown"));
        check("a.tar.htm", Some("HTML"));
        check("a.pdf", Some("PDF"));
        check("a.rtf", Some("RTF"));
        check("a.pages", None);
        check("a.", None);
    }

    #[test]
    fn extensions_are_listed_once_per_format() {
        assert_eq!(
            suggested_extensions(),
            ".txt, .md, .html, .pdf, .docx, .odt, .epub, .xlsx, .csv, .json, .rst, .adoc, .wiki or .rtf"
        );
        assert_eq!(list(FORMATS.get(..1).unwrap()), ".txt");
        assert_eq!(list(&[]), "");
    }

    #[test]
    fn no_extension_belongs_to_two_formats() {
        let mut extensions: Vec<&str> = FORMATS
            .iter()
            .flat_map(|it| it.extensions)
            .copied()
            .collect();
        let count = extensions.len();
        extensions.sort_unstable();
        extensions.dedup();
        assert_eq!(extensions.len(), count);
    }
}
