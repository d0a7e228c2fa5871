//! `AsciiDoc`, as far as headings, paragraphs, lists, code, boxes and tables of one line a row go. It is rewritten to
//! Markdown, line by line.

use super::markdown;
use pullquote_core::article::ParsedDocument;

/// Labels of paragraphs that are boxes.
const LABELS: &[&str] = &["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "];

/// Longer lines keep their links as they are: finding them takes time quadratic in the length of the line.
const MAX_LINE: usize = 10_000;

/// Reads `AsciiDoc`.
pub(super) fn read(text: &str) -> ParsedDocument {
    markdown::read_body(&to_markdown(text), 0)
}

/// Markdown with each line on its place.
fn to_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // The delimiter of the open block of code or comment.
    let mut open: Option<&str> = None;
    let mut is_code = false;
    for line in text.lines() {
        let line = line.trim_end();
        let delimiter = is_delimiter(line);
        if let Some(delimiter) = open {
            if line == delimiter {
                open = None;
                out.push_str(if is_code { "```\n" } else { "\n" });
            } else {
                out.push_str(if is_code { line } else { "" });
                out.push('\n');
            }
            continue;
        }
        if delimiter && line.starts_with(['-', '.', '/', '+']) {
            is_code = !line.starts_with('/');
            open = Some(line);
            out.push_str(if is_code { "```\n" } else { "\n" });
            continue;
        }
        out.push_str(&rewritten(line, delimiter));
        out.push('\n');
    }
    out
}

/// Whether a line is four or more of one delimiter, or that of a table.
fn is_delimiter(line: &str) -> bool {
    let mark = line.chars().next();
    let one =
        mark.is_some_and(|mark| "-.=*_/+".contains(mark) && line.chars().all(|it| it == mark));
    one && line.len() >= 4 || line == "|===" || line == "--"
}

fn rewritten(line: &str, is_delimiter: bool) -> String {
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
    if is_delimiter || is_attribute || is_block || is_macro || line == "+" {
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
    if let Some(cells) = line.strip_prefix('|') {
        let cells: Vec<&str> = cells.split('|').map(str::trim).collect();
        return cells.join(", ");
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
    if let Some((term, text)) = line.split_once(":: ")
        && !term.contains(' ')
    {
        return format!("**{term}**: {}", inline(text));
    }
    let label = LABELS.iter().find_map(|label| line.strip_prefix(label));
    inline(label.unwrap_or(line).trim_end_matches(" +"))
}

/// Links and cross references: `link:address[text]`, `https://address[text]`, `<<target,text>>`.
fn inline(line: &str) -> String {
    if line.len() > MAX_LINE {
        return line.to_owned();
    }
    let mut kept = String::with_capacity(line.len());
    for (at, part) in line.split("<<").enumerate() {
        match part.split_once(">>").filter(|_| at > 0) {
            Some((target, rest)) => {
                kept.push_str(
                    target
                        .split_once(',')
                        .map_or(target, |(_, text)| text.trim()),
                );
                kept.push_str(rest);
            }
            None if at > 0 => {
                kept.push_str("<<");
                kept.push_str(part);
            }
            None => kept.push_str(part),
        }
    }
    let mut shown = String::with_capacity(kept.len());
    let mut rest = kept.as_str();
    while let Some(at) = ["link:", "xref:", "https://", "http://"]
        .iter()
        .filter_map(|start| rest.find(start))
        .min()
    {
        let (before, target) = rest.split_at(at);
        shown.push_str(before);
        let end = target.find([' ', '[']).unwrap_or(target.len());
        let (address, after) = target.split_at(end);
        let text = after.strip_prefix('[').and_then(|it| it.split_once(']'));
        let (text, after) = text.unwrap_or(("", after));
        let text = text.trim_end_matches('^');
        shown.push_str(if text.is_empty() { address } else { text });
        rest = after;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
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
            (9, "Paragraph(Body)", "Take coins."),
            (13, "Paragraph(Code)", "go on\n\n  now"),
            (19, "Paragraph(List)", "- pay\n- board\n- quickly"),
            (24, "Paragraph(Body)", "In a box."),
            (28, "Paragraph(Body)", "Day, Opens"),
            (34, "Paragraph(List)", "1. one\n2. two"),
        ];
        crate::formats::check_blocks(&document, &expected);
    }
}
