//! DOCX: headings by their styles, text, lists, tables, links and notes. Deleted text, comments and field codes are left
//! out.

use crate::archive::{self, Archive};
use crate::office::{Counts, Item, Kind, NumberStyle, Paragraphs};
use crate::xml::{self, Attributes, Xml};
use pullquote_core::article::ParsedDocument;
use std::collections::{HashMap, HashSet};

/// Name of the part that contains the text.
pub(super) const TEXT: &str = "word/document.xml";
/// Name of the part that contains the addresses of links.
const LINKS: &str = "word/_rels/document.xml.rels";
/// Elements whose text is not the document's: a fallback repeats what is before it.
const SKIPPED: &[&str] = &["Fallback", "del", "moveFrom", "instrText", "sdtPr"];

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    let Some(mut archive) = Archive::open(bytes) else {
        return archive::damaged();
    };
    let mut part = |name: &str| archive.text(&format!("word/{name}.xml"));
    let styles = part("styles").map(|it| styles(&it));
    let lists = part("numbering").map(|it| Lists::of(&it));
    let notes = ["footnote", "endnote", "comment"].map(|element| {
        let text = part(&format!("{element}s"));
        text.map(|it| notes(&it, element)).unwrap_or_default()
    });
    let links = archive.text(LINKS).map(|it| links(&it));
    let Some(text) = archive.text(TEXT) else {
        return archive::damaged();
    };
    let [footnotes, endnotes, comments] = notes;
    let mut reader = Reader {
        styles: styles.unwrap_or_default(),
        links: links.unwrap_or_default(),
        footnotes,
        endnotes,
        comments,
        lists: lists.unwrap_or_default(),
        level: 0,
        paragraphs: Paragraphs::default(),
    };
    each_piece(&text, |piece| match piece {
        Piece::Start(name, attributes) => reader.start(&name, &attributes),
        Piece::Text(text) => reader.paragraphs.text(&text),
        Piece::End(name) => match name.as_str() {
            "p" => reader.paragraphs.end(),
            "tbl" => reader.paragraphs.end_table(),
            "hyperlink" => reader.paragraphs.end_link(),
            _ => {}
        },
    });
    reader.paragraphs.finish()
}

/// A piece of the text or of its notes.
enum Piece {
    Start(String, Attributes),
    Text(String),
    End(String),
}

/// Passes the pieces of a part to `each`, without elements that are not text.
fn each_piece(text: &str, mut each: impl FnMut(Piece)) {
    let mut skipped = 0_usize;
    let mut in_text = false;
    xml::read(text, |piece| match piece {
        Xml::Start(name, _) if skipped > 0 || SKIPPED.contains(&name.as_str()) => skipped += 1,
        Xml::End(_) if skipped > 0 => skipped -= 1,
        Xml::Start(name, attributes) => {
            in_text = name == "t";
            each(Piece::Start(name, attributes));
        }
        Xml::End(name) => {
            in_text = false;
            each(Piece::End(name));
        }
        Xml::Text(text) if in_text && skipped == 0 => each(Piece::Text(text)),
        Xml::Text(_) => {}
    });
}

/// Texts by their ids.
type Notes = HashMap<String, String>;

struct Reader {
    styles: HashMap<String, Kind>,
    /// Addresses of links by their ids.
    links: HashMap<String, String>,
    /// Each note and comment is used once.
    footnotes: Notes,
    endnotes: Notes,
    comments: Notes,
    lists: Lists,
    /// Level in its list of the paragraph that begins, from 0.
    level: usize,
    paragraphs: Paragraphs,
}

impl Reader {
    fn start(&mut self, name: &str, attributes: &Attributes) {
        let value = || attributes.get("val").unwrap_or_default();
        let id = || attributes.get("id").unwrap_or_default();
        let paragraphs = &mut self.paragraphs;
        match name {
            "p" => paragraphs.start(Kind::Text),
            "pStyle" => {
                if let Some(kind) = self.styles.get(value()) {
                    paragraphs.set_kind(*kind);
                }
            }
            "outlineLvl" => {
                if let Some(kind) = outline(value()) {
                    paragraphs.set_kind(kind);
                }
            }
            "ilvl" => self.level = value().parse().unwrap_or(0),
            "numId" => {
                let level = std::mem::take(&mut self.level);
                if value() != "0" {
                    paragraphs.set_item(|| self.lists.item(value(), level));
                }
            }
            "tab" => paragraphs.text(" "),
            "br" | "cr" => paragraphs.line_break(),
            "noBreakHyphen" => paragraphs.text("-"),
            "tbl" => paragraphs.start_table(),
            "tr" => paragraphs.start_row(),
            "tc" => paragraphs.start_cell(),
            "hyperlink" => paragraphs.start_link(self.links.get(id()).map(String::as_str)),
            "footnoteReference" => {
                let note = self.footnotes.remove(id());
                paragraphs.note(&note.unwrap_or_default());
            }
            "endnoteReference" => {
                let note = self.endnotes.remove(id());
                paragraphs.note(&note.unwrap_or_default());
            }
            "commentReference" => {
                let comment = self.comments.remove(id());
                paragraphs.comment(&comment.unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// The lists of a document, which are instances of abstract ones.
#[derive(Debug, Default)]
struct Lists {
    /// The abstract list that each list is an instance of.
    definitions: HashMap<String, String>,
    /// Lists that begin again, although others of their abstract list came before them.
    restarted: HashSet<String>,
    /// Abstract lists and their levels, from 0, whose items have numbers, and how these are written.
    numbered: HashMap<(String, usize), NumberStyle>,
    counts: Counts,
}

impl Lists {
    fn of(text: &str) -> Self {
        let mut lists = Self::default();
        let (mut abstract_list, mut list, mut level) = (String::new(), String::new(), 0);
        xml::read(text, |piece| {
            let Xml::Start(name, attributes) = piece else {
                return;
            };
            let get = |name| attributes.get(name).unwrap_or_default();
            match name.as_str() {
                "abstractNum" => get("abstractNumId").clone_into(&mut abstract_list),
                "lvl" => level = get("ilvl").parse().unwrap_or(0),
                "numFmt" => {
                    let list = (abstract_list.clone(), level);
                    lists
                        .numbered
                        .extend(style(get("val")).map(|style| (list, style)));
                }
                "num" => get("numId").clone_into(&mut list),
                "abstractNumId" => {
                    let of = get("val").to_owned();
                    lists.definitions.insert(list.clone(), of);
                }
                "startOverride" => {
                    lists.restarted.insert(list.clone());
                }
                _ => {}
            }
        });
        lists
    }

    /// The next item of a list on a level.
    fn item(&mut self, list: &str, level: usize) -> Item {
        let abstract_list = self.definitions.get(list);
        let key = abstract_list.map(|of| (of.clone(), level));
        let style = key.as_ref().and_then(|key| self.numbered.get(key).copied());
        let Some((key, style)) = key.zip(style) else {
            return Item {
                level,
                ..Item::default()
            };
        };
        let counted = if self.restarted.contains(list) {
            format!("list {list}")
        } else {
            key.0
        };
        let number = Some(self.counts.next(&counted, level));
        Item {
            level,
            number,
            style,
        }
    }
}

/// How the numbers of a list are written; `None` for bullets and other writings.
fn style(format: &str) -> Option<NumberStyle> {
    Some(match format {
        "decimal" => NumberStyle::Decimal,
        "lowerLetter" => NumberStyle::LowerLetter,
        "upperLetter" => NumberStyle::UpperLetter,
        "lowerRoman" => NumberStyle::LowerRoman,
        "upperRoman" => NumberStyle::UpperRoman,
        _ => return None,
    })
}

/// The notes or comments of a part, which are elements of this name. The lines that separate notes are without text.
fn notes(text: &str, element: &str) -> Notes {
    let mut notes = Notes::new();
    let mut open: Option<(String, String)> = None;
    each_piece(text, |piece| match piece {
        Piece::Start(name, attributes) if name == element => {
            let id = attributes.get("id").unwrap_or_default();
            open = Some((id.to_owned(), String::new()));
        }
        Piece::End(name) if name == element => notes.extend(open.take()),
        Piece::Start(name, _) if matches!(name.as_str(), "p" | "tab" | "br" | "cr") => {
            if let Some((_, note)) = &mut open {
                note.push(' ');
            }
        }
        Piece::Text(text) => {
            if let Some((_, note)) = &mut open {
                note.push_str(&text);
            }
        }
        Piece::Start(..) | Piece::End(_) => {}
    });
    notes
}

/// Addresses outside the document by the ids of their links.
fn links(text: &str) -> HashMap<String, String> {
    let mut links = HashMap::new();
    xml::read(text, |piece| {
        if let Xml::Start(name, attributes) = piece
            && name == "Relationship"
            && attributes.get("TargetMode") == Some("External")
        {
            let get = |name| attributes.get(name).unwrap_or_default().to_owned();
            links.insert(get("Id"), get("Target"));
        }
    });
    links
}

/// The styles that are headings, titles or lists, by their ids. Ids depend on the language of the program; names do not.
fn styles(text: &str) -> HashMap<String, Kind> {
    let mut styles = HashMap::new();
    let mut id = String::new();
    xml::read(text, |piece| {
        let Xml::Start(name, attributes) = piece else {
            return;
        };
        let value = attributes.get("val").unwrap_or_default().to_lowercase();
        let kind = match name.as_str() {
            "style" => {
                attributes
                    .get("styleId")
                    .unwrap_or_default()
                    .clone_into(&mut id);
                None
            }
            "name" => match value.strip_prefix("heading ") {
                Some(level) => level.parse().ok().map(Kind::Heading),
                None if value == "title" => Some(Kind::Title),
                None if value.starts_with("list ") && value != "list paragraph" => {
                    Some(Kind::Item(Item::default()))
                }
                None => None,
            },
            "outlineLvl" => outline(&value),
            _ => None,
        };
        if let Some(kind) = kind {
            styles.entry(id.clone()).or_insert(kind);
        }
    });
    styles
}

/// The heading of an outline level; 9 is text.
fn outline(level: &str) -> Option<Kind> {
    let level: u8 = level.parse().ok().filter(|level| *level < 9)?;
    Some(Kind::Heading(level + 1))
}

#[cfg(test)]
mod tests {
    use crate::archive::packed;
    use pullquote_core::article::Numbering;

    #[test]
    fn headings_lists_tables_and_changes() {
        let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
        let paragraph = |style: &str, text: &str| {
            format!(
                "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{}</w:p>",
                run(text)
            )
        };
        let item = |text: &str| {
            format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr>{}</w:p>",
                run(text)
            )
        };
        let cell = |text: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(text));
        let body = [
            paragraph("Titel", "House rules"),
            paragraph("berschrift1", "Quiet &amp; peace"),
            format!(
                "<w:p>{}<w:del>{}</w:del>{}<w:r><w:br/></w:r>{}</w:p>",
                run("Be quiet "),
                run("never"),
                run("from ten"),
                run("on.")
            ),
            item("no music"),
            item("no drums"),
            format!(
                "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
                cell("Day"),
                cell("Until"),
                cell("Friday"),
                cell("eleven")
            ),
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>".to_owned(),
        ];
        let document = format!(
            "<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>",
            body.concat()
        );
        let styles = "<w:styles><w:style w:styleId=\"Titel\"><w:name w:val=\"Title\"/></w:style><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
        let bytes = packed(&[("word/styles.xml", styles), (super::TEXT, &document)]);
        let found = crate::read("a.docx", &bytes);
        assert_eq!(found.problems, []);
        let blocks = found.blocks.iter();
        let blocks: Vec<String> = blocks
            .map(|it| {
                format!(
                    "{:?} {}-{} {}",
                    it.kind, it.lines.first, it.lines.last, it.text
                )
            })
            .collect();
        let expected = [
            "Title 1-1 House rules",
            "Heading(1) 2-2 Quiet & peace",
            "Paragraph(Body) 3-3 Be quiet from ten\non.",
            "Paragraph(List) 4-5 - no music\n- no drums",
            "Paragraph(Table) 6-9 Day | Until\nFriday | eleven",
        ];
        assert_eq!(blocks, expected);
    }

    #[test]
    fn numbered_lists() {
        let item = |list: u32, level: u32, text: &str| {
            format!(
                "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
            )
        };
        let body = [
            item(1, 0, "Stop."),
            item(1, 0, "Moor it."),
            item(1, 1, "throw"),
            item(1, 1, "pull"),
            "<w:p><w:r><w:t>Wait.</w:t></w:r></w:p>".to_owned(),
            item(1, 0, "Go ashore."),
            "<w:p><w:r><w:t>Then:</w:t></w:r></w:p>".to_owned(),
            item(2, 0, "Sit."),
            item(2, 0, "Eat."),
        ];
        let document = format!(
            "<w:document><w:body>{}</w:body></w:document>",
            body.concat()
        );
        let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl>\
            <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"upperRoman\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
            <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num></w:numbering>";
        let bytes = packed(&[("word/numbering.xml", numbering), (super::TEXT, &document)]);
        crate::formats::check_blocks(
            &crate::read("a.docx", &bytes),
            &[
                (
                    1,
                    "Paragraph(List)",
                    "1. Stop.\n2. Moor it.\n  I. throw\n  II. pull",
                ),
                (5, "Paragraph(Body)", "Wait."),
                (6, "Paragraph(Body)", "3. Go ashore."),
                (7, "Paragraph(Body)", "Then:"),
                (8, "Paragraph(List)", "1. Sit.\n2. Eat."),
            ],
        );
    }

    #[test]
    fn links_notes_and_comments() {
        let document = "<w:document><w:body>\
            <w:p><w:r><w:t>Ask </w:t></w:r><w:hyperlink r:id=\"r7\"><w:r><w:t>the office </w:t></w:r></w:hyperlink>\
            <w:hyperlink w:anchor=\"x\"><w:r><w:t>below</w:t></w:r></w:hyperlink>\
            <w:r><w:t>.</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>\
            <w:p><w:pPr><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr><w:r><w:t>See </w:t></w:r>\
            <w:hyperlink r:id=\"r7\"><w:r><w:t>here</w:t></w:r></w:hyperlink>\
            <w:r><w:endnoteReference w:id=\"2\"/></w:r><w:r><w:t>, now</w:t></w:r><w:r><w:footnoteReference w:id=\"3\"/></w:r>\
            <w:r><w:commentReference w:id=\"0\"/></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Who</w:t></w:r></w:p></w:tc><w:tc><w:p><w:hyperlink r:id=\"r7\"><w:r><w:t>Ann</w:t></w:r></w:hyperlink></w:p></w:tc></w:tr>\
            <w:tr><w:tc><w:p><w:r><w:t>When</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>later</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
            </w:body></w:document>";
        let long = "many words ".repeat(50);
        let footnotes = format!(
            "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p/></w:footnote>\
            <w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Not on</w:t></w:r></w:p><w:p><w:r><w:t>Mondays.</w:t></w:r></w:p></w:footnote>\
            <w:footnote w:id=\"3\"><w:p><w:r><w:t>{long}</w:t></w:r></w:p></w:footnote></w:footnotes>"
        );
        let endnotes = "<w:endnotes><w:endnote w:id=\"2\"><w:p><w:r><w:t>Bring coins.</w:t></w:r></w:p></w:endnote></w:endnotes>";
        let comments = "<w:comments><w:comment w:id=\"0\" w:author=\"Ann\"><w:p><w:r><w:t>Is this right?</w:t></w:r></w:p></w:comment></w:comments>";
        let links = "<Relationships><Relationship Id=\"r7\" Type=\"hyperlink\" Target=\"https://a.example/b?c=1&amp;d=2\" TargetMode=\"External\"/></Relationships>";
        let bytes = packed(&[
            (super::TEXT, document),
            (super::LINKS, links),
            ("word/footnotes.xml", &footnotes),
            ("word/endnotes.xml", endnotes),
            ("word/comments.xml", comments),
        ]);
        let found = crate::read("a.docx", &bytes);
        let expected = [
            (
                1,
                "Paragraph(Body)",
                "Ask the office below. (Not on Mondays.)",
            ),
            (2, "Paragraph(Body)", "See here (Bring coins), now"),
            (3, "Paragraph(Table)", "Who | Ann\nWhen | later"),
            (7, "Paragraph(Body)", long.trim()),
        ];
        crate::formats::check_blocks(&found, &expected);
        let address = "https://a.example/b?c=1&d=2";
        crate::formats::check_links(
            &found,
            &[("the office", address), ("here", address), ("Ann", address)],
        );
        assert_eq!(found.numbering, Numbering::Paragraphs);
        let dropped = found.dropped.iter();
        let dropped: Vec<_> = dropped
            .map(|it| (it.lines.first, it.text.as_str(), it.reason.as_str()))
            .collect();
        assert_eq!(dropped, [(2, "Is this right?", "comment")]);
    }

    #[test]
    fn damaged_files_are_refused() {
        let bytes = packed(&[(super::TEXT, "<document/>")]);
        for cut in [0, 10, bytes.len() / 2] {
            let document = crate::read("a.docx", bytes.get(..bytes.len() - cut - 1).unwrap());
            assert!(document.blocks.is_empty() && document.problems[0].is_error());
        }
    }
}
