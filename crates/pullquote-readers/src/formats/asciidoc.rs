//! `AsciiDoc`, as far as headings, paragraphs, lists, code, boxes and tables go. It is rewritten to Markdown, line by line.

mod header;
mod inline;

use super::markdown;
use crate::rewritten::Rewritten;
use crate::sheet::MAX_COLUMNS;
use header::Header;
use inline::inline;
use pullquote_core::article::{LineRange, ParsedDocument};

/// Cells of a table from which on no more are repeated.
const MAX_REPEATED: usize = 10_000;
/// The line above and below a table.
const TABLE: &str = "|===";

/// The kinds of boxes: `NOTE: text`, or `[NOTE]` above a paragraph or a block.
const BOXES: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Longest term in front of its description, in bytes.
const MAX_TERM: usize = 120;

/// Reads `AsciiDoc`.
pub(super) fn read(text: &str) -> ParsedDocument {
    let text = header::with_attributes(text, is_verbatim);
    let header = Header::of(&text);
    let mut document = to_markdown(&text, &header).read(markdown::read_body);
    document.meta.author = header.author;
    document.meta.date = header.date;
    document
}

fn to_markdown(text: &str, header: &Header) -> Rewritten {
    let mut out = Rewritten::default();
    // The delimiter of the open block of code or comment.
    let mut open: Option<&str> = None;
    let mut is_code = false;
    // The attributes of the next block, such as `[cols="1,2"]`.
    let mut attributes = "";
    let mut boxes = Boxes::default();
    let mut lines = (1..).zip(text.lines().map(str::trim_end));
    while let Some((number, line)) = lines.next() {
        let here = LineRange {
            first: number,
            last: number,
        };
        if header.lines.contains(&number) {
            out.push("", here);
            continue;
        }
        if let Some(delimiter) = open {
            if line == delimiter {
                open = None;
                out.push(if is_code { "```" } else { "" }, here);
            } else {
                out.push(if is_code { line } else { "" }, here);
            }
            continue;
        }
        if line == TABLE {
            let inside = lines.by_ref().take_while(|(_, line)| *line != TABLE);
            let table = Table::read(attributes, inside);
            out.push("", here);
            table.write(number, &mut out);
        } else if is_verbatim(line) {
            is_code = !line.starts_with('/');
            open = Some(line);
            out.push(if is_code { "```" } else { "" }, here);
        } else if is_delimiter(line) {
            boxes.delimiter(line, attributes, here, &mut out);
        } else {
            let text = boxes.line(line, attributes, here, &mut out);
            out.push(&rewritten(text), here);
        }
        if line.starts_with('[') {
            attributes = line;
        } else if !line.starts_with('.') {
            attributes = "";
        }
    }
    out
}

/// The open boxes, which are written as those of Markdown.
#[derive(Debug, Default)]
struct Boxes<'a> {
    /// Whether the current paragraph is one.
    paragraph: bool,
    /// The delimiters of the blocks that are.
    blocks: Vec<&'a str>,
    /// Whether a paragraph is open.
    is_inside: bool,
}

impl<'a> Boxes<'a> {
    /// A line that begins or ends a block.
    fn delimiter(&mut self, line: &'a str, attributes: &str, here: LineRange, out: &mut Rewritten) {
        self.end_paragraph(here, out);
        if self.blocks.last() == Some(&line) {
            self.blocks.pop();
            out.push(":::", here);
        } else if let Some(kind) = box_kind(attributes) {
            self.blocks.push(line);
            out.push(&format!(":::{kind}"), here);
        } else {
            out.push("", here);
        }
    }

    /// Begins or ends a paragraph that is a box. Returns the line without the label of one.
    fn line<'l>(
        &mut self,
        line: &'l str,
        attributes: &str,
        here: LineRange,
        out: &mut Rewritten,
    ) -> &'l str {
        let is_attribute = line.starts_with('[') && line.ends_with(']');
        if line.is_empty() || line == "+" || is_attribute || line.starts_with(['=', '/', ':']) {
            self.end_paragraph(here, out);
            return line;
        }
        if std::mem::replace(&mut self.is_inside, true) {
            return line;
        }
        let labelled = line
            .split_once(": ")
            .filter(|(kind, _)| BOXES.contains(kind));
        let (kind, text) = match labelled {
            Some((kind, text)) => (Some(kind), text),
            None => (box_kind(attributes), line),
        };
        if let Some(kind) = kind {
            self.paragraph = true;
            out.push(&format!(":::{kind}"), here);
        }
        text
    }

    fn end_paragraph(&mut self, here: LineRange, out: &mut Rewritten) {
        self.is_inside = false;
        if std::mem::take(&mut self.paragraph) {
            out.push(":::", here);
        }
    }
}

/// The kind of box that `[NOTE]` begins.
fn box_kind(attributes: &str) -> Option<&str> {
    let kind = attributes.strip_prefix('[')?.split([',', ']']).next()?;
    Some(kind).filter(|kind| BOXES.contains(kind))
}

/// The cells of a table.
#[derive(Debug, Default)]
struct Table {
    cells: Vec<(String, LineRange)>,
    /// Number of columns.
    columns: usize,
}

impl Table {
    fn read<'a>(attributes: &str, lines: impl Iterator<Item = (u32, &'a str)>) -> Self {
        let mut table = Self {
            cells: Vec::new(),
            columns: declared_columns(attributes).unwrap_or(0),
        };
        for (number, line) in lines {
            let before = table.cells.len();
            table.line(number, line);
            if table.columns == 0 {
                table.columns = table.cells.len() - before;
            }
        }
        table
    }

    /// A line: cells, the first of which may continue the last one.
    fn line(&mut self, number: u32, line: &str) {
        let mut rest = line;
        let mut extent = ONE;
        let mut is_first = true;
        while !rest.is_empty() {
            let end = bar(rest).unwrap_or(rest.len());
            let (content, behind) = rest.split_at(end);
            let more = behind.strip_prefix('|');
            let (content, next) = match more {
                Some(_) => without_specification(content),
                None => (content, ONE),
            };
            let text = inline(content.trim().trim_end_matches(" +")).replace("\\|", "|");
            if !is_first {
                self.add(&text, number, extent);
            } else if let Some((last, lines)) = self.cells.last_mut().filter(|_| !text.is_empty()) {
                last.push(' ');
                last.push_str(&text);
                lines.last = number;
            }
            is_first = false;
            extent = next;
            match more {
                Some("") => {
                    self.add("", number, extent);
                    rest = "";
                }
                more => rest = more.unwrap_or_default(),
            }
        }
    }

    /// Adds a cell, with empty ones for further columns that it covers. In a large table, it is written once only.
    fn add(&mut self, text: &str, number: u32, extent: Extent) {
        let lines = LineRange {
            first: number,
            last: number,
        };
        let Extent { copies, columns } = if self.cells.len() < MAX_REPEATED {
            extent
        } else {
            ONE
        };
        for _ in 0..copies {
            self.cells.push((text.to_owned(), lines));
        }
        for _ in 1..columns {
            self.cells.push((String::new(), lines));
        }
    }

    /// Writes the table. `start` is the line above it.
    fn write(&self, start: u32, out: &mut Rewritten) {
        let rows = self.cells.chunks(self.columns.max(1)).map(|row| {
            let lines = row.iter().map(|(_, lines)| *lines);
            let lines = lines.reduce(|a, b| LineRange {
                first: a.first.min(b.first),
                last: a.last.max(b.last),
            });
            let cells = row.iter().map(|(text, _)| text.as_str()).collect();
            (
                cells,
                lines.unwrap_or(LineRange {
                    first: start,
                    last: start,
                }),
            )
        });
        out.push_table(rows);
        let last = self.cells.last().map_or(start, |(_, lines)| lines.last);
        let end = LineRange { first: last, last };
        out.push("", end);
    }
}

/// Byte offset of the next `|` that is not escaped.
fn bar(text: &str) -> Option<usize> {
    let bars = text.match_indices('|').map(|(at, _)| at);
    let mut plain = bars.filter(|at| !text.get(..*at).is_some_and(|before| before.ends_with('\\')));
    plain.next()
}

/// How often a cell is written, and over how many columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Extent {
    copies: usize,
    columns: usize,
}

const ONE: Extent = Extent {
    copies: 1,
    columns: 1,
};

/// The text before a cell without the specification of that cell, such as `2+^.>s` or `a`, and what that says.
fn without_specification(text: &str) -> (&str, Extent) {
    let start = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let (before, word) = text.split_at(start);
    extent(word).map_or((text, ONE), |extent| (before, extent))
}

/// What the specification of a cell says; `None` if the word is not one.
fn extent(word: &str) -> Option<Extent> {
    let styles = ['a', 'd', 'e', 'h', 'l', 'm', 's', 'v'];
    let rest = word.strip_suffix(styles).unwrap_or(word);
    let (factor, alignment) = match rest.find(['*', '+']) {
        Some(at) => (rest.get(..at)?, rest.get(at + 1..)?),
        None => ("", rest),
    };
    let is_factor = factor.chars().all(|it| it.is_ascii_digit() || it == '.');
    let is_alignment = alignment.chars().all(|it| "<^>.".contains(it));
    if !is_factor || !is_alignment {
        return None;
    }
    // `2.3+` is a cell over two columns and three rows.
    let count = factor.split('.').next()?.parse().unwrap_or(1);
    let count = usize::clamp(count, 1, MAX_COLUMNS);
    Some(if rest.contains('*') {
        Extent {
            copies: count,
            ..ONE
        }
    } else {
        Extent {
            columns: count,
            ..ONE
        }
    })
}

/// The number of columns that `[cols="1,2"]` or `[cols=2*]` declares.
fn declared_columns(attributes: &str) -> Option<usize> {
    let value = attributes.split_once("cols=")?.1;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([',', ']']).next()?,
    };
    let columns = value.split([',', ';']).map(|column| {
        let times = column
            .trim()
            .split_once('*')
            .map(|(count, _)| count.parse());
        times.map_or(1, |count| count.unwrap_or(1))
    });
    Some(columns.fold(0, usize::saturating_add)).filter(|count| (1..=MAX_COLUMNS).contains(count))
}

/// Whether a line is four or more of one delimiter, or two dashes.
fn is_delimiter(line: &str) -> bool {
    let mark = line.chars().next();
    let one =
        mark.is_some_and(|mark| "-.=*_/+".contains(mark) && line.chars().all(|it| it == mark));
    one && line.len() >= 4 || line == "--"
}

/// Whether a line begins or ends a block of code or a comment.
fn is_verbatim(line: &str) -> bool {
    is_delimiter(line) && line.starts_with(['-', '.', '/', '+'])
}

fn rewritten(line: &str) -> String {
    let is_attribute =
        line.starts_with(':') && line.get(1..).is_some_and(|rest| rest.contains(':'));
    let is_block = line.starts_with('[') && line.ends_with(']') && !line.contains("](");
    let is_macro = [
        "include::",
        "image::",
        "toc::",
        "ifdef::",
        "ifndef::",
        "endif::",
        "//",
        "<<<",
    ]
    .iter()
    .any(|start| line.starts_with(start));
    if is_attribute || is_block || is_macro || line == "+" {
        return String::new();
    }
    let level = line.len() - line.trim_start_matches('=').len();
    if (1..=6).contains(&level) && line.get(level..).is_some_and(|rest| rest.starts_with(' ')) {
        return format!(
            "{}{}",
            "#".repeat(level),
            inline(line.get(level..).unwrap_or_default())
        );
    }
    // `.Title` of a block.
    if let Some(title) = line.strip_prefix('.')
        && title.starts_with(char::is_alphabetic)
    {
        return String::new();
    }
    for (mark, item) in [("*", "- "), (".", "1. "), ("-", "- ")] {
        let depth = line.len() - line.trim_start_matches(mark).len();
        if let Some(text) = line.get(depth..).and_then(|rest| rest.strip_prefix(' '))
            && (1..=5).contains(&depth)
        {
            return format!(
                "{}{item}{}",
                "   ".repeat(depth - 1),
                inline(text.trim_start())
            );
        }
    }
    if let Some((term, text)) = described(line) {
        return format!("- **{}**: {}", inline(term), inline(text));
    }
    match line.strip_suffix(" +") {
        Some(text) => format!("{}<br>", inline(text)),
        None => inline(line),
    }
}

/// A term and what stands behind it: `Hard drive:: text`, or only `Hard drive::` above the text.
fn described(line: &str) -> Option<(&str, &str)> {
    let whole = line.strip_suffix("::").map(|term| (term, ""));
    let (term, text) = line.split_once(":: ").or(whole)?;
    let term = term.trim_end_matches(':').trim_start();
    let is_term = !term.is_empty() && term.len() <= MAX_TERM && !term.ends_with([' ', '.']);
    is_term.then(|| (term, text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pullquote_core::article::MarkKind;

    #[test]
    fn headings_lists_boxes_and_code() {
        let text = "= Ferry\n:toc:\n\nIt *sails* from <<quay,the quay>>, see https://x.example[the site].\n\n[[fares]]\n== Fares\n\nNOTE: Take coins.\n\n[source,sh]\n.Go\n----\ngo on\n\n  now\n----\n\n* pay\n* board\n** quickly\n\n====\nIn a box.\n====\n\n|===\n|Day |Opens\n|===\n\n////\nno\n////\n. one\n. two\n";
        let document = crate::read("a.adoc", text.as_bytes());
        let expected = [
            (1, "Title", "Ferry"),
            (
                4,
                "Paragraph(Body)",
                "It sails from the quay, see the site.",
            ),
            (7, "Heading(2)", "Fares"),
            (9, "AsideStart", ""),
            (9, "Paragraph(Body)", "Note: Take coins."),
            (9, "AsideEnd", ""),
            (13, "Paragraph(Code)", "go on\n\n  now"),
            (19, "Paragraph(List)", "- pay\n- board\n  - quickly"),
            (24, "Paragraph(Body)", "In a box."),
            (28, "Paragraph(Table)", "Day | Opens"),
            (34, "Paragraph(List)", "1. one\n2. two"),
        ];
        crate::formats::check_blocks(&document, &expected);
    }

    #[test]
    fn bold_text_and_scripts() {
        let text = "The *big* boat is h~max~ + 2^3^ m, 2 * 3 * 4, a~b, `*x*` and **on**.\n";
        let document = crate::read("a.adoc", text.as_bytes());
        let block = &document.blocks[0];
        assert_eq!(
            block.text,
            "The big boat is hmax + 23 m, 2 * 3 * 4, a~b, *x* and on."
        );
        let bold = block
            .marks
            .iter()
            .filter(|mark| mark.kind == MarkKind::Bold);
        let bold: Vec<&str> = bold.map(|mark| mark.span.of(&block.text)).collect();
        assert_eq!(bold, ["big", "on"]);
    }

    #[test]
    fn headers_attributes_and_terms() {
        let text = "= Ferry\nAnn Lee <a@b.example>\nv1, 2024-05-01\n:boat: Gull\n\nThe {boat} sails.\n\nHard drive:: It stores, see link:https://x.example[it].\nCPU::\nIt thinks.\n";
        let document = crate::read("a.adoc", text.as_bytes());
        let list = "- Hard drive: It stores, see it.\n- CPU: It thinks.";
        let expected = [
            (1, "Title", "Ferry"),
            (6, "Paragraph(Body)", "The Gull sails."),
            (8, "Paragraph(List)", list),
        ];
        crate::formats::check_blocks(&document, &expected);
        assert_eq!(document.meta.author.as_deref(), Some("Ann Lee"));
        assert_eq!(document.meta.date.as_deref(), Some("2024-05-01"));
    }

    #[test]
    fn line_breaks_and_links_stay() {
        let text = "Write to: +\nFerry office +\nHarbour road 5\n\nSee https://x.example[the *site*], link:https://f.example/f[fares^] and xref:q.adoc[quay].\n";
        let document = crate::read("a.adoc", text.as_bytes());
        let expected = [
            (
                1,
                "Paragraph(Body)",
                "Write to:\nFerry office\nHarbour road 5",
            ),
            (5, "Paragraph(Body)", "See the site, fares and quay."),
        ];
        crate::formats::check_blocks(&document, &expected);
        let links = document.blocks[1]
            .marks
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Link(address) => Some(address.as_str()),
                _ => None,
            });
        assert_eq!(
            links.collect::<Vec<_>>(),
            ["https://x.example", "https://f.example/f"]
        );
    }

    #[test]
    fn rows_are_below_the_heads_of_their_columns() {
        let check = |table: &str, expected: &[(u32, &str, &str)]| {
            let document = crate::read("a.adoc", format!("Fares:\n\n{table}\n\nEnd.\n").as_bytes());
            let inside = document.blocks.get(1..document.blocks.len() - 1);
            let inside = ParsedDocument {
                blocks: inside.unwrap_or_default().to_vec(),
                ..ParsedDocument::default()
            };
            crate::formats::check_blocks(&inside, expected);
            let end = document
                .blocks
                .last()
                .map(|it| (it.lines.first, it.text.clone()));
            let line = 4 + table.lines().count() as u32;
            assert_eq!(end, Some((line, "End.".to_owned())));
        };
        let table = "Paragraph(Table)";
        check(
            "|===\n|Day |Fare\n\n|Friday |2 euros\n|Sunday |free\n|===",
            &[(4, table, "Day | Fare\nFriday | 2 euros\nSunday | free")],
        );
        // A cell on each line, and one over two lines.
        check(
            "[%header,cols=\"1,2a\"]\n.Fares\n|===\n|Day\n|Fare\n|Friday\n|2 euros,\nin coins\n|===",
            &[(6, table, "Day | Fare\nFriday | 2 euros, in coins")],
        );
        check(
            "[cols=3*]\n|===\n|Day |Adults |Dogs\n|Friday 2+^|2 \\| 3\n2*|free s|no\n|===",
            &[(
                5,
                table,
                "Day | Adults | Dogs\nFriday | 2 | 3 |\nfree | free | no",
            )],
        );
        check(
            "|===\n|Question |Answer\n|Is it free? |On Sundays.\n|===",
            &[
                (4, "AsideStart", ""),
                (4, "Paragraph(Question)", "Is it free?"),
                (4, "Paragraph(Body)", "On Sundays."),
                (4, "AsideEnd", ""),
            ],
        );
        check("|===\n|===", &[]);
        check("|===\nno bar\n|===", &[]);
    }
}
