//! ODT: headings, text, lists, tables and notes. Deleted text, comments and tables of contents are left out.

use crate::archive::{self, Archive};
use crate::office::{Kind, Paragraphs};
use crate::xml::{self, Attributes, Xml};
use pullquote_core::article::ParsedDocument;

/// How the first part of the archive begins, behind its header.
pub(super) const MARK: &str = "mimetypeapplication/vnd.oasis.opendocument.text";
const SKIPPED: &[&str] = &[
    "tracked-changes",
    "annotation",
    "table-of-content",
    "note-citation",
    "forms",
];

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    let text = Archive::open(bytes).and_then(|mut archive| archive.text("content.xml"));
    let Some(text) = text else {
        return archive::damaged();
    };
    let mut paragraphs = Paragraphs::default();
    let (mut skipped, mut lists) = (0_usize, 0_usize);
    // A note is inside a paragraph, and consists of paragraphs.
    let mut in_note = false;
    xml::read(&text, |piece| match piece {
        Xml::Start(name, _) if skipped > 0 || SKIPPED.contains(&name.as_str()) => skipped += 1,
        Xml::End(_) if skipped > 0 => skipped -= 1,
        Xml::Text(text) if skipped == 0 => paragraphs.text(&text),
        Xml::Text(_) => {}
        Xml::Start(name, attributes) => match name.as_str() {
            "note-body" => {
                in_note = true;
                paragraphs.text(" (");
            }
            "p" | "h" if in_note => {}
            "list" => lists += 1,
            "p" if lists > 0 => paragraphs.start(Kind::Item),
            _ => start(&name, &attributes, &mut paragraphs),
        },
        Xml::End(name) => match name.as_str() {
            "note-body" => {
                in_note = false;
                paragraphs.text(")");
            }
            "list" => lists = lists.saturating_sub(1),
            "p" | "h" if !in_note => paragraphs.end(),
            "table" => paragraphs.end_table(),
            _ => {}
        },
    });
    ParsedDocument {
        blocks: paragraphs.finish(),
        ..ParsedDocument::default()
    }
}

fn start(name: &str, attributes: &Attributes, paragraphs: &mut Paragraphs) {
    match name {
        "h" => {
            let level = attributes
                .get("outline-level")
                .and_then(|it| it.parse().ok());
            paragraphs.start(Kind::Heading(level.unwrap_or(1)));
        }
        "p" if attributes.get("style-name") == Some("Title") => paragraphs.start(Kind::Title),
        "p" => paragraphs.start(Kind::Text),
        "s" | "tab" | "line-break" => paragraphs.text(" "),
        "table" => paragraphs.start_table(),
        "table-row" => paragraphs.start_row(),
        "table-cell" => paragraphs.start_cell(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::archive::packed;

    #[test]
    fn headings_lists_tables_and_notes() {
        let text = "<office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
            <text:h text:outline-level=\"1\">House rules</text:h><text:h text:outline-level=\"2\">Quiet</text:h>\
            <text:p>Be quiet<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Not on Fridays.</text:p></text:note-body></text:note> from<text:s/>ten.</text:p>\
            <text:list><text:list-item><text:p>no music</text:p></text:list-item><text:list-item><text:p>no drums</text:p></text:list-item></text:list>\
            <table:table><table:table-row><table:table-cell><text:p>Day</text:p></table:table-cell><table:table-cell><text:p>Until</text:p></table:table-cell></table:table-row>\
            <table:table-row><table:table-cell><text:p>Friday</text:p></table:table-cell><table:table-cell><text:p>eleven</text:p></table:table-cell></table:table-row></table:table></office:text>";
        let bytes = packed(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", text),
        ]);
        let found = crate::read("a.odt", &bytes);
        let blocks: Vec<&str> = found.blocks.iter().map(|it| it.text.as_str()).collect();
        let expected = [
            "House rules",
            "Quiet",
            "Be quiet (Not on Fridays.) from ten.",
            "- no music\n- no drums",
            "Day | Until\nFriday | eleven",
        ];
        assert_eq!(blocks, expected);
        let cut = crate::read("a.odt", bytes.get(..bytes.len() / 2).unwrap());
        assert!(cut.blocks.is_empty() && cut.problems[0].is_error());
    }
}
