//! DOCX: headings by their styles, text, lists and tables. Deleted text, comments and field codes are left out.

use crate::archive::{self, Archive};
use crate::office::{Kind, Paragraphs};
use crate::xml::{self, Attributes, Xml};
use pullquote_core::article::ParsedDocument;
use std::collections::HashMap;

/// Name of the part that contains the text.
pub(super) const TEXT: &str = "word/document.xml";
/// Elements whose text is not the document's: a fallback repeats what is before it.
const SKIPPED: &[&str] = &["Fallback", "del", "moveFrom", "instrText", "sdtPr"];

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    let Some(mut archive) = Archive::open(bytes) else {
        return archive::damaged();
    };
    let styles = archive.text("word/styles.xml").map(|it| styles(&it));
    let Some(text) = archive.text(TEXT) else {
        return archive::damaged();
    };
    let styles = styles.unwrap_or_default();
    let mut paragraphs = Paragraphs::default();
    let mut skipped = 0_usize;
    let mut in_text = false;
    xml::read(&text, |piece| match piece {
        Xml::Start(name, _) if skipped > 0 || SKIPPED.contains(&name.as_str()) => skipped += 1,
        Xml::End(_) if skipped > 0 => skipped -= 1,
        Xml::Start(name, attributes) => {
            in_text = name == "t";
            start(&name, &attributes, &styles, &mut paragraphs);
        }
        Xml::End(name) => {
            in_text = false;
            match name.as_str() {
                "p" => paragraphs.end(),
                "tbl" => paragraphs.end_table(),
                _ => {}
            }
        }
        Xml::Text(text) if in_text && skipped == 0 => paragraphs.text(&text),
        Xml::Text(_) => {}
    });
    ParsedDocument {
        blocks: paragraphs.finish(),
        ..ParsedDocument::default()
    }
}

fn start(
    name: &str,
    attributes: &Attributes,
    styles: &HashMap<String, Kind>,
    paragraphs: &mut Paragraphs,
) {
    let value = || attributes.get("val").unwrap_or_default();
    match name {
        "p" => paragraphs.start(Kind::Text),
        "pStyle" => {
            if let Some(kind) = styles.get(value()) {
                paragraphs.set_kind(*kind);
            }
        }
        "outlineLvl" => {
            if let Some(kind) = outline(value()) {
                paragraphs.set_kind(kind);
            }
        }
        "numId" if value() != "0" => paragraphs.set_item(),
        "tab" | "br" | "cr" => paragraphs.text(" "),
        "noBreakHyphen" => paragraphs.text("-"),
        "tbl" => paragraphs.start_table(),
        "tr" => paragraphs.start_row(),
        "tc" => paragraphs.start_cell(),
        _ => {}
    }
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
                None if value.starts_with("list ") && value != "list paragraph" => Some(Kind::Item),
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
            "Paragraph(Body) 3-3 Be quiet from ten on.",
            "Paragraph(List) 4-5 - no music\n- no drums",
            "Paragraph(Table) 6-9 Day | Until\nFriday | eleven",
        ];
        assert_eq!(blocks, expected);
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
