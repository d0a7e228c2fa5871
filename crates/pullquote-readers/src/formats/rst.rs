//! reStructuredText, as far as headings, paragraphs, lists, code and boxes go. It is rewritten to Markdown, line by line.

use super::markdown;
use pullquote_core::article::ParsedDocument;

/// Directives whose content is text in a box.
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

/// Reads reStructuredText.
pub(super) fn read(text: &str) -> ParsedDocument {
    let mut document = markdown::read_body(&to_markdown(text), 0);
    let last = text.lines().count().max(1) as u32;
    for block in &mut document.blocks {
        block.lines.last = block.lines.last.min(last);
        block.lines.first = block.lines.first.min(last);
    }
    document
}

/// Markdown with each line on its place.
fn to_markdown(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut rewriter = Rewriter::default();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let next = lines.get(at + 1).copied().unwrap_or_default();
        let is_overlined = is_adornment(line)
            && !next.trim().is_empty()
            && lines.get(at + 2).is_some_and(|under| under == line);
        if is_overlined {
            rewriter.heading(line, next, true);
            rewriter.out.push_str("\n\n");
            at += 3;
        } else if !line.trim().is_empty() && !line.starts_with(' ') && is_underline(line, next) {
            rewriter.heading(next, line, false);
            rewriter.out.push('\n');
            at += 2;
        } else {
            rewriter.line(line);
            at += 1;
        }
    }
    rewriter.out
}

#[derive(Debug, Default)]
struct Rewriter {
    out: String,
    /// Adornments in the order in which they occurred, which is that of the levels.
    levels: Vec<(char, bool)>,
    /// Indentation of the line that the indented lines below it belong to, and what these are.
    block: Option<(usize, Content)>,
    code: Option<Code>,
}

/// An open block of code.
#[derive(Debug, Clone, Copy)]
struct Code {
    margin: usize,
    /// Where its last line ends in the output.
    end: usize,
    has_fence: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Code,
    Text,
    Nothing,
}

impl Rewriter {
    fn heading(&mut self, adornment: &str, title: &str, overlined: bool) {
        self.block = None;
        self.end_code();
        let mark = (adornment.chars().next().unwrap_or('='), overlined);
        let level = self.levels.iter().position(|known| *known == mark);
        let level = level.unwrap_or_else(|| {
            self.levels.push(mark);
            self.levels.len() - 1
        });
        let marks = "#".repeat((level + 1).min(6));
        self.out.push_str(&marks);
        self.push_line(&format!(" {}", inline(title.trim())));
    }

    fn line(&mut self, line: &str) {
        let indent = line.len() - line.trim_start().len();
        if line.trim().is_empty() {
            self.out.push('\n');
            return;
        }
        if self.block.is_some_and(|(outside, _)| indent <= outside) {
            self.block = None;
            self.end_code();
        }
        let content = self.block.map(|(_, content)| content);
        let start = line.trim_start();
        let is_option = start.starts_with(':') && start.get(1..).is_some_and(|it| it.contains(':'));
        match content {
            Some(Content::Nothing) => self.out.push('\n'),
            Some(_) if is_option && self.code.is_none() => self.out.push('\n'),
            Some(Content::Code) => self.code(line, indent),
            Some(Content::Text) | None => self.text(line, start, indent),
        }
    }

    /// A line of code. Its fences are put on the empty lines above and below.
    fn code(&mut self, line: &str, indent: usize) {
        let mut code = self.code.unwrap_or(Code {
            margin: indent,
            end: 0,
            has_fence: false,
        });
        let has_space = self.out.ends_with("\n\n") || self.out == "\n";
        if self.code.is_none() && has_space {
            code.has_fence = true;
            self.out.pop();
            self.push_line("```");
        }
        self.push_line(line.get(code.margin.min(indent)..).unwrap_or(line));
        code.end = self.out.len();
        self.code = Some(code);
    }

    fn push_line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn end_code(&mut self) {
        if let Some(code) = self.code.take().filter(|code| code.has_fence) {
            // Without an empty line below, the following lines move down.
            let is_last = code.end == self.out.len();
            let fence = if is_last { "```\n" } else { "```" };
            self.out.insert_str(code.end, fence);
        }
    }

    fn text(&mut self, line: &str, start: &str, indent: usize) {
        if let Some(rest) = start.strip_prefix(".. ") {
            let (name, argument) = rest.split_once("::").unwrap_or((rest, ""));
            let content = match name.trim() {
                name if CODE.contains(&name) => Content::Code,
                name if BOXES.contains(&name) => Content::Text,
                _ => Content::Nothing,
            };
            self.block = Some((indent, content));
            let argument = argument.trim();
            if name.trim() == "math" && !argument.is_empty() {
                self.push_line(&format!("$${argument}$$"));
                return;
            }
            let shown = if content == Content::Text {
                argument
            } else {
                ""
            };
            self.push_line(&inline(shown));
            return;
        }
        let kept = match line.trim_end().strip_suffix("::") {
            Some(before) => {
                self.block = Some((indent, Content::Code));
                format!("{before}:")
            }
            None => line.to_owned(),
        };
        let kept = if kept.trim() == ":" {
            String::new()
        } else {
            kept
        };
        let kept = kept.replacen("#. ", "1. ", usize::from(start.starts_with("#. ")));
        self.push_line(&inline(kept.trim_end()));
    }
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

/// Marks inside a line: ``` ``code`` ```, `` :role:`text <target>` ``, `` `text <target>`_ ``.
fn inline(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find('`') {
        let (before, marked) = rest.split_at(at);
        let fence = if marked.starts_with("``") { "``" } else { "`" };
        let inner = marked.get(fence.len()..).unwrap_or_default();
        let Some(end) = inner.find(fence) else { break };
        let text = inner.get(..end).unwrap_or_default();
        let after = inner.get(end + fence.len()..).unwrap_or_default();
        if fence == "``" {
            kept.push_str(before);
            kept.extend(["`", text, "`"]);
            rest = after;
            continue;
        }
        // The role in front of it.
        let role = before
            .strip_suffix(':')
            .and_then(|it| Some(it.get(..it.rfind(':')?)?.trim_end_matches(' ')));
        let has_role = before.ends_with(':') && role.is_some();
        let bare = role.filter(|_| has_role).unwrap_or(before);
        kept.push_str(bare);
        if has_role && !bare.is_empty() {
            kept.push(' ');
        }
        if has_role && before.ends_with(":math:") {
            kept.extend(["$", text, "$"]);
            rest = after;
            continue;
        }
        let shown = text.split(" <").next().unwrap_or(text);
        kept.push_str(shown.trim_start_matches(['~', '!']));
        rest = after.trim_start_matches('_');
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
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
            (13, "Paragraph(Body)", "Take coins."),
            (20, "Paragraph(Body)", "Type this:"),
            (21, "Paragraph(Code)", "go on\n\n  now"),
            (26, "Paragraph(List)", "1. pay\n2. board"),
            (29, "Heading(3)", "Days"),
            (32, "Paragraph(Body)", "All."),
        ];
        crate::formats::check_blocks(&document, &expected);
    }

    #[test]
    fn formulas() {
        let text = "The area is :math:`\\pi r^2`.\n\n.. math:: a_1 * b_1 * c\n\n.. math::\n\n   \\frac{1}{2} \\\\\n   x\n\nEnd.\n";
        let document = crate::read("a.rst", text.as_bytes());
        let expected = [
            (1, "Paragraph(Body)", "The area is $\\pi r^2$."),
            (3, "Paragraph(Code)", "a_1 * b_1 * c"),
            (6, "Paragraph(Code)", "\\frac{1}{2} \\\\\nx"),
            (10, "Paragraph(Body)", "End."),
        ];
        crate::formats::check_blocks(&document, &expected);
    }
}
