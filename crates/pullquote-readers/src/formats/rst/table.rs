//! Tables of reStructuredText: drawn with lines of `=` or of `-` and `|`, or written as a list or as CSV.

use crate::sheet::MAX_COLUMNS;
use pullquote_core::article::LineRange;

/// Cells of a row, and the lines of the file that it is on.
pub(super) type Row = (Vec<String>, LineRange);

/// A table, and the number of lines that it takes.
pub(super) type Found = (Vec<Row>, usize);

/// The table that is drawn from the first of these lines on. `number` is that line's number in the file.
pub(super) fn drawn(lines: &[&str], number: u32) -> Option<Found> {
    let [border, row, ..] = lines else {
        return None;
    };
    let (border, row) = (border.trim(), row.trim());
    if is_simple_border(border) && !row.is_empty() && !is_simple_border(row) {
        simple(lines, number)
    } else if is_grid_border(border) && row.starts_with('|') {
        grid(lines, number)
    } else {
        None
    }
}

/// Whether a line is `=====  =====`.
fn is_simple_border(line: &str) -> bool {
    line.starts_with('=')
        && line.contains("= ")
        && line.chars().all(|letter| matches!(letter, '=' | ' '))
}

/// Whether a line is `+-----+-----+`, or `+=====+=====+` below the heads of the columns.
fn is_grid_border(line: &str) -> bool {
    line.len() > 2
        && line.starts_with('+')
        && line.ends_with('+')
        && line.chars().all(|letter| matches!(letter, '+' | '-' | '='))
}

fn one(number: u32) -> LineRange {
    LineRange {
        first: number,
        last: number,
    }
}

/// A table between lines of `=`, which show where its columns are. A row whose first cell is empty continues the one above.
fn simple(lines: &[&str], number: u32) -> Option<Found> {
    let border: Vec<char> = lines.first()?.chars().collect();
    let is_start = |at: &usize| border[*at] == '=' && (*at == 0 || border[at - 1] == ' ');
    let starts: Vec<usize> = (0..border.len())
        .filter(is_start)
        .take(MAX_COLUMNS)
        .collect();
    let is_border = |line: &&str| is_simple_border(line.trim());
    let borders = lines.iter().enumerate().skip(1);
    let mut borders = borders.filter(|(_, line)| is_border(line)).map(|it| it.0);
    // The first one is below the heads of the columns, unless nothing follows it.
    let first = borders.next()?;
    let is_last = lines
        .get(first + 1)
        .is_none_or(|next| next.trim().is_empty());
    let end = if is_last {
        first
    } else {
        borders.next().unwrap_or(first)
    };
    let mut rows: Vec<Row> = Vec::new();
    for (line, number) in lines[1..end].iter().zip(number + 1..) {
        let is_rule = line
            .trim()
            .chars()
            .all(|letter| matches!(letter, '-' | ' '));
        if is_border(line) || is_rule {
            continue;
        }
        let letters: Vec<char> = line.chars().collect();
        let ends = starts.iter().skip(1).copied().chain([letters.len()]);
        let cells = starts.iter().zip(ends).map(|(start, end)| {
            let cell = letters
                .get(*start..end.min(letters.len()))
                .unwrap_or_default();
            without_bar(cell.iter().collect::<String>().trim()).to_owned()
        });
        let cells: Vec<String> = cells.collect();
        match rows.last_mut() {
            Some(last) if cells.first().is_some_and(String::is_empty) => {
                extend(last, &cells, number);
            }
            _ => rows.push((cells, one(number))),
        }
    }
    (!rows.is_empty()).then_some((rows, end + 1))
}

/// A table whose cells are framed. Those that extend over several columns or rows are written once.
fn grid(lines: &[&str], number: u32) -> Option<Found> {
    let margin = |line: &str| line.chars().count() - line.trim_start().chars().count();
    let left = margin(lines.first()?);
    let letters = |line: &str| line.trim_end().chars().skip(left).collect::<Vec<char>>();
    let border = letters(lines.first()?);
    let bars = (0..border.len()).filter(|at| border[*at] == '+');
    let bars: Vec<usize> = bars.take(MAX_COLUMNS).collect();
    let is_inside =
        |line: &&&str| line.trim_start().starts_with(['+', '|']) && margin(line) == left;
    let end = lines.iter().take_while(is_inside).count();
    let mut rows: Vec<Row> = Vec::new();
    let mut is_open = false;
    for (line, number) in lines[..end].iter().zip(number..) {
        if is_grid_border(line.trim()) {
            is_open = false;
            continue;
        }
        let letters = letters(line);
        let mut cells = vec![String::new(); bars.len().saturating_sub(1)];
        let mut at = 0;
        for (column, pair) in bars.windows(2).enumerate() {
            let is_bar = letters
                .get(pair[0])
                .is_some_and(|it| matches!(it, '|' | '+'));
            at = if is_bar { column } else { at };
            let part = letters.get(pair[0] + usize::from(is_bar)..pair[1].min(letters.len()));
            cells[at].extend(part.unwrap_or_default());
        }
        for cell in &mut cells {
            let is_rule = cell.chars().all(|letter| matches!(letter, '-' | '+'));
            *cell = if is_rule {
                String::new()
            } else {
                without_bar(cell.trim()).to_owned()
            };
        }
        match rows.last_mut().filter(|_| is_open) {
            Some(last) => {
                extend(last, &cells, number);
            }
            None => rows.push((cells, one(number))),
        }
        is_open = true;
    }
    (!rows.is_empty()).then_some((rows, end))
}

/// A line of a cell without the bar that keeps its line break, which a row of a table has no room for.
fn without_bar(line: &str) -> &str {
    let rest = line.strip_prefix('|').map(str::trim_start);
    rest.filter(|rest| line.starts_with("| ") || rest.is_empty())
        .unwrap_or(line)
}

/// Continues the cells of a row on a further line.
fn extend(row: &mut Row, cells: &[String], number: u32) {
    let pairs = row.0.iter_mut().zip(cells);
    for (cell, more) in pairs.filter(|(_, more)| !more.is_empty()) {
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(more);
    }
    row.1.last = number;
}

/// The rows of a list of lists, as the directive `list-table` has it.
pub(super) fn of_list(content: &[(u32, &str)]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (number, line) in content {
        let line = line.trim();
        let (is_row, line) = match line.strip_prefix("* ").or((line == "*").then_some("")) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, line),
        };
        if is_row {
            rows.push((Vec::new(), one(*number)));
        }
        let Some(row) = rows.last_mut() else { continue };
        match line.strip_prefix("- ").or((line == "-").then_some("")) {
            Some(cell) if row.0.len() < MAX_COLUMNS => {
                row.0.push(without_bar(cell.trim()).to_owned());
            }
            _ if !line.is_empty() => {
                if let Some(last) = row.0.last_mut() {
                    last.push(' ');
                    last.push_str(without_bar(line));
                }
            }
            _ => {}
        }
        row.1.last = *number;
    }
    same_length(rows)
}

/// The rows of the directive `csv-table`, whose option `header` has the heads of the columns.
pub(super) fn of_csv(content: &[(u32, &str)]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, line) in content {
        let line = line.trim();
        let line = match line
            .strip_prefix(':')
            .and_then(|rest| rest.split_once(": "))
        {
            Some(("header", heads)) => heads,
            Some(_) => continue,
            None => line,
        };
        // A space before a quotation mark does not count.
        let line = line.replace(", \"", ",\"");
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.has_headers(false).trim(csv::Trim::All);
        let records = reader.from_reader(line.as_bytes()).into_records();
        for record in records.filter_map(Result::ok) {
            let cells = record.iter().take(MAX_COLUMNS).map(str::to_owned);
            rows.push((cells.collect(), one(*number)));
        }
    }
    same_length(rows)
}

/// The rows with as many cells as the longest has.
fn same_length(mut rows: Vec<Row>) -> Vec<Row> {
    rows.retain(|(cells, _)| !cells.is_empty());
    // The Markdown of a row has no more cells than the first.
    let length = rows.iter().map(|(cells, _)| cells.len()).max();
    if let (Some(length), Some((first, _))) = (length, rows.first_mut()) {
        first.resize(length, String::new());
    }
    rows
}
