//! XLSX: each sheet under its name; a row is an entry, or a question with its answer. Rows are counted. Links of cells
//! are kept.

use crate::archive::{self, Archive};
use crate::sheet::{self, Cell, MAX_COLUMNS, Row};
use calamine::{Data, Hyperlink, Reader, Xlsx};
use pullquote_core::article::{Block, BlockKind, LineRange, Numbering, ParsedDocument};
use std::collections::HashMap;
use std::io::Cursor;

/// Text of a sheet's cells, at most, in bytes: many cells can refer to one long text.
const MAX_TEXT: usize = 50_000_000;
/// Longest address of a link that is kept, in bytes.
const MAX_ADDRESS: usize = 2_000;

/// Reads the sheets of a workbook.
pub(super) fn read(bytes: &[u8]) -> ParsedDocument {
    if !Archive::open(bytes).is_some_and(|mut archive| archive.is_bounded()) {
        return archive::damaged();
    }
    let Ok(mut workbook) = Xlsx::new(Cursor::new(bytes)) else {
        return archive::damaged();
    };
    let mut document = ParsedDocument {
        numbering: Numbering::Rows,
        ..ParsedDocument::default()
    };
    let names = workbook.sheet_names();
    for name in &names {
        let Ok(cells) = rows(&mut workbook, name) else {
            continue;
        };
        let Some(blocks) = cells.and_then(sheet::blocks) else {
            return sheet::too_large();
        };
        if names.len() > 1 && !blocks.is_empty() {
            let lines = LineRange { first: 1, last: 1 };
            let heading = Block::new(BlockKind::Heading(2), name.clone(), lines);
            document.blocks.push(heading);
        }
        document.blocks.extend(blocks);
    }
    document
}

/// The rows of a sheet, by their numbers; `None` if they are too large. Cells are read one by one: a range would be as large
/// as the sheet claims to be.
fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<Vec<Row>>, calamine::XlsxError> {
    let mut links = links(workbook, name);
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut length = 0;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let text = Data::from(cell.get_value().clone()).to_string();
        let link = links.remove(&(row, column));
        length += text.len() + link.as_ref().map_or(0, String::len);
        if length > MAX_TEXT {
            return Ok(None);
        }
        if text.is_empty() || column as usize >= MAX_COLUMNS {
            continue;
        }
        if rows.last().is_none_or(|(number, _)| *number != row + 1) {
            rows.push((row + 1, Vec::new()));
        }
        if let Some((_, cells)) = rows.last_mut() {
            // Empty cells to the left count too.
            length += (column as usize + 1).saturating_sub(cells.len()) * size_of::<Cell>();
            cells.resize(cells.len().max(column as usize + 1), Cell::default());
            cells[column as usize] = Cell { text, link };
        }
    }
    Ok(Some(rows))
}

/// The addresses that cells lead to, by row and column. A link of several cells is that of the first one, where its text is.
fn links(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> HashMap<(u32, u32), String> {
    let links = workbook.hyperlinks_by_sheet_name(name).unwrap_or_default();
    let links = links.into_iter().filter_map(|link| {
        let address = address(&link)?;
        Some((link.range.start, address))
    });
    links.collect()
}

/// The address of a link; `None` if it leads to a place in the workbook, or is very long.
fn address(link: &Hyperlink) -> Option<String> {
    let target = link.target.as_deref()?;
    let address = match &link.location {
        // The part of an address behind `#` is stored apart.
        Some(place) => format!("{target}#{place}"),
        None => target.to_owned(),
    };
    (address.len() <= MAX_ADDRESS).then_some(address)
}

#[cfg(test)]
mod tests {
    use crate::archive::packed;

    const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    fn sheet(rows: &str) -> String {
        let links = "<hyperlink ref=\"A4\" r:id=\"rId1\" location=\"map\"/><hyperlink ref=\"B1\" location=\"FAQ!A1\"/><hyperlink ref=\"B2:C3\" r:id=\"rId1\"/>";
        format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{RELATION}\"><sheetData>{rows}</sheetData><hyperlinks>{links}</hyperlinks></worksheet>"
        )
    }

    fn link(address: &str) -> String {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATION}/hyperlink\" Target=\"{address}\" TargetMode=\"External\"/></Relationships>"
        )
    }

    fn cell(place: &str, text: &str) -> String {
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    }

    /// A workbook with two sheets.
    fn workbook() -> Vec<u8> {
        let fares = sheet(&format!(
            "<row r=\"1\">{}{}</row><row r=\"4\">{}<c r=\"B4\"><v>2.5</v></c></row>",
            cell("A1", "Stop"),
            cell("B1", "Fare"),
            cell("A4", "Quay"),
        ));
        let faq = sheet(&format!(
            "<row r=\"1\">{}{}</row><row r=\"2\">{}{}</row><row r=\"1048576\">{}</row>",
            cell("A1", "Question"),
            cell("B1", "Answer"),
            cell("A2", "Is it free?"),
            cell("B2", "No."),
            cell("XFD1048576", "far"),
        ));
        packed(&[
            (
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            ),
            (
                "_rels/.rels",
                &format!(
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATION}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                &format!(
                    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{RELATION}\"><sheets><sheet name=\"Fares\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"FAQ\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                &format!(
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{RELATION}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{RELATION}/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
                ),
            ),
            ("xl/worksheets/sheet1.xml", &fares),
            ("xl/worksheets/sheet2.xml", &faq),
            (
                "xl/worksheets/_rels/sheet1.xml.rels",
                &link("https://quay.example/"),
            ),
            (
                "xl/worksheets/_rels/sheet2.xml.rels",
                &link("https://faq.example/"),
            ),
        ])
    }

    #[test]
    fn sheets_of_a_workbook() {
        let bytes = workbook();
        let document = crate::read("a.bin", &bytes);
        assert_eq!(document.problems, []);
        let blocks = document.blocks.iter();
        let found: Vec<_> = blocks
            .map(|it| (it.lines.first, it.text.as_str()))
            .collect();
        let expected = [
            (1, "Fares"),
            (4, "Quay"),
            (4, "Stop: Quay\nFare: 2.5"),
            (1, "FAQ"),
            (2, "Is it free?"),
            (2, "No."),
        ];
        assert_eq!(found, expected);
        let links = [
            ("Quay", "https://quay.example/#map"),
            ("No.", "https://faq.example/"),
        ];
        crate::formats::check_links(&document, &links);
        let cut = crate::read("a.xlsx", bytes.get(..bytes.len() - 40).unwrap());
        assert!(cut.blocks.is_empty() && cut.problems.len() == 1);
    }
}
