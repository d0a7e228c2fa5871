//! reStructuredText, as far as headings, paragraphs, lists, tables, code and boxes go. It is rewritten to Markdown, line
//! by line.

mod inline;
mod table;

use super::markdown;
use crate::dialects::{is_tab, is_tab_set, label};
use crate::line::is_item;
use crate::rewritten::Rewritten;
use inline::{Targets, inline};
use pullquote_core::article::{Dropped, LineRange, ParsedDocument};
use std::borrow::Cow;

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
/// Directives whose content is code.
const CODE: &[&str] = &[
    "code",
    "code-block",
    "sourcecode",
    "highlight",
    "literalinclude",
    "math",
    "parsed-literal",
    "prompt",
    "doctest",
    "testcode",
    "testoutput",
];
/// Directives whose content is no prose.
const NO_PROSE: &[&str] = &[
    "toctree",
    "contents",
    "include",
    "image",
    "raw",
    "meta",
    "index",
    "graphviz",
    "graph",
    "digraph",
    "mermaid",
    "uml",
    "plot",
    "tabularcolumns",
    "productionlist",
    "testsetup",
    "testcleanup",
];
/// Lines over which a mark may extend.
const MAX_MARK_LINES: usize = 8;
/// Longest term above its definition, in bytes.
const MAX_TERM: usize = 120;

/// Reads reStructuredText.
pub(super) fn read(text: &str) -> ParsedDocument {
    let (markdown, dropped) = to_markdown(text);
    let mut document = markdown.read(markdown::read_body);
    document.dropped.extend(dropped);
    document.dropped.sort_by_key(|dropped| dropped.lines.first);
    document
}

fn to_markdown(text: &str) -> (Rewritten, Vec<Dropped>) {
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
    (rewriter.out, rewriter.dropped)
}

#[derive(Debug)]
struct Rewriter {
    out: Rewritten,
    targets: Targets,
    /// Adornments in the order in which they occurred, which is that of the levels.
    levels: Vec<(char, bool)>,
    /// Indentation of the line that the indented lines below it belong to, and what these are.
    block: Option<(usize, Content)>,
    /// Whether the lines are still the options of the directive above, and the indentation of the first one.
    options: Option<usize>,
    /// Indentation of the open code, which has begun with a fence.
    code: Option<usize>,
    /// Indentation of the open boxes, which are written as those of Markdown.
    boxes: Vec<usize>,
    /// Footnotes without a label so far.
    notes: usize,
    dropped: Vec<Dropped>,
    /// The current lines.
    here: LineRange,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    /// Code in a language, which may be empty.
    Code(String),
    Text,
    /// What is left out, and why.
    Nothing(String),
}

impl Default for Rewriter {
    fn default() -> Self {
        Self {
            out: Rewritten::default(),
            targets: Targets::default(),
            levels: Vec::new(),
            block: None,
            options: None,
            code: None,
            notes: 0,
            dropped: Vec::new(),
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
        let indent = indent(line);
        self.here = range(at, at);
        if line.trim().is_empty() {
            self.options = None;
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
        if self.is_option(line, indent) {
            self.push("");
            return 1;
        }
        match &self.block {
            Some((_, Content::Nothing(reason))) => {
                let reason = reason.clone();
                self.drop(line, reason);
                return 1;
            }
            Some((_, Content::Code(language))) => {
                let fence = format!("```{language}");
                self.code(line, indent, &fence);
                return 1;
            }
            Some((_, Content::Text)) | None => {}
        }
        self.prose(lines, at)
    }

    /// Rewrites lines that are neither code nor left out, and returns how many that are.
    fn prose(&mut self, lines: &[&str], at: usize) -> usize {
        let rest = &lines[at..];
        let line = rest[0];
        let next = rest.get(1).copied().unwrap_or_default();
        let before = lines[..at].last().copied().unwrap_or_default();
        let indent = indent(line);
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
        let (line, length) = joined(rest);
        self.here = range(at, at + length - 1);
        self.text(&line, indent);
        length
    }

    /// Whether a line is an option of the directive above, or continues one.
    fn is_option(&mut self, line: &str, indent: usize) -> bool {
        let Some(first) = self.options else {
            return false;
        };
        let is_inside = self
            .block
            .as_ref()
            .is_some_and(|(outside, _)| indent > *outside);
        if is_inside && (is_option(line) || indent > first) {
            self.options = Some(first.min(indent));
            return true;
        }
        self.options = None;
        false
    }

    /// Leaves a line out.
    fn drop(&mut self, line: &str, reason: String) {
        self.dropped.push(Dropped {
            lines: self.here,
            text: line.trim().to_owned(),
            reason,
        });
        self.push("");
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

    /// A directive, footnote or comment: `.. name:: argument`. Returns how many lines it takes, without those that are read later.
    fn directive(&mut self, rest: &[&str], at: usize, indent: usize) -> Option<usize> {
        let start = rest[0].trim_start().strip_prefix("..")?;
        if !start.is_empty() && !start.starts_with(' ') {
            return None;
        }
        let start = start.trim();
        if let Some((label, text)) = inline::footnote(start) {
            let label = inline::note(label, &mut self.notes);
            let text = inline(text, &self.targets);
            self.block = Some((indent, Content::Text));
            self.push(&format!("[^{label}]: {text}"));
            return Some(1);
        }
        let Some((name, argument)) = start.split_once("::").filter(|(name, _)| is_name(name))
        else {
            return Some(self.comment(start, indent));
        };
        let argument = argument.trim();
        if matches!(name, "list-table" | "csv-table") {
            return Some(self.table_of(name, argument, rest, at, indent));
        }
        let content = match name {
            name if CODE.contains(&name) => Content::Code(language(name, argument).to_owned()),
            name if NO_PROSE.contains(&name) => Content::Nothing(format!("directive `{name}`")),
            _ => Content::Text,
        };
        self.block = Some((indent, content));
        self.options = Some(usize::MAX);
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

    /// A table that a directive contains. Returns how many lines that is.
    fn table_of(
        &mut self,
        name: &str,
        argument: &str,
        rest: &[&str],
        at: usize,
        indent: usize,
    ) -> usize {
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
        length
    }

    /// The first line of a comment, of a target or of a substitution. Returns how many lines that is.
    fn comment(&mut self, start: &str, indent: usize) -> usize {
        self.block = Some((indent, Content::Nothing("comment".to_owned())));
        if start.is_empty() || start.starts_with(['_', '|']) {
            self.push("");
        } else {
            self.drop(start, "comment".to_owned());
        }
        1
    }

    /// A line of text. Those that begin with a bar keep their breaks.
    fn text(&mut self, line: &str, indent: usize) {
        let start = line.trim_start();
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

/// Whether a line has the form of an option of a directive: `:name: value`.
fn is_option(line: &str) -> bool {
    let option = line
        .trim()
        .strip_prefix(':')
        .and_then(|it| it.split_once(':'));
    option
        .is_some_and(|(name, value)| is_name(name) && (value.is_empty() || value.starts_with(' ')))
}

/// Whether a text is the name of a directive or option.
fn is_name(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphanumeric() || "-_+.:".contains(letter);
    !text.starts_with('_') && !text.is_empty() && text.chars().all(is_letter)
}

/// A line with those below it in which its last mark ends, and how many lines that are.
fn joined<'a>(lines: &[&'a str]) -> (Cow<'a, str>, usize) {
    let line = lines[0];
    let below = lines.iter().take(MAX_MARK_LINES).enumerate().skip(1);
    if inline::is_open(line) {
        let mut text = line.trim_end().to_owned();
        for (at, next) in below.take_while(|(_, next)| !next.trim().is_empty()) {
            text.push(' ');
            text.push_str(next.trim());
            if !inline::is_open(&text) {
                return (Cow::Owned(text), at + 1);
            }
        }
    }
    (Cow::Borrowed(line), 1)
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

    #[test]
    fn what_is_left_out_is_told() {
        let text = ".. toctree::\n   :maxdepth: 1\n\n   ferry\n   quay\n\n.. no\n   more\n\n.. |x| image:: y\n\n.. todo::\n   :x: y\n     z\n   :ref:`quay` is closed.\n   :math: is not.\n";
        let document = crate::read("a.rst", text.as_bytes());
        let note = "quay is closed. :math: is not.";
        crate::formats::check_blocks(&document, &[(15, "Paragraph(Body)", note)]);
        let dropped = document.dropped.iter();
        let dropped: Vec<_> = dropped
            .map(|it| (it.lines.first, it.text.as_str(), it.reason.as_str()))
            .collect();
        let expected = [
            (4, "ferry", "directive `toctree`"),
            (5, "quay", "directive `toctree`"),
            (7, "no", "comment"),
            (8, "more", "comment"),
        ];
        assert_eq!(dropped, expected);
    }

    #[test]
    fn footnotes_are_put_into_the_text() {
        let text = "Fee [1]_ for boats [#]_ and dogs [#]_, see [x] and [Ann20]_.\n\n.. [1] Not for\n   members.\n.. [#] On :doc:`/sea/all-lakes`.\n.. [#] Two.\n";
        let document = crate::read("a.rst", text.as_bytes());
        let expected =
            "Fee (Not for members) for boats (On all lakes) and dogs (Two), see [x] and [Ann20].";
        crate::formats::check_blocks(&document, &[(1, "Paragraph(Body)", expected)]);
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
        let text = "See `the fares\n<https://a.example/f>`_, `Times`_ and :ref:`quay <x>`.\n\n.. _times: https://a.example/t\n";
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
