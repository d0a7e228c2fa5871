//! CSV: a row is an entry, or a question with its answer. Separators may be commas, semicolons, tabs or bars.

use crate::sheet::{self, Cell, MAX_COLUMNS};
use csv::ReaderBuilder;
use pullquote_core::article::{ParsedDocument, Problem};

/// Reads a table.
pub(super) fn read(text: &str) -> ParsedDocument {
    let mut reader = ReaderBuilder::new()
        .delimiter(separator(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut problems = Vec::new();
    let rows = reader.records().filter_map(|record| match record {
        Ok(record) => {
            let line = record.position().map_or(1, csv::Position::line);
            let cells = record.iter().take(MAX_COLUMNS).map(Cell::from);
            Some((line as u32, cells.collect()))
        }
        Err(error) => {
            let line = error.position().map(|position| position.line() as u32);
            let message = format!("a row cannot be read: {error}");
            problems.push(Problem::warning(line, message));
            None
        }
    });
    let Some(blocks) = sheet::blocks(rows) else {
        return sheet::too_large();
    };
    ParsedDocument {
        blocks,
        problems,
        ..ParsedDocument::default()
    }
}

/// The separator that occurs most often in the first line.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty());
    let count = |mark: &u8| {
        first
            .unwrap_or_default()
            .bytes()
            .filter(|it| it == mark)
            .count()
    };
    // Of several, the last one is taken.
    let marks = [b'|', b'\t', b';', b','];
    marks.into_iter().max_by_key(count).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    fn check(text: &str, expected: &[(u32, &str)]) {
        let document = crate::read("a.csv", text.as_bytes());
        let blocks = document.blocks.iter();
        let found: Vec<_> = blocks
            .map(|it| (it.lines.first, it.text.as_str()))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn separators_quotes_and_lines() {
        check(
            "Stop,Fare\n\"Quay, north\",\"two\neuros\"\nIsle,1\n",
            &[
                (2, "Quay, north"),
                (2, "Stop: Quay, north\nFare: two euros"),
                (4, "Isle"),
                (4, "Stop: Isle\nFare: 1"),
            ],
        );
        check(
            "Stop;Fare\nQuay;2,50\n",
            &[(2, "Quay"), (2, "Stop: Quay\nFare: 2,50")],
        );
        check(
            "Frage\tAntwort\nKostet es?\tNein.\n",
            &[(2, "Kostet es?"), (2, "Nein.")],
        );
        check("a,\"b\nunclosed", &[]);
        check("", &[]);
    }
}
