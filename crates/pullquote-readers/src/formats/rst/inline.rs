//! Marks inside a line of reStructuredText, rewritten to Markdown.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// What the whole file defines by name.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// Addresses of links: `.. _name: address`.
    addresses: HashMap<String, String>,
    /// Texts of substitutions, `.. |name| replace:: text`. Those that are no text, such as pictures, are empty.
    substitutions: HashMap<String, String>,
    /// Labels of footnotes.
    notes: HashSet<String>,
    /// References to footnotes without a label so far.
    references: Cell<usize>,
}

impl Targets {
    pub(super) fn of(lines: &[&str]) -> Self {
        let target = |line: &&str| {
            let (name, address) = line.trim_start().strip_prefix(".. _")?.split_once(": ")?;
            let name = name.trim_matches('`').to_lowercase();
            is_address(address.trim()).then(|| (name, address.trim().to_owned()))
        };
        let substitution = |line: &&str| {
            let (name, rest) = line.trim_start().strip_prefix(".. |")?.split_once("| ")?;
            let (directive, text) = rest.trim_start().split_once("::")?;
            let text = if directive == "replace" {
                text.trim()
            } else {
                ""
            };
            Some((name.to_owned(), text.to_owned()))
        };
        let note = |line: &&str| {
            let (label, _) = footnote(line.strip_prefix("..")?.trim_start())?;
            Some(label.to_owned())
        };
        Self {
            addresses: lines.iter().filter_map(target).collect(),
            substitutions: lines.iter().filter_map(substitution).collect(),
            notes: lines.iter().filter_map(note).collect(),
            references: Cell::default(),
        }
    }

    /// The address that a link leads to: it is given itself, or by its name.
    fn address<'a>(&'a self, target: &'a str) -> Option<&'a str> {
        if is_address(target) {
            return Some(target);
        }
        let name = target.trim_end_matches('_').to_lowercase();
        self.addresses.get(&name).map(String::as_str)
    }
}

/// A text in which `|name|` is replaced by what the file defines it as.
fn substituted<'a>(line: &'a str, targets: &Targets) -> Cow<'a, str> {
    if targets.substitutions.is_empty() || !line.contains('|') {
        return Cow::Borrowed(line);
    }
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('|') {
        shown.push_str(before);
        let name = after.split_once('|');
        let known =
            name.and_then(|(name, behind)| Some((targets.substitutions.get(name)?, behind)));
        rest = if let Some((text, behind)) = known {
            shown.push_str(text);
            // A reference that is a link, too.
            behind.trim_start_matches('_')
        } else {
            shown.push('|');
            after
        };
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

fn is_address(target: &str) -> bool {
    let has_scheme = target.contains("://") || target.starts_with("mailto:");
    has_scheme && !target.contains(char::is_whitespace)
}

/// The label and the text of a footnote: `[1] text`.
pub(super) fn footnote(start: &str) -> Option<(&str, &str)> {
    let (label, text) = start.strip_prefix('[')?.split_once(']')?;
    is_label(label).then_some((label, text.trim()))
}

/// Whether a text is the label of a footnote: `1`, `#`, `#name`, `*` or `Ann20`.
fn is_label(text: &str) -> bool {
    let name = text.strip_prefix('#').unwrap_or(text);
    let is_letter = |letter: char| letter.is_alphanumeric() || "-_.".contains(letter);
    text == "*" || !text.is_empty() && name.chars().all(is_letter)
}

/// The label of a footnote in Markdown. Those that have none of their own are counted.
pub(super) fn note(label: &str, count: &mut usize) -> String {
    if !matches!(label, "#" | "*") {
        return label.to_owned();
    }
    *count += 1;
    format!("{label}{count}")
}

/// A text in which references to the footnotes of the file, `[1]_`, are those of Markdown.
fn with_notes<'a>(text: &'a str, targets: &Targets) -> Cow<'a, str> {
    if !text.contains("]_") {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("]_") {
        let label = before.rsplit_once('[');
        let label = label.filter(|(_, label)| targets.notes.contains(*label));
        if let Some((before, label)) = label {
            let mut count = targets.references.get();
            let label = note(label, &mut count);
            targets.references.set(count);
            kept.extend([before.trim_end(), "[^", &label, "]"]);
        } else {
            kept.extend([before, "]"]);
        }
        rest = behind;
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Whether the last mark of a text does not end in it.
pub(super) fn is_open(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, marked)) = rest.split_once('`') {
        let literal = marked.strip_prefix('`');
        let (inner, fence) = literal.map_or((marked, "`"), |inner| (inner, "``"));
        let Some((_, behind)) = inner.split_once(fence) else {
            return true;
        };
        rest = behind;
    }
    false
}

/// What is shown of a reference in a role: its own text, or that of its target. Of the path of a page, the last part.
fn title<'a>(text: &'a str, role: &str) -> Cow<'a, str> {
    match text.split_once(" <") {
        Some((shown, _)) => Cow::Borrowed(shown),
        None if role.ends_with(":doc:") => {
            let name = text.rsplit('/').next().unwrap_or(text);
            Cow::Owned(name.replace(['-', '_'], " "))
        }
        None => Cow::Borrowed(text),
    }
}

/// Rewrites ``` ``code`` ```, `` :role:`text <target>` `` and `` `text <target>`_ ``.
pub(super) fn inline(line: &str, targets: &Targets) -> String {
    let line = substituted(line, targets);
    let mut kept = String::with_capacity(line.len());
    let mut rest = &*line;
    while let Some(at) = rest.find('`') {
        let (before, marked) = rest.split_at(at);
        let before = &*with_notes(before, targets);
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
        let target = text.split_once(" <").map_or(text, |(_, target)| target);
        let shown = title(text, before);
        let shown = shown.trim_start_matches(['~', '!']);
        let is_link = !has_role && after.starts_with('_');
        let address = targets.address(target.trim_end_matches('>'));
        match address.filter(|_| is_link) {
            Some(address) => kept.extend(["[", shown, "](<", address, ">)"]),
            None => kept.push_str(shown),
        }
        rest = after.trim_start_matches('_');
    }
    kept.push_str(&with_notes(rest, targets));
    kept
}
