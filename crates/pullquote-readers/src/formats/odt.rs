//! ODT: headings, text, lists, tables, links and notes. Deleted text, comments and tables of contents are left out.

use crate::archive::{self, Archive};
use crate::office::{Counts, Item, Kind, NumberStyle, Paragraphs};
use crate::xml::{self, Attributes, Xml};
use pullquote_core::article::ParsedDocument;
use std::collections::HashMap;

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
    let Some(mut archive) = Archive::open(bytes) else {
        return archive::damaged();
    };
    let styles = archive.text("styles.xml").unwrap_or_default();
    let Some(text) = archive.text("content.xml") else {
        return archive::damaged();
    };
    let mut paragraphs = Paragraphs::default();
    let mut lists = Lists::of(&[&text, &styles]);
    let mut skipped = 0_usize;
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
            "list" => lists.start(&attributes),
            "list-item" => lists.start_item(),
            "p" if lists.are_open() => paragraphs.start(lists.kind()),
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
            "list" => lists.end(),
            "p" | "h" if place == Place::Document => paragraphs.end(),
            "a" => paragraphs.end_link(),
            "table" => paragraphs.end_table(),
            _ => {}
        },
    });
    paragraphs.finish()
}

/// The open lists, and which lists are numbered.
#[derive(Debug, Default)]
struct Lists {
    /// Names of styles, and levels from 1, whose items have numbers, and how these are written.
    numbered: HashMap<(String, String), NumberStyle>,
    /// Names of the styles of the open lists.
    open: Vec<String>,
    /// What the next paragraph is: the first one of an item is that item.
    item: Option<Item>,
    counts: Counts,
}

/// How the numbers of a list are written; `None` for other writings.
fn number_style(format: &str) -> Option<NumberStyle> {
    Some(match format {
        "1" => NumberStyle::Decimal,
        "a" => NumberStyle::LowerLetter,
        "A" => NumberStyle::UpperLetter,
        "i" => NumberStyle::LowerRoman,
        "I" => NumberStyle::UpperRoman,
        _ => return None,
    })
}

impl Lists {
    /// The lists whose styles are in these parts.
    fn of(parts: &[&str]) -> Self {
        let mut numbered = HashMap::new();
        for part in parts {
            let mut style = String::new();
            xml::read(part, |piece| {
                let Xml::Start(name, attributes) = piece else {
                    return;
                };
                let get = |name| attributes.get(name).unwrap_or_default();
                match name.as_str() {
                    "list-style" => get("name").clone_into(&mut style),
                    "list-level-style-number" => {
                        let list = (style.clone(), get("level").to_owned());
                        numbered.extend(number_style(get("num-format")).map(|it| (list, it)));
                    }
                    _ => {}
                }
            });
        }
        Self {
            numbered,
            ..Self::default()
        }
    }

    fn are_open(&self) -> bool {
        !self.open.is_empty()
    }

    fn start(&mut self, attributes: &Attributes) {
        let outer = self.open.last().cloned();
        let style = attributes.get("style-name").map(str::to_owned);
        let style = style.or(outer).unwrap_or_default();
        let continues = attributes.get("continue-numbering") == Some("true")
            || attributes.get("continue-list").is_some();
        if self.open.is_empty() && !continues {
            self.counts.restart(&style);
        }
        self.open.push(style);
    }

    fn start_item(&mut self) {
        let level = self.open.len();
        let style = self.open.last().cloned().unwrap_or_default();
        let numbers = self
            .numbered
            .get(&(style.clone(), level.to_string()))
            .copied();
        let level = level.saturating_sub(1);
        let number = numbers.map(|_| self.counts.next(&style, level));
        self.item = Some(Item {
            level,
            number,
            style: numbers.unwrap_or_default(),
        });
    }

    /// The kind of the paragraph that begins here.
    fn kind(&mut self) -> Kind {
        self.item.take().map_or(Kind::Text, Kind::Item)
    }

    fn end(&mut self) {
        self.open.pop();
        self.item = None;
    }
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
        "s" | "tab" => paragraphs.text(" "),
        "line-break" => paragraphs.line_break(),
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
    fn numbered_lists() {
        let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
        let list = |attributes: &str, items: &[String]| {
            format!("<text:list {attributes}>{}</text:list>", items.concat())
        };
        let inner = list("", &[item("throw"), item("pull")]);
        let nested = format!("<text:list-item><text:p>Moor it.</text:p>{inner}</text:list-item>");
        let body = [
            list("text:style-name=\"L1\"", &[item("Stop."), nested]),
            "<text:p>Wait.<text:line-break/>Long.</text:p>".to_owned(),
            list(
                "text:style-name=\"L1\" text:continue-numbering=\"true\"",
                &[item("Go ashore.")],
            ),
            list("text:style-name=\"L1\"", &[item("Sit."), item("Eat.")]),
        ];
        let text = format!(
            "<office:document-content><text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"1\"/>\
            <text:list-level-style-number text:level=\"2\" style:num-format=\"a\"/></text:list-style><office:text>{}</office:text></office:document-content>",
            body.concat()
        );
        let bytes = packed(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", &text),
        ]);
        crate::formats::check_blocks(
            &crate::read("a.odt", &bytes),
            &[
                (
                    1,
                    "Paragraph(List)",
                    "1. Stop.\n2. Moor it.\n  a. throw\n  b. pull",
                ),
                (5, "Paragraph(Body)", "Wait.\nLong."),
                (6, "Paragraph(Body)", "3. Go ashore."),
                (7, "Paragraph(List)", "1. Sit.\n2. Eat."),
            ],
        );
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
