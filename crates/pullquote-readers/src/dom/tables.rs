//! Tables of a page, made rectangular: the conversion to Markdown keeps only those whose rows have equally many cells.

use crate::sheet::MAX_COLUMNS;
use dom_query::{Document, NodeRef};

/// Cells that are added to a page, at most, and how much HTML is repeated in each, in bytes.
const MAX_ADDED: usize = 10_000;
const MAX_REPEATED_HTML: usize = 600;
/// Rows that a cell may cover.
const MAX_ROWS: usize = 200;

/// Tables that are not there for their looks only.
const TABLES: &str = "table:not(:has(table, h1, h2, h3, h4, h5, h6))";

/// Makes the tables of a page rectangular, and writes lists in their cells on one line.
pub(super) fn rewrite(page: &Document) {
    let mut grid = Grid {
        left: MAX_ADDED,
        below: Vec::new(),
    };
    for table in page.select(TABLES).nodes() {
        grid.make_rectangular(table);
    }
    list_with_commas(page);
}

/// What is to be added.
struct Grid {
    /// Cells that may still be added.
    left: usize,
    /// For each column the rows that a cell above still covers, and its HTML.
    below: Vec<(usize, String)>,
}

impl Grid {
    fn make_rectangular(&mut self, table: &NodeRef<'_>) {
        let rows = table.find(&["tr"]);
        let mut rows: Vec<_> = rows
            .into_iter()
            .filter(|row| row.children_it(false).any(|it| is_cell(&it)))
            .collect();
        if let Some(caption) = caption(&rows) {
            table.insert_before(&caption);
            caption.rename("div");
            rows.remove(0).remove_from_parent();
        }
        let mut group = None;
        let mut widths = Vec::with_capacity(rows.len());
        for row in &rows {
            // A cell covers no rows of another part of the table.
            let part = row.parent().map(|it| it.id);
            if part != group {
                self.below.clear();
                group = part;
            }
            widths.push(self.write_out(row));
        }
        let width = widths.iter().copied().max().unwrap_or(0);
        for (row, own) in rows.iter().zip(widths) {
            for _ in own..width {
                self.add("", |cell| row.append_child(cell), row);
            }
        }
    }

    /// Repeats the cells of a row, and those above that cover it, in each column that they cover. Returns how many cells
    /// the row has then. The text of a cell that has its row to itself is not repeated.
    fn write_out(&mut self, row: &NodeRef<'_>) -> usize {
        let cells: Vec<_> = row.children_it(false).filter(is_cell).collect();
        let mut width = 0;
        for cell in &cells {
            width += self.cover(width, |it| cell.insert_before(it), row);
            let (columns, rows) = (
                span(cell, "colspan", MAX_COLUMNS),
                span(cell, "rowspan", MAX_ROWS),
            );
            let html = if columns * rows > 1 {
                cell.inner_html()
            } else {
                "".into()
            };
            let html = if html.len() <= MAX_REPEATED_HTML {
                &*html
            } else {
                ""
            };
            let is_alone = cells.len() == 1 && width == 0;
            for column in 0..columns {
                let html = if is_alone && column > 0 { "" } else { html };
                if column > 0 && !self.add(html, |it| cell.insert_after(it), row) {
                    break;
                }
                self.keep(width, rows - 1, html);
                width += 1;
            }
        }
        width + self.cover(width, |it| row.append_child(it), row)
    }

    /// Keeps what a cell in a column covers below it.
    fn keep(&mut self, column: usize, rows: usize, html: &str) {
        if rows == 0 || column >= MAX_COLUMNS {
            return;
        }
        if self.below.len() <= column {
            self.below.resize(column + 1, (0, String::new()));
        }
        self.below[column] = (rows, html.to_owned());
    }

    /// Adds copies of the cells above that cover the columns from `column` on, and returns how many.
    fn cover(&mut self, column: usize, insert: impl Fn(&NodeRef<'_>), row: &NodeRef<'_>) -> usize {
        let mut count = 0;
        while let Some((rows @ 1.., html)) = self.below.get_mut(column + count) {
            *rows -= 1;
            let html = std::mem::take(html);
            let is_added = self.add(&html, &insert, row);
            self.below[column + count].1 = html;
            if !is_added {
                break;
            }
            count += 1;
        }
        count
    }

    /// Adds a cell, if it may.
    fn add(&mut self, html: &str, insert: impl Fn(&NodeRef<'_>), row: &NodeRef<'_>) -> bool {
        let may = self.left > 0;
        if may {
            self.left -= 1;
            let cell = row.tree.new_element("td");
            cell.set_html(html);
            insert(&cell);
        }
        may
    }
}

/// The first row of a table if it is one cell above rows of several.
fn caption<'a>(rows: &[NodeRef<'a>]) -> Option<NodeRef<'a>> {
    let (first, rest) = rows.split_first()?;
    let count = |row: &NodeRef<'_>| row.children_it(false).filter(is_cell).count();
    let cell = first.children_it(false).find(is_cell)?;
    let is_above = count(first) == 1 && rest.iter().any(|row| count(row) > 1);
    (is_above && span(&cell, "rowspan", MAX_ROWS) == 1).then_some(cell)
}

fn is_cell(node: &NodeRef<'_>) -> bool {
    node.has_name("td") || node.has_name("th")
}

/// How many columns or rows a cell covers.
fn span(cell: &NodeRef<'_>, name: &str, most: usize) -> usize {
    let count = cell.attr(name).and_then(|it| it.trim().parse().ok());
    usize::clamp(count.unwrap_or(1), 1, most)
}

/// Separates the items of a list in a cell by commas: a row is one line.
fn list_with_commas(page: &Document) {
    for cell in ["td", "th"] {
        let inside = format!("{cell}:not(:only-child)");
        let items = format!("{inside} li:not(:last-child)");
        page.select(&items).append_html(", ");
        page.select(&format!("{inside} li")).rename("span");
        page.select(&format!("{inside} ul, {inside} ol"))
            .rename("span");
    }
}

#[cfg(test)]
mod tests {
    use crate::dom::fragment_to_markdown;

    #[test]
    fn cells_over_columns_and_lists_in_cells() {
        let check = |source: &str, expected: &[&str]| {
            let markdown = fragment_to_markdown(source).unwrap().text;
            let rows = markdown
                .lines()
                .filter(|line| line.contains(char::is_alphabetic));
            assert_eq!(rows.collect::<Vec<_>>(), expected, "{source}");
        };
        check(
            "<table><tr><th>Win<th>Mac<th>Does</tr><tr><td colspan=2>Tab<td>fast</tr></table>",
            &["| Win | Mac | Does |", "| Tab | Tab | fast |"],
        );
        check(
            "<table><tr><th>Boat<th>Goes to</tr><tr><td>Gull<td><ul><li>Isle<li>Quay</ul></tr></table>",
            &["| Boat | Goes to |", "| Gull | Isle, Quay |"],
        );
        check(
            "<table><tr><th>Find<th>Where</tr><tr><td rowspan=2>mu gold<td>level 10</tr><tr><td>level 12</tr></table>",
            &[
                "| Find | Where |",
                "| mu gold | level 10 |",
                "| mu gold | level 12 |",
            ],
        );
        check(
            "<table><tr><th colspan=2>Fares</tr><tr><th>Day<th>Fare</tr><tr><td colspan=2>In summer</tr><tr><td>Friday<td>2</tr></table>",
            &[
                "Fares",
                "| Day | Fare |",
                "| In summer |  |",
                "| Friday | 2 |",
            ],
        );
        check(
            "<table><tr><td>One<td rowspan=9>Two</tr><tr><td>Three</tr><tbody><tr><td>Four</table>",
            &["| One | Two |", "| Three | Two |", "| Four |  |"],
        );
    }
}
