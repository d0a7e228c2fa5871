//! Other markup that is rewritten to Markdown, with the lines of the file that each line was made of.

use pullquote_core::article::{LineRange, ParsedDocument};

/// Markdown, and for each of its lines the lines of the file that it was made of.
#[derive(Debug, Default)]
pub(crate) struct Rewritten {
    text: String,
    lines: Vec<LineRange>,
}

impl Rewritten {
    pub(crate) fn push(&mut self, line: &str, lines: LineRange) {
        self.text.push_str(line);
        self.text.push('\n');
        self.lines.push(lines);
    }

    /// Ends the paragraph before `lines`, unless none is open.
    pub(crate) fn end_paragraph(&mut self, lines: LineRange) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.push("", lines);
        }
    }

    /// A table with a row a line. The first one contains the heads of the columns, as in other formats.
    pub(crate) fn push_table<'a>(
        &mut self,
        rows: impl IntoIterator<Item = (Vec<&'a str>, LineRange)>,
    ) {
        for (at, (cells, lines)) in rows.into_iter().enumerate() {
            let escaped = cells.iter().map(|text| text.trim().replace('|', "\\|"));
            let line = format!("| {} |", escaped.collect::<Vec<_>>().join(" | "));
            self.push(&line, lines);
            if at == 0 {
                self.push(&format!("|{}", "---|".repeat(cells.len())), lines);
            }
        }
    }

    /// Reads the Markdown from its beginning with `read_body`. The blocks get the lines of the file.
    pub(crate) fn read(&self, read_body: fn(&str, usize) -> ParsedDocument) -> ParsedDocument {
        let mut document = read_body(&self.text, 0);
        for block in &mut document.blocks {
            block.lines = self.source(block.lines);
        }
        for dropped in &mut document.dropped {
            dropped.lines = self.source(dropped.lines);
        }
        document
    }

    fn source(&self, lines: LineRange) -> LineRange {
        let line = |number: u32| {
            let found = self.lines.get(number as usize - 1).or(self.lines.last());
            found.copied().unwrap_or(lines)
        };
        LineRange {
            first: line(lines.first).first,
            last: line(lines.last).last,
        }
    }
}
