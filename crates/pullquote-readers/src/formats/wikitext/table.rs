//! Tables of wikitext: `{|`, `|+`, `|-`, `!`, `|` and `|}` at the beginning of lines.

use super::escape::FENCE;
use super::lines::Line;
use super::strip::attribute;
use crate::sheet::MAX_COLUMNS;
use pullquote_core::article::LineRange;

/// Cells from which on no more are repeated for the rows and columns that they cover.
const MAX_REPEATED: usize = 10_000;
/// Rows that a cell may cover.
const MAX_ROWS: usize = 200;
/// Longest text that is repeated for each column that its cell covers, in bytes.
const MAX_REPEATED_TEXT: usize = 200;
/// Words of a cell from which on a table of one row is there for its looks.
const LAYOUT_WORDS: usize = 30;

/// A table, and how many lines it takes.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) caption: Option<Line>,
    rows: Vec<Vec<Cell>>,
    cells: usize,
    pub(super) length: usize,
}

#[derive(Debug, Default, Clone)]
struct Cell {
    lines: Vec<Line>,
    columns: usize,
    rows: usize,
}

impl Cell {
    /// The text on one line. The items of a list are separated by commas.
    fn text(&self) -> String {
        let mut text = String::new();
        let mut below_item = false;
        for line in &self.lines {
            let line = line.text.trim();
            let shown = flat(line);
            if shown.is_empty() {
                continue;
            }
            let is_item = line.starts_with(['*', '#']);
            if !text.is_empty() {
                let ends = text.ends_with(['.', ',', ';', ':', '!', '?']);
                let is_listed = is_item && below_item && !ends;
                text.push_str(if is_listed { ", " } else { " " });
            }
            below_item = is_item;
            text.push_str(&shown);
        }
        text
    }

    fn range(&self) -> Option<LineRange> {
        let (first, last) = (self.lines.first()?, self.lines.last()?);
        Some(LineRange {
            first: first.number,
            last: last.number,
        })
    }
}

/// A line of a cell as a part of a line: without the marks of a list, or of a table inside the cell.
fn flat(line: &str) -> String {
    let is_mark = line.starts_with(FENCE) || begins(line);
    if is_mark || line.starts_with("|}") || line.starts_with("|-") {
        return String::new();
    }
    match line.strip_prefix(['|', '!']) {
        Some(cells) => {
            let cells = cells.replace("!!", "||");
            let cells = cells
                .split("||")
                .map(|cell| without_attributes(cell).1.trim());
            cells.collect::<Vec<_>>().join(" ")
        }
        None => line
            .trim_start_matches(['*', '#', ':', ';'])
            .trim()
            .to_owned(),
    }
}

/// Whether a table begins on a line.
pub(super) fn begins(line: &str) -> bool {
    line.trim_start_matches([' ', ':', '*', '#'])
        .starts_with("{|")
}

impl Table {
    /// Reads the table that begins on the first of these lines.
    pub(super) fn read(lines: &[Line]) -> Self {
        let mut table = Self {
            length: lines.len(),
            ..Self::default()
        };
        let mut depth = 0_usize;
        for (at, line) in lines.iter().enumerate() {
            let text = line.text.trim_start();
            let (begins, ends) = (begins(text), text.starts_with("|}"));
            // A table in a cell is part of the cell's text.
            if depth > 1 || begins && depth == 1 {
                table.go_on(line.clone());
            } else if !begins && !ends {
                table.line(line, text);
            }
            if begins {
                depth += 1;
            } else if ends {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    table.length = at + 1;
                    break;
                }
            }
        }
        table
            .rows
            .retain(|row| row.iter().any(|cell| !cell.text().is_empty()));
        table
    }

    fn line(&mut self, line: &Line, text: &str) {
        if let Some(caption) = text.strip_prefix("|+") {
            let (_, caption) = without_attributes(caption);
            self.caption = Some(Line {
                text: caption.to_owned(),
                ..*line
            });
        } else if text.starts_with("|-") {
            self.rows.push(Vec::new());
        } else if let Some(cells) = text.strip_prefix('!') {
            let cells = cells.replace("!!", "||");
            self.cells(&cells, line);
        } else if let Some(cells) = text.strip_prefix('|') {
            self.cells(cells, line);
        } else {
            self.go_on(line.clone());
        }
    }

    fn cells(&mut self, cells: &str, line: &Line) {
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        for cell in cells.split("||") {
            let (attributes, text) = without_attributes(cell);
            let span = |name| {
                attribute(attributes, name)
                    .and_then(|value| value.parse().ok())
                    .unwrap_or(1)
            };
            row.push(Cell {
                lines: vec![Line {
                    text: text.to_owned(),
                    ..*line
                }],
                columns: usize::clamp(span("colspan"), 1, MAX_COLUMNS),
                rows: usize::clamp(span("rowspan"), 1, MAX_ROWS),
            });
        }
    }

    /// A further line of the last cell.
    fn go_on(&mut self, line: Line) {
        let last = self.rows.last_mut().and_then(|row| row.last_mut());
        if let Some(cell) = last {
            cell.lines.push(line);
        }
    }

    /// The lines of the cells of a table that is there for its looks: it has one column, or one row of long cells.
    pub(super) fn layout(&self) -> Option<Vec<Line>> {
        let is_column = self.rows.iter().all(|row| row.len() <= 1);
        let is_long = |cell: &Cell| cell.text().split_whitespace().nth(LAYOUT_WORDS).is_some();
        let is_row = self.rows.len() == 1 && self.rows.iter().flatten().any(is_long);
        let lines = self.rows.iter().flatten().flat_map(|cell| {
            let end = cell.lines.last().map(|line| Line {
                text: String::new(),
                ..*line
            });
            cell.lines.iter().cloned().chain(end)
        });
        (is_column || is_row).then(|| lines.collect())
    }

    /// The rows with the cells that cover several columns and rows written out. A row of one cell above the
    /// heads is returned first, as it is the caption.
    pub(super) fn grid(mut self) -> (Option<Line>, Vec<(Vec<String>, LineRange)>) {
        let has_caption = self.caption.is_some();
        let is_title = |row: &Vec<Cell>| row.len() == 1;
        let title = self
            .rows
            .first()
            .filter(|row| is_title(row) && !has_caption && self.rows.len() > 1);
        let title = title.and_then(|row| row.first()).and_then(|cell| {
            let number = cell.range()?.first;
            Some(Line {
                text: cell.text(),
                number,
                ..Line::default()
            })
        });
        if title.is_some() {
            self.rows.remove(0);
        }
        let mut below: Vec<(usize, String)> = Vec::new();
        let mut grid = Vec::with_capacity(self.rows.len());
        for row in std::mem::take(&mut self.rows) {
            let ranges = row.iter().filter_map(Cell::range);
            let range = ranges.reduce(|a, b| LineRange {
                first: a.first.min(b.first),
                last: a.last.max(b.last),
            });
            let Some(range) = range else { continue };
            grid.push((self.row(row, &mut below), range));
        }
        let width = grid.iter().map(|(row, _)| row.len()).max().unwrap_or(0);
        // The other rows may be shorter than the first, but not longer.
        if let Some((first, _)) = grid.first_mut() {
            first.resize(width, String::new());
        }
        (self.caption.take().or(title), grid)
    }

    /// A row. `below` are for each column the rows that a cell above still covers, and its text.
    fn row(&mut self, row: Vec<Cell>, below: &mut Vec<(usize, String)>) -> Vec<String> {
        let mut cells = Vec::new();
        let mut covered = |cells: &mut Vec<String>| {
            while let Some((left @ 1.., text)) = below.get_mut(cells.len()) {
                *left -= 1;
                cells.push(text.clone());
            }
        };
        let mut new = Vec::new();
        let is_alone = row.len() == 1;
        for cell in row {
            covered(&mut cells);
            let is_repeated = self.cells < MAX_REPEATED;
            self.cells += if is_repeated {
                cell.columns * cell.rows
            } else {
                1
            };
            let (columns, rows) = if is_repeated {
                (cell.columns, cell.rows)
            } else {
                (1, 1)
            };
            let text = cell.text();
            let is_shown_again = !is_alone && text.len() <= MAX_REPEATED_TEXT;
            for column in 0..columns {
                let text = if column == 0 || is_shown_again {
                    text.clone()
                } else {
                    String::new()
                };
                new.push((cells.len(), rows - 1, text.clone()));
                cells.push(text);
            }
        }
        covered(&mut cells);
        cells.truncate(MAX_COLUMNS);
        for (at, left, text) in new.into_iter().filter(|(_, left, _)| *left > 0) {
            if below.len() <= at {
                below.resize(at + 1, (0, String::new()));
            }
            below[at] = (left, text);
        }
        cells
    }
}

/// The attributes before a bar, and the text of a cell.
fn without_attributes(cell: &str) -> (&str, &str) {
    cell.split_once('|').unwrap_or(("", cell))
}
