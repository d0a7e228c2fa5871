//! XLSX: each sheet under its name; a row is an entry, or a question with its answer. Rows are counted.

use crate::archive::{self, Archive};
use crate::sheet::{self, MAX_COLUMNS, Row};
use calamine::{Data, Reader, Xlsx};
use pullquote_core::article::{Block, BlockKind, LineRange, Numbering, ParsedDocument};
use std::io::Cursor;

/// Text of a sheet's cells, at most, in bytes: many cells can refer to one long text.
const MAX_TEXT: usize = 50_000_000;

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

/// The rows of a sheet, by their numbers; `None` if they are too large. Cells are read one by one: a range would be as large as the sheet claims to be.
fn rows(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<Vec<Row>>, calamine::XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut length = 0;
    while let Some(cell) = reader.next_cell()? {
        let (row, column) = cell.get_position();
        let text = Data::from(cell.get_value().clone()).to_string();
        length += text.len();
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
            length += (column as usize + 1).saturating_sub(cells.len()) * size_of::<String>();
            cells.resize(cells.len().max(column as usize + 1), String::new());
            cells[column as usize] = text;
        }
    }
    Ok(Some(rows))
}

#[cfg(test)]
mod tests {
    use crate::archive::packed;

    /// A workbook with two sheets.
    fn workbook() -> Vec<u8> {
        let sheet = |rows: &str| {
            format!(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
            )
        };
        let cell = |place: &str, text: &str| {
            format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        };
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
        let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        packed(&[
            (
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
            ),
            (
                "_rels/.rels",
                &format!(
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                &format!(
                    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{relation}\"><sheets><sheet name=\"Fares\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"FAQ\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                &format!(
                    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"{relation}/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>"
                ),
            ),
            ("xl/worksheets/sheet1.xml", &fares),
            ("xl/worksheets/sheet2.xml", &faq),
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
            (4, "Stop: Quay\nFare: 2.5"),
            (1, "FAQ"),
            (2, "Is it free?"),
            (2, "No."),
        ];
        assert_eq!(found, expected);
        let cut = crate::read("a.xlsx", bytes.get(..bytes.len() - 40).unwrap());
        assert!(cut.blocks.is_empty() && cut.problems.len() == 1);
    }
}
