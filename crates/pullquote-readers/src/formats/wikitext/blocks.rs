//! The third step: a page without templates and HTML, line by line.

use super::escape::{FENCE, code, inline};
use super::lines::{Line, lines};
use super::table::{self, Table};
use crate::rewritten::Rewritten;
use pullquote_core::article::LineRange;

/// Marks of lists at the beginning of a line.
const MARKS: &[char] = &['*', '#', ':', ';'];

/// Tables inside each other whose cells are read as lines, at most.
const MAX_TABLES: usize = 8;

/// Rewrites a page to Markdown. `first` is the number of its first line.
pub(super) fn rewrite(text: &str, first: u32) -> Rewritten {
    let mut writer = Writer::default();
    writer.lines(&lines(text, first));
    writer.out
}

#[derive(Debug, Default)]
struct Writer {
    out: Rewritten,
    /// Levels of the list that the last line is in; 0 outside of lists.
    depth: usize,
    /// Whether the last line is a term or its definition.
    defines: bool,
    /// Tables that the current lines are in.
    tables: usize,
}

impl Writer {
    fn lines(&mut self, lines: &[Line]) {
        let mut at = 0;
        while let Some(rest) = lines.get(at..).filter(|rest| !rest.is_empty()) {
            at += self.step(rest);
        }
    }

    /// Rewrites what begins on the first of these lines, and returns how many lines that are.
    fn step(&mut self, rest: &[Line]) -> usize {
        let Some(line) = rest.first() else { return 1 };
        let (text, here) = (line.text.trim(), line.range());
        if line.text.starts_with(FENCE) {
            return self.fence(rest);
        }
        if table::begins(&line.text) {
            return self.table(rest);
        }
        let is_list = text.starts_with(MARKS) && !line.text.starts_with(' ');
        if is_list && text.trim_matches(MARKS).trim().is_empty() || text.is_empty() {
            self.leave(here);
            return 1;
        }
        if is_list {
            self.item(line, rest.get(1));
            return 1;
        }
        // What is left of a table without a beginning.
        let is_stray = ["|}", "|-", "{|"].iter().any(|mark| text.starts_with(mark));
        if is_stray {
            self.leave(here);
            return 1;
        }
        if let Some((level, title)) = heading(text) {
            self.leave(here);
            self.out.push(
                &format!("{} {}", "#".repeat(level), inline(title, false)),
                here,
            );
            self.leave(here);
            return 1;
        }
        if text.starts_with("----") {
            self.leave(here);
            let text = text.trim_start_matches('-');
            self.out.push(&inline(text, false), here);
            return 1;
        }
        if line.is_own && line.text.starts_with(' ') {
            return self.indented(rest);
        }
        if self.depth > 0 || self.defines {
            self.leave(here);
        }
        self.out.push(&inline(text, false), here);
        1
    }

    /// Ends a paragraph, a list or a definition.
    fn leave(&mut self, here: LineRange) {
        self.out.end_paragraph(here);
        self.depth = 0;
        self.defines = false;
    }

    /// Code between marks.
    fn fence(&mut self, rest: &[Line]) -> usize {
        let inner = rest.get(1..).unwrap_or_default();
        let length = inner
            .iter()
            .position(|line| line.text.starts_with(FENCE))
            .unwrap_or(inner.len());
        let language = rest
            .first()
            .map_or("", |line| line.text.trim_matches([FENCE, ' ']));
        self.code(language, inner.get(..length).unwrap_or_default());
        length + 2
    }

    /// Lines that begin with a space are code.
    fn indented(&mut self, rest: &[Line]) -> usize {
        let is_code = |line: &&Line| {
            line.text.starts_with(' ') && !line.text.trim().is_empty() && !table::begins(&line.text)
        };
        let length = rest.iter().take_while(is_code).count();
        self.code("", rest.get(..length).unwrap_or_default());
        length
    }

    fn code(&mut self, language: &str, lines: &[Line]) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        self.leave(first.range());
        let shown: Vec<String> = lines.iter().map(|line| code(&line.text)).collect();
        let fences = shown
            .iter()
            .filter(|line| line.trim_start().starts_with("```"));
        let fence = "`".repeat(
            fences
                .map(|line| line.trim_start().len())
                .max()
                .unwrap_or(2)
                .max(2)
                + 1,
        );
        self.out.push(&format!("{fence}{language}"), first.range());
        for (line, shown) in lines.iter().zip(shown) {
            self.out.push(&shown, line.range());
        }
        self.out.push(&fence, last.range());
        self.leave(last.range());
    }

    fn table(&mut self, rest: &[Line]) -> usize {
        let table = Table::read(rest);
        let length = table.length;
        let here = rest
            .first()
            .map_or(LineRange { first: 1, last: 1 }, Line::range);
        self.leave(here);
        let layout = table.layout().filter(|_| self.tables < MAX_TABLES);
        if let Some(lines) = layout {
            self.caption(table.caption.as_ref());
            self.tables += 1;
            self.lines(&lines);
            self.tables -= 1;
            let end = lines.last().map_or(here, Line::range);
            self.leave(end);
            return length;
        }
        let (caption, rows) = table.grid();
        self.caption(caption.as_ref());
        let rows: Vec<(Vec<String>, LineRange)> = rows
            .into_iter()
            .map(|(row, lines)| (row.iter().map(|cell| inline(cell, true)).collect(), lines))
            .collect();
        let cells = rows
            .iter()
            .map(|(row, lines)| (row.iter().map(String::as_str).collect(), *lines));
        self.out.push_table(cells);
        self.leave(rows.last().map_or(here, |(_, lines)| *lines));
        length
    }

    fn caption(&mut self, caption: Option<&Line>) {
        if let Some(caption) = caption {
            self.out
                .push(&inline(&caption.text, false), caption.range());
            self.leave(caption.range());
        }
    }

    /// An item of a list, a term, a definition or an indented line.
    fn item(&mut self, line: &Line, next: Option<&Line>) {
        let (here, text) = (line.range(), line.text.trim());
        let rest = text.trim_start_matches(MARKS);
        let (marks, text) = (
            text.get(..text.len() - rest.len()).unwrap_or_default(),
            rest.trim(),
        );
        let levels = marks
            .chars()
            .filter(|mark| matches!(mark, '*' | '#'))
            .count();
        match marks.chars().last() {
            Some(';') => {
                let next = next.map_or("", |next| next.text.trim_start_matches(['*', '#']));
                self.term(text, next.starts_with(':'), here);
            }
            Some(':') if self.defines => self.out.push(&format!(": {}", inline(text, false)), here),
            // A further line of the item above.
            Some(':') if levels > 0 && self.depth > 0 => {
                let margin = "   ".repeat(self.depth.min(levels));
                self.out
                    .push(&format!("{margin}{}", inline(text, false)), here);
            }
            Some(':') => {
                self.leave(here);
                self.out.push(&inline(text, false), here);
            }
            mark => {
                if self.defines {
                    self.leave(here);
                }
                // A level that is left out has no item to be in.
                self.depth = levels.clamp(1, self.depth + 1);
                let margin = "   ".repeat(self.depth - 1);
                let marker = if mark == Some('#') { "1." } else { "-" };
                self.out
                    .push(&format!("{margin}{marker} {}", inline(text, false)), here);
            }
        }
    }

    /// A term, perhaps with its definition behind a colon. Without a definition, it is a small heading.
    fn term(&mut self, text: &str, is_defined: bool, here: LineRange) {
        self.leave(here);
        let definition = text.split_once(": ").or(text.split_once(" :"));
        let (term, definition) = match definition {
            Some((term, text)) => (term.trim(), Some(text.trim())),
            None => (text, None),
        };
        self.defines = is_defined || definition.is_some();
        let shown = inline(term, false);
        if self.defines {
            self.out.push(&shown, here);
        } else {
            self.out.push(&format!("<b>{shown}</b>"), here);
            self.leave(here);
        }
        if let Some(definition) = definition {
            self.out
                .push(&format!(": {}", inline(definition, false)), here);
        }
    }
}

/// Level and title of a heading: `== Title ==`.
fn heading(line: &str) -> Option<(usize, &str)> {
    let start = line.len() - line.trim_start_matches('=').len();
    let end = line.len() - line.trim_end_matches('=').len();
    let level = start.min(end).min(6);
    let title = line.get(level..line.len().checked_sub(level)?)?.trim();
    (level > 0 && !title.trim_matches('=').is_empty()).then_some((level, title))
}
