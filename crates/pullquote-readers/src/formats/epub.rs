//! EPUB: the chapters of a book in their order, each read like a web page. Their paragraphs are counted.

use super::{html, markdown};
use crate::archive::{self, Archive};
use crate::dom;
use crate::numbering;
use crate::xml::{self, Xml};
use pullquote_core::article::{BlockKind, Metadata, ParsedDocument, Problem};
use std::collections::HashMap;

/// How the first part of the archive begins, behind its header.
pub(super) const MARK: &str = "mimetypeapplication/epub+zip";

/// What a book says of itself.
#[derive(Debug, Default)]
struct Package {
    meta: Metadata,
    /// Paths of the chapters, in reading order.
    chapters: Vec<String>,
}

/// Reads a book.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    let Some(mut archive) = Archive::open(bytes) else {
        return archive::damaged();
    };
    let package_path = archive
        .text("META-INF/container.xml")
        .and_then(|it| root_file(&it));
    let Some(path) = package_path else {
        return archive::damaged();
    };
    let Some(package) = archive.text(&path).map(|text| package(&text, &path)) else {
        return archive::damaged();
    };
    let mut document = ParsedDocument {
        meta: package.meta,
        ..ParsedDocument::default()
    };
    for chapter in &package.chapters {
        let text = archive.text(chapter);
        let text = text.filter(|text| text.len() <= html::MAX_BYTES);
        let page = text.and_then(|text| dom::parse(&text));
        let Some(page) = page else {
            let message = format!(
                "the chapter `{chapter}` is missing, damaged or larger than 5 MB, so it is not used"
            );
            document.problems.push(Problem::warning(None, message));
            continue;
        };
        for mut block in markdown::read_converted(&dom::to_located_markdown(&page)) {
            if block.kind == BlockKind::Title {
                block.kind = BlockKind::Heading(1);
            }
            document.blocks.push(block);
        }
    }
    numbering::count_paragraphs(&mut document);
    document
}

/// The path of the package in `container.xml`.
fn root_file(text: &str) -> Option<String> {
    let mut found = None;
    xml::read(text, |piece| {
        if let Xml::Start(name, attributes) = piece
            && name == "rootfile"
        {
            found = found
                .take()
                .or(attributes.get("full-path").map(str::to_owned));
        }
    });
    found
}

/// Reads the package, whose paths are relative to its own.
fn package(text: &str, path: &str) -> Package {
    let folder = path.rsplit_once('/').map(|(folder, _)| folder);
    let mut package = Package::default();
    let mut files: HashMap<String, String> = HashMap::new();
    let mut open = String::new();
    xml::read(text, |piece| match piece {
        Xml::Start(name, attributes) => {
            let get = |name| attributes.get(name).unwrap_or_default().to_owned();
            match name.as_str() {
                "item" => {
                    let file = get("href").replace("%20", " ");
                    let file = folder.map_or(file.clone(), |folder| format!("{folder}/{file}"));
                    files.insert(get("id"), file);
                }
                "itemref" if attributes.get("linear") != Some("no") => {
                    // A chapter is read once, even if the order of reading repeats it.
                    package.chapters.extend(files.remove(&get("idref")));
                }
                _ => {}
            }
            open = name;
        }
        Xml::End(_) => open.clear(),
        Xml::Text(text) => match open.as_str() {
            "title" => package.meta.title.push_str(text.trim()),
            "creator" => package.meta.author = Some(text.trim().to_owned()),
            "publisher" => package.meta.publisher = Some(text.trim().to_owned()),
            "language" => package.meta.language = Some(text.trim().to_owned()),
            "date" => package.meta.date = Some(text.trim().to_owned()),
            _ => {}
        },
    });
    package
}

#[cfg(test)]
mod tests {
    use crate::archive::packed;

    #[test]
    fn chapters_in_their_order() {
        let page = |text: &str| {
            format!(
                "<?xml version=\"1.0\"?>\n<html><head><title>x</title></head>\n<body>{text}</body></html>"
            )
        };
        let bytes = packed(&[
            ("mimetype", "application/epub+zip"),
            (
                "META-INF/container.xml",
                "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>",
            ),
            (
                "OPS/book.opf",
                "<package><metadata><dc:title>Ferries</dc:title><dc:creator>Jane Doe</dc:creator><dc:language>en</dc:language></metadata><manifest><item id=\"b\" href=\"two.xhtml\"/><item id=\"a\" href=\"one.xhtml\"/><item id=\"c\" href=\"gone.xhtml\"/></manifest><spine><itemref idref=\"a\"/><itemref idref=\"b\"/><itemref idref=\"a\"/><itemref idref=\"c\"/></spine></package>",
            ),
            ("OPS/two.xhtml", &page("<h1>Fares</h1>\n<p>Two euros.</p>")),
            (
                "OPS/one.xhtml",
                &page("<h1>Boats</h1>\n<p>Twelve boats.</p><ul><li>red</li><li>blue</li></ul>"),
            ),
        ]);
        let book = crate::read("a.epub", &bytes);
        assert_eq!(
            (book.meta.title.as_str(), book.meta.author.as_deref()),
            ("Ferries", Some("Jane Doe"))
        );
        let blocks: Vec<_> = book
            .blocks
            .iter()
            .map(|it| (it.lines.first, it.text.as_str()))
            .collect();
        let expected = [
            (1, "Boats"),
            (2, "Twelve boats."),
            (3, "- red\n- blue"),
            (4, "Fares"),
            (5, "Two euros."),
        ];
        assert_eq!(blocks, expected);
        assert!(book.problems[0].message.contains("gone.xhtml"));
        let cut = crate::read("a.epub", bytes.get(..bytes.len() / 2).unwrap());
        assert!(cut.blocks.is_empty() && cut.problems[0].is_error());
    }
}
