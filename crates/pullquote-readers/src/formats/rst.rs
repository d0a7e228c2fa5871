//! reStructuredText, as far as headings, paragraphs, lists, tables, code and boxes go. It is rewritten to Markdown, line
//! by line.

mod inline;
mod table;

use super::markdown;
use crate::dialects::{is_tab, is_tab_set, label};
use crate::line::is_item;
use crate::rewritten::Rewritten;
use inline::{Targets, inline};
use pullquote_core::article::{LineRange, ParsedDocument};

/// Directives whose content and argument are text in a box.
const BOXES: &[&str] = &[
    "note",
    "tip",
    "hint",
    "important",
    "warning",
    "caution",
    "danger",
    "attention",
    "error",
    "seealso",
    "admonition",
    "topic",
    "sidebar",
    "versionadded",
    "versionchanged",
    "deprecated",
    "rubric",
    "tab",
    "tab-item",
    "group-tab",
    "dropdown",
    "collapse",
    "card",
    "grid-item-card",
    "option",
    "confval",
    "envvar",
];
/// Directives whose content is text, and whose argument is not.
const WRAPPERS: &[&str] = &[
    "container",
    "only",
    "figure",
    "tabs",
    "tab-set",
    "grid",
    "glossary",
    "compound",
    "epigraph",
    "highlights",
    "pull-quote",
];
/// Directives whose content is code.
const CODE: &[&str] = &[
    "code",
    "code-block",
    "sourcecode",
    "highlight",
    "literalinclude",
    "math",
    "parsed-literal",
];
/// Longest term above its definition, in bytes.
const MAX_TERM: usize = 120;

/// Reads reStructuredText.
pub(super) fn read(text: &str) -> ParsedDocument {
    to_markdown(text).read(markdown::read_body)
}

fn to_markdown(text: &str) -> Rewritten {
    let lines: Vec<&str> = text.lines().collect();
    let mut rewriter = Rewriter {
        targets: Targets::of(&lines),
        ..Rewriter::default()
    };
    let mut at = 0;
    while at < lines.len() {
        at += rewriter.step(&lines, at);
    }
    rewriter.end_block(rewriter.here);
    rewriter.end_boxes(0, rewriter.here);
    rewriter.out
}

#[derive(Debug)]
struct Rewriter {
    out: Rewritten,
    targets: Targets,
    /// Adornments in the order in which they occurred, which is that of the levels.
    levels: Vec<(char, bool)>,
    /// Indentation of the line that the indented lines below it belong to, and what these are.
    block: Option<(usize, Content)>,
    /// Indentation of the open code, which has begun with a fence.
    code: Option<usize>,
    /// Indentation of the open boxes, which are written as those of Markdown.
    boxes: Vec<usize>,
    /// The current lines.
    here: LineRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    /// Code in a language, which may be empty.
    Code(String),
    Text,
    Nothing,
}

impl Default for Rewriter {
    fn default() -> Self {
        Self {
            out: Rewritten::default(),
            targets: Targets::default(),
            levels: Vec::new(),
            block: None,
            code: None,
            boxes: Vec::new(),
            here: LineRange { first: 1, last: 1 },
        }
    }
}

impl Rewriter {
    /// Rewrites what begins at a line, and returns how many lines that are.
    fn step(&mut self, lines: &[&str], at: usize) -> usize {
        let rest = &lines[at..];
        let line = rest[0];
        let next = rest.get(1).copied().unwrap_or_default();
        let before = lines[..at].last().copied().unwrap_or_default();
        let indent = indent(line);
        self.here = range(at, at);
        if line.trim().is_empty() {
            self.push("");
            return 1;
        }
        if self
            .block
            .as_ref()
            .is_some_and(|(outside, _)| indent <= *outside)
        {
            self.end_block(range(at.saturating_sub(1), at.saturating_sub(1)));
        }
        self.end_boxes(indent, range(at.saturating_sub(1), at.saturating_sub(1)));
        match &self.block {
            Some((_, Content::Nothing)) => {
                self.push("");
                return 1;
            }
            Some((_, Content::Code(language))) => {
                let fence = format!("```{language}");
                self.code(line, indent, &fence);
                return 1;
            }
            Some((_, Content::Text)) | None => {}
        }
        if let Some((rows, length)) = table::drawn(rest, at as u32 + 1) {
            self.table(&rows);
            return length;
        }
        let is_overlined = is_adornment(line)
            && !next.trim().is_empty()
            && rest.get(2).is_some_and(|under| *under == line);
        if is_overlined {
            self.heading(line, next, true);
            return 3;
        }
        if indent == 0 && is_underline(line, next) {
            self.heading(next, line, false);
            return 2;
        }
        if let Some(length) = self.directive(rest, at, indent) {
            return length;
        }
        let starts = before.trim().is_empty() || before.starts_with(' ');
        if indent == 0 && starts && is_term(line, next) {
            self.out.end_paragraph(self.here);
            let term = inline(line, &self.targets);
            self.push(&term);
            self.here = range(at + 1, at + 1);
            self.text(&format!("  : {}", next.trim_start()), self::indent(next));
            return 2;
        }
        self.text(line, indent);
        1
    }

    fn push(&mut self, line: &str) {
        self.out.push(line, self.here);
    }

    /// Ends the indented lines that belong to a line above.
    fn end_block(&mut self, lines: LineRange) {
        self.block = None;
        if self.code.take().is_some() {
            self.out.push("```", lines);
        }
    }

    /// Ends the boxes that a line with this indentation does not belong to.
    fn end_boxes(&mut self, indent: usize, lines: LineRange) {
        while self.boxes.pop_if(|outside| indent <= *outside).is_some() {
            self.out.push(":::", lines);
        }
    }

    fn heading(&mut self, adornment: &str, title: &str, overlined: bool) {
        let mark = (adornment.chars().next().unwrap_or('='), overlined);
        let level = self.levels.iter().position(|known| *known == mark);
        let level = level.unwrap_or_else(|| {
            self.levels.push(mark);
            self.levels.len() - 1
        });
        let marks = "#".repeat((level + 1).min(6));
        let title = inline(title.trim(), &self.targets);
        self.push(&format!("{marks} {title}"));
        self.push("");
    }

    fn code(&mut self, line: &str, indent: usize, fence: &str) {
        if self.code.is_none() && is_option(line) {
            return self.push("");
        }
        let margin = *self.code.get_or_insert_with(|| {
            self.out.push(fence, self.here);
            indent
        });
        self.push(line.get(margin.min(indent)..).unwrap_or(line));
    }

    fn table(&mut self, rows: &[table::Row]) {
        let shown = rows.iter().map(|(cells, lines)| {
            let cells = cells.iter().map(|cell| inline(cell, &self.targets));
            (cells.collect::<Vec<String>>(), *lines)
        });
        let shown: Vec<(Vec<String>, LineRange)> = shown.collect();
        self.out.end_paragraph(self.here);
        let rows = shown.iter();
        self.out.push_table(
            rows.map(|(cells, lines)| (cells.iter().map(String::as_str).collect(), *lines)),
        );
        let last = shown.last().map_or(self.here, |(_, lines)| *lines);
        self.out.push("", last);
    }

    /// A directive or comment: `.. name:: argument`. Returns how many lines it takes, without those that are read later.
    fn directive(&mut self, rest: &[&str], at: usize, indent: usize) -> Option<usize> {
        let start = rest[0].trim_start().strip_prefix("..")?;
        if !start.is_empty() && !start.starts_with(' ') {
            return None;
        }
        let (name, argument) = start.split_once("::").unwrap_or((start, ""));
        let (name, argument) = (name.trim(), argument.trim());
        if matches!(name, "list-table" | "csv-table") {
            let length = 1 + rest[1..]
                .iter()
                .take_while(|line| is_inside(line, indent))
                .count();
            let content: Vec<(u32, &str)> = (at as u32 + 2..)
                .zip(rest[1..length].iter().copied())
                .collect();
            let rows = match name {
                "list-table" => table::of_list(&content),
                _ => table::of_csv(&content),
            };
            let title = inline(argument, &self.targets);
            self.push(&title);
            self.table(&rows);
            return Some(length);
        }
        let content = match name {
            name if CODE.contains(&name) => Content::Code(language(name, argument).to_owned()),
            name if BOXES.contains(&name) || WRAPPERS.contains(&name) => Content::Text,
            _ => Content::Nothing,
        };
        self.block = Some((indent, content));
        if name == "math" && !argument.is_empty() {
            self.push(&format!("$${argument}$$"));
            return Some(1);
        }
        let is_tab = is_tab(name);
        if is_tab || is_tab_set(name) || BOXES.contains(&name) && label(name).is_some() {
            let title = if is_tab {
                inline(argument, &self.targets)
            } else {
                String::new()
            };
            self.push(&format!(":::{name} {title}"));
            self.boxes.push(indent);
        }
        let shown = if BOXES.contains(&name) && !is_tab {
            argument
        } else {
            ""
        };
        let shown = inline(shown, &self.targets);
        self.push(&shown);
        Some(1)
    }

    /// A line of text. Those that begin with a bar keep their breaks.
    fn text(&mut self, line: &str, indent: usize) {
        let start = line.trim_start();
        if self.block.is_some() && is_option(line) {
            return self.push("");
        }
        if let Some(line) = start.strip_prefix("| ") {
            let line = inline(line.trim(), &self.targets);
            return self.push(&format!("{line}<br>"));
        }
        let kept = match line.trim_end().strip_suffix("::") {
            Some(before) => {
                self.block = Some((indent, Content::Code(String::new())));
                if before.trim().is_empty() {
                    String::new()
                } else {
                    format!("{before}:")
                }
            }
            None => line.to_owned(),
        };
        let kept = kept.replacen("#. ", "1. ", usize::from(start.starts_with("#. ")));
        let kept = inline(kept.trim_end(), &self.targets);
        self.push(&kept);
    }
}

/// Lines of the file, by their indices.
fn range(first: usize, last: usize) -> LineRange {
    LineRange {
        first: first as u32 + 1,
        last: last as u32 + 1,
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line below one with this indentation belongs to it.
fn is_inside(line: &str, outside: usize) -> bool {
    line.trim().is_empty() || indent(line) > outside
}

/// Whether a line is an option of a directive: `:name: value`.
fn is_option(line: &str) -> bool {
    let start = line.trim_start().strip_prefix(':');
    start.is_some_and(|rest| rest.contains(':'))
}

/// The language of code, if the directive has it as its argument.
fn language<'a>(directive: &str, argument: &'a str) -> &'a str {
    if matches!(directive, "code" | "code-block" | "sourcecode") {
        argument
    } else {
        ""
    }
}

/// Whether a line is a term whose definition is the next line, which is indented.
fn is_term(line: &str, next: &str) -> bool {
    let is_marked = line.starts_with(['-', '*', '+', '|', ':', '#', '('])
        || line.starts_with("..")
        || is_item(line);
    let is_definition = next.starts_with(' ') && !next.trim().is_empty();
    is_definition && !is_marked && line.len() <= MAX_TERM && !line.trim_end().ends_with("::")
}

/// Whether a line consists of one punctuation character, three times or more.
fn is_adornment(line: &str) -> bool {
    let line = line.trim_end();
    let first = line.chars().next();
    first.is_some_and(|mark| "=-`:'\"~^_*+#<>.".contains(mark) && line.chars().all(|it| it == mark))
        && line.len() >= 3
}

fn is_underline(title: &str, line: &str) -> bool {
    is_adornment(line)
        && !is_adornment(title)
        && line.trim_end().len() + 2 >= title.trim().chars().count()
}

#[cfg(test)]
mod tests {
    use pullquote_core::article::MarkKind;

    #[test]
    fn headings_lists_boxes_and_code() {
        let text = "=====\nFerry\n=====\n\nIt *sails* from :ref:`the quay <quay>`, see `here <http://x>`_, with ``go``.\n\nFares\n=====\n\n.. note::\n   :class: x\n\n   Take coins.\n\n.. image:: a.png\n   :alt: no\n\n.. _label:\n\nType this::\n\n    go on\n\n      now\n\n#. pay\n#. board\n\nDays\n----\n\nAll.\n";
        let document = crate::read("a.rst", text.as_bytes());
        let expected = [
            (1, "Title", "Ferry"),
            (
                5,
                "Paragraph(Body)",
                "It sails from the quay, see here, with go.",
            ),
            (7, "Heading(2)", "Fares"),
            (10, "AsideStart", ""),
            (13, "Paragraph(Body)", "Note: Take coins."),
            (14, "AsideEnd", ""),
            (20, "Paragraph(Body)", "Type this:"),
            (22, "Paragraph(Code)", "go on\n\n  now"),
            (26, "Paragraph(List)", "1. pay\n2. board"),
            (29, "Heading(3)", "Days"),
            (32, "Paragraph(Body)", "All."),
        ];
        crate::formats::check_blocks(&document, &expected);
    }

    /// Compares what is between two paragraphs.
    #[track_caller]
    fn check(text: &str, expected: &[(u32, &str, &str)]) {
        let document = crate::read("a.rst", format!("Before.\n\n{text}\n\nEnd.\n").as_bytes());
        let end = 4 + text.lines().count() as u32;
        let around = [
            &[(1, "Paragraph(Body)", "Before.")],
            expected,
            &[(end, "Paragraph(Body)", "End.")],
        ];
        crate::formats::check_blocks(&document, &around.concat());
    }

    #[test]
    fn tables() {
        let table = "Paragraph(Table)";
        let fares = "Day | Fare\nFriday | 2 | 3, in coins\nSunday | free";
        check(
            "======  ========\nDay     Fare\n======  ========\nFriday  2 | 3,\n        in coins\nSunday  free\n======  ========",
            &[(4, table, fares)],
        );
        check(
            "+--------+----------+\n| Day    | Fare     |\n+========+==========+\n| Friday | 2 | 3,   |\n|        | in coins |\n+--------+----------+\n| Sunday | free     |\n+--------+----------+",
            &[(4, table, fares)],
        );
        check(
            "+--------+------+\n| Day    | Fare |\n+--------+------+\n| All are free. |\n+---------------+",
            &[(4, table, "Day | Fare\nAll are free. |")],
        );
        check(
            ".. list-table:: Fares\n   :header-rows: 1\n\n   * - Day\n     - Fare\n   * - Friday\n     - 2 | 3,\n       in coins\n   * - Sunday\n     - free",
            &[(3, "Paragraph(Body)", "Fares"), (6, table, fares)],
        );
        check(
            ".. csv-table::\n   :header: \"Day\", \"Fare\"\n\n   \"Friday\", \"2 | 3, in coins\"\n   \"Sunday\", \"free\"",
            &[(4, table, fares)],
        );
        // Line blocks and substitutions in cells.
        check(
            ".. |two| replace:: 2 | 3,\n.. |boat| image:: b.png\n\n+--------+-----------+\n| Day    | Fare      |\n+========+===========+\n| |boat| | | |two|   |\n| Friday | | in coins |\n+--------+-----------+\n| Sunday | free      |\n+--------+-----------+",
            &[(7, table, fares)],
        );
        // Not a table.
        check("+--+\n+--+", &[(3, "Paragraph(Body)", "+--+ +--+")]);
        check("= ==\ntext", &[(3, "Paragraph(Body)", "= == text")]);
    }

    #[test]
    fn definitions_boxes_and_line_blocks() {
        check(
            "Quay\n  Where it lands,\n  at noon.\nBuoy\n  It floats.\n\n  It is red.",
            &[
                (3, "AsideStart", ""),
                (3, "Heading(4)", "Quay"),
                (4, "Paragraph(Body)", "Where it lands, at noon."),
                (6, "AsideEnd", ""),
                (6, "AsideStart", ""),
                (6, "Heading(4)", "Buoy"),
                (7, "Paragraph(Body)", "It floats."),
                (9, "Paragraph(Body)", "It is red."),
                (10, "AsideEnd", ""),
            ],
        );
        check(
            "| Ferry office\n| Harbour road 5",
            &[(3, "Paragraph(Body)", "Ferry office\nHarbour road 5")],
        );
        check(
            ".. tabs::\n\n   .. tab:: Linux\n\n      Go.\n\n   .. code-block:: sh\n      :linenos:\n\n      go",
            &[
                (3, "AsideStart", ""),
                (5, "AsideStart", ""),
                (5, "Paragraph(Body)", "Linux"),
                (7, "Paragraph(Body)", "Go."),
                (8, "AsideEnd", ""),
                (12, "Paragraph(Code)", "go"),
                (13, "AsideEnd", ""),
            ],
        );
    }

    #[test]
    fn links_are_marked() {
        let text = "See `the fares <https://a.example/f>`_, `Times`_ and :ref:`quay <x>`.\n\n.. _times: https://a.example/t\n";
        let document = crate::read("a.rst", text.as_bytes());
        let block = &document.blocks[0];
        assert_eq!(block.text, "See the fares, Times and quay.");
        let links = block.marks.iter().map(|mark| match &mark.kind {
            MarkKind::Link(address) => (mark.span.of(&block.text), address.as_str()),
            _ => ("", ""),
        });
        let expected = [
            ("the fares", "https://a.example/f"),
            ("Times", "https://a.example/t"),
        ];
        assert_eq!(links.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn formulas() {
        let text = "The area is :math:`\\pi r^2`.\n\n.. math:: a_1 * b_1 * c\n\n.. math::\n\n   \\frac{1}{2} \\\\\n   x\n\nEnd.\n";
        let document = crate::read("a.rst", text.as_bytes());
        let expected = [
            (1, "Paragraph(Body)", "The area is $\\pi r^2$."),
            (3, "Paragraph(Code)", "a_1 * b_1 * c"),
            (7, "Paragraph(Code)", "\\frac{1}{2} \\\\\nx"),
            (10, "Paragraph(Body)", "End."),
        ];
        crate::formats::check_blocks(&document, &expected);
    }
}
