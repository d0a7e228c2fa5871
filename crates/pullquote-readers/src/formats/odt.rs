//! ODT: headings, text, lists, tables, links and notes. Deleted text, comments and tables of contents are left out.

use crate::archive::{self, Archive};
use crate::office::{Kind, Paragraphs};
use crate::xml::{self, Attributes, Xml};
use pullquote_core::article::ParsedDocument;

/// How the first part of the archive begins, behind its header.
pub(super) const MARK: &str = "mimetypeapplication/vnd.oasis.opendocument.text";
const SKIPPED: &[&str] = &[
    "tracked-changes",
    "table-of-content",
    "note-citation",
    "forms",
];
/// Elements that say who wrote a comment, and when.
const BYLINES: &[&str] = &["creator", "creator-initials", "date", "date-string"];

/// What the text is part of. A note or a comment is inside a paragraph, and consists of paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Document,
    Note,
    Comment,
}

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    let text = Archive::open(bytes).and_then(|mut archive| archive.text("content.xml"));
    let Some(text) = text else {
        return archive::damaged();
    };
    let mut paragraphs = Paragraphs::default();
    let (mut skipped, mut lists) = (0_usize, 0_usize);
    let mut place = Place::Document;
    xml::read(&text, |piece| match piece {
        Xml::Start(name, _) if skipped > 0 || is_skipped(&name, place) => skipped += 1,
        Xml::End(_) if skipped > 0 => skipped -= 1,
        Xml::Text(text) if skipped == 0 => paragraphs.text(&text),
        Xml::Text(_) => {}
        Xml::Start(name, attributes) => match name.as_str() {
            "note-body" | "annotation" if place == Place::Document => {
                place = if name == "annotation" {
                    Place::Comment
                } else {
                    Place::Note
                };
                paragraphs.start(Kind::Text);
            }
            "p" | "h" if place != Place::Document => paragraphs.text(" "),
            "list" => lists += 1,
            "p" if lists > 0 => paragraphs.start(Kind::Item),
            _ => start(&name, &attributes, &mut paragraphs),
        },
        Xml::End(name) => match name.as_str() {
            "note-body" if place == Place::Note => {
                place = Place::Document;
                let note = paragraphs.take();
                paragraphs.note(&note);
            }
            "annotation" if place == Place::Comment => {
                place = Place::Document;
                let comment = paragraphs.take();
                paragraphs.comment(&comment);
            }
            "list" => lists = lists.saturating_sub(1),
            "p" | "h" if place == Place::Document => paragraphs.end(),
            "a" => paragraphs.end_link(),
            "table" => paragraphs.end_table(),
            _ => {}
        },
    });
    paragraphs.finish()
}

fn is_skipped(name: &str, place: Place) -> bool {
    SKIPPED.contains(&name) || place == Place::Comment && BYLINES.contains(&name)
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
        "a" => paragraphs.start_link(attributes.get("href")),
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
            "Be quiet (Not on Fridays) from ten.",
            "- no music\n- no drums",
            "Day | Until\nFriday | eleven",
        ];
        assert_eq!(blocks, expected);
        let cut = crate::read("a.odt", bytes.get(..bytes.len() / 2).unwrap());
        assert!(cut.blocks.is_empty() && cut.problems[0].is_error());
    }
    #[test]
    fn links_and_comments() {
        let text = "<office:text><text:p>Ask <text:a xlink:href=\"https://a.example\">the <text:span>office</text:span></text:a>\
            <office:annotation><dc:creator>Ann</dc:creator><dc:date>2026</dc:date><text:p>Is this</text:p><text:p>right?</text:p></office:annotation> on <text:date>Friday</text:date>.</text:p></office:text>";
        let bytes = packed(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", text),
        ]);
        let found = crate::read("a.odt", &bytes);
        crate::formats::check_blocks(
            &found,
            &[(1, "Paragraph(Body)", "Ask the office on Friday.")],
        );
        crate::formats::check_links(&found, &[("the office", "https://a.example")]);
        let dropped: Vec<&str> = found.dropped.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(dropped, ["Is this right?"]);
    }
}
