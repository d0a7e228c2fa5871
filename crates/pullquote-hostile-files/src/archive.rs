//! Hostile office documents and books: small zip archives that unpack to, or stand for, far more.

use crate::{Expect, HostileFile};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MEGABYTE: usize = 1 << 20;

const TEXT: &str = "The ferry leaves the island at seven in the morning.";

/// An archive of these parts, by name. The type of the file is not compressed.
fn archive(name: &'static str, parts: &[(&str, &str)], expect: Expect) -> HostileFile {
    HostileFile::new(name, packed(parts).unwrap_or_default(), expect)
}

fn packed(parts: &[(&str, &str)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method = match *name {
            "mimetype" => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

/// `part` as often as fits into `megabytes`.
fn filled(part: &str, megabytes: usize) -> String {
    part.repeat(megabytes * MEGABYTE / part.len())
}

fn docx(name: &'static str, body: &str, expect: Expect) -> HostileFile {
    let text = format!("<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>");
    let document = format!("<w:document><w:body>{text}{body}</w:body></w:document>");
    archive(name, &[("word/document.xml", &document)], expect)
}

fn odt(name: &'static str, body: &str, expect: Expect) -> HostileFile {
    let content = format!("<office:text><text:p>{TEXT}</text:p>{body}</office:text>");
    let kind = "application/vnd.oasis.opendocument.text";
    archive(
        name,
        &[("mimetype", kind), ("content.xml", &content)],
        expect,
    )
}

/// A workbook with one sheet.
fn xlsx(name: &'static str, rows: &str, expect: Expect) -> HostileFile {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let types = format!("<Types xmlns=\"{package}/content-types\"/>");
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relation}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let cell = format!("<c r=\"A1\" t=\"inlineStr\"><is><t>{TEXT}</t></is></c>");
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\">{cell}</row>{rows}</sheetData></worksheet>"
    );
    let parts = [
        ("[Content_Types].xml", types.as_str()),
        ("_rels/.rels", &root),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", &relations),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    archive(name, &parts, expect)
}

/// A book whose only chapter is in its order `times` times.
fn epub(name: &'static str, chapter: &str, times: usize, expect: Expect) -> HostileFile {
    let order = "<itemref idref=\"a\"/>".repeat(times);
    let book = format!(
        "<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine>{order}</spine></package>"
    );
    let page = format!("<html><body><p>{TEXT}</p>{chapter}</body></html>");
    let container =
        "<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>";
    let parts = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("book.opf", &book),
        ("a.xhtml", &page),
    ];
    archive(name, &parts, expect)
}

/// Every kind of hostile archive.
pub(crate) fn all() -> impl Iterator<Item = HostileFile> {
    let kinds = [documents, texts, workbooks, books];
    kinds.into_iter().flat_map(|kind| kind())
}

/// DOCX.
fn documents() -> Vec<HostileFile> {
    let any = |name, body: &str| docx(name, body, Expect::Any);
    let paragraph = |text: &str| format!("<w:p><w:t>{text}</w:t></w:p>");
    let attributes = format!("<w:p {}/>", filled("a=\"1\" ", 40));
    vec![
        docx("document.docx", "", Expect::Used),
        docx("unpacks-to-much.docx", &filled(" ", 60), Expect::Refused),
        any("paragraphs.docx", &filled(&paragraph("a"), 40)),
        any("nested.docx", &filled("<w:p>", 40)),
        any("tables.docx", &filled("<w:tbl><w:tr><w:tc>", 40)),
        any("attributes.docx", &attributes),
        any("entities.docx", &paragraph(&filled("&amp;", 40))),
        links(),
        notes(),
    ]
}

/// A DOCX with a paragraph of links to one long address.
fn links() -> HostileFile {
    let link = "<w:hyperlink r:id=\"a\"><w:t>a </w:t></w:hyperlink>";
    let document = format!("<w:document><w:p>{}</w:p></w:document>", filled(link, 40));
    let address = "a".repeat(2_000);
    let relations = format!(
        "<Relationships><Relationship Id=\"a\" Target=\"https://{address}\" TargetMode=\"External\"/></Relationships>"
    );
    let parts = [
        ("word/document.xml", document.as_str()),
        ("word/_rels/document.xml.rels", &relations),
    ];
    archive("links.docx", &parts, Expect::Any)
}

/// A DOCX that refers to one note again and again.
fn notes() -> HostileFile {
    let reference = filled("<w:footnoteReference w:id=\"1\"/>", 40);
    let document = format!("<w:document><w:p><w:t>{TEXT}</w:t>{reference}</w:p></w:document>");
    let note =
        format!("<w:footnotes><w:footnote w:id=\"1\"><w:t>{TEXT}</w:t></w:footnote></w:footnotes>");
    let parts = [
        ("word/document.xml", document.as_str()),
        ("word/footnotes.xml", &note),
    ];
    archive("notes.docx", &parts, Expect::Any)
}

/// ODT.
fn texts() -> Vec<HostileFile> {
    let any = |name, body: &str| odt(name, body, Expect::Any);
    let spaces = "<text:p>a<text:s text:c=\"4000000000\"/>b</text:p>";
    let cell = "<table:table-cell table:number-columns-repeated=\"4000000000\"><text:p>a</text:p></table:table-cell>";
    let table = format!(
        "<table:table><table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row></table:table>"
    );
    vec![
        odt("text.odt", "", Expect::Used),
        any("spaces.odt", spaces),
        any("repeated-cells.odt", &table),
        any("lists.odt", &filled("<text:list><text:list-item>", 40)),
        any("notes.odt", &filled("<text:note><text:note-body>", 40)),
        any(
            "comments.odt",
            &filled(
                "<office:annotation><text:p>a</text:p></office:annotation>",
                40,
            ),
        ),
    ]
}

/// XLSX.
fn workbooks() -> Vec<HostileFile> {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let row = "<row><c><v>1</v></c><c><v>2</v></c></row>";
    vec![
        xlsx("workbook.xlsx", "", Expect::Used),
        xlsx("far-cell.xlsx", far, Expect::Any),
        xlsx("cells.xlsx", &filled(row, 40), Expect::Any),
    ]
}

/// EPUB.
fn books() -> Vec<HostileFile> {
    let any = |name, chapter: &str, times| epub(name, chapter, times, Expect::Any);
    vec![
        epub("book.epub", "", 1, Expect::Used),
        any("repeated-chapter.epub", &filled("a ", 4), 100_000),
        any("chapter-of-paragraphs.epub", &filled("<p>a", 4), 1),
        any("nested-chapter.epub", &filled("<div>", 4), 1),
    ]
}
