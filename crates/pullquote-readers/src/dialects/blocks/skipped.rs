//! Lines that are left out: comments, elements without text, imports of MDX, instructions of documentation tools.

use super::Splitter;
use crate::dialects::{attributes, line_range, templates};
use pullquote_core::article::Dropped;

/// Elements without text.
const SILENT: &[&str] = &[
    "script", "style", "template", "svg", "iframe", "video", "audio", "object",
];

impl Splitter<'_> {
    /// Drops lines without text of the article: comments, scripts, imports, attributes. Whether it did.
    pub(super) fn skipped(&mut self, start: &str) -> bool {
        let is_silent = |name: &&&str| {
            let rest = start
                .strip_prefix('<')
                .and_then(|it| it.strip_prefix(**name));
            rest.is_some_and(|rest| !rest.starts_with(|it: char| it.is_alphanumeric() || it == '-'))
        };
        if let Some(name) = SILENT.iter().find(is_silent) {
            return self.skip_to(&format!("</{name}"), "HTML inside Markdown");
        }
        for (open, close, reason) in [
            ("<!--", "-->", "HTML inside Markdown"),
            ("{/*", "*/}", "comment"),
            ("{% comment", "endcomment", "comment"),
            ("%%", "%%", "comment"),
        ] {
            if start.starts_with(open) {
                let alone = start.get(open.len()..).unwrap_or_default();
                // A comment on one line is cut out of it.
                let on_line = alone.find(close).map(|at| alone.get(at + close.len()..));
                let rest = on_line.flatten().unwrap_or_default().trim();
                if on_line.is_none() || open == "<!--" && rest.is_empty() {
                    return self.skip_to(close, reason);
                }
            }
        }
        if self.open.is_none() && is_esm(start) {
            let first = self.at;
            let is_blank = |line: &&&str| line.trim().is_empty();
            let rest = self.lines.get(first..).unwrap_or_default();
            let length = rest.iter().position(|line| is_blank(&line));
            self.at += length.unwrap_or(rest.len());
            self.drop_lines(first, "import or export of MDX");
            return true;
        }
        let attributes = attributes::length(start).is_some_and(|it| it == start.trim_end().len());
        let contents = ["[TOC]", "[[TOC]]", "[[toc]]", "[[_TOC_]]", "[toc]"];
        let title = start.strip_prefix("# ");
        let is_elsewhere = title.is_some_and(|title| templates::is_output(title.trim()));
        if attributes || is_elsewhere || contents.contains(&start.trim_end()) {
            self.end_piece();
            self.drop(start, "instruction of a documentation tool");
            self.at += 1;
            return true;
        }
        false
    }

    /// Drops lines up to the one that contains `end`. Whether there is one.
    fn skip_to(&mut self, end: &str, reason: &str) -> bool {
        let Some(last) = self.find(end) else {
            return false;
        };
        self.end_piece();
        let first = self.at;
        self.at = last + 1;
        self.drop_lines(first, reason);
        true
    }

    pub(super) fn drop(&mut self, text: &str, reason: &str) {
        let number = self.number();
        self.split.dropped.push(Dropped {
            lines: line_range(number, number),
            text: text.trim().to_owned(),
            reason: reason.to_owned(),
        });
    }

    /// Reports the lines from an index on, up to the next line to read, as dropped.
    fn drop_lines(&mut self, first: usize, reason: &str) {
        let lines = self.lines.get(first..self.at).unwrap_or_default();
        self.split.dropped.push(Dropped {
            lines: line_range(first as u32 + 1, self.at as u32),
            text: lines.join("\n").trim().to_owned(),
            reason: reason.to_owned(),
        });
    }
}

/// Whether a line is an import or export of MDX.
fn is_esm(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        let rest = rest.trim_start();
        let quoted = rest.starts_with(['"', '\'']);
        let opens = rest.starts_with('{') && !rest.contains('}');
        return quoted
            || opens
            || rest
                .split(" from ")
                .nth(1)
                .is_some_and(|path| path.trim_start().starts_with(['"', '\'']));
    }
    line.strip_prefix("export ").is_some_and(|rest| {
        [
            "const ",
            "default ",
            "function ",
            "let ",
            "async ",
            "{",
            "*",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
    })
}
